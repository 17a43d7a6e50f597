// A few people who send at a fixed rate, one after the other. Every message is stamped with the
// time at which it should have been sent, so that whoever is late cannot hide that they were.
#pragma once

#include <cstdint>
#include <vector>

#include "load/audience.hpp"
#include "load/histogram.hpp"
#include "load/loop.hpp"

namespace hallway::load {

/// Owned by a scenario, on the loop's thread; the loop and the writers outlive it.
class Pace {
 public:
  /// `rate`: messages a second of all writers together, above 0.
  Pace(Loop& loop, std::vector<Attendee*> writers, double rate);
  ~Pace() { stop(); }
  Pace(const Pace&) = delete;
  Pace& operator=(const Pace&) = delete;

  void begin();
  void stop();
  /// How much later than it should have been each message was sent: this program's own doing.
  Histogram late;

 private:
  void send_due();

  Loop& loop_;
  std::vector<Attendee*> writers_;
  double step_us_;
  std::int64_t began_us_ = 0;
  std::int64_t count_ = 0;
  Loop::Timer timer_ = 0;
};

/// So many of an audience, at even distances: whoever is served first, some of these are served
/// last, and a closed loop does not run ahead of the room. Precondition: an audience of one or
/// more.
[[nodiscard]] std::vector<Attendee*> some_of(Audience& audience, std::size_t count);

}  // namespace hallway::load
