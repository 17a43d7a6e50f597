// One person's relations to all others, looked up without a table of all pairs.
#pragma once

#include "rooms/seating/seating.hpp"

namespace hallway::seating {

/// How somebody would be received at a table; the fewer conflicts the better, then the fewer met.
struct Reception {
  std::size_t conflicts = 0;  ///< Kept apart (counts ten), or of the same organisation.
  std::size_t met = 0;
};

/// O(people + pairs of the problem) to make, O(1) a question.
class Acquaintance {
 public:
  Acquaintance(const Problem& problem, Person person);

  Reception at(const Group& table) const;

 private:
  std::uint32_t org_of(Person person) const;

  const Problem& problem_;
  Person person_;
  std::vector<std::uint8_t> relations_;
};

}  // namespace hallway::seating
