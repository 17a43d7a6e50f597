// How simulated people live through rounds: most stay and talk, a few come late, leave, lose their
// network or sit one out.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "bots/bot.hpp"

namespace hallway::load {

/// How many people; below zero: a few, by the size of the crowd.
struct RoundTrouble {
  int late = -1;     // come only when a round runs
  int leave = -1;    // of each round, in the middle of it; half of them come back after it
  int drop = -1;     // of each round, for 5 to 100 s; the server keeps a seat for 90
  int sit_out = -1;  // of each round, half of them before its start
};

/// Part of the crowd. Its chance is its own, so that the same seed brings the same trouble however
/// much is said meanwhile.
class RoundHabits {
 public:
  RoundHabits(Crowd& crowd, const RoundTrouble& trouble, std::size_t people, std::uint64_t seed);

  /// How many of the crowd hold back until a round runs.
  [[nodiscard]] std::size_t late_comers() const { return late_; }
  /// Until a round runs; where none does, they come in the end all the same.
  void wait_outside(Bot& bot);

  /// What the room says of its round, null for none.
  void learn_state(const wire::Value& round);
  void learn_push(const Push& push);

  /// While a series of rounds goes on nobody looks for a table by themselves.
  [[nodiscard]] bool is_free_time() const { return phase_ == Phase::free; }
  [[nodiscard]] bool is_running() const { return phase_ == Phase::running; }

 private:
  enum class Phase : std::uint8_t { free, announced, running, between };

  void announced();
  void started(std::int64_t length_ms);
  void ended(bool series_over);
  /// People who are here and not yet chosen for anything in this round.
  [[nodiscard]] std::vector<Bot*> choose(std::size_t count, std::vector<Bot*>& from);
  [[nodiscard]] std::int64_t moment_ms(std::int64_t length_ms, double from, double until);
  [[nodiscard]] double share();

  Crowd& crowd_;
  std::size_t late_;
  std::size_t leave_;
  std::size_t drop_;
  std::size_t sit_out_;
  std::mt19937_64 chance_;
  Phase phase_ = Phase::free;
  std::int64_t number_ = 0;
  std::int64_t of_ = 0;
  std::uint64_t changes_ = 0;  // of the phase: what was planned before one is void after it
  std::vector<Bot*> outside_;  // have not come yet
  std::vector<Bot*> left_;     // come back after the round
};

}  // namespace hallway::load
