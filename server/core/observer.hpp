// Port: what the core tells metrics and the log. Implementations are cheap and callable from any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocol/error.hpp"

namespace hallway {

class Observer {
 public:
  virtual ~Observer() = default;
  /// `code` is empty when it was accepted.
  virtual void command_answered(std::string_view command, std::string_view code) = 0;
  virtual void frames_delivered(std::size_t frames, std::size_t bytes) = 0;
  virtual void batch_committed(double seconds) = 0;
  virtual void commit_failed(const Error& error) = 0;
  virtual void connection_closed(CloseCode code) = 0;
  virtual void connections(std::int64_t change) = 0;
  virtual void place_failed(std::string_view operation, const Error& error) = 0;
};

}  // namespace hallway
