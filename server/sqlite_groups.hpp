// What the files of groups in SQLite share, and what the journal's transaction projects for them.
#pragma once

#include "protocol/push.hpp"
#include "server/clock.hpp"
#include "server/groups.hpp"
#include "server/sqlite_db.hpp"
#include "server/tokens.hpp"

namespace hallway {

/// What the memory of meetings is made with. Borrows the clock.
struct Secrets {
  TokenHash key{};  ///< Of the pairs; kept beside the database, never in it.
  ClockSource* clock = nullptr;
};

Result<Group> read_group(Database& database, GroupId group);
Result<std::vector<DatedEvent>> read_events_of(Database& database, GroupId group);
Result<DatedEvent> read_dated_event(Database& database, EventId event);

// --- Projections, in the journal's transaction
/// How often the event changed, when it was over, and which meeting of its group it is.
void project_course(Database& database, EventId event, const EventView& view, TimeMs at);
/// Events from before `event_course` was.
void fill_courses(Database& database);
void project_met(Database& database, EventId event, const PeopleMet& met, const Secrets& secrets);

// --- The memory of meetings (sqlite_memory.cpp)
Result<std::vector<MetBefore>> read_met_before(Database& database, EventId event,
                                               const std::vector<PersonId>& people,
                                               const TokenHash& key);
/// `group` 0: in all groups.
void forget_met_rows(Database& database, PersonId person, GroupId group, const Secrets& secrets);
/// Pairs that met too many meetings ago.
void prune_met(Database& database, GroupId group);

}  // namespace hallway
