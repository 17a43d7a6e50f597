// When a search accepts what is worse: often at first, never at the end.
#pragma once

#include <cstdint>

#include "rooms/seating/pair_costs.hpp"
#include "rooms/seating/random.hpp"

namespace hallway::seating {

/// How often a search looks whether it is to stop.
inline constexpr std::uint64_t proposals_between_looks = 1000;

/// Temperatures are costs, in hundredths of a repeat. The share of the proposals that are used says
/// how warm it is; the clock has no say.
class Cooling {
 public:
  Cooling(std::int32_t hottest, std::int32_t coldest, std::uint64_t proposals)
      : hottest_(hottest), coldest_(coldest), proposals_(proposals), temperature_(hottest) {}

  void at(std::uint64_t proposal) {
    const std::uint64_t left = 1024 - proposal * 1024 / (proposals_ + 1);
    temperature_ =
        coldest_ + static_cast<std::int32_t>(
                       static_cast<std::uint64_t>(hottest_ - coldest_) * left * left >> 20);
  }

  /// Metropolis, with the logarithms of the dice taken from a table of integers.
  bool accepts(Cost worse, Random& random) const;

 private:
  std::int32_t hottest_;
  std::int32_t coldest_;
  std::uint64_t proposals_;
  std::int32_t temperature_;
};

}  // namespace hallway::seating
