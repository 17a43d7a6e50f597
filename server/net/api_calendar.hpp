// Events for people's calendars (iCalendar, RFC 5545).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/groups.hpp"

namespace hallway {

/// One VCALENDAR with the event and its programme; lines end with CRLF and are folded at 75 bytes,
/// never within a character. `link` may be empty. An event keeps its UID for ever; its SEQUENCE
/// rises and its DTSTAMP moves with every change.
std::string calendar_of(const DatedEvent& event, std::string_view link);

/// One VCALENDAR named `name`, a VEVENT an event, without their programmes.
std::string calendar_feed(std::string_view name, const std::vector<DatedEvent>& events,
                          std::string_view link);

}  // namespace hallway
