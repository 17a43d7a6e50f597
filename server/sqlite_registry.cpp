// The registry's side of the store: reads. Its writes are in sqlite_registry_writes.cpp.
#include <algorithm>
#include <string>
#include <utility>

#include "protocol/codec.hpp"
#include "server/log.hpp"
#include "server/sqlite_people.hpp"
#include "server/sqlite_registry.hpp"
#include "server/sqlite_store.hpp"

namespace hallway {
namespace {

Error not_found(const char* what) {
  return refuse(ErrorCode::not_found, std::string("There is no such ") + what + ".");
}

Error unreadable(EventId event) {
  log::error("registry.unreadable", {{"event", to_text(event)}});
  return refuse(ErrorCode::internal, "The registry holds something that this version cannot read.");
}

/// Of `member`: whether another site or the event's group knows this person.
constexpr const char* vouched_column =
    "(EXISTS (SELECT 1 FROM identity WHERE identity.person = member.person) OR EXISTS "
    "(SELECT 1 FROM group_member JOIN event ON event.group_id = group_member.group_id "
    "WHERE event.id = member.event AND event.group_id <> 0 "
    "AND group_member.person = member.person))";

using People = std::vector<PersonView>;
static_assert(static_cast<int>(Role::member) == 0, "`staff` and an index count on it");

/// `further`: a condition behind the others.
Result<People> find_members(Database& database, EventId event, const char* further) {
  const std::string sql = std::string("SELECT member.person, member.role, ") + card_columns +
                          " FROM member JOIN person ON person.id = member.person WHERE event = ?" +
                          further;
  Query rows = database.query(sql, event.value);
  People found;
  while (rows.step()) {
    found.push_back({PersonId{rows.bits(0)}, read_card(rows, 2), static_cast<Role>(rows.integer(1)),
                     PersonState::online, read_guest(rows, 2)});
  }
  return found;
}

}  // namespace

Result<EventView> read_event(Database& database, EventId event) {
  EventView view;
  {
    Query row = database.query("SELECT type, version, data FROM event WHERE id = ?", event.value);
    if (!row.step()) return not_found("event");
    auto data = decode_stored(row.text(0), static_cast<int>(row.integer(1)), row.text(2));
    if (!data || !std::holds_alternative<EventUpdated>(*data)) return unreadable(event);
    view = std::get<EventUpdated>(std::move(*data)).event;
  }
  view.id = event;
  view.rooms.clear();
  Query rows = database.query(
      "SELECT type, version, data FROM room WHERE event = ? ORDER BY position", event.value);
  while (rows.step()) {
    auto data = decode_stored(rows.text(0), static_cast<int>(rows.integer(1)), rows.text(2));
    if (!data || !std::holds_alternative<RoomCreated>(*data)) return unreadable(event);
    view.rooms.push_back(std::get<RoomCreated>(std::move(*data)).room);
  }
  return view;
}

Invitation read_invitation(const Query& row) {
  Invitation invitation;
  invitation.hash = row.hash(0);
  invitation.event = EventId{row.bits(1)};
  invitation.role = static_cast<Role>(row.integer(2));
  invitation.created_at = row.integer(3);
  if (!row.is_null(4)) invitation.expires_at = row.integer(4);
  if (!row.is_null(5)) invitation.uses = row.integer(5);
  invitation.used = row.integer(6);
  return invitation;
}

Result<Invitation> find_live_invitation(Database& database, const TokenHash& hash, TimeMs now) {
  Query row = database.query(
      "SELECT hash, event, role, created_at, expires_at, uses, used FROM invitation WHERE hash = ?",
      hash);
  if (!row.step()) return not_found("invitation");
  Invitation invitation = read_invitation(row);
  const bool is_expired = invitation.expires_at && *invitation.expires_at <= now;
  const bool is_used_up = invitation.uses && *invitation.uses <= 0;
  if (is_expired || is_used_up) return not_found("invitation");
  return invitation;
}

Result<Membership> find_membership(Database& database, EventId event, PersonId person) {
  static const std::string sql =
      std::string("SELECT member.role, member.role_at, ") + vouched_column + ", " + card_columns +
      " FROM member JOIN person ON person.id = member.person WHERE event = ? AND member.person = ?";
  Query row = database.query(sql, event.value, person.value);
  if (!row.step()) return not_found("person");
  return Membership{{person, read_card(row, 3), static_cast<Role>(row.integer(0)),
                     PersonState::online, read_guest(row, 3)},
                    event,
                    row.integer(1),
                    row.integer(2) != 0};
}

Result<SessionOwner> SqliteStore::session(const TokenHash& hash, TimeMs now) {
  TimeMs seen_at = 0;
  const auto owner = read<SessionOwner>([&](Database& database) -> Result<SessionOwner> {
    Query row = database.query(
        "SELECT person, operator, expires_at, seen_at FROM session WHERE hash = ?", hash);
    if (!row.step()) {
      return refuse(ErrorCode::unauthenticated, "This sign-in is not known here.");
    }
    if (row.integer(2) <= now) {
      return refuse(ErrorCode::session_expired, "This sign-in has ended. Please join again.");
    }
    seen_at = row.integer(3);
    return SessionOwner{PersonId{row.bits(0)}, row.integer(1) != 0};
  });
  if (owner && !owner->is_operator && to_the_hour(now) > seen_at) {
    // Nobody waits for it: lost, it is written the next time.
    write<bool>(
        [hash, now](Database& database) -> Result<bool> {
          return database.run("UPDATE session SET seen_at = ? WHERE hash = ?", to_the_hour(now),
                              hash) > 0;
        },
        [](Result<bool>) {});
  }
  return owner;
}

Result<Membership> SqliteStore::membership(EventId event, PersonId person) {
  return read<Membership>(
      [event, person](Database& database) { return find_membership(database, event, person); });
}

Result<std::vector<PersonView>> SqliteStore::members(EventId event) {
  return read<People>([event](Database& database) { return find_members(database, event, ""); });
}

Result<std::vector<PersonView>> SqliteStore::staff(EventId event) {
  return read<People>([event](Database& database) {
    return find_members(database, event, " AND member.role > 0");
  });
}

Result<std::vector<std::pair<PersonId, PersonId>>> SqliteStore::blocks(EventId event) {
  using Pairs = std::vector<std::pair<PersonId, PersonId>>;
  return read<Pairs>([event](Database& database) -> Result<Pairs> {
    Pairs pairs;
    Query rows = database.query(
        "SELECT block.person, block.other FROM block "
        "JOIN member AS one ON one.event = ? AND one.person = block.person "
        "JOIN member AS two ON two.event = one.event AND two.person = block.other",
        event.value);
    while (rows.step()) pairs.emplace_back(PersonId{rows.bits(0)}, PersonId{rows.bits(1)});
    return pairs;
  });
}

Result<std::optional<Ban>> SqliteStore::ban(EventId event, PersonId person, TimeMs now) {
  using Found = std::optional<Ban>;
  return read<Found>([event, person, now](Database& database) -> Result<Found> {
    Query row = database.query(
        "SELECT until_at, reason FROM ban WHERE person = ?1 AND (until_at IS NULL OR until_at > "
        "?3) "
        "AND place IN (?2, (SELECT group_id FROM event WHERE id = ?2 AND group_id <> 0)) "
        "AND NOT EXISTS (SELECT 1 FROM member WHERE event = ?2 AND person = ?1 AND role = ?4) "
        "LIMIT 1",
        person.value, event.value, now, static_cast<int>(Role::organiser));
    if (!row.step()) return Found{};
    Ban ban;
    if (!row.is_null(0)) ban.until_at = row.integer(0);
    ban.reason = row.text(1);
    return Found{std::move(ban)};
  });
}

Result<bool> SqliteStore::is_hushed(PersonId person) {
  return read<bool>([person](Database& database) -> Result<bool> {
    std::vector<EventId> events;
    {
      static const std::string sql =
          std::string("SELECT event FROM member WHERE person = ? AND role = 0 AND NOT ") +
          vouched_column;
      Query rows = database.query(sql, person.value);
      while (rows.step()) events.push_back(EventId{rows.bits(0)});
    }
    return std::any_of(events.begin(), events.end(), [&](EventId id) {
      const auto event = read_event(database, id);
      return event && event->lockdown && event->state != EventState::over;
    });
  });
}

Result<std::vector<PersonView>> SqliteStore::people(const std::vector<PersonId>& people) {
  return read<People>([&people](Database& database) -> Result<People> {
    static const std::string sql =
        std::string("SELECT ") + card_columns + " FROM person WHERE id = ?";
    People found;
    for (const PersonId person : people) {
      Query row = database.query(sql, person.value);
      if (!row.step()) continue;
      PersonView& view = found.emplace_back(PersonView{person, read_card(row, 0)});
      view.guest = read_guest(row, 0);
    }
    return found;
  });
}

Result<Invitation> SqliteStore::invitation(const TokenHash& hash, TimeMs now) {
  return read<Invitation>(
      [&hash, now](Database& database) { return find_live_invitation(database, hash, now); });
}

Result<EventView> SqliteStore::event(EventId event) {
  return read<EventView>([event](Database& database) { return read_event(database, event); });
}

Result<std::vector<EventView>> SqliteStore::events() {
  using Events = std::vector<EventView>;
  return read<Events>([](Database& database) -> Result<Events> {
    std::vector<EventId> ids;
    {
      Query rows = database.query("SELECT id FROM event");
      while (rows.step()) ids.push_back(EventId{rows.bits(0)});
    }
    Events found;
    for (const EventId id : ids) {
      Result<EventView> event = read_event(database, id);
      if (!event) return event.error();
      found.push_back(std::move(*event));
    }
    return found;
  });
}

Result<EventId> SqliteStore::latest_event_of(PersonId person) {
  return read<EventId>([person](Database& database) -> Result<EventId> {
    Query row = database.query(
        "SELECT event FROM member WHERE person = ? ORDER BY joined_at DESC LIMIT 1", person.value);
    if (!row.step()) return not_found("event");
    return EventId{row.bits(0)};
  });
}

Result<std::vector<Invitation>> SqliteStore::invitations(EventId event) {
  using Invitations = std::vector<Invitation>;
  return read<Invitations>([event](Database& database) -> Result<Invitations> {
    Query rows = database.query(
        "SELECT hash, event, role, created_at, expires_at, uses, used FROM invitation WHERE event "
        "= ? "
        "ORDER BY created_at",
        event.value);
    Invitations found;
    while (rows.step()) found.push_back(read_invitation(rows));
    return found;
  });
}

Result<std::vector<OperatorToken>> SqliteStore::operators(TimeMs now) {
  using Operators = std::vector<OperatorToken>;
  return read<Operators>([now](Database& database) -> Result<Operators> {
    Query rows = database.query(
        "SELECT hash, created_at, expires_at FROM session WHERE operator = 1 AND expires_at > ? "
        "ORDER BY created_at",
        now);
    Operators found;
    while (rows.step()) found.push_back({rows.hash(0), rows.integer(1), rows.integer(2)});
    return found;
  });
}

}  // namespace hallway
