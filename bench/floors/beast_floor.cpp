// What others would build: a server on Boost.Beast that sends every message to everybody of a
// group, and does nothing else. "each" is Beast's own chat example: a queue of shared strings a
// member, one asynchronous write a message. "batched" joins what a turn of the loop brings and
// writes it once a member. The path of the upgrade names the group, as with floor.cpp.
#include <sys/resource.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;

constexpr std::size_t word_bytes_max = 16;  // shorter messages only say that somebody is alive
constexpr std::string_view subprotocol = "hallway.v1";

class Guest;

struct Group {
  std::unordered_set<Guest*> guests;
  std::string turn;  // the messages of this turn of the loop, a line feed between them
};

/// Owns the groups; one thread.
class House {
 public:
  explicit House(bool batched) : batched_(batched) {}

  Group& group(std::string_view path) { return groups_[std::string(path)]; }
  void pass_on(Group& group, std::string_view message);
  void flush();
  /// The guest has more to write, which waited for an earlier write to end.
  void write_later(std::shared_ptr<Guest> guest) { waiting_.push_back(std::move(guest)); }
  [[nodiscard]] bool is_batched() const { return batched_; }

 private:
  bool batched_;
  std::unordered_map<std::string, Group> groups_;
  std::vector<Group*> dirty_;
  std::vector<std::shared_ptr<Guest>> waiting_;
};

/// One connection. Kept alive by what it waits for.
class Guest : public std::enable_shared_from_this<Guest> {
 public:
  Guest(tcp::socket socket, House& house) : stream_(std::move(socket)), house_(house) {}
  ~Guest() {
    if (group_ != nullptr) {
      group_->guests.erase(this);
    }
  }
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;

  void run() {
    http::async_read(stream_.next_layer(), buffer_, request_,
                     beast::bind_front_handler(&Guest::on_request, shared_from_this()));
  }

  /// As in Beast's example: through the executor, then into the queue.
  void send_each(const std::shared_ptr<const std::string>& message) {
    asio::post(stream_.get_executor(), [self = shared_from_this(), message] {
      self->queue_.push_back(message);
      if (self->queue_.size() == 1) {
        self->write_front();
      }
    });
  }

  /// At once, or behind the write that is under way.
  void send_batch(const std::shared_ptr<const std::string>& batch) {
    if (queue_.empty()) {
      queue_.push_back(batch);
      write_front();
    } else {
      if (!pending_.empty()) {
        pending_.push_back('\n');
      }
      pending_.append(*batch);
    }
  }

  void write_pending() {
    if (queue_.empty() && !pending_.empty()) {
      queue_.push_back(std::make_shared<const std::string>(std::exchange(pending_, {})));
      write_front();
    }
  }

 private:
  void on_request(beast::error_code error, std::size_t) {
    if (error || !websocket::is_upgrade(request_)) {
      return;
    }
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(http::field::sec_websocket_protocol, subprotocol);
    }));
    if (house_.is_batched()) {
      stream_.auto_fragment(false);  // a batch is to leave in one piece
    }
    stream_.async_accept(request_,
                         beast::bind_front_handler(&Guest::on_accept, shared_from_this()));
  }

  void on_accept(beast::error_code error) {
    if (error) {
      return;
    }
    const auto target = request_.target();
    group_ = &house_.group({target.data(), target.size()});
    group_->guests.insert(this);
    read();
  }

  void read() {
    stream_.async_read(buffer_, beast::bind_front_handler(&Guest::on_read, shared_from_this()));
  }

  void on_read(beast::error_code error, std::size_t) {
    if (error) {
      return;
    }
    const auto bytes = buffer_.cdata();
    if (bytes.size() > word_bytes_max) {
      house_.pass_on(*group_, {static_cast<const char*>(bytes.data()), bytes.size()});
    }
    buffer_.consume(buffer_.size());
    read();
  }

  void write_front() {
    stream_.async_write(asio::buffer(*queue_.front()),
                        beast::bind_front_handler(&Guest::on_write, shared_from_this()));
  }

  void on_write(beast::error_code error, std::size_t) {
    if (error) {
      return;
    }
    queue_.erase(queue_.begin());
    if (!queue_.empty()) {
      write_front();
    } else if (!pending_.empty()) {
      house_.write_later(shared_from_this());
    }
  }

  websocket::stream<beast::tcp_stream> stream_;
  House& house_;
  Group* group_ = nullptr;  // none before the upgrade
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  std::vector<std::shared_ptr<const std::string>> queue_;
  std::string pending_;
};

void House::pass_on(Group& group, std::string_view message) {
  if (!batched_) {
    const auto shared = std::make_shared<const std::string>(message);
    for (Guest* const guest : group.guests) {
      guest->send_each(shared);
    }
    return;
  }
  if (group.turn.empty()) {
    dirty_.push_back(&group);
  } else {
    group.turn.push_back('\n');
  }
  group.turn.append(message);
}

void House::flush() {
  for (const auto& guest : std::exchange(waiting_, {})) {
    guest->write_pending();
  }
  for (Group* const group : std::exchange(dirty_, {})) {
    const auto batch = std::make_shared<const std::string>(std::exchange(group->turn, {}));
    for (Guest* const guest : group->guests) {
      guest->send_batch(batch);
    }
  }
}

void take_guests(tcp::acceptor& acceptor, House& house) {
  acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
    if (!error) {
      socket.set_option(tcp::no_delay(true), error);
      std::make_shared<Guest>(std::move(socket), house)->run();
    }
    take_guests(acceptor, house);
  });
}

void lift_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view kind = argc > 1 ? argv[1] : "";
  if (kind != "each" && kind != "batched") {
    std::fprintf(stderr, "usage: hallway-floor-beast each|batched [PORT]\n");
    return 2;
  }
  lift_descriptor_limit();
  const auto port = static_cast<std::uint16_t>(argc > 2 ? std::atoi(argv[2]) : 0);
  asio::io_context context(1);
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), port});
  acceptor.listen(4096);
  House house(kind == "batched");
  take_guests(acceptor, house);
  std::printf("ready http://127.0.0.1:%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  if (!house.is_batched()) {
    context.run();
    return 0;
  }
  while (true) {  // drain, then flush
    context.run_one();
    context.poll();
    house.flush();
  }
}
