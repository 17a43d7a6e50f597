// What holds a session, in words that its owner knows again in a list.
#pragma once

#include <string>
#include <string_view>

namespace hallway {

/// `Firefox on Linux` of a User-Agent; of another program its name and version; else empty. At most
/// `limits::session_client_max` printable characters of ASCII.
std::string client_name(std::string_view user_agent);

}  // namespace hallway
