// Port: one WebSocket connection. The real one is server/net/ws_transport; tests have some in
// memory.
#pragma once

#include <string_view>

#include "protocol/error.hpp"
#include "server/core/messages.hpp"

namespace hallway {

class Transport {
 public:
  virtual ~Transport() = default;
  /// Sends one text message. True: all of it is gone, and the next may be sent. False: it is under
  /// way, and the next is to wait for `Session::on_sent`, which is never called from within `send`.
  virtual bool send(const Frame& frame) = 0;
  /// Ends the connection with this code once what is under way is sent (or after 2 s).
  /// `Session::on_closed` follows, never from within.
  virtual void close(CloseCode code) = 0;
};

}  // namespace hallway
