// Bytes in and out of a connected socket that never blocks, plain or under TLS. One thread (the
// connection's).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "server/net/moved.hpp"
#include "server/net/tls.hpp"

namespace hallway {

/// Borrows the socket.
class Channel {
 public:
  explicit Channel(int socket) : socket_(socket) {}
  Channel(int socket, TlsChannel tls) : socket_(socket), tls_(std::move(tls)) {}

  Moved read(std::span<char> room);
  Moved write(std::string_view bytes);
  /// Nothing more is written; the peer is told so, as far as it can be at once.
  void end_writing();

 private:
  int socket_;
  std::optional<TlsChannel> tls_;
};

}  // namespace hallway
