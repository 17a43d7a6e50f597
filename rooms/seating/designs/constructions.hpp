// The constructions that best_design chooses from. Each returns what it can: up to `rounds` rounds,
// or none where it does not apply.
#pragma once

#include <span>

#include "rooms/seating/designs/design.hpp"

namespace hallway::seating {

/// Tables of two, as round-robin tournaments are drawn: one stands still, the others turn about it.
/// 2·tables−1 rounds.
Design circle(std::uint32_t tables, std::size_t rounds);

/// Lines over the field of `tables` elements, a prime power, with size ≤ tables: in round r point
/// (c, x) is at table x − r·c. Two lines meet once. `tables` rounds.
Design lines(std::uint32_t tables, std::uint32_t size, std::size_t rounds);

/// Tables of four, all pairs met exactly once (R. C. Bose): a difference family over the field of
/// (4·tables−1)/3 elements, where that is a prime power ≡ 1 mod 4. As many rounds.
Design difference_family(std::uint32_t tables, std::size_t rounds);

/// Point (c, x) is at table x − d(c, r), in a group of `tables` elements, where for any two columns
/// the differences of their d are distinct (a difference matrix). d(c, r) = r·c while that does not
/// turn over; else it is searched for, with bounded effort.
Design shifts(std::uint32_t tables, std::uint32_t size, std::size_t rounds);

/// Ten tables of ten in four rounds: rows, columns and the two orthogonal Latin squares of order 10
/// that E. T. Parker found in 1959.
Design squares_of_ten(std::uint32_t tables, std::uint32_t size, std::size_t rounds);

/// From starters that were searched for offline (bench/seating/starter_search.cpp).
Design catalogued(std::uint32_t tables, std::uint32_t size, std::size_t rounds);

}  // namespace hallway::seating
