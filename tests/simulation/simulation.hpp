// One seed's story: people who arrive, hop, talk, sit, knock, lock, write privately, block, are
// muted, lose their network and come back, while appends fail, wires stall and the process crashes.
// Every second seed tells of rounds foremost, every fourth of moderation.
#pragma once

#include <cstdint>

namespace hallway::simulation {

struct Tally {
  std::uint64_t acts = 0;
  std::uint64_t crashes = 0;
  std::uint64_t failures = 0;
  std::uint64_t rounds_started = 0;
  std::uint64_t rounds_ended = 0;
  std::uint64_t moderated = 0;  ///< Lines of the log.
  std::uint64_t held = 0;
  std::uint64_t approved = 0;
  std::uint64_t reported = 0;
};

/// Throws Broken where a rule does not hold. The same arguments tell the same story.
Tally simulate(std::uint64_t seed, int steps);

}  // namespace hallway::simulation
