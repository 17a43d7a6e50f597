// Port: standing groups: their members, the rota of who facilitates, their events, and the memory
// of who has met whom. Threads and blocking as for the registry (server/registry.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/view.hpp"
#include "rooms/round_seating.hpp"

namespace hallway {

struct GroupMember {
  PersonId person;
  std::string name;
  Role role = Role::member;  ///< Member, facilitator or organiser of the group.
  TimeMs since_at = 0;
  std::string calendar_key;  ///< Opens the feed of the group's events; empty: revoked.
};

struct Group {
  GroupId id;
  std::string name;
  std::string about;
  TimeMs created_at = 0;
  std::int64_t memory_meetings = 0;  ///< Meetings after which it is forgotten who met; 0: at once.
  std::vector<GroupMember> members;  ///< By how long they have belonged.
  std::vector<PersonId> rota;        ///< Who facilitates, in turn.
  PersonId facilitator;              ///< Whose turn it is; 0: nobody's.

  const GroupMember* find(PersonId person) const;
  /// Whose turn is next; 0: nobody's.
  PersonId next_facilitator() const;
};

/// What is not named stays.
struct GroupChange {
  std::optional<std::string> name;
  std::optional<std::string> about;
  std::optional<std::int64_t> memory_meetings;
};

/// An event with how often it was changed, for calendars.
struct DatedEvent {
  EventView event;
  std::int64_t changes = 0;
  TimeMs changed_at = 0;
};

/// Who is shut out of all events of a group, and which of them says so.
struct GroupBan {
  PersonId person;
  std::string name;
  std::optional<TimeMs> until_at;  ///< nullopt: until it is lifted.
  std::string reason;
  EventId event;      ///< It may be deleted meanwhile:
  std::string title;  ///< then it has none.
};

class Groups {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  virtual ~Groups() = default;

  // --- Reads
  virtual Result<Group> group(GroupId group) = 0;
  virtual Result<std::vector<GroupId>> groups() = 0;
  virtual Result<std::vector<GroupId>> groups_of(PersonId person) = 0;
  /// By when they start.
  virtual Result<std::vector<DatedEvent>> events_of(GroupId group) = 0;
  virtual Result<DatedEvent> dated_event(EventId event) = 0;
  /// Those that count at `now`.
  virtual Result<std::vector<GroupBan>> bans(GroupId group, TimeMs now) = 0;
  /// Whose key of the group's calendar this is; `not_found`.
  virtual Result<PersonId> calendar_reader(GroupId group, const std::string& key) = 0;
  /// Those of `people` who met at earlier events of the event's group, each pair with a weight that
  /// fades from 1 as meetings pass. Empty where the event has no group.
  virtual Result<std::vector<MetBefore>> met_before(EventId event,
                                                    const std::vector<PersonId>& people) = 0;

  // --- Writes. `not_found` where there is no such group or no such person in it.
  /// `creator` 0: by an operator, nobody is in it yet.
  virtual void put_group(GroupId group, std::string name, std::string about, PersonId creator,
                         TimeMs now, Done<bool> done) = 0;
  virtual void change_group(GroupId group, GroupChange change, Done<bool> done) = 0;
  /// With its members and its memory. Its events stay, and belong to no group that is known.
  virtual void delete_group(GroupId group, Done<bool> done) = 0;
  /// Adds a person who is known here, or changes their role; `conflict` for the last organiser's.
  virtual void put_group_member(GroupId group, PersonId person, Role role, TimeMs now,
                                Done<bool> done) = 0;
  /// The last organiser stays (`conflict`); whoever goes leaves the rota too.
  virtual void remove_group_member(GroupId group, PersonId person, Done<bool> done) = 0;
  /// Members alone; whose turn it is stays where they are still in it, else it is the first's.
  virtual void set_rota(GroupId group, std::vector<PersonId> people, Done<bool> done) = 0;
  /// To the next of the rota, or to `to` of it. `conflict` where nobody is in it.
  virtual void hand_over(GroupId group, std::optional<PersonId> to, Done<bool> done) = 0;
  /// For all events of the group but the one that said so, where it has its own; `not_found`.
  virtual void lift_ban(GroupId group, PersonId person, Done<bool> done) = 0;
  /// One's own key: a new one, or none.
  virtual void renew_calendar(GroupId group, PersonId person, bool on, Done<bool> done) = 0;
  /// Makes a member of the group one of its live or next event, or of the one asked for, and says
  /// which: organisers as organisers, who has the chair as facilitator. `banned`; `not_found`.
  virtual void enter_group_event(GroupId group, PersonId person, std::optional<EventId> event,
                                 TimeMs now, Done<EventId> done) = 0;
  /// As the association's sign-on claims: added, or raised to `role`; never lowered.
  virtual void join_by_claim(PersonId person, GroupId group, Role role, TimeMs now,
                             Done<bool> done) = 0;
  /// Whom this person has met, in one group or (0) all, is forgotten, and cannot be known again.
  virtual void forget_met(PersonId person, GroupId group, Done<bool> done) = 0;
};

}  // namespace hallway
