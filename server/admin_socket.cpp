#include "server/admin_socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "server/log.hpp"

namespace hallway {
namespace {

// Both ends are ours and at hand; who stalls is cut off.
constexpr timeval request_timeout{.tv_sec = 5, .tv_usec = 0};
constexpr timeval answer_timeout{.tv_sec = 60, .tv_usec = 0};

/// Owns a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

Error failed_with(const std::filesystem::path& file, int error) {
  return refuse(ErrorCode::unavailable, file.string() + ": " + std::strerror(error));
}

std::optional<sockaddr_un> address_of(const std::filesystem::path& file) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = file.string();
  if (path.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

Error too_long(const std::filesystem::path& file) {
  return failed_with(file, ENAMETOOLONG);
}

/// Until the other end has closed its side; nullopt on a failure, a timeout, or more than the
/// bound.
std::optional<std::string> read_all(int socket, std::size_t bytes_max) {
  std::string bytes;
  std::array<char, 4096> part{};
  while (bytes.size() <= bytes_max) {
    const ssize_t count = ::recv(socket, part.data(), part.size(), 0);
    if (count == 0) return bytes;
    if (count < 0) return std::nullopt;
    bytes.append(part.data(), static_cast<std::size_t>(count));
  }
  return std::nullopt;
}

bool write_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::shutdown(socket, SHUT_WR) == 0;
}

}  // namespace

Result<std::unique_ptr<AdminSocket>> AdminSocket::open(const std::filesystem::path& file,
                                                       Store& store, ClockSource& clock,
                                                       std::string link_base) {
  const auto address = address_of(file);
  if (!address) return too_long(file);
  ::unlink(file.c_str());  // Left by a server that was killed.
  Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (listener.get() < 0) return failed_with(file, errno);
  const mode_t mask = ::umask(0177);
  const int bound =
      ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address);
  const int error = errno;
  ::umask(mask);
  if (bound != 0) return failed_with(file, error);
  if (::listen(listener.get(), 8) != 0) return failed_with(file, errno);
  std::array<int, 2> stop{};
  if (::pipe2(stop.data(), O_CLOEXEC) != 0) return failed_with(file, errno);
  return std::unique_ptr<AdminSocket>(new AdminSocket(file, listener.release(), stop[0], stop[1],
                                                      store, clock, std::move(link_base)));
}

AdminSocket::AdminSocket(std::filesystem::path file, int listener, int stop_reader, int stop_writer,
                         Store& store, ClockSource& clock, std::string link_base)
    : file_(std::move(file)),
      listener_(listener),
      stop_reader_(stop_reader),
      stop_writer_(stop_writer),
      store_(store),
      clock_(clock),
      link_base_(std::move(link_base)),
      thread_([this] { run(); }) {}

AdminSocket::~AdminSocket() {
  ::close(stop_writer_);
  thread_.join();
  ::close(stop_reader_);
  ::close(listener_);
  ::unlink(file_.c_str());
}

void AdminSocket::run() {
  while (true) {
    std::array<pollfd, 2> waited{{{listener_, POLLIN, 0}, {stop_reader_, POLLIN, 0}}};
    if (::poll(waited.data(), waited.size(), -1) < 0 && errno != EINTR) return;
    if (waited[1].revents != 0) return;
    if (waited[0].revents == 0) continue;
    const Descriptor connection(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.get() >= 0) serve(connection.get());
  }
}

void AdminSocket::serve(int connection) {
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &request_timeout, sizeof request_timeout);
  ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &request_timeout, sizeof request_timeout);
  const auto bytes = read_all(connection, admin_request_bytes_max);
  if (!bytes) return;
  const Result<AdminRequest> request = decode_admin(*bytes);
  const AdminAnswer answer = request ? execute_admin(*request, store_, clock_, link_base_)
                                     : AdminAnswer{false, request.error().message};
  log::info("admin.executed", {{"action", request ? request->action : "unreadable"},
                               {"succeeded", answer.succeeded}});
  write_all(connection, encode_admin(answer));
}

Result<AdminAnswer> ask_admin_socket(const std::filesystem::path& file,
                                     const AdminRequest& request) {
  const auto address = address_of(file);
  if (!address) return too_long(file);
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return failed_with(file, errno);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
    return refuse(ErrorCode::unavailable,
                  "the server on this data folder is starting or stopping; try again");
  }
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &answer_timeout, sizeof answer_timeout);
  if (!write_all(socket.get(), encode_admin(request))) return failed_with(file, errno);
  const auto bytes = read_all(socket.get(), admin_answer_bytes_max);
  return decode_admin_answer(bytes.value_or(""));
}

}  // namespace hallway
