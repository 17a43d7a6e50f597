#include "server/net/api_event_fields.hpp"

#include "protocol/limits.hpp"

namespace hallway {
namespace {

/// What later versions offer is refused plainly, so that nobody relies on it today.
void refuse_if_on(Fields& fields, std::string_view key) {
  if (fields.has(key) && fields.boolean(key)) {
    fields.refuse_field(key, "This is not available on this server.");
  }
}

}  // namespace

std::vector<RoomSpec> read_rooms(Fields& fields) {
  std::vector<RoomSpec> rooms;
  read_objects(fields, "rooms", limits::rooms_max, [&](Fields& element) {
    RoomSpec room;
    room.name = element.name("name");
    room.kind = element.word<RoomKind>("kind", parse_room_kind);
    room.tables =
        element.optional_integer("tables", Bounds{0, static_cast<std::int64_t>(limits::tables_max)})
            .value_or(0);
    room.capacity =
        element.optional_integer("capacity", Bounds{limits::capacity_min, limits::capacity_max})
            .value_or(room.capacity);
    if (room.tables > 0 && room.kind != RoomKind::tables) {
      element.refuse_field("tables", "Only a room of tables has tables.");
    }
    refuse_if_on(element, "confidential");
    refuse_if_on(element, "equality");
    rooms.push_back(std::move(room));
  });
  return rooms;
}

}  // namespace hallway
