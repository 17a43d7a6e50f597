// What time alone brings to an event: grace that ends, knocks that lapse, its opening and its end,
// and presence told in batches. See event_place.hpp.
#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"

namespace hallway {

Decision EventPlace::tick(const Context& context) const {
  EventDraft draft(event_, {}, context.now);
  tick_presence(draft, context.now);  // first: it tells what happened before this decision
  tick_activity(draft, context.now);
  for (const auto& [at, table, knock] : event_.knocks) {
    if (at > context.now) break;
    draft.local(KnockLapsed{table, knock});
  }
  // Who leaves leaves a seat: what rounds do next is decided when they are gone, at once after
  // this.
  if (!tick_people(draft, context.now) && !tick_life(draft, context.now)) {
    tick_rounds(draft, context);
  }
  return draft.replied(NothingReply{});
}

bool EventPlace::tick_people(EventDraft& draft, TimeMs now) const {
  for (const auto& [at, person] : event_.alone) {
    if (at > now) break;
    const Member& member = *event_.find(person);
    if (now < member.alone_since + limits::left_ms) {
      draft.local(StateChanged{person, PersonState::away});
    } else {
      draft.leave(member);
    }
  }
  return !event_.alone.empty() && event_.alone.begin()->first <= now;
}

bool EventPlace::tick_life(EventDraft& draft, TimeMs now) const {
  EventUpdated updated{event_.view()};
  const auto closes_at = event_.closes_at();
  const auto opens_at = event_.opens_at();
  const auto unreadable_at = event_.unreadable_at();
  if (closes_at && now >= *closes_at) {
    gather_in_lobby(draft);
    updated.event.state = EventState::over;
    draft.push(stream_of(event_.id), std::move(updated));
  } else if (opens_at && now >= *opens_at) {
    updated.event.state = EventState::live;
    draft.push(stream_of(event_.id), std::move(updated));
  } else if (event_.present > 0 && unreadable_at && now >= *unreadable_at) {
    for (const auto& [person, member] : event_.members) {
      if (member.present) draft.leave(member);
    }
  } else {
    return false;
  }
  return true;
}

void EventPlace::gather_in_lobby(EventDraft& draft) const {
  const Room& lobby = event_.lobby();
  for (const auto& [person, member] : event_.members) {
    if (!member.present) continue;
    draft.end_visit(member);
    if (member.room != lobby.id) draft.move(member, lobby, SeatLeftReason::moved);
  }
  for (const auto& [number, held] : event_.moderation.held) {
    MessageReviewed reviewed{number, false, "", {}, held.view.by};
    draft.push_by({}, desk_of(event_.id), reviewed);
    reviewed.event = event_.id;
    draft.follow_ups().push_back({place_of(held.view.by), {}, std::move(reviewed)});
  }
}

void EventPlace::tick_presence(EventDraft& draft, TimeMs now) const {
  for (const RoomId room_id : event_.unannounced) {
    const Room& room = *event_.find(room_id);
    const auto due_at = room.presence.due_at();
    if (!due_at || *due_at > now) continue;
    Presence presence;
    presence.count = room.count();
    if (room.people.size() <= limits::people_shown_max) {
      for (const PersonId person : room.presence.who_joined()) {
        presence.joined.push_back(event_.find(person)->view);
      }
      const auto& left = room.presence.who_left();
      presence.left.assign(left.begin(), left.end());
      for (const PersonId person : room.presence.who_changed()) {
        presence.changed.emplace_back(person, event_.find(person)->view.state);
      }
    }
    draft.push(stream_of(room_id), std::move(presence));
  }
  if (event_.recount.empty() || event_.recount_at > now) return;
  RoomsCounted counted;
  for (const RoomId room : event_.recount) {
    counted.counts.emplace_back(room, event_.find(room)->count());
  }
  draft.push(stream_of(event_.id), std::move(counted));
}

Presence EventPlace::presence_of(RoomId room_id) const {
  const Room& room = *event_.find(room_id);
  Presence presence;
  presence.count = room.count();
  if (room.people.size() > limits::people_shown_max) return presence;
  presence.all = true;
  for (const PersonId person : room.people) presence.joined.push_back(event_.find(person)->view);
  return presence;
}

}  // namespace hallway
