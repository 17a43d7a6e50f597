// One WebSocket connection of the load client: see connection.hpp.
#include "load/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace hallway::load {

int open_socket(const Endpoint& endpoint, int receive_buffer_bytes) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(endpoint.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    return -1;
  }
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (receive_buffer_bytes > 0) {
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  }
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
      errno != EINPROGRESS) {
    ::close(fd);
    return -1;
  }
  return fd;
}

Connection::Connection(Loop& loop, Endpoint endpoint, Events& events, TrafficCount& traffic,
                       LineSettings settings)
    : loop_(loop),
      endpoint_(std::move(endpoint)),
      events_(events),
      traffic_(traffic),
      settings_(settings) {}

Connection::~Connection() {
  release();
}

void Connection::connect(std::string_view path) {
  release();
  fd_ = open_socket(endpoint_, settings_.receive_buffer_bytes);
  if (fd_ < 0) {
    // The caller is told from the loop, never from inside its own call.
    loop_.after_ms(0, [this] { events_.on_gone(0); });
    return;
  }
  state_ = State::connecting;
  backlog_ = upgrade_request(endpoint_.authority(), path);
  interest_ = EPOLLIN | EPOLLOUT | EPOLLRDHUP;
  if (endpoint_.tls) {
    tls_ = std::make_unique<TlsLine>(fd_);
  }
  watch_ = loop_.watch(fd_, interest_, *this, settings_.urgent);
}

void Connection::send_text(std::string_view message) {
  scratch_.clear();
  append_frame(scratch_, Opcode::text, message);
  send_frame(scratch_);
}

void Connection::send_frame(std::string_view frame) {
  if (state_ != State::open) {
    return;
  }
  ++traffic_.frames_out;
  write(frame);
}

void Connection::close(std::uint16_t code) {
  if (state_ != State::open) {
    drop();
    return;
  }
  std::string frame;
  append_close_frame(frame, code);
  write(frame);
}

void Connection::drop() {
  release();
}

void Connection::pause(bool paused) {
  paused_ = paused;
  update_interest();
}

void Connection::on_ready(std::uint32_t events) {
  const bool shook_hands = (events & EPOLLIN) != 0 && tls_ && tls_->waits_to_read();
  if ((events & EPOLLOUT) != 0 || shook_hands) {
    if (state_ == State::connecting) {
      int error = 0;
      socklen_t length = sizeof error;
      getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &length);
      if (error != 0) {
        lose(0);
        return;
      }
      state_ = State::upgrading;
    }
    flush_backlog();
  }
  if (state_ == State::idle) {
    return;
  }
  if ((events & EPOLLIN) != 0 && !paused_) {
    read_some();
  } else if ((events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0) {
    lose(close_code_);
  }
}

void Connection::read_some() {
  char* const buffer = loop_.read_buffer();
  const ssize_t got = tls_ ? tls_->read(buffer, Loop::read_buffer_bytes)
                           : ::recv(fd_, buffer, Loop::read_buffer_bytes, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  if (got <= 0) {
    lose(close_code_);
    return;
  }
  ++traffic_.reads;
  traffic_.bytes_in += static_cast<std::uint64_t>(got);
  const std::string_view fresh(buffer, static_cast<std::size_t>(got));
  if (partial_.empty()) {
    consume(fresh);
    return;
  }
  std::string joined = std::exchange(partial_, {});
  joined.append(fresh);
  consume(joined);
}

void Connection::consume(std::string_view bytes) {
  // A callback may drop this connection and begin the next one: its bytes are not ours.
  const Loop::Watch mine = watch_;
  if (state_ == State::upgrading) {
    const std::size_t used = consume_upgrade(bytes);
    bytes.remove_prefix(used);
  }
  if (state_ == State::open && watch_ == mine) {
    const std::size_t used = consume_frames(bytes);
    bytes.remove_prefix(used);
  }
  if (state_ != State::idle && watch_ == mine) {
    partial_.assign(bytes);
    if (partial_.empty()) {
      partial_.shrink_to_fit();
    }
  }
}

std::size_t Connection::consume_upgrade(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    return 0;
  }
  if (!upgrade_accepted(bytes.substr(0, end + 2))) {
    lose(0);
    return bytes.size();
  }
  state_ = State::open;
  events_.on_open();
  return end + 4;
}

