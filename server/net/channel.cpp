#include "server/net/channel.hpp"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace hallway {
namespace {

/// send(2) without what the C library does around it for threads that are cancelled: half of the
/// instructions of a delivery.
ssize_t send_at_once(int socket, std::string_view bytes) {
  return ::syscall(SYS_sendto, socket, bytes.data(), bytes.size(), MSG_NOSIGNAL, nullptr, 0);
}

Moved moved(ssize_t result, std::size_t tried, Then when_blocked) {
  if (result > 0) {
    const auto bytes = static_cast<std::size_t>(result);
    // Less than could have been: there is no more for now. That saves the call which says so.
    return {bytes, bytes == tried ? Then::again : when_blocked};
  }
  if (result < 0 && errno == EINTR) return {0, Then::again};
  if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {0, when_blocked};
  return {0, Then::ended};
}

}  // namespace

Channel::Channel(Channel&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), tls_(std::move(other.tls_)) {}

Channel::~Channel() {
  close();
}

Moved Channel::read(std::span<char> room) {
  if (tls_) return tls_->read(room);
  return moved(::recv(socket_, room.data(), room.size(), 0), room.size(), Then::when_readable);
}

Moved Channel::write(std::string_view bytes) {
  if (tls_) return tls_->write(bytes);
  return moved(send_at_once(socket_, bytes), bytes.size(), Then::when_writable);
}

void Channel::end_writing() {
  if (tls_) tls_->end_writing();
  ::shutdown(socket_, SHUT_WR);
}

void Channel::close() {
  if (socket_ < 0) return;
  ::shutdown(socket_, SHUT_RDWR);
  ::close(std::exchange(socket_, -1));
}

}  // namespace hallway
