// The life of an HTTP connection. The one owner of Beast's HTTP parser and serializer.
#include "server/net/http_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <exception>

#include "server/log.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/http_header.hpp"
#include "server/net/http_upgrade.hpp"

namespace hallway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view header_end = "\r\n\r\n";
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

/// One of the bounded number of connections, from the accept to the end.
class CountedConnection {
 public:
  explicit CountedConnection(Metrics& metrics) : metrics_(&metrics) {
    metrics_->http_connections.add(1);
  }
  CountedConnection(CountedConnection&& other) noexcept
      : metrics_(std::exchange(other.metrics_, nullptr)) {}
  CountedConnection& operator=(CountedConnection&&) = delete;
  ~CountedConnection() {
    if (metrics_) metrics_->http_connections.add(-1);
  }

 private:
  Metrics* metrics_;
};

std::string endpoint_text(const asio::ip::tcp::endpoint& endpoint) {
  const auto& address = endpoint.address();
  const std::string host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  return host + ":" + std::to_string(endpoint.port());
}

/// Where the connection comes from and where it came in.
struct Ends {
  asio::ip::address peer;
  std::string local;
};

/// Names in lower case, as the API looks them up.
HttpFields plain_fields(const http::request<http::string_body>& message) {
  HttpFields fields;
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    fields.emplace_back(std::move(name), std::string(field.value()));
  }
  return fields;
}

asio::ip::address address_behind_proxies(const asio::ip::address& peer, const HttpFields& fields,
                                         const TrustedProxies& trusted) {
  std::vector<std::string_view> forwarded_for;
  for (const auto& [name, value] : fields) {
    if (name == "x-forwarded-for") forwarded_for.push_back(value);
  }
  return client_address(peer, forwarded_for, trusted);
}

template <class Stream>
class Connection final : public DrainableConnection {
 public:
  Connection(Stream stream, Ends ends, std::shared_ptr<HttpService> service,
             std::shared_ptr<ShardConnections> siblings, CountedConnection counted)
      : stream_(std::move(stream)),
        ends_(std::move(ends)),
        service_(std::move(service)),
        siblings_(std::move(siblings)),
        counted_(std::move(counted)),
        buffer_(service_->settings.header_bytes_max + service_->settings.body_bytes_max) {
    siblings_->open.insert(this);
  }
  ~Connection() override { siblings_->open.erase(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> run() {
    if constexpr (is_tls) {
      expire_after(service_->settings.header_ms);
      const auto [failed] =
          co_await stream_.async_handshake(asio::ssl::stream_base::server, as_tuple);
      if (failed) co_return;
    }
    bool goes_on = true;
    while (goes_on) goes_on = co_await serve_request();
    if (!handed_over_) co_await close();
  }

  /// Expected failures are values; what was thrown has no one left to tell but the log.
  void report_failure(std::exception_ptr failure) {
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& fault) {
      log::error("http.connection_failed", {{"what", fault.what()}});
    }
  }

  void drain() override {
    closing_ = true;
    if (idle_) socket().close();
  }

 private:
  static constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;
  enum class Read { complete, too_large, gone };

  beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }
  void expire_after(std::int64_t ms) { socket().expires_after(std::chrono::milliseconds(ms)); }

  std::string_view buffered() const {
    const auto bytes = buffer_.cdata();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
  }

  /// False: the connection ends, or is another's now.
  asio::awaitable<bool> serve_request() {
    const Read header = co_await read_header();
    if (header == Read::gone) co_return false;
    started_ns_ = service_->clock.steady_ns();
    client_ = ends_.peer;
    method_ = "-";
    if (header == Read::too_large) {
      const HeaderFault fault{431, "The header of the request is too large."};
      co_return co_await refuse_request(fault);
    }
    const std::size_t end = buffered().find(header_end) + header_end.size();
    if (const auto fault = check_header(buffered().substr(0, end))) {
      co_return co_await refuse_request(*fault);
    }
    const auto fault = co_await read_body();
    if (fault && fault->status == 0) co_return false;
    if (fault) co_return co_await refuse_request(*fault);

    auto request = plain_request();
    if (request->path == websocket_path) co_return co_await serve_upgrade(std::move(request));
    HttpResponse answer = co_await ask_api(request);
    co_return co_await write(std::move(answer), request->method == "HEAD",
                             parser_->get().keep_alive());
  }

  /// Until the empty line. Patience runs from the first byte, however slowly the others follow.
  asio::awaitable<Read> read_header() {
    const HttpSettings& settings = service_->settings;
    expire_after(is_first_ ? settings.header_ms : settings.idle_ms);
    bool begun = is_first_;
    is_first_ = false;
    while (buffered().find(header_end) == std::string_view::npos) {
      if (buffer_.size() >= settings.header_bytes_max) co_return Read::too_large;
      if (!begun && buffer_.size() > 0) {
        begun = true;
        expire_after(settings.header_ms);
      }
      idle_ = buffer_.size() == 0;
      if (idle_ && siblings_->draining) co_return Read::gone;
      const auto room =
          buffer_.prepare(std::min<std::size_t>(settings.header_bytes_max - buffer_.size(), 4096));
      const auto [failed, bytes] = co_await stream_.async_read_some(room, as_tuple);
      idle_ = false;
      if (failed) co_return Read::gone;
      buffer_.commit(bytes);
    }
    co_return Read::complete;
  }

