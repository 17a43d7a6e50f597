// An event forgets a person: their words on each of its streams, and their name. See
// event_place.hpp and event_state.hpp.
#include <algorithm>

#include "rooms/erasure.hpp"
#include "rooms/event_place.hpp"

namespace hallway {

Decision EventPlace::erase(PersonId person, const Context& context) const {
  EventDraft draft(event_, {}, context.now);
  const Member* member = event_.find(person);
  if (member && member->present) draft.leave(*member);
  if (member && member->view.role != Role::member) draft.fact(RoleGiven{person, Role::member});
  std::vector<StreamId> streams;
  for (const auto& [stream, log] : logs()) {
    if (stream.kind != StreamKind::facts) streams.push_back(stream);
  }
  std::sort(streams.begin(), streams.end());
  for (const StreamId stream : streams) draft.push(stream, PersonErased{person});
  draft.close(person, CloseCode::session_revoked);
  return draft.replied(NothingReply{});
}

void Event::on(const PersonErased& data, const Push&, const TopOf&) {
  const auto known = members.find(data.person);
  if (known == members.end()) return;
  Member& erased = known->second;
  erased.view.card = Card{};
  erased.view.card.name = std::string(erased_name);
  erased.refused = true;
  erased.waiting = false;
  erased.standing.reset();
  erased.muted_chat.reset();
  erased.muted_voice.reset();
  waiting.erase(data.person);
  for (auto& [table, call] : help) {
    if (call.person == data.person) call.line.clear();
  }
  for (auto& [room_id, room] : rooms) {
    auto& latest = room.rounds.broadcast;
    if (latest && latest->view.by == data.person) latest->view.body.clear();
  }
  moderation.erase(data.person);
}

void Moderation::erase(PersonId person) {
  for (auto& [number, report] : reports) {
    if (report.by == person || report.person == person) report.reason.clear();
    for (EvidenceView& message : report.messages) {
      if (message.by == person) message.body.clear();
    }
  }
  std::erase_if(held_at, [&](const auto& entry) {
    const auto waits = held.find(entry.second);
    return waits != held.end() && waits->second.view.by == person;
  });
  std::erase_if(held, [&](const auto& entry) { return entry.second.view.by == person; });
  for (AuditView& entry : audit) {
    if (entry.by == person || entry.person == person) entry.reason.clear();
  }
}

}  // namespace hallway
