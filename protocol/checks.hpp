// The bounds of single texts, as the protocol states them: what fields of commands, bodies of HTTP
// requests and the configuration have in common.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protocol/error.hpp"

namespace hallway {

/// NFC, trimmed, 1–`limits::name_max` code points, something visible, no control or bidi
/// characters.
Result<std::string> checked_name(std::string_view text, std::string field);
/// NFC, trimmed, at most `max` code points, no control or bidi characters; may be empty.
Result<std::string> checked_line(std::string_view text, std::size_t max, std::string field);
/// Kept character for character: something visible, at most `max` code points (else `too_large`).
Result<std::string> checked_body(std::string_view text, std::size_t max, std::string field);

}  // namespace hallway
