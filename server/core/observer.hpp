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
  virtual void command_answered(std::string_view command, std::string_view code) {
    (void)command, (void)code;
  }
  virtual void frames_delivered(std::size_t frames, std::size_t bytes) {
    (void)frames, (void)bytes;
  }
  virtual void transient_dropped() {}
  virtual void batch_committed(double seconds) { (void)seconds; }
  /// Batches that wait for the journal: so many more, or fewer.
  virtual void batches_waiting(std::int64_t change) { (void)change; }
  virtual void commit_failed(const Error& error) { (void)error; }
  virtual void connections(std::int64_t change) { (void)change; }
  /// Connections that have been answered their hello.
  virtual void sessions(std::int64_t change) { (void)change; }
  virtual void connection_closed(CloseCode code) { (void)code; }
  /// Places in memory.
  virtual void places(std::int64_t change) { (void)change; }
  virtual void place_failed(std::string_view operation, const Error& error) {
    (void)operation, (void)error;
  }
};

}  // namespace hallway
