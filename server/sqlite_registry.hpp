// What the registry's reads and writes look up alike.
#pragma once

#include "server/registry.hpp"
#include "server/sqlite_db.hpp"

namespace hallway {

/// Columns hash, event, role, created_at, expires_at, uses.
Invitation read_invitation(const Query& row);
Result<Invitation> find_live_invitation(Database& database, const TokenHash& hash, TimeMs now);
Result<EventView> read_event(Database& database, EventId event);
Result<Membership> find_membership(Database& database, EventId event, PersonId person);

}  // namespace hallway
