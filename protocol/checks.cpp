// The checks of checks.hpp.
#include "protocol/checks.hpp"

#include "protocol/limits.hpp"
#include "protocol/text.hpp"

namespace hallway {
namespace {

std::string at_most(std::size_t max) {
  return "This may have " + std::to_string(max) + " characters at most.";
}

}  // namespace

Result<std::string> checked_line(std::string_view text, std::size_t max, std::string field) {
  if (!text::valid_utf8(text)) {
    return refuse(ErrorCode::bad_request, "This is not valid text.", std::move(field));
  }
  std::string line = text::nfc(text::trimmed(text));
  if (text::has_forbidden_in_line(line)) {
    return refuse(ErrorCode::bad_request,
                  "This may not hold line breaks, control characters or invisible formatting.",
                  std::move(field));
  }
  if (text::code_points(line) > max) {
    return refuse(ErrorCode::bad_request, at_most(max), std::move(field));
  }
  return line;
}

Result<std::string> checked_name(std::string_view text, std::string field) {
  auto name = checked_line(text, limits::name_max, field);
  if (name && !text::has_visible(*name)) {
    return refuse(ErrorCode::bad_request, "A name needs at least one visible character.",
                  std::move(field));
  }
  return name;
}

Result<std::string> checked_body(std::string_view text, std::size_t max, std::string field) {
  if (!text::valid_utf8(text)) {
    return refuse(ErrorCode::bad_request, "This is not valid text.", std::move(field));
  }
  if (text::code_points(text) > max) {
    return refuse(ErrorCode::too_large, at_most(max), std::move(field));
  }
  if (!text::has_visible(text)) {
    return refuse(ErrorCode::bad_request, "A message needs at least one visible character.",
                  std::move(field));
  }
  return std::string(text);
}

}  // namespace hallway
