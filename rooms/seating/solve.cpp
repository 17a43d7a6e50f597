// The whole plan: constructed first, as far as designs are known, and improved while the budget
// lasts.
#include <algorithm>
#include <limits>

#include "rooms/invariant.hpp"
#include "rooms/seating/annealing.hpp"
#include "rooms/seating/construction.hpp"

namespace hallway::seating {
namespace {

/// Temperatures, in hundredths of a repeat. Cold mends what is nearly right, warm rearranges it,
/// hot starts over; all of them end cold.
constexpr std::int32_t cold = 12;
constexpr std::int32_t warm = 35;
constexpr std::int32_t hot = 60;
constexpr std::int32_t coldest = 6;

/// The rounds that are not frozen; what happened in those that are counts as met.
Problem without_frozen(const Problem& problem, const Plan& frozen) {
  Problem rest = problem;
  rest.rounds.erase(rest.rounds.begin(),
                    rest.rounds.begin() + static_cast<std::ptrdiff_t>(frozen.rounds.size()));
  for (const Seats& seats : frozen.rounds) {
    for (const Group& group : seats) {
      for (std::size_t one = 0; one < group.size(); ++one) {
        for (std::size_t two = one + 1; two < group.size(); ++two) {
          rest.met.push_back({group[one], group[two], 1});
        }
      }
    }
  }
  return rest;
}

/// A cost that no plan is below, so that a search that reaches it is done.
Cost least_cost(const Problem& problem, const PairCosts& costs) {
  if (!problem.ask.empty() && !problem.offer.empty()) return std::numeric_limits<Cost>::min();
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

Plan solve_rest(const Problem& problem, const Budget& budget) {
  PairCosts costs(problem);
  Random random(budget.seed);
  const Constructed first = construct(problem, costs, random, budget);
  Annealing annealing(problem, first.plan, costs, random, budget);
  annealing.join_together();
  const Cost goal = least_cost(problem, costs);
  const std::uint64_t left = budget.proposals - first.proposals;
  const auto run = [&](std::uint64_t proposals, std::int32_t hottest) {
    if (annealing.cost() > goal && !annealing.is_aborted()) {
      annealing.run(proposals, hottest, coldest, goal);
    }
  };
  run(left / 8, cold);
  run(left / 4, warm);
  run(left - left / 8 - left / 4, hot);
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
