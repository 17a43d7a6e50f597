// The instances that the seating engine is measured on, and what is required of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rooms/seating/seating.hpp"

namespace seating_bench {

struct Instance {
  std::string name;
  std::string group;  ///< Of the table: "frontier", "given", "online".
  hallway::seating::Problem problem;
  std::uint64_t proposals = 0;
  std::size_t repeats_max = 0;
  std::size_t times_max = 1;  ///< How often one pair may meet.
  double cpu_ms_max = 0;      ///< For each round where `is_online`.
  bool is_online = false;     ///< Each round is planned when it comes, knowing only the past.
  std::optional<std::uint32_t> size = {};  ///< Of the tables, in the grid of the frontier.
};

/// The cells of the grid of known bests, then the instances with people in them. `variant` draws
/// other people, constraints and absences for the latter.
std::vector<Instance> instances(std::uint64_t variant);

}  // namespace seating_bench
