// What must hold of every round that becomes durable: it begins once and after its announcement,
// with nobody alone; it ends once; and it keeps its times, but for when the server could not.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "rooms/event_state.hpp"

namespace hallway::simulation {

enum class Outage { journal, process };

/// When the server could write nothing, or was not there.
class Outages {
 public:
  void begin(Outage which, TimeMs at);
  void end(Outage which, TimeMs at);
  /// Milliseconds from `due` to `at` in which the server could have done what was due.
  std::int64_t late_ms(TimeMs due, TimeMs at) const;
  /// When the latest was over; far off while one goes on.
  TimeMs last_end() const;

 private:
  std::array<std::optional<TimeMs>, 2> open_;
  std::vector<std::pair<TimeMs, TimeMs>> spans_;
};

struct RoundTally {
  std::uint64_t started = 0;
  std::uint64_t ended = 0;
};

class RoundWatch {
 public:
  explicit RoundWatch(const Outages& outages) : outages_(outages) {}
  /// Before the push is folded into the event. Throws Broken where a rule does not hold.
  void look(const Event& event, const Push& push);
  const RoundTally& tally() const { return tally_; }

 private:
  void started(const Event& event, const Round& round, const RoundStarted& data, TimeMs at);
  void wrapping(const Round& round, const RoundWrapping& data, const Push& push) const;
  void ended(const Round& round, const RoundEnded& data, TimeMs at);
  void must_be_on_time(const char* what, TimeMs due, TimeMs at) const;

  const Outages& outages_;
  RoundTally tally_;
};

}  // namespace hallway::simulation
