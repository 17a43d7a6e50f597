// Bodies that are counted without being parsed, and how they are found in what arrives.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace hallway::load {

/// A body: one '~', a stamp, the sender, filler without '~'.
inline constexpr char marker = '~';
inline constexpr std::size_t stamp_digits = 16;
inline constexpr std::size_t sender_digits = 6;
inline constexpr std::size_t marker_bytes = 1 + stamp_digits + sender_digits;
[[nodiscard]] std::string marker_body(std::size_t sender, std::size_t bytes);
void write_digits(char* out, std::size_t digits, std::uint64_t value);
[[nodiscard]] std::uint64_t read_digits(const char* text, std::size_t digits);

struct Marked {
  const char* digits;
  [[nodiscard]] std::int64_t stamp() const {
    return static_cast<std::int64_t>(read_digits(digits, stamp_digits));
  }
  [[nodiscard]] std::uint64_t sender() const {
    return read_digits(digits + stamp_digits, sender_digits);
  }
};

/// Calls each with every body in a message, and tells how many there were. The filler behind a
/// marker holds none, so it is passed over: looking through it would cost more than all the rest.
template <typename Each>
std::uint64_t for_each_marker(std::string_view message, std::size_t filler_bytes,
                              const Each& each) {
  std::uint64_t count = 0;
  while (const void* const found = std::memchr(message.data(), marker, message.size())) {
    message.remove_prefix(
        static_cast<std::size_t>(static_cast<const char*>(found) - message.data()));
    if (message.size() < marker_bytes) {
      break;
    }
    ++count;
    each(Marked{message.data() + 1});
    message.remove_prefix(std::min(message.size(), marker_bytes + filler_bytes));
  }
  return count;
}

[[nodiscard]] bool is_reply(std::string_view message);
/// Whether a message begins with a refusal, told by where the word stands.
[[nodiscard]] bool is_refusal(std::string_view message);

}  // namespace hallway::load
