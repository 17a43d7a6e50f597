// The registry's writes: each runs in the writer's transaction, in a savepoint of its own.
#include <algorithm>
#include <utility>

#include "server/sqlite_people.hpp"
#include "server/sqlite_registry.hpp"
#include "server/sqlite_store.hpp"
#include "server/sqlite_tables.hpp"

namespace hallway {
namespace {

bool is_known(Database& database, PersonId person) {
  return database.query("SELECT 1 FROM person WHERE id = ?", person.value).step();
}

/// False where the session has ended since it was looked at.
bool prolong(Database& database, const Join& join) {
  return database.run(
             "UPDATE session SET expires_at = ? WHERE hash = ? AND person = ? AND expires_at > ?",
             join.expires_at, join.session, join.person.value, join.now) > 0;
}

/// When this person's role in the event was last lowered; 0: never.
TimeMs lowered_at(Database& database, EventId event, PersonId person) {
  Query row = database.query("SELECT lowered_at FROM member WHERE event = ? AND person = ?",
                             event.value, person.value);
  return row.step() ? row.integer(0) : 0;
}

Result<Joined> join_event(Database& database, const Join& join) {
  const Result<Invitation> found = find_live_invitation(database, join.invitation, join.now);
  if (!found) return found.error();
  const Invitation& invitation = *found;
  if (join.returning && !is_known(database, join.person)) {
    return refuse(ErrorCode::not_found, "There is no such person.");
  }
  if (join.returning && !prolong(database, join)) {
    return refuse(ErrorCode::unauthenticated, "This sign-in has ended.");
  }
  if (!join.returning) put_person(database, join.person, join.card);

  const Result<Membership> before = find_membership(database, invitation.event, join.person);
  // Whoever belongs already spends nothing, except on a higher role.
  const bool is_gain =
      !before || (before->person.role < invitation.role &&
                  invitation.created_at > lowered_at(database, invitation.event, join.person));
  if (is_gain) {
    database.run("UPDATE invitation SET uses = uses - 1, used = used + 1 WHERE hash = ?",
                 join.invitation);
    database.run(
        "INSERT INTO member(event, person, role, joined_at, role_at) VALUES(?1, ?2, ?3, ?4, ?4) "
        "ON CONFLICT(event, person) DO UPDATE SET role = excluded.role, role_at = excluded.role_at",
        invitation.event.value, join.person.value, static_cast<int>(invitation.role), join.now);
  }
  if (!join.returning) {
    database.run(
        "INSERT INTO session(hash, person, operator, created_at, expires_at, client, seen_at) "
        "VALUES(?, ?, 0, ?, ?, ?, ?)",
        join.session, join.person.value, join.now, join.expires_at, join.client,
        to_the_hour(join.now));
  }
  const Result<Membership> after = find_membership(database, invitation.event, join.person);
  if (!after) return after.error();
  return Joined{invitation.event, after->person};
}

void delete_pushes(Database& database, PlaceId place) {
  const int kind = static_cast<int>(place.kind);
  database.run(
      "DELETE FROM message_text WHERE rowid IN "
      "(SELECT seq FROM push WHERE place_kind = ? AND place = ? AND type = 'message.posted')",
      kind, place.value);
  request_purge(database);
  database.run("DELETE FROM push WHERE place_kind = ? AND place = ?", kind, place.value);
  // A number that is free again is given again: what will have it is still to be indexed.
  database.run(
      "UPDATE meta SET value = min(value, (SELECT coalesce(max(seq), 0) FROM push)) "
      "WHERE key = 'search_cursor'");
  database.run(
      "DELETE FROM follow_up WHERE (source_kind = ?1 AND source = ?2) "
      "OR (target_kind = ?1 AND target = ?2)",
      kind, place.value);
}

bool delete_event_rows(Database& database, EventId event) {
  const bool existed = database.run("DELETE FROM event WHERE id = ?", event.value) > 0;
  delete_pushes(database, place_of(event));
  database.run("DELETE FROM event_course WHERE event = ?", event.value);
  database.run("DELETE FROM room WHERE event = ?", event.value);
  database.run("DELETE FROM invitation WHERE event = ?", event.value);
  database.run("DELETE FROM member WHERE event = ?", event.value);
  // A ban from all of its group stays: the group's organisers see it, and lift it.
  database.run("DELETE FROM ban WHERE place = ?", event.value);
  return existed;
}

}  // namespace

void SqliteStore::join(Join join, Registry::Done<Joined> done) {
  write<Joined>([join = std::move(join)](Database& database) { return join_event(database, join); },
                std::move(done));
}

void SqliteStore::put_invitation(Invitation invitation, Registry::Done<bool> done) {
  write<bool>(
      [invitation](Database& database) -> Result<bool> {
        database.run(
            "INSERT INTO invitation(hash, event, role, created_at, expires_at, uses) "
            "VALUES(?, ?, ?, ?, ?, ?)",
            invitation.hash, invitation.event.value, static_cast<int>(invitation.role),
            invitation.created_at, invitation.expires_at, invitation.uses);
        return true;
      },
      std::move(done));
}

void SqliteStore::revoke_invitation(TokenHash hash, Registry::Done<bool> done) {
  write<bool>(
      [hash](Database& database) -> Result<bool> {
        return database.run("DELETE FROM invitation WHERE hash = ?", hash) > 0;
      },
      std::move(done));
}

void SqliteStore::put_operator(TokenHash hash, TimeMs now, TimeMs expires_at,
                               Registry::Done<bool> done) {
  write<bool>(
      [hash, now, expires_at](Database& database) -> Result<bool> {
        database.run(
            "INSERT INTO session(hash, person, operator, created_at, expires_at) "
            "VALUES(?, 0, 1, ?, ?)",
            hash, now, expires_at);
        return true;
      },
      std::move(done));
}

void SqliteStore::drop_session(TokenHash hash, Registry::Done<bool> done) {
  write<bool>(
      [hash](Database& database) -> Result<bool> {
        // The row stays for a while, to tell "ended" from "never was".
        return database.run("UPDATE session SET expires_at = 0 WHERE hash = ? AND expires_at > 0",
                            hash) > 0;
      },
      std::move(done));
}

void SqliteStore::delete_event(EventId event, Registry::Done<bool> done) {
  write<bool>(
      [event](Database& database) -> Result<bool> { return delete_event_rows(database, event); },
      std::move(done));
}

}  // namespace hallway
