// Questions about an event's state. See event_state.hpp.
#include "rooms/event_state.hpp"

#include <algorithm>

#include "protocol/limits.hpp"
#include "rooms/invariant.hpp"

namespace hallway {

TimeMs changes_at(const Member& member) {
  const bool is_away = member.view.state == PersonState::away;
  return member.alone_since + (is_away ? limits::left_ms : limits::reconnecting_ms);
}

const Member* Event::find(PersonId person) const {
  const auto entry = members.find(person);
  return entry == members.end() ? nullptr : &entry->second;
}

const Room* Event::find(RoomId room) const {
  const auto entry = rooms.find(room);
  return entry == rooms.end() ? nullptr : &entry->second;
}

const Table* Event::find(TableId table) const {
  const auto entry = tables.find(table);
  return entry == tables.end() ? nullptr : &entry->second;
}

const Room& Event::lobby() const {
  const auto entry = std::find_if(rooms.begin(), rooms.end(), [](const auto& candidate) {
    return candidate.second.kind == RoomKind::lobby;
  });
  invariant(entry != rooms.end(), "every event has a lobby");
  return entry->second;
}

const Table* Event::sofa_of(const Room& room) const {
  for (const TableId id_of_table : room.tables) {
    const Table& table = tables.at(id_of_table);
    if (table.sofa()) return &table;
  }
  return nullptr;
}

bool Event::receives(PersonId person, StreamId stream) const {
  const Member* member = find(person);
  if (!member || !member->present) return false;
  switch (stream.kind) {
    case StreamKind::event:
      return stream.value == id.value && !member->waiting;
    case StreamKind::room:
      return stream.value == member->room.value;
    case StreamKind::table:
      return stream.value != 0 &&
             (stream.value == member->table.value || stream.value == member->visiting.value);
    case StreamKind::desk:
      return stream.value == id.value && member->is_staff() && !member->waiting;
    case StreamKind::conversation:
    case StreamKind::person:
    case StreamKind::facts:
      return false;
  }
  return false;
}

std::vector<StreamId> Event::streams_of(PersonId person) const {
  const Member* member = find(person);
  if (!member || !member->present) return {};
  std::vector<StreamId> streams;
  if (!member->waiting) streams.push_back(stream_of(id));
  streams.push_back(stream_of(member->room));
  if (member->table) streams.push_back(stream_of(member->table));
  if (member->visiting && member->visiting != member->table) {
    streams.push_back(stream_of(member->visiting));
  }
  if (receives(person, desk_of(id))) streams.push_back(desk_of(id));
  return streams;
}

Slices Event::slices_of(PersonId person, const Table& table) const {
  Slices slices;
  const Member* member = find(person);
  if (!member) return slices;
  const auto add = [&](Offset first, Offset last) {
    if (first > last) return;
    if (!slices.empty() && slices.back().second + 1 == first) {
      slices.back().second = last;
    } else {
      slices.emplace_back(first, last);
    }
  };
  for (const std::size_t index : member->sittings) {
    const Sitting& sitting = sittings[index];
    if (sitting.table != table.id) continue;
    if (table.sitting == index && member->visiting == table.id) continue;
    add(sitting.first, sitting.people.at(person));
  }
  if (member->visiting != table.id) return slices;
  // A visitor hears what is said now, also where nobody sits yet.
  if (table.sitting) {
    add(sittings[*table.sitting].first, Sitting::open);
  } else {
    add(table.sittings.empty() ? 1 : sittings[table.sittings.back()].last + 1, Sitting::open);
  }
  return slices;
}

bool Event::sat_together(PersonId one, PersonId other) const {
  const Member* first = find(one);
  const Member* second = find(other);
  if (!first || !second) return false;
  const bool first_has_fewer = first->sittings.size() <= second->sittings.size();
  const Member& fewer = first_has_fewer ? *first : *second;
  const PersonId companion = first_has_fewer ? other : one;
  return std::any_of(fewer.sittings.begin(), fewer.sittings.end(),
                     [&](std::size_t index) { return sittings[index].people.contains(companion); });
}

std::int64_t Event::active_at(const Table& table) const {
  return static_cast<std::int64_t>(active_people_at(table).size());
}

std::vector<PersonId> Event::active_people_at(const Table& table) const {
  std::vector<PersonId> active;
  for (const auto& [seat, person] : table.seats) {
    if (find(person)->view.state != PersonState::away) active.push_back(person);
  }
  return active;
}

std::int64_t Event::too_few_at(const Table& table) const {
  const RoomRounds& rounds = find(table.room)->rounds;
  if (!rounds.runs_at(table.id) || rounds.round->phase != RoundPhase::seated) return 0;
  if (rounds.round->tables.at(table.id).wrapping) return 0;
  const std::int64_t active = active_at(table);
  const bool is_small = active == 1 || (active == 2 && rounds.round->options.size_min > 2);
  if (!is_small) return 0;
  const auto& running = rounds.round->tables;
  const bool has_others = std::any_of(running.begin(), running.end(), [&](const auto& entry) {
    return entry.first != table.id && !entry.second.wrapping && active_at(*find(entry.first)) > 0;
  });
  return has_others ? active : 0;
}

const Room* Event::led_by(PersonId person) const {
  for (const auto& [id_of_room, room] : rooms) {
    if (room.rounds.round && room.rounds.round->chair == person) return &room;
  }
  return nullptr;
}

std::vector<PersonId> Event::met_at_table(PersonId person, TimeMs now) const {
  std::vector<PersonId> met;
  const Table* table = find(find(person)->table);
  if (!table || table->sofa()) return met;
  // Who has lost their connection sits on, and has not been there since.
  const auto until = [&](PersonId seated) {
    const Member& member = *find(seated);
    return member.connections > 0 ? now : std::min(now, member.alone_since);
  };
  for (const auto& [other, since] : table->since) {
    if (other == person) continue;
    const TimeMs first = std::max(since, table->since.at(person));
    if (std::min(until(person), until(other)) - first >= limits::met_ms) met.push_back(other);
  }
  return met;
}

std::optional<TimeMs> Event::opens_at() const {
  if (life != EventState::planned) return std::nullopt;
  return starts_at - limits::open_before_ms;
}

std::optional<TimeMs> Event::closes_at() const {
  if (life == EventState::over || ends_at == 0) return std::nullopt;
  return ends_at + limits::close_after_ms;
}

std::optional<TimeMs> Event::unreadable_at() const {
  if (life != EventState::over) return std::nullopt;
  return over_at + limits::readable_after_ms;
}

std::optional<TimeMs> Event::next_deadline() const {
  std::optional<TimeMs> next;
  const auto add = [&](std::optional<TimeMs> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  add(opens_at());
  add(closes_at());
  if (present > 0) add(unreadable_at());
  if (!alone.empty()) add(alone.begin()->first);
  if (!knocks.empty()) add(std::get<0>(*knocks.begin()));
  if (!recount.empty()) add(recount_at);
  for (const RoomId room : unannounced) add(rooms.at(room).presence.due_at());
  for (const RoomId room : timed) add(rooms.at(room).rounds.round->next_deadline());
  for (const RoomId room : unseen) add(rooms.at(room).rounds.broadcast->told_at + limits::seen_ms);
  if (!ill_told.empty()) add(0);  // at once
  add(activity_due);
  return next;
}

EventView Event::view() const {
  EventView told;
  told.id = id;
  told.title = title;
  told.starts_at = starts_at;
  told.ends_at = ends_at;
  told.timezone = timezone;
  told.state = life;
  told.admission = admission;
  told.programme = programme;
  told.group = group;
  told.retention_days = retention_days;
  told.lockdown = lockdown;
  return told;
}

RoomView Event::view_of(const Room& room, bool with_seats) const {
  RoomView told;
  told.id = room.id;
  told.name = room.name;
  told.kind = room.kind;
  told.locked = room.locked;
  told.slow_s = room.slow_s;
  told.count = room.count();
  if (room.rounds.round) told.round = room.rounds.round->view(with_seats);
  told.tables.reserve(room.tables.size());
  for (const TableId table : room.tables) {
    told.tables.push_back(view_of(tables.at(table), with_seats));
  }
  return told;
}

TableView Event::view_of(const Table& table, bool with_seats) const {
  TableView told;
  told.id = table.id;
  told.name = table.name;
  told.topic = table.topic;
  told.capacity = table.capacity;
  told.locked = table.locked;
  told.mood = table.mood;
  told.taken = static_cast<std::int64_t>(table.seats.size());
  if (!with_seats) return told;
  told.seats.emplace().reserve(table.seats.size());
  for (const auto& [seat, person] : table.seats) {
    told.seats->push_back({person, members.at(person).view.state});
  }
  return told;
}

}  // namespace hallway
