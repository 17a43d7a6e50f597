#include "rooms/seating/fill.hpp"

#include <tuple>

namespace hallway::seating {
namespace {

class Filling {
 public:
  Filling(const RoundSpec& spec, const PairCosts& costs)
      : spec_(spec), costs_(costs), seats_(spec.sizes.size()) {
    for (std::size_t table = 0; table < seats_.size(); ++table) {
      seats_[table].reserve(spec.sizes[table]);
    }
  }

  bool seat_at(Person person, std::uint32_t table) {
    if (table >= seats_.size() || !has_room(table)) return false;
    seats_[table].push_back(person);
    return true;
  }

  /// Of equal tables the one with the most free seats: whom nobody knows yet spread out first.
  void seat_anywhere(Person person) {
    std::size_t best = 0;
    std::tuple<Cost, std::int64_t> best_price{std::numeric_limits<Cost>::max(), 0};
    for (std::size_t table = 0; table < seats_.size(); ++table) {
      if (!has_room(table)) continue;
      Cost cost = 0;
      for (const Person other : seats_[table]) cost += costs_.next(person, other);
      const std::size_t free = spec_.sizes[table] - seats_[table].size();
      const std::tuple price{cost, -static_cast<std::int64_t>(free)};
      if (price < best_price) {
        best_price = price;
        best = table;
      }
    }
    seats_[best].push_back(person);
  }

  Seats take() { return std::move(seats_); }

 private:
  bool has_room(std::size_t table) const { return seats_[table].size() < spec_.sizes[table]; }

  const RoundSpec& spec_;
  const PairCosts& costs_;
  Seats seats_;
};

}  // namespace

std::vector<std::uint32_t> pinned_tables(const Problem& problem, const RoundSpec& spec) {
  std::vector<std::uint32_t> tables(problem.people, no_table);
  if (problem.pins.empty()) return tables;
  std::vector<bool> is_present(problem.people);
  for (const Person person : spec.present) is_present[person] = true;
  std::vector<std::uint32_t> left = spec.sizes;
  for (const Pin& pin : problem.pins) {
    if (!is_present[pin.person] || pin.table >= left.size() || left[pin.table] == 0) continue;
    tables[pin.person] = pin.table;
    --left[pin.table];
  }
  return tables;
}

Seats fill(const Problem& problem, const RoundSpec& spec, const PairCosts& costs,
           std::span<const std::uint32_t> wishes) {
  Filling filling(spec, costs);
  const std::vector<std::uint32_t> pinned = pinned_tables(problem, spec);
  std::vector<bool> is_seated(problem.people);
  for (const Person person : spec.present) {
    if (pinned[person] != no_table) is_seated[person] = filling.seat_at(person, pinned[person]);
  }
  if (!wishes.empty()) {
    for (const Person person : spec.present) {
      if (!is_seated[person]) is_seated[person] = filling.seat_at(person, wishes[person]);
    }
  }
  for (const Person person : spec.present) {
    if (!is_seated[person]) filling.seat_anywhere(person);
  }
  return filling.take();
}

void count_meetings(const Seats& seats, PairCosts& costs) {
  for (const Group& group : seats) {
    for (std::size_t first = 0; first < group.size(); ++first) {
      for (std::size_t other = first + 1; other < group.size(); ++other) {
        costs.meet(group[first], group[other]);
      }
    }
  }
}

std::vector<std::uint32_t> wishes_of(const Seats& seats, std::uint32_t people) {
  std::vector<std::uint32_t> wishes(people, no_table);
  for (std::size_t table = 0; table < seats.size(); ++table) {
    for (const Person person : seats[table]) {
      if (person < people) wishes[person] = static_cast<std::uint32_t>(table);
    }
  }
  return wishes;
}

}  // namespace hallway::seating
