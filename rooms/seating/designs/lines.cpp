// Designs over finite fields.
#include <algorithm>

#include "rooms/seating/designs/constructions.hpp"
#include "rooms/seating/designs/field.hpp"

namespace hallway::seating {

Design lines(std::uint32_t tables, std::uint32_t size, std::size_t rounds) {
  Design design{tables, size, {}, "lines"};
  const std::optional<Field> field = Field::of(tables);
  if (!field || size > tables) return design;
  for (std::uint32_t slope = 0; slope < std::min<std::size_t>(rounds, tables); ++slope) {
    std::vector<std::uint16_t> at(design.points());
    for (std::uint32_t column = 0; column < size; ++column) {
      const std::uint32_t shift = field->multiply(slope, column);
      for (std::uint32_t x = 0; x < tables; ++x) {
        at[column * tables + x] = static_cast<std::uint16_t>(field->subtract(x, shift));
      }
    }
    design.rounds.push_back(std::move(at));
  }
  return design;
}

Design difference_family(std::uint32_t tables, std::size_t rounds) {
  Design design{tables, 4, {}, "difference family"};
  if ((4 * tables - 1) % 3 != 0) return design;
  const std::uint32_t order = (4 * tables - 1) / 3;
  const std::optional<Field> field = Field::of(order);
  if (!field || order % 4 != 1) return design;

  // Points (level, x) for three levels, and one that the group leaves alone. A base round has the
  // zeros of all levels with that one, and squares of opposite quarters on neighbouring levels.
  const std::uint32_t quarter = (order - 1) / 4;
  const std::uint32_t still = 3 * order;
  std::vector<std::uint32_t> base = {still, 0, order, 2 * order};
  for (std::uint32_t level = 0; level < 3; ++level) {
    for (std::uint32_t step = 0; step < quarter; ++step) {
      const std::uint32_t next = (level + 1) % 3;
      base.push_back(level * order + field->power(step));
      base.push_back(level * order + field->power(step + 2 * quarter));
      base.push_back(next * order + field->power(step + quarter));
      base.push_back(next * order + field->power(step + 3 * quarter));
    }
  }
  for (std::uint32_t by = 0; by < std::min<std::size_t>(rounds, order); ++by) {
    std::vector<std::uint16_t> at(design.points());
    for (std::size_t seat = 0; seat < base.size(); ++seat) {
      const std::uint32_t point = base[seat];
      const std::uint32_t moved =
          point == still ? still : point - point % order + field->add(point % order, by);
      at[moved] = static_cast<std::uint16_t>(seat / 4);
    }
    design.rounds.push_back(std::move(at));
  }
  return design;
}

}  // namespace hallway::seating
