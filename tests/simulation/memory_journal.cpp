// See memory_journal.hpp.
#include "tests/simulation/memory_journal.hpp"

#include "protocol/codec.hpp"
#include "tests/simulation/broken.hpp"

namespace hallway::simulation {
namespace {

void blank(std::vector<Push>& pushes, const Push& deletion) {
  const Offset of = std::get<MessageDeleted>(deletion.data).of;
  for (Push& push : pushes) {
    if (push.stream != deletion.stream) continue;
    auto* posted = std::get_if<MessagePosted>(&push.data);
    auto* edited = std::get_if<MessageEdited>(&push.data);
    if (posted && push.offset == of) posted->body.clear();
    if (edited && edited->of == of) edited->body.clear();
  }
}

}  // namespace

void MemoryJournal::append(JournalBatch batch, Done done) {
  waiting_.push_back({std::move(batch), std::move(done)});
}

std::optional<Error> MemoryJournal::failure_of(const JournalBatch& batch) {
  const auto failed = failed_terms_.find(batch.writer);
  const bool follows_failure = failed != failed_terms_.end() && batch.term <= failed->second;
  if (!failing_ && !follows_failure) return std::nullopt;
  failed_terms_[batch.writer] = std::max(batch.term, failed_terms_[batch.writer]);
  return refuse(failing_.value_or(ErrorCode::unavailable), "The disk says no.");
}

void MemoryJournal::settle_one() {
  Waiting oldest = std::move(waiting_.front());
  waiting_.pop_front();
  const auto failure = failure_of(oldest.batch);
  if (failure) {
    failed_();
  } else {
    keep(oldest.batch);
  }
  oldest.done(failure);
}

void MemoryJournal::keep(const JournalBatch& batch) {
  for (const JournalEntry& entry : batch.entries) {
    auto& pushes = places_[entry.place];
    Push stored = entry.push;
    auto data = decode_stored(name_of(stored.data), stored_version, encode_stored(stored.data));
    must(data.has_value(), "what is stored can be read back: " + std::string(name_of(stored.data)));
    stored.data = std::move(*data);
    if (std::holds_alternative<MessageDeleted>(stored.data)) blank(pushes, stored);
    pushes.push_back(std::move(stored));
  }
  for (const PendingFollowUp& pending : batch.follow_ups) follow_ups_.emplace(pending.id, pending);
  for (const std::uint64_t id : batch.delivered) {
    must(follow_ups_.erase(id) == 1, "a follow-up is applied once");
  }
  committed_(batch.entries);
}

Result<std::vector<Push>> MemoryJournal::read_place(PlaceId place) {
  return places_[place];
}

Result<std::vector<PendingFollowUp>> MemoryJournal::pending_follow_ups() {
  std::vector<PendingFollowUp> pending;
  for (const auto& [id, follow_up] : follow_ups_) pending.push_back(follow_up);
  return pending;
}

void MemoryJournal::probe(Done done) {
  if (failing_) {
    done(refuse(*failing_, "The disk says no."));
  } else {
    done(std::nullopt);
  }
}

void MemoryJournal::crash(bool late) {
  if (late && !waiting_.empty() && !failure_of(waiting_.front().batch)) {
    keep(waiting_.front().batch);
  }
  waiting_.clear();
  failed_();
  failed_terms_.clear();  // A new process counts its terms anew.
}

}  // namespace hallway::simulation
