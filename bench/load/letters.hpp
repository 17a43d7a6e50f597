// Pairs of people who write to each other in private, at a fixed rate.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "load/pace.hpp"

namespace hallway::load {

/// The first two of the audience are a pair, the next two as well, and so on. Owned by a scenario;
/// loop and audience outlive it.
class Letters {
 public:
  Letters(Loop& loop, Audience& audience, std::size_t pairs, double rate);

  /// Of a floor server: every pair is a group of its own, beginning with this one. Before arrival.
  void meet_in_groups(std::size_t first_group);
  /// After arrival: the first of every pair asks the second, who accepts. Throws
  /// std::runtime_error when some do not get as far.
  void open(bool floor);
  void write();
  void stop();
  /// See Pace. Nothing before the first letter.
  [[nodiscard]] std::uint64_t late_p99_us() const {
    return pace_ ? pace_->late.quantile_us(0.99) : 0;
  }
  /// What all pairs should have been delivered: who wrote gets it, too.
  [[nodiscard]] std::uint64_t expected() const { return audience_.sent() * 2; }

 private:
  void ask(Attendee& from, Attendee& to);
  void accept(Attendee& from, Attendee& to, const std::string& conversation);

  Loop& loop_;
  Audience& audience_;
  std::size_t pairs_;
  double rate_;
  std::vector<Attendee*> writers_;
  std::optional<Pace> pace_;
};

}  // namespace hallway::load
