// Reading what an operator typed: numbers, times, and an event's rooms.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "protocol/error.hpp"
#include "rooms/event_spec.hpp"

namespace hallway {

using Arguments = std::map<std::string, std::string>;

std::string argument(const Arguments& arguments, const std::string& name,
                     const std::string& fallback);

/// `fallback` where the argument is absent (also outside the bounds).
Result<std::int64_t> whole_number(const Arguments& arguments, const std::string& name,
                                  std::int64_t fallback, std::int64_t min, std::int64_t max);

/// RFC 3339, e.g. `2026-12-01T18:00:00+01:00` (seconds may be left out), or `now`.
std::optional<TimeMs> parse_time(const std::string& text, TimeMs now);
/// `2026-12-01 17:00 UTC`
std::string utc_text(TimeMs at);

/// From title, starts, minutes, timezone, admission and rooms: one a line, `Name` or `Name=12x6`
/// for twelve tables of six.
Result<EventSpec> event_spec(const Arguments& arguments, TimeMs now);

}  // namespace hallway
