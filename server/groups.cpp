// Questions about a group. See groups.hpp.
#include "server/groups.hpp"

#include <algorithm>

namespace hallway {

const GroupMember* Group::find(PersonId person) const {
  const auto found = std::find_if(members.begin(), members.end(), [&](const GroupMember& member) {
    return member.person == person;
  });
  return found == members.end() ? nullptr : &*found;
}

PersonId Group::next_facilitator() const {
  if (rota.empty()) return {};
  const auto now = std::find(rota.begin(), rota.end(), facilitator);
  if (now == rota.end()) return rota.front();
  return now + 1 == rota.end() ? rota.front() : *(now + 1);
}

}  // namespace hallway
