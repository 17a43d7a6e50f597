// How each push changes an event: the one place where its state is written. See event_state.hpp.
#include <algorithm>
#include <type_traits>

#include "protocol/limits.hpp"
#include "rooms/event_state.hpp"
#include "rooms/invariant.hpp"

namespace hallway {
namespace {

/// Told on other places' streams, or kept by StreamLog: nothing of an event follows from them.
template <class T>
concept ChangesNoEvent = std::is_same_v<T, PersonMoved> || std::is_same_v<T, ReportAnswered> ||
    std::is_same_v<T, ReportChanged> || std::is_same_v<T, MessageDeleted> ||
    std::is_same_v<T, MessageReacted> || std::is_same_v<T, MessagePinned> ||
    std::is_same_v<T, MessageUnpinned> || std::is_same_v<T, TypingPush> ||
    std::is_same_v<T, TableInvited> || std::is_same_v<T, ConversationStarted> ||
    std::is_same_v<T, PersonBlocked> || std::is_same_v<T, PersonUnblocked> ||
    std::is_same_v<T, ReadPush> || std::is_same_v<T, ConversationAccepted> ||
    std::is_same_v<T, ReadMarked> || std::is_same_v<T, NonceClaimed> ||
    std::is_same_v<T, ConversationDeclined> || std::is_same_v<T, BlockSet> ||
    std::is_same_v<T, ConversationOpened>;

}  // namespace

void Event::fold(const Push& push, const TopOf& top) {
  std::visit(
      [&](const auto& data) {
        if constexpr (!ChangesNoEvent<std::decay_t<decltype(data)>>) on(data, push, top);
      },
      push.data);
}

// --- The event and its rooms

void Event::on(const EventUpdated& data, const Push& push, const TopOf&) {
  const EventView& told = data.event;
  title = told.title;
  starts_at = told.starts_at;
  ends_at = told.ends_at;
  timezone = told.timezone;
  admission = told.admission;
  programme = told.programme;
  group = told.group;
  retention_days = told.retention_days;
  lockdown = told.lockdown;
  if (told.state == EventState::over && life != EventState::over) over_at = push.at;
  life = told.state;
}

void Event::on(const RoomCreated& data, const Push& push, const TopOf&) {
  const RoomView& told = data.room;
  Room& room = rooms[told.id];
  room.id = told.id;
  room.name = told.name;
  room.kind = told.kind;
  room_order.push_back(room.id);
  for (const TableView& table : told.tables) add_table(room, table);
  if (!push.nonce.empty()) made[{push.stream, push.offset}] = room.id.value;
}

void Event::on(const RoomUpdated& data, const Push&, const TopOf&) {
  Room& room = rooms.at(data.room);
  if (!data.room_name.empty()) room.name = data.room_name;
  room.locked = data.locked.value_or(room.locked);
  room.slow_s = data.slow_s.value_or(room.slow_s);
}

void Event::on(const RoomClosed& data, const Push&, const TopOf&) {
  Room& room = rooms.at(data.room);
  invariant(room.people.empty(), "a room closes when its people have left it");
  for (const TableId table : room.tables) drop_table(table);
  std::erase(room_order, data.room);
  recount.erase(data.room);
  unannounced.erase(data.room);
  timed.erase(data.room);
  unseen.erase(data.room);
  for (auto& [person, member] : members) {
    if (!member.standing) continue;
    std::erase_if(member.standing->room_mutes,
                  [&](const MuteView& mute) { return mute.room == data.room; });
  }
  rooms.erase(data.room);
}

void Event::on(const RoomsCounted&, const Push& push, const TopOf&) {
  recount.clear();
  recount_at = push.at + limits::counts_ms;
}

void Event::on(const Presence&, const Push& push, const TopOf&) {
  const RoomId room{push.stream.value};
  rooms.at(room).presence.sent(push.at);
  unannounced.erase(room);
}

// --- Seats and tables

void Event::on(const SeatTaken& data, const Push& push, const TopOf& top) {
  Table& table = tables.at(data.table);
  Member& sitter = member(data.person);
  invariant(!table.full(), "no capacity is passed");
  take_seat(sitter, table, push.at, top);
  if (table.in_round) {
    Round& round = round_of(table.room);
    round.seat_of[data.person] = table.id;
    check_told(*find(table.room));
  }
  if (data.move == 0) return;
  next_move = data.move + 1;
  const bool has_just_left = sitter.left_at == push.at;
  moves.push_back(
      {data.move, push.at, data.person, has_just_left ? sitter.left_table : TableId{}, table.id});
  std::erase_if(moves, [&](const Move& move) { return move.at + limits::undo_ms < push.at; });
}

void Event::on(const SeatLeft& data, const Push& push, const TopOf& top) {
  Table& table = tables.at(data.table);
  Member& sitter = member(data.person);
  invariant(sitter.table == table.id, "whoever leaves a seat has it");
  leave_seat(sitter, push.at, top);
  if (!table.in_round) return;
  if (table.seats.empty()) stop_running(rooms.at(table.room), table.id);
  check_told(*find(table.room));
}

void Event::on(const TableCreated& data, const Push& push, const TopOf&) {
  Room& room = rooms.at(RoomId{push.stream.value});
  add_table(room, data.table);
  if (!push.nonce.empty()) made[{push.stream, push.offset}] = data.table.id.value;
}

void Event::on(const TableUpdated& data, const Push&, const TopOf&) {
  Table& table = tables.at(data.table);
  if (data.table_name) table.name = *data.table_name;
  if (data.topic) table.topic = *data.topic;
  if (data.capacity) table.capacity = data.capacity;
  if (data.mood) table.mood = *data.mood;
}

void Event::on(const TableRemoved& data, const Push&, const TopOf&) {
  const Table& table = tables.at(data.table);
  std::erase(rooms.at(table.room).tables, data.table);
  drop_table(data.table);
}

void Event::on(const TableLocked& data, const Push&, const TopOf&) {
  tables.at(data.table).locked = true;
}

void Event::on(const TableUnlocked& data, const Push&, const TopOf&) {
  Table& table = tables.at(data.table);
  table.locked = false;
  drop_knocks(table);  // whoever knocked may sit down now
}

void Event::on(const TableKnocked& data, const Push& push, const TopOf&) {
  Table& table = tables.at(TableId{push.stream.value});
  table.next_knock = data.knock + 1;
  table.knocks[data.knock] = {{data.knock, data.person, data.line, push.at}, push.offset};
  knocks.insert({push.at + limits::knock_ms, table.id, data.knock});
}

void Event::on(const TableVisited& data, const Push& push, const TopOf&) {
  Table& table = tables.at(TableId{push.stream.value});
  Member& visitor = member(data.person);
  visitor.visiting = data.on ? table.id : TableId{};
  if (data.on) table.visitors.insert(data.person);
  if (!data.on) table.visitors.erase(data.person);
}

void Event::on(const HelpCalled& data, const Push& push, const TopOf&) {
  help[data.table] = {data.table, data.person, data.line, push.at};
}

void Event::on(const HelpDone& data, const Push&, const TopOf&) {
  help.erase(data.table);
}

// --- People

void Event::on(const PersonUpdated& data, const Push&, const TopOf&) {
  Member& changed = member(data.person.id);
  if (!data.person.card.name.empty()) changed.view.card = data.person.card;
}

void Event::on(const PersonWaiting& data, const Push& push, const TopOf&) {
  waiting.emplace(data.person.id, push.at);
}

void Event::on(const PersonAdmitted& data, const Push&, const TopOf&) {
  Member& admitted = member(data.person);
  admitted.waiting = false;
  admitted.admitted = true;
  waiting.erase(data.person);
}

void Event::on(const PersonRefused& data, const Push&, const TopOf&) {
  Member& refused = member(data.person);
  refused.refused = true;
  refused.waiting = false;
  waiting.erase(data.person);
  leave_event(refused);
}

void Event::on(const PersonRemoved& data, const Push& push, const TopOf&) {
  show_out(data.person, push.at, data.reason);
}

void Event::on(const PersonEntered& data, const Push& push, const TopOf& top) {
  Member& entering = member(data.person);
  Room& room = rooms.at(data.room);
  invariant(!entering.table, "a person stands up before they leave the room");
  if (entering.present) {
    leave_room(entering);
  } else {
    entering.view.state =
        entering.connections > 0 ? PersonState::online : PersonState::reconnecting;
    entering.present = true;
    ++present;
    if (entering.standing && entering.standing->out) entering.standing->out = false;  // It lapsed.
    if (entering.view.guest) {
      guests_came.beat(push.at);
      note_activity(push.at);
    }
  }
  if (data.waiting && !entering.waiting) entering.lobby_first = top(stream_of(room.id)) + 1;
  entering.waiting = data.waiting;
  if (!data.waiting) entering.admitted = true;
  enter_room(entering, room);
}

void Event::on(const PersonLeft& data, const Push&, const TopOf&) {
  leave_event(member(data.person));
}

void Event::on(const RoleGiven& data, const Push&, const TopOf&) {
  member(data.person).view.role = data.role;
}

// --- Connections, and what time alone changes

void Event::on(const Connected& data, const Push&, const TopOf&) {
  Member& arriving = member(data.person.id);
  // Who is here may have changed their card since the arrival was read from the registry.
  if (!arriving.present) arriving.view.card = data.person.card;
  arriving.view.guest = data.person.guest;
  ++arriving.connections;
  watch_alone(arriving, false);
  set_state(arriving, PersonState::online);
  chair_here(data.person.id);
}

void Event::on(const Disconnected& data, const Push& push, const TopOf&) {
  Member& departing = member(data.person);
  invariant(departing.connections > 0, "a connection ends once");
  if (--departing.connections > 0) return;
  chair_gone(data.person, push.at);
  if (!departing.present) return;
  departing.alone_since = push.at;
  set_state(departing, PersonState::reconnecting);
  watch_alone(departing, true);
}

void Event::on(const StateChanged& data, const Push&, const TopOf&) {
  Member& changed = member(data.person);
  watch_alone(changed, false);
  set_state(changed, data.state);
  watch_alone(changed, true);
}

void Event::on(const KnockLapsed& data, const Push&, const TopOf&) {
  drop_knock(tables.at(data.table), data.knock);
}

void Event::on(const InviteSpent& data, const Push& push, const TopOf&) {
  member(push.by).invited_at = push.at;
  auto& invited = tables.at(data.table).invited;
  std::erase_if(invited, [&](const auto& entry) {
    return push.at - entry.second >= limits::invite_fresh_ms;
  });
  invited[data.person] = push.at;
}

void Event::restarted(TimeMs now) {
  alone.clear();
  knocks.clear();
  unannounced.clear();
  unseen.clear();
  wrote_at.clear();
  guests_came = {};
  activity_told_at = 0;
  activity_due.reset();
  recount.clear();
  recount_at = 0;
  moves.clear();
  plans.clear();
  for (auto& [room_id, room] : rooms) {
    room.presence = PresenceBatch{};
    room.messages = {};
    room.away = 0;
    restart_round(room, now);
  }
  for (auto& [table_id, table] : tables) {
    table.knocks.clear();
    table.invited.clear();
  }
  for (auto& [person, member] : members) {
    member.connections = 0;
    member.invited_at.reset();
    if (!member.present) continue;
    member.view.state = PersonState::reconnecting;
    member.alone_since = now;
    watch_alone(member, true);
  }
  for (const auto& [room_id, room] : rooms) check_told(room);
}

void Event::seed(const PersonView& person) {
  Member& known = member(person.id);
  known.view.card = person.card;
  known.view.role = person.role;
  known.view.guest = person.guest;
}

// --- Helpers

Member& Event::member(PersonId person) {
  const auto [entry, is_new] = members.try_emplace(person);
  Member& known = entry->second;
  if (is_new) known.view.id = person;
  if (is_new) known.view.state = PersonState::away;  // until they come
  return known;
}

void Event::enter_room(Member& member, Room& room) {
  member.room = room.id;
  room.people.insert(member.view.id);
  if (member.view.state == PersonState::away) ++room.away;
  room.presence.joined(member.view.id);
  unannounced.insert(room.id);
  recount.insert(room.id);
}

void Event::leave_room(Member& member) {
  Room& room = rooms.at(member.room);
  room.people.erase(member.view.id);
  if (member.view.state == PersonState::away) --room.away;
  room.presence.left(member.view.id);
  unannounced.insert(room.id);
  recount.insert(room.id);
}

void Event::leave_event(Member& member) {
  invariant(!member.table && !member.visiting, "whoever leaves the event has left every table");
  if (!member.present) return;
  leave_room(member);
  watch_alone(member, false);
  member.present = false;
  member.view.state = PersonState::away;
  --present;
}

void Event::set_state(Member& member, PersonState state) {
  if (member.view.state == state) return;
  const auto is_away = [](PersonState value) { return value == PersonState::away ? 1 : 0; };
  const int change = is_away(state) - is_away(member.view.state);
  member.view.state = state;
  if (!member.present) return;
  Room& room = rooms.at(member.room);
  room.away += change;
  room.presence.changed(member.view.id);
  unannounced.insert(room.id);
  if (change == 0) return;
  recount.insert(room.id);
  if (room.rounds.runs_at(member.table)) check_told(room);
}

void Event::watch_alone(Member& member, bool is_alone) {
  const auto entry = std::pair(changes_at(member), member.view.id);
  if (is_alone) {
    alone.insert(entry);
  } else {
    alone.erase(entry);
  }
}

void Event::drop_knock(Table& table, std::int64_t knock) {
  const auto entry = table.knocks.find(knock);
  if (entry == table.knocks.end()) return;
  knocks.erase({entry->second.view.at + limits::knock_ms, table.id, knock});
  table.knocks.erase(entry);
}

void Event::drop_knocks(Table& table) {
  while (!table.knocks.empty()) drop_knock(table, table.knocks.begin()->first);
}

void Event::drop_table(TableId id_of_table) {
  Table& table = tables.at(id_of_table);
  invariant(table.seats.empty() && table.visitors.empty(), "a table goes when nobody is at it");
  drop_knocks(table);
  help.erase(id_of_table);
  ill_told.erase(id_of_table);
  tables.erase(id_of_table);
}

void Event::take_seat(Member& sitter, Table& table, TimeMs at, const TopOf& top) {
  invariant(!sitter.table, "a person sits at one table at most");
  const PersonId person = sitter.view.id;
  sitter.table = table.id;
  sitter.seat = table.next_seat++;
  table.seats.emplace(sitter.seat, person);
  table.since[person] = at;
  if (!table.sitting) {
    table.sitting = sittings.size();
    table.sittings.push_back(sittings.size());
    sittings.push_back({table.id, top(stream_of(table.id)) + 1, Sitting::open, {}});
  }
  const auto [entry, is_new] =
      sittings[*table.sitting].people.insert_or_assign(person, Sitting::open);
  if (is_new) sitter.sittings.push_back(*table.sitting);
  table.invited.erase(person);
  for (auto knock = table.knocks.begin(); knock != table.knocks.end();) {
    const auto next = std::next(knock);
    if (knock->second.view.person == person) drop_knock(table, knock->first);
    knock = next;
  }
}

void Event::leave_seat(Member& sitter, TimeMs at, const TopOf& top) {
  Table& table = tables.at(sitter.table);
  const Offset last = top(stream_of(table.id));
  Sitting& sitting = sittings[*table.sitting];
  sitting.people.at(sitter.view.id) = last;
  table.seats.erase(sitter.seat);
  table.since.erase(sitter.view.id);
  sitter.left_table = table.id;
  sitter.left_at = at;
  sitter.table = {};
  sitter.seat = 0;
  if (!table.seats.empty()) return;
  sitting.last = last;
  table.sitting.reset();
  table.opener.reset();
}

void Event::add_table(Room& room, const TableView& told) {
  Table& table = tables[told.id];
  table.id = told.id;
  table.room = room.id;
  table.name = told.name;
  table.topic = told.topic;
  table.capacity = told.capacity;
  table.mood = told.mood;
  room.tables.push_back(table.id);
  if (told.capacity) ++room.tables_made;
}

}  // namespace hallway
