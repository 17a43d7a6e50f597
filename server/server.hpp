// The running server: shards on their threads, listeners, signals, and an orderly end.
#pragma once

#include "server/clock.hpp"
#include "server/config.hpp"
#include "server/store.hpp"

namespace hallway {

/// Serves until SIGTERM or SIGINT, then drains. Prints `ready http://HOST:PORT` (and the demo's
/// links) on standard output once it accepts connections. Returns the exit code; why it could not
/// start stands on standard error.
int run_server(const Config& config, Store& store, ClockSource& machine_clock);

}  // namespace hallway
