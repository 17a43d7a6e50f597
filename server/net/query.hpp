// Addresses' queries and forms (RFC 3986, application/x-www-form-urlencoded), read and written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hallway {

/// The decoded value of the first such key; nothing where it is missing or its escapes are broken.
std::optional<std::string> query_value(std::string_view query, std::string_view key);
/// Everything but letters, digits and `-._~` as `%XX`.
std::string percent_encoded(std::string_view text);
/// `to` where it is a path of ours: one slash at its front, no backslash and no control; else `/`.
std::string own_path(std::string_view to);

}  // namespace hallway
