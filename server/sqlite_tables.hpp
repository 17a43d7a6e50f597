// What the writer's transaction does to the tables. Called with the writer's connection inside a
// transaction; failures stick to the connection.
#pragma once

#include <cstddef>
#include <cstdint>

#include "server/journal.hpp"
#include "server/sqlite_db.hpp"
#include "server/sqlite_groups.hpp"

namespace hallway {

/// Pushes, follow-ups, and the projections of both.
void write_batch(Database& database, const JournalBatch& batch, const Secrets& secrets);

/// Bytes that a batch holds while it waits, roughly.
std::size_t weight_of(const JournalBatch& batch);

// --- The search index (sqlite_search.cpp)

/// Indexes the next messages, at most `rows_max` pushes looked at. True if more are left.
bool index_slice(Database& database, std::int64_t rows_max);
/// A deleted message is found no more, from this transaction on.
void unindex(Database& database, std::int64_t seq);
enum class Purge : std::uint8_t { nothing, unfinished, finished };
/// Wipes words of deleted messages from the index's own pages, a bounded step.
Purge purge_slice(Database& database);
/// That `purge_slice` has something to do.
void request_purge(Database& database);

}  // namespace hallway
