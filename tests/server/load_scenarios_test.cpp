// The measuring scenarios count what they should: bodies in a message, pairs beside a crowd, and
// above all what is missing, against a small server that loses a delivery where a test wants it.
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "load/histogram.hpp"
#include "load/loop.hpp"
#include "load/markers.hpp"
#include "load/scenarios.hpp"
#include "load/tally.hpp"
#include "load/ws_frames.hpp"

namespace hallway::load {
namespace {

/// Passes every message on to all who gave the same path, as the floor servers do, but for one
/// delivery. Lives in a thread of its own until the last guest has gone.
class SmallServer {
 public:
  /// `loses`: of that group, the delivery with this number is not made; 0: none.
  SmallServer(std::string group, int loses) : group_(std::move(group)), loses_(loses) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 64) == 0);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~SmallServer() {
    thread_.join();
    ::close(listener_);
  }
  SmallServer(const SmallServer&) = delete;
  SmallServer& operator=(const SmallServer&) = delete;

  [[nodiscard]] CommonOptions options() const {
    CommonOptions common;
    common.link = "http://127.0.0.1:" + std::to_string(port_) + "/j/small";
    common.floor = true;
    common.quiet_ms = 200;
    return common;
  }

 private:
  struct Guest {
    std::string path;  // none before the upgrade
    std::string bytes;
  };

  void serve() {
    do {
      std::vector<pollfd> ready{{listener_, POLLIN, 0}};
      for (const auto& [fd, guest] : guests_) {
        ready.push_back({fd, POLLIN, 0});
      }
      ::poll(ready.data(), ready.size(), -1);
      if (ready[0].revents != 0) {
        guests_[::accept(listener_, nullptr, nullptr)];
      }
      for (std::size_t i = 1; i < ready.size(); ++i) {
        if (ready[i].revents != 0) {
          read(ready[i].fd);
        }
      }
    } while (!guests_.empty());
  }

  void read(int fd) {
    std::array<char, 4096> buffer;
    const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
      ::close(fd);
      guests_.erase(fd);
      return;
    }
    Guest& guest = guests_[fd];
    guest.bytes.append(buffer.data(), static_cast<std::size_t>(got));
    if (guest.path.empty() && guest.bytes.ends_with("\r\n\r\n")) {
      const std::size_t begin = guest.bytes.find(' ') + 1;
      guest.path = guest.bytes.substr(begin, guest.bytes.find(' ', begin) - begin);
      guest.bytes.clear();
      send(fd,
           "HTTP/1.1 101 Switching Protocols\r\n"
           "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
           "Sec-WebSocket-Protocol: hallway.v1\r\n\r\n");
    }
    while (!guest.path.empty() && pass_on(guest)) {
    }
  }

  bool pass_on(Guest& guest) {
    const auto header = read_frame_header(guest.bytes);
    if (!header || guest.bytes.size() < header->header_bytes + header->payload_bytes) {
      return false;
    }
    const std::size_t payload_bytes = static_cast<std::size_t>(header->payload_bytes);
    const std::string payload = guest.bytes.substr(header->header_bytes, payload_bytes);
    guest.bytes.erase(0, header->header_bytes + payload_bytes);
    std::string frame{'\x81', '\x7e', static_cast<char>(payload_bytes >> 8U),
                      static_cast<char>(payload_bytes & 0xffU)};
    frame += payload;
    const bool counts = payload.find(marker) != std::string::npos;
    for (const auto& [fd, other] : guests_) {
      if (counts && other.path == guest.path && (guest.path != group_ || ++made_ != loses_)) {
        send(fd, frame);
      }
    }
    return true;
  }

  static void send(int fd, std::string_view bytes) {
    static_cast<void>(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  }

  std::string group_;
  int loses_;
  int made_ = 0;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::map<int, Guest> guests_;
  std::thread thread_;
};

int fan_out(int loses) {
  const SmallServer server("/0", loses);
  FanoutOptions options;
  options.people = 5;
  options.senders = 2;
  options.window = 2;
  options.messages = 40;
  return run_fanout(server.options(), options);
}

TEST_CASE("a fan-out is whole when every message has reached everybody") {
  CHECK(fan_out(0) == 0);
}

TEST_CASE("one delivery that is lost is reported") {
  CHECK(fan_out(117) == 1);
}

int crowd(const std::string& group, int loses) {
  const SmallServer server(group, loses);
  CrowdLoad options;
  options.people = 4;
  options.senders = 2;
  options.rate = 100;
  options.pairs = 2;
  options.private_rate = 100;
  options.seconds = 0.2;
  options.warm_up_ms = 50;
  return run_crowd(server.options(), options);
}

TEST_CASE("a crowd is whole with its pairs, each of whom hears both") {
  CHECK(crowd("/0", 0) == 0);
}

