// The memory of who has met whom in a group: a keyed hash a pair, of two random tokens. Neither the
// rows nor the database says who they are: that takes the server's key, a file beside it.
#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "server/sqlite_groups.hpp"

namespace hallway {
namespace {

using Tokens = std::vector<std::pair<PersonId, TokenHash>>;

TokenHash pair_of(const TokenHash& one, const TokenHash& other, const TokenHash& key) {
  std::string both;
  both.reserve(one.size() + other.size());
  for (const TokenHash* token : {&std::min(one, other), &std::max(one, other)}) {
    both.append(reinterpret_cast<const char*>(token->data()), token->size());
  }
  return keyed_hash(key, both);
}

TokenHash random_token(ClockSource& clock) {
  TokenHash token{};
  clock.fill_random(token);
  return token;
}

Tokens tokens_of(Database& database, GroupId group) {
  Tokens tokens;
  Query rows =
      database.query("SELECT person, token FROM memory_token WHERE group_id = ?", group.value);
  while (rows.step()) tokens.emplace_back(PersonId{rows.bits(0)}, rows.hash(1));
  return tokens;
}

TokenHash token_of(Database& database, GroupId group, PersonId person, ClockSource& clock) {
  {
    Query row = database.query("SELECT token FROM memory_token WHERE group_id = ? AND person = ?",
                               group.value, person.value);
    if (row.step()) return row.hash(0);
  }
  const TokenHash token = random_token(clock);
  database.run("INSERT INTO memory_token(group_id, person, token) VALUES(?, ?, ?)", group.value,
               person.value, token);
  return token;
}

struct Course {
  GroupId group;
  std::int64_t meetings = 0;         ///< That the group has had.
  std::int64_t memory_meetings = 0;  ///< That it remembers.
  std::optional<std::int64_t> meeting;
};

std::optional<Course> course_of(Database& database, EventId event) {
  Query row = database.query(
      "SELECT network_group.id, network_group.meetings, network_group.memory_meetings, "
      "event_course.meeting FROM event JOIN network_group ON network_group.id = event.group_id "
      "LEFT JOIN event_course ON event_course.event = event.id WHERE event.id = ?",
      event.value);
  if (!row.step()) return std::nullopt;
  Course course{GroupId{row.bits(0)}, row.integer(1), row.integer(2), std::nullopt};
  if (!row.is_null(3)) course.meeting = row.integer(3);
  return course;
}

/// The event is the group's next meeting, if it was none before.
std::optional<Course> count_meeting(Database& database, EventId event) {
  std::optional<Course> course = course_of(database, event);
  if (!course || course->meeting) return course;
  course->meeting = ++course->meetings;
  database.run("UPDATE network_group SET meetings = ? WHERE id = ?", course->meetings,
               course->group.value);
  database.run("UPDATE event_course SET meeting = ? WHERE event = ?", course->meetings,
               event.value);
  prune_met(database, course->group);
  return course;
}

}  // namespace

void project_course(Database& database, EventId event, const EventView& view, TimeMs at) {
  const bool is_over = view.state == EventState::over;
  database.run(
      "INSERT INTO event_course(event, changes, changed_at, over_at) VALUES(?1, 0, ?2, ?3) "
      "ON CONFLICT(event) DO UPDATE SET changes = changes + 1, changed_at = ?2, "
      "over_at = CASE WHEN ?3 IS NULL THEN NULL ELSE coalesce(over_at, ?3) END",
      event.value, at, is_over ? std::optional<TimeMs>(at) : std::nullopt);
  if (view.group && view.state == EventState::live) count_meeting(database, event);
}

void project_met(Database& database, EventId event, const PeopleMet& met, const Secrets& secrets) {
  const std::optional<Course> course = count_meeting(database, event);
  if (!course || course->memory_meetings == 0) return;
  std::map<PersonId, TokenHash> tokens;
  const auto token = [&](PersonId person) -> const TokenHash& {
    const auto known = tokens.find(person);
    if (known != tokens.end()) return known->second;
    return tokens.emplace(person, token_of(database, course->group, person, *secrets.clock))
        .first->second;
  };
  for (const auto& [one, other] : met.pairs) {
    database.run("INSERT OR REPLACE INTO memory_pair(group_id, pair, meeting) VALUES(?, ?, ?)",
                 course->group.value, pair_of(token(one), token(other), secrets.key),
                 *course->meeting);
  }
}

void prune_met(Database& database, GroupId group) {
  database.run(
      "DELETE FROM memory_pair WHERE group_id = ?1 AND meeting < "
      "(SELECT CASE memory_meetings WHEN 0 THEN meetings + 1 ELSE meetings - memory_meetings END "
      "FROM network_group WHERE id = ?1)",
      group.value);
}

Result<std::vector<MetBefore>> read_met_before(Database& database, EventId event,
                                               const std::vector<PersonId>& people,
                                               const TokenHash& key) {
  std::vector<MetBefore> found;
  const std::optional<Course> course = course_of(database, event);
  if (!course || course->memory_meetings == 0) return found;
  // What was met at this event the event knows itself.
  std::map<TokenHash, std::int64_t> remembered;
  {
    Query rows =
        database.query("SELECT pair, meeting FROM memory_pair WHERE group_id = ? AND meeting <> ?",
                       course->group.value, course->meeting.value_or(0));
    while (rows.step()) remembered.emplace(rows.hash(0), rows.integer(1));
  }
  if (remembered.empty()) return found;
  Tokens tokens = tokens_of(database, course->group);
  std::erase_if(tokens, [&](const auto& entry) {
    return std::find(people.begin(), people.end(), entry.first) == people.end();
  });
  const std::int64_t current = course->meeting.value_or(course->meetings + 1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    for (std::size_t j = i + 1; j < tokens.size(); ++j) {
      const auto pair = remembered.find(pair_of(tokens[i].second, tokens[j].second, key));
      if (pair == remembered.end()) continue;
      const std::int64_t ago = std::max<std::int64_t>(1, current - pair->second);
      const double weight =
          1.0 - static_cast<double>(ago - 1) / static_cast<double>(course->memory_meetings + 1);
      found.push_back({tokens[i].first, tokens[j].first, weight});
    }
  }
  return found;
}

void forget_met_rows(Database& database, PersonId person, GroupId group, const Secrets& secrets) {
  std::vector<std::pair<GroupId, TokenHash>> own;
  {
    Query rows =
        database.query("SELECT group_id, token FROM memory_token WHERE person = ?", person.value);
    while (rows.step()) own.emplace_back(GroupId{rows.bits(0)}, rows.hash(1));
  }
  for (const auto& [of, token] : own) {
    if (group && of != group) continue;
    for (const auto& [other, others_token] : tokens_of(database, of)) {
      database.run("DELETE FROM memory_pair WHERE group_id = ? AND pair = ?", of.value,
                   pair_of(token, others_token, secrets.key));
    }
    database.run("UPDATE memory_token SET token = ? WHERE group_id = ? AND person = ?",
                 random_token(*secrets.clock), of.value, person.value);
  }
}

}  // namespace hallway
