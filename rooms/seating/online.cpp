// One round at a time: the next one, and what happens to it as people come late or leave.
#include <numeric>

#include "rooms/invariant.hpp"
#include "rooms/seating/fill.hpp"

namespace hallway::seating {
namespace {

bool fits(const Seats& planned, const RoundSpec& spec, std::uint32_t people) {
  if (planned.size() != spec.sizes.size()) return false;
  std::vector<bool> is_present(people);
  for (const Person person : spec.present) is_present[person] = true;
  for (std::size_t table = 0; table < planned.size(); ++table) {
    if (planned[table].size() != spec.sizes[table]) return false;
    for (const Person person : planned[table]) {
      if (person >= people || !is_present[person]) return false;
      is_present[person] = false;
    }
  }
  return true;
}

}  // namespace

Seats next_round(const Problem& problem, const Budget& budget, const Seats* planned) {
  invariant(problem.rounds.size() == 1, "the next round is one round");
  const RoundSpec& spec = problem.rounds.front();
  if (planned != nullptr && fits(*planned, spec, problem.people)) return *planned;
  return solve(problem, budget).rounds.front();
}

Seats adjust(const Problem& problem, const Seats& planned, const RoundSpec& now) {
  const std::size_t seats = std::accumulate(now.sizes.begin(), now.sizes.end(), std::size_t{0});
  invariant(seats == now.present.size(), "a round has a seat for everybody");
  for (const Person person : now.present) invariant(person < problem.people, "people are known");
  return fill(problem, now, PairCosts(problem), wishes_of(planned, problem.people));
}

}  // namespace hallway::seating
