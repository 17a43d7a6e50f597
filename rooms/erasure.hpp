// What is blank once a person is erased: the words they wrote, wherever a push holds them. The same
// for what is in memory and for what is stored.
#pragma once

#include <string_view>

#include "protocol/push.hpp"

namespace hallway {

/// The name on the card of whoever was erased.
inline constexpr std::string_view erased_name = "Someone who left";

/// Blanks what `person` wrote, and reasons that others gave for what was done to them; false where
/// there was nothing.
bool blank_words(PushData& data, PersonId by, PersonId person);

}  // namespace hallway
