// One HTTP request to the server and its answer: see http_call.hpp.
#include "load/http_call.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <charconv>
#include <utility>

namespace hallway::load {
namespace {

constexpr std::int64_t answer_limit_ms = 15'000;

/// The number behind a header's name, or -1. Header names are compared without case.
std::int64_t header_number(std::string_view head, std::string_view name) {
  std::string lowered(head);
  for (char& c : lowered) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  const std::size_t at = lowered.find(std::string("\r\n").append(name).append(":"));
  if (at == std::string::npos) {
    return -1;
  }
  std::size_t begin = at + name.size() + 3;
  while (begin < lowered.size() && lowered[begin] == ' ') {
    ++begin;
  }
  std::int64_t value = -1;
  std::from_chars(lowered.data() + begin, lowered.data() + lowered.size(), value);
  return value;
}

}  // namespace

HttpCall::HttpCall(Loop& loop, const Endpoint& endpoint, std::string_view method,
                   std::string_view path, std::string_view json_body, Done done)
    : loop_(loop), done_(std::move(done)) {
  request_.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: ");
  request_.append(endpoint.authority()).append("\r\nConnection: close\r\n");
  request_.append("Content-Type: application/json\r\nContent-Length: ");
  request_.append(std::to_string(json_body.size())).append("\r\n\r\n").append(json_body);
  fd_ = open_socket(endpoint);
  if (fd_ < 0) {
    timer_ = loop_.after_ms(0, [this] { finish(false); });
    return;
  }
  watch_ = loop_.watch(fd_, EPOLLIN | EPOLLOUT, *this);
  timer_ = loop_.after_ms(answer_limit_ms, [this] { finish(false); });
}

HttpCall::~HttpCall() {
  release();
}

void HttpCall::on_ready(std::uint32_t events) {
  // Whatever finishes the call may destroy it: nothing is touched after that.
  if ((events & EPOLLOUT) != 0 && !request_.empty() && !write_request()) {
    finish(false);
    return;
  }
  if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0) {
    read_answer();
  }
}

bool HttpCall::write_request() {
  const ssize_t sent = ::send(fd_, request_.data(), request_.size(), MSG_NOSIGNAL);
  if (sent > 0) {
    request_.erase(0, static_cast<std::size_t>(sent));
  } else if (errno != EAGAIN) {
    return false;
  }
  if (request_.empty()) {
    loop_.change(watch_, fd_, EPOLLIN);
  }
  return true;
}

void HttpCall::read_answer() {
  const ssize_t got = ::recv(fd_, loop_.read_buffer(), Loop::read_buffer_bytes, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  if (got > 0) {
    answer_.append(loop_.read_buffer(), static_cast<std::size_t>(got));
  }
  if (got <= 0 || answer_complete()) {
    finish(answer_.find("\r\n\r\n") != std::string::npos);
  }
}

bool HttpCall::answer_complete() const {
  const std::size_t head = answer_.find("\r\n\r\n");
  if (head == std::string::npos) {
    return false;
  }
  const std::int64_t length =
      header_number(std::string_view(answer_).substr(0, head + 2), "content-length");
  return length >= 0 && answer_.size() - head - 4 >= static_cast<std::size_t>(length);
}

void HttpCall::finish(bool complete) {
  release();
  HttpAnswer answer;
  if (complete && answer_.size() > 12) {
    std::from_chars(answer_.data() + 9, answer_.data() + 12, answer.status);
    answer.body = answer_.substr(answer_.find("\r\n\r\n") + 4);
  }
  // The owner usually destroys this call from inside the callback.
  const Done done = std::move(done_);
  done(std::move(answer));
}

void HttpCall::release() {
  if (fd_ >= 0) {
    loop_.forget(watch_, fd_);
    ::close(fd_);
    fd_ = -1;
  }
  loop_.cancel(timer_);
}

}  // namespace hallway::load
