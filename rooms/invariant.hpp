// What must hold whatever clients send. On in release too: a broken rule must stop the server
// rather than be journaled; the journal then replays to the last good state.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace hallway {

inline void invariant(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "broken invariant: %s\n", sentence);
  std::abort();
}

}  // namespace hallway
