// The groups' side of the store: reads, and what the projections of events keep for them. Writes
// are in sqlite_group_writes.cpp, the memory of meetings in sqlite_memory.cpp.
#include "server/sqlite_groups.hpp"

#include <algorithm>
#include <utility>

#include "protocol/codec.hpp"
#include "server/sqlite_registry.hpp"
#include "server/sqlite_store.hpp"

namespace hallway {
namespace {

Error no_such_group() {
  return refuse(ErrorCode::not_found, "There is no such group.");
}

std::vector<GroupId> read_ids(Query rows) {
  std::vector<GroupId> found;
  while (rows.step()) found.push_back(GroupId{rows.bits(0)});
  return found;
}

}  // namespace

Result<Group> read_group(Database& database, GroupId id) {
  Group group;
  {
    Query row = database.query(
        "SELECT name, about, created_at, memory_meetings, chair FROM network_group WHERE id = ?",
        id.value);
    if (!row.step()) return no_such_group();
    group.id = id;
    group.name = row.text(0);
    group.about = row.text(1);
    group.created_at = row.integer(2);
    group.memory_meetings = row.integer(3);
    group.facilitator = PersonId{row.bits(4)};
  }
  {
    Query rows = database.query(
        "SELECT group_member.person, person.name, group_member.role, since_at, calendar "
        "FROM group_member JOIN person ON person.id = group_member.person WHERE group_id = ? "
        "ORDER BY since_at, group_member.person",
        id.value);
    while (rows.step()) {
      group.members.push_back({PersonId{rows.bits(0)}, rows.text(1),
                               static_cast<Role>(rows.integer(2)), rows.integer(3), rows.text(4)});
    }
  }
  Query rows = database.query(
      "SELECT person FROM group_member WHERE group_id = ? AND rota IS NOT NULL ORDER BY rota",
      id.value);
  while (rows.step()) group.rota.push_back(PersonId{rows.bits(0)});
  return group;
}

Result<DatedEvent> read_dated_event(Database& database, EventId id) {
  auto event = read_event(database, id);
  if (!event) return event.error();
  DatedEvent dated{std::move(*event), 0, 0};
  Query row =
      database.query("SELECT changes, changed_at FROM event_course WHERE event = ?", id.value);
  if (row.step()) {
    dated.changes = row.integer(0);
    dated.changed_at = row.integer(1);
  }
  return dated;
}

Result<std::vector<DatedEvent>> read_events_of(Database& database, GroupId group) {
  std::vector<EventId> ids;
  {
    Query rows =
        database.query("SELECT id FROM event WHERE group_id = ? AND group_id <> 0", group.value);
    while (rows.step()) ids.push_back(EventId{rows.bits(0)});
  }
  std::vector<DatedEvent> events;
  for (const EventId id : ids) {
    auto event = read_dated_event(database, id);
    if (!event) return event.error();
    events.push_back(std::move(*event));
  }
  std::sort(events.begin(), events.end(), [](const DatedEvent& one, const DatedEvent& other) {
    return std::pair(one.event.starts_at, one.event.id) <
           std::pair(other.event.starts_at, other.event.id);
  });
  return events;
}

void fill_courses(Database& database) {
  struct Row {
    EventId event;
    std::int64_t changes = 0;
    TimeMs changed_at = 0;
  };
  std::vector<Row> rows;
  {
    Query query = database.query(
        "SELECT place, count(*) - 1, max(at) FROM push "
        "WHERE place_kind = 0 AND type = 'event.updated' GROUP BY place");
    while (query.step()) {
      rows.push_back({EventId{query.bits(0)}, query.integer(1), query.integer(2)});
    }
  }
  for (const Row& row : rows) {
    const auto event = read_event(database, row.event);
    if (!event) continue;
    const bool is_over = event->state == EventState::over;
    database.run("INSERT INTO event_course(event, changes, changed_at, over_at) VALUES(?, ?, ?, ?)",
                 row.event.value, row.changes, row.changed_at,
                 is_over ? std::optional<TimeMs>(row.changed_at) : std::nullopt);
  }
}

Result<Group> SqliteStore::group(GroupId group) {
  return read<Group>([group](Database& database) { return read_group(database, group); });
}

Result<std::vector<GroupId>> SqliteStore::groups() {
  return read<std::vector<GroupId>>([](Database& database) -> Result<std::vector<GroupId>> {
    return read_ids(database.query("SELECT id FROM network_group ORDER BY created_at, id"));
  });
}

Result<std::vector<GroupId>> SqliteStore::groups_of(PersonId person) {
  return read<std::vector<GroupId>>([person](Database& database) -> Result<std::vector<GroupId>> {
    return read_ids(database.query(
        "SELECT group_id FROM group_member WHERE person = ? ORDER BY since_at, group_id",
        person.value));
  });
}

Result<std::vector<DatedEvent>> SqliteStore::events_of(GroupId group) {
  return read<std::vector<DatedEvent>>(
      [group](Database& database) { return read_events_of(database, group); });
}

Result<DatedEvent> SqliteStore::dated_event(EventId event) {
  return read<DatedEvent>(
      [event](Database& database) { return read_dated_event(database, event); });
}

Result<std::vector<GroupBan>> SqliteStore::bans(GroupId group, TimeMs now) {
  using Bans = std::vector<GroupBan>;
  return read<Bans>([group, now](Database& database) -> Result<Bans> {
    Bans bans;
    {
      Query rows = database.query(
          "SELECT ban.person, person.name, until_at, reason, event FROM ban "
          "JOIN person ON person.id = ban.person WHERE place = ? "
          "AND (until_at IS NULL OR until_at > ?) ORDER BY person.name, ban.person, event",
          group.value, now);
      while (rows.step()) {
        GroupBan& ban = bans.emplace_back();
        ban.person = PersonId{rows.bits(0)};
        ban.name = rows.text(1);
        if (!rows.is_null(2)) ban.until_at = rows.integer(2);
        ban.reason = rows.text(3);
        ban.event = EventId{rows.bits(4)};
      }
    }
    for (GroupBan& ban : bans) {
      if (const auto event = read_event(database, ban.event)) ban.title = event->title;
    }
    return bans;
  });
}

Result<PersonId> SqliteStore::calendar_reader(GroupId group, const std::string& key) {
  return read<PersonId>([group, &key](Database& database) -> Result<PersonId> {
    Query row = database.query(
        "SELECT person FROM group_member WHERE group_id = ? AND calendar = ? AND calendar <> ''",
        group.value, key);
    if (!row.step()) return refuse(ErrorCode::not_found, "There is no such calendar.");
    return PersonId{row.bits(0)};
  });
}

Result<std::vector<MetBefore>> SqliteStore::met_before(EventId event,
                                                       const std::vector<PersonId>& people) {
  return read<std::vector<MetBefore>>(
      [&](Database& database) { return read_met_before(database, event, people, secrets_.key); });
}

}  // namespace hallway
