// How long a push lasts.
#pragma once

#include <cstdint>

namespace hallway {

/// durable: numbered, journaled, sent. transient: sent, forgotten. fact: journaled on the place's
/// facts stream, sent to nobody. local: folded into the state alone (what a restart need not know).
enum class Lasting : std::uint8_t { durable, transient, fact, local };

}  // namespace hallway
