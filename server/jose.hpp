// Signatures of JSON Web Tokens (RFC 7515, 7518): keys and how they verify, on OpenSSL's EVP. Only
// verifying, only four algorithms, and never a key that a token brings along.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/json_value.hpp"

struct evp_pkey_st;

namespace hallway {

enum class JwsAlgorithm : std::uint8_t { hs256, rs256, ps256, es256 };
/// Its word in a token's header, e.g. `ES256`; exactly so written.
std::optional<JwsAlgorithm> parse_jws_algorithm(std::string_view word);

/// A shared secret or a public key. Copies share it; any thread may use it.
class JwsKey {
 public:
  /// At least 32 bytes, as HS256 asks for (RFC 7518 section 3.2).
  static Result<JwsKey> of_secret(std::string secret);
  /// `-----BEGIN PUBLIC KEY-----`: RSA of 2048 bits and more, or an elliptic curve P-256.
  static Result<JwsKey> of_pem(const std::string& pem);
  /// One of a set (RFC 7517), of the same kinds. Refused where it is not for signatures.
  static Result<JwsKey> of_jwk(const json::Object& jwk);

  /// A key serves the algorithms of its kind alone: a public key is never a shared secret.
  bool serves(JwsAlgorithm algorithm) const;
  bool verifies(JwsAlgorithm algorithm, std::string_view text, std::string_view signature) const;
  const std::string& id() const { return id_; }  ///< `kid`; empty: none.

 private:
  enum class Kind : std::uint8_t { secret, rsa, p256 };
  static Result<JwsKey> of_public(evp_pkey_st* key);

  Kind kind_ = Kind::secret;
  std::string id_;
  std::string secret_;
  std::shared_ptr<evp_pkey_st> public_;
};

using JwsKeys = std::vector<JwsKey>;

/// `{"keys":[…]}`, at most 50 of them; keys of other kinds are passed over.
Result<JwsKeys> read_key_set(std::string_view json);

}  // namespace hallway
