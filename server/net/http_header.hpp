// Judges the raw header of a request before it is parsed: what two readers of HTTP might understand
// differently is refused here (request smuggling; RFC 9112 sections 2.2, 3.2, 5.2, 6.1 and 6.3).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hallway {

struct HeaderFault {
  unsigned status = 400;
  std::string_view why;  ///< A sentence, for the answer.
};

inline constexpr std::size_t header_fields_max = 64;
inline constexpr std::size_t target_bytes_max = 2048;

/// Without the optional white space at either end (RFC 9110 section 5.6.3).
std::string_view stripped(std::string_view text);

/// `header` ends with its empty line. Nothing: it is sound, and safe to parse.
std::optional<HeaderFault> check_header(std::string_view header);

}  // namespace hallway
