// Unicode as the protocol counts and judges it. The one owner of utf8proc.
// All functions are pure; the first two take any bytes, the others valid UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hallway::text {

/// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool valid_utf8(std::string_view text);

/// The same text with U+FFFD in place of every byte that belongs to no code point.
std::string mended_utf8(std::string_view text);

/// Code points of valid UTF-8.
std::size_t code_points(std::string_view text);

/// Normalisation Form C (Unicode Standard Annex 15).
std::string nfc(std::string_view text);

/// NFKC with case folded, marks stripped and what has no glyph left out: for comparing, never for
/// showing.
std::string folded(std::string_view text);

/// At most `max` code points, the last of them an ellipsis where something was left out.
std::string shortened(std::string_view text, std::size_t max);

/// Normalisation Form C with case folded: for comparing what was typed, never for showing.
std::string case_folded(std::string_view text);

/// White space, also Unicode's, anywhere.
bool has_space(std::string_view text);

/// Without white space (also Unicode's) at either end.
std::string_view trimmed(std::string_view text);

/// Something a person can see: more than white space, controls and characters without a glyph.
bool has_visible(std::string_view text);

/// Control characters, line separators, bidi controls, and format characters without a glyph.
/// Joiners, variation selectors and the tags of flags are allowed: emoji and scripts need them.
bool has_forbidden_in_line(std::string_view text);

/// Exactly one extended grapheme cluster (Unicode Standard Annex 29), and one that can be seen.
bool is_one_visible_grapheme(std::string_view text);

}  // namespace hallway::text
