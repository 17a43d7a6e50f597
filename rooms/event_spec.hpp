// What an event is made from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/view.hpp"

namespace hallway {

struct RoomSpec {
  std::string name;
  RoomKind kind = RoomKind::plenary;
  std::int64_t tables = 0;    ///< Of kind `tables` only; the sofa comes beside them.
  std::int64_t capacity = 6;  ///< Of each of them.
};

struct EventSpec {
  std::string title;
  TimeMs starts_at = 0;
  TimeMs ends_at = 0;
  std::string timezone;  ///< IANA name, e.g. Europe/Copenhagen.
  Admission admission = Admission::open;
  std::vector<RoomSpec> rooms;  ///< A lobby is made even where none is named.
  std::vector<ProgrammeItem> programme;
  GroupId group;                     ///< 0: of none.
  std::int64_t retention_days = 90;  ///< Deleted so long after it is over; 0: kept.
};

}  // namespace hallway
