#include "server/jwt.hpp"

#include <algorithm>
#include <array>

#include "protocol/limits.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::size_t claim_bytes_max = 255;

Error wrong(const char* why) {
  return refuse(ErrorCode::unauthenticated, why, "jwt");
}

/// One part as a JSON object.
Result<json::Object> read_part(std::string_view part) {
  const auto text = decode_base64url(part);
  if (!text) return wrong("not canonical base64url");
  json::Parsed parsed = json::parse(*text);
  if (parsed.error) return wrong("not one JSON object with distinct keys");
  json::Object* const object = std::get_if<json::Object>(&parsed.value.data);
  if (!object) return wrong("not a JSON object");
  return std::move(*object);
}

std::optional<Error> judge_header(const json::Object& header) {
  // Keys that a token brings or points at are an attacker's; `crit` asks for what we do not do.
  for (const std::string_view name : {"jku", "jwk", "x5u", "x5c", "crit", "cty", "enc", "zip"}) {
    if (header.find(name)) return wrong("a header that is not allowed");
  }
  const json::Value* const type = header.find("typ");
  if (type && (!type->text() || (*type->text() != "JWT" && *type->text() != "jwt"))) {
    return wrong("not of type JWT");
  }
  return std::nullopt;
}

bool is_named(const std::optional<std::string>& text) {
  return text && !text->empty() && text->size() <= claim_bytes_max;
}

std::optional<Error> judge_times(const json::Object& claims, const JwtRules& rules, TimeMs now) {
  const std::int64_t now_s = now / 1000;
  constexpr std::int64_t leeway = limits::jwt_leeway_s;
  // Seconds of a far year and none below 0, so that no sum overflows.
  constexpr std::int64_t time_s_max = 253'402'300'799;
  for (const std::string_view name : {"exp", "nbf", "iat"}) {
    if (!claims.find(name)) continue;
    const auto at_s = integer_of_claim(claims, name);
    if (!at_s || *at_s < 0 || *at_s > time_s_max) return wrong("a time that is none");
  }
  const auto expires_s = integer_of_claim(claims, "exp");
  if (!expires_s) return wrong("no exp");
  if (now_s >= *expires_s + leeway) {
    return refuse(ErrorCode::session_expired, "expired", "jwt");
  }
  if (rules.ahead_s && *expires_s > now_s + *rules.ahead_s + leeway) return wrong("exp too far");
  if (integer_of_claim(claims, "nbf").value_or(0) > now_s + leeway) return wrong("not yet good");
  const auto issued_s = integer_of_claim(claims, "iat");
  if (issued_s.value_or(0) > now_s + leeway) return wrong("issued in the future");
  if (rules.is_id_token && !issued_s) return wrong("no iat");
  return std::nullopt;
}

std::optional<Error> judge_audience(const json::Object& claims, const JwtRules& rules) {
  const auto audiences = texts_of_claim(claims, "aud");
  if (std::find(audiences.begin(), audiences.end(), rules.audience) == audiences.end()) {
    return wrong("another aud");
  }
  if (!rules.is_id_token) return std::nullopt;
  // OpenID Connect Core 1.0, section 3.1.3.7, steps 4 and 5.
  const auto party = text_of_claim(claims, "azp");
  if (claims.find("azp") ? party != rules.audience : audiences.size() > 1) {
    return wrong("another azp");
  }
  return std::nullopt;
}

}  // namespace

Result<Jwt> read_jwt(std::string_view token) {
  if (token.size() > limits::jwt_bytes_max) return wrong("too long");
  const std::size_t first = token.find('.');
  const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) {
    return wrong("not three parts");
  }
  const auto header = read_part(token.substr(0, first));
  if (!header) return header.error();
  if (const auto error = judge_header(*header)) return *error;
  Jwt jwt;
  const auto algorithm = parse_jws_algorithm(text_of_claim(*header, "alg").value_or(""));
  if (!algorithm) return wrong("an algorithm that is not allowed");
  jwt.algorithm = *algorithm;
  if (header->find("kid")) {
    const auto id = text_of_claim(*header, "kid");
    if (!is_named(id)) return wrong("a kid that is none");
    jwt.key_id = *id;
  }
  auto claims = read_part(token.substr(first + 1, second - first - 1));
  if (!claims) return claims.error();
  jwt.claims = std::move(*claims);
  auto signature = decode_base64url(token.substr(second + 1));
  if (!signature || signature->empty()) return wrong("no signature");
  jwt.signature = std::move(*signature);
  jwt.signed_text = std::string(token.substr(0, second));
  return jwt;
}

std::optional<std::string> text_of_claim(const json::Object& claims, std::string_view name) {
  const json::Value* const value = claims.find(name);
  if (!value || !value->text()) return std::nullopt;
  return *value->text();
}

std::optional<std::int64_t> integer_of_claim(const json::Object& claims, std::string_view name) {
  const json::Value* const value = claims.find(name);
  if (!value || !value->integer()) return std::nullopt;
  return *value->integer();
}

std::vector<std::string> texts_of_claim(const json::Object& claims, std::string_view name) {
  const json::Value* const value = claims.find(name);
  if (!value) return {};
  if (value->text()) return {*value->text()};
  std::vector<std::string> texts;
  if (!value->array()) return texts;
  for (const json::Value& each : *value->array()) {
    if (!each.text()) return {};
    texts.push_back(*each.text());
  }
  return texts;
}

bool is_signed(const Jwt& jwt, const JwsKeys& keys) {
  return std::any_of(keys.begin(), keys.end(), [&](const JwsKey& key) {
    const bool is_meant = jwt.key_id.empty() || key.id().empty() || key.id() == jwt.key_id;
    return is_meant && key.verifies(jwt.algorithm, jwt.signed_text, jwt.signature);
  });
}

bool names_unknown_key(const Jwt& jwt, const JwsKeys& keys) {
  return std::none_of(keys.begin(), keys.end(), [&](const JwsKey& key) {
    return key.serves(jwt.algorithm) && (jwt.key_id.empty() || key.id() == jwt.key_id);
  });
}

std::optional<Error> judge_jwt(const Jwt& jwt, const JwtRules& rules, TimeMs now) {
  const auto& allowed = rules.algorithms;
  if (std::find(allowed.begin(), allowed.end(), jwt.algorithm) == allowed.end()) {
    return wrong("another algorithm");
  }
  if (text_of_claim(jwt.claims, "iss") != rules.issuer) return wrong("another iss");
  if (auto error = judge_audience(jwt.claims, rules)) return error;
  if (auto error = judge_times(jwt.claims, rules, now)) return error;
  if (!is_named(text_of_claim(jwt.claims, "sub"))) return wrong("no sub");
  if (rules.needs_id && !is_named(text_of_claim(jwt.claims, "jti"))) return wrong("no jti");
  if (!rules.nonce.empty() && text_of_claim(jwt.claims, "nonce") != rules.nonce) {
    return wrong("another nonce");
  }
  return std::nullopt;
}

}  // namespace hallway
