// Improves a plan by swapping two people, or two blocks of people, within a round.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "rooms/seating/cooling.hpp"
#include "rooms/seating/pair_costs.hpp"
#include "rooms/seating/random.hpp"

namespace hallway::seating {

class Annealing {
 public:
  /// `plan` seats the rounds of the problem; its meetings are counted in `costs`, which is kept up
  /// to date. All arguments but the plan outlive this.
  Annealing(const Problem& problem, const Plan& plan, PairCosts& costs, Random& random,
            const Budget& budget);

  /// Moves those kept together to one table wherever they are not, at the least cost.
  void join_together();

  /// Cools from `hottest` to `coldest` over that many proposals, and ends with the best plan seen.
  /// Ends early at `goal`, or when the budget says so.
  void run(std::uint64_t proposals, std::int32_t hottest, std::int32_t coldest, Cost goal);

  Cost cost() const { return cost_; }
  bool is_aborted() const { return is_aborted_; }
  Plan plan() const;

 private:
  using Seat = std::uint32_t;  ///< Over all rounds and tables.
  static constexpr Seat nowhere = std::numeric_limits<Seat>::max();

  struct Table {
    Seat first, end;
    std::uint32_t round;
  };

  void seat_everyone(const Problem& problem, const Plan& plan);
  void find_partners(const Problem& problem);
  Cost total() const;
  Cost difference(Seat one, Seat two) const;
  void swap(Seat one, Seat two);
  bool is_bad(Seat seat) const;
  void find_bad_seats();
  Seat choose();
  void propose(const Cooling& cooling);
  void propose_blocks(Seat one, Seat two, const Cooling& cooling);
  std::vector<Seat> block_at(Seat seat) const;
  bool has_partner_here(Seat seat) const;
  bool join(Person a, Person b, std::vector<Seat>& seats);
  void move_together(Person a, Person b, std::vector<Seat>& seats);
  void join_swap(Seat one, Seat two, std::vector<Seat>& seats);
  void note_best();
  void restore_best();

  const Table& table_of(Seat seat) const { return tables_[table_at_[seat]]; }

  PairCosts& costs_;
  Random& random_;
  const Budget& budget_;
  std::vector<Person> people_;           ///< By seat.
  std::vector<std::uint32_t> table_at_;  ///< By seat.
  std::vector<Table> tables_;
  std::vector<std::size_t> tables_in_;         ///< Of each round.
  std::vector<std::vector<Seat>> free_seats_;  ///< Of each round: of those who are no hosts.
  std::vector<Seat> all_free_seats_;
  std::vector<bool> is_free_;
  std::vector<std::vector<Person>> partners_;  ///< Of each person; empty where nobody has any.
  std::vector<Seat> bad_seats_;
  Cost cost_ = 0;
  Cost best_cost_ = 0;
  std::vector<Person> best_;
  bool is_best_saved_ = false;
  bool is_aborted_ = false;
};

}  // namespace hallway::seating
