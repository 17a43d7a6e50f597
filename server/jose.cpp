#include "server/jose.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <utility>

#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::size_t secret_bytes_min = 32;
constexpr int rsa_bits_min = 2048;
constexpr int rsa_bits_max = 8192;
constexpr std::size_t p256_bytes = 32;
constexpr std::size_t keys_max = 50;
constexpr std::size_t hmac_bytes = 32;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* owned) const {
    Free(owned);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freed<Free>>;
using Number = Owned<BIGNUM, BN_free>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Error unusable(const char* why) {
  return refuse(ErrorCode::bad_request, std::string("The key cannot be used: ") + why + ".");
}

/// A member that is base64url of bytes; empty where it is not there or something else.
std::string bytes_in(const json::Object& jwk, std::string_view key) {
  const json::Value* const value = jwk.find(key);
  const std::string* const text = value ? value->text() : nullptr;
  return text ? decode_base64url(*text).value_or("") : "";
}

std::string text_in(const json::Object& jwk, std::string_view key) {
  const json::Value* const value = jwk.find(key);
  const std::string* const text = value ? value->text() : nullptr;
  return text ? *text : "";
}

EVP_PKEY* make_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM, OSSL_PARAM_free> params(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  // Refuses numbers that are no point of the curve.
  EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get());
  return key;
}

EVP_PKEY* rsa_key(const std::string& modulus, const std::string& exponent) {
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  const Number n(BN_bin2bn(bytes_of(modulus), static_cast<int>(modulus.size()), nullptr));
  const Number e(BN_bin2bn(bytes_of(exponent), static_cast<int>(exponent.size()), nullptr));
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  return make_key("RSA", builder.get());
}

EVP_PKEY* p256_key(const std::string& x, const std::string& y) {
  if (x.size() != p256_bytes || y.size() != p256_bytes) return nullptr;
  const std::string point = "\x04" + x + y;  // Uncompressed (SEC 1, section 2.3.3).
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  return make_key("EC", builder.get());
}

/// A token has r and s in 32 bytes each (RFC 7518 section 3.4), OpenSSL wants them in DER.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * p256_bytes) return {};
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
  Number r(BN_bin2bn(bytes_of(signature), p256_bytes, nullptr));
  Number s(BN_bin2bn(bytes_of(signature.substr(p256_bytes)), p256_bytes, nullptr));
  if (!pair || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  // The pair owns both now.
  (void)r.release();
  (void)s.release();
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  std::string text(reinterpret_cast<char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(der);
  return text;
}

bool verifies_public(EVP_PKEY* key, JwsAlgorithm algorithm, std::string_view text,
                     std::string_view signature) {
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* details = nullptr;
  if (!context || EVP_DigestVerifyInit(context.get(), &details, EVP_sha256(), nullptr, key) != 1) {
    return false;
  }
  if (algorithm == JwsAlgorithm::ps256 &&
      (EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return false;
  }
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text),
                          text.size()) == 1;
}

bool verifies_secret(const std::string& secret, std::string_view text, std::string_view signature) {
  TokenHash expected{};
  static_assert(std::tuple_size_v<TokenHash> == hmac_bytes);
  if (signature.size() != hmac_bytes) return false;
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(text), text.size(),
       expected.data(), &size);
  TokenHash given{};
  std::copy(signature.begin(), signature.end(), given.begin());
  return size == hmac_bytes && equal_in_constant_time(expected, given);
}

}  // namespace

std::optional<JwsAlgorithm> parse_jws_algorithm(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, JwsAlgorithm>, 4> words{
      {{"HS256", JwsAlgorithm::hs256},
       {"RS256", JwsAlgorithm::rs256},
       {"PS256", JwsAlgorithm::ps256},
       {"ES256", JwsAlgorithm::es256}}};
  for (const auto& [each, algorithm] : words) {
    if (each == word) return algorithm;
  }
  return std::nullopt;
}

Result<JwsKey> JwsKey::of_secret(std::string secret) {
  if (secret.size() < secret_bytes_min) return unusable("a secret has at least 32 bytes");
  JwsKey key;
  key.secret_ = std::move(secret);
  return key;
}

Result<JwsKey> JwsKey::of_public(evp_pkey_st* raw) {
  const std::shared_ptr<evp_pkey_st> owned(raw, EVP_PKEY_free);
  if (raw == nullptr) return unusable("it is no public key that this server can read");
  JwsKey key;
  key.public_ = owned;
  if (EVP_PKEY_is_a(raw, "RSA") == 1) {
    key.kind_ = Kind::rsa;
    const int bits = EVP_PKEY_get_bits(raw);
    if (bits < rsa_bits_min || bits > rsa_bits_max) return unusable("RSA has 2048 to 8192 bits");
    return key;
  }
  std::array<char, 32> group{};
  key.kind_ = Kind::p256;
  const bool is_p256 = EVP_PKEY_is_a(raw, "EC") == 1 &&
                       EVP_PKEY_get_group_name(raw, group.data(), group.size(), nullptr) == 1 &&
                       std::string_view(group.data()) == "prime256v1";
  if (!is_p256) return unusable("it is neither RSA nor the curve P-256");
  return key;
}

Result<JwsKey> JwsKey::of_pem(const std::string& pem) {
  const Owned<BIO, BIO_free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return of_public(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
}

Result<JwsKey> JwsKey::of_jwk(const json::Object& jwk) {
  const std::string use = text_in(jwk, "use");
  if (!use.empty() && use != "sig") return unusable("it is not for signatures");
  const std::string kind = text_in(jwk, "kty");
  EVP_PKEY* raw = nullptr;
  if (kind == "RSA") raw = rsa_key(bytes_in(jwk, "n"), bytes_in(jwk, "e"));
  if (kind == "EC" && text_in(jwk, "crv") == "P-256") {
    raw = p256_key(bytes_in(jwk, "x"), bytes_in(jwk, "y"));
  }
  auto key = of_public(raw);
  if (key) key->id_ = text_in(jwk, "kid");
  return key;
}

bool JwsKey::serves(JwsAlgorithm algorithm) const {
  switch (algorithm) {
    case JwsAlgorithm::hs256:
      return kind_ == Kind::secret;
    case JwsAlgorithm::rs256:
    case JwsAlgorithm::ps256:
      return kind_ == Kind::rsa;
    case JwsAlgorithm::es256:
      return kind_ == Kind::p256;
  }
  return false;
}

bool JwsKey::verifies(JwsAlgorithm algorithm, std::string_view text,
                      std::string_view signature) const {
  if (!serves(algorithm)) return false;
  if (kind_ == Kind::secret) return verifies_secret(secret_, text, signature);
  if (kind_ == Kind::rsa) return verifies_public(public_.get(), algorithm, text, signature);
  const std::string der = der_of(signature);
  return !der.empty() && verifies_public(public_.get(), algorithm, text, der);
}

Result<JwsKeys> read_key_set(std::string_view json) {
  const json::Parsed parsed = json::parse(json);
  if (parsed.error) return unusable("the set is no JSON that this server reads");
  const json::Object* const set = parsed.value.object();
  const json::Value* const list = set ? set->find("keys") : nullptr;
  if (!list || !list->array() || list->array()->size() > keys_max) {
    return unusable("it is no set of keys");
  }
  JwsKeys keys;
  for (const json::Value& each : *list->array()) {
    if (!each.object()) continue;
    auto key = JwsKey::of_jwk(*each.object());
    if (key) keys.push_back(std::move(*key));
  }
  if (keys.empty()) return unusable("the set has no public key of RSA or of the curve P-256");
  return keys;
}

}  // namespace hallway
