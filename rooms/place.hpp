// The aggregate: decides on commands, and is the fold of its pushes. All times and chance are
// arguments. One thread at a time may call a place; it keeps no reference to what it is given.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "protocol/command.hpp"
#include "protocol/ids.hpp"
#include "protocol/push.hpp"
#include "rooms/decision.hpp"
#include "rooms/slices.hpp"
#include "rooms/stream_log.hpp"

namespace hallway {

class Place {
 public:
  virtual ~Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  PlaceId id() const { return id_; }

  // --- Deciding changes nothing: the caller numbers the pushes, applies them one by one, journals
  // them.
  virtual Decision decide(const Command& command, PersonId actor, const Context& context) const = 0;
  /// A connection says hello here. Refusals: `banned`, `forbidden`, `not_found`.
  virtual Decision arrive(const Arrival& arrival, const Context& context) const = 0;
  /// A connection ended; `bye`: at the person's wish, so that presence ends without grace
  /// once it was the last.
  virtual Decision depart(PersonId person, bool bye, const Context& context) const = 0;
  virtual Decision receive(const FollowUp& follow_up, const Context& context) const = 0;
  /// What `Decision::work` came to. The place may have changed since: what is stale is dropped or
  /// repaired.
  virtual Decision worked(const SeatingOutcome& outcome, const Context& context) const {
    (void)outcome, (void)context;
    return {};
  }
  /// What is due by now. Called when `next_deadline` has passed; may be called at any time.
  virtual Decision tick(const Context& context) const = 0;
  virtual std::optional<TimeMs> next_deadline() const = 0;

  /// Folds one numbered push (offset = top + 1 for durable ones and facts; asserted).
  void apply(const Push& push);
  /// After the fold of the journal at a start: everyone is without a connection as of now.
  virtual void restarted(TimeMs now) = 0;

  // --- Reading. `viewer` sees only what is theirs to see.
  /// What a person's sessions receive from this place, in the order in which it is told.
  virtual std::vector<StreamId> streams_of(PersonId person) const = 0;
  /// Everyone whose streams this push, applied next, may change.
  virtual std::vector<PersonId> concerned(const Push& push) const;
  /// Precondition: `stream` is among `streams_of(viewer)`.
  virtual Snapshot snapshot(StreamId stream, PersonId viewer, std::int64_t limit) const = 0;
  /// The pushes after `point`; `epoch` is this stream's own. Checks epoch, future, gap (against
  /// what is kept and `pushes_left`), forbidden and sitting; the caller counts bytes.
  Recovery recover(const ResumePoint& point, PersonId viewer, Epoch epoch,
                   std::size_t pushes_left) const;
  Offset top(StreamId stream) const;
  /// The offsets of `stream` that are `viewer`'s to read, now or from sittings they took part in.
  virtual Slices readable(StreamId stream, PersonId viewer) const {
    (void)stream, (void)viewer;
    return {};
  }
  /// Those of the messages at `offsets` that `viewer` may read, as they are now.
  std::vector<MessageView> messages_at(StreamId stream, PersonId viewer,
                                       const std::vector<Offset>& offsets) const;
  /// The message at `offset` with those beside it, as `viewer` may read them, oldest first; empty
  /// where there is none.
  std::vector<MessageView> messages_around(StreamId stream, PersonId viewer, Offset offset) const;
  /// Card, role and state as of now put into a push that is stored with the id alone.
  virtual void complete(Push& push) const { (void)push; }

 protected:
  explicit Place(PlaceId id) : id_(id) {}
  virtual void fold(const Push& push) = 0;
  /// False where what was missed holds a sitting of others.
  virtual bool may_read_slice(StreamId stream, PersonId viewer, Offset after, Offset to) const {
    (void)stream, (void)viewer, (void)after, (void)to;
    return true;
  }

  const StreamLog* find_log(StreamId stream) const;
  StreamLog& log(StreamId stream) { return logs_[stream]; }
  std::unordered_map<StreamId, StreamLog>& logs() { return logs_; }
  const std::unordered_map<StreamId, StreamLog>& logs() const { return logs_; }

 private:
  PlaceId id_;
  std::unordered_map<StreamId, StreamLog> logs_;
};

}  // namespace hallway
