// A journal's batch becomes rows: the pushes themselves, and what is projected from them.
#include <string>
#include <variant>

#include "protocol/codec.hpp"
#include "server/sqlite_people.hpp"
#include "server/sqlite_privacy.hpp"
#include "server/sqlite_tables.hpp"

namespace hallway {
namespace {

// The numbers of these stand in databases.
static_assert(static_cast<int>(StreamKind::event) == 0 && static_cast<int>(StreamKind::room) == 1 &&
              static_cast<int>(StreamKind::table) == 2 && static_cast<int>(StreamKind::desk) == 3 &&
              static_cast<int>(StreamKind::conversation) == 4 &&
              static_cast<int>(StreamKind::person) == 5 &&
              static_cast<int>(StreamKind::facts) == 6);
static_assert(static_cast<int>(PlaceKind::event) == 0 &&
              static_cast<int>(PlaceKind::conversation) == 1 &&
              static_cast<int>(PlaceKind::person) == 2);

template <class Kind>
int number_of(Kind kind) {
  return static_cast<int>(kind);
}

/// Makes a stored message's words blank, in place; its row stays, since the state folds from it.
void blank_body(Database& database, std::int64_t seq, const std::string& type, int version,
                const std::string& data) {
  std::optional<PushData> push = decode_stored(type, version, data);
  if (!push) return;
  if (auto* posted = std::get_if<MessagePosted>(&*push)) {
    posted->body.clear();
    posted->mentions.clear();
  } else if (auto* held = std::get_if<MessageHeld>(&*push)) {
    held->body.clear();
  } else if (auto* edited = std::get_if<MessageEdited>(&*push)) {
    edited->body.clear();
  }
  database.run("UPDATE push SET data = ?, version = ? WHERE seq = ?", encode_stored(*push),
               stored_version, seq);
}

struct StoredBody {
  std::int64_t seq = 0;
  std::string type;
  int version = 0;
  std::string data;
};

std::vector<StoredBody> bodies_of(Database& database, StreamId stream, Offset message) {
  std::vector<StoredBody> found;
  const auto collect = [&found](Query query) {
    while (query.step()) {
      found.push_back(
          {query.integer(0), query.text(1), static_cast<int>(query.integer(2)), query.text(3)});
    }
  };
  collect(
      database.query("SELECT seq, type, version, data FROM push "
                     "WHERE stream_kind = ? AND stream = ? AND offset = ?",
                     number_of(stream.kind), stream.value, message));
  collect(
      database.query("SELECT seq, type, version, data FROM push "
                     "WHERE stream_kind = ? AND stream = ? AND edit_of = ?",
                     number_of(stream.kind), stream.value, message));
  return found;
}

void delete_message(Database& database, StreamId stream, Offset message) {
  for (const StoredBody& body : bodies_of(database, stream, message)) {
    blank_body(database, body.seq, body.type, body.version, body.data);
    unindex(database, body.seq);
  }
  request_purge(database);
}

/// What waited is kept until somebody has looked at it: said, it stands where it was said.
void forget_held(Database& database, StreamId stream, const MessageReviewed& reviewed) {
  std::vector<StoredBody> found;
  {
    Query rows = database.query(
        "SELECT seq, type, version, data FROM push "
        "WHERE stream_kind = ? AND stream = ? AND type = 'message.held'",
        number_of(stream.kind), stream.value);
    while (rows.step()) {
      StoredBody body{rows.integer(0), rows.text(1), static_cast<int>(rows.integer(2)),
                      rows.text(3)};
      const auto push = decode_stored(body.type, body.version, body.data);
      const auto* held = push ? std::get_if<MessageHeld>(&*push) : nullptr;
      const bool is_it = held && held->held == reviewed.held && held->event == reviewed.event;
      if (is_it) found.push_back(std::move(body));
    }
  }
  for (const StoredBody& body : found) {
    blank_body(database, body.seq, body.type, body.version, body.data);
  }
  if (!found.empty()) request_purge(database);
}

void put_event(Database& database, EventId event, const PushData& data) {
  database.run(
      "INSERT OR REPLACE INTO event(id, type, version, data, group_id) VALUES(?, ?, ?, ?, ?)",
      event.value, name_of(data), stored_version, encode_stored(data),
      std::get<EventUpdated>(data).event.group.value);
}

void put_room(Database& database, EventId event, RoomView room) {
  room.tables.clear();  // They change too often to be projected; the place knows them.
  const RoomId id = room.id;
  const PushData data = RoomCreated{std::move(room)};
  database.run(
      "INSERT INTO room(id, event, type, version, data, position) "
      "SELECT ?, ?, ?, ?, ?, coalesce(max(position), 0) + 1 FROM room WHERE event = ? "
      "ON CONFLICT(id) DO UPDATE SET version = excluded.version, data = excluded.data",
      id.value, event.value, name_of(data), stored_version, encode_stored(data), event.value);
}

void change_room(Database& database, EventId event, const RoomUpdated& change) {
  std::optional<PushData> data;
  {
    Query query =
        database.query("SELECT type, version, data FROM room WHERE id = ?", change.room.value);
    if (!query.step()) return;
    data = decode_stored(query.text(0), static_cast<int>(query.integer(1)), query.text(2));
  }
  if (!data || !std::holds_alternative<RoomCreated>(*data)) return;
  RoomView room = std::get<RoomCreated>(std::move(*data)).room;
  if (!change.room_name.empty()) room.name = change.room_name;
  room.locked = change.locked.value_or(room.locked);
  room.slow_s = change.slow_s.value_or(room.slow_s);
  put_room(database, event, std::move(room));
}

void put_role(Database& database, EventId event, PersonId person, Role role, TimeMs at) {
  database.run(
      "UPDATE member SET lowered_at = CASE WHEN ?1 < role THEN ?2 ELSE lowered_at END, role = ?1, "
      "role_at = ?2 WHERE event = ?3 AND person = ?4",
      number_of(role), at, event.value, person.value);
}

void shut_out(Database& database, EventId event, PersonId person, std::optional<TimeMs> until_at,
              const std::string& reason) {
  database.run("DELETE FROM ban WHERE person = ? AND event = ?", person.value, event.value);
  database.run("INSERT INTO ban(person, place, event, until_at, reason) VALUES(?, ?, ?, ?, ?)",
               person.value, event.value, event.value, until_at, reason);
}

/// What the registry reads of a push, written beside it.
void project(Database& database, PlaceId place, const Push& push, const Secrets& secrets) {
  const EventId event{place.kind == PlaceKind::event ? place.value : 0};
  if (const auto* deleted = std::get_if<MessageDeleted>(&push.data)) {
    delete_message(database, push.stream, deleted->of);
  } else if (const auto* reviewed = std::get_if<MessageReviewed>(&push.data)) {
    forget_held(database, push.stream, *reviewed);
  } else if (const auto* updated = std::get_if<EventUpdated>(&push.data)) {
    put_event(database, event, push.data);
    project_course(database, event, updated->event, push.at);
  } else if (const auto* erased = std::get_if<PersonErased>(&push.data)) {
    project_erased(database, push.stream, erased->person);
    // The log of what was done stands among the facts.
    if (push.stream == stream_of(event)) {
      project_erased(database, facts_of(place), erased->person);
    }
  } else if (const auto* met = std::get_if<PeopleMet>(&push.data)) {
    project_met(database, event, *met, secrets);
  } else if (const auto* created = std::get_if<RoomCreated>(&push.data)) {
    put_room(database, event, created->room);
  } else if (const auto* changed = std::get_if<RoomUpdated>(&push.data)) {
    change_room(database, event, *changed);
  } else if (const auto* closed = std::get_if<RoomClosed>(&push.data)) {
    database.run("DELETE FROM room WHERE id = ?", closed->room.value);
  } else if (const auto* person = std::get_if<PersonUpdated>(&push.data)) {
    put_person(database, person->person.id, person->person.card);
  } else if (const auto* granted = std::get_if<RoleGranted>(&push.data); granted && event) {
    if (!granted->scope.room) put_role(database, event, granted->person, granted->role, push.at);
  } else if (const auto* revoked = std::get_if<RoleRevoked>(&push.data); revoked && event) {
    if (!revoked->scope.room) put_role(database, event, revoked->person, Role::member, push.at);
  } else if (const auto* banned = std::get_if<PersonBanned>(&push.data); banned && event) {
    shut_out(database, event, banned->person, banned->until_at, banned->reason);
    database.run(
        "INSERT OR REPLACE INTO ban(person, place, event, until_at, reason) "
        "SELECT ?, group_id, id, ?, ? FROM event WHERE id = ? AND group_id <> 0",
        banned->person.value, banned->until_at, banned->reason, event.value);
  } else if (const auto* removed = std::get_if<PersonRemoved>(&push.data); removed && event) {
    shut_out(database, event, removed->person, std::nullopt, removed->reason);
  } else if (const auto* back = std::get_if<PersonUnbanned>(&push.data); back && event) {
    database.run("DELETE FROM ban WHERE person = ? AND event = ?", back->person.value, event.value);
  } else if (place.kind == PlaceKind::person) {
    project_block(database, PersonId{place.value}, push.data);
  }
}

void insert_push(Database& database, PlaceId place, const Push& push) {
  std::optional<std::string> nonce;
  std::optional<std::uint64_t> digest;
  if (!push.nonce.empty()) {
    nonce = push.nonce;
    digest = push.digest;
  }
  std::optional<Offset> edit_of;
  if (const auto* edited = std::get_if<MessageEdited>(&push.data)) edit_of = edited->of;
  const std::string data = encode_stored(push.data);
  database.run(
      "INSERT INTO push(place_kind, place, stream_kind, stream, offset, at, by, type, version, "
      "data, "
      "nonce, digest, edit_of) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      number_of(place.kind), place.value, number_of(push.stream.kind), push.stream.value,
      push.offset, push.at, push.by.value, name_of(push.data), stored_version, data, nonce, digest,
      edit_of);
}

}  // namespace

void put_follow_up(Database& database, const PendingFollowUp& pending) {
  const FollowUp& follow_up = pending.follow_up;
  const std::string data = encode_stored(follow_up.data);
  database.run(
      "INSERT INTO follow_up(id, source_kind, source, target_kind, target, by, type, version, "
      "data) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
      pending.id, number_of(pending.source.kind), pending.source.value,
      number_of(follow_up.target.kind), follow_up.target.value, follow_up.by.value,
      name_of(follow_up.data), stored_version, data);
}

void write_batch(Database& database, const JournalBatch& batch, const Secrets& secrets) {
  for (const JournalEntry& entry : batch.entries) {
    insert_push(database, entry.place, entry.push);
    project(database, entry.place, entry.push, secrets);
  }
  for (const PendingFollowUp& pending : batch.follow_ups) put_follow_up(database, pending);
  for (const std::uint64_t delivered : batch.delivered) {
    database.run("DELETE FROM follow_up WHERE id = ?", delivered);
  }
}

std::size_t weight_of(const JournalBatch& batch) {
  std::size_t bytes = sizeof(JournalBatch);
  for (const JournalEntry& entry : batch.entries) {
    bytes += sizeof(JournalEntry) + entry.push.nonce.size();
    if (const auto* posted = std::get_if<MessagePosted>(&entry.push.data)) {
      bytes += posted->body.size();
    } else if (const auto* edited = std::get_if<MessageEdited>(&entry.push.data)) {
      bytes += edited->body.size();
    }
  }
  return bytes + batch.follow_ups.size() * sizeof(PendingFollowUp) +
         batch.delivered.size() * sizeof(std::uint64_t);
}

}  // namespace hallway
