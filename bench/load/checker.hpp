// The history checker: whether what clients sent, were told and saw can have come from a server
// that keeps its promise. The rules A1 to A8 are those of docs/reliability.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "load/history.hpp"

namespace hallway::load {

struct CheckOptions {
  /// After a restore, or an unclean stop with relaxed durability, epochs change.
  bool epochs_may_change = false;
};

struct Finding {
  std::string rule;  // "A1" … "A8"
  std::string text;
};

struct Verdict {
  std::vector<Finding> findings;
  std::size_t clients = 0;
  std::size_t streams = 0;
  std::size_t acknowledged = 0;
  std::size_t resent = 0;
  std::size_t duplicates = 0;  // answers that said dup
  std::size_t pushes = 0;
  std::size_t hellos = 0;
  std::size_t recovered = 0;
  std::size_t resets = 0;

  [[nodiscard]] bool clean() const { return findings.empty(); }
};

/// The records of one client stand in the order in which that client lived them; how clients are
/// interleaved does not matter.
[[nodiscard]] Verdict check(const std::vector<Record>& records, const CheckOptions& options = {});

}  // namespace hallway::load
