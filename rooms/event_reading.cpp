// What an event shows of itself: snapshots, views, counts. See event_place.hpp.
#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_bytes.hpp"
#include "rooms/event_place.hpp"
#include "rooms/invariant.hpp"

namespace hallway {

Decision EventPlace::on(const StreamSnapshot& command, const Actor& actor,
                        const Context& context) const {
  if (!event_.receives(actor.id, command.stream)) return refused(unknown_stream());
  return EventDraft(event_, actor.id, context.now)
      .replied(SnapshotReply{snapshot(command.stream, actor.id, command.limit)});
}

/// A newcomer is told the sitting that goes on, not those of before.
Slices EventPlace::current_talk(TableId at, const Slices& visible) const {
  const Table& table = *event_.find(at);
  if (table.sitting) return {{event_.sittings[*table.sitting].first, Sitting::open}};
  return visible.empty() ? visible : Slices{visible.back()};
}

Snapshot EventPlace::snapshot(StreamId stream, PersonId viewer, std::int64_t limit) const {
  const Member* member = event_.find(viewer);
  invariant(member && event_.receives(viewer, stream), "a snapshot is for whoever receives it");
  Snapshot told;
  told.stream = stream;
  told.offset = top(stream);
  if (const StreamLog* log = find_log(stream)) {
    Slices visible = visible_of(stream, *member);
    if (stream.kind == StreamKind::table) visible = current_talk(TableId{stream.value}, visible);
    told.messages = log->messages(visible, 0, limit, told.more);
  }
  told.state = state_of(stream, *member, told.messages);
  fit_into_answer(told);
  return told;
}

TimeAskedView EventPlace::time_asked(const Table& table, const TableRun& run) const {
  const auto yes = static_cast<std::int64_t>(run.asked_time.size());
  return {table.id, yes, std::max(yes, event_.active_at(table))};
}

StreamState EventPlace::state_of(StreamId stream, const Member& viewer,
                                 const std::vector<MessageView>& messages) const {
  if (stream.kind == StreamKind::event) return EventStreamState{event_view_for(viewer.view.id)};
  if (stream.kind == StreamKind::room) {
    const Room& room = *event_.find(RoomId{stream.value});
    RoomStreamState state{
        event_.view_of(room, true), people_shown(room, viewer, messages), room.count(), {}, {}, {}};
    for (const auto& [person, rounds] : room.rounds.sitting_out) {
      state.sitting_out.push_back(person);
    }
    state.joining_in.assign(room.rounds.joining_in.begin(), room.rounds.joining_in.end());
    if (room.rounds.broadcast) state.broadcast = room.rounds.broadcast->view;
    return state;
  }
  if (stream.kind == StreamKind::table) {
    const Table& table = *event_.find(TableId{stream.value});
    TableStreamState state;
    state.table = event_.view_of(table, true);
    state.visitors.assign(table.visitors.begin(), table.visitors.end());
    for (const auto& [number, knock] : table.knocks) state.knocks.push_back(knock.view);
    for (const auto& [seat, person] : table.seats) {
      state.people.push_back(event_.find(person)->view);
    }
    state.opener = table.opener;
    const RoomRounds& rounds = event_.find(table.room)->rounds;
    if (!rounds.runs_at(table.id)) return state;
    const TableRun& run = rounds.round->tables.at(table.id);
    if (!state.opener) state.opener = rounds.round->opener;
    if (run.shrunk) state.shrunk = run.shrunk->view;
    if (!run.asked_time.empty()) state.time_asked = time_asked(table, run);
    return state;
  }
  return desk_state(viewer);
}

std::vector<PersonId> EventPlace::people_of_talk(const Member& viewer,
                                                 const std::vector<MessageView>& messages) const {
  std::set<PersonId> people{viewer.view.id};
  if (const Table* table = event_.find(viewer.table)) {
    for (const auto& [seat, person] : table->seats) people.insert(person);
  }
  for (const MessageView& message : messages) {
    if (event_.find(message.by)) people.insert(message.by);
  }
  return {people.begin(), people.end()};
}

std::vector<PersonView> EventPlace::people_shown(const Room& room, const Member& viewer,
                                                 const std::vector<MessageView>& messages) const {
  std::vector<PersonId> shown;
  if (room.people.size() <= limits::people_shown_max) {
    shown.assign(room.people.begin(), room.people.end());
    if (!room.people.contains(viewer.view.id)) shown.push_back(viewer.view.id);
  } else {
    shown = people_of_talk(viewer, messages);
  }
  std::vector<PersonView> people;
  people.reserve(std::min(shown.size(), limits::people_shown_max));
  std::size_t bytes_left = people_bytes_max;
  for (const PersonId person : shown) {
    const PersonView& view = event_.find(person)->view;
    if (people.size() == limits::people_shown_max || !take_bytes(bytes_left, view)) break;
    people.push_back(view);
  }
  return people;
}

void EventPlace::complete(Push& push) const {
  const auto put_card = [&](PersonView& person) {
    if (const Member* member = event_.find(person.id)) person = member->view;
  };
  if (auto* updated = std::get_if<PersonUpdated>(&push.data)) put_card(updated->person);
  if (auto* waiting = std::get_if<PersonWaiting>(&push.data)) put_card(waiting->person);
}

EventView EventPlace::event_view() const {
  EventView told = event_.view();
  for (const RoomId room : event_.room_order) {
    told.rooms.push_back(event_.view_of(*event_.find(room), false));
  }
  return told;
}

EventView EventPlace::event_view_for(PersonId viewer) const {
  const Member* member = event_.find(viewer);
  const bool is_open = event_.admission == Admission::open && !event_.lockdown;
  const bool is_kept_out = member && (member->waiting || member->refused);
  const bool is_in = member && (member->admitted || member->is_staff());
  // Who has not come yet sees what they would see if they came.
  if (!is_kept_out && (is_in || is_open)) return event_view();
  EventView told = event_.view();
  told.programme.clear();
  told.rooms.push_back(event_.view_of(event_.lobby(), false));
  return told;
}

std::vector<std::string> EventPlace::names_present(std::size_t max) const {
  std::vector<std::string> names;
  for (const auto& [person, member] : event_.members) {
    if (names.size() == max) break;
    if (member.present && !member.waiting && member.view.state != PersonState::away) {
      names.push_back(member.view.card.name);
    }
  }
  return names;
}

std::int64_t EventPlace::count_present() const {
  std::int64_t count = 0;
  for (const auto& [id_of_room, room] : event_.rooms) count += room.count();
  return count;
}

bool EventPlace::have_met(PersonId person, const std::vector<PersonId>& others) const {
  return std::all_of(others.begin(), others.end(),
                     [&](PersonId other) { return event_.sat_together(person, other); });
}

}  // namespace hallway
