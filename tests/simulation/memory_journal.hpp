// A journal in memory that commits when it is told, fails when it is told, and survives a crash of
// the server that writes to it. What it keeps went through the stored form, as on disk.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <vector>

#include "server/journal.hpp"

namespace hallway::simulation {

class MemoryJournal final : public Journal {
 public:
  using Committed = std::function<void(const std::vector<JournalEntry>&)>;

  /// `committed` is told of every batch as it becomes durable, `failed` of those that do not.
  MemoryJournal(Committed committed, std::function<void()> failed)
      : committed_(std::move(committed)), failed_(std::move(failed)) {}

  void append(JournalBatch batch, Done done) override;
  Result<std::vector<Push>> read_place(PlaceId place) override;
  Result<std::vector<PendingFollowUp>> pending_follow_ups() override;
  void probe(Done done) override;
  std::uint64_t generation() const override { return 77; }

  std::size_t waiting() const { return waiting_.size(); }
  /// The oldest batch becomes durable, or fails. Precondition: one waits.
  void settle_one();
  /// Every write fails from here on, until `heal`.
  void fail(ErrorCode code) { failing_ = code; }
  void heal() { failing_.reset(); }
  /// What waits is lost; with `late`, the oldest batch still became durable, but nobody was told.
  void crash(bool late);

 private:
  struct Waiting {
    JournalBatch batch;
    Done done;
  };
  void keep(const JournalBatch& batch);
  std::optional<Error> failure_of(const JournalBatch& batch);

  Committed committed_;
  std::function<void()> failed_;
  std::deque<Waiting> waiting_;
  std::map<PlaceId, std::vector<Push>> places_;
  std::map<std::uint64_t, PendingFollowUp> follow_ups_;
  std::optional<ErrorCode> failing_;
  std::map<std::uint16_t, std::uint64_t> failed_terms_;
};

}  // namespace hallway::simulation
