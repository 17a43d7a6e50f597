#include "rooms/seating/designs/design.hpp"

#include <algorithm>

#include "rooms/seating/designs/constructions.hpp"

namespace hallway::seating {
namespace {

/// Where the size divides the number of tables, no two points of a column have met, and each column
/// fills whole tables: further rounds are played within the columns, by the best design for those.
void add_rounds_within_columns(Design& design, std::size_t rounds) {
  const std::uint32_t tables = design.tables;
  if (design.rounds.size() >= rounds || tables % design.size != 0) return;
  const std::uint32_t share = tables / design.size;
  const Design within = best_design(share, design.size, rounds - design.rounds.size());
  for (const auto& inner : within.rounds) {
    std::vector<std::uint16_t> round(design.points());
    for (std::uint32_t point = 0; point < design.points(); ++point) {
      const std::uint32_t column = point / tables;
      round[point] = static_cast<std::uint16_t>(column * share + inner[point % tables]);
    }
    design.rounds.push_back(std::move(round));
  }
}

}  // namespace

bool is_sound(const Design& design) {
  const std::size_t points = design.points();
  std::vector<bool> have_met(points * points);
  std::vector<std::vector<std::size_t>> at(design.tables);
  for (const auto& round : design.rounds) {
    if (round.size() != points) return false;
    for (auto& table : at) table.clear();
    for (std::size_t point = 0; point < points; ++point) {
      if (round[point] >= design.tables) return false;
      for (const std::size_t other : at[round[point]]) {
        if (have_met[other * points + point]) return false;
        have_met[other * points + point] = true;
      }
      at[round[point]].push_back(point);
    }
    const bool are_full = std::all_of(
        at.begin(), at.end(), [&](const auto& table) { return table.size() == design.size; });
    if (!are_full) return false;
  }
  return true;
}

Design best_design(std::uint32_t tables, std::uint32_t size, std::size_t rounds) {
  if (tables == 0 || size < 2 || rounds == 0) return {tables, size, {}, "none"};
  Design best{tables, size, {}, "none"};
  const auto consider = [&](Design design, bool has_columns) {
    if (design.rounds.size() == 0) return false;
    if (has_columns) add_rounds_within_columns(design, rounds);
    if (design.rounds.size() > best.rounds.size() && is_sound(design)) best = std::move(design);
    return best.rounds.size() >= rounds;
  };
  const bool is_simple = std::uint64_t{size - 1} * (rounds - 1) < tables;
  if (is_simple && consider(shifts(tables, size, rounds), true)) return best;
  if (size == 2 && consider(circle(tables, rounds), false)) return best;
  if (consider(catalogued(tables, size, rounds), false)) return best;
  if (size == 4 && consider(difference_family(tables, rounds), false)) return best;
  if (consider(squares_of_ten(tables, size, rounds), false)) return best;
  if (consider(lines(tables, size, rounds), true)) return best;
  consider(shifts(tables, size, rounds), true);
  return best;
}

}  // namespace hallway::seating
