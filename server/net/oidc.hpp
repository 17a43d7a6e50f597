// OpenID Connect (Core 1.0, Discovery 1.0; authorisation code with PKCE, RFC 7636) as its client:
// what is known of each provider, and what is said to it. Asking over the network is fetch.hpp's.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/fetch.hpp"
#include "server/jwt.hpp"
#include "server/sso_settings.hpp"
#include "server/tokens.hpp"

namespace hallway {

/// What a provider says of itself (`/.well-known/openid-configuration`).
struct OidcDiscovery {
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  bool wants_secret_in_form = false;  ///< `client_secret_post` and not the usual `_basic`.
};

/// A browser that was sent to a provider and is to come back.
struct OidcVisit {
  std::string provider;
  TokenHash browser{};  ///< Of the cookie that it was given.
  std::string nonce;
  std::string verifier;
  std::string redirect_uri;
  std::string to;
};

/// `not` the issuer that was asked for, or addresses that may not be asked: refused.
Result<OidcDiscovery> read_discovery(const std::string& json, const std::string& issuer);
std::string discovery_url(const std::string& issuer);
std::string authorization_url(const OidcProvider& provider, const OidcDiscovery& discovery,
                              const OidcVisit& visit, const std::string& state);
FetchRequest token_request(const OidcProvider& provider, const OidcDiscovery& discovery,
                           const OidcVisit& visit, const std::string& code);
/// The `id_token` of a token endpoint's answer.
Result<std::string> read_token_answer(const Fetched& answer);
JwtRules id_token_rules(const OidcProvider& provider, const OidcVisit& visit);

/// What is remembered of one provider. Any thread.
class OidcMemory {
 public:
  std::shared_ptr<const OidcDiscovery> discovery(std::int64_t now_ns) const;
  void keep(OidcDiscovery discovery, std::int64_t now_ns);
  /// Of any age up to `limits::keys_fresh_ms`; nullptr: to be fetched.
  std::shared_ptr<const JwsKeys> keys(std::int64_t now_ns) const;
  void keep(JwsKeys keys, std::int64_t now_ns);
  /// Whether keys may be looked for anew; counts as having done so.
  bool may_look_again(std::int64_t now_ns);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const OidcDiscovery> discovery_;
  std::int64_t discovered_ns_ = 0;
  std::shared_ptr<const JwsKeys> keys_;
  std::int64_t keys_ns_ = 0;
  std::optional<std::int64_t> looked_ns_;
};

}  // namespace hallway
