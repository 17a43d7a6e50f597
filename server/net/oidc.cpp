#include "server/net/oidc.hpp"

#include <utility>

#include "protocol/limits.hpp"
#include "server/net/query.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::int64_t fresh_ns = limits::keys_fresh_ms * 1'000'000;
constexpr std::int64_t again_ns = limits::keys_again_ms * 1'000'000;

Error unusable(const char* why) {
  return refuse(ErrorCode::unavailable, std::string("The provider's answer will not do: ") + why);
}

bool says_only_post(const json::Object& object) {
  const auto methods = texts_of_claim(object, "token_endpoint_auth_methods_supported");
  bool has_post = false;
  for (const std::string& method : methods) {
    if (method == "client_secret_basic") return false;
    has_post = has_post || method == "client_secret_post";
  }
  return has_post;
}

std::string base64(std::string_view text) {
  // The one alphabet differs from the other in two letters, and is padded.
  std::string encoded = encode_base64url(text);
  for (char& c : encoded) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (encoded.size() % 4 != 0) encoded += '=';
  return encoded;
}

}  // namespace

std::string discovery_url(const std::string& issuer) {
  const bool has_slash = issuer.ends_with('/');
  return issuer + (has_slash ? "" : "/") + ".well-known/openid-configuration";
}

Result<OidcDiscovery> read_discovery(const std::string& text, const std::string& issuer) {
  const json::Parsed parsed = json::parse(text);
  const json::Object* const object = parsed.error ? nullptr : parsed.value.object();
  if (!object) return unusable("no JSON object.");
  if (text_of_claim(*object, "issuer") != issuer) return unusable("another issuer.");
  OidcDiscovery discovery;
  discovery.authorization_endpoint = text_of_claim(*object, "authorization_endpoint").value_or("");
  discovery.token_endpoint = text_of_claim(*object, "token_endpoint").value_or("");
  discovery.jwks_uri = text_of_claim(*object, "jwks_uri").value_or("");
  discovery.wants_secret_in_form = says_only_post(*object);
  // A provider on this machine may be asked in the clear; one elsewhere may not lead back to it.
  const bool is_near = issuer.starts_with("http://");
  for (const std::string& url :
       {discovery.authorization_endpoint, discovery.token_endpoint, discovery.jwks_uri}) {
    if (!may_fetch(url) || (!is_near && !url.starts_with("https://"))) {
      return unusable("an address that may not be asked.");
    }
  }
  return discovery;
}

std::string authorization_url(const OidcProvider& provider, const OidcDiscovery& discovery,
                              const OidcVisit& visit, const std::string& state) {
  const TokenHash challenge = hash_token(visit.verifier);
  const std::string_view challenge_bytes(reinterpret_cast<const char*>(challenge.data()),
                                         challenge.size());
  const std::string& endpoint = discovery.authorization_endpoint;
  const bool has_query = endpoint.find('?') != std::string::npos;
  return endpoint + (has_query ? "&" : "?") +
         "response_type=code&client_id=" + percent_encoded(provider.client_id) +
         "&redirect_uri=" + percent_encoded(visit.redirect_uri) +
         "&scope=" + percent_encoded(provider.scopes) + "&state=" + state +
         "&nonce=" + visit.nonce + "&code_challenge=" + encode_base64url(challenge_bytes) +
         "&code_challenge_method=S256";
}

FetchRequest token_request(const OidcProvider& provider, const OidcDiscovery& discovery,
                           const OidcVisit& visit, const std::string& code) {
  FetchRequest request;
  request.url = discovery.token_endpoint;
  request.is_post = true;
  request.form = "grant_type=authorization_code&code=" + percent_encoded(code) +
                 "&redirect_uri=" + percent_encoded(visit.redirect_uri) +
                 "&code_verifier=" + percent_encoded(visit.verifier);
  const std::string id = percent_encoded(provider.client_id);
  const std::string secret = percent_encoded(provider.client_secret);
  if (!secret.empty() && !discovery.wants_secret_in_form) {
    request.authorization = "Basic " + base64(id + ":" + secret);
    return request;
  }
  request.form += "&client_id=" + id;
  if (!secret.empty()) request.form += "&client_secret=" + secret;
  return request;
}

Result<std::string> read_token_answer(const Fetched& answer) {
  const json::Parsed parsed = json::parse(answer.body);
  const json::Object* const object = parsed.error ? nullptr : parsed.value.object();
  const auto token = object ? text_of_claim(*object, "id_token") : std::nullopt;
  if (answer.status != 200 || !token) {
    return refuse(ErrorCode::unauthenticated, "The provider gave no token.");
  }
  return *token;
}

JwtRules id_token_rules(const OidcProvider& provider, const OidcVisit& visit) {
  JwtRules rules;
  rules.algorithms = {JwsAlgorithm::rs256, JwsAlgorithm::ps256, JwsAlgorithm::es256};
  rules.issuer = provider.issuer;
  rules.audience = provider.client_id;
  rules.nonce = visit.nonce;
  rules.is_id_token = true;
  return rules;
}

// --- OidcMemory

std::shared_ptr<const OidcDiscovery> OidcMemory::discovery(std::int64_t now_ns) const {
  const std::lock_guard lock(mutex_);
  return discovery_ && now_ns - discovered_ns_ < fresh_ns ? discovery_ : nullptr;
}

void OidcMemory::keep(OidcDiscovery discovery, std::int64_t now_ns) {
  const std::lock_guard lock(mutex_);
  discovery_ = std::make_shared<const OidcDiscovery>(std::move(discovery));
  discovered_ns_ = now_ns;
}

std::shared_ptr<const JwsKeys> OidcMemory::keys(std::int64_t now_ns) const {
  const std::lock_guard lock(mutex_);
  return keys_ && now_ns - keys_ns_ < fresh_ns ? keys_ : nullptr;
}

void OidcMemory::keep(JwsKeys keys, std::int64_t now_ns) {
  const std::lock_guard lock(mutex_);
  keys_ = std::make_shared<const JwsKeys>(std::move(keys));
  keys_ns_ = now_ns;
}

bool OidcMemory::may_look_again(std::int64_t now_ns) {
  const std::lock_guard lock(mutex_);
  if (looked_ns_ && now_ns - *looked_ns_ < again_ns) return false;
  looked_ns_ = now_ns;
  return true;
}

}  // namespace hallway
