// Puts people on the points of a design. Who is on which point changes nothing about repeats among
// the rounds of the design, and everything about who of them meets at all: swapping two people in
// all rounds at once keeps away organisations, blocks and history.
#pragma once

#include <limits>
#include <vector>

#include "rooms/seating/designs/design.hpp"
#include "rooms/seating/pair_costs.hpp"
#include "rooms/seating/random.hpp"

namespace hallway::seating {

inline constexpr Person nobody = std::numeric_limits<Person>::max();

class Labelling {
 public:
  /// `people` are put on the points in their order; with organisations, so that those stay within
  /// columns. Hosts get points of which no two
  /// share a table; points that are too many stay empty, where possible such ones as well, so that
  /// no table misses two. The design, the costs and the dice outlive this.
  Labelling(const Design& design, const PairCosts& costs, const std::vector<Person>& hosts,
            const std::vector<Person>& people, const std::vector<std::uint32_t>& org,
            Random& random);

  /// Swaps while there are proposals left and the cost is above `goal`; cooling down meanwhile.
  /// Returns how many proposals it took.
  std::uint64_t improve(std::uint64_t proposals, Cost goal, const Budget& budget);

  /// The person on each point, or `nobody`.
  const std::vector<Person>& people() const { return people_; }
  Cost cost() const { return cost_; }

 private:
  void find_mates(const Design& design);
  std::vector<std::uint32_t> apart_points(std::size_t count, bool is_from_the_end) const;
  Cost between(Person a, Person b) const {
    return costs_.are_together(a, b) ? 0 : costs_.next(a, b);
  }
  /// What the person would pay on the point, beside everyone there but one point.
  Cost price(Person person, std::uint32_t point, std::uint32_t except) const;
  Cost price(std::uint32_t point) const { return price(people_[point], point, point); }
  Cost difference(std::uint32_t one, std::uint32_t two) const;
  void find_bad_points();
  std::uint32_t choose();

  const PairCosts& costs_;
  Random& random_;
  std::size_t mates_count_ = 0;
  std::vector<std::uint32_t> mates_;  ///< Of each point, whom it shares a table with; row by row.
  std::vector<Person> people_;
  std::vector<std::uint32_t> free_points_;  ///< With somebody who is no host.
  std::vector<std::uint32_t> bad_points_;
  Cost cost_ = 0;
};

}  // namespace hallway::seating
