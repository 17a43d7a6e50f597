// The client's side of TLS: see tls_line.hpp. The one file here that includes OpenSSL.
#include "load/tls_line.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <memory>
#include <stdexcept>

namespace hallway::load {
namespace {

SSL_CTX* context() {
  struct Free {
    void operator()(SSL_CTX* owned) const { SSL_CTX_free(owned); }
  };
  static const std::unique_ptr<SSL_CTX, Free> shared(SSL_CTX_new(TLS_client_method()));
  if (shared) {
    SSL_CTX_set_verify(shared.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_mode(shared.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                       SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                       SSL_MODE_RELEASE_BUFFERS);
  }
  return shared.get();
}

}  // namespace

TlsLine::TlsLine(int fd) : ssl_(SSL_new(context())) {
  if (ssl_ == nullptr || SSL_set_fd(ssl_, fd) != 1) {
    SSL_free(ssl_);
    throw std::runtime_error("TLS could not be set up");
  }
  SSL_set_connect_state(ssl_);
}

TlsLine::~TlsLine() {
  SSL_free(ssl_);
}

ssize_t TlsLine::read(char* out, std::size_t bytes) {
  std::size_t got = 0;
  while (bytes - got >= record_bytes_max) {
    ERR_clear_error();
    const int result = SSL_read(ssl_, out + got, static_cast<int>(bytes - got));
    if (result <= 0) {
      return got > 0 ? static_cast<ssize_t>(got) : failed(result);
    }
    got += static_cast<std::size_t>(result);
  }
  return static_cast<ssize_t>(got);
}

ssize_t TlsLine::write(const char* data, std::size_t bytes) {
  ERR_clear_error();
  const int result = SSL_write(ssl_, data, static_cast<int>(bytes));
  waits_to_read_ = result <= 0 && SSL_get_error(ssl_, result) == SSL_ERROR_WANT_READ;
  return result > 0 ? result : failed(result);
}

ssize_t TlsLine::failed(int result) const {
  const int why = SSL_get_error(ssl_, result);
  if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
    errno = EAGAIN;
    return -1;
  }
  errno = EIO;
  return why == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

}  // namespace hallway::load