std::size_t Connection::consume_frames(std::string_view bytes) {
  const Loop::Watch mine = watch_;
  std::size_t used = 0;
  while (state_ == State::open && watch_ == mine) {
    const std::string_view rest = bytes.substr(used);
    const auto header = read_frame_header(rest);
    if (!header || rest.size() - header->header_bytes < header->payload_bytes) {
      break;
    }
    const auto length = static_cast<std::size_t>(header->payload_bytes);
    used += header->header_bytes + length;
    handle_frame(*header, rest.substr(header->header_bytes, length));
  }
  return used;
}

void Connection::handle_frame(const FrameHeader& header, std::string_view payload) {
  switch (header.opcode) {
    case Opcode::text:
    case Opcode::continuation:
      if (header.final && fragments_.empty()) {
        ++traffic_.messages_in;
        events_.on_text(payload);
        return;
      }
      fragments_.append(payload);
      if (header.final) {
        ++traffic_.messages_in;
        const std::string whole = std::exchange(fragments_, {});
        events_.on_text(whole);
      }
      return;
    case Opcode::ping: {
      std::string frame;
      append_frame(frame, Opcode::pong, payload);
      write(frame);
      return;
    }
    case Opcode::close: {
      if (payload.size() >= 2) {
        close_code_ =
            (static_cast<std::uint8_t>(payload[0]) << 8) | static_cast<std::uint8_t>(payload[1]);
      }
      std::string frame;
      append_frame(frame, Opcode::close, payload.substr(0, 2));
      write(frame);
      lose(close_code_);
      return;
    }
    case Opcode::pong:
      return;
    case Opcode::binary:
    default:
      lose(0);
      return;
  }
}

void Connection::write(std::string_view bytes) {
  if (backlog_.empty()) {
    const ssize_t sent = send_some(bytes);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    // A failed send shows as an error event on the descriptor; it is handled there.
  }
  if (!bytes.empty()) {
    backlog_.append(bytes);
    update_interest();
  }
}

ssize_t Connection::send_some(std::string_view bytes) {
  return tls_ ? tls_->write(bytes.data(), bytes.size())
              : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void Connection::flush_backlog() {
  if (!backlog_.empty()) {
    const ssize_t sent = send_some(backlog_);
    if (sent > 0) {
      backlog_.erase(0, static_cast<std::size_t>(sent));
    }
  }
  if (backlog_.empty()) {
    backlog_.shrink_to_fit();
  }
  update_interest();
}

void Connection::update_interest() {
  if (fd_ < 0) {
    return;
  }
  std::uint32_t wanted = EPOLLRDHUP;
  wanted |= paused_ ? 0U : static_cast<std::uint32_t>(EPOLLIN);
  const bool shaking_hands = tls_ && tls_->waits_to_read();
  const bool writing = state_ == State::connecting || (!backlog_.empty() && !shaking_hands);
  wanted |= writing ? static_cast<std::uint32_t>(EPOLLOUT) : 0U;
  if (wanted != interest_) {
    interest_ = wanted;
    loop_.change(watch_, fd_, interest_);
  }
}

void Connection::release() {
  if (fd_ >= 0) {
    loop_.forget(watch_, fd_);
    tls_.reset();
    ::close(fd_);
  }
  fd_ = -1;
  watch_ = 0;
  state_ = State::idle;
  paused_ = false;
  close_code_ = 0;
  partial_.clear();
  fragments_.clear();
  backlog_.clear();
}

void Connection::lose(int close_code) {
  release();
  events_.on_gone(close_code);
}

}  // namespace hallway::load
