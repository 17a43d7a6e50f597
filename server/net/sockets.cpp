#include "server/net/sockets.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace hallway {
namespace {

constexpr int fetched_max = 256;

int make_epoll() {
  const int descriptor = epoll_create1(EPOLL_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return descriptor;
}

}  // namespace

Sockets::Sockets(boost::asio::io_context& io) : epoll_(io, make_epoll()) {
  await();
}

bool Sockets::add(int socket, std::shared_ptr<SocketUser> user) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.fd = socket;
  if (epoll_ctl(epoll_.native_handle(), EPOLL_CTL_ADD, socket, &event) != 0) return false;
  const auto index = static_cast<std::size_t>(socket);
  if (users_.size() <= index) users_.resize(index + 1);
  users_[index] = std::move(user);
  ++watched_;
  return true;
}

void Sockets::remove(int socket) {
  // Closing the descriptor takes it out of the epoll.
  removed_.push_back(std::move(users_[static_cast<std::size_t>(socket)]));
  --watched_;
  for (std::size_t i = next_; i < ready_.size(); ++i) {
    if (ready_[i].socket == socket) ready_[i].socket = -1;
  }
}

void Sockets::again(int socket) {
  ready_.push_back({socket, {.to_read = true}});
}

bool Sockets::serve_one() {
  while (has_ready()) {
    const Event event = ready_[next_++];
    if (!has_ready()) {
      ready_.clear();
      next_ = 0;
    }
    if (event.socket < 0) continue;
    // It may be removed meanwhile, and lives until `bury` all the same.
    users_[static_cast<std::size_t>(event.socket)]->on_ready(event.ready);
    return true;
  }
  return false;
}

bool Sockets::bury() {
  // A user that goes may lead to others that remove themselves: they are next.
  return !std::exchange(removed_, {}).empty();
}

void Sockets::stop() {
  epoll_.cancel();
}

void Sockets::await() {
  epoll_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                    [this](boost::system::error_code error) {
                      if (error) return;
                      fetch();
                      await();  // Tells again at once if there was more.
                    });
}

void Sockets::fetch() {
  std::array<epoll_event, fetched_max> events;
  const int count = epoll_wait(epoll_.native_handle(), events.data(), fetched_max, 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const bool ended = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    ready_.push_back({event.data.fd,
                      {.to_read = ended || (event.events & EPOLLIN) != 0,
                       .to_write = (event.events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0,
                       .ended = ended}});
  }
}

}  // namespace hallway
