// How many tables, and how large.
#include <algorithm>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {

std::vector<std::uint32_t> table_sizes(std::uint32_t people, std::uint32_t size,
                                       std::uint32_t size_min) {
  if (people < 2) return {};
  const std::uint64_t wanted = std::max(size, 2u);
  const std::uint64_t least = std::max(size_min, 2u);
  std::uint64_t tables = std::max<std::uint64_t>((people + wanted / 2) / wanted, 1);
  while (tables > 1 && people / tables < least) --tables;

  const auto small = static_cast<std::uint32_t>(people / tables);
  std::vector<std::uint32_t> sizes(tables, small);
  for (std::uint64_t larger = 0; larger < people % tables; ++larger) ++sizes[larger];
  return sizes;
}

}  // namespace hallway::seating
