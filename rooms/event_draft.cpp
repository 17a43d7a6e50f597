// See event_draft.hpp.
#include "rooms/event_draft.hpp"

#include <utility>

#include "rooms/invariant.hpp"

namespace hallway {

void EventDraft::push_by(PersonId by, StreamId stream, PushData data) {
  Push push;
  push.stream = stream;
  push.at = now_;
  push.by = by;
  push.data = std::move(data);
  decision_.pushes.push_back(std::move(push));
}

void EventDraft::mark(const Nonce& nonce, std::uint64_t digest) {
  invariant(!decision_.pushes.empty(), "a nonce belongs to a push");
  decision_.pushes.back().nonce = nonce;
  decision_.pushes.back().digest = digest;
}

void EventDraft::vacate(const Member& member, SeatLeftReason reason) {
  if (!member.table || !vacated_.insert(member.view.id).second) return;
  const Table& table = *event_.find(member.table);
  note_meetings(member);
  push(stream_of(table.room), SeatLeft{member.view.id, table.id, reason});
  if (++vacated_of_[table.id] == table.seats.size()) empty(table);
}

void EventDraft::empty(const Table& table) {
  const StreamId room = stream_of(table.room);
  if (table.locked) push_by({}, room, TableUnlocked{table.id});
  if (table.mood == Mood::deep) {
    TableUpdated calm;
    calm.table = table.id;
    calm.mood = Mood::open;
    push_by({}, room, std::move(calm));
  }
  if (event_.help.contains(table.id)) {
    push_by({}, stream_of(table.id), HelpDone{table.id});
    push_by({}, desk_of(event_.id), HelpDone{table.id});
  }
  drop_wish(table);
}

void EventDraft::drop_wish(const Table& table) {
  const RoomRounds& rounds = event_.find(table.room)->rounds;
  if (!rounds.runs_at(table.id) || rounds.round->tables.at(table.id).asked_time.empty()) return;
  push_by({}, desk_of(event_.id), RoundTimeAsked{table.id, 0, 0});
}

void EventDraft::note_meetings(const Member& member) {
  const PersonId person = member.view.id;
  if (!parted_.insert(person).second) return;
  const Room& room = *event_.find(member.room);
  const PlanId plan = room.rounds.runs_at(member.table) ? room.rounds.round->plan : PlanId{};
  for (const PersonId other : event_.met_at_table(person, now_)) {
    if (!parted_.contains(other)) met_[plan].emplace_back(person, other);
  }
}

void EventDraft::part(const Table& table) {
  for (const auto& [seat, person] : table.seats) note_meetings(*event_.find(person));
  if (!table.seats.empty()) empty(table);
}

void EventDraft::seat(const Member& member, const Table& table, SeatTaken how) {
  invariant(!member.table || vacated_.contains(member.view.id), "one stands up before one sits");
  how.person = member.view.id;
  how.table = table.id;
  push(stream_of(table.room), how);
  // After the seat is taken, so that the table's stream stays open throughout.
  if (member.visiting == table.id) end_visit(member);
}

void EventDraft::seat_newcomer(PersonId person, const Table& table) {
  SeatTaken taken;
  taken.person = person;
  taken.table = table.id;
  taken.late = true;
  push_by({}, stream_of(table.room), taken);
}

void EventDraft::end_visit(const Member& member) {
  if (!member.visiting || !unvisited_.insert(member.view.id).second) return;
  push(stream_of(member.visiting), TableVisited{member.view.id, false});
}

void EventDraft::move(const Member& member, const Room& room, SeatLeftReason reason) {
  vacate(member, reason);
  fact(PersonEntered{member.view.id, room.id, member.waiting});
}

void EventDraft::detach(const Member& member, SeatLeftReason reason) {
  end_visit(member);
  vacate(member, reason);
}

void EventDraft::leave(const Member& member) {
  detach(member, SeatLeftReason::left);
  fact(PersonLeft{member.view.id, member.connections == 0 ? member.alone_since : 0});
}

void EventDraft::clear(const Table& table, SeatLeftReason reason) {
  for (const PersonId visitor : table.visitors) end_visit(*event_.find(visitor));
  for (const auto& [seat, person] : table.seats) vacate(*event_.find(person), reason);
}

Decision EventDraft::posted() {
  return replied(PostedReply{});
}

Decision EventDraft::replied(Reply reply) {
  decision_.reply = std::move(reply);
  for (auto& [plan, pairs] : std::exchange(met_, {})) fact(PeopleMet{plan, std::move(pairs)});
  return std::move(decision_);
}

std::uint64_t drawn_id(std::uint64_t seed, std::uint64_t index) {
  // SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
  std::uint64_t value = seed + (index + 1) * 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  value ^= value >> 31;
  return value == 0 ? 1 : value;
}

}  // namespace hallway
