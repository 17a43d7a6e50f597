// A person's end: what is their own goes at once, what they said is blanked stream by stream.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "protocol/codec.hpp"
#include "rooms/erasure.hpp"
#include "server/sqlite_groups.hpp"
#include "server/sqlite_privacy.hpp"
#include "server/sqlite_registry.hpp"
#include "server/sqlite_store.hpp"
#include "server/sqlite_tables.hpp"

namespace hallway {
namespace {

std::vector<PlaceId> places_of(Database& database, PersonId person) {
  std::vector<PlaceId> places;
  {
    Query rows = database.query("SELECT event FROM member WHERE person = ?", person.value);
    while (rows.step()) places.push_back(place_of(EventId{rows.bits(0)}));
  }
  // What was reported of them may stand in events where they never were.
  const std::string named = "%\"" + to_text(person) + "\"%";
  Query rows = database.query(
      "SELECT DISTINCT place FROM push WHERE place_kind = 0 AND type = 'report.filed' "
      "AND data LIKE ?",
      named);
  while (rows.step()) {
    const PlaceId place = place_of(EventId{rows.bits(0)});
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
  for (const ConversationId conversation : conversations_of(database, person)) {
    places.push_back(place_of(conversation));
  }
  return places;
}

std::vector<TokenHash> end_sessions(Database& database, PersonId person) {
  std::vector<TokenHash> hashes;
  {
    Query rows =
        database.query("SELECT hash FROM session WHERE person = ? AND operator = 0", person.value);
    while (rows.step()) hashes.push_back(rows.hash(0));
  }
  database.run("DELETE FROM session WHERE person = ? AND operator = 0", person.value);
  return hashes;
}

void leave_groups(Database& database, PersonId person, const Secrets& secrets) {
  std::vector<GroupId> groups;
  {
    Query rows = database.query("SELECT group_id FROM group_member WHERE person = ?", person.value);
    while (rows.step()) groups.push_back(GroupId{rows.bits(0)});
  }
  for (const GroupId id : groups) {
    const auto group = read_group(database, id);
    if (!group || group->facilitator != person) continue;
    const PersonId next = group->next_facilitator();
    database.run("UPDATE network_group SET chair = ? WHERE id = ?", next == person ? 0 : next.value,
                 id.value);
  }
  database.run("DELETE FROM group_member WHERE person = ?", person.value);
  forget_met_rows(database, person, {}, secrets);
  database.run("DELETE FROM memory_token WHERE person = ?", person.value);
}

/// Rows of the person's own place stay as well: it may be in memory and go on numbering. Without
/// reasons, and without whom they blocked.
void blank_own_place(Database& database, PersonId person) {
  std::vector<std::pair<std::int64_t, PushData>> rows;
  {
    Query query = database.query(
        "SELECT seq, type, version, data, by FROM push WHERE place_kind = 2 AND place = ?",
        person.value);
    while (query.step()) {
      auto data = decode_stored(query.text(1), static_cast<int>(query.integer(2)), query.text(3));
      if (!data) continue;
      blank_words(*data, PersonId{query.bits(4)}, person);
      if (auto* blocked = std::get_if<PersonBlocked>(&*data)) blocked->person = {};
      if (auto* unblocked = std::get_if<PersonUnblocked>(&*data)) unblocked->person = {};
      rows.emplace_back(query.integer(0), std::move(*data));
    }
  }
  for (const auto& [seq, data] : rows) {
    database.run("UPDATE push SET data = ?, version = ?, nonce = NULL, digest = NULL WHERE seq = ?",
                 encode_stored(data), stored_version, seq);
  }
}

/// The only organiser of something in which there are others. Those come and go while it is asked:
/// it is the registry's moment that counts.
bool is_needed(Database& database, PersonId person, TimeMs now) {
  const int organiser = static_cast<int>(Role::organiser);
  if (database
          .query("SELECT 1 FROM group_member AS own WHERE own.person = ?1 AND own.role = ?2 "
                 "AND EXISTS (SELECT 1 FROM group_member AS other WHERE other.group_id = "
                 "own.group_id AND other.person <> ?1) "
                 "AND NOT EXISTS (SELECT 1 FROM group_member AS other WHERE other.group_id = "
                 "own.group_id AND other.person <> ?1 AND other.role = ?2)",
                 person.value, organiser)
          .step()) {
    return true;
  }
  std::vector<EventId> alone_in;
  {
    Query rows = database.query(
        "SELECT own.event FROM member AS own WHERE own.person = ?1 AND own.role = ?2 "
        "AND EXISTS (SELECT 1 FROM member AS other WHERE other.event = own.event "
        "AND other.person <> ?1) "
        "AND NOT EXISTS (SELECT 1 FROM member AS other WHERE other.event = own.event "
        "AND other.person <> ?1 AND other.role = ?2)",
        person.value, organiser);
    while (rows.step()) alone_in.push_back(EventId{rows.bits(0)});
  }
  return std::any_of(alone_in.begin(), alone_in.end(), [&](EventId id) {
    const auto event = read_event(database, id);
    return event && !over_since(*event, std::nullopt, now);
  });
}

Result<Erasure> erase(Database& database, PersonId person, const Secrets& secrets) {
  if (is_needed(database, person, secrets.clock->now())) {
    return refuse(ErrorCode::conflict,
                  "You alone organise an event or a group. Make somebody else an organiser first.");
  }
  const std::int64_t known = database.run(
      "UPDATE person SET name = ?, about = '', ask = '', offer = '', org = '', title = '', "
      "came_with = '' WHERE id = ?",
      erased_name, person.value);
  if (known == 0) return refuse(ErrorCode::not_found, "There is no such person.");
  const std::vector<PlaceId> places = places_of(database, person);
  Erasure erasure;
  erasure.sessions = end_sessions(database, person);
  leave_groups(database, person, secrets);
  database.run("DELETE FROM block WHERE person = ?", person.value);
  database.run("DELETE FROM ban WHERE person = ?", person.value);
  database.run("UPDATE member SET role = 0 WHERE person = ?", person.value);
  for (const char* table : {"account", "identity", "recovery", "device"}) {
    database.run(std::string("DELETE FROM ") + table + " WHERE person = ?", person.value);
  }
  blank_own_place(database, person);
  for (const PlaceId place : places) {
    const std::uint64_t id = secrets.clock->random_u64();
    erasure.follow_ups.push_back(
        {id, place_of(person), FollowUp{place, person, PersonErased{person}}});
    put_follow_up(database, erasure.follow_ups.back());
  }
  return erasure;
}

}  // namespace

void project_erased(Database& database, StreamId stream, PersonId person) {
  struct Row {
    std::int64_t seq = 0;
    PushData data;
    bool is_message = false;
  };
  std::vector<Row> rows;
  {
    const std::string named = "%" + to_text(person) + "%";
    Query query = database.query(
        "SELECT seq, type, version, data, by FROM push WHERE stream_kind = ? AND stream = ? "
        "AND (by = ? OR (type NOT IN ('message.posted', 'message.edited') AND data LIKE ?))",
        static_cast<int>(stream.kind), stream.value, person.value, named);
    while (query.step()) {
      auto data = decode_stored(query.text(1), static_cast<int>(query.integer(2)), query.text(3));
      if (!data) continue;
      const bool is_message = std::holds_alternative<MessagePosted>(*data);
      if (!blank_words(*data, PersonId{query.bits(4)}, person)) continue;
      rows.push_back({query.integer(0), std::move(*data), is_message});
    }
  }
  for (const Row& row : rows) {
    // The digest too follows from what was said.
    database.run("UPDATE push SET data = ?, version = ?, nonce = NULL, digest = NULL WHERE seq = ?",
                 encode_stored(row.data), stored_version, row.seq);
    if (row.is_message) unindex(database, row.seq);
  }
  if (!rows.empty()) request_purge(database);
}

void SqliteStore::erase_person(PersonId person, Privacy::Done<Erasure> done) {
  write<Erasure>([this, person](Database& database) { return erase(database, person, secrets_); },
                 std::move(done));
}

}  // namespace hallway
