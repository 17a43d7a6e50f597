// The journal of tests: in memory, each commit where and when the test says, failing as it is told.
// It stands for the disk: a new server on the same journal is a restart. One thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "protocol/codec.hpp"
#include "server/journal.hpp"

namespace hallway::test {

class MemoryJournal final : public Journal {
 public:
  explicit MemoryJournal(std::uint64_t generation = 1) : generation_(generation) {}

  // --- What the test decides
  /// Appends and probes wait for `settle`; at first each is settled within its call.
  void hold() { held_ = true; }
  void release() {
    held_ = false;
    settle();
  }
  /// The oldest `count` waiting ones are committed or fail, and are answered.
  void settle(std::size_t count = SIZE_MAX) {
    for (; count > 0 && !waiting_.empty(); --count) {
      Waiting next = std::move(waiting_.front());
      waiting_.pop_front();
      std::optional<Error> error = next.is_probe ? failing_ : commit(next.batch);
      if (error && !next.is_probe && !next.batch.is_awaited) ++generation_;
      next.done(std::move(error));
    }
  }
  std::size_t waiting() const { return waiting_.size(); }
  /// Whether somebody waits for the oldest. Precondition: one waits.
  bool is_oldest_awaited() const { return waiting_.front().batch.is_awaited; }
  /// The `number`-th commit from now (1: the next) fails.
  void fail_at(std::size_t number, Error error) {
    fail_at_ = {commits_ + number, std::move(error)};
  }
  /// Every commit and probe fails until nullopt.
  void fail_all(std::optional<Error> error) { failing_ = std::move(error); }
  void fail_reads(std::optional<Error> error) { failing_reads_ = std::move(error); }
  /// The process dies: what was not committed is gone, and nobody is answered.
  void crash() {
    waiting_.clear();
    failed_.clear();
  }
  /// As after a restore from a backup.
  void set_generation(std::uint64_t generation) { generation_ = generation; }

  std::size_t commits() const { return commits_; }
  /// All that is committed, in order.
  const std::vector<JournalEntry>& entries() const { return entries_; }

  // --- Journal
  void append(JournalBatch batch, Done done) override {
    waiting_.push_back({std::move(batch), std::move(done), false});
    if (!held_) settle();
  }
  void probe(Done done) override {
    waiting_.push_back({{}, std::move(done), true});
    if (!held_) settle();
  }
  Result<std::vector<Push>> read_place(PlaceId place) override {
    if (failing_reads_) return *failing_reads_;
    std::vector<Push> pushes;
    for (const JournalEntry& entry : entries_) {
      if (entry.place == place) pushes.push_back(entry.push);
    }
    return pushes;
  }
  Result<std::vector<PendingFollowUp>> pending_follow_ups() override {
    if (failing_reads_) return *failing_reads_;
    return follow_ups_;
  }
  std::uint64_t generation() const override { return generation_; }

 private:
  struct Waiting {
    JournalBatch batch;
    Done done;
    bool is_probe = false;
  };

  std::optional<Error> commit(const JournalBatch& batch) {
    ++commits_;
    const auto failed = failed_.find(batch.writer);
    if (failed != failed_.end() && batch.term <= failed->second.first) return failed->second.second;
    std::optional<Error> error = failing_;
    if (fail_at_ && fail_at_->first == commits_) error = std::exchange(fail_at_, {})->second;
    if (!error && !fits(batch)) {
      error = refuse(ErrorCode::unavailable, "A push does not follow the last of its stream.");
    }
    if (error) {
      failed_[batch.writer] = {batch.term, *error};
      return error;
    }
    for (const JournalEntry& entry : batch.entries) store(entry);
    for (const PendingFollowUp& pending : batch.follow_ups) follow_ups_.push_back(pending);
    for (const std::uint64_t id : batch.delivered) {
      std::erase_if(follow_ups_, [id](const PendingFollowUp& pending) { return pending.id == id; });
    }
    return std::nullopt;
  }

  /// SQLite refuses a position twice; a gap it cannot see, but a test should.
  bool fits(const JournalBatch& batch) const {
    std::map<StreamId, Offset> tops = tops_;
    return std::all_of(batch.entries.begin(), batch.entries.end(), [&](const JournalEntry& entry) {
      return entry.push.offset == ++tops[entry.push.stream];
    });
  }

  /// As it would be read back: through the codec, which keeps only what is stored.
  void store(JournalEntry entry) {
    const std::string stored = encode_stored(entry.push.data);
    entry.push.data = *decode_stored(name_of(entry.push.data), stored_version, stored);
    tops_[entry.push.stream] = entry.push.offset;
    if (const auto* deleted = std::get_if<MessageDeleted>(&entry.push.data)) {
      blank(entry.push.stream, deleted->of);
    }
    entries_.push_back(std::move(entry));
  }

  void blank(StreamId stream, Offset message) {
    for (JournalEntry& entry : entries_) {
      if (entry.push.stream != stream) continue;
      if (auto* posted = std::get_if<MessagePosted>(&entry.push.data)) {
        if (entry.push.offset == message) posted->body.clear(), posted->mentions.clear();
      } else if (auto* edited = std::get_if<MessageEdited>(&entry.push.data)) {
        if (edited->of == message) edited->body.clear();
      }
    }
  }

  std::uint64_t generation_;
  bool held_ = false;
  std::deque<Waiting> waiting_;
  std::size_t commits_ = 0;
  std::optional<std::pair<std::size_t, Error>> fail_at_;
  std::optional<Error> failing_;
  std::optional<Error> failing_reads_;
  std::map<std::uint16_t, std::pair<std::uint64_t, Error>> failed_;
  std::vector<JournalEntry> entries_;
  std::map<StreamId, Offset> tops_;
  std::vector<PendingFollowUp> follow_ups_;
};

}  // namespace hallway::test