  /// Parses the header that is there and reads the body behind it. A fault with status 0: gone.
  asio::awaitable<std::optional<HeaderFault>> read_body() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(service_->settings.header_bytes_max));
    parser_->body_limit(service_->settings.body_bytes_max);
    beast::error_code failed;
    buffer_.consume(parser_->put(buffer_.cdata(), failed));
    if (failed) co_return fault_of(failed);
    const auto& message = parser_->get();
    const auto fields = std::distance(message.begin(), message.end());
    if (parser_->is_done()) co_return std::nullopt;

    expire_after(service_->settings.body_ms);
    if (const auto expected = message.find(http::field::expect); expected != message.end()) {
      if (!beast::iequals(expected->value(), "100-continue")) {
        co_return HeaderFault{417, "The only expectation met here is 100-continue."};
      }
      const auto bytes = asio::buffer(go_on);
      const auto [unsent, written] = co_await asio::async_write(stream_, bytes, as_tuple);
      if (unsent || written != go_on.size()) co_return HeaderFault{0, ""};
    }
    const auto [unread, bytes] = co_await http::async_read(stream_, buffer_, *parser_, as_tuple);
    if (unread) co_return fault_of(unread);
    // Fields in a trailer would come after the checks of the header.
    if (std::distance(message.begin(), message.end()) != fields) {
      co_return HeaderFault{400, "A request must have no trailer."};
    }
    co_return std::nullopt;
  }

  static HeaderFault fault_of(beast::error_code failed) {
    if (failed == http::error::body_limit) return {413, "The body of the request is too large."};
    const bool is_malformed =
        failed.category() == http::make_error_code(http::error::bad_method).category() &&
        failed != http::error::end_of_stream && failed != http::error::partial_message;
    return is_malformed ? HeaderFault{400, "The request cannot be read."} : HeaderFault{0, ""};
  }

  std::shared_ptr<HttpRequest> plain_request() {
    auto& message = parser_->get();
    auto request = std::make_shared<HttpRequest>();
    const std::string_view target(message.target().data(), message.target().size());
    const std::size_t query = std::min(target.find('?'), target.size());
    request->method = std::string(message.method_string());
    request->path = std::string(target.substr(0, query));
    request->query = std::string(target.substr(std::min(query + 1, target.size())));
    request->fields = plain_fields(message);
    request->body = message.body();
    client_ =
        address_behind_proxies(ends_.peer, request->fields, service_->settings.trusted_proxies);
    request->address = client_.to_string();
    request->limit_key = limit_key(client_);
    request->local = ends_.local;
    request->secure = is_tls;
    method_ = request->method;
    return request;
  }

  asio::awaitable<HttpResponse> ask_api(std::shared_ptr<const HttpRequest> request) {
    try {
      co_return co_await service_->api.answer(std::move(request), siblings_->home);
    } catch (const std::exception& fault) {
      // A fault of ours ends this request, not the house.
      log::error("http.answer_failed", {{"what", fault.what()}});
    }
    co_return problem(refuse(ErrorCode::internal, "Something went wrong on our side."));
  }

  asio::awaitable<bool> serve_upgrade(std::shared_ptr<HttpRequest> request) {
    Api& api = service_->api;
    UpgradeDecision decision = judge_upgrade(*request, api.origins(), api.is_secure(*request));
    if (decision.permit && buffer_.size() > 0) {
      decision.permit.reset();
      decision.refusal =
          problem(refuse(ErrorCode::bad_request, "Frames must wait for the handshake's answer."));
    }
    if (!decision.permit) {
      decision.refusal.route = websocket_path;
      api.finish(*request, decision.refusal);
      co_return co_await write(std::move(decision.refusal), false, false);
    }
    UpgradeInfo info;
    info.address = request->address;
    info.limit_key = request->limit_key;
    info.cookie_session = decision.permit->cookie_session;
    info.slot = decision.permit->slot;
    info.secure = is_tls;
    report(websocket_path, 101);
    socket().expires_never();
    handed_over_ = true;
    service_->on_websocket(PlainOrTlsStream(std::move(stream_)), parser_->release(),
                           std::move(info));
    co_return false;
  }

  /// What cannot be understood is answered once; where the next request begins nobody knows.
  asio::awaitable<bool> refuse_request(HeaderFault fault) {
    const ErrorCode code = fault.status == 413 || fault.status == 414 || fault.status == 431
                               ? ErrorCode::too_large
                               : ErrorCode::bad_request;
    HttpResponse answer = problem(refuse(code, std::string(fault.why)), fault.status);
    answer.route = "malformed";
    HttpRequest unread;
    unread.secure = is_tls;
    service_->api.finish(unread, answer);
    co_return co_await write(std::move(answer), false, false);
  }

  asio::awaitable<bool> write(HttpResponse answer, bool is_head, bool keep_alive) {
    const std::string_view body =
        answer.fixed_body.empty() ? std::string_view(answer.body) : answer.fixed_body;
    const bool has_body = answer.status != 204 && answer.status != 304;
    http::response<http::span_body<const char>> message;
    message.version(parser_ && parser_->get().version() == 10 ? 10 : 11);
    message.result(answer.status);
    for (const auto& [name, value] : answer.fields) message.insert(name, value);
    if (has_body) message.content_length(body.size());
    if (has_body && !is_head) message.body() = {body.data(), body.size()};
    const bool stays = keep_alive && !closing_ && !siblings_->draining;
    message.keep_alive(stays);
    expire_after(service_->settings.write_ms);
    http::response_serializer<http::span_body<const char>> serializer(message);
    const auto [failed, bytes] = co_await http::async_write(stream_, serializer, as_tuple);
    report(answer.route, answer.status);
    co_return !failed && bytes > 0 && stays;
  }

  void report(std::string_view route, unsigned status) {
    service_->metrics.http_answered(route, status);
    // The route stands for the path, which may hold a token.
    log::info("http.answered", {{"method", method_},
                                {"route", route},
                                {"status", status},
                                {"address", client_.to_string()},
                                {"micros", (service_->clock.steady_ns() - started_ns_) / 1000}});
  }

  /// Says goodbye, then reads what the client still sends for a moment: closing before that would
  /// reset the connection, and the answer might never be seen.
  asio::awaitable<void> close() {
    constexpr std::int64_t goodbye_ms = 2'000;
    constexpr std::size_t leftover_bytes_max = 256 * 1024;
    expire_after(goodbye_ms);
    if constexpr (is_tls) {
      co_await stream_.async_shutdown(as_tuple);
    }
    beast::error_code ignored;
    socket().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    std::array<char, 4096> leftover;
    const auto room = asio::buffer(leftover);
    for (std::size_t total = 0; total < leftover_bytes_max;) {
      const auto [failed, bytes] = co_await socket().async_read_some(room, as_tuple);
      if (failed) break;
      total += bytes;
    }
    socket().close();
  }

  Stream stream_;
  const Ends ends_;
  const std::shared_ptr<HttpService> service_;
  const std::shared_ptr<ShardConnections> siblings_;
  const CountedConnection counted_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::int64_t started_ns_ = 0;
  std::string method_ = "-";
  asio::ip::address client_;  // The peer, or whom it speaks for.
  bool is_first_ = true;
  bool idle_ = false;  // Waits for the first byte of a request.
  bool closing_ = false;
  bool handed_over_ = false;
};

