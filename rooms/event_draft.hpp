// The pushes of one decision about an event as they gather, with what each departure brings along:
// a lock that dissolves, a call for help that is over, a visit that ends. Later parts of the same
// decision see what earlier ones did.
#pragma once

#include <cstddef>
#include <map>
#include <set>

#include "rooms/decision.hpp"
#include "rooms/event_state.hpp"

namespace hallway {

class EventDraft {
 public:
  /// `by`: 0 for the server itself. Borrows `event` for the length of the decision.
  EventDraft(const Event& event, PersonId by, TimeMs now) : event_(event), by_(by), now_(now) {}

  TimeMs now() const { return now_; }
  void push(StreamId stream, PushData data) { push_by(by_, stream, std::move(data)); }
  void push_by(PersonId by, StreamId stream, PushData data);
  void fact(PushData data) { push(facts_of(place_of(event_.id)), std::move(data)); }
  /// A line of the audit log; who and when follow from this decision.
  void audit(AuditView entry) { fact(Audited{std::move(entry)}); }
  void local(PushData data) { push(stream_of(event_.id), std::move(data)); }
  /// Gives the last push the nonce of its command.
  void mark(const Nonce& nonce, std::uint64_t digest);

  /// Stands up, if seated.
  void vacate(const Member& member, SeatLeftReason reason);
  /// Precondition: not seated, or vacated in this draft; the table has a free seat. What else is
  /// told of it stands in `how`.
  void seat(const Member& member, const Table& table, SeatTaken how = {});
  /// Somebody who is not at a table, and may be new to the event.
  void seat_newcomer(PersonId person, const Table& table);
  /// Everybody leaves the table at once by a push of the round's that follows.
  void part(const Table& table);
  /// Its wish for more time is granted, or nobody is left to have it: the desk need not look.
  void drop_wish(const Table& table);
  void end_visit(const Member& member);
  /// Stands up and goes to another room.
  void move(const Member& member, const Room& room, SeatLeftReason reason);
  /// Leaves table, visit and event.
  void leave(const Member& member);
  /// Leaves table and visit; what takes the person out of the event follows.
  void detach(const Member& member, SeatLeftReason reason);
  /// Everybody leaves the table, as seated or as visitor.
  void clear(const Table& table, SeatLeftReason reason);

  /// With an empty `PostedReply`, to be completed by the caller.
  Decision posted();
  Decision replied(Reply reply);
  std::vector<FollowUp>& follow_ups() { return decision_.follow_ups; }
  void close(PersonId person, CloseCode code) { decision_.closes.emplace_back(person, code); }

 private:
  void note_meetings(const Member& member);
  /// All that ends when the last has left: a lock, a mood, a call for help.
  void empty(const Table& table);

  const Event& event_;
  PersonId by_;
  TimeMs now_;
  Decision decision_;
  std::set<PersonId> vacated_;
  std::set<PersonId> unvisited_;
  std::map<TableId, std::size_t> vacated_of_;
  std::map<PlanId, std::vector<std::pair<PersonId, PersonId>>> met_;
  std::set<PersonId> parted_;  ///< Whose meetings are noted.
};

/// The `index`-th id of a decision with this seed; never 0.
std::uint64_t drawn_id(std::uint64_t seed, std::uint64_t index);

}  // namespace hallway
