// The one thread that writes: all that waits becomes one transaction (group commit), and nobody is
// answered before it is durable. It alone also checkpoints: the SQLite of Debian 12 can damage its
// log when two connections write or checkpoint at once (sqlite.org/wal.html, the WAL-reset bug).
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "protocol/error.hpp"
#include "server/clock.hpp"
#include "server/journal.hpp"
#include "server/sqlite_db.hpp"
#include "server/sqlite_groups.hpp"

namespace hallway {

/// What may wait. Beyond it an append is refused `unavailable`, in its turn.
struct WriterBounds {
  std::size_t jobs = 10'000;
  std::size_t bytes = 64 * 1024 * 1024;
};

class SqliteWriter {
 public:
  /// Runs inside the transaction, in a savepoint of its own; a refusal undoes it alone.
  using Write = std::function<std::optional<Error>(Database&)>;
  using Done = Journal::Done;

  SqliteWriter(std::unique_ptr<Database> database, const Secrets& secrets, WriterBounds bounds);
  /// Writes what waits, then ends the thread. Nothing was lost: the database says so.
  ~SqliteWriter();
  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;

  // Any thread, not blocking. `done` comes on the writer's thread, in the order of the calls.
  void append(JournalBatch batch, Done done);
  void write(Write change, Done done);
  /// Indexes all messages that are committed, in slices between other commits, rather than in a
  /// moment of quiet. `done` comes when that is done.
  void index_messages(Done done);

  /// Any thread. Journal::generation: changes before `done` says that a batch which nobody awaited
  /// is lost.
  std::uint64_t generation() const { return generation_; }

 private:
  struct Job {
    enum class Kind : std::uint8_t { append, write, index };
    Kind kind = Kind::append;
    JournalBatch batch;
    Write change;
    Done done;
    std::size_t bytes = 0;
    std::optional<Error> refusal;  ///< On arrival, or what the job found.
  };

  void enqueue(Job job);
  void run();
  void commit(std::vector<Job>& jobs);
  /// All of them in one transaction; each that may stand gets its own refusal, if it has one.
  std::optional<SqliteFailure> try_commit(const std::vector<Job*>& jobs);
  void run_one(Job& job);
  void settle(Job& job, const SqliteFailure& failure);
  /// True if the job stands behind a batch of its writer that failed; it is then refused as that
  /// was.
  bool refuse_behind_failure(Job& job);
  /// It fails. Where it was told already, all streams get other epochs, now and at the next start.
  void lose(const Job& job);
  /// A slice of what is done beside: indexing, and wiping what was deleted from the index.
  void tend();
  void tend_slice();
  void put_off_tending();
  /// From now; negative: it is due.
  std::chrono::nanoseconds until_tending() const;

  const Secrets secrets_;
  ClockSource& clock_;
  const WriterBounds bounds_;
  std::unique_ptr<Database> database_;  // The thread's alone, as all up to the mutex.
  /// Of each writer: the term that failed, and why (JournalBatch::term).
  std::map<std::uint16_t, std::pair<std::uint64_t, Error>> failed_;
  bool is_to_tend_ = true;
  std::size_t unindexed_ = 0;         ///< Messages since the index held everything, about.
  std::vector<Done> index_awaited_;   ///< Of those who wait for it to do so.
  bool has_lost_ = false;             ///< A batch that was told already.
  bool is_log_to_empty_ = true;       ///< It may hold words that were deleted.
  std::int64_t committed_ns_ = 0;     ///< When the last commit began.
  std::int64_t tended_ns_ = 0;        ///< When the last slice ended.
  std::int64_t tending_took_ns_ = 0;  ///< The last slice.
  std::int64_t tend_not_before_ns_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Job> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::size_t waiting_jobs_ = 0;  ///< Without those refused on arrival.
  bool stopping_ = false;
  bool is_awaited_ = false;  ///< Somebody waits for what waits.
  std::atomic<std::uint64_t> generation_;
  std::thread thread_;
};

}  // namespace hallway
