// What the desk is told: who calls, who waits, reports, roles, and what is happening where.
// See event_place.hpp.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/erasure.hpp"
#include "rooms/event_bytes.hpp"
#include "rooms/event_place.hpp"

namespace hallway {
namespace {

// What of limits::answer_bytes_max each list of the desk may take.
constexpr std::size_t waiting_bytes_max = 40 * 1024;
constexpr std::size_t reports_bytes_max = 40 * 1024;
constexpr std::size_t held_bytes_max = 16 * 1024;
constexpr std::size_t rows_max = 60;  ///< Of people who are muted, out, or have a role.
constexpr std::size_t entry_bytes = 160;

/// Control characters are escaped in six.
std::size_t told_bytes(const std::string& text) {
  return 6 * text.size();
}

bool take(std::size_t& bytes_left, std::size_t bytes) {
  if (bytes > bytes_left) return false;
  bytes_left -= bytes;
  return true;
}

std::size_t bytes_of(const ReportView& report) {
  std::size_t bytes = entry_bytes + told_bytes(report.reason);
  for (const EvidenceView& message : report.messages) {
    bytes += entry_bytes + told_bytes(message.body);
  }
  return bytes;
}

}  // namespace

DeskStreamState EventPlace::desk_state(const Member& viewer) const {
  DeskStreamState desk;
  for (const auto& [table, help] : event_.help) desk.help.push_back(help);
  const auto earlier = [](const HelpView& one, const HelpView& other) { return one.at < other.at; };
  std::stable_sort(desk.help.begin(), desk.help.end(), earlier);
  std::size_t bytes_left = waiting_bytes_max;
  for (const auto& [person, since] : event_.waiting) {
    const PersonView& waiting = event_.find(person)->view;
    if (desk.waiting.size() == limits::people_shown_max || !take_bytes(bytes_left, waiting)) break;
    desk.waiting.push_back(waiting);
  }
  for (const RoomId room : event_.timed) {
    for (const auto& [table, run] : event_.find(room)->rounds.round->tables) {
      if (run.asked_time.empty()) continue;
      desk.time_asked.push_back(time_asked(*event_.find(table), run));
    }
  }
  tell_queue(desk, viewer);
  tell_people(desk);
  desk.filter = event_.moderation.filter.view();
  return desk;
}

void EventPlace::tell_queue(DeskStreamState& desk, const Member& viewer) const {
  const Moderation& moderation = event_.moderation;
  std::size_t bytes_left = reports_bytes_max;
  bool is_room_left = true;
  for (auto each = moderation.reports.rbegin(); each != moderation.reports.rend(); ++each) {
    if (!may_handle(viewer, each->second.person)) continue;
    ++desk.reports_open;
    is_room_left = is_room_left && take(bytes_left, bytes_of(each->second));
    if (is_room_left) desk.reports.push_back(each->second);
  }
  desk.held_open = static_cast<std::int64_t>(moderation.held.size());
  bytes_left = held_bytes_max;
  for (auto each = moderation.held.rbegin(); each != moderation.held.rend(); ++each) {
    if (!take(bytes_left, entry_bytes + told_bytes(each->second.view.body))) break;
    desk.held.push_back(each->second.view);
  }
}

void EventPlace::tell_people(DeskStreamState& desk) const {
  const auto add_mute = [&](PersonId person, const MuteView& mute) {
    if (desk.muted.size() == rows_max) return;
    desk.muted.push_back({person, mute.until_at, mute.voice, mute.reason, mute.room});
  };
  for (const auto& [person, member] : event_.members) {
    if (member.muted_chat) add_mute(person, *member.muted_chat);
    if (member.muted_voice) add_mute(person, *member.muted_voice);
    if (member.view.role != Role::member && desk.roles.size() < rows_max) {
      desk.roles.push_back({person, member.view.role, {event_.id, {}}});
    }
    // Those who erased themselves are nobody to let in again.
    const bool is_nobody = member.view.card.name == erased_name;
    const bool is_removed = member.standing && member.standing->out;
    if (member.refused && !is_removed && !is_nobody && desk.removed.size() < rows_max) {
      desk.removed.push_back({person, 0, false, std::nullopt, "", true});
    }
    if (!member.standing) continue;
    const Standing& standing = *member.standing;
    for (const MuteView& mute : standing.room_mutes) add_mute(person, mute);
    for (const auto& [room, role] : standing.room_roles) {
      if (desk.roles.size() < rows_max) desk.roles.push_back({person, role, {event_.id, room}});
    }
    if (!standing.out || desk.removed.size() == rows_max) continue;
    desk.removed.push_back(
        {person, standing.out_at, standing.banned, standing.until_at, standing.reason});
  }
}

void EventPlace::tick_activity(EventDraft& draft, TimeMs now) const {
  if (!event_.activity_due || *event_.activity_due > now) return;
  DeskActivity activity;
  for (const RoomId id_of_room : event_.room_order) {
    const Room& room = *event_.find(id_of_room);
    const std::int64_t messages = room.messages.last_minute(now);
    if (messages > 0) activity.rooms.push_back({room.id, messages, room.count()});
  }
  activity.guests = event_.guests_came.last_minute(now);
  activity.waiting = static_cast<std::int64_t>(event_.waiting.size());
  draft.push(desk_of(event_.id), std::move(activity));
}

}  // namespace hallway
