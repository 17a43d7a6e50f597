// Erasure and retention in SQLite, as the journal's transaction and the registry need them.
#pragma once

#include <optional>
#include <vector>

#include "server/journal.hpp"
#include "server/sqlite_db.hpp"

namespace hallway {

/// Blanks what the person wrote on the stream, in place; its rows stay, since state folds from
/// them.
void project_erased(Database& database, StreamId stream, PersonId person);

/// Each that somebody was told of, in the order of its beginning.
std::vector<ConversationId> conversations_of(Database& database, PersonId person);

/// When it was over, also where nobody was there to see it; nullopt: it is not. `over_at`: as
/// somebody saw it.
std::optional<TimeMs> over_since(const EventView& event, std::optional<TimeMs> over_at, TimeMs now);

/// A follow-up as a row (sqlite_batch.cpp).
void put_follow_up(Database& database, const PendingFollowUp& pending);

}  // namespace hallway
