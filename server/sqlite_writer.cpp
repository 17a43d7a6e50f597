#include "server/sqlite_writer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/log.hpp"
#include "server/scheduling.hpp"
#include "server/sqlite_schema.hpp"
#include "server/sqlite_tables.hpp"

namespace hallway {
namespace {

// The index is filled when nothing was committed for this long, or when somebody searches.
constexpr std::chrono::milliseconds quiet{200};
// Where it is never quiet, once so much waits to be indexed, or for so long.
constexpr std::size_t unindexed_max = 8'192;
constexpr std::chrono::seconds tend_latest{60};
// Then a slice is followed by so many times its own time without one.
constexpr std::int64_t tend_rest = 19;
constexpr std::chrono::seconds tend_again{1};  // After one that failed.
constexpr std::int64_t index_rows_max = 64;    // About 3 ms: commits wait no longer for it.

std::size_t messages_in(const JournalBatch& batch) {
  return static_cast<std::size_t>(
      std::ranges::count_if(batch.entries, [](const JournalEntry& entry) {
        return std::holds_alternative<MessagePosted>(entry.push.data);
      }));
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<Database> database, const Secrets& secrets,
                           WriterBounds bounds)
    : secrets_(secrets),
      clock_(*secrets.clock),
      bounds_(bounds),
      database_(std::move(database)),
      tended_ns_(clock_.steady_ns()),
      generation_(generation_of(*database_)),
      thread_([this] { run(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SqliteWriter::append(JournalBatch batch, Done done) {
  const std::size_t bytes = weight_of(batch);
  enqueue(Job{Job::Kind::append, std::move(batch), {}, std::move(done), bytes, {}});
}

void SqliteWriter::write(Write change, Done done) {
  enqueue(Job{Job::Kind::write, {}, std::move(change), std::move(done), sizeof(Job), {}});
}

void SqliteWriter::index_messages(Done done) {
  enqueue(Job{Job::Kind::index, {}, {}, std::move(done), sizeof(Job), {}});
}

void SqliteWriter::enqueue(Job job) {
  const bool is_awaited = job.kind != Job::Kind::append || job.batch.is_awaited;
  bool wakes = false;
  {
    const std::lock_guard lock(mutex_);
    const bool is_full =
        waiting_jobs_ >= bounds_.jobs || waiting_bytes_ + job.bytes > bounds_.bytes;
    if (is_full && is_awaited) {
      // Only the answer waits: it comes on the writer's thread and in order, as every other.
      job.refusal = refuse(ErrorCode::unavailable, "The server's storage is behind.");
      job.batch.entries = {};
      job.batch.follow_ups = {};
      job.change = {};
    } else {
      ++waiting_jobs_;
      waiting_bytes_ += job.bytes;
    }
    wakes = waiting_.empty() || (is_awaited && !is_awaited_);
    is_awaited_ = is_awaited_ || is_awaited;
    waiting_.push_back(std::move(job));
  }
  if (wakes) wake_.notify_one();
}

void SqliteWriter::run() {
  schedule_thread(0, disk_slice);
  while (true) {
    std::vector<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      const auto has_work = [this] { return stopping_ || !waiting_.empty(); };
      if (is_to_tend_) {
        wake_.wait_for(lock, until_tending(), has_work);
      } else {
        wake_.wait(lock, has_work);
      }
      if (stopping_ && waiting_.empty()) break;
      // What nobody waits for gathers: one commit for much of it.
      if (!waiting_.empty()) {
        wake_.wait_for(lock, std::chrono::milliseconds(relaxed_within_ms),
                       [this] { return stopping_ || is_awaited_; });
      }
      jobs = std::exchange(waiting_, {});
      is_awaited_ = false;
      waiting_bytes_ = 0;
      waiting_jobs_ = 0;
    }
    if (!jobs.empty()) commit(jobs);
    if (!is_to_tend_) continue;
    if (jobs.empty() || until_tending() <= std::chrono::nanoseconds::zero()) tend();
  }
  for (const Done& done : std::exchange(index_awaited_, {})) done(std::nullopt);
  if (!has_lost_) forget_telling_early(*database_);
}

std::chrono::nanoseconds SqliteWriter::until_tending() const {
  if (!index_awaited_.empty()) return {};
  const std::int64_t now_ns = clock_.steady_ns();
  const std::chrono::nanoseconds until_quiet =
      quiet - std::chrono::nanoseconds(now_ns - committed_ns_);
  const std::chrono::nanoseconds since_tended(now_ns - tended_ns_);
  const std::chrono::nanoseconds until_latest =
      unindexed_ > unindexed_max
          ? std::chrono::nanoseconds(tend_rest * tending_took_ns_) - since_tended
          : tend_latest - since_tended;
  const std::chrono::nanoseconds rest(tend_not_before_ns_ - now_ns);
  return std::max(rest, std::min(until_quiet, until_latest));
}

void SqliteWriter::commit(std::vector<Job>& jobs) {
  committed_ns_ = clock_.steady_ns();
  std::vector<Job*> live;
  for (Job& job : jobs) {
    const bool is_refused_on_arrival = job.refusal.has_value();
    if (is_refused_on_arrival && job.kind == Job::Kind::append) {
      failed_[job.batch.writer] = {job.batch.term, *job.refusal};
    }
    if (job.kind == Job::Kind::index) {
      index_awaited_.push_back(std::exchange(job.done, [](std::optional<Error>) {}));
    } else if (!is_refused_on_arrival && !refuse_behind_failure(job)) {
      live.push_back(&job);
    }
  }
  if (const auto failure = live.empty() ? std::nullopt : try_commit(live)) {
    log::error("journal.commit_failed",
               {{"code", failure->code}, {"error", failure->message}, {"jobs", live.size()}});
    // A row that may not stand is its own batch's fault, and the others' commit is tried again;
    // whatever the disk refuses, it refuses to all.
    const bool is_one_to_blame = failure->is_constraint() && live.size() > 1;
    for (Job* job : live) {
      if (!is_one_to_blame) {
        settle(*job, *failure);
      } else if (!refuse_behind_failure(*job)) {
        if (const auto own_failure = try_commit({job})) settle(*job, *own_failure);
      }
    }
  }
  for (Job& job : jobs) {
    if (!job.refusal && job.kind != Job::Kind::write) {
      is_to_tend_ = true;
      unindexed_ += messages_in(job.batch);
    }
    job.done(std::move(job.refusal));
  }
}

std::optional<SqliteFailure> SqliteWriter::try_commit(const std::vector<Job*>& jobs) {
  database_->begin();
  for (Job* job : jobs) {
    if (database_->failed()) break;
    run_one(*job);
  }
  database_->commit();  // Does nothing after a failure.
  database_->roll_back();
  return database_->take_failure();
}

void SqliteWriter::run_one(Job& job) {
  job.refusal.reset();
  switch (job.kind) {
    case Job::Kind::append:
      write_batch(*database_, job.batch, secrets_);
      break;
    case Job::Kind::write:
      database_->run("SAVEPOINT one");
      job.refusal = job.change(*database_);
      if (job.refusal) database_->run("ROLLBACK TO one");
      database_->run("RELEASE one");
      break;
    case Job::Kind::index:
      break;  // Between commits, in slices.
  }
}

void SqliteWriter::settle(Job& job, const SqliteFailure& failure) {
  job.refusal = to_error(failure);
  lose(job);
  if (job.kind == Job::Kind::append) failed_[job.batch.writer] = {job.batch.term, *job.refusal};
}

bool SqliteWriter::refuse_behind_failure(Job& job) {
  if (job.kind != Job::Kind::append) return false;
  const auto failed = failed_.find(job.batch.writer);
  if (failed == failed_.end() || job.batch.term > failed->second.first) return false;
  job.refusal = failed->second.second;
  lose(job);
  return true;
}

void SqliteWriter::lose(const Job& job) {
  if (job.kind != Job::Kind::append || job.batch.is_awaited) return;
  // Those who were told hold offsets that will be given to other pushes.
  generation_ = clock_.random_u64();
  has_lost_ = true;
}

void SqliteWriter::tend() {
  const std::int64_t began_ns = clock_.steady_ns();
  tend_slice();
  tended_ns_ = clock_.steady_ns();
  tending_took_ns_ = tended_ns_ - began_ns;
}

void SqliteWriter::tend_slice() {
  database_->begin();
  const bool is_more_to_index = index_slice(*database_, index_rows_max);
  const Purge purge = is_more_to_index ? Purge::nothing : purge_slice(*database_);
  database_->commit();
  database_->roll_back();
  const auto failure = database_->take_failure();
  if (failure) {
    log::warning("search.index_failed", {{"code", failure->code}, {"error", failure->message}});
  }
  if (failure || !is_more_to_index) {
    unindexed_ = 0;
    for (const Done& done : std::exchange(index_awaited_, {})) {
      done(failure ? std::optional(to_error(*failure)) : std::nullopt);
    }
  }
  if (failure) {
    put_off_tending();
    return;
  }
  is_to_tend_ = is_more_to_index || purge == Purge::unfinished;
  is_log_to_empty_ = is_log_to_empty_ || purge == Purge::finished;
  if (is_log_to_empty_ && !is_to_tend_) {
    is_log_to_empty_ = !database_->empty_log();
    if (is_log_to_empty_) put_off_tending();  // Somebody reads in it.
  }
}

void SqliteWriter::put_off_tending() {
  is_to_tend_ = true;
  tend_not_before_ns_ = clock_.steady_ns() + std::chrono::nanoseconds(tend_again).count();
}

}  // namespace hallway
