// The first plan: designs where there are any, with people put on their points, and the rest
// person by person.
#pragma once

#include <string>

#include "rooms/seating/pair_costs.hpp"
#include "rooms/seating/random.hpp"

namespace hallway::seating {

struct Constructed {
  Plan plan;
  std::uint64_t proposals = 0;  ///< Used up by labelling.
};

/// Seats all rounds of the problem and counts their meetings in `costs`. Uses a quarter of the
/// budget's proposals at most.
Constructed construct(const Problem& problem, PairCosts& costs, Random& random,
                      const Budget& budget);

}  // namespace hallway::seating
