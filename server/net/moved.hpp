// What one try to read or write came to.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hallway {

/// When to try again. `ended`: the peer has stopped, or something failed.
enum class Then : std::uint8_t { again, when_readable, when_writable, ended };

struct Moved {
  std::size_t bytes = 0;
  Then then = Then::again;
};

}  // namespace hallway
