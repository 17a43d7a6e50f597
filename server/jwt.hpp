// JSON Web Tokens (RFC 7519, 8725) by which another site vouches for somebody: read strictly,
// verified with keys of ours alone, and judged by the clock that is given. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "protocol/json_value.hpp"
#include "server/jose.hpp"

namespace hallway {

/// A token in its parts, nothing of it believed yet.
struct Jwt {
  JwsAlgorithm algorithm = JwsAlgorithm::es256;
  std::string key_id;  ///< `kid`; empty: none. It chooses among our keys and names no other.
  json::Object claims;
  std::string signed_text;
  std::string signature;
};

/// Three parts of canonical base64url, at most `limits::jwt_bytes_max` in all; a header with an
/// algorithm that we know and without `crit`, `cty`, `jku`, `jwk`, `x5u` or `x5c`; distinct keys
/// throughout. Its refusals, as those below, are `unauthenticated` with the reason for the log:
/// whoever sent it is told no more than that it does not do.
Result<Jwt> read_jwt(std::string_view token);

/// The texts of a claim that is a text or a list of texts; nothing else.
std::vector<std::string> texts_of_claim(const json::Object& claims, std::string_view name);
std::optional<std::string> text_of_claim(const json::Object& claims, std::string_view name);
std::optional<std::int64_t> integer_of_claim(const json::Object& claims, std::string_view name);

struct JwtRules {
  std::vector<JwsAlgorithm> algorithms;
  std::string issuer;
  std::string audience;
  /// It may expire no later than so; nullopt: whenever it says.
  std::optional<std::int64_t> ahead_s;
  bool needs_id = false;     ///< `jti`, by which it is used once.
  std::string nonce;         ///< Empty: none is asked for.
  bool is_id_token = false;  ///< Then `iat` must be there, and `azp` be the audience where told.
};

/// Whether one of the keys signed it. With a `kid` only those of that name are tried, or without a
/// name.
bool is_signed(const Jwt& jwt, const JwsKeys& keys);
/// Whether a `kid` names none of the keys: there may be newer ones.
bool names_unknown_key(const Jwt& jwt, const JwsKeys& keys);
/// What is wrong with the algorithm or a claim. `sub` must be there.
std::optional<Error> judge_jwt(const Jwt& jwt, const JwtRules& rules, TimeMs now);

}  // namespace hallway
