// Reads for exports, attendance and retention.
#include "server/sqlite_privacy.hpp"

#include <algorithm>
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "rooms/erasure.hpp"
#include "server/clock.hpp"
#include "server/sqlite_people.hpp"
#include "server/sqlite_registry.hpp"
#include "server/sqlite_store.hpp"

namespace hallway {
namespace {

StoredPush read_stored(const Query& row) {
  return {row.bits(0),
          StreamId{static_cast<StreamKind>(row.integer(1)), row.bits(2)},
          row.bits(3),
          row.integer(4),
          PersonId{row.bits(5)},
          row.text(6),
          row.text(7)};
}

void read_ways_in(Database& database, PersonId person, Holdings& held) {
  {
    Query row = database.query(
        "SELECT login, created_at, (SELECT count(*) FROM recovery WHERE person = ?1) "
        "FROM account WHERE person = ?1",
        person.value);
    if (row.step()) held.account = {row.text(0), row.integer(1), row.integer(2)};
  }
  {
    Query rows = database.query(
        "SELECT issuer, subject, groups, seen_at FROM identity WHERE person = ? "
        "ORDER BY issuer, subject",
        person.value);
    while (rows.step()) {
      held.identities.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3)});
    }
  }
  {
    Query rows = database.query(
        "SELECT created_at, expires_at, seen_at, client FROM session "
        "WHERE person = ? AND operator = 0 ORDER BY created_at",
        person.value);
    while (rows.step()) {
      held.sessions.push_back({rows.integer(0), rows.integer(1), rows.integer(2), rows.text(3)});
    }
  }
  Query rows =
      database.query("SELECT seen_at FROM device WHERE person = ? ORDER BY seen_at", person.value);
  while (rows.step()) held.devices.push_back(rows.integer(0));
}

void read_bans(Database& database, PersonId person, Holdings& held) {
  Query rows = database.query(
      "SELECT place, event, until_at, reason FROM ban WHERE person = ? ORDER BY event, place",
      person.value);
  while (rows.step()) {
    Holdings::BannedFrom& ban = held.bans.emplace_back();
    ban.event = EventId{rows.bits(1)};
    if (rows.bits(0) != ban.event.value) ban.group = GroupId{rows.bits(0)};
    if (!rows.is_null(2)) ban.until_at = rows.integer(2);
    ban.reason = rows.text(3);
  }
}

Result<Holdings> read_holdings(Database& database, PersonId person) {
  Holdings held;
  {
    static const std::string sql =
        std::string("SELECT ") + card_columns + " FROM person WHERE id = ?";
    Query row = database.query(sql, person.value);
    if (!row.step()) return refuse(ErrorCode::not_found, "There is no such person.");
    held.person = {person, read_card(row, 0)};
    held.person.guest = read_guest(row, 0);
  }
  read_ways_in(database, person, held);
  {
    Query rows = database.query(
        "SELECT event, role, joined_at FROM member WHERE person = ? ORDER BY joined_at",
        person.value);
    while (rows.step()) {
      held.events.push_back(
          {EventId{rows.bits(0)}, "", static_cast<Role>(rows.integer(1)), rows.integer(2)});
    }
  }
  for (Holdings::InEvent& in : held.events) {
    const auto event = read_event(database, in.event);
    if (event) in.title = event->title;
  }
  {
    Query rows = database.query("SELECT other FROM block WHERE person = ?", person.value);
    while (rows.step()) held.blocked.push_back(PersonId{rows.bits(0)});
  }
  read_bans(database, person, held);
  held.conversations = conversations_of(database, person);
  return held;
}

}  // namespace

std::optional<TimeMs> over_since(const EventView& event, std::optional<TimeMs> over_at,
                                 TimeMs now) {
  if (event.state == EventState::over) return over_at.value_or(event.ends_at);
  if (event.ends_at == 0 || now < event.ends_at + limits::close_after_ms) return std::nullopt;
  return event.ends_at + limits::close_after_ms;
}

std::vector<ConversationId> conversations_of(Database& database, PersonId person) {
  std::vector<ConversationId> found;
  Query rows = database.query(
      "SELECT type, version, data FROM push WHERE place_kind = 2 AND place = ? "
      "AND type = 'conversation.started' ORDER BY seq",
      person.value);
  while (rows.step()) {
    const auto data = decode_stored(rows.text(0), static_cast<int>(rows.integer(1)), rows.text(2));
    const auto* started = data ? std::get_if<ConversationStarted>(&*data) : nullptr;
    if (started == nullptr) continue;
    if (std::find(found.begin(), found.end(), started->conversation) == found.end()) {
      found.push_back(started->conversation);
    }
  }
  return found;
}

