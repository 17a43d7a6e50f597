// The whole plan: what is known about the problem is constructed, the rest is searched for.
#include "rooms/invariant.hpp"
#include "rooms/seating/fill.hpp"
#include "rooms/seating/random.hpp"

namespace hallway::seating {

Plan solve(const Problem& problem, const Budget& budget, const Plan& frozen) {
  invariant(fault(problem).empty(), "a seating problem was not checked");
  PairCosts costs(problem);
  Random random(budget.seed);
  Plan plan;
  for (std::size_t round = 0; round < problem.rounds.size(); ++round) {
    if (round < frozen.rounds.size()) {
      plan.rounds.push_back(frozen.rounds[round]);
    } else {
      RoundSpec spec = problem.rounds[round];
      shuffle(spec.present, random);
      plan.rounds.push_back(fill(problem, spec, costs, {}));
    }
    count_meetings(plan.rounds.back(), costs);
  }
  return plan;
}

}  // namespace hallway::seating
