// What a token's claims say of a person, in words of ours.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/json_value.hpp"
#include "protocol/view.hpp"
#include "server/sso_settings.hpp"

namespace hallway {

struct Vouched {
  std::string subject;
  Card card;  ///< Name, org and title.
  /// The highest that their claims give them in the event they go into.
  std::optional<Role> role;
  std::vector<std::pair<std::string, Role>> groups;  ///< Each once, with its highest role.
  std::optional<EventId> event;                      ///< That the token itself leads to.
};

/// Of claims that are verified. Texts are normalised and cut to their bounds as on a card; who has
/// no name that can be shown is refused.
Result<Vouched> read_vouched(const json::Object& claims, const ClaimMapping& mapping);

}  // namespace hallway
