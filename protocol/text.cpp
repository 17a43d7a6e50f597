// Unicode by utf8proc: see text.hpp.
#include "protocol/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "protocol/utf8_check.hpp"

namespace hallway::text {
namespace {

using CodePoint = utf8proc_int32_t;

const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Takes the first code point off `text`; negative when what stands there is not UTF-8.
CodePoint take_first(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) {
    text.remove_prefix(1);
    return lead;
  }
  CodePoint code_point = -1;
  const auto length =
      utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  if (length <= 0) return -1;
  text.remove_prefix(static_cast<std::size_t>(length));
  return code_point;
}

bool is_space(CodePoint c) {
  if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85) return true;
  const auto category = utf8proc_category(c);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

bool is_visible(CodePoint c) {
  constexpr CodePoint braille_blank = 0x2800;
  if (c == braille_blank || is_space(c)) return false;
  const auto* property = utf8proc_get_property(c);
  if (property->ignorable) return false;
  if (property->category == UTF8PROC_CATEGORY_CF) {
    return property->boundclass == UTF8PROC_BOUNDCLASS_PREPEND;  // e.g. Arabic number signs
  }
  return property->category != UTF8PROC_CATEGORY_CC;
}

bool is_forbidden_in_line(CodePoint c) {
  if (c < 0x80) return c < 0x20 || c == 0x7f;
  const bool is_joiner = c == 0x200c || c == 0x200d;
  const bool is_flag_tag = c >= 0xe0020 && c <= 0xe007f;
  if (is_joiner || is_flag_tag) return false;
  const auto* property = utf8proc_get_property(c);
  switch (property->category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    case UTF8PROC_CATEGORY_CF:
      return property->boundclass != UTF8PROC_BOUNDCLASS_PREPEND;
    default:
      return false;
  }
}

template <class Predicate>
bool any_of(std::string_view text, Predicate predicate) {
  while (!text.empty()) {
    const CodePoint c = take_first(text);
    if (c < 0) return false;
    if (predicate(c)) return true;
  }
  return false;
}

std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* made = nullptr;
  const auto length =
      utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &made,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(made, &std::free);
  if (length < 0) throw std::invalid_argument("text to map: not UTF-8, or no memory");
  return std::string(reinterpret_cast<const char*>(made), static_cast<std::size_t>(length));
}

}  // namespace

bool valid_utf8(std::string_view text) {
  Utf8Check check;
  return check.take(text) && check.complete();
}

std::string mended_utf8(std::string_view text) {
  constexpr std::string_view replacement = "\xef\xbf\xbd";
  std::string mended;
  while (!text.empty()) {
    std::string_view rest = text;
    if (take_first(rest) < 0) {
      mended.append(replacement);
      rest.remove_prefix(1);
    } else {
      mended.append(text, 0, text.size() - rest.size());
    }
    text = rest;
  }
  return mended;
}

std::size_t code_points(std::string_view text) {
  // Continuation bytes are 10xxxxxx; every other byte begins a code point.
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return mapped(text, UTF8PROC_COMPOSE);
}

std::string folded(std::string_view text) {
  return mapped(text, UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
                          UTF8PROC_IGNORE);
}

std::string shortened(std::string_view text, std::size_t max) {
  if (code_points(text) <= max) return std::string(text);
  std::string_view rest = text;
  for (std::size_t taken = 1; taken < max; ++taken) take_first(rest);
  return std::string(text.substr(0, text.size() - rest.size())) + "\u2026";
}

std::string case_folded(std::string_view text) {
  return mapped(text, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

bool has_space(std::string_view text) {
  return any_of(text, is_space);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    std::string_view rest = text;
    if (!is_space(take_first(rest))) break;
    text = rest;
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xc0) == 0x80) --last;
    std::string_view tail = text.substr(last);
    if (!is_space(take_first(tail))) break;
    text = text.substr(0, last);
  }
  return text;
}

bool has_visible(std::string_view text) {
  return any_of(text, is_visible);
}

bool has_forbidden_in_line(std::string_view text) {
  return any_of(text, is_forbidden_in_line);
}

bool is_one_visible_grapheme(std::string_view text) {
  if (text.empty() || !has_visible(text)) return false;
  utf8proc_int32_t state = 0;
  CodePoint before = take_first(text);
  while (!text.empty()) {
    const CodePoint next = take_first(text);
    if (next < 0 || utf8proc_grapheme_break_stateful(before, next, &state)) return false;
    before = next;
  }
  return true;
}

}  // namespace hallway::text
