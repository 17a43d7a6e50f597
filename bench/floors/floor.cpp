// The floor under the figures: a bare epoll server that sends every message to everybody of a
// group, and does nothing else. "direct" sends each message at once, "batched" sends once a member
// and loop turn. The path of the upgrade names the group.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "load/ws_frames.hpp"

namespace {

using hallway::load::FrameHeader;
using hallway::load::read_frame_header;

constexpr std::size_t read_buffer_bytes = 256 * 1024;
constexpr std::string_view accepted =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
    "Sec-WebSocket-Protocol: hallway.v1\r\n\r\n";

struct Group;

struct Guest {
  int fd = -1;
  Group* group = nullptr;  // none before the upgrade
  std::string partial;
  std::string backlog;
};

struct Group {
  std::vector<Guest*> guests;
  std::string turn;  // the frames of this turn of the loop
};

class Floor {
 public:
  Floor(bool batched, std::uint16_t port) : batched_(batched), buffer_(read_buffer_bytes) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 4096) != 0) {
      std::perror("floor");
      std::exit(1);
    }
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    watch(listener_, nullptr, EPOLLIN, EPOLL_CTL_ADD);
    std::printf("ready http://127.0.0.1:%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 1024> events;
    while (true) {
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.ptr == nullptr) {
          take_guests();
        } else {
          serve(*static_cast<Guest*>(event.data.ptr), event.events);
        }
      }
      flush();
      gone_.clear();
    }
  }

 private:
  void watch(int fd, Guest* guest, std::uint32_t interest, int operation) const {
    epoll_event event{};
    event.events = interest;
    event.data.ptr = guest;
    epoll_ctl(epoll_, operation, fd, &event);
  }

  void take_guests() {
    int fd = -1;
    while ((fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
      const int on = 1;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      auto guest = std::make_unique<Guest>();
      guest->fd = fd;
      watch(fd, guest.get(), EPOLLIN, EPOLL_CTL_ADD);
      guests_.emplace(fd, std::move(guest));
    }
  }

  void serve(Guest& guest, std::uint32_t events) {
    if (guest.fd < 0) {
      return;
    }
    if ((events & EPOLLOUT) != 0) {
      send(guest, {});
    }
    if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0) {
      return;
    }
    const ssize_t got = ::recv(guest.fd, buffer_.data(), buffer_.size(), 0);
    if (got < 0 && errno == EAGAIN) {
      return;
    }
    if (got <= 0) {
      lose(guest);
      return;
    }
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(got));
    std::string joined;
    if (!guest.partial.empty()) {
      joined = std::move(guest.partial).append(bytes);
      bytes = joined;
    }
    const std::size_t used = guest.group == nullptr ? upgrade(guest, bytes) : frames(guest, bytes);
    guest.partial.assign(bytes.substr(used));
  }

  std::size_t upgrade(Guest& guest, std::string_view bytes) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
      return 0;
    }
    unsigned number = 0;
    std::from_chars(bytes.data() + 5, bytes.data() + bytes.size(), number);  // GET /number
    guest.group = &groups_[number];
    guest.group->guests.push_back(&guest);
    send(guest, accepted);
    return end + 4;
  }

  std::size_t frames(Guest& guest, std::string_view bytes) {
    std::size_t used = 0;
    while (true) {
      const std::string_view rest = bytes.substr(used);
      const auto header = read_frame_header(rest);
      if (!header || rest.size() - header->header_bytes < header->payload_bytes) {
        return used;
      }
      const auto size = static_cast<std::size_t>(header->payload_bytes);
      used += header->header_bytes + size;
      // The load client masks with zero: the payload stands in clear.
      if (size > 16) {
        pass_on(*guest.group, rest.substr(header->header_bytes, size));
      }
    }
  }

  void pass_on(Group& group, std::string_view payload) {
    std::string& out = batched_ ? group.turn : scratch_;
    if (batched_ && group.turn.empty()) {
      dirty_.push_back(&group);
    }
    out.push_back(static_cast<char>(0x81));
    out.push_back(126);
    out.push_back(static_cast<char>(payload.size() >> 8U));
    out.push_back(static_cast<char>(payload.size() & 0xffU));
    out.append(payload);
    if (!batched_) {
      for (Guest* const guest : group.guests) {
        send(*guest, scratch_);
      }
      scratch_.clear();
    }
  }

  void flush() {
    for (Group* const group : dirty_) {
      for (Guest* const guest : group->guests) {
        send(*guest, group->turn);
      }
      group->turn.clear();
    }
    dirty_.clear();
  }

  void send(Guest& guest, std::string_view bytes) const {
    if (guest.fd < 0) {
      return;
    }
    const bool was_behind = !guest.backlog.empty();
    if (was_behind) {
      guest.backlog.append(bytes);
      const ssize_t sent =
          ::send(guest.fd, guest.backlog.data(), guest.backlog.size(), MSG_NOSIGNAL);
      guest.backlog.erase(0, sent > 0 ? static_cast<std::size_t>(sent) : 0);
    } else {
      const ssize_t sent = ::send(guest.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      guest.backlog.append(bytes.substr(sent > 0 ? static_cast<std::size_t>(sent) : 0));
    }
    if (was_behind != !guest.backlog.empty()) {
      const std::uint32_t writing = guest.backlog.empty() ? 0U : static_cast<unsigned>(EPOLLOUT);
      watch(guest.fd, &guest, EPOLLIN | writing, EPOLL_CTL_MOD);
    }
  }

  void lose(Guest& guest) {
    if (guest.group != nullptr) {
      std::erase(guest.group->guests, &guest);
    }
    const auto found = guests_.find(guest.fd);
    ::close(guest.fd);
    guest.fd = -1;
    // Kept until the turn ends: an event of this turn may still point at it.
    gone_.push_back(std::move(found->second));
    guests_.erase(found);
  }

  bool batched_;
  int listener_ = -1;
  int epoll_ = -1;
  std::vector<char> buffer_;
  std::string scratch_;
  std::unordered_map<int, std::unique_ptr<Guest>> guests_;
  std::vector<std::unique_ptr<Guest>> gone_;
  std::unordered_map<unsigned, Group> groups_;
  std::vector<Group*> dirty_;
};

/// Ten thousand guests are ten thousand descriptors.
void lift_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const bool batched = argc > 1 && std::string_view(argv[1]) == "batched";
  if (!batched && (argc < 2 || std::string_view(argv[1]) != "direct")) {
    std::fprintf(stderr, "usage: hallway-floor direct|batched [PORT]\n");
    return 2;
  }
  lift_descriptor_limit();
  std::uint16_t port = 0;
  if (argc > 2) {
    std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), port);
  }
  Floor(batched, port).run();
}
