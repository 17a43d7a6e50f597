// The full-text index of messages (SQLite's FTS5): filled behind the journal from a cursor that is
// stored with it, so that a crash loses nothing, when it is quiet or somebody searches; what is
// deleted leaves it at once.
#include <algorithm>
#include <array>
#include <chrono>
#include <future>
#include <limits>
#include <memory>
#include <string>

#include "protocol/codec.hpp"
#include "server/sqlite_store.hpp"
#include "server/sqlite_tables.hpp"

namespace hallway {
namespace {

// A read looks at so many matches at most, so that a search blocks nobody.
constexpr std::int64_t matches_read_max = 10'000;
constexpr std::int64_t merge_pages = 64;
// A search waits so long for what was said last, then goes without it.
constexpr std::chrono::seconds index_awaited_max{2};

/// One word that the index knows a stream by: a letter for its kind and the id.
std::string stream_word(StreamId stream) {
  constexpr std::array letters{'e', 'r', 't', 'd', 'c', 'p', 'f'};
  return letters[static_cast<std::size_t>(stream.kind)] + base32(stream.value);
}

std::int64_t meta(Database& database, const char* key) {
  Query query = database.query("SELECT value FROM meta WHERE key = ?", key);
  return query.step() ? query.integer(0) : 0;
}

void set_meta(Database& database, const char* key, std::int64_t value) {
  database.run("UPDATE meta SET value = ? WHERE key = ?", value, key);
}

struct Said {
  std::int64_t seq = 0;  ///< Of the message, also where an edit said it.
  StreamId stream;
  std::string body;
};

/// Looks at the next pushes for what they say; moves `cursor` past them.
std::vector<Said> read_said(Database& database, std::int64_t rows_max, std::int64_t& cursor,
                            bool& more) {
  std::vector<Said> found;
  // An edit counts for the message it changes.
  Query query = database.query(
      "SELECT p.seq, p.stream_kind, p.stream, p.type, p.version, p.data, "
      "  CASE WHEN p.edit_of IS NULL THEN p.seq ELSE (SELECT m.seq FROM push m "
      "    WHERE m.stream_kind = p.stream_kind AND m.stream = p.stream AND m.offset = p.edit_of) "
      "END "
      "FROM push p WHERE p.seq > ? ORDER BY p.seq LIMIT ?",
      cursor, rows_max);
  std::int64_t rows = 0;
  for (; query.step(); ++rows) {
    cursor = query.integer(0);
    const std::string type = query.text(3);
    if (type != MessagePosted::name && type != MessageEdited::name) continue;
    const StreamId stream{static_cast<StreamKind>(query.integer(1)), query.bits(2)};
    const auto push = decode_stored(type, static_cast<int>(query.integer(4)), query.text(5));
    if (!push) continue;
    const auto* posted = std::get_if<MessagePosted>(&*push);
    const auto* edited = std::get_if<MessageEdited>(&*push);
    found.push_back({query.integer(6), stream, posted ? posted->body : edited->body});
  }
  more = rows == rows_max;
  return found;
}

/// Words as the user typed them, each quoted (a quote doubled), so that none is an operator of
/// FTS5; the last one may be unfinished.
std::string quoted_words(const std::string& text) {
  std::string quoted;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    quoted += quoted.empty() ? "\"" : " \"";
    for (; at < end; ++at)
      quoted += text[at] == '"' ? std::string("\"\"") : std::string(1, text[at]);
    quoted += '"';
  }
  return quoted.empty() ? quoted : quoted + " *";
}

std::string match_of(const std::string& words, const std::vector<SearchScope>& scopes) {
  std::string streams;
  for (const SearchScope& scope : scopes) {
    streams += (streams.empty() ? "\"" : " OR \"") + stream_word(scope.stream) + "\"";
  }
  return "(body : (" + words + ")) AND (stream : (" + streams + "))";
}

bool is_within(StreamId stream, Offset offset, const std::vector<SearchScope>& scopes) {
  return std::any_of(scopes.begin(), scopes.end(), [&](const SearchScope& scope) {
    if (scope.stream != stream) return false;
    return scope.slices.empty() ||
           std::any_of(scope.slices.begin(), scope.slices.end(), [offset](const auto& slice) {
             return slice.first <= offset && offset <= slice.second;
           });
  });
}

}  // namespace

