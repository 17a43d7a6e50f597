// Pairs by the circle method.
#include <algorithm>

#include "rooms/seating/designs/constructions.hpp"

namespace hallway::seating {

Design circle(std::uint32_t tables, std::size_t rounds) {
  Design design{tables, 2, {}, "circle"};
  const std::uint32_t turning = 2 * tables - 1;  // All but the last point, who stands still.
  for (std::uint32_t round = 0; round < std::min<std::size_t>(rounds, turning); ++round) {
    std::vector<std::uint16_t> at(2 * tables);
    at[turning] = 0;
    at[round] = 0;
    for (std::uint32_t table = 1; table < tables; ++table) {
      at[(round + table) % turning] = static_cast<std::uint16_t>(table);
      at[(round + turning - table) % turning] = static_cast<std::uint16_t>(table);
    }
    design.rounds.push_back(std::move(at));
  }
  return design;
}

}  // namespace hallway::seating
