// How the pushes of moderation change an event, and questions about it. See event_state.hpp.
#include <algorithm>

#include "protocol/limits.hpp"
#include "rooms/event_state.hpp"
#include "rooms/invariant.hpp"

namespace hallway {

// --- Questions

Role Member::role_in(RoomId room_id) const {
  if (!standing) return Role::member;
  const auto entry = standing->room_roles.find(room_id);
  return entry == standing->room_roles.end() ? Role::member : entry->second;
}

Role Member::highest_role() const {
  Role highest = view.role;
  if (!standing) return highest;
  for (const auto& [room_id, role] : standing->room_roles) highest = std::max(highest, role);
  return highest;
}

const MuteView* Member::mute_in(RoomId room_id, bool voice, TimeMs now) const {
  const MuteView* everywhere = (voice ? muted_voice : muted_chat).get();
  if (everywhere && everywhere->until_at > now) return everywhere;
  if (!standing) return nullptr;
  const auto& mutes = standing->room_mutes;
  const auto found = std::find_if(mutes.begin(), mutes.end(), [&](const MuteView& mute) {
    return mute.room == room_id && mute.voice == voice && mute.until_at > now;
  });
  return found == mutes.end() ? nullptr : &*found;
}

bool Member::is_muted(RoomId room_id, TimeMs now) const {
  if (!room_id && (mute_in({}, false, now) || mute_in({}, true, now))) return true;
  return standing && std::any_of(standing->room_mutes.begin(), standing->room_mutes.end(),
                                 [&](const MuteView& mute) {
                                   const bool is_there = !room_id || mute.room == room_id;
                                   return is_there && mute.until_at > now;
                                 });
}

const Room* Event::room_of(StreamId stream) const {
  if (stream.kind == StreamKind::room) return find(RoomId{stream.value});
  if (stream.kind != StreamKind::table) return nullptr;
  const Table* table = find(TableId{stream.value});
  return table ? find(table->room) : nullptr;
}

std::int64_t Event::slow_s(const Room& room) const {
  return lockdown ? std::max(room.slow_s, limits::lockdown_slow_s) : room.slow_s;
}

std::size_t Event::organisers() const {
  return static_cast<std::size_t>(
      std::count_if(members.begin(), members.end(),
                    [](const auto& entry) { return entry.second.view.role == Role::organiser; }));
}

// --- What happens where

void Event::said(const Push& push) {
  const Room* where = room_of(push.stream);
  if (!where) return;
  Room& room = rooms.at(where->id);
  room.messages.beat(push.at);
  note_activity(push.at);
  if (slow_s(room) > 0) wrote_at[{room.id, push.by}] = push.at;
}

void Event::note_activity(TimeMs at) {
  if (!activity_due) activity_due = std::max(at, activity_told_at + limits::activity_ms);
}

void Event::on(const MessagePosted&, const Push& push, const TopOf&) {
  said(push);
}

void Event::on(const MessageEdited&, const Push& push, const TopOf&) {
  const Room* where = room_of(push.stream);
  if (where && slow_s(*where) > 0) wrote_at[{where->id, push.by}] = push.at;
}

void Event::on(const DeskActivity& data, const Push& push, const TopOf&) {
  activity_told_at = push.at;
  activity_due.reset();
  if (!data.rooms.empty() || data.guests > 0) note_activity(push.at);
}

// --- People

Standing& Event::standing(PersonId person) {
  Member& known = member(person);
  if (!known.standing) known.standing = std::make_unique<Standing>();
  return *known.standing;
}

void Event::show_out(PersonId person, TimeMs at, const std::string& reason) {
  Standing& shown = standing(person);
  shown.out = true;
  shown.banned = false;
  shown.until_at.reset();
  shown.out_at = at;
  shown.reason = reason;
  Member& leaving = member(person);
  leaving.waiting = false;
  waiting.erase(person);
  leave_event(leaving);
}

void Event::on(const PersonMuted& data, const Push&, const TopOf&) {
  MuteView mute{data.until_at, data.reason, data.voice, data.room};
  Member& muted = member(data.person);
  if (!data.room) {
    (data.voice ? muted.muted_voice : muted.muted_chat) =
        std::make_shared<const MuteView>(std::move(mute));
    return;
  }
  auto& mutes = standing(data.person).room_mutes;
  std::erase_if(mutes, [&](const MuteView& each) {
    return each.room == data.room && each.voice == data.voice;
  });
  mutes.push_back(std::move(mute));
}

void Event::on(const PersonUnmuted& data, const Push&, const TopOf&) {
  Member& unmuted = member(data.person);
  if (!data.room) {
    unmuted.muted_chat.reset();
    unmuted.muted_voice.reset();
  }
  if (!unmuted.standing) return;
  std::erase_if(unmuted.standing->room_mutes,
                [&](const MuteView& each) { return !data.room || each.room == data.room; });
}

void Event::on(const PersonWarned& data, const Push&, const TopOf&) {
  ++standing(data.person).warnings;
}

void Event::on(const PersonBanned& data, const Push& push, const TopOf&) {
  show_out(data.person, push.at, data.reason);
  standing(data.person).banned = true;
  standing(data.person).until_at = data.until_at;
}

void Event::on(const PersonUnbanned& data, const Push&, const TopOf&) {
  Standing& back = standing(data.person);
  back.out = false;
  back.banned = false;
  back.until_at.reset();
  member(data.person).refused = false;
}

void Event::on(const RoleGranted& data, const Push& push, const TopOf&) {
  if (data.scope.room) {
    standing(data.person).room_roles[data.scope.room] = data.role;
    return;
  }
  member(data.person).view.role = data.role;
  member(data.person).role_at = push.at;
}

void Event::on(const RoleRevoked& data, const Push& push, const TopOf&) {
  if (data.scope.room) {
    standing(data.person).room_roles.erase(data.scope.room);
    return;
  }
  member(data.person).view.role = Role::member;
  member(data.person).role_at = push.at;
}

// --- Reports, held messages, the log

void Event::on(const ReportFiled& data, const Push& push, const TopOf&) {
  moderation.file(data, push);
}

void Event::on(const ReportClaimed& data, const Push&, const TopOf&) {
  moderation.claim(data);
}

void Event::on(const ReportResolved& data, const Push&, const TopOf&) {
  moderation.reports.erase(data.report);
}

void Event::on(const FilterUpdated& data, const Push&, const TopOf&) {
  moderation.filter = WordFilter({data.on, data.words});
}

void Event::on(const MessageHeld& data, const Push& push, const TopOf&) {
  moderation.hold(data, push);
}

void Event::on(const MessageReviewed& data, const Push&, const TopOf&) {
  moderation.held.erase(data.held);
}

void Event::on(const Audited& data, const Push& push, const TopOf&) {
  moderation.note(data, push);
}

}  // namespace hallway
