// simulation [--seed N] [--seeds COUNT] [--steps N] [--found FILE] [--trace 1]: tells the stories
// of COUNT seeds from N on, behind those of the file; the first that breaks a rule is told with its
// seed.
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulation/broken.hpp"
#include "tests/simulation/simulation.hpp"

namespace {

/// From so many on, the stories hold a round each on average, or they are not those they should be.
constexpr std::uint64_t seeds_that_count = 100;

volatile std::uint64_t current_seed = 0;
volatile int current_steps = 0;

void tell_seed() {
  std::fprintf(stderr, "again with: simulation --seed %llu --seeds 1 --steps %d\n",
               static_cast<unsigned long long>(current_seed), current_steps);
}

/// An invariant of the rules aborts; its seed must still be told.
void on_abort(int) {
  tell_seed();
}

bool holds(std::uint64_t seed, int steps, hallway::simulation::Tally& total) {
  current_seed = seed;
  current_steps = steps;
  try {
    const auto tally = hallway::simulation::simulate(seed, steps);
    total.acts += tally.acts;
    total.crashes += tally.crashes;
    total.failures += tally.failures;
    total.rounds_started += tally.rounds_started;
    total.rounds_ended += tally.rounds_ended;
    total.moderated += tally.moderated;
    total.held += tally.held;
    total.approved += tally.approved;
    total.reported += tally.reported;
    return true;
  } catch (const std::exception& broken) {
    std::fprintf(stderr, "broken: %s\n", broken.what());
    tell_seed();
    return false;
  }
}

std::optional<std::uint64_t> number(const char* text) {
  char* end = nullptr;
  const std::uint64_t value = std::strtoull(text, &end, 10);
  if (end == text || *end != '\0') return std::nullopt;
  return value;
}

void tell(const hallway::simulation::Tally& total, std::uint64_t told) {
  std::printf(
      "%llu seeds held: %llu acts, %llu crashes, %llu failed disks, "
      "%llu rounds started, %llu ended, %llu acts of moderation, %llu messages held, "
      "%llu approved, %llu reported\n",
      static_cast<unsigned long long>(told), static_cast<unsigned long long>(total.acts),
      static_cast<unsigned long long>(total.crashes),
      static_cast<unsigned long long>(total.failures),
      static_cast<unsigned long long>(total.rounds_started),
      static_cast<unsigned long long>(total.rounds_ended),
      static_cast<unsigned long long>(total.moderated), static_cast<unsigned long long>(total.held),
      static_cast<unsigned long long>(total.approved),
      static_cast<unsigned long long>(total.reported));
}

/// Stories in which nothing happens prove nothing.
bool tells_enough(const hallway::simulation::Tally& total, std::uint64_t seeds) {
  if (2 * total.rounds_ended < seeds) {
    std::fprintf(stderr, "too few rounds: the stories prove nothing of them\n");
    return false;
  }
  const bool is_moderated = total.moderated >= seeds && 8 * total.held >= seeds &&
                            20 * total.approved >= seeds && 8 * total.reported >= seeds;
  // One story in four is of moderation: of a few nothing can be asked.
  if (seeds < 500) return true;
  if (!is_moderated) std::fprintf(stderr, "too little moderation: nothing is proved of it\n");
  return is_moderated;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t first = 1;
  std::uint64_t count = 1000;
  std::uint64_t steps = 150;
  std::string found;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    const auto value = number(argv[i + 1]);
    if (option == "--found") {
      found = argv[i + 1];
    } else if (option == "--seed" && value) {
      first = *value;
    } else if (option == "--seeds" && value) {
      count = *value;
    } else if (option == "--trace" && value) {
      hallway::simulation::is_traced = *value != 0;
    } else if (option == "--steps" && value) {
      steps = *value;
    } else {
      std::fprintf(
          stderr, "simulation [--seed N] [--seeds COUNT] [--steps N] [--found FILE] [--trace 1]\n");
      return 2;
    }
  }
  std::signal(SIGABRT, on_abort);
  hallway::simulation::Tally total;
  std::uint64_t told = 0;
  if (std::ifstream list(found); list) {
    std::uint64_t seed = 0;
    std::uint64_t its_steps = 0;
    while (list >> seed >> its_steps) {
      if (!holds(seed, static_cast<int>(its_steps), total)) return 1;
      ++told;
    }
  }
  for (std::uint64_t seed = first; seed < first + count; ++seed, ++told) {
    if (!holds(seed, static_cast<int>(steps), total)) return 1;
  }
  tell(total, told);
  return count < seeds_that_count || tells_enough(total, count) ? 0 : 1;
}
