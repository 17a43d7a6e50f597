// The table of well-formed byte sequences of the Unicode standard (3-7), read byte by byte.
#include "protocol/utf8_check.hpp"

#include <cstring>

namespace hallway {
namespace {

/// How many bytes at the front of these are ASCII, in words of eight: most of what is said is.
std::size_t ascii_words(std::string_view bytes) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  std::size_t at = 0;
  while (at + sizeof(std::uint64_t) <= bytes.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & high_bits) != 0) break;
    at += sizeof word;
  }
  return at;
}

}  // namespace

bool Utf8Check::take(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (missing_ == 0) {
      at += ascii_words(bytes.substr(at));
      if (at == bytes.size()) break;
    }
    const auto byte = static_cast<std::uint8_t>(bytes[at++]);
    if (missing_ > 0) {
      if (byte < low_ || byte > high_) return false;
      --missing_;
      low_ = 0x80;
      high_ = 0xbf;
    } else if (byte >= 0x80) {
      if (byte < 0xc2 || byte > 0xf4) return false;
      missing_ = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      if (byte == 0xe0) low_ = 0xa0;   // Shorter forms exist.
      if (byte == 0xed) high_ = 0x9f;  // Surrogates.
      if (byte == 0xf0) low_ = 0x90;   // Shorter forms exist.
      if (byte == 0xf4) high_ = 0x8f;  // Beyond U+10FFFF.
    }
  }
  return true;
}

}  // namespace hallway
