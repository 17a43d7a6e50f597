// The handshake is Beast's; what follows it is ours (ws_transport.hpp).
#include "server/net/ws_handshake.hpp"

#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "server/net/http_upgrade.hpp"
#include "server/net/ws_transport.hpp"

namespace hallway {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

constexpr std::chrono::seconds handshake_within{10};

Channel channel_of(PlainStream&, int socket) {
  return Channel(socket);
}
Channel channel_of(TlsStream& stream, int socket) {
  return {socket, TlsChannel(stream.native_handle(), socket)};
}

/// Lives as long as the answer to the handshake is on its way.
template <class Next>
class Handshake final : public std::enable_shared_from_this<Handshake<Next>> {
 public:
  Handshake(Shard& shard, Next next, UpgradeRequest request, UpgradeInfo info)
      : shard_(shard), ws_(std::move(next)), request_(std::move(request)), info_(std::move(info)) {}

  void start() {
    silent_ = shard_.count_silent(info_.limit_key);
    if (!silent_) return;  // Dropped: this address has too many.
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = handshake_within;
    timeout.idle_timeout = websocket::stream_base::none();
    timeout.keep_alive_pings = false;
    ws_.set_option(timeout);
    ws_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(beast::http::field::sec_websocket_protocol,
                   beast::string_view(websocket_subprotocol.data(), websocket_subprotocol.size()));
      response.set(beast::http::field::server, "Hallway");
    }));
    ws_.async_accept(request_, [self = this->shared_from_this()](error_code error) {
      if (!error) self->hand_over();
    });
  }

 private:
  void hand_over() {
    Next stream = std::move(ws_.next_layer());
    auto socket = beast::get_lowest_layer(stream).release_socket();
    error_code failed;
    socket.native_non_blocking(true, failed);
    if (failed) return;
    // Asio lets go of it: from here on the shard's own sockets tell when it is ready.
    const int descriptor = socket.release(failed);
    if (failed) return;
    std::make_shared<WsTransport>(shard_, channel_of(stream, descriptor), std::move(silent_))
        ->start(Principal{info_.cookie_session});
  }

  Shard& shard_;
  websocket::stream<Next, false> ws_;  // Without compression.
  const UpgradeRequest request_;
  const UpgradeInfo info_;
  std::unique_ptr<SilentSocket> silent_;
};

}  // namespace

void serve_websocket(Shard& shard, PlainOrTlsStream stream, UpgradeRequest request,
                     UpgradeInfo info) {
  std::visit(
      [&](auto&& next) {
        using Next = std::decay_t<decltype(next)>;
        std::make_shared<Handshake<Next>>(shard, std::move(next), std::move(request),
                                          std::move(info))
            ->start();
      },
      std::move(stream));
}

}  // namespace hallway
