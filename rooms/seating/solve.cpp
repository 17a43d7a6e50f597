// The whole plan: constructed first, as far as designs are known, and improved while the budget
// lasts.
#include <algorithm>
#include <array>
#include <limits>

#include "rooms/invariant.hpp"
#include "rooms/seating/annealing.hpp"
#include "rooms/seating/construction.hpp"

namespace hallway::seating {
namespace {

/// One annealing: its share of the proposals, in sixteenths, and temperatures in hundredths of a
/// repeat. Each starts with the best plan of those before.
struct Phase {
  std::uint32_t sixteenths;
  std::int32_t hottest, coldest;
};
/// First what mends a plan that is nearly right, then what rearranges it, what finds another, and
/// what polishes that. Tuned on tables that no design fills.
constexpr std::array<Phase, 4> phases = {{{2, 18, 6}, {4, 25, 10}, {7, 45, 18}, {3, 20, 5}}};

/// The rounds that are not frozen; what happened in those that are counts as met.
Problem without_frozen(const Problem& problem, const Plan& frozen) {
  Problem rest = problem;
  rest.rounds.erase(rest.rounds.begin(),
                    rest.rounds.begin() + static_cast<std::ptrdiff_t>(frozen.rounds.size()));
  for (const Seats& seats : frozen.rounds) {
    for (const Group& group : seats) {
      for (std::size_t one = 0; one < group.size(); ++one) {
        for (std::size_t two = one + 1; two < group.size(); ++two) {
          invariant(std::max(group[one], group[two]) < problem.people, "a frozen round is sound");
          rest.met.push_back({group[one], group[two], 1});
        }
      }
    }
  }
  return rest;
}

/// A cost that no plan is below, so that a search that reaches it is done.
Cost least_cost(const Problem& problem, const PairCosts& costs) {
  if (costs.has_asks()) return std::numeric_limits<Cost>::min();
  const Bounds bounds = lower_bounds(problem);
  Cost sum = static_cast<Cost>(bounds.repeats) * costs.of_repeat() +
             static_cast<Cost>(bounds.same_org) * costs.of_organisation();
  for (const RoundSpec& spec : problem.rounds) {
    std::vector<bool> is_present(problem.people);
    for (const Person person : spec.present) is_present[person] = true;
    for (const auto& [a, b] : problem.together) {
      if (is_present[a] && is_present[b]) sum += costs.of_together();
    }
  }
  return sum;
}

/// Of a temperature for repeats that cost one; where they cost nothing, what else does sets it.
std::int32_t in_repeats(std::int32_t temperature, const PairCosts& costs) {
  const std::int64_t unit = costs.of_repeat() > 0 ? costs.of_repeat() : cost_scale;
  return static_cast<std::int32_t>(temperature * unit / cost_scale);
}

Plan solve_rest(const Problem& problem, const Budget& budget) {
  PairCosts costs(problem);
  Random random(budget.seed);
  const Constructed first = construct(problem, costs, random, budget);
  Annealing annealing(problem, first.plan, costs, random, budget);
  annealing.join_together();
  const Cost goal = least_cost(problem, costs);
  const std::uint64_t left = budget.proposals - first.proposals;
  for (const Phase& phase : phases) {
    if (annealing.cost() <= goal || annealing.is_aborted()) break;
    annealing.run(left * phase.sixteenths / 16, in_repeats(phase.hottest, costs),
                  in_repeats(phase.coldest, costs), goal);
  }
  return annealing.plan();
}

}  // namespace

Plan solve(const Problem& problem, const Budget& budget, const Plan& frozen) {
  invariant(fault(problem).empty(), "a seating problem was not checked");
  invariant(frozen.rounds.size() <= problem.rounds.size(), "no more rounds are frozen than asked");
  Plan plan = frozen;
  const Plan rest = solve_rest(without_frozen(problem, frozen), budget);
  plan.rounds.insert(plan.rounds.end(), rest.rounds.begin(), rest.rounds.end());
  return plan;
}

}  // namespace hallway::seating
