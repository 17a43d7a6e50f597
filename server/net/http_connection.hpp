// HTTP/1.1 on one accepted connection, plain or TLS, until it closes or becomes a WebSocket.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "server/clock.hpp"
#include "server/metrics.hpp"
#include "server/net/http_message.hpp"
#include "server/net/http_settings.hpp"
#include "server/registry.hpp"

namespace hallway {

class Api;

using PlainStream = boost::beast::tcp_stream;
using TlsStream = boost::asio::ssl::stream<boost::beast::tcp_stream>;
/// Its executor is the shard's that serves it; its timeouts are off; no byte beyond the request has
/// been read.
using PlainOrTlsStream = std::variant<PlainStream, TlsStream>;
using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// What HTTP found out before it let a WebSocket through.
struct UpgradeInfo {
  std::string address;                      ///< The client's, behind trusted proxies too.
  std::string limit_key;                    ///< What limits by address count by (IPv6: the /64).
  std::optional<TokenHash> cookie_session;  ///< Of the cookie that `?as=` names; not looked up yet.
  std::optional<int> slot;
  bool secure = false;
};

/// Called on the shard's thread. The handler answers the handshake (or refuses it) and owns the
/// stream.
using WebSocketHandler = std::function<void(PlainOrTlsStream, UpgradeRequest, UpgradeInfo)>;

/// What all connections share. The handler is called on the thread of the shard that
/// accepted.
struct HttpService {
  const HttpSettings& settings;
  Api& api;
  Metrics& metrics;
  ClockSource& clock;
  WebSocketHandler on_websocket;
};

/// A connection as its shard's list knows it.
class DrainableConnection {
 public:
  virtual ~DrainableConnection() = default;
  /// Closes it: at once where it waits for a request, else after the answer under way.
  virtual void drain() = 0;
};

/// The open connections of one shard; its thread alone touches it.
struct ShardConnections {
  explicit ShardConnections(boost::asio::io_context& shard) : home(shard) {}
  boost::asio::io_context& home;
  std::set<DrainableConnection*> open;
  bool draining = false;
};

/// Serves `socket` on its own executor until it closes. With `tls` the handshake comes first.
void serve_connection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls,
                      std::shared_ptr<HttpService> service,
                      std::shared_ptr<ShardConnections> siblings);

}  // namespace hallway
