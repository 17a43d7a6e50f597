// The load client's TLS: against OpenSSL's server side on the other end of a pair of sockets.
#include "load/tls_line.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

namespace hallway::load {
namespace {

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* it) const {
    free(it);
  }
};

/// A server that nobody vouches for, and a line to it; neither end waits.
struct Pair {
  Pair() {
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    const std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
    const std::unique_ptr<X509, Freed<X509_free>> certificate(X509_new());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    context.reset(SSL_CTX_new(TLS_server_method()));
    REQUIRE(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1);
    REQUIRE(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1);
    server.reset(SSL_new(context.get()));
    SSL_set_fd(server.get(), ends[1]);
    line = std::make_unique<TlsLine>(ends[0]);
  }
  ~Pair() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  /// Both sides in turns until the first words are through.
  void shake_hands() {
    ssize_t written = -1;
    for (int turn = 0; turn < 10 && written < 0; ++turn) {
      written = line->write("hello", 5);
      SSL_accept(server.get());
    }
    REQUIRE(written == 5);
    std::array<char, 16> heard{};
    REQUIRE(SSL_read(server.get(), heard.data(), heard.size()) == 5);
    CHECK(std::string(heard.data(), 5) == "hello");
  }

  std::array<int, 2> ends{};
  std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> context;
  std::unique_ptr<SSL, Freed<SSL_free>> server;
  std::unique_ptr<TlsLine> line;
};

TEST_CASE("the first write shakes hands, and waits to read meanwhile") {
  Pair pair;
  CHECK(pair.line->write("hello", 5) == -1);
  CHECK(errno == EAGAIN);
  CHECK(pair.line->waits_to_read());
  pair.shake_hands();
  CHECK_FALSE(pair.line->waits_to_read());
}

TEST_CASE("a read leaves nothing where the socket does not show it") {
  Pair pair;
  pair.shake_hands();
  const std::string sent(40'000, 'x');
  REQUIRE(SSL_write(pair.server.get(), sent.data(), static_cast<int>(sent.size())) == 40'000);
  const auto records = GENERATE(as<std::size_t>{}, 1, 4);
  const std::size_t bytes = records * TlsLine::record_bytes_max;
  std::vector<char> buffer(bytes);
  std::size_t got = 0;
  while (got < sent.size()) {
    const ssize_t now = pair.line->read(buffer.data(), buffer.size());
    REQUIRE(now > 0);
    got += static_cast<std::size_t>(now);
  }
  CHECK(got == sent.size());
  CHECK(pair.line->read(buffer.data(), buffer.size()) == -1);
  CHECK(errno == EAGAIN);
}

TEST_CASE("a line that the server ends reads as ended") {
  Pair pair;
  pair.shake_hands();
  SSL_shutdown(pair.server.get());
  std::vector<char> buffer(TlsLine::record_bytes_max);
  ssize_t got = pair.line->read(buffer.data(), buffer.size());
  CHECK(got == 0);
}

}  // namespace
}  // namespace hallway::load
