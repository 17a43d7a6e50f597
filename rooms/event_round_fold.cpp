// How the pushes of rounds change an event. See event_state.hpp, and round.hpp for the rules.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_state.hpp"
#include "rooms/invariant.hpp"

namespace hallway {
namespace {

/// Rounds whose end somebody who sits out still waits for.
constexpr int this_round = 1;
constexpr int this_and_next = 2;

}  // namespace

Round& Event::round_of(RoomId room) {
  return *rooms.at(room).rounds.round;
}

// --- A series and its announcement

void Event::on(const SeriesBegun& data, const Push&, const TopOf&) {
  rooms.at(data.room).rounds.begun = data;
}

void Event::on(const RoundAnnounced& data, const Push& push, const TopOf&) {
  Room& room = rooms.at(RoomId{push.stream.value});
  RoomRounds& rounds = room.rounds;
  if (rounds.begun) {
    Round fresh;
    if (rounds.round) {  // who leads the room goes on to lead it
      fresh.chair = rounds.round->chair;
      fresh.offered = rounds.round->offered;
      fresh.chair_gone_at = rounds.round->chair_gone_at;
      fresh.offers = rounds.round->offers;
    }
    fresh.plan = rounds.begun->plan;
    fresh.options = rounds.begun->options;
    rounds.round = std::move(fresh);
    rounds.begun.reset();
  }
  Round& round = *rounds.round;
  round.number = data.number;
  round.of = data.of;
  round.phase = RoundPhase::announced;
  round.starts_at = data.starts_at;
  round.ends_at = 0;
  round.paused_at.reset();
  round.opener.reset();
  round.repeats = 0;
  timed.insert(room.id);
  if (!push.nonce.empty()) made[{push.stream, push.offset}] = data.plan.value;
}

void Event::on(const RoundsPlanned& data, const Push&, const TopOf&) {
  Round& round = round_of(data.room);
  round.planned.erase(round.planned.lower_bound(data.first), round.planned.end());
  std::int64_t number = data.first;
  for (const SeatingView& seats : data.rounds) round.planned[number++] = seats;
  round.apart = data.apart;
}

void Event::on(const RoundCancelled& data, const Push& push, const TopOf&) {
  const RoomId room{push.stream.value};
  Round& round = round_of(room);
  round.phase = RoundPhase::plenary;
  round.number = data.number - 1;  // it can be announced again
}

// --- Its course

void Event::on(const RoundStarted& data, const Push& push, const TopOf& top) {
  Room& room = rooms.at(RoomId{push.stream.value});
  Round& round = *room.rounds.round;
  for (const TableId table : room.tables) {
    const auto seats = tables.at(table).seats;
    for (const auto& [seat, person] : seats) leave_seat(member(person), push.at, top);
  }
  round.phase = RoundPhase::seated;
  round.ends_at = data.ends_at;
  round.opener = data.opener;
  if (data.opener && data.opener->card != 0) round.cards.insert(data.opener->card);
  round.repeats = data.repeats;
  round.warned.clear();
  round.tables.clear();
  round.seat_of.clear();
  round.seated.clear();
  for (const auto& [id_of_table, people] : data.seats) {
    Table& table = tables.at(id_of_table);
    if (!table.sofa()) {
      table.in_round = true;
      round.tables[table.id];
      round.seated.emplace_back(table.id, people);
    }
    for (const PersonId person : people) {
      take_seat(member(person), table, push.at, top);
      if (!table.sofa()) round.seat_of[person] = table.id;
    }
  }
  round.planned[round.number] = round.seated;  // for the debrief, and for those who ask later
  check_told(room);
}

void Event::on(const RoundWarned& data, const Push& push, const TopOf&) {
  Round& round = round_of(RoomId{push.stream.value});
  if (!data.table) round.warned.insert(data.left_s);
}

void Event::on(const RoundWrapping& data, const Push& push, const TopOf&) {
  const Room& room = rooms.at(RoomId{push.stream.value});
  Round& round = round_of(room.id);
  if (data.tables.empty()) {
    round.phase = RoundPhase::wrapping;
    round.ends_at = data.ends_at;
    round.paused_at.reset();
    for (auto& [table, run] : round.tables) {
      run.ends_at.reset();
      run.wrapping = false;
      run.shrunk.reset();
    }
  }
  for (const TableId table : data.tables) {
    TableRun& run = round.tables.at(table);
    run.shrunk.reset();
    if (run.ends_at) {
      run.ends_at = data.ends_at;
      run.wrapping = true;
    } else {
      round.phase = RoundPhase::wrapping;
      round.ends_at = data.ends_at;
    }
  }
  check_told(room);
}

void Event::on(const RoundEnded& data, const Push& push, const TopOf& top) {
  Room& room = rooms.at(RoomId{push.stream.value});
  Round& round = *room.rounds.round;
  const std::vector<TableId> freed = data.tables.empty() ? room.tables : data.tables;
  for (const TableId table : freed) {
    const auto seats = tables.at(table).seats;
    for (const auto& [seat, person] : seats) leave_seat(member(person), push.at, top);
    stop_running(room, table);
  }
  if (!data.tables.empty()) return;
  round.phase = RoundPhase::plenary;
  auto& sitting_out = room.rounds.sitting_out;
  for (auto entry = sitting_out.begin(); entry != sitting_out.end();) {
    entry = --entry->second == 0 ? sitting_out.erase(entry) : std::next(entry);
  }
  if (round.series_over()) timed.erase(room.id);
}

void Event::on(const RoundExtended& data, const Push& push, const TopOf&) {
  const Room& room = rooms.at(RoomId{push.stream.value});
  Round& round = round_of(room.id);
  if (data.table) {
    TableRun& run = round.tables.at(data.table);
    run.ends_at = data.ends_at;
    run.wrapping = false;
    run.asked_time.clear();
  } else {
    round.phase = RoundPhase::seated;
    round.ends_at = data.ends_at;
    std::erase_if(round.warned, [&](std::int64_t left_s) {
      return data.ends_at - left_s * 1000 > round.paused_at.value_or(push.at);
    });
    for (auto& [table, run] : round.tables) {
      run.asked_time.clear();
      if (!run.ends_at || *run.ends_at > data.ends_at) continue;
      run.ends_at.reset();
      run.wrapping = false;
    }
  }
  check_told(room);
}

void Event::on(const RoundPaused&, const Push& push, const TopOf&) {
  round_of(RoomId{push.stream.value}).paused_at = push.at;
}

void Event::on(const RoundResumed& data, const Push& push, const TopOf&) {
  Round& round = round_of(RoomId{push.stream.value});
  round.paused_at.reset();
  round.ends_at = data.ends_at;
  for (const auto& [table, end] : data.tables) round.tables.at(table).ends_at = end;
}

void Event::stop_running(Room& room, TableId table) {
  tables.at(table).in_round = false;
  if (room.rounds.round) room.rounds.round->tables.erase(table);
  ill_told.erase(table);
}

// --- Its people

void Event::on(const RoundSatOut& data, const Push& push, const TopOf&) {
  RoomRounds& rounds = rooms.at(RoomId{push.stream.value}).rounds;
  if (member(data.person).view.role != Role::member) {
    if (data.on) rounds.joining_in.erase(data.person);
    if (!data.on) rounds.joining_in.insert(data.person);
  } else if (data.on) {
    rounds.sitting_out[data.person] = rounds.running() ? this_and_next : this_round;
  } else {
    rounds.sitting_out.erase(data.person);
  }
}

void Event::on(const RoundTimeAsked& data, const Push& push, const TopOf&) {
  if (push.stream.kind != StreamKind::table) return;  // the desk's copy
  const Table& table = tables.at(data.table);
  round_of(table.room).tables.at(table.id).asked_time.insert(push.by);
}

void Event::on(const TableShrunk& data, const Push& push, const TopOf&) {
  const Table& table = tables.at(data.table);
  auto& shrunk = round_of(table.room).tables.at(table.id).shrunk;
  if (data.left == 0) {
    shrunk.reset();
  } else {
    const bool is_same = shrunk && shrunk->view.left == data.left;
    if (!is_same) shrunk.emplace();
    shrunk->view = {data.left, data.into, data.at, data.yes, data.of};
    if (push.by) shrunk->agreed.insert(push.by);
  }
  check_told(table.id);
}

void Event::on(const OpenerDrawn& data, const Push&, const TopOf&) {
  tables.at(data.table).opener = data.opener;
}

void Event::on(const PeopleMet& data, const Push&, const TopOf&) {
  for (const auto& [one, other] : data.pairs) meetings.add(data.plan, one, other);
}

void Event::on(const PlanKept& data, const Push& push, const TopOf&) {
  std::erase_if(plans, [&](const auto& kept) { return kept.first + limits::plan_ms < push.at; });
  if (plans.size() >= limits::plans_max) plans.erase(plans.begin());
  plans.emplace_back(push.at, data);
}

// --- What is told at the tables of a round

void Event::check_told(TableId id_of_table) {
  const Table& table = tables.at(id_of_table);
  const Round& round = round_of(table.room);
  const auto run = round.tables.find(id_of_table);
  if (run == round.tables.end()) {
    ill_told.erase(id_of_table);
    return;
  }
  const std::int64_t told = run->second.shrunk ? run->second.shrunk->view.left : 0;
  if (told == too_few_at(table)) {
    ill_told.erase(id_of_table);
  } else {
    ill_told.insert(id_of_table);
  }
}

void Event::check_told(const Room& room) {
  if (!room.rounds.running()) return;
  for (const auto& [table, run] : room.rounds.round->tables) check_told(table);
}

// --- Words to all, and who leads

void Event::on(const BroadcastPosted& data, const Push& push, const TopOf&) {
  Room& room = rooms.at(RoomId{push.stream.value});
  room.rounds.broadcast.emplace();
  room.rounds.broadcast->view = {push.offset, push.at, push.by, data.body};
  room.rounds.broadcast->is_told = false;
  unseen.insert(room.id);
}

void Event::on(const BroadcastNoticed& data, const Push&, const TopOf&) {
  auto& broadcast = rooms.at(data.room).rounds.broadcast;
  if (!broadcast || broadcast->view.offset != data.of) return;
  if (!broadcast->seen.insert(data.table).second) return;
  broadcast->is_told = false;
  unseen.insert(data.room);
}

void Event::on(const BroadcastSeenPush& data, const Push& push, const TopOf&) {
  unseen.erase(data.room);
  auto& broadcast = rooms.at(data.room).rounds.broadcast;
  if (!broadcast) return;
  broadcast->is_told = true;
  broadcast->told_at = push.at;
}

void Event::on(const ChairOffered& data, const Push& push, const TopOf&) {
  Round& round = round_of(RoomId{push.stream.value});
  round.offered = data.people;
  ++round.offers;
}

void Event::on(const ChairTaken& data, const Push& push, const TopOf&) {
  Round& round = round_of(RoomId{push.stream.value});
  round.chair = data.chair;
  round.offered.clear();
  round.offers = 0;
  round.chair_gone_at.reset();
  if (member(data.chair).connections == 0) round.chair_gone_at = push.at;
}

void Event::chair_here(PersonId person) {
  for (const RoomId room : timed) {
    Round& round = round_of(room);
    if (round.chair != person) continue;
    round.chair_gone_at.reset();
    round.offers = 0;
  }
}

void Event::chair_gone(PersonId person, TimeMs at) {
  for (const RoomId room : timed) {
    Round& round = round_of(room);
    if (round.chair == person) round.chair_gone_at = at;
  }
}

void Event::restart_round(Room& room, TimeMs now) {
  if (room.rounds.broadcast) room.rounds.broadcast->is_told = true;
  if (!room.rounds.round) return;
  Round& round = *room.rounds.round;
  round.offers = 0;
  if (round.chair) round.chair_gone_at = now;
  // A warning that came due while the server was down would be told at the wrong time.
  for (auto next = round.next_warning(); next && next->first < now; next = round.next_warning()) {
    round.warned.insert(next->second);
  }
}

}  // namespace hallway
