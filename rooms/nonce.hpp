// A command sent again is answered as the first time; another one under the same nonce is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "rooms/decision.hpp"
#include "rooms/stream_log.hpp"

namespace hallway {

/// A stable 64-bit digest of what a command asked for: its name and then each field in order. It is
/// stored with the push, so its value must never change (FNV-1a with a final mix; not for secrets).
class Digest {
 public:
  explicit Digest(std::string_view command) { add(command); }
  Digest& add(std::string_view text);
  Digest& add(std::uint64_t number);
  std::uint64_t value() const;

 private:
  void add_byte(std::uint8_t byte);
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

/// The first reply (`PostedReply` with `dup`, offset and time) where `actor` spent this nonce on
/// this stream within the last day, `nonce_conflict` where they spent it on something else, nullopt
/// where it is fresh.
std::optional<Decision> answered_before(const StreamLog& log, PersonId actor, const Nonce& nonce,
                                        std::uint64_t digest, TimeMs now);

}  // namespace hallway