Result<StoredPage> SqliteStore::stored_pushes(PlaceId place, std::uint64_t row,
                                              std::size_t bytes_max) {
  return read<StoredPage>([&](Database& database) -> Result<StoredPage> {
    Query rows = database.query(
        "SELECT seq, stream_kind, stream, offset, at, by, type, data FROM push "
        "WHERE place_kind = ? AND place = ? AND seq > ? ORDER BY seq",
        static_cast<int>(place.kind), place.value, row);
    StoredPage page;
    std::size_t bytes = 0;
    while (rows.step()) {
      if (bytes > bytes_max) {
        page.more = true;
        break;
      }
      page.pushes.push_back(read_stored(rows));
      bytes += page.pushes.back().data.size() + sizeof(StoredPush);
    }
    return page;
  });
}

Result<std::vector<Push>> SqliteStore::attendance_pushes(EventId event) {
  return read<std::vector<Push>>([event](Database& database) -> Result<std::vector<Push>> {
    Query rows = database.query(
        "SELECT at, by, type, version, data FROM push WHERE place_kind = 0 AND place = ? "
        "AND type IN ('event.updated', 'person.entered', 'person.left', 'person.admitted', "
        "'person.refused', 'person.removed', 'person.banned') ORDER BY seq",
        event.value);
    std::vector<Push> pushes;
    while (rows.step()) {
      auto data = decode_stored(rows.text(2), static_cast<int>(rows.integer(3)), rows.text(4));
      if (!data) continue;
      Push& push = pushes.emplace_back();
      push.at = rows.integer(0);
      push.by = PersonId{rows.bits(1)};
      push.data = std::move(*data);
    }
    return pushes;
  });
}

Result<std::vector<StoredPush>> SqliteStore::pushes_about(PlaceId place, PersonId person) {
  using Pushes = std::vector<StoredPush>;
  return read<Pushes>([place, person](Database& database) -> Result<Pushes> {
    const std::string named = "%\"person\":\"" + to_text(person) + "\"%";
    Query rows = database.query(
        "SELECT seq, stream_kind, stream, offset, at, by, type, data FROM push "
        "WHERE place_kind = ? AND place = ? AND (by = ? OR (data LIKE ? "
        "AND type NOT LIKE 'report.%' AND data NOT LIKE '%\"action\":\"report.%')) ORDER BY seq",
        static_cast<int>(place.kind), place.value, person.value, named);
    Pushes pushes;
    while (rows.step()) pushes.push_back(read_stored(rows));
    return pushes;
  });
}

Result<Holdings> SqliteStore::holdings(PersonId person) {
  return read<Holdings>([person](Database& database) { return read_holdings(database, person); });
}

Result<std::vector<EventId>> SqliteStore::events_past_retention(TimeMs now) {
  using Ids = std::vector<EventId>;
  return read<Ids>([now](Database& database) -> Result<Ids> {
    std::vector<std::pair<EventId, std::optional<TimeMs>>> courses;
    {
      Query rows = database.query("SELECT event, over_at FROM event_course");
      while (rows.step()) {
        courses.emplace_back(EventId{rows.bits(0)}, rows.is_null(1)
                                                        ? std::nullopt
                                                        : std::optional<TimeMs>(rows.integer(1)));
      }
    }
    Ids past;
    for (const auto& [id, over_at] : courses) {
      const auto event = read_event(database, id);
      if (!event || event->retention_days == 0) continue;
      const auto since = over_since(*event, over_at, now);
      if (since && now >= *since + event->retention_days * day_ms) past.push_back(id);
    }
    return past;
  });
}

Result<std::vector<PersonId>> SqliteStore::stranded_guests() {
  using People = std::vector<PersonId>;
  return read<People>([](Database& database) -> Result<People> {
    Query rows = database.query(
        "SELECT id FROM person WHERE guest = 1 AND name <> ? "
        "AND NOT EXISTS (SELECT 1 FROM member WHERE member.person = person.id) "
        "AND NOT EXISTS (SELECT 1 FROM group_member WHERE group_member.person = person.id)",
        erased_name);
    People people;
    while (rows.step()) people.push_back(PersonId{rows.bits(0)});
    return people;
  });
}

}  // namespace hallway
