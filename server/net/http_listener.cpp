// The accept loop of http_listener.hpp.
#include "server/net/http_listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <map>

#include "server/log.hpp"

namespace hallway {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
}

/// On the accepting thread once it runs. The loop keeps it alive.
struct HttpListener::State : std::enable_shared_from_this<HttpListener::State> {
  State(asio::io_context& accept_on, std::shared_ptr<HttpService> all,
        std::function<asio::io_context&()> choose)
      : context(accept_on),
        acceptor(accept_on),
        pause(accept_on),
        service(std::move(all)),
        next_shard(std::move(choose)) {}

  asio::awaitable<void> accept_all() {
    while (!stopped) {
      const std::shared_ptr<ShardConnections> shard = connections_of(next_shard());
      const asio::any_io_executor executor = shard->home.get_executor();
      auto [failed, socket] = co_await acceptor.async_accept(executor, as_tuple);
      if (stopped) break;
      if (!failed) {
        serve_connection(std::move(socket), tls, service, shard);
      } else if (failed != asio::error::connection_aborted) {
        // Out of descriptors, most likely: connections that end give some back.
        log::error("http.accept_failed", {{"what", failed.message()}});
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(as_tuple);
      }
    }
  }

  std::shared_ptr<ShardConnections> connections_of(asio::io_context& shard) {
    auto& found = shards[&shard];
    if (!found) found = std::make_shared<ShardConnections>(shard);
    return found;
  }

  void stop() {
    stopped = true;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    for (const auto& [shard, connections] : shards) {
      asio::post(*shard, [connections = connections] {
        connections->draining = true;
        for (DrainableConnection* connection : connections->open) connection->drain();
      });
    }
  }

  asio::io_context& context;
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  const std::shared_ptr<HttpService> service;
  const std::function<asio::io_context&()> next_shard;
  asio::ssl::context* tls = nullptr;
  std::uint16_t port = 0;
  bool stopped = false;
  std::map<asio::io_context*, std::shared_ptr<ShardConnections>> shards;
};

HttpListener::HttpListener(asio::io_context& accept_on, std::shared_ptr<HttpService> service,
                           std::function<asio::io_context&()> next_shard)
    : state_(std::make_shared<State>(accept_on, std::move(service), std::move(next_shard))) {}

HttpListener::~HttpListener() = default;

Result<bool> HttpListener::listen(const std::string& host, std::uint16_t port,
                                  asio::ssl::context* tls) {
  State& state = *state_;
  const auto failure = [&](const boost::system::error_code& failed) {
    return refuse(ErrorCode::unavailable, "cannot listen on " + host + " port " +
                                              std::to_string(port) + ": " + failed.message());
  };
  boost::system::error_code failed;
  tcp::resolver resolver(state.context);
  const auto found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive, failed);
  if (failed || found.empty()) return failure(failed);
  const tcp::endpoint endpoint = found.begin()->endpoint();
  state.acceptor.open(endpoint.protocol(), failed);
  if (!failed) state.acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) state.acceptor.bind(endpoint, failed);
  if (!failed) state.acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return failure(failed);
  state.port = state.acceptor.local_endpoint(failed).port();
  state.tls = tls;
  asio::awaitable<void> loop = state.accept_all();
  asio::co_spawn(state.context, std::move(loop), [kept = state_](std::exception_ptr broken) {
    if (broken) log::error("http.accept_ended");
  });
  return true;
}

std::uint16_t HttpListener::port() const {
  return state_->port;
}

void HttpListener::stop() {
  asio::post(state_->context, [state = state_] { state->stop(); });
}

}  // namespace hallway
