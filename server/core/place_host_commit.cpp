// Committing: what waits behind which batch, and what happens when a commit fails.
#include <iterator>

#include "server/core/place_host.hpp"

namespace hallway {

namespace {

// Over all shards, of what is told before it is durable.
constexpr std::size_t early_batches_max = 4'096;
constexpr std::size_t early_entries_max = 16'384;

}  // namespace

bool PlaceHost::may_tell_early() const {
  const std::size_t shards = ports_.router.shards();
  return ports_.durability == Durability::relaxed && batches_.size() < early_batches_max / shards &&
         entries_waiting_ < early_entries_max / shards;
}

PlaceHost::Batch& PlaceHost::open_batch(Hosted& h) {
  if (!open_batch_) {
    open_batch_.emplace();
    open_batch_->number = next_batch_++;
  }
  // What was held back stays ahead of what comes after it.
  if (h.awaited != 0 || !may_tell_early()) h.awaited = open_batch_->number;
  h.batch = open_batch_->number;
  open_batch_->places.insert(h.place->id());
  return *open_batch_;
}

Turn& PlaceHost::turn_of(Hosted& h) {
  if (h.awaited == 0) return free_turn_;
  if (open_batch_ && open_batch_->number == h.awaited) return open_batch_->turn;
  // Batches are numbered without a gap and leave at the front.
  return batches_[static_cast<std::size_t>(h.awaited - batches_.front().number)].turn;
}

bool PlaceHost::end_turn() {
  if (open_batch_) {
    Batch& batch = *open_batch_;
    batch.journal.writer = shard_;
    batch.journal.term = term_;
    batch.journal.is_awaited = ports_.durability == Durability::commit || !batch.turn.empty() ||
                               !batch.follow_ups.empty() || !batch.received.empty();
    batch.appended_at = ports_.now();
    batch.entries = batch.journal.entries.size();
    entries_waiting_ += batch.entries;
    const std::uint64_t number = batch.number;
    JournalBatch rows = std::move(batch.journal);
    batches_.push_back(std::move(batch));
    open_batch_.reset();
    ports_.observer.batches_waiting(1);
    ports_.journal.append(
        std::move(rows), [this, number, term = term_](std::optional<Error> error) {
          ports_.router.post(
              [this, number, term, error = std::move(error)] { committed(number, term, error); });
        });
  }
  if (free_turn_.empty()) return false;
  send(free_turn_.split(ports_.router.shards()));
  return true;
}

void PlaceHost::committed(std::uint64_t number, std::uint64_t term, std::optional<Error> error) {
  if (term != term_) return;  // Of a batch that failed with an earlier one.
  if (error) {
    fail_from(number, *error);
    return;
  }
  Batch batch = std::move(batches_.front());
  batches_.pop_front();
  entries_waiting_ -= batch.entries;
  ports_.observer.batches_waiting(-1);
  for (const PlaceId id : batch.places) {
    const auto h = places_.find(id);
    if (h == places_.end()) continue;
    if (h->second.batch == number) h->second.batch = 0;
    if (h->second.awaited == number) h->second.awaited = 0;
  }
  ports_.observer.batch_committed(static_cast<double>(ports_.now() - batch.appended_at) / 1000.0);
  send(batch.turn.split(ports_.router.shards()));
  for (PendingFollowUp& follow_up : batch.follow_ups) {
    const PlaceId target = follow_up.follow_up.target;
    ports_.router.to_place(
        PlaceMessage{target, {}, 0, follow_up.follow_up.by, std::move(follow_up)});
  }
}

void PlaceHost::fail_from(std::uint64_t number, const Error& error) {
  (void)number;  // Batches commit in order: the first that fails is the oldest, and all later fail
                 // too.
  ports_.observer.commit_failed(error);
  shut_ = error;
  ++term_;
  ports_.observer.batches_waiting(-std::ssize(batches_));
  if (open_batch_) {
    batches_.push_back(std::move(*open_batch_));
    open_batch_.reset();
  }
  std::unordered_set<PlaceId> affected;
  Turn refused;
  for (Batch& batch : batches_) {
    affected.insert(batch.places.begin(), batch.places.end());
    refused.append(std::move(batch.turn));
    stalled_.insert(stalled_.end(), std::make_move_iterator(batch.received.begin()),
                    std::make_move_iterator(batch.received.end()));
  }
  batches_.clear();
  entries_waiting_ = 0;
  for (const PlaceId id : affected) reload(id);
  if (ports_.durability == Durability::relaxed) {
    // They were told what is no more: they come back, and find other epochs.
    for (const PlaceId id : affected) kick_all(id);
  }
  send(refused.split_refused(ports_.router.shards(), error));
}

void PlaceHost::kick_all(PlaceId id) {
  const auto known = places_.find(id);
  if (known == places_.end()) return;
  for (const auto& [person, callers] : known->second.attached) {
    for (const CallerId caller : callers) free_turn_.kick(caller, CloseCode::state_lost);
  }
}

void PlaceHost::probe() {
  if (!shut_ || probing_) return;
  probing_ = true;
  ports_.journal.probe([this](std::optional<Error> error) {
    ports_.router.post([this, error = std::move(error)] {
      probing_ = false;
      if (error) {
        shut_ = error;
        return;
      }
      shut_.reset();
      for (PendingFollowUp& pending : std::exchange(stalled_, {})) {
        const PlaceId target = pending.follow_up.target;
        ports_.router.to_place(
            PlaceMessage{target, {}, 0, pending.follow_up.by, std::move(pending)});
      }
    });
  });
}

void PlaceHost::send(std::vector<Release> releases) {
  for (ShardIndex shard = 0; shard < releases.size(); ++shard) {
    if (!releases[shard].empty()) ports_.router.to_shard(shard, std::move(releases[shard]));
  }
}

}  // namespace hallway
