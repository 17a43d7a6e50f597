// Fields that bodies about events have in common.
#pragma once

#include <string>
#include <vector>

#include "protocol/fields.hpp"
#include "rooms/event_spec.hpp"

namespace hallway {

// The last instant whose year has four digits, as calendars write it.
inline constexpr std::int64_t time_max = 253'402'300'799'000;
inline constexpr Bounds times{0, time_max};
inline constexpr Bounds retention_bounds{0, limits::retention_days_max};
inline constexpr std::int64_t minutes_max = 7 * 24 * 60;

/// The elements of a list, each an object of its own; `read` refuses by its reader.
template <class Read>
void read_objects(Fields& fields, std::string_view key, std::size_t max, Read read) {
  const json::Array* const list = fields.array(key, max);
  if (!list) return;
  for (std::size_t i = 0; i < list->size() && !fields.refusal(); ++i) {
    const json::Object* const object = (*list)[i].object();
    if (!object) {
      fields.refuse_field(key, "Each of these must be an object.");
      return;
    }
    Fields element(*object, fields.path(key) + "[" + std::to_string(i) + "].");
    read(element);
    fields.adopt(element);
  }
}

std::vector<RoomSpec> read_rooms(Fields& fields);

}  // namespace hallway
