// What time brings to rounds: their start, warnings, wrap-up and end, tables that became too small,
// and a chair that stands empty. See event_place.hpp; the rules stand in round.hpp.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"
#include "rooms/round_seating.hpp"

namespace hallway {

void EventPlace::tick_rounds(EventDraft& draft, const Context& context) const {
  // First: it tells what happened before this decision, which may end the round at a table.
  for (const TableId table : event_.ill_told) tell_size(draft, *event_.find(table), context.now);
  for (const RoomId id_of_room : event_.timed) {
    const Room& room = *event_.find(id_of_room);
    const Round& round = *room.rounds.round;
    if (round.phase == RoundPhase::announced && round.starts_at <= context.now) {
      start_round(draft, room, context);
    } else if (round.running()) {
      if (!round.paused_at || round.tables.empty()) tick_course(draft, room, context.now);
      tick_merges(draft, room, context.now);
    }
    tick_chair(draft, room, context.now);
  }
  tick_broadcasts(draft, context.now);
}

// --- The start

namespace {

/// What is planned for the round, brought to who is there now; solved anew where nothing is.
seating::Seats seats_at_start(const SeatingTask& task, const Round& round) {
  const seating::Problem problem = posed(task);
  const auto planned = round.planned.find(round.number);
  if (planned == round.planned.end()) {
    return seating::next_round(problem, {0, task.budget.seed}, nullptr);
  }
  return seating::adjust(problem, seats_of(task, planned->second), problem.rounds.front());
}

Opener opener_for(const Round& round, std::uint64_t seed) {
  if (!round.options.opener.empty()) return {0, round.options.opener};
  std::int64_t card = static_cast<std::int64_t>(seed % limits::opener_cards) + 1;
  for (std::int64_t tries = 0; tries < limits::opener_cards && round.cards.contains(card);
       ++tries) {
    card = card % limits::opener_cards + 1;
  }
  return {card, ""};
}

}  // namespace

void EventPlace::start_round(EventDraft& draft, const Room& room, const Context& context) const {
  const Round& round = *room.rounds.round;
  const StreamId stream = stream_of(room.id);
  if (context.now > round.starts_at + limits::start_missed_ms) {
    draft.push(stream, RoundCancelled{round.number, RoundCancelReason::missed});
    return;
  }
  std::vector<PersonId> people = people_to_seat(event_, room, round.options);
  if (people.size() < 2 || people.size() > limits::round_people_max) {
    draft.push(stream, RoundCancelled{round.number, RoundCancelReason::too_few});
    return;
  }
  SeatingTask task =
      seating_task(event_, room, round.plan, round.options, std::move(people), 1, round.apart);
  task.budget.seed = round.options.seed.value_or(context.seed);
  const seating::Seats seats = seats_at_start(task, round);

  std::int64_t made = room.tables_made;
  std::uint64_t index = 0;
  for (TableId& table : task.tables) {
    if (!table) table = make_table(draft, room, ++made, drawn_id(context.seed, ++index));
  }
  RoundStarted started{round.plan, round.number, round.of, 0, view_of(task, seats), 0, {}};
  started.ends_at = context.now + round.options.minutes * 60'000;
  started.repeats = count_repeats(event_, round.plan, started.seats);
  started.opener = opener_for(round, drawn_id(context.seed, 0));
  seat_others_on_sofa(started.seats, room, task.people);
  for (const TableId table : room.tables) draft.part(*event_.find(table));
  draft.push(stream, std::move(started));
  for (const PersonId person : task.people) draft.end_visit(*event_.find(person));
}

TableId EventPlace::make_table(EventDraft& draft, const Room& room, std::int64_t number,
                               std::uint64_t id) const {
  TableView table;
  table.id = {id};
  table.name = "Table " + std::to_string(number);
  table.capacity = RoomSpec{"", RoomKind::tables}.capacity;
  draft.push(stream_of(room.id), TableCreated{table});
  return table.id;
}

/// Whoever had a seat keeps one, and members who sit out are on the sofa.
void EventPlace::seat_others_on_sofa(SeatingView& seats, const Room& room,
                                     const std::vector<PersonId>& seated) const {
  const std::set<PersonId> at_tables(seated.begin(), seated.end());
  std::vector<PersonId> others;
  for (const PersonId person : room.people) {
    const Member& member = *event_.find(person);
    const bool rests = member.table || room.rounds.sitting_out.contains(person);
    if (rests && !at_tables.contains(person)) others.push_back(person);
  }
  if (!others.empty()) seats.emplace_back(event_.sofa_of(room)->id, std::move(others));
}

// --- Its course

void EventPlace::tick_course(EventDraft& draft, const Room& room, TimeMs now) const {
  const Round& round = *room.rounds.round;
  const StreamId stream = stream_of(room.id);
  const TimeMs wrapped_at = now + settings_.wrap_ms;
  std::vector<TableId> common;
  std::vector<TableId> ended;
  for (const auto& [table, run] : round.tables) {
    if (!run.ends_at) {
      common.push_back(table);
    } else if (*run.ends_at <= now && run.wrapping) {
      ended.push_back(table);
    } else if (*run.ends_at <= now) {
      draft.push(stream, RoundWrapping{wrapped_at, {table}});
    }
  }
  const bool is_whole = common.size() == round.tables.size();
  if (round.ends_at > now) {
    const auto warning = round.next_warning();
    if (warning && warning->first <= now && !common.empty()) {
      draft.push(stream, RoundWarned{warning->second, {}});
    }
  } else if (!common.empty() && round.phase == RoundPhase::seated) {
    draft.push(stream, RoundWrapping{wrapped_at, is_whole ? std::vector<TableId>{} : common});
  } else if (round.phase == RoundPhase::wrapping) {
    ended.insert(ended.end(), common.begin(), common.end());
  }
  // Nobody is left at any table: the round is over too.
  const bool is_over = ended.size() == round.tables.size();
  if (!is_over && ended.empty()) return;
  for (const TableId table : is_over ? room.tables : ended) draft.part(*event_.find(table));
  if (is_over) ended.clear();
  draft.push(stream, RoundEnded{round.number, std::move(ended)});
}

// --- Small tables

void EventPlace::tell_size(EventDraft& draft, const Table& table, TimeMs now) const {
  const Room& room = *event_.find(table.room);
  const std::int64_t left = event_.too_few_at(table);
  TableShrunk told{table.id, left, {}, {}, 0, left};
  if (left > 0) {
    const PersonId lonely = event_.active_people_at(table).front();
    const Table* into = table_for(event_.find(lonely)->view, room, table.id);
    if (!into) return;
    told.into = into->id;
    if (left == 1) told.at = now + limits::merge_ms;
  }
  draft.push(stream_of(table.id), told);
}

/// One at a time, so that two small tables do not change places.
void EventPlace::tick_merges(EventDraft& draft, const Room& room, TimeMs now) const {
  for (const auto& [id_of_table, run] : room.rounds.round->tables) {
    const bool is_due = run.shrunk && run.shrunk->view.at && *run.shrunk->view.at <= now;
    if (!is_due || event_.ill_told.contains(id_of_table)) continue;
    const Table& table = *event_.find(id_of_table);
    const PersonId lonely = event_.active_people_at(table).front();
    const Table* into = table_for(event_.find(lonely)->view, room, table.id);
    if (!into) continue;
    merge(draft, table, *into);
    return;
  }
}

// --- Who leads, and who has heard

void EventPlace::tick_chair(EventDraft& draft, const Room& room, TimeMs now) const {
  const Round& round = *room.rounds.round;
  const auto due_at = round.offer_at();
  if (!due_at || *due_at > now) return;
  std::set<PersonId> asked;
  const auto ask = [&](PersonId person) {
    const Member* member = event_.find(person);
    if (member && member->present && member->connections > 0) asked.insert(person);
  };
  for (const auto& [person, member] : event_.members) {
    if (hallway::may(member.view.role, "round.run")) ask(person);
  }
  if (round.offers > 0) {
    std::set<TableId> hosted;
    for (const auto& [person, table] : round.options.hosts) {
      if (hosted.insert(table).second) ask(person);
    }
    for (const auto& [table, run] : round.tables) {
      const auto& seats = event_.find(table)->seats;
      if (!hosted.contains(table) && !seats.empty()) ask(seats.begin()->second);
    }
  }
  draft.push(stream_of(room.id), ChairOffered{{asked.begin(), asked.end()}});
}

void EventPlace::tick_broadcasts(EventDraft& draft, TimeMs now) const {
  for (const RoomId id_of_room : event_.unseen) {
    const Room& room = *event_.find(id_of_room);
    const LatestBroadcast& broadcast = *room.rounds.broadcast;
    if (broadcast.told_at + limits::seen_ms > now) continue;
    BroadcastSeenPush seen{room.id, broadcast.view.offset, 0, 0};
    for (const TableId id_of_table : room.tables) {
      const Table& table = *event_.find(id_of_table);
      if (table.sofa() || table.seats.empty()) continue;
      ++seen.tables_of;
      if (broadcast.seen.contains(id_of_table)) ++seen.tables;
    }
    draft.push(desk_of(event_.id), seen);
  }
}

}  // namespace hallway
