// The key of the groups' memory: 256 random bits in a file beside the database, so that a copy of
// the database alone tells nobody who has met whom.
#pragma once

#include <filesystem>

#include "protocol/error.hpp"
#include "server/clock.hpp"
#include "server/registry.hpp"

namespace hallway {

/// Made where there is none. The refusal is a sentence for an operator.
Result<TokenHash> read_memory_key(const std::filesystem::path& file, ClockSource& clock);

/// Where it stands for a database.
std::filesystem::path memory_key_file(const std::filesystem::path& database);

}  // namespace hallway
