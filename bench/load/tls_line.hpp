// The client's side of TLS over a non-blocking socket, read and written like the socket itself.
#pragma once

#include <sys/types.h>

#include <cstddef>

struct ssl_st;

namespace hallway::load {

/// Trusts whoever answers: load goes to this machine alone. Does not own the descriptor.
class TlsLine {
 public:
  /// Throws std::runtime_error when the library refuses.
  explicit TlsLine(int fd);
  ~TlsLine();
  TlsLine(const TlsLine&) = delete;
  TlsLine& operator=(const TlsLine&) = delete;

  /// As recv and send: -1 with errno EAGAIN when the socket must become ready first. Whatever is
  /// first shakes hands. `bytes` must be `record_bytes_max` or more, so that nothing that has
  /// left the socket waits where epoll cannot see it.
  [[nodiscard]] ssize_t read(char* out, std::size_t bytes);
  [[nodiscard]] ssize_t write(const char* data, std::size_t bytes);
  /// The last write waits for the other side to say something.
  [[nodiscard]] bool waits_to_read() const { return waits_to_read_; }

  static constexpr std::size_t record_bytes_max = 16 * 1024;

 private:
  [[nodiscard]] ssize_t failed(int result) const;

  ssl_st* ssl_;
  bool waits_to_read_ = false;
};

}  // namespace hallway::load
