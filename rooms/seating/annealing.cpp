#include "rooms/seating/annealing.hpp"

#include <algorithm>

#include "rooms/seating/fill.hpp"

namespace hallway::seating {

Annealing::Annealing(const Problem& problem, const Plan& plan, PairCosts& costs, Random& random,
                     const Budget& budget)
    : costs_(costs), random_(random), budget_(budget) {
  seat_everyone(problem, plan);
  find_partners(problem);
  cost_ = total();
  best_cost_ = cost_;
}

void Annealing::run(std::uint64_t proposals, std::int32_t hottest, std::int32_t coldest,
                    Cost goal) {
  if (all_free_seats_.size() < 2) return;
  Cooling cooling(hottest, coldest, proposals);
  // A look at all tables costs as much as some proposals for each seat of four.
  const std::uint64_t proposals_between_finds = all_free_seats_.size() / 4 + 1;
  note_best();
  for (std::uint64_t taken = 0; taken < proposals && best_cost_ > goal; ++taken) {
    if (taken % 64 == 0) cooling.at(taken);
    if (taken % proposals_between_finds == 0) find_bad_seats();
    if (taken % proposals_between_looks == 0 && budget_.aborted && budget_.aborted()) {
      is_aborted_ = true;
      break;
    }
    propose(cooling);
  }
  restore_best();
}

Plan Annealing::plan() const {
  Plan plan;
  std::size_t table = 0;
  for (const std::size_t tables : tables_in_) {
    Seats seats;
    for (std::size_t left = tables; left > 0; --left, ++table) {
      seats.emplace_back(people_.begin() + tables_[table].first,
                         people_.begin() + tables_[table].end);
    }
    plan.rounds.push_back(std::move(seats));
  }
  return plan;
}

void Annealing::seat_everyone(const Problem& problem, const Plan& plan) {
  for (std::uint32_t round = 0; round < plan.rounds.size(); ++round) {
    const auto pinned = pinned_tables(problem, problem.rounds[round]);
    free_seats_.emplace_back();
    tables_in_.push_back(plan.rounds[round].size());
    for (const Group& group : plan.rounds[round]) {
      const auto first = static_cast<Seat>(people_.size());
      for (const Person person : group) {
        const auto seat = static_cast<Seat>(people_.size());
        people_.push_back(person);
        table_at_.push_back(static_cast<std::uint32_t>(tables_.size()));
        is_free_.push_back(pinned[person] == no_table);
        if (!is_free_.back()) continue;
        free_seats_.back().push_back(seat);
        all_free_seats_.push_back(seat);
      }
      tables_.push_back({first, static_cast<Seat>(people_.size()), round});
    }
  }
}

void Annealing::find_partners(const Problem& problem) {
  if (problem.together.empty()) return;
  partners_.resize(problem.people);
  for (const auto& [a, b] : problem.together) {
    partners_[a].push_back(b);
    partners_[b].push_back(a);
  }
}

// --- Swaps of two

/// The sum that the counts of meetings make, in whatever order they came about.
Cost Annealing::total() const {
  PairCosts& costs = costs_;
  Cost sum = 0;
  for (const Table& table : tables_) {
    for (Seat seat = table.first; seat < table.end; ++seat) {
      for (Seat other = seat + 1; other < table.end; ++other) {
        sum += costs.last(people_[seat], people_[other]);
        costs.unmeet(people_[seat], people_[other]);
      }
    }
  }
  for (const Table& table : tables_) {
    for (Seat seat = table.first; seat < table.end; ++seat) {
      for (Seat other = seat + 1; other < table.end; ++other) {
        costs.meet(people_[seat], people_[other]);
      }
    }
  }
  return sum;
}

Cost Annealing::difference(Seat one, Seat two) const {
  const Person a = people_[one];
  const Person b = people_[two];
  const Table& here = table_of(one);
  const Table& there = table_of(two);
  Cost sum = 0;
  for (Seat seat = here.first; seat < here.end; ++seat) {
    if (seat != one) sum += costs_.next(b, people_[seat]) - costs_.last(a, people_[seat]);
  }
  for (Seat seat = there.first; seat < there.end; ++seat) {
    if (seat != two) sum += costs_.next(a, people_[seat]) - costs_.last(b, people_[seat]);
  }
  return sum;
}

void Annealing::swap(Seat one, Seat two) {
  const Person a = people_[one];
  const Person b = people_[two];
  const Table& here = table_of(one);
  const Table& there = table_of(two);
  for (Seat seat = here.first; seat < here.end; ++seat) {
    if (seat == one) continue;
    costs_.unmeet(a, people_[seat]);
    costs_.meet(b, people_[seat]);
  }
  for (Seat seat = there.first; seat < there.end; ++seat) {
    if (seat == two) continue;
    costs_.unmeet(b, people_[seat]);
    costs_.meet(a, people_[seat]);
  }
  people_[one] = b;
  people_[two] = a;
}

bool Annealing::is_bad(Seat seat) const {
  const Table& table = table_of(seat);
  for (Seat other = table.first; other < table.end; ++other) {
    if (other != seat && costs_.last(people_[seat], people_[other]) > 0) return true;
  }
  return false;
}

void Annealing::find_bad_seats() {
  bad_seats_.clear();
  for (const Seat seat : all_free_seats_) {
    if (is_bad(seat)) bad_seats_.push_back(seat);
  }
}

/// Half of the time somebody who pays; who no longer does is forgotten.
Annealing::Seat Annealing::choose() {
  if (random_.below(2) == 0) {
    while (!bad_seats_.empty()) {
      const std::uint32_t chosen = random_.below(bad_seats_.size());
      const Seat seat = bad_seats_[chosen];
      if (is_bad(seat)) return seat;
      bad_seats_[chosen] = bad_seats_.back();
      bad_seats_.pop_back();
    }
  }
  return all_free_seats_[random_.below(all_free_seats_.size())];
}

void Annealing::propose(const Cooling& cooling) {
  const Seat one = choose();
  const std::vector<Seat>& others = free_seats_[table_of(one).round];
  const Seat two = others[random_.below(others.size())];
  if (table_at_[one] == table_at_[two]) return;
  if (!partners_.empty() && (has_partner_here(one) || has_partner_here(two))) {
    propose_blocks(one, two, cooling);
    return;
  }
  const Cost worse = difference(one, two);
  if (!cooling.accepts(worse, random_)) return;
  if (worse > 0) note_best();
  swap(one, two);
  cost_ += worse;
  if (cost_ < best_cost_) {
    best_cost_ = cost_;
    is_best_saved_ = false;
  }
}

// --- Blocks: those kept together

bool Annealing::has_partner_here(Seat seat) const {
  const std::vector<Person>& partners = partners_[people_[seat]];
  if (partners.empty()) return false;
  const Table& table = table_of(seat);
  return std::any_of(people_.begin() + table.first, people_.begin() + table.end,
                     [&](Person person) {
                       return std::find(partners.begin(), partners.end(), person) != partners.end();
                     });
}

/// The seat and those at its table who are kept together with it, directly or through others.
std::vector<Annealing::Seat> Annealing::block_at(Seat seat) const {
  std::vector<Seat> block = {seat};
  const Table& table = table_of(seat);
  for (std::size_t next = 0; next < block.size(); ++next) {
    for (Seat other = table.first; other < table.end; ++other) {
      const bool is_partner = costs_.are_together(people_[block[next]], people_[other]);
      if (is_partner && std::find(block.begin(), block.end(), other) == block.end()) {
        block.push_back(other);
      }
    }
  }
  return block;
}

void Annealing::propose_blocks(Seat one, Seat two, const Cooling& cooling) {
  std::vector<Seat> here = block_at(one);
  std::vector<Seat> there = block_at(two);
  if (here.size() < there.size()) std::swap(here, there);
  const Table& table = table_of(there.front());
  // The smaller block is joined by others of its table who are kept together with nobody there.
  const std::uint32_t turn = random_.below(table.end - table.first);
  for (Seat step = 0; step < table.end - table.first && there.size() < here.size(); ++step) {
    const Seat seat = table.first + (turn + step) % (table.end - table.first);
    const bool is_taken = std::find(there.begin(), there.end(), seat) != there.end();
    if (!is_taken && is_free_[seat] && !has_partner_here(seat)) there.push_back(seat);
  }
  if (here.size() != there.size()) return;
  const auto is_free = [this](Seat seat) { return is_free_[seat]; };
  if (!std::all_of(here.begin(), here.end(), is_free)) return;
  if (!std::all_of(there.begin(), there.end(), is_free)) return;

  note_best();
  Cost worse = 0;
  for (std::size_t pair = 0; pair < here.size(); ++pair) {
    worse += difference(here[pair], there[pair]);
    swap(here[pair], there[pair]);
  }
  if (!cooling.accepts(worse, random_)) {
    for (std::size_t pair = here.size(); pair-- > 0;) swap(here[pair], there[pair]);
    return;
  }
  cost_ += worse;
  if (cost_ < best_cost_) {
    best_cost_ = cost_;
    is_best_saved_ = false;
  }
}

void Annealing::join_together() {
  if (partners_.empty()) return;
  std::vector<Seat> seats(partners_.size());
  for (std::uint32_t round = 0; round < free_seats_.size(); ++round) {
    std::fill(seats.begin(), seats.end(), nowhere);
    for (const Table& table : tables_) {
      if (table.round != round) continue;
      for (Seat seat = table.first; seat < table.end; ++seat) seats[people_[seat]] = seat;
    }
    for (Person person = 0; person < partners_.size(); ++person) {
      for (const Person partner : partners_[person]) {
        const bool are_here = seats[person] != nowhere && seats[partner] != nowhere;
        if (person > partner || !are_here) continue;
        if (table_at_[seats[person]] == table_at_[seats[partner]]) continue;
        if (!join(person, partner, seats)) move_together(person, partner, seats);
      }
    }
  }
}

/// The cheapest swap that brings either to the other's table, if it gains anything.
bool Annealing::join(Person a, Person b, std::vector<Seat>& seats) {
  Cost best = 0;
  Seat best_mover = nowhere;
  Seat best_seat = nowhere;
  for (const auto& [mover, stays] :
       {std::pair{seats[a], seats[b]}, std::pair{seats[b], seats[a]}}) {
    if (!is_free_[mover]) continue;
    const Table& table = table_of(stays);
    for (Seat seat = table.first; seat < table.end; ++seat) {
      if (seat == stays || !is_free_[seat]) continue;
      const Cost worse = difference(mover, seat);
      if (worse >= best) continue;
      best = worse;
      best_mover = mover;
      best_seat = seat;
    }
  }
  if (best_mover == nowhere) return false;
  join_swap(best_mover, best_seat, seats);
  return true;
}

/// Both to a table where two sit whom nobody there is kept together with.
void Annealing::move_together(Person a, Person b, std::vector<Seat>& seats) {
  if (!is_free_[seats[a]] || !is_free_[seats[b]]) return;
  const std::uint32_t round = table_of(seats[a]).round;
  for (std::size_t index = 0; index < tables_.size(); ++index) {
    const Table& table = tables_[index];
    const bool is_theirs = index == table_at_[seats[a]] || index == table_at_[seats[b]];
    if (table.round != round || is_theirs) continue;
    std::vector<Seat> strangers;
    for (Seat seat = table.first; seat < table.end && strangers.size() < 2; ++seat) {
      if (is_free_[seat] && !has_partner_here(seat)) strangers.push_back(seat);
    }
    if (strangers.size() < 2) continue;
    const Cost before = cost_;
    const Seat seat_a = seats[a];
    const Seat seat_b = seats[b];
    join_swap(seat_a, strangers[0], seats);
    join_swap(seat_b, strangers[1], seats);
    if (cost_ < before) return;
    join_swap(seat_b, strangers[1], seats);
    join_swap(seat_a, strangers[0], seats);
  }
}

void Annealing::join_swap(Seat one, Seat two, std::vector<Seat>& seats) {
  const Cost worse = difference(one, two);
  if (worse > 0) note_best();
  swap(one, two);
  seats[people_[one]] = one;
  seats[people_[two]] = two;
  cost_ += worse;
  if (cost_ >= best_cost_) return;
  best_cost_ = cost_;
  is_best_saved_ = false;
}

// --- The best plan seen

/// Called before the plan gets worse: copies it if it is the best and not yet copied.
void Annealing::note_best() {
  if (is_best_saved_ || cost_ != best_cost_) return;
  best_ = people_;
  is_best_saved_ = true;
}

void Annealing::restore_best() {
  if (!is_best_saved_ || cost_ == best_cost_) return;
  for (const Table& table : tables_) {
    for (Seat seat = table.first; seat < table.end; ++seat) {
      for (Seat other = seat + 1; other < table.end; ++other) {
        costs_.unmeet(people_[seat], people_[other]);
        costs_.meet(best_[seat], best_[other]);
      }
    }
  }
  people_ = best_;
  cost_ = best_cost_;
}

}  // namespace hallway::seating
