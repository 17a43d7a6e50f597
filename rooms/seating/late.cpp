// Who comes late finds a table; a table that has shrunk is helped.
#include <algorithm>
#include <limits>
#include <tuple>

#include "rooms/invariant.hpp"
#include "rooms/seating/acquaintance.hpp"

namespace hallway::seating {
namespace {

using Price = std::tuple<std::size_t, std::size_t, std::size_t>;
constexpr Price unaffordable{std::numeric_limits<std::size_t>::max(), 0, 0};

bool is_host(const Problem& problem, Person person, std::size_t table) {
  return std::any_of(problem.pins.begin(), problem.pins.end(),
                     [&](const Pin& pin) { return pin.person == person && pin.table == table; });
}

bool are_together(const Problem& problem, Person person, const Group& group) {
  const auto sits_here = [&](Person other) {
    return std::find(group.begin(), group.end(), other) != group.end();
  };
  return std::any_of(problem.together.begin(), problem.together.end(), [&](const auto& pair) {
    return (pair.first == person && sits_here(pair.second)) ||
           (pair.second == person && sits_here(pair.first));
  });
}

/// All of the shrunken table move: to the fewest conflicts, the fewest people, the fewest met.
Repair merge(const Problem& problem, const Seats& now, std::size_t table) {
  Repair repair{Repair::Kind::none, table, 0, {}};
  std::vector<Acquaintance> movers;
  for (const Person person : now[table]) movers.emplace_back(problem, person);
  Price best = unaffordable;
  for (std::size_t other = 0; other < now.size(); ++other) {
    if (other == table || now[other].empty()) continue;
    std::size_t conflicts = 0;
    std::size_t met = 0;
    for (const Acquaintance& mover : movers) {
      const Reception reception = mover.at(now[other]);
      conflicts += reception.conflicts;
      met += reception.met;
    }
    const Price price{conflicts, now[other].size(), met};
    if (price >= best) continue;
    best = price;
    repair = {Repair::Kind::merge, table, other, now[table]};
  }
  return repair;
}

/// One from a larger table: the fewest conflicts, then from the largest table, the fewest met.
Repair pull(const Problem& problem, const Seats& now, std::size_t table, std::size_t size_min) {
  Repair repair{Repair::Kind::none, table, 0, {}};
  Price best = unaffordable;
  for (std::size_t other = 0; other < now.size(); ++other) {
    if (other == table || now[other].size() <= size_min) continue;
    for (const Person person : now[other]) {
      if (is_host(problem, person, other) || are_together(problem, person, now[other])) continue;
      const Reception reception = Acquaintance(problem, person).at(now[table]);
      const Price price{reception.conflicts, problem.people - now[other].size(), reception.met};
      if (price >= best) continue;
      best = price;
      repair = {Repair::Kind::pull, table, other, {person}};
    }
  }
  return repair;
}

}  // namespace

std::size_t seat_late(const Problem& problem, const Seats& now, Person late) {
  invariant(!now.empty(), "somebody comes late to a round with tables");
  const Acquaintance acquaintance(problem, late);
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (const Group& group : now) {
    if (!group.empty()) fewest = std::min(fewest, group.size());
  }
  std::size_t best = 0;
  Price best_price = unaffordable;
  for (std::size_t table = 0; table < now.size(); ++table) {
    if (now[table].size() != fewest) continue;
    const Reception reception = acquaintance.at(now[table]);
    const Price price{reception.conflicts, reception.met, table};
    if (price >= best_price) continue;
    best_price = price;
    best = table;
  }
  return best;
}

Repair on_leave(const Problem& problem, const Seats& now, std::size_t table,
                std::uint32_t size_min) {
  invariant(table < now.size(), "the table that shrank is one of the round");
  const std::size_t least = std::max<std::size_t>(size_min, 2);
  if (now[table].empty() || now[table].size() >= least) return {Repair::Kind::none, table, 0, {}};
  const Repair pulled = now[table].size() + 1 >= least ? pull(problem, now, table, least)
                                                       : Repair{Repair::Kind::none, table, 0, {}};
  return pulled.kind == Repair::Kind::none ? merge(problem, now, table) : pulled;
}

}  // namespace hallway::seating
