// What others do, to compare with: a shuffle, and the greedy genetic method.
#pragma once

#include <cstdint>

#include "rooms/seating/seating.hpp"

namespace seating_bench {

/// Everybody anywhere, round for round: breakout rooms that are "assigned automatically".
hallway::seating::Plan shuffled(const hallway::seating::Problem& problem, std::uint64_t seed);

/// One round at a time, as good-enough-golfers describes itself: some random orders; in each of 30
/// generations the hundred best have descendants, in which somebody of the worst table swaps places
/// with anybody else, and two random ones; a pair costs the square of how often it has met. Pairs
/// that are kept apart cost more than all else. It knows neither hosts nor couples; organisations
/// and history enter as pairs that have met once.
hallway::seating::Plan genetic(const hallway::seating::Problem& problem, std::uint64_t seed);

}  // namespace seating_bench
