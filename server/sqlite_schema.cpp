#include "server/sqlite_schema.hpp"

#include <array>
#include <utility>
#include <vector>

#include "protocol/codec.hpp"
#include "server/sqlite_groups.hpp"
#include "server/sqlite_people.hpp"

namespace hallway {
namespace {

// "HALL": tells our databases from others (sqlite.org/pragma.html#pragma_application_id).
constexpr std::int64_t application_id = 0x48414c4c;

// Ids are their 64 bits as a signed integer, kinds the numbers of PlaceKind and StreamKind, roles
// those of Role. `seq` is the order in which a place's pushes were applied, over all its streams.
// There is no table of streams: their epochs follow from the `generation`.
constexpr const char* version_1 = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

CREATE TABLE push(
  seq INTEGER PRIMARY KEY,
  place_kind INTEGER NOT NULL, place INTEGER NOT NULL,
  stream_kind INTEGER NOT NULL, stream INTEGER NOT NULL, offset INTEGER NOT NULL,
  at INTEGER NOT NULL, by INTEGER NOT NULL,
  type TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL,
  nonce TEXT, digest INTEGER,
  edit_of INTEGER);
CREATE UNIQUE INDEX push_stream ON push(stream_kind, stream, offset);
CREATE INDEX push_place ON push(place_kind, place);
CREATE INDEX push_edit ON push(stream_kind, stream, edit_of) WHERE edit_of IS NOT NULL;

CREATE TABLE follow_up(
  seq INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE,
  source_kind INTEGER NOT NULL, source INTEGER NOT NULL,
  target_kind INTEGER NOT NULL, target INTEGER NOT NULL,
  by INTEGER NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL);

CREATE TABLE event(id INTEGER PRIMARY KEY, type TEXT NOT NULL, version INTEGER NOT NULL,
  data TEXT NOT NULL);
CREATE TABLE room(id INTEGER PRIMARY KEY, event INTEGER NOT NULL, type TEXT NOT NULL,
  version INTEGER NOT NULL, data TEXT NOT NULL, position INTEGER NOT NULL);
CREATE INDEX room_event ON room(event, position);

CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL,
  ask TEXT NOT NULL, offer TEXT NOT NULL, org TEXT NOT NULL, title TEXT NOT NULL,
  came_with TEXT NOT NULL);
CREATE TABLE member(event INTEGER NOT NULL, person INTEGER NOT NULL, role INTEGER NOT NULL,
  joined_at INTEGER NOT NULL, PRIMARY KEY(event, person)) WITHOUT ROWID;
CREATE INDEX member_person ON member(person, joined_at);

CREATE TABLE session(hash BLOB PRIMARY KEY, person INTEGER NOT NULL, operator INTEGER NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE invitation(hash BLOB PRIMARY KEY, event INTEGER NOT NULL, role INTEGER NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER, uses INTEGER) WITHOUT ROWID;
CREATE INDEX invitation_event ON invitation(event, created_at);

CREATE VIRTUAL TABLE message_text
  USING fts5(body, stream, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO meta VALUES('search_cursor', 0), ('search_purge', 0), ('probe', 0);
)";

// Who blocks whom, projected from the pushes of people's own streams.
constexpr const char* version_2 = R"(
CREATE TABLE block(person INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY(person, other)) WITHOUT ROWID;
)";

// Newcomers are told apart from the staff of their event, which is looked up for each of them.
constexpr const char* version_3 = R"(
CREATE INDEX member_staff ON member(event, role) WHERE role > 0;
)";

// Guests told apart from members; events of a group; who is out, of an event (`place`) or of all
// of a group, and which event says so. A role that was lowered here is raised by no older link.
constexpr const char* version_4 = R"(
ALTER TABLE person ADD COLUMN guest INTEGER NOT NULL DEFAULT 1;
ALTER TABLE event ADD COLUMN group_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN role_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN lowered_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX event_group ON event(group_id) WHERE group_id <> 0;
ALTER TABLE invitation ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
CREATE TABLE ban(person INTEGER NOT NULL, place INTEGER NOT NULL, event INTEGER NOT NULL,
  until_at INTEGER, reason TEXT NOT NULL, PRIMARY KEY(person, place, event)) WITHOUT ROWID;
)";

// How people show who they are (server/accounts.hpp), and what their list of sessions tells.
constexpr const char* version_5 = R"(
CREATE TABLE account(person INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE,
  passphrase TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE identity(issuer TEXT NOT NULL, subject TEXT NOT NULL, person INTEGER NOT NULL,
  groups TEXT NOT NULL, seen_at INTEGER NOT NULL, PRIMARY KEY(issuer, subject)) WITHOUT ROWID;
CREATE INDEX identity_person ON identity(person);
CREATE TABLE recovery(person INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY(person, hash)) WITHOUT ROWID;
CREATE TABLE device(person INTEGER NOT NULL, hash BLOB NOT NULL, seen_at INTEGER NOT NULL,
  PRIMARY KEY(person, hash)) WITHOUT ROWID;
CREATE INDEX device_hash ON device(hash);
ALTER TABLE session ADD COLUMN client TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX session_person ON session(person) WHERE operator = 0;
)";

