// Which other sites may vouch for people, and what their claims mean here. Read once at the start
// and shared, unchanging.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "protocol/ids.hpp"
#include "server/jose.hpp"

namespace hallway {

/// Names of claims, and what their values mean.
struct ClaimMapping {
  std::string name = "name";
  std::string org = "org";
  std::string title = "title";
  std::string roles = "roles";
  std::string groups = "groups";
  std::map<std::string, Role> role_of;                           ///< The highest of those that fit.
  std::map<std::string, std::pair<std::string, Role>> group_of;  ///< Id of a group, role in it.
};

/// What both ways of single sign-on have in common.
struct SsoProvider {
  std::string id;    ///< In addresses: letters, digits, hyphens.
  std::string name;  ///< On the button.
  std::string issuer;
  /// Whoever it vouches for may enter any event; else those that the token names, and their own.
  bool any_event = false;
  ClaimMapping mapping;
};

struct JwtProvider : SsoProvider {
  JwsAlgorithm algorithm = JwsAlgorithm::es256;
  std::string audience;  ///< Empty: the server's public_url.
  JwsKeys keys;
};

struct OidcProvider : SsoProvider {
  std::string client_id;
  std::string client_secret;  ///< Empty: a public client, with PKCE alone.
  std::string scopes = "openid profile";
};

struct SsoSettings {
  std::vector<JwtProvider> jwt;
  std::vector<OidcProvider> oidc;
  std::string contact;  ///< Whom to ask for help; shown where one signs in.
};

}  // namespace hallway
