#include "server/net/ws_transport.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "protocol/limits.hpp"

namespace hallway {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

constexpr std::chrono::seconds handshake_within{10};
/// How long a peer may take to answer a close, or (a slow one) to take what is under way.
constexpr std::chrono::seconds close_within{2};

/// Owns itself through its handlers: it is gone when reading and writing have both ended.
template <class Next>
class WsTransport final : public Transport, public std::enable_shared_from_this<WsTransport<Next>> {
 public:
  WsTransport(Shard& shard, Next next, UpgradeInfo info)
      : shard_(shard),
        ws_(std::move(next)),
        info_(std::move(info)),
        close_timer_(ws_.get_executor()) {}

  ~WsTransport() override {
    stop_counting();
    if (session_ != nullptr) shard_.hub().closed(*session_);
  }

  void start(UpgradeRequest request) {
    if (!shard_.count_silent(info_.limit_key)) return;  // Dropped: this address has too many.
    counted_ = true;
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = handshake_within;
    timeout.idle_timeout = websocket::stream_base::none();
    timeout.keep_alive_pings = false;
    ws_.set_option(timeout);
    ws_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(beast::http::field::sec_websocket_protocol, "hallway.v1");
      response.set(beast::http::field::server, "Hallway");
    }));
    ws_.read_message_max(limits::message_bytes_max);
    ws_.text(true);
    ws_.auto_fragment(false);  // A message is one frame, and one send.
    request_ = std::move(request);
    ws_.async_accept(*request_, [self = this->shared_from_this()](error_code error) {
      if (!error) self->accepted();
    });
  }

  void send(Frame frame) override {
    under_way_ = std::move(frame);
    ws_.async_write(boost::asio::buffer(*under_way_),
                    [self = this->shared_from_this()](error_code error, std::size_t) {
                      self->under_way_.reset();
                      if (error) {
                        self->give_up();
                      } else {
                        self->session_->on_sent();
                      }
                    });
  }

  void close(CloseCode code) override {
    if (std::exchange(closing_, true)) return;
    close_timer_.expires_after(close_within);
    close_timer_.async_wait([self = this->shared_from_this()](error_code error) {
      if (!error) self->give_up();
    });
    websocket::close_reason reason(static_cast<websocket::close_code>(code));
    const auto number = static_cast<std::uint16_t>(code);
    if (number >= 4200 && number < 4300) reason.reason = std::to_string(limits::retry_ms);
    ws_.async_close(reason, [self = this->shared_from_this()](error_code) { self->give_up(); });
  }

 private:
  void accepted() {
    request_.reset();
    session_ = &shard_.hub().open(*this, Principal{info_.cookie_session});
    read();
  }

  void read() {
    ws_.async_read(buffer_, [self = this->shared_from_this()](error_code error, std::size_t) {
      self->received(error);
    });
  }

  void received(error_code error) {
    if (error) {
      give_up();
      return;
    }
    if (!ws_.got_text()) {
      session_->on_binary();
    } else {
      const auto data = buffer_.cdata();
      session_->on_text({static_cast<const char*>(data.data()), data.size()});
    }
    buffer_.consume(buffer_.size());
    if (session_->said_hello()) stop_counting();
    read();
  }

  /// Ends what is still under way; the last handler to return lets go of this.
  void give_up() {
    close_timer_.cancel();
    closing_ = true;
    error_code ignored;
    auto& socket = beast::get_lowest_layer(ws_).socket();
    socket.shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
    socket.close(ignored);
  }

  void stop_counting() {
    if (std::exchange(counted_, false)) shard_.uncount_silent(info_.limit_key);
  }

  Shard& shard_;
  websocket::stream<Next> ws_;
  UpgradeInfo info_;
  beast::flat_buffer buffer_;
  boost::asio::steady_timer close_timer_;
  std::optional<UpgradeRequest> request_;
  Frame under_way_;
  Session* session_ = nullptr;
  bool counted_ = false;
  bool closing_ = false;
};

}  // namespace

void serve_websocket(Shard& shard, PlainOrTlsStream stream, UpgradeRequest request,
                     UpgradeInfo info) {
  std::visit(
      [&](auto&& next) {
        using Next = std::decay_t<decltype(next)>;
        std::make_shared<WsTransport<Next>>(shard, std::move(next), std::move(info))
            ->start(std::move(request));
      },
      std::move(stream));
}

}  // namespace hallway
