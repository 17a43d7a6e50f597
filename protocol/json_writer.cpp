// The long parts of json_writer.hpp: numbers, and the escapes of RFC 8259, section 7.
#include "protocol/json_writer.hpp"

#include <array>
#include <charconv>

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

}  // namespace

void Writer::append_text(std::string_view value) {
  std::string mended;
  if (!text::valid_utf8(value)) {
    mended = text::mended_utf8(value);
    value = mended;
  }
  out_ += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!needs_escape(value[i])) continue;
    out_.append(value, from, i - from);
    append_escape(out_, value[i]);
    from = i + 1;
  }
  out_.append(value, from);
  out_ += '"';
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
