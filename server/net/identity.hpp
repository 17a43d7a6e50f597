// What signing in needs beside the registry, one for all shards: the thread for passphrases, and
// how often they may be tried.
#pragma once

#include "protocol/limits.hpp"
#include "server/net/attempt_limit.hpp"
#include "server/passphrase_pool.hpp"

namespace hallway {

/// Any thread may call all of it.
struct Identity {
  AttemptLimit attempts;
  PassphrasePool passphrases{limits::passphrases_waiting_max};
};

}  // namespace hallway
