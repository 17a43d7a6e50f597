// Whether bytes that come in pieces are UTF-8. No I/O.
#pragma once

#include <cstdint>
#include <string_view>

namespace hallway {

/// Fails at the first byte that no valid text could have there (RFC 3629: no overlong form, no
/// surrogate, nothing beyond U+10FFFF).
class Utf8Check {
 public:
  /// False: these bytes, behind those before them, are not UTF-8. Nothing is to follow then.
  bool take(std::string_view bytes);
  /// No code point is left unfinished.
  bool complete() const { return missing_ == 0; }

 private:
  std::uint8_t missing_ = 0;  ///< Continuation bytes that the code point begun still needs.
  // The next of them lies within these: the second byte of some code points has narrower bounds.
  std::uint8_t low_ = 0x80;
  std::uint8_t high_ = 0xbf;
};

}  // namespace hallway
