// What a facilitator could choose instead, so that nobody meets twice.
#include <algorithm>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {
namespace {

constexpr std::uint64_t proposals_tried = 20'000;

/// The same people in `rounds` rounds at tables of another size.
Problem with(const Problem& problem, std::size_t rounds, std::uint32_t size,
             std::uint32_t size_min) {
  Problem changed = problem;
  const std::vector<Person>& present = problem.rounds.front().present;
  const auto people = static_cast<std::uint32_t>(present.size());
  changed.rounds.assign(rounds, {table_sizes(people, size, size_min), present});
  return changed;
}

bool is_without_repeats(const Problem& problem) {
  if (lower_bounds(problem).repeats > 0) return false;
  return measure(problem, solve(problem, {proposals_tried, 1, {}})).pairs_repeated == 0;
}

}  // namespace

Advice advise(const Problem& problem, std::uint32_t size, std::uint32_t size_min) {
  Advice advice;
  const std::size_t rounds = problem.rounds.size();
  if (rounds == 0 || problem.rounds.front().present.size() < 2) return advice;
  if (is_without_repeats(with(problem, rounds, size, size_min))) return advice;

  const auto people = static_cast<std::uint32_t>(problem.rounds.front().present.size());
  for (std::uint32_t smaller = std::clamp(size, 1u, people) - 1; smaller >= std::max(size_min, 2u);
       --smaller) {
    if (!is_without_repeats(with(problem, rounds, smaller, size_min))) continue;
    advice.size_without_repeats = smaller;
    break;
  }
  // Fewer rounds are never harder, so the most that are possible are found by halving.
  std::size_t possible = 0;
  std::size_t impossible = rounds;
  while (possible + 1 < impossible) {
    const std::size_t middle = (possible + impossible) / 2;
    const bool is_possible = is_without_repeats(with(problem, middle, size, size_min));
    (is_possible ? possible : impossible) = middle;
  }
  if (possible > 0) advice.rounds_without_repeats = static_cast<std::uint32_t>(possible);
  return advice;
}

}  // namespace hallway::seating
