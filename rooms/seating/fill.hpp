// Seats one round person by person: where everybody has a wish, as far as the sizes allow; else
// where it costs least just now.
#pragma once

#include <limits>
#include <span>

#include "rooms/seating/pair_costs.hpp"

namespace hallway::seating {

inline constexpr std::uint32_t no_table = std::numeric_limits<std::uint32_t>::max();

/// The table of each person who is pinned in this round, else `no_table`; by person.
std::vector<std::uint32_t> pinned_tables(const Problem& problem, const RoundSpec& spec);

/// Hosts first, then wishes (`wishes[person]`, a table or `no_table`; empty for none at all), then
/// the rest in the order of `spec.present`. O(people²) at worst. The meetings are not counted yet.
Seats fill(const Problem& problem, const RoundSpec& spec, const PairCosts& costs,
           std::span<const std::uint32_t> wishes);

/// Counts the meetings of a round.
void count_meetings(const Seats& seats, PairCosts& costs);

/// Wishes that repeat `seats`; who has no seat there has none.
std::vector<std::uint32_t> wishes_of(const Seats& seats, std::uint32_t people);

}  // namespace hallway::seating
