// Bytes in and out of a connected socket that never blocks, plain or under TLS. One thread (the
// connection's).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "server/net/moved.hpp"
#include "server/net/tls.hpp"

namespace hallway {

/// Owns the socket.
class Channel {
 public:
  explicit Channel(int socket) : socket_(socket) {}
  Channel(int socket, TlsChannel tls) : socket_(socket), tls_(std::move(tls)) {}
  Channel(Channel&& other) noexcept;
  Channel& operator=(Channel&&) = delete;
  ~Channel();

  int socket() const { return socket_; }
  bool is_tls() const { return tls_.has_value(); }

  Moved read(std::span<char> room);
  Moved write(std::string_view bytes);
  /// Nothing more is written; the peer is told so, as far as it can be at once.
  void end_writing();
  /// At once, whatever is under way. Nothing is read or written after it.
  void close();

 private:
  int socket_;  ///< Negative: closed.
  std::optional<TlsChannel> tls_;
};

}  // namespace hallway
