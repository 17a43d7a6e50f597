// Plans for nobody in particular: points instead of people, in rounds where no two points share a
// table twice. People are put on the points afterwards (labelling.hpp).
#pragma once

#include <cstdint>
#include <vector>

namespace hallway::seating {

/// Points are numbered 0 to tables·size−1. Most designs are made of columns: `size` of them, of
/// `tables` points each (point = column·tables + x), and no two points of a column share a table.
struct Design {
  std::uint32_t tables = 0;
  std::uint32_t size = 0;
  std::vector<std::vector<std::uint16_t>> rounds;  ///< The table of each point.
  const char* method = "none";                     ///< Which construction; for tables of results.

  std::uint32_t points() const { return tables * size; }
};

/// The recount that every design passes before it is used: all tables are full, and no two points
/// share a table twice.
bool is_sound(const Design& design);

/// The first `rounds` of the design with the most rounds that is known here, for `tables` tables of
/// `size`; it may have fewer, or none. Always the same for the same numbers.
Design best_design(std::uint32_t tables, std::uint32_t size, std::size_t rounds);

}  // namespace hallway::seating
