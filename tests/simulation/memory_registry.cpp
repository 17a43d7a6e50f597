// See memory_registry.hpp.
#include "tests/simulation/memory_registry.hpp"

#include <cstring>

namespace hallway::simulation {

MemoryRegistry::MemoryRegistry(EventId event, std::vector<PersonView> people,
                               const StandingBook& standings)
    : event_(event), standings_(standings) {
  for (PersonView& person : people) people_.emplace(person.id, std::move(person));
}

MemoryRegistry::MemoryRegistry(EventId event, std::vector<PersonView> people)
    : event_(event), own_(std::make_unique<const StandingBook>(event, people)), standings_(*own_) {
  for (PersonView& person : people) people_.emplace(person.id, std::move(person));
}

TokenHash MemoryRegistry::token_of(PersonId person) {
  TokenHash hash{};
  std::memcpy(hash.data(), &person.value, sizeof person.value);
  return hash;
}

Result<SessionOwner> MemoryRegistry::session(const TokenHash& hash, TimeMs) {
  PersonId person;
  std::memcpy(&person.value, hash.data(), sizeof person.value);
  if (!people_.contains(person)) return refuse(ErrorCode::unauthenticated, "Unknown.");
  return SessionOwner{person, false};
}

Result<Membership> MemoryRegistry::membership(EventId event, PersonId person) {
  const auto known = people_.find(person);
  if (event != event_ || known == people_.end()) return nothing();
  return Membership{view_of(known->second), event, standings_.role_at(person),
                    !known->second.guest};
}

Result<std::optional<Ban>> MemoryRegistry::ban(EventId, PersonId person, TimeMs now) {
  const ShutOut* out = standings_.out(person, now);
  if (out == nullptr || out->is_refused) return std::optional<Ban>{};
  return std::optional<Ban>{Ban{out->until_at, out->reason}};
}

PersonView MemoryRegistry::view_of(PersonView person) const {
  person.role = standings_.role(person.id);
  return person;
}

Result<std::vector<PersonView>> MemoryRegistry::members(EventId) {
  std::vector<PersonView> members;
  for (const auto& [id, person] : people_) members.push_back(view_of(person));
  return members;
}

Result<std::vector<PersonView>> MemoryRegistry::staff(EventId event) {
  auto people = members(event);
  std::erase_if(*people, [](const PersonView& person) { return person.role == Role::member; });
  return people;
}

Result<std::vector<PersonView>> MemoryRegistry::people(const std::vector<PersonId>& people) {
  std::vector<PersonView> known;
  for (const PersonId person : people) {
    const auto entry = people_.find(person);
    if (entry != people_.end()) known.push_back(entry->second);
  }
  return known;
}

}  // namespace hallway::simulation