template <class Stream>
void start(Stream stream, Ends ends, std::shared_ptr<HttpService> service,
           std::shared_ptr<ShardConnections> siblings, CountedConnection counted) {
  const auto executor = stream.get_executor();
  auto connection =
      std::make_shared<Connection<Stream>>(std::move(stream), std::move(ends), std::move(service),
                                           std::move(siblings), std::move(counted));
  asio::awaitable<void> life = connection->run();
  asio::co_spawn(executor, std::move(life),
                 [connection](std::exception_ptr failure) { connection->report_failure(failure); });
}

}  // namespace

void serve_connection(asio::ip::tcp::socket socket, asio::ssl::context* tls,
                      std::shared_ptr<HttpService> service,
                      std::shared_ptr<ShardConnections> siblings) {
  beast::error_code failed;
  Ends ends;
  ends.peer = socket.remote_endpoint(failed).address();
  if (failed) return;  // Gone already.
  ends.local = endpoint_text(socket.local_endpoint(failed));
  if (service->metrics.http_connections.value() >=
      static_cast<std::int64_t>(service->settings.connections_max)) {
    service->metrics.http_connections_refused.add();
    return;
  }
  socket.set_option(asio::ip::tcp::no_delay(true), failed);
  CountedConnection counted(service->metrics);
  asio::io_context& home = siblings->home;
  asio::post(home,
             [socket = std::move(socket), tls, ends = std::move(ends), service = std::move(service),
              siblings = std::move(siblings), counted = std::move(counted)]() mutable {
               PlainStream plain(std::move(socket));
               if (tls) {
                 start(TlsStream(std::move(plain), *tls), std::move(ends), std::move(service),
                       std::move(siblings), std::move(counted));
               } else {
                 start(std::move(plain), std::move(ends), std::move(service), std::move(siblings),
                       std::move(counted));
               }
             });
}

}  // namespace hallway
