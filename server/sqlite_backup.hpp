// Copies of the whole database: out of a running server's, and back into a folder that is at rest.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "server/clock.hpp"

namespace hallway {

/// A consistent copy as of one moment, checked, in a new file `to`. Safe while another process
/// serves `from`: it only reads. A sentence where it failed; then nothing is left behind.
std::optional<std::string> back_up(const std::filesystem::path& from,
                                   const std::filesystem::path& to);

/// Puts the backup `from` in the place of the database `to`, with new epochs, so that clients of
/// the time before start over. What was there is kept as `to` with `.before-restore`. Precondition:
/// the caller holds the data folder's lock. After a crash within, run it again: until then the
/// store refuses to open.
std::optional<std::string> restore(const std::filesystem::path& from,
                                   const std::filesystem::path& to, ClockSource& clock);

/// True where a restore was cut short (see above).
bool is_restore_unfinished(const std::filesystem::path& database);

}  // namespace hallway
