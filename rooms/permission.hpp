// Who may do what in an event: the capabilities of each role, and what every command needs, in one
// table each. Tests enumerate both.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"

namespace hallway {

/// A capability by its word on the wire, e.g. `room.manage`.
using Capability = std::string_view;

/// All there are, in the order in which clients are told them.
std::span<const Capability> all_capabilities();
bool may(Role role, Capability capability);
std::vector<std::string_view> capabilities_of(Role role);
/// Whether a role that is held for one room alone gives this there.
bool reaches_room(Capability capability);
/// What a role that is held for one room allows there.
std::vector<std::string_view> capabilities_in_room(Role role);

/// In which part of an event's life a command is taken. Outside: `room_closed`.
enum class During : std::uint8_t {
  always,      ///< Before, while it is live, and after.
  before_end,  ///< Until it is over.
  opened,      ///< From its opening on, also when it is over (reading); staff also before.
  live,        ///< While it is live; staff also before.
};

/// What a command of an event needs beyond a well-formed request.
struct Need {
  std::string_view command;
  During during = During::always;
  Capability capability = {};  ///< Empty: none.
  Capability or_else = {};     ///< This one does as well. Empty: none.
  bool waiting = false;        ///< Also for people who are not admitted yet.
  bool absent = false;         ///< Also for people who are not in the event at the moment.
};

/// Every command that an event decides. A rule that depends on more than role and time (one's own
/// card, whoever is seated at the table) stands with its decision.
std::span<const Need> needs();
/// nullptr: not a command of an event.
const Need* find_need(std::string_view command);

}  // namespace hallway
