// The groups' writes: each runs in the writer's transaction, in a savepoint of its own.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "server/sqlite_groups.hpp"
#include "server/sqlite_store.hpp"

namespace hallway {
namespace {

constexpr std::int64_t memory_meetings_default = 12;

Error no_such_person() {
  return refuse(ErrorCode::not_found, "There is no such person.", "person");
}

std::int64_t count_organisers(const Group& group) {
  return std::count_if(group.members.begin(), group.members.end(),
                       [](const GroupMember& member) { return member.role == Role::organiser; });
}

std::optional<Error> refuse_last_organiser(const Group& group, PersonId person) {
  const GroupMember* member = group.find(person);
  const bool is_last =
      member != nullptr && member->role == Role::organiser && count_organisers(group) == 1;
  if (!is_last) return std::nullopt;
  return refuse(ErrorCode::conflict, "The last organiser stays: make somebody else one first.",
                "person");
}

void set_chair(Database& database, GroupId group, PersonId person) {
  database.run("UPDATE network_group SET chair = ? WHERE id = ?", person.value, group.value);
}

Result<bool> put_member(Database& database, GroupId id, PersonId person, Role role, TimeMs now,
                        ClockSource& clock) {
  const auto group = read_group(database, id);
  if (!group) return group.error();
  if (!database.query("SELECT 1 FROM person WHERE id = ?", person.value).step()) {
    return no_such_person();
  }
  if (role != Role::organiser) {
    if (auto error = refuse_last_organiser(*group, person)) return *error;
  }
  if (group->find(person) == nullptr && group->members.size() >= limits::group_members_max) {
    return refuse(ErrorCode::too_large, "A group has no more members than this.", "person");
  }
  database.run(
      "INSERT INTO group_member(group_id, person, role, since_at, calendar) VALUES(?, ?, ?, ?, ?) "
      "ON CONFLICT(group_id, person) DO UPDATE SET role = excluded.role",
      id.value, person.value, static_cast<int>(role), now, clock.random_token());
  return true;
}

Result<bool> remove_member(Database& database, GroupId id, PersonId person) {
  const auto group = read_group(database, id);
  if (!group) return group.error();
  if (group->find(person) == nullptr) return no_such_person();
  if (auto error = refuse_last_organiser(*group, person)) return *error;
  if (group->facilitator == person) {
    const PersonId next = group->next_facilitator();
    set_chair(database, id, next == person ? PersonId{} : next);
  }
  database.run("DELETE FROM group_member WHERE group_id = ? AND person = ?", id.value,
               person.value);
  return true;
}

Result<bool> put_rota(Database& database, GroupId id, const std::vector<PersonId>& people) {
  const auto group = read_group(database, id);
  if (!group) return group.error();
  database.run("UPDATE group_member SET rota = NULL WHERE group_id = ?", id.value);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const std::int64_t changed =
        database.run("UPDATE group_member SET rota = ? WHERE group_id = ? AND person = ?", i,
                     id.value, people[i].value);
    if (changed == 0) {
      return refuse(ErrorCode::not_found, "Only members of the group take turns.",
                    "people[" + std::to_string(i) + "]");
    }
  }
  if (std::find(people.begin(), people.end(), group->facilitator) == people.end()) {
    set_chair(database, id, people.empty() ? PersonId{} : people.front());
  }
  return true;
}

Result<bool> pass_chair(Database& database, GroupId id, std::optional<PersonId> to) {
  const auto group = read_group(database, id);
  if (!group) return group.error();
  if (group->rota.empty()) {
    return refuse(ErrorCode::conflict, "Nobody takes turns in this group yet.");
  }
  const PersonId next = to.value_or(group->next_facilitator());
  if (std::find(group->rota.begin(), group->rota.end(), next) == group->rota.end()) {
    return refuse(ErrorCode::not_found, "Only who takes turns can be handed the chair.", "to");
  }
  set_chair(database, id, next);
  return true;
}

/// Open now: also where nobody has looked at it since it opened.
bool is_live(const EventView& event, TimeMs now) {
  if (event.state == EventState::over) return false;
  if (event.ends_at != 0 && now >= event.ends_at + limits::close_after_ms) return false;
  return event.state == EventState::live || now >= event.starts_at - limits::open_before_ms;
}

Result<EventId> choose_event(Database& database, GroupId group, std::optional<EventId> wanted,
                             TimeMs now) {
  const auto events = read_events_of(database, group);
  if (!events) return events.error();
  const EventView* live = nullptr;
  const EventView* next = nullptr;
  for (const DatedEvent& dated : *events) {
    const EventView& event = dated.event;
    if (wanted && event.id == *wanted) return event.id;
    if (is_live(event, now)) live = &event;  // The one that began last.
    const bool is_ahead = event.state == EventState::planned && event.starts_at > now;
    if (is_ahead && next == nullptr) next = &event;
  }
  if (wanted) return refuse(ErrorCode::not_found, "The group has no such event.", "event");
  if (live != nullptr) return live->id;
  if (next != nullptr) return next->id;
  return refuse(ErrorCode::not_found, "The group has no event now or ahead.", "event");
}

bool is_banned(Database& database, GroupId group, PersonId person, TimeMs now) {
  return database
      .query(
          "SELECT 1 FROM ban WHERE person = ? AND place = ? "
          "AND (until_at IS NULL OR until_at > ?)",
          person.value, group.value, now)
      .step();
}

Result<EventId> enter(Database& database, GroupId id, PersonId person,
                      std::optional<EventId> wanted, TimeMs now) {
  const auto group = read_group(database, id);
  if (!group) return group.error();
  const GroupMember* member = group->find(person);
  if (member == nullptr) return refuse(ErrorCode::not_found, "There is no such group.");
  if (is_banned(database, id, person, now)) {
    return refuse(ErrorCode::banned, "You were banned from this group's events.");
  }
  const auto event = choose_event(database, id, wanted, now);
  if (!event) return event.error();
  Role role = Role::member;
  if (group->facilitator == person) role = Role::facilitator;
  if (member->role == Role::organiser) role = Role::organiser;
  database.run(
      "INSERT INTO member(event, person, role, joined_at, role_at) VALUES(?1, ?2, ?3, ?4, ?4) "
      "ON CONFLICT(event, person) DO UPDATE SET role = max(role, excluded.role), "
      "role_at = CASE WHEN excluded.role > role THEN excluded.role_at ELSE role_at END "
      "WHERE lowered_at = 0",
      event->value, person.value, static_cast<int>(role), now);
  return *event;
}

}  // namespace

