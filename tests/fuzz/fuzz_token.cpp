// libFuzzer: what signs people in from outside (a signed link, a set of keys, the name of a path)
// takes any bytes; nothing that nobody signed is let in, and nobody is led away from this server.
#include <string>
#include <string_view>

#include "protocol/limits.hpp"
#include "server/jwt.hpp"
#include "server/net/query.hpp"
#include "server/sso_claims.hpp"
#include "server/tokens.hpp"
#include "tests/fuzz/bytes.hpp"

namespace {

using namespace hallway;

const JwsKeys& keys() {
  static const JwsKeys ours{*JwsKey::of_secret("a secret of more than thirty-two bytes")};
  return ours;
}

void take_token(const std::string& token) {
  const auto jwt = read_jwt(token);
  if (!jwt) {
    fuzz::require(jwt.error().field == "jwt" && !jwt.error().message.empty());
    return;
  }
  // What was read is what stands there: no second token has the same parts.
  fuzz::require(token.size() <= limits::jwt_bytes_max);
  fuzz::require(jwt->signed_text + "." + encode_base64url(jwt->signature) == token);
  // The fuzzer has no key.
  fuzz::require(!is_signed(*jwt, keys()));
  JwtRules rules;
  rules.algorithms = {jwt->algorithm};
  rules.issuer = "https://club.example";
  rules.audience = "https://meet.example.org";
  rules.ahead_s = limits::jwt_ahead_s;
  rules.needs_id = true;
  constexpr TimeMs now = 1'790'000'000'000;
  if (!judge_jwt(*jwt, rules, now)) {
    const auto expires_s = integer_of_claim(jwt->claims, "exp");
    fuzz::require(expires_s && *expires_s * 1000 > now - limits::jwt_leeway_s * 1000);
    fuzz::require(text_of_claim(jwt->claims, "iss") == rules.issuer);
  }
  if (const auto vouched = read_vouched(jwt->claims, ClaimMapping{})) {
    fuzz::require(!vouched->card.name.empty() && !vouched->role && vouched->groups.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  take_token(text);
  // The same bytes as header and claims, so that both are found soon.
  const std::size_t cut = text.find('\n');
  if (cut != std::string::npos) {
    take_token(encode_base64url(text.substr(0, cut)) + "." +
               encode_base64url(text.substr(cut + 1)) + "." + std::string(43, 'A'));
  }
  if (const auto set = read_key_set(text)) fuzz::require(!set->empty());
  const std::string path = own_path(text);
  fuzz::require(path.starts_with("/") && !path.starts_with("//"));
  fuzz::require(path.find_first_of("\\\r\n") == std::string::npos);
  if (const auto value = query_value(text, "to")) fuzz::require(value->size() <= size);
  fuzz::require(query_value("to=" + percent_encoded(text), "to") == text);
  if (const auto bytes = decode_base64url(text)) fuzz::require(encode_base64url(*bytes) == text);
  return 0;
}
