// The server's TLS: versions 1.2 and 1.3 with authenticated ciphers alone. The one owner of OpenSSL
// beside tokens and passwords.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "protocol/error.hpp"
#include "server/net/moved.hpp"

struct ssl_st;  // OpenSSL's SSL; its headers stay in tls.cpp.

namespace hallway {

/// Reads a PEM chain and its key. The error names the file that failed and why. Shared by all
/// connections; any thread may use it once it is made.
Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(const std::string& chain_file,
                                                                    const std::string& key_file);

/// TLS after its handshake, straight on the socket: without the 34 kB of buffers that Asio's stream
/// keeps for each connection.
class TlsChannel {
 public:
  /// Takes over from Asio's stream, which is destroyed next. Precondition: nothing is under way.
  TlsChannel(ssl_st* established, int socket);

  Moved read(std::span<char> room);
  /// What could not be written is tried again with the same bytes, or more behind them.
  Moved write(std::string_view bytes);
  /// Sends `close_notify`, as far as it can be sent at once.
  void end_writing();

 private:
  struct Free {
    void operator()(ssl_st* established) const;
  };
  std::unique_ptr<ssl_st, Free> ssl_;
};

}  // namespace hallway