TEST_CASE("what is lost in the room and what is lost in private are both reported") {
  CHECK(crowd("/0", 9) == 1);
  CHECK(crowd("/2", 9) == 1);
}

/// Counts how often it was ready, on a descriptor that always is.
struct AlwaysReady final : Loop::Handler {
  AlwaysReady(Loop& loop, bool urgent) : fd(::eventfd(1, EFD_CLOEXEC)) {
    static_cast<void>(loop.watch(fd, EPOLLIN, *this, urgent));
  }
  ~AlwaysReady() { ::close(fd); }
  AlwaysReady(const AlwaysReady&) = delete;
  AlwaysReady& operator=(const AlwaysReady&) = delete;
  void on_ready(std::uint32_t) override { ++count; }

  int fd;
  int count = 0;
};

TEST_CASE("what is urgent or due is served between a few of the others") {
  Loop loop;
  std::vector<std::unique_ptr<AlwaysReady>> crowd;
  for (int i = 0; i < 400; ++i) {
    crowd.push_back(std::make_unique<AlwaysReady>(loop, false));
  }
  AlwaysReady few(loop, true);
  int due = 0;
  std::function<void()> again = [&] {
    ++due;
    loop.at_us(now_us(), again);
  };
  loop.at_us(now_us(), again);
  loop.run_until([&] { return crowd.front()->count > 0; }, 1'000);
  int others = 0;
  for (const auto& each : crowd) {
    others += each->count;
  }
  CHECK(others >= 400);
  CHECK(few.count >= others / 40);
  CHECK(due >= others / 40);
}

TEST_CASE("every body in a message is counted, its filler passed over") {
  std::string message = R"({"id":7,"ok":{}})";
  for (const std::size_t sender : {3U, 14U, 159U}) {
    message +=
        "\n{\"push\":\"message.posted\",\"data\":{\"body\":\"" + marker_body(sender, 150) + "\"}}";
  }
  std::vector<std::uint64_t> senders;
  const auto note = [&](const Marked& marked) { senders.push_back(marked.sender()); };
  CHECK(for_each_marker(message, 150 - marker_bytes, note) == 3);
  CHECK(senders == std::vector<std::uint64_t>{3, 14, 159});
  CHECK(for_each_marker("a ~ in passing", 0, note) == 0);
  CHECK(for_each_marker(marker_body(1, 30), 4'000, note) == 1);
}

TEST_CASE("a stamp is read as it was written") {
  std::string body = marker_body(5, 60);
  write_digits(body.data() + 1, stamp_digits, 1'234'567'890);
  std::int64_t stamp = 0;
  for_each_marker(body, 0, [&](const Marked& marked) { stamp = marked.stamp(); });
  CHECK(stamp == 1'234'567'890);
}

TEST_CASE("a refusal is told from an answer and from an echo") {
  CHECK(is_refusal(R"({"id":1000000001,"err":{"code":"slow_down"}})"));
  CHECK(is_refusal(R"({"err":{"code":"bad_frame"}})"));
  CHECK_FALSE(is_refusal(R"({"id":1000000001,"ok":{"offset":3}})"));
  CHECK_FALSE(is_refusal(R"({"id":1,"cmd":"message.send","d":{"body":"\"err\":"}})"));
  CHECK_FALSE(is_refusal(R"({"id":12)"));
}

TEST_CASE("a tally is whole only with nothing missing, doubled, refused or cut off") {
  Meter meter;
  meter.deliveries = 10;
  CHECK(Tally(10, meter).is_whole());
  CHECK(Tally(11, meter).missing() == 1);
  CHECK_FALSE(Tally(11, meter).is_whole());
  CHECK(Tally(9, meter).missing() == -1);
  CHECK_FALSE(Tally(9, meter).is_whole());
  Meter refused = meter;
  refused.refusals = 1;
  CHECK_FALSE(Tally(10, refused).is_whole());
  Meter cut_off = meter;
  cut_off.lost = 1;
  CHECK_FALSE(Tally(10, cut_off).is_whole());
}

TEST_CASE("two tallies that are each wrong do not make a right one") {
  Meter meter;
  meter.deliveries = 10;
  Tally both(11, meter);
  both.add(Tally(9, meter));
  CHECK_FALSE(both.is_whole());
}

TEST_CASE("histograms add up") {
  Histogram some;
  Histogram others;
  for (int i = 0; i < 90; ++i) {
    some.add(100);
  }
  for (int i = 0; i < 10; ++i) {
    others.add(10'000);
  }
  some.add(others);
  CHECK(some.count() == 100);
  CHECK(static_cast<double>(some.quantile_us(0.5)) == Approx(100).epsilon(0.04));
  CHECK(static_cast<double>(some.quantile_us(0.95)) == Approx(10'000).epsilon(0.04));
}

}  // namespace
}  // namespace hallway::load
