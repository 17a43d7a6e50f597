// Who has which role, who is out and who is muted, by what is committed: kept apart from the rules'
// own fold, so that a fault there is seen here. The registry answers from it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "server/journal.hpp"

namespace hallway::simulation {

/// Nothing: the push is another.
template <class T>
const T* as(const Push& push) {
  return std::get_if<T>(&push.data);
}

/// Whom somebody would not let in any more.
struct ShutOut {
  std::uint64_t since = 0;         ///< The number of the entry that said so.
  std::optional<TimeMs> until_at;  ///< nullopt: until it is lifted.
  bool is_refused = false;         ///< By admission: nothing that the registry knows of.
  std::string reason;
};

class StandingBook {
 public:
  StandingBook(EventId event, const std::vector<PersonView>& people);

  /// Every entry once, in the order of commit.
  void note(const JournalEntry& entry);
  /// Of the next entry.
  std::uint64_t next_number() const { return next_number_; }

  /// In the whole event.
  Role role(PersonId person) const;
  TimeMs role_at(PersonId person) const;
  Role role_in(PersonId person, RoomId room) const;
  /// Whose role in the event was ever granted or revoked.
  std::vector<PersonId> changed() const;
  /// Of all their roles.
  Role highest(PersonId person) const;
  bool is_of_desk(PersonId person) const { return highest(person) != Role::member; }
  /// A bit a person.
  std::uint64_t desk() const;
  std::size_t organisers() const;
  bool may_lock(PersonId person, RoomId room) const {
    return role_in(person, room) >= Role::moderator;
  }

  /// nullptr: may be in the event.
  const ShutOut* out(PersonId person, TimeMs now) const;
  /// At any time until now.
  bool was_out(PersonId person) const { return was_out_.contains(person); }
  /// In chat, in the whole event or in that room.
  bool is_muted(PersonId person, RoomId room, TimeMs now) const;
  /// Of any role at any time until now.
  const std::set<PersonId>& was_staff() const { return was_staff_; }

 private:
  struct Held {
    Role role = Role::member;
    TimeMs since_at = 0;
  };
  void shut_out(PersonId person, TimeMs at, ShutOut how);
  void set_role(PersonId person, const RoleScope& scope, Role role, TimeMs at);

  EventId event_;
  std::uint64_t next_number_ = 1;
  std::map<PersonId, Held> roles_;
  std::map<std::pair<PersonId, RoomId>, Role> room_roles_;
  std::map<PersonId, ShutOut> out_;
  std::set<PersonId> was_out_;
  std::set<PersonId> was_staff_;
  std::map<std::pair<PersonId, RoomId>, TimeMs> muted_until_;  ///< Room 0: everywhere.
};

}  // namespace hallway::simulation
