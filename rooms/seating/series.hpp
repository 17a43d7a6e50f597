// A series of rounds that are asked for one at a time, knowing only who is there now.
#pragma once

#include <map>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {

/// Remembers who sat together, and plans ahead for as long as the same people keep coming: what
/// a design needs several rounds for is not given away in the first. Not for several threads.
class Series {
 public:
  /// A problem without rounds; those that come later fit its people.
  explicit Series(Problem problem);

  /// Seats the next round, and takes it as having happened. `fault` must accept `problem()` with it
  /// as its round.
  Seats next(const RoundSpec& spec, const Budget& budget);

  /// The problem with what has happened so far; its round is the last that was asked for.
  const Problem& problem() const { return problem_; }

 private:
  void plan_ahead(const Budget& budget);
  void remember(const Seats& seats);

  Problem problem_;
  std::map<std::pair<Person, Person>, std::uint32_t> times_;
  Plan ahead_;
};

}  // namespace hallway::seating
