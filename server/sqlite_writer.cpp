#include "server/sqlite_writer.hpp"

#include <chrono>
#include <utility>

#include "server/log.hpp"
#include "server/sqlite_schema.hpp"
#include "server/sqlite_tables.hpp"

namespace hallway {
namespace {

// What was said is found within 2 s: waiting for quiet this long, and no longer under load.
constexpr std::chrono::milliseconds tend_soon{1000};
constexpr std::int64_t index_rows_max = 256;  // About 10 ms: commits wait no longer for it.
// Under load, a slice is followed by so many times its own time without one.
constexpr std::int64_t tend_rest = 19;
constexpr std::int64_t quiet_ns = 200'000'000;  // Without a commit: the machine has time.

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<Database> database, ClockSource& clock,
                           WriterBounds bounds)
    : clock_(clock),
      bounds_(bounds),
      database_(std::move(database)),
      tended_ns_(clock.steady_ns()),
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
  while (true) {
    std::vector<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      const auto has_work = [this] { return stopping_ || !waiting_.empty(); };
      if (tending_ == Tending::nothing) {
        wake_.wait(lock, has_work);
      } else {
        wake_.wait_for(lock, until_tending(), has_work);
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
    if (tending_ == Tending::nothing) continue;
    if (jobs.empty() || until_tending() <= std::chrono::nanoseconds::zero()) tend();
  }
  if (!has_lost_) forget_telling_early(*database_);
}

std::chrono::nanoseconds SqliteWriter::until_tending() const {
  const std::chrono::nanoseconds since_tended(clock_.steady_ns() - tended_ns_);
  // What is to be indexed waits for a moment of quiet, and no longer than that under load.
  if (tending_ == Tending::soon) return tend_soon - since_tended;
  const bool is_quiet = clock_.steady_ns() - committed_ns_ > quiet_ns;
  return std::chrono::nanoseconds(is_quiet ? 0 : tend_rest * tending_took_ns_) - since_tended;
}

void SqliteWriter::commit(std::vector<Job>& jobs) {
  committed_ns_ = clock_.steady_ns();
  std::vector<Job*> live;
  for (Job& job : jobs) {
    const bool is_refused_on_arrival = job.refusal.has_value();
    if (is_refused_on_arrival && job.kind == Job::Kind::append) {
      failed_[job.batch.writer] = {job.batch.term, *job.refusal};
    }
    if (!is_refused_on_arrival && !refuse_behind_failure(job)) live.push_back(&job);
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
    if (!job.refusal && job.kind == Job::Kind::append && tending_ == Tending::nothing) {
      tending_ = Tending::soon;
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
      write_batch(*database_, job.batch);
      break;
    case Job::Kind::write:
      database_->run("SAVEPOINT one");
      job.refusal = job.change(*database_);
      if (job.refusal) database_->run("ROLLBACK TO one");
      database_->run("RELEASE one");
      break;
    case Job::Kind::index:
      while (index_slice(*database_, index_rows_max)) {
      }
      break;
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
  if (const auto failure = database_->take_failure()) {
    log::warning("search.index_failed", {{"code", failure->code}, {"error", failure->message}});
    tending_ = Tending::soon;
    return;
  }
  const bool is_more = is_more_to_index || purge == Purge::unfinished;
  tending_ = is_more ? Tending::now : Tending::nothing;
  is_log_to_empty_ = is_log_to_empty_ || purge == Purge::finished;
  if (is_log_to_empty_ && !is_more) {
    is_log_to_empty_ = !database_->empty_log();
    if (is_log_to_empty_) tending_ = Tending::soon;  // Somebody reads in it.
  }
}

}  // namespace hallway
