// S20: TLS 1.2 and 1.3 with authenticated ciphers alone; over it, what must be secure is.
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <string>

#include "server/net/tls.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* it) const {
    free(it);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freed<SSL_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;

/// A key and a certificate that it signed itself, as files.
struct SelfSigned {
  TemporaryFolder folder;
  std::string chain_file = (folder / "chain.pem").string();
  std::string key_file = (folder / "key.pem").string();

  SelfSigned() {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    const auto* common = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const File chain_out(std::fopen(chain_file.c_str(), "w"));
    PEM_write_X509(chain_out.get(), certificate.get());
    const File key_out(std::fopen(key_file.c_str(), "w"));
    PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  }
};

struct SecureHouse {
  SelfSigned files;
  std::unique_ptr<boost::asio::ssl::context> tls =
      make_tls_context(files.chain_file, files.key_file).value();
  HttpHouse house{{}, tls.get()};
};

/// What a client ends up with that offers these versions (and, up to 1.2, these ciphers).
struct Handshake {
  std::string version;  ///< Empty: refused.
  std::string cipher;
  std::string answer;  ///< To `request`.
};
Handshake shake_hands(std::uint16_t port, int min, int max, const char* ciphers,
                      const std::string& request = {}, const std::string& alpn = {}) {
  const Context context(SSL_CTX_new(TLS_client_method()));
  // OpenSSL's own floor would refuse old versions before our server could.
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), min);
  SSL_CTX_set_max_proto_version(context.get(), max);
  REQUIRE(SSL_CTX_set_cipher_list(context.get(), ciphers) == 1);
  if (!alpn.empty()) {
    SSL_CTX_set_alpn_protos(context.get(), reinterpret_cast<const unsigned char*>(alpn.data()),
                            static_cast<unsigned>(alpn.size()));
  }
  WireClient client(port);
  const Session session(SSL_new(context.get()));
  SSL_set_fd(session.get(), client.descriptor());
  Handshake result;
  if (SSL_connect(session.get()) != 1) return result;
  result.version = SSL_get_version(session.get());
  result.cipher = SSL_get_cipher_name(session.get());
  if (request.empty()) return result;
  SSL_write(session.get(), request.data(), static_cast<int>(request.size()));
  char bytes[4096];
  for (int got = 1; got > 0;) {
    got = SSL_read(session.get(), bytes, sizeof bytes);
    if (got > 0) result.answer.append(bytes, static_cast<std::size_t>(got));
  }
  return result;
}

TEST_CASE("S20: TLS 1.2 and 1.3 are spoken, older ones refused") {
  const SecureHouse secure;
  const auto port = secure.house.port();
  CHECK(shake_hands(port, TLS1_2_VERSION, TLS1_2_VERSION, "ALL").version == "TLSv1.2");
  CHECK(shake_hands(port, TLS1_2_VERSION, TLS1_3_VERSION, "ALL").version == "TLSv1.3");
  CHECK(shake_hands(port, TLS1_1_VERSION, TLS1_1_VERSION, "ALL").version.empty());
  CHECK(shake_hands(port, TLS1_VERSION, TLS1_1_VERSION, "ALL").version.empty());
}

TEST_CASE("S20: ciphers that do not authenticate, or keep no forward secrecy, are refused") {
  const SecureHouse secure;
  const auto port = secure.house.port();
  const auto with = [&](const char* ciphers) {
    return shake_hands(port, TLS1_2_VERSION, TLS1_2_VERSION, ciphers).cipher;
  };
  CHECK(with("ECDHE-ECDSA-AES128-GCM-SHA256") == "ECDHE-ECDSA-AES128-GCM-SHA256");
  CHECK(with("ECDHE-ECDSA-CHACHA20-POLY1305") == "ECDHE-ECDSA-CHACHA20-POLY1305");
  CHECK(with("ECDHE-ECDSA-AES128-SHA").empty());
  CHECK(with("ECDHE-ECDSA-AES256-SHA384").empty());
  CHECK(with("ECDHE-ECDSA-AES128-CCM8").empty());
  CHECK(with("AES128-GCM-SHA256").empty());
}

TEST_CASE("HTTP/1.1 is agreed on, and a client that speaks only others is refused") {
  const SecureHouse secure;
  const auto speaks = [&](const std::string& alpn) {
    return shake_hands(secure.house.port(), TLS1_2_VERSION, TLS1_3_VERSION, "ALL", {}, alpn)
        .version;
  };
  CHECK(speaks("\x02h2\x08http/1.1") == "TLSv1.3");
  CHECK(speaks("\x02h2").empty());
}

TEST_CASE("S2, S13: over TLS cookies are Secure with their prefix, and HSTS is told") {
  SecureHouse secure;
  HttpHouse& house = secure.house;
  const std::string invite = house.invite(house.make_event());
  const std::string request = house.bytes_of(
      {"POST",
       "/api/v1/sessions",
       {{"Connection", "close"}, {"Origin", "https://localhost:" + std::to_string(house.port())}},
       R"({"invite":")" + invite + R"(","name":"Ada"})"});
  const std::string answer =
      shake_hands(house.port(), TLS1_2_VERSION, TLS1_3_VERSION, "ALL", request).answer;
  CHECK(answer.starts_with("HTTP/1.1 201 "));
  CHECK(answer.find("Set-Cookie: __Host-hallway_0=") != std::string::npos);
  CHECK(answer.find("; HttpOnly; SameSite=Lax; Secure\r\n") != std::string::npos);
  CHECK(answer.find("Strict-Transport-Security: max-age=31536000\r\n") != std::string::npos);
  CHECK(answer.find("\"name\":\"Ada\"") != std::string::npos);
}

TEST_CASE("plain HTTP on the TLS port is closed without an answer, a silent client in time") {
  SelfSigned files;
  auto tls = make_tls_context(files.chain_file, files.key_file).value();
  HttpSettings settings;
  settings.header_ms = 100;
  const HttpHouse house(settings, tls.get());
  WireClient plain(house.port());
  plain.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(plain.read_answer().status == 0);
  WireClient silent(house.port());
  CHECK(silent.is_closed_by_peer());
}

TEST_CASE("a certificate or key that cannot be read is named") {
  SelfSigned files;
  const auto no_chain = make_tls_context("/nonexistent/chain.pem", files.key_file);
  REQUIRE_FALSE(no_chain.has_value());
  CHECK(no_chain.error().message.find("/nonexistent/chain.pem") != std::string::npos);
  CHECK_FALSE(make_tls_context(files.chain_file, files.chain_file).has_value());
  const SelfSigned others;
  CHECK_FALSE(make_tls_context(files.chain_file, others.key_file).has_value());
}

}  // namespace
}  // namespace hallway::test
