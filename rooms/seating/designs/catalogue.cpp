// Starters found offline. Where nothing else is said, `hallway-starters TABLES SIZE GROUP STRIDES`
// printed them; the first comment of bench/seating/starter_search.cpp says how they are read.
#include <algorithm>

#include "rooms/seating/designs/constructions.hpp"

namespace hallway::seating {
namespace {

struct Starter {
  std::uint32_t tables, size, group;
  bool is_rest_turning;
  std::vector<std::uint32_t> strides;
  std::vector<std::uint8_t> seats;  ///< Base round by base round, table by table.

  std::uint32_t points() const { return tables * size; }
  std::uint32_t shifted(std::uint32_t point, std::uint32_t by) const {
    const std::uint32_t rest = points() % group;
    const std::uint32_t moving = points() - rest;
    if (point < moving) {
      const std::uint32_t x = point % group;
      return point - x + (x + by) % group;
    }
    return is_rest_turning ? moving + (point - moving + by) % rest : point;
  }
};

// clang-format off
const std::vector<Starter>& catalogue() {
  static const std::vector<Starter> starters = {
      // 5 tables of 3, 7 rounds.
      {5, 3, 7, false, {7}, {
        4, 13, 2, 14, 8, 3, 11, 1, 5, 0, 7, 6, 12, 9, 10}},
      // 6 tables of 3, 8 rounds.
      {6, 3, 4, false, {4, 4}, {
        9, 3, 7, 1, 16, 8, 6, 13, 0, 11, 15, 10, 12, 4, 17, 5, 14, 2, 14, 15, 8, 10, 6,
        5, 11, 4, 3, 7, 13, 16, 0, 9, 17, 12, 1, 2}},
      // 6 tables of 4, 7 rounds.
      {6, 4, 7, false, {7}, {
        19, 13, 23, 5, 11, 20, 16, 14, 17, 4, 2, 1, 22, 3, 15, 8, 7, 18, 21, 0, 9, 12,
        10, 6}},
      // 6 tables of 5, 6 rounds.
      {6, 5, 6, false, {6}, {
        20, 21, 17, 24, 26, 2, 13, 8, 19, 27, 11, 28, 7, 29, 0, 3, 22, 6, 18, 4, 25, 15,
        1, 5, 14, 9, 10, 16, 23, 12}},
      // 7 tables of 3, 10 rounds.
      {7, 3, 5, false, {5, 5}, {
        6, 5, 2, 20, 18, 12, 13, 10, 7, 16, 15, 8, 11, 4, 0, 19, 14, 9, 3, 1, 17, 0, 17,
        13, 7, 20, 2, 14, 4, 5, 8, 1, 10, 9, 15, 6, 16, 18, 3, 12, 19, 11}},
      // 8 tables of 3, 11 rounds.
      {8, 3, 11, false, {11}, {
        1, 6, 10, 19, 3, 22, 23, 13, 4, 12, 20, 14, 8, 21, 9, 5, 2, 16, 0, 18, 17, 11,
        7, 15}},
      // 8 tables of 4, 10 rounds.
      {8, 4, 8, false, {4, 4, 2}, {
        12, 22, 17, 0, 16, 24, 15, 13, 31, 30, 2, 10, 3, 19, 25, 1, 14, 30, 28, 5, 16,
        12, 9, 27, 4, 11, 17, 19, 25, 6, 18, 7, 28, 18, 19, 31, 6, 3, 9, 8}},
      // 10 tables of 3, 14 rounds.
      {10, 3, 14, false, {14}, {
        12, 10, 25, 5, 24, 1, 29, 7, 23, 19, 2, 22, 27, 9, 21, 14, 4, 26, 0, 8, 13, 28,
        11, 18, 6, 17, 3, 20, 15, 16}},
      // 10 tables of 6, 7 rounds.
      {10, 6, 7, false, {7}, {
        31, 24, 54, 49, 41, 10, 28, 26, 56, 15, 4, 47, 13, 32, 53, 12, 29, 42, 2, 44,
        52, 38, 3, 30, 57, 9, 51, 27, 35, 20, 22, 6, 14, 59, 50, 7, 18, 5, 34, 17, 23,
        36, 33, 1, 58, 48, 25, 8, 21, 0, 55, 45, 37, 46, 39, 16, 43, 40, 19, 11}},
      // 10 tables of 8, 5 rounds.
      {10, 8, 5, false, {5}, {
        33, 29, 38, 67, 74, 51, 31, 11, 6, 76, 66, 48, 8, 65, 22, 56, 59, 15, 4, 72, 32,
        7, 42, 58, 16, 37, 13, 24, 44, 57, 12, 46, 36, 49, 21, 3, 30, 0, 68, 17, 19, 14,
        1, 75, 28, 26, 79, 70, 2, 45, 54, 25, 9, 47, 41, 53, 10, 60, 43, 69, 78, 40, 61,
        34, 20, 55, 52, 63, 50, 71, 18, 77, 62, 35, 23, 39, 64, 5, 73, 27}},
      // 10 tables of 9, 5 rounds.
      {10, 9, 10, false, {1, 1, 1, 1, 1}, {
        5, 83, 49, 31, 65, 10, 22, 56, 76, 84, 33, 49, 50, 74, 0, 68, 28, 19, 68, 87,
        20, 15, 58, 73, 30, 5, 40, 30, 66, 22, 51, 86, 74, 12, 45, 9, 31, 42, 81, 2, 28,
        64, 14, 78, 51}},
  };
  return starters;
}
// clang-format on

/// A base round, whose seats start at `first`, with `by` added to everybody whom the group moves.
std::vector<std::uint16_t> developed(const Starter& starter, std::size_t first,
                                     std::uint32_t stride, std::uint32_t by) {
  std::vector<std::uint16_t> at(starter.points());
  const std::uint32_t copies = starter.group / stride;
  for (std::uint32_t seat = 0; seat < starter.points(); ++seat) {
    const std::uint32_t copy = seat % copies;
    const std::uint32_t kept = seat / copies;
    const std::uint32_t point = starter.shifted(starter.seats[first + kept], by + copy * stride);
    at[point] = static_cast<std::uint16_t>(kept / starter.size * copies + copy);
  }
  return at;
}

}  // namespace

Design catalogued(std::uint32_t tables, std::uint32_t size, std::size_t rounds) {
  Design design{tables, size, {}, "starters"};
  const auto& starters = catalogue();
  const auto found = std::find_if(starters.begin(), starters.end(), [&](const Starter& starter) {
    return starter.tables == tables && starter.size == size;
  });
  if (found == starters.end()) return design;
  std::size_t first = 0;
  for (const std::uint32_t stride : found->strides) {
    for (std::uint32_t by = 0; by < stride && design.rounds.size() < rounds; ++by) {
      design.rounds.push_back(developed(*found, first, stride, by));
    }
    first += found->points() / (found->group / stride);
  }
  return design;
}

}  // namespace hallway::seating
