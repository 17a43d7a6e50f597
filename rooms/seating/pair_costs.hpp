// What it costs that two people share a table once more: a table of all pairs, in integers.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {

/// Costs are counted in hundredths of a repeat, so that they add up alike on every machine.
using Cost = std::int64_t;
inline constexpr std::int32_t cost_scale = 100;

/// Knows of every pair what does not change (organisation, history, wishes) and how often it has
/// met in the rounds that are seated. 4 bytes a pair, both halves kept, so that whoever asks about
/// one person reads one row.
class PairCosts {
 public:
  explicit PairCosts(const Problem& problem);

  /// What one more meeting costs.
  std::int32_t next(Person a, Person b) const { return next(cell(a, b)); }
  /// What the last meeting cost; they have met.
  std::int32_t last(Person a, Person b) const {
    const Cell& pair = cell(a, b);
    return pair.fixed + steps_[pair.kind][pair.met - 1];
  }
  /// What any meeting costs whether or not they have met: neither repeats nor asks.
  std::int32_t fixed(Person a, Person b) const { return cell(a, b).fixed; }
  std::uint32_t met(Person a, Person b) const { return cell(a, b).met; }

  void meet(Person a, Person b) {
    ++mutable_cell(a, b).met;
    ++mutable_cell(b, a).met;
  }
  void unmeet(Person a, Person b) {
    --mutable_cell(a, b).met;
    --mutable_cell(b, a).met;
  }

  bool are_together(Person a, Person b) const { return (cell(a, b).kind & together_kind) != 0; }
  /// What two of one organisation cost, and what a first repeat does.
  std::int32_t of_organisation() const { return of_organisation_; }
  std::int32_t of_repeat() const { return steps_[0][1]; }
  std::int32_t of_together() const { return of_together_; }
  /// Whether anybody offers what somebody else asks for: then costs have no simple least.
  bool has_asks() const { return has_asks_; }
  std::uint32_t people() const { return people_; }

 private:
  struct Cell {
    std::int16_t fixed = 0;
    std::uint8_t met = 0;
    std::uint8_t kind = 0;
  };
  static constexpr std::uint8_t asks_kind = 1;
  static constexpr std::uint8_t together_kind = 2;

  const Cell& cell(Person a, Person b) const { return cells_[std::size_t{a} * people_ + b]; }
  Cell& mutable_cell(Person a, Person b) { return cells_[std::size_t{a} * people_ + b]; }
  std::int32_t next(const Cell& pair) const { return pair.fixed + steps_[pair.kind][pair.met]; }

  void fill_steps(const Weights& weights);
  void add_fixed(Person a, Person b, std::int32_t cost);
  void add_organisations(const Problem& problem);
  void add_asks(const Problem& problem);

  std::uint32_t people_;
  std::int32_t of_organisation_;
  std::int32_t of_together_;
  bool has_asks_ = false;
  std::vector<Cell> cells_;
  std::array<std::array<std::int32_t, 256>, 4> steps_{};  ///< By kind and meetings so far.
};

}  // namespace hallway::seating
