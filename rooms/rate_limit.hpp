// How fast one person may write: a token bucket a person and stream, and the pace of `typing`.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "protocol/push.hpp"
#include "rooms/decision.hpp"

namespace hallway {

/// Part of a place's state: charged by the fold, so that only what was accepted counts.
class ChatPace {
 public:
  explicit ChatPace(const Settings& settings);

  /// Folds `message.posted`, `message.edited` and `message.held` (charge their author) and
  /// `typing`; other pushes change nothing.
  void apply(const Push& push);

  /// How long `person` has to wait before the next message; 0: may write now.
  std::int64_t wait_ms(PersonId person, StreamId stream, TimeMs now) const;
  /// False within limits::typing_ms of the last one.
  bool may_type(PersonId person, StreamId stream, TimeMs now) const;

 private:
  using Key = std::pair<PersonId, StreamId>;
  void forget_idle(TimeMs now);

  std::int64_t interval_ms_;
  std::int64_t burst_ms_;
  // The generic cell rate algorithm (ITU-T I.371): the bucket is the one time at which it is full
  // again.
  std::map<Key, TimeMs> full_at_;
  std::map<Key, TimeMs> typed_at_;
  std::size_t sweep_at_;  // Entries at which idle ones are forgotten.
};

}  // namespace hallway