bool index_slice(Database& database, std::int64_t rows_max) {
  const std::int64_t from = meta(database, "search_cursor");
  std::int64_t cursor = from;
  bool more = false;
  for (const Said& said : read_said(database, rows_max, cursor, more)) {
    if (said.body.empty()) continue;  // Deleted meanwhile.
    // An edit takes the place of what was said before.
    database.run("DELETE FROM message_text WHERE rowid = ?", said.seq);
    database.run("INSERT INTO message_text(rowid, body, stream) VALUES(?, ?, ?)", said.seq,
                 said.body, stream_word(said.stream));
  }
  if (cursor != from) set_meta(database, "search_cursor", cursor);
  return more && !database.failed();
}

void unindex(Database& database, std::int64_t seq) {
  database.run("DELETE FROM message_text WHERE rowid = ?", seq);
}

// FTS5 of this age marks what is deleted and drops it when its segments are merged. The first step
// lays all segments together for merging, the others go on with it (sqlite.org/fts5.html, 'merge').
void request_purge(Database& database) {
  set_meta(database, "search_purge", 1);
}

Purge purge_slice(Database& database) {
  const std::int64_t state = meta(database, "search_purge");
  if (state == 0) return Purge::nothing;
  const std::int64_t before = database.changes_in_all();
  database.run("INSERT INTO message_text(message_text, rank) VALUES('merge', ?)",
               state == 1 ? -merge_pages : merge_pages);
  const bool is_done = database.changes_in_all() - before < 2;
  if (is_done || state == 1) set_meta(database, "search_purge", is_done ? 0 : 2);
  return is_done ? Purge::finished : Purge::unfinished;
}

void SqliteStore::index_messages(Journal::Done done) {
  writer_->index_messages(std::move(done));
}

void SqliteStore::await_index() {
  const auto indexed = std::make_shared<std::promise<void>>();
  index_messages([indexed](const std::optional<Error>&) { indexed->set_value(); });
  indexed->get_future().wait_for(index_awaited_max);
}

Result<std::vector<Registry::Hit>> SqliteStore::search(const std::string& query,
                                                       const std::vector<SearchScope>& scopes,
                                                       std::uint64_t before, std::int64_t limit) {
  const std::string words = quoted_words(query);
  if (words.empty() || scopes.empty()) return std::vector<Hit>{};
  const std::string match = match_of(words, scopes);
  await_index();
  const std::int64_t below =
      before == 0 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(before);
  return read<std::vector<Hit>>([&](Database& database) -> Result<std::vector<Hit>> {
    Query rows = database.query(
        "SELECT push.seq, push.stream_kind, push.stream, push.offset, push.at, push.by, "
        "message_text.body FROM message_text JOIN push ON push.seq = message_text.rowid "
        "WHERE message_text MATCH ? AND message_text.rowid < ? "
        "ORDER BY message_text.rowid DESC LIMIT ?",
        match, below, matches_read_max);
    std::vector<Hit> hits;
    while (static_cast<std::int64_t>(hits.size()) < limit && rows.step()) {
      const StreamId stream{static_cast<StreamKind>(rows.integer(1)), rows.bits(2)};
      const Offset offset = rows.bits(3);
      if (!is_within(stream, offset, scopes)) continue;
      Hit hit{stream, {}, rows.bits(0)};
      hit.message.offset = offset;
      hit.message.at = rows.integer(4);
      hit.message.by = PersonId{rows.bits(5)};
      hit.message.body = rows.text(6);
      hits.push_back(std::move(hit));
    }
    return hits;
  });
}

}  // namespace hallway
