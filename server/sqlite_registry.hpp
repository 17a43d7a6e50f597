// What the registry's reads and writes look up alike.
#pragma once

#include "server/registry.hpp"
#include "server/sqlite_db.hpp"

namespace hallway {

/// When a session was seen is kept no closer than this: nobody's day is written down.
inline constexpr TimeMs seen_step_ms = 3'600'000;
inline constexpr TimeMs to_the_hour(TimeMs at) {
  return at - at % seen_step_ms;
}

/// Columns hash, event, role, created_at, expires_at, uses.
Invitation read_invitation(const Query& row);
Result<Invitation> find_live_invitation(Database& database, const TokenHash& hash, TimeMs now);
Result<EventView> read_event(Database& database, EventId event);
Result<Membership> find_membership(Database& database, EventId event, PersonId person);

}  // namespace hallway