// Groups, the course of events as calendars and retention need it, and the memory of meetings.
// Names that are free already: GROUP is a word of SQL.
constexpr const char* version_6 = R"(
CREATE TABLE network_group(id INTEGER PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL,
  created_at INTEGER NOT NULL, chair INTEGER NOT NULL DEFAULT 0,
  meetings INTEGER NOT NULL DEFAULT 0, memory_meetings INTEGER NOT NULL);
CREATE TABLE group_member(group_id INTEGER NOT NULL, person INTEGER NOT NULL,
  role INTEGER NOT NULL, since_at INTEGER NOT NULL, rota INTEGER, calendar TEXT NOT NULL,
  PRIMARY KEY(group_id, person)) WITHOUT ROWID;
CREATE INDEX group_member_person ON group_member(person);
CREATE TABLE event_course(event INTEGER PRIMARY KEY, changes INTEGER NOT NULL,
  changed_at INTEGER NOT NULL, over_at INTEGER, meeting INTEGER);
CREATE TABLE memory_token(group_id INTEGER NOT NULL, person INTEGER NOT NULL, token BLOB NOT NULL,
  PRIMARY KEY(group_id, person)) WITHOUT ROWID;
CREATE INDEX memory_token_person ON memory_token(person);
CREATE TABLE memory_pair(group_id INTEGER NOT NULL, pair BLOB NOT NULL, meeting INTEGER NOT NULL,
  PRIMARY KEY(group_id, pair)) WITHOUT ROWID;
)";

// Signed links that were used and that somebody would still take.
constexpr const char* version_7 = R"(
CREATE TABLE spent_link(hash BLOB PRIMARY KEY, until_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX spent_link_until ON spent_link(until_at);
)";

/// Blocks from before there was a table of them.
void fill_blocks(Database& database) {
  std::vector<std::pair<PersonId, PushData>> pushes;
  {
    Query rows = database.query(
        "SELECT by, type, version, data FROM push "
        "WHERE type IN ('person.blocked', 'person.unblocked') ORDER BY seq");
    while (rows.step()) {
      auto data = decode_stored(rows.text(1), static_cast<int>(rows.integer(2)), rows.text(3));
      if (data) pushes.emplace_back(PersonId{rows.bits(0)}, std::move(*data));
    }
  }
  for (const auto& [person, data] : pushes) project_block(database, person, data);
}

struct Migration {
  const char* sql;
  void (*fill)(Database&) = nullptr;
};
constexpr std::array migrations = {Migration{version_1}, Migration{version_2, fill_blocks},
                                   Migration{version_3}, Migration{version_4},
                                   Migration{version_5}, Migration{version_6, fill_courses},
                                   Migration{version_7}};

std::string failure_text(Database& database) {
  return "The database cannot be used: " + database.take_failure()->message + ".";
}

}  // namespace

std::optional<std::string> check_readable(Database& database) {
  const std::int64_t version = database.number("PRAGMA user_version");
  const std::int64_t id = database.number("PRAGMA application_id");
  if (database.failed()) return failure_text(database);
  if (id != application_id) return "The file is no database of Hallway.";
  if (version > static_cast<std::int64_t>(migrations.size())) {
    return "The database was written by a newer Hallway (its version " + std::to_string(version) +
           ", this program knows " + std::to_string(migrations.size()) + ").";
  }
  return std::nullopt;
}

std::optional<std::string> migrate(Database& database, ClockSource& clock) {
  const bool is_new = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (database.failed()) return failure_text(database);
  if (!is_new) {
    if (auto refusal = check_readable(database)) return refusal;
  }
  const auto version = static_cast<std::size_t>(database.number("PRAGMA user_version"));
  for (std::size_t next = version; next < migrations.size(); ++next) {
    database.begin();
    database.execute(migrations[next].sql);
    if (migrations[next].fill != nullptr) migrations[next].fill(database);
    database.execute("PRAGMA application_id = " + std::to_string(application_id));
    database.execute("PRAGMA user_version = " + std::to_string(next + 1));
    if (is_new && next == 0) renew_generation(database, clock);
    database.commit();
    database.roll_back();
    if (database.failed()) return failure_text(database);
  }
  return std::nullopt;
}

void renew_generation(Database& database, ClockSource& clock) {
  database.run("INSERT OR REPLACE INTO meta VALUES('generation', ?)", clock.random_u64());
}

std::uint64_t generation_of(Database& database) {
  return static_cast<std::uint64_t>(
      database.number("SELECT value FROM meta WHERE key = 'generation'"));
}

void remember_telling_early(Database& database) {
  database.run("INSERT OR REPLACE INTO meta VALUES('tells_early', 1)");
}

void forget_telling_early(Database& database) {
  database.run("DELETE FROM meta WHERE key = 'tells_early'");
}

bool may_have_told_more(Database& database) {
  return database.number("SELECT count(*) FROM meta WHERE key = 'tells_early'") > 0;
}

}  // namespace hallway
