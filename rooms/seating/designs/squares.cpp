// Two orthogonal Latin squares of order 10, which Euler thought impossible.
#include <algorithm>
#include <array>

#include "rooms/seating/designs/constructions.hpp"

namespace hallway::seating {
namespace {

constexpr std::uint32_t order = 10;
constexpr std::uint32_t turning = 7;  ///< Symbols 0–6 turn, 7–9 stand still.

using Entry = std::array<std::uint32_t, 4>;  ///< Row, column, and the symbols of both squares.

/// The construction of Bose, Shrikhande and Parker (1960) for 3m+1 symbols, m = 3: four vectors
/// whose differences modulo 7 are all distinct, developed, and a pair of order 3 in the corner.
std::vector<Entry> orthogonal_entries() {
  std::vector<Entry> entries;
  for (std::uint32_t by = 0; by < turning; ++by) {
    const auto moved = [by](std::uint32_t symbol) { return (symbol + by) % turning; };
    entries.push_back({by, by, by, by});
    for (std::uint32_t step = 1; step <= 3; ++step) {
      const std::uint32_t zero = moved(0);
      const std::uint32_t up = moved(step);
      const std::uint32_t down = moved(turning - step);
      const std::uint32_t still = turning + step - 1;
      entries.push_back({zero, up, down, still});
      entries.push_back({up, zero, still, down});
      entries.push_back({down, still, zero, up});
      entries.push_back({still, down, up, zero});
    }
  }
  for (std::uint32_t row = 0; row < 3; ++row) {
    for (std::uint32_t column = 0; column < 3; ++column) {
      entries.push_back({turning + row, turning + column, turning + (row + column) % 3,
                         turning + (row + 2 * column) % 3});
    }
  }
  return entries;
}

}  // namespace

Design squares_of_ten(std::uint32_t tables, std::uint32_t size, std::size_t rounds) {
  Design design{tables, size, {}, "Latin squares"};
  if (tables != order || size != order) return design;
  const std::vector<Entry> entries = orthogonal_entries();
  for (std::size_t coordinate = 0; coordinate < std::min<std::size_t>(rounds, 4); ++coordinate) {
    std::vector<std::uint16_t> at;
    for (const Entry& entry : entries) at.push_back(static_cast<std::uint16_t>(entry[coordinate]));
    design.rounds.push_back(std::move(at));
  }
  return design;
}

}  // namespace hallway::seating
