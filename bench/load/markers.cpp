// Bodies that are counted: see markers.hpp.
#include "load/markers.hpp"

#include <charconv>

namespace hallway::load {
namespace {

constexpr std::string_view reply_prefix = "{\"id\":";
constexpr std::string_view refusal_prefix = "{\"err\":";

}  // namespace

void write_digits(char* out, std::size_t digits, std::uint64_t value) {
  for (std::size_t i = digits; i-- > 0; value /= 10) {
    out[i] = static_cast<char>('0' + value % 10);
  }
}

std::uint64_t read_digits(const char* text, std::size_t digits) {
  std::uint64_t value = 0;
  std::from_chars(text, text + digits, value);
  return value;
}

std::string marker_body(std::size_t sender, std::size_t bytes) {
  constexpr std::string_view filler = "words between people, as many as it takes to fill a line. ";
  std::string body(1 + stamp_digits + sender_digits, '0');
  body[0] = marker;
  write_digits(body.data() + 1 + stamp_digits, sender_digits, sender);
  while (body.size() < bytes) {
    body.append(filler.substr(0, bytes - body.size()));
  }
  return body;
}

bool is_reply(std::string_view message) {
  return message.starts_with(reply_prefix);
}

bool is_refusal(std::string_view message) {
  if (!is_reply(message)) {
    return message.starts_with(refusal_prefix);
  }
  const std::size_t comma = message.find(',', reply_prefix.size());
  return comma != std::string_view::npos && message.substr(comma).starts_with(",\"err\":");
}

}  // namespace hallway::load
