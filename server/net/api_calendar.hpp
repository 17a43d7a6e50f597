// An event for people's calendars (iCalendar, RFC 5545).
#pragma once

#include <string>
#include <string_view>

#include "protocol/view.hpp"

namespace hallway {

/// One VCALENDAR with the event and its programme; lines end with CRLF and are folded at 75 bytes,
/// never within a character. `link` may be empty; `now` stamps it.
std::string calendar_of(const EventView& event, std::string_view link, TimeMs now);

}  // namespace hallway