void SqliteStore::put_group(GroupId group, std::string name, std::string about, PersonId creator,
                            TimeMs now, Groups::Done<bool> done) {
  write<bool>(
      [this, group, name = std::move(name), about = std::move(about), creator,
       now](Database& database) -> Result<bool> {
        database.run(
            "INSERT INTO network_group(id, name, about, created_at, memory_meetings) "
            "VALUES(?, ?, ?, ?, ?)",
            group.value, name, about, now, memory_meetings_default);
        if (!creator) return true;
        return put_member(database, group, creator, Role::organiser, now, *secrets_.clock);
      },
      std::move(done));
}

void SqliteStore::change_group(GroupId group, GroupChange change, Groups::Done<bool> done) {
  write<bool>(
      [group, change = std::move(change)](Database& database) -> Result<bool> {
        const std::int64_t changed = database.run(
            "UPDATE network_group SET name = coalesce(?, name), about = coalesce(?, about), "
            "memory_meetings = coalesce(?, memory_meetings) WHERE id = ?",
            change.name, change.about, change.memory_meetings, group.value);
        prune_met(database, group);
        if (changed == 0) return refuse(ErrorCode::not_found, "There is no such group.");
        return true;
      },
      std::move(done));
}

void SqliteStore::delete_group(GroupId group, Groups::Done<bool> done) {
  write<bool>(
      [group](Database& database) -> Result<bool> {
        const bool existed =
            database.run("DELETE FROM network_group WHERE id = ?", group.value) > 0;
        database.run("DELETE FROM group_member WHERE group_id = ?", group.value);
        database.run("DELETE FROM memory_pair WHERE group_id = ?", group.value);
        database.run("DELETE FROM memory_token WHERE group_id = ?", group.value);
        database.run("DELETE FROM ban WHERE place = ?", group.value);
        return existed;
      },
      std::move(done));
}

void SqliteStore::put_group_member(GroupId group, PersonId person, Role role, TimeMs now,
                                   Groups::Done<bool> done) {
  write<bool>(
      [this, group, person, role, now](Database& database) {
        return put_member(database, group, person, role, now, *secrets_.clock);
      },
      std::move(done));
}

void SqliteStore::remove_group_member(GroupId group, PersonId person, Groups::Done<bool> done) {
  write<bool>(
      [group, person](Database& database) { return remove_member(database, group, person); },
      std::move(done));
}

void SqliteStore::set_rota(GroupId group, std::vector<PersonId> people, Groups::Done<bool> done) {
  write<bool>([group, people = std::move(people)](
                  Database& database) { return put_rota(database, group, people); },
              std::move(done));
}

void SqliteStore::hand_over(GroupId group, std::optional<PersonId> to, Groups::Done<bool> done) {
  write<bool>([group, to](Database& database) { return pass_chair(database, group, to); },
              std::move(done));
}

void SqliteStore::lift_ban(GroupId group, PersonId person, Groups::Done<bool> done) {
  write<bool>(
      [group, person](Database& database) -> Result<bool> {
        const std::int64_t lifted = database.run("DELETE FROM ban WHERE person = ? AND place = ?",
                                                 person.value, group.value);
        if (lifted == 0) return refuse(ErrorCode::not_found, "Nobody is banned there.", "person");
        return true;
      },
      std::move(done));
}

void SqliteStore::renew_calendar(GroupId group, PersonId person, bool on, Groups::Done<bool> done) {
  write<bool>(
      [this, group, person, on](Database& database) -> Result<bool> {
        const std::string key = on ? secrets_.clock->random_token() : std::string();
        const std::int64_t changed =
            database.run("UPDATE group_member SET calendar = ? WHERE group_id = ? AND person = ?",
                         key, group.value, person.value);
        if (changed == 0) return no_such_person();
        return true;
      },
      std::move(done));
}

void SqliteStore::enter_group_event(GroupId group, PersonId person, std::optional<EventId> event,
                                    TimeMs now, Groups::Done<EventId> done) {
  write<EventId>([group, person, event,
                  now](Database& database) { return enter(database, group, person, event, now); },
                 std::move(done));
}

void SqliteStore::join_by_claim(PersonId person, GroupId group, Role role, TimeMs now,
                                Groups::Done<bool> done) {
  write<bool>(
      [this, person, group, role, now](Database& database) -> Result<bool> {
        const auto known = read_group(database, group);
        if (!known) return known.error();
        const GroupMember* member = known->find(person);
        if (member != nullptr && member->role >= role) return true;
        return put_member(database, group, person, role, now, *secrets_.clock);
      },
      std::move(done));
}

void SqliteStore::forget_met(PersonId person, GroupId group, Groups::Done<bool> done) {
  write<bool>(
      [this, person, group](Database& database) -> Result<bool> {
        forget_met_rows(database, person, group, secrets_);
        return true;
      },
      std::move(done));
}

}  // namespace hallway
