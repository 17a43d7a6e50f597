// The long parts of json_writer.hpp: numbers, and the escapes of RFC 8259, section 7.
#include "protocol/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "protocol/text.hpp"

namespace hallway::json {
namespace {

constexpr std::size_t digits_max = 32;

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

/// How many bytes at the front are ASCII that stands for itself, looked at in words of eight: most
/// of what is said is.
std::size_t plain_bytes(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t high_bits = 0x80 * ones;
  // A byte below `bound` borrows into its high bit (Bit Twiddling Hacks, "hasless"); false alarms
  // come only behind a true one, or with a high bit, and cost a slower look.
  const auto any_below = [](std::uint64_t word, std::uint64_t bound) {
    return (word - ones * bound) & ~word & high_bits;
  };
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    const bool is_plain = (any_below(word, 0x20) | any_below(word ^ (ones * '"'), 1) |
                           any_below(word ^ (ones * '\\'), 1) | (word & high_bits)) == 0;
    if (!is_plain) break;
  }
  while (at < text.size() && !needs_escape(text[at]) && (text[at] & 0x80) == 0) ++at;
  return at;
}

}  // namespace

void Writer::grow(std::size_t bytes) {
  out_.resize(at_ + std::max(bytes, step_));
  step_ *= 2;
}

void Writer::put_text(std::string_view value) {
  const std::size_t plain = plain_bytes(value);
  char* to = room(plain + 2);
  *to++ = '"';
  std::memcpy(to, value.data(), plain);
  at_ += plain + 1;
  if (plain < value.size()) put_escaped(value.substr(plain));
  put('"');
}

void Writer::put_escaped(std::string_view value) {
  std::string mended;
  if (!text::valid_utf8(value)) {
    mended = text::mended_utf8(value);
    value = mended;
  }
  std::size_t from = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!needs_escape(value[i])) continue;
    put(value.substr(from, i - from));
    put_escape(value[i]);
    from = i + 1;
  }
  put(value.substr(from));
}

void Writer::put_escape(char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"':
      put("\\\"");
      return;
    case '\\':
      put("\\\\");
      return;
    case '\n':
      put("\\n");
      return;
    case '\r':
      put("\\r");
      return;
    case '\t':
      put("\\t");
      return;
    default: {
      const auto byte = static_cast<unsigned char>(c);
      put("\\u00");
      put(hex[byte >> 4]);
      put(hex[byte & 15]);
    }
  }
}

void Writer::put_integer(std::int64_t value) {
  char* const to = room(digits_max);
  at_ += static_cast<std::size_t>(std::to_chars(to, to + digits_max, value).ptr - to);
}

void Writer::put_integer(std::uint64_t value) {
  char* const to = room(digits_max);
  at_ += static_cast<std::size_t>(std::to_chars(to, to + digits_max, value).ptr - to);
}

void Writer::number(double value) {
  separate();
  char* const to = room(digits_max);
  at_ += static_cast<std::size_t>(std::to_chars(to, to + digits_max, value).ptr - to);
  finish();
}

}  // namespace hallway::json
