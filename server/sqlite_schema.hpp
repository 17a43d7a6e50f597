// The database's shape and its history: numbered migrations, forward only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/clock.hpp"
#include "server/sqlite_db.hpp"

namespace hallway {

/// Brings an open writer's database to this program's version, a new one from nothing. A whole
/// sentence where it cannot: not ours, made by a newer Hallway, or a failure.
std::optional<std::string> migrate(Database& database, ClockSource& clock);

/// The same of a database that is not to be changed: whether this program can read it.
std::optional<std::string> check_readable(Database& database);

/// Makes every stream's epoch new, so that old clients start over.
void renew_generation(Database& database, ClockSource& clock);
std::uint64_t generation_of(Database& database);

// Whether more may have been told than was written: said as long as a store tells early
// (Durability::relaxed), and forgotten when it ends with all of it written.
void remember_telling_early(Database& database);
void forget_telling_early(Database& database);
bool may_have_told_more(Database& database);

}  // namespace hallway
