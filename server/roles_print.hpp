// Who may do what, as tables in Markdown: `hallway help roles`, and docs/roles.md.
#pragma once

#include <string>

namespace hallway {

/// What each role may do, and what every command of an event needs; both from rooms/permission.
std::string roles_help();

}  // namespace hallway
