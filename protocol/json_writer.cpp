// The long parts of json_writer.hpp: numbers, and the escapes of RFC 8259, section 7.
#include "protocol/json_writer.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "protocol/text.hpp"

namespace hallway::json {
namespace {

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"':
      out.append("\\\"");
      return;
    case '\\':
      out.append("\\\\");
      return;
    case '\n':
      out.append("\\n");
      return;
    case '\r':
      out.append("\\r");
      return;
    case '\t':
      out.append("\\t");
      return;
    default: {
      const auto byte = static_cast<unsigned char>(c);
      out.append("\\u00");
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
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

void Writer::append_text(std::string_view value) {
  out_ += '"';
  const std::size_t plain = plain_bytes(value);
  out_.append(value, 0, plain);
  if (plain < value.size()) append_escaped(value.substr(plain));
  out_ += '"';
}

void Writer::append_escaped(std::string_view value) {
  std::string mended;
  if (!text::valid_utf8(value)) {
    mended = text::mended_utf8(value);
    value = mended;
  }
  std::size_t from = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!needs_escape(value[i])) continue;
    out_.append(value, from, i - from);
    append_escape(out_, value[i]);
    from = i + 1;
  }
  out_.append(value, from);
}

void Writer::append_integer(std::int64_t value) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
}

void Writer::append_integer(std::uint64_t value) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
}

void Writer::number(double value) {
  separate();
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
}

}  // namespace hallway::json
