// Accepts connections on one address and spreads them over the shards.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "protocol/error.hpp"
#include "server/net/http_connection.hpp"

namespace hallway {

/// Destroyed when the threads of all shards have ended, and before the shards.
class HttpListener {
 public:
  /// Accepts on `accept_on`; `next_shard` is called there, once a connection.
  HttpListener(boost::asio::io_context& accept_on, std::shared_ptr<HttpService> service,
               std::function<boost::asio::io_context&()> next_shard);
  ~HttpListener();
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  /// Once, before the shards run. `tls` null: plain HTTP; else it outlives this. The error names
  /// the address and why it cannot be listened on.
  Result<bool> listen(const std::string& host, std::uint16_t port, boost::asio::ssl::context* tls);
  /// The one taken when 0 was asked for.
  std::uint16_t port() const;

  /// Any thread: accepts no more, closes idle connections, and lets answers under way finish.
  /// Sockets that became WebSockets are not its concern.
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace hallway
