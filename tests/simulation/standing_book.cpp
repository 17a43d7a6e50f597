// See standing_book.hpp.
#include "tests/simulation/standing_book.hpp"

#include <algorithm>

namespace hallway::simulation {

StandingBook::StandingBook(EventId event, const std::vector<PersonView>& people) : event_(event) {
  for (const PersonView& person : people) {
    roles_[person.id].role = person.role;
    if (person.role != Role::member) was_staff_.insert(person.id);
  }
}

void StandingBook::note(const JournalEntry& entry) {
  const Push& push = entry.push;
  if (entry.place == place_of(event_)) {
    if (const auto* removed = std::get_if<PersonRemoved>(&push.data)) {
      shut_out(removed->person, push.at, {next_number_, {}, false, removed->reason});
    } else if (const auto* banned = std::get_if<PersonBanned>(&push.data)) {
      shut_out(banned->person, push.at, {next_number_, banned->until_at, false, banned->reason});
    } else if (const auto* refused = std::get_if<PersonRefused>(&push.data)) {
      shut_out(refused->person, push.at, {next_number_, {}, true, ""});
    } else if (const auto* back = std::get_if<PersonUnbanned>(&push.data)) {
      out_.erase(back->person);
    } else if (const auto* muted = std::get_if<PersonMuted>(&push.data); muted && !muted->voice) {
      muted_until_[{muted->person, muted->room}] = muted->until_at;
    } else if (const auto* unmuted = std::get_if<PersonUnmuted>(&push.data)) {
      std::erase_if(muted_until_, [&](const auto& mute) {
        const auto& [person, room] = mute.first;
        return person == unmuted->person && (!unmuted->room || room == unmuted->room);
      });
    } else if (const auto* granted = std::get_if<RoleGranted>(&push.data)) {
      set_role(granted->person, granted->scope, granted->role, push.at);
    } else if (const auto* revoked = std::get_if<RoleRevoked>(&push.data)) {
      set_role(revoked->person, revoked->scope, Role::member, push.at);
    }
  }
  ++next_number_;
}

void StandingBook::shut_out(PersonId person, TimeMs at, ShutOut how) {
  was_out_.insert(person);
  if (const ShutOut* before = out(person, at)) how.since = before->since;
  out_[person] = std::move(how);
}

void StandingBook::set_role(PersonId person, const RoleScope& scope, Role role, TimeMs at) {
  if (role != Role::member) was_staff_.insert(person);
  if (!scope.room) {
    roles_[person] = {role, at};
  } else if (role == Role::member) {
    room_roles_.erase({person, scope.room});
  } else {
    room_roles_[{person, scope.room}] = role;
  }
}

Role StandingBook::role(PersonId person) const {
  const auto entry = roles_.find(person);
  return entry == roles_.end() ? Role::member : entry->second.role;
}

TimeMs StandingBook::role_at(PersonId person) const {
  const auto entry = roles_.find(person);
  return entry == roles_.end() ? 0 : entry->second.since_at;
}

Role StandingBook::role_in(PersonId person, RoomId room) const {
  const auto entry = room_roles_.find({person, room});
  return entry == room_roles_.end() ? role(person) : std::max(role(person), entry->second);
}

std::vector<PersonId> StandingBook::changed() const {
  std::vector<PersonId> people;
  for (const auto& [person, held] : roles_) {
    if (held.since_at != 0) people.push_back(person);
  }
  return people;
}

Role StandingBook::highest(PersonId person) const {
  Role highest = role(person);
  for (auto entry = room_roles_.lower_bound({person, RoomId{}});
       entry != room_roles_.end() && entry->first.first == person; ++entry) {
    highest = std::max(highest, entry->second);
  }
  return highest;
}

std::uint64_t StandingBook::desk() const {
  std::uint64_t bits = 0;
  for (const auto& [person, held] : roles_) {
    if (is_of_desk(person)) bits |= std::uint64_t{1} << person.value;
  }
  return bits;
}

std::size_t StandingBook::organisers() const {
  return static_cast<std::size_t>(
      std::count_if(roles_.begin(), roles_.end(),
                    [](const auto& entry) { return entry.second.role == Role::organiser; }));
}

const ShutOut* StandingBook::out(PersonId person, TimeMs now) const {
  const auto entry = out_.find(person);
  if (entry == out_.end()) return nullptr;
  const auto& until_at = entry->second.until_at;
  return until_at && *until_at <= now ? nullptr : &entry->second;
}

bool StandingBook::is_muted(PersonId person, RoomId room, TimeMs now) const {
  for (const RoomId where : {RoomId{}, room}) {
    const auto entry = muted_until_.find({person, where});
    if (entry != muted_until_.end() && now < entry->second) return true;
  }
  return false;
}

}  // namespace hallway::simulation
