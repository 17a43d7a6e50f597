// The pace of talk: see rate_limit.hpp.
#include "rooms/rate_limit.hpp"

#include <algorithm>
#include <cmath>

#include "protocol/limits.hpp"

namespace hallway {
namespace {
// Idle entries are dropped when the map has doubled past this many.
constexpr std::size_t sweep_size_min = 256;
}  // namespace

ChatPace::ChatPace(const Settings& settings)
    : interval_ms_(std::max<std::int64_t>(1, std::llround(1000.0 / settings.messages_per_s))),
      burst_ms_(interval_ms_ * std::max<std::int64_t>(1, settings.messages_burst)),
      sweep_at_(sweep_size_min) {}

void ChatPace::apply(const Push& push) {
  Key key{push.by, push.stream};
  const auto* held = std::get_if<MessageHeld>(&push.data);
  if (held) key.second = held->stream;
  const bool is_edit = std::holds_alternative<MessageEdited>(push.data);
  if (held || is_edit || std::holds_alternative<MessagePosted>(push.data)) {
    TimeMs& full_at = full_at_[key];
    full_at = std::clamp(full_at, push.at, push.at + burst_ms_) + interval_ms_;
  } else if (std::holds_alternative<TypingPush>(push.data)) {
    typed_at_[key] = push.at;
  } else {
    return;
  }
  if (full_at_.size() + typed_at_.size() >= sweep_at_) forget_idle(push.at);
}

std::int64_t ChatPace::wait_ms(PersonId person, StreamId stream, TimeMs now) const {
  const auto entry = full_at_.find({person, stream});
  if (entry == full_at_.end()) return 0;
  // Clamped, so that a clock set back cannot silence anyone for longer than one interval.
  const TimeMs full_at = std::clamp(entry->second, now, now + burst_ms_);
  return std::max<std::int64_t>(0, full_at + interval_ms_ - burst_ms_ - now);
}

bool ChatPace::may_type(PersonId person, StreamId stream, TimeMs now) const {
  const auto entry = typed_at_.find({person, stream});
  return entry == typed_at_.end() || now < entry->second ||
         now - entry->second >= limits::typing_ms;
}

void ChatPace::forget_idle(TimeMs now) {
  std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
  std::erase_if(typed_at_,
                [&](const auto& entry) { return now - entry.second >= limits::typing_ms; });
  sweep_at_ = std::max(sweep_size_min, 2 * (full_at_.size() + typed_at_.size()));
}

}  // namespace hallway
