// How the TLS context is set.
#include "server/net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>

namespace hallway {
namespace {

namespace ssl = boost::asio::ssl;

// AEAD with forward secrecy; TLS 1.3 knows no others (RFC 8446, RFC 9325 section 4.2).
constexpr const char* ciphers_1_2 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* ciphers_1_3 =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

/// HTTP/1.1 is all we speak; a client that offers only others is told so in the handshake.
int select_protocol(SSL*, const unsigned char** out, unsigned char* out_bytes,
                    const unsigned char* offered, unsigned offered_bytes, void*) {
  static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  const int found =
      SSL_select_next_proto(&chosen, out_bytes, ours.data(), ours.size(), offered, offered_bytes);
  if (found != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

Error failure(const std::string& what, const boost::system::error_code& failed) {
  return refuse(ErrorCode::unavailable, what + ": " + failed.message());
}

Then next_try(SSL* established, int result) {
  switch (SSL_get_error(established, result)) {
    case SSL_ERROR_WANT_READ:
      return Then::when_readable;
    case SSL_ERROR_WANT_WRITE:
      return Then::when_writable;
    default:
      return Then::ended;
  }
}

}  // namespace

Result<std::unique_ptr<ssl::context>> make_tls_context(const std::string& chain_file,
                                                       const std::string& key_file) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  if (SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(native, ciphers_1_2) != 1 ||
      SSL_CTX_set_ciphersuites(native, ciphers_1_3) != 1) {
    return refuse(ErrorCode::unavailable, "OpenSSL lacks the TLS ciphers that Hallway needs.");
  }
  SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_alpn_select_cb(native, select_protocol, nullptr);
  boost::system::error_code failed;
  context->use_certificate_chain_file(chain_file, failed);
  if (failed) return failure("the certificate chain " + chain_file, failed);
  context->use_private_key_file(key_file, ssl::context::pem, failed);
  if (failed) return failure("the private key " + key_file, failed);
  return context;
}

TlsChannel::TlsChannel(ssl_st* established, int socket) : ssl_(established) {
  SSL_up_ref(established);
  SSL_set_fd(established, socket);
}

void TlsChannel::Free::operator()(ssl_st* established) const {
  SSL_free(established);
}

Moved TlsChannel::read(std::span<char> room) {
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_read_ex(ssl_.get(), room.data(), room.size(), &bytes);
  return {bytes, result == 1 ? Then::again : next_try(ssl_.get(), result)};
}

Moved TlsChannel::write(std::string_view bytes) {
  ERR_clear_error();
  std::size_t written = 0;
  const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written);
  return {written, result == 1 ? Then::again : next_try(ssl_.get(), result)};
}

void TlsChannel::end_writing() {
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
}

}  // namespace hallway
