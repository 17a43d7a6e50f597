// Port: the durable log of every place. The real one is SQLite with group commit; tests have one in
// memory that can be told to fail.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/push.hpp"
#include "rooms/decision.hpp"

namespace hallway {

struct JournalEntry {
  PlaceId place;
  Push push;  ///< Durable or a fact, numbered.
};

/// What one place causes at another, until the other has applied it.
struct PendingFollowUp {
  std::uint64_t id = 0;  ///< Random, unique.
  PlaceId source;
  FollowUp follow_up;
};

/// commit: what a place decides is told once it is durable. relaxed: it is told at once, and
/// durable within `relaxed_within_ms`: a machine that dies may take so much with it.
enum class Durability : std::uint8_t { commit, relaxed };
inline constexpr std::int64_t relaxed_within_ms = 50;

/// All of it in one transaction, or none.
struct JournalBatch {
  std::vector<JournalEntry> entries;
  std::vector<PendingFollowUp> follow_ups;
  std::vector<std::uint64_t> delivered;  ///< Follow-ups whose effect stands in `entries`.
  /// Who appends, and since which failure. Once a batch of a writer has failed, every batch of the
  /// same writer with the same or an earlier term fails too: what came after the hole must not be
  /// kept.
  std::uint16_t writer = 0;
  std::uint64_t term = 0;
  /// False: it was told already, and may be committed `relaxed_within_ms` later. Such a batch is
  /// never refused for being one too many: whoever gives them keeps them few.
  bool is_awaited = true;
  bool empty() const { return entries.empty() && follow_ups.empty() && delivered.empty(); }
};

class Journal {
 public:
  /// Called once a batch, on the journal's own thread (the in-memory one: where the test says).
  /// No error: the batch is durable. `storage_full` or `unavailable`: nothing of it is.
  using Done = std::function<void(std::optional<Error>)>;

  virtual ~Journal() = default;
  /// Any thread. Batches of one caller commit in the order in which they were given.
  virtual void append(JournalBatch batch, Done done) = 0;
  /// Any thread, blocking: all pushes of a place in the order in which they were applied; deleted
  /// bodies are blank. Only what is committed.
  virtual Result<std::vector<Push>> read_place(PlaceId place) = 0;
  /// At a start, before anything is appended.
  virtual Result<std::vector<PendingFollowUp>> pending_follow_ups() = 0;
  /// Any thread, not blocking for long: tries whether a write would succeed now; `done` as for
  /// append.
  virtual void probe(Done done) = 0;
  /// Random: every stream's epoch is derived from it. New after a restore, and where something that
  /// was told is lost: a batch that nobody awaited and that failed, or that a crash may have taken.
  virtual std::uint64_t generation() const = 0;
};

}  // namespace hallway
