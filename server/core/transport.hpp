// Port: one WebSocket connection. The real one is Beast's, plain or TLS; tests have one in memory.
#pragma once

#include <string_view>

#include "protocol/error.hpp"
#include "server/core/messages.hpp"

namespace hallway {

class Transport {
 public:
  virtual ~Transport() = default;
  /// Sends one text message. At most one is under way: the next only after `Session::on_sent`,
  /// which is never called from within `send`.
  virtual void send(Frame frame) = 0;
  /// Ends the connection with this code once what is under way is sent (or after 2 s).
  /// `Session::on_closed` follows, never from within.
  virtual void close(CloseCode code) = 0;
};

}  // namespace hallway
