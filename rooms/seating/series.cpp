#include "rooms/seating/series.hpp"

#include <algorithm>
#include <limits>

#include "rooms/seating/designs/design.hpp"

namespace hallway::seating {
namespace {

constexpr std::size_t rounds_ahead_max = 12;

bool is_same(const RoundSpec& planned, const RoundSpec& now) {
  std::vector<Person> before = planned.present;
  std::vector<Person> after = now.present;
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  return planned.sizes == now.sizes && before == after;
}

/// As many rounds as a design has for such tables.
std::size_t rounds_ahead(const RoundSpec& spec) {
  const auto tables = static_cast<std::uint32_t>(spec.sizes.size());
  const std::uint32_t largest = *std::max_element(spec.sizes.begin(), spec.sizes.end());
  const Design design = best_design(tables, largest, rounds_ahead_max);
  return std::max<std::size_t>(design.rounds.size(), 1);
}

}  // namespace

Series::Series(Problem problem) : problem_(std::move(problem)) {
  for (const SeriesPair& pair : problem_.met) times_[std::minmax(pair.a, pair.b)] += pair.times;
}

Seats Series::next(const RoundSpec& spec, const Budget& budget) {
  if (spec.sizes.empty()) return {};
  const bool are_same = !problem_.rounds.empty() && is_same(problem_.rounds.front(), spec);
  const bool is_first = problem_.rounds.empty();
  problem_.rounds = {spec};
  const Budget half{budget.proposals / 2, budget.seed, budget.aborted};
  const Budget quarter{budget.proposals / 4, budget.seed, budget.aborted};
  if (!are_same) ahead_.rounds.clear();
  // Who changes once will change again; plans ahead are for those who stay.
  if (ahead_.rounds.empty() && (is_first || are_same)) plan_ahead(quarter);

  // The round for itself may be better than what is best over all the rounds that might come.
  Seats seats;
  double cost = std::numeric_limits<double>::max();
  if (!ahead_.rounds.empty()) {
    seats = ahead_.rounds.front();
    ahead_.rounds.erase(ahead_.rounds.begin());
    cost = measure(problem_, {{seats}}).cost;
  }
  if (cost > 0) {
    const Seats alone = next_round(problem_, half, nullptr);
    if (measure(problem_, {{alone}}).cost < cost) {
      seats = alone;
      ahead_.rounds.clear();
    }
  }
  remember(seats);
  return seats;
}

void Series::plan_ahead(const Budget& budget) {
  Problem problem = problem_;
  problem.rounds.assign(rounds_ahead(problem_.rounds.front()), problem_.rounds.front());
  ahead_ = solve(problem, budget);
}

void Series::remember(const Seats& seats) {
  for (const Group& group : seats) {
    for (std::size_t one = 0; one < group.size(); ++one) {
      for (std::size_t two = one + 1; two < group.size(); ++two) {
        ++times_[std::minmax(group[one], group[two])];
      }
    }
  }
  problem_.met.clear();
  for (const auto& [pair, times] : times_) problem_.met.push_back({pair.first, pair.second, times});
}

}  // namespace hallway::seating
