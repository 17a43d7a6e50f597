// Columns that turn at different speeds: difference matrices, given or searched for.
#include <algorithm>
#include <optional>

#include "rooms/seating/designs/constructions.hpp"
#include "rooms/seating/random.hpp"

namespace hallway::seating {
namespace {

constexpr std::uint32_t searched_tables_max = 128;
constexpr std::size_t steps_max = 500'000;  ///< Of one search: a few milliseconds.

/// An abelian group of `order` elements. With four or more dividing the order in a power of two, it
/// is not cyclic there: groups whose even part is cyclic have no complete mappings (Hall, Paige).
class AbelianGroup {
 public:
  explicit AbelianGroup(std::uint32_t order) : order_(order) {
    std::uint32_t rest = order;
    while (order % 4 == 0 && rest % 2 == 0) {
      factors_.push_back(2);
      rest /= 2;
    }
    if (rest > 1) factors_.push_back(rest);
  }

  std::uint32_t order() const { return order_; }
  std::uint32_t subtract(std::uint32_t a, std::uint32_t b) const {
    std::uint32_t difference = 0;
    std::uint32_t place = 1;
    for (const std::uint32_t factor : factors_) {
      difference += (a / place % factor + factor - b / place % factor) % factor * place;
      place *= factor;
    }
    return difference;
  }

 private:
  std::uint32_t order_;
  std::vector<std::uint32_t> factors_;
};

/// By column, then round.
using Shifts = std::vector<std::vector<std::uint32_t>>;

Design drawn(const AbelianGroup& group, const Shifts& shifts, const char* method) {
  const auto size = static_cast<std::uint32_t>(shifts.size());
  Design design{group.order(), size, {}, method};
  for (std::size_t round = 0; round < shifts.front().size(); ++round) {
    std::vector<std::uint16_t> at(design.points());
    for (std::uint32_t column = 0; column < size; ++column) {
      for (std::uint32_t x = 0; x < group.order(); ++x) {
        const std::uint32_t table = group.subtract(x, shifts[column][round]);
        at[column * group.order() + x] = static_cast<std::uint16_t>(table);
      }
    }
    design.rounds.push_back(std::move(at));
  }
  return design;
}

/// Column by column, and in each round by round, with steps back; values are tried in a random
/// order, and after too many steps everything starts anew.
class ShiftSearch {
 public:
  ShiftSearch(const AbelianGroup& group, std::uint32_t size, std::size_t rounds)
      : group_(group), size_(size), rounds_(rounds), random_(group.order() * 1000 + size) {
    differences_.resize(std::size_t{group.order()} * group.order());
    for (std::uint32_t a = 0; a < group.order(); ++a) {
      for (std::uint32_t b = 0; b < group.order(); ++b) {
        differences_[a * group.order() + b] = static_cast<std::uint16_t>(group.subtract(a, b));
      }
    }
  }

  std::optional<Shifts> run(std::size_t steps) {
    steps_left_ = steps;
    while (steps_left_ > 0) {
      shifts_.assign(1, std::vector<std::uint32_t>(rounds_, 0));
      while (shifts_.size() < size_ && add_column()) continue;
      if (shifts_.size() == size_) return shifts_;
    }
    return std::nullopt;
  }

 private:
  bool add_column() {
    used_.assign(shifts_.size() * group_.order(), false);
    shifts_.emplace_back(rounds_, 0);
    // The first round is every column's zero: shifting a whole column changes nothing.
    for (std::size_t earlier = 0; earlier + 1 < shifts_.size(); ++earlier) {
      used_[earlier * group_.order()] = true;
    }
    nodes_left_ = 40 * rounds_;
    if (extend(1)) return true;
    shifts_.pop_back();
    return false;
  }

  bool extend(std::size_t round) {
    if (round == rounds_) return true;
    std::vector<std::uint32_t> values(group_.order());
    for (std::uint32_t value = 0; value < values.size(); ++value) values[value] = value;
    shuffle(values, random_);
    for (const std::uint32_t value : values) {
      if (nodes_left_ == 0 || steps_left_ == 0) return false;
      if (!is_free(round, value)) continue;
      --nodes_left_;
      mark(round, value, true);
      shifts_.back()[round] = value;
      if (extend(round + 1)) return true;
      mark(round, value, false);
    }
    return false;
  }

  std::size_t use(std::size_t earlier, std::size_t round, std::uint32_t value) const {
    const std::size_t difference =
        differences_[std::size_t{value} * group_.order() + shifts_[earlier][round]];
    return earlier * group_.order() + difference;
  }
  bool is_free(std::size_t round, std::uint32_t value) {
    for (std::size_t earlier = 0; earlier + 1 < shifts_.size(); ++earlier) {
      if (steps_left_ == 0) return false;
      --steps_left_;
      if (used_[use(earlier, round, value)]) return false;
    }
    return true;
  }
  void mark(std::size_t round, std::uint32_t value, bool is_used) {
    for (std::size_t earlier = 0; earlier + 1 < shifts_.size(); ++earlier) {
      used_[use(earlier, round, value)] = is_used;
    }
  }

  const AbelianGroup& group_;
  std::uint32_t size_;
  std::size_t rounds_;
  Random random_;
  std::vector<std::uint16_t> differences_;
  Shifts shifts_;
  std::vector<bool> used_;      ///< By earlier column and difference to it.
  std::size_t nodes_left_ = 0;  ///< Of the column being added, before everything starts anew.
  std::size_t steps_left_ = 0;  ///< Looks at a difference, of the whole search.
};

}  // namespace

Design shifts(std::uint32_t tables, std::uint32_t size, std::size_t rounds) {
  if (std::uint64_t{size - 1} * (rounds - 1) < tables) {
    Design design{tables, size, {}, "cyclic shifts"};
    for (std::uint32_t round = 0; round < rounds; ++round) {
      std::vector<std::uint16_t> at(design.points());
      for (std::uint32_t point = 0; point < at.size(); ++point) {
        const std::uint32_t column = point / tables;
        at[point] = static_cast<std::uint16_t>((point % tables + tables - round * column) % tables);
      }
      design.rounds.push_back(std::move(at));
    }
    return design;
  }
  if (tables > searched_tables_max || size > tables) return shifts(tables, size, 1);
  // All rounds at once, or else, halving what is left, as many as are found.
  const AbelianGroup group(tables);
  std::optional<Shifts> best;
  std::size_t possible = 1;
  std::size_t impossible = std::min<std::size_t>(rounds, tables) + 1;
  for (std::size_t tried = impossible - 1; possible + 1 < impossible;
       tried = (possible + impossible) / 2) {
    auto found = ShiftSearch(group, size, tried).run(steps_max);
    (found ? possible : impossible) = tried;
    if (found) best = std::move(found);
  }
  if (best) return drawn(group, *best, "difference matrix");
  return shifts(tables, size, 1);
}

}  // namespace hallway::seating
