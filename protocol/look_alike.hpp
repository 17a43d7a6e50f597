// Names that a reader would take for one another: a newcomer who is called like the staff of an
// event is told apart from them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/view.hpp"

namespace hallway {

/// What a name looks like: folded, without spaces and marks, with the Cyrillic and Greek letters
/// and the digits that pass for Latin ones replaced (after Unicode Technical Standard 39, section
/// 4). For comparing alone; `name` is valid UTF-8.
std::string look_of(std::string_view name);

/// `name`, or, where it looks like the name of one of `staff`, the name with a number behind it,
/// `Anna Holm (2)`: everyone may be called as they are, and nobody is mistaken for staff, be they
/// of the event or of one room.
std::string told_apart_from_staff(std::string name, const std::vector<PersonView>& staff);

}  // namespace hallway
