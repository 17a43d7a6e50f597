// Decisions about people in rounds: sitting out, asking for time, moves, the merging of small
// tables, announcements, and who leads. See event_place.hpp.
#include <algorithm>
#include <set>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"
#include "rooms/nonce.hpp"
#include "rooms/refusals.hpp"
#include "rooms/round_seating.hpp"

namespace hallway {
namespace {

const TableRun* find_run(const Event& event, const Table& table) {
  const RoomRounds& rounds = event.find(table.room)->rounds;
  return rounds.runs_at(table.id) ? &rounds.round->tables.at(table.id) : nullptr;
}

/// Tables where somebody sits who must not meet `person`; all stay where no other is left.
void leave_out_unwelcome(SeatingView& seats, const std::vector<PeoplePair>& apart,
                         PersonId person) {
  std::set<PersonId> unwelcome;
  for (const auto& [one, other] : apart) {
    if (one == person) unwelcome.insert(other);
    if (other == person) unwelcome.insert(one);
  }
  const auto has_unwelcome = [&](const auto& table) {
    return std::any_of(table.second.begin(), table.second.end(),
                       [&](PersonId seated) { return unwelcome.contains(seated); });
  };
  if (!std::all_of(seats.begin(), seats.end(), has_unwelcome)) {
    std::erase_if(seats, has_unwelcome);
  }
}

}  // namespace

// --- Coming and sitting out

void EventPlace::seat_late(EventDraft& draft, const PersonView& person, const Room& room) const {
  if (!room.rounds.running() || room.rounds.sitting_out.contains(person.id)) return;
  const bool is_staff = person.role != Role::member;
  if (is_staff && !room.rounds.joining_in.contains(person.id)) return;
  const Round& round = *room.rounds.round;
  const Table* table = round.worth_joining(draft.now()) ? table_for(person, room) : nullptr;
  if (!table) table = event_.sofa_of(room);
  draft.seat_newcomer(person.id, *table);
}

const Table* EventPlace::table_for(const PersonView& person, const Room& room,
                                   TableId but_not) const {
  const Round& round = *room.rounds.round;
  SeatingView seats;
  for (const auto& [table, run] : round.tables) {
    if (run.wrapping || table == but_not) continue;
    std::vector<PersonId> active = event_.active_people_at(*event_.find(table));
    if (!active.empty()) seats.emplace_back(table, std::move(active));
  }
  if (seats.empty()) return nullptr;
  leave_out_unwelcome(seats, round.apart, person.id);
  std::vector<PersonId> people;
  for (const auto& [table, seated] : seats) {
    people.insert(people.end(), seated.begin(), seated.end());
  }
  people.push_back(person.id);
  // Somebody new to the event has a card already, and met nobody.
  const SeatingTask task = newcomer_task(event_, room, round, std::move(people), person);
  const auto late = static_cast<seating::Person>(task.people.size() - 1);
  return event_.find(seats[seating::seat_late(posed(task), seats_of(task, seats), late)].first);
}

Decision EventPlace::on(const RoundSitOut& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room || actor.member->room != room->id) return refused(no_such_room());
  const Member& member = *actor.member;
  const RoomRounds& rounds = room->rounds;
  const bool is_staff = member.view.role != Role::member;
  const bool sits_out =
      is_staff ? !rounds.joining_in.contains(actor.id) : rounds.sitting_out.contains(actor.id);
  EventDraft draft(event_, actor.id, context.now);
  if (sits_out != command.on) {
    draft.push(stream_of(room->id), RoundSatOut{actor.id, command.on});
  }
  const Table* sofa = event_.sofa_of(*room);
  if (command.on && rounds.runs_at(member.table)) {
    draft.vacate(member, SeatLeftReason::round);
    draft.seat(member, *sofa);
  } else if (!command.on && rounds.running() && !rounds.runs_at(member.table) &&
             rounds.round->worth_joining(context.now)) {
    if (const Table* table = table_for(member.view, *room)) {
      draft.vacate(member, SeatLeftReason::round);
      draft.seat_newcomer(actor.id, *table);
    }
  }
  return draft.posted();
}

// --- Time

Decision EventPlace::on(const RoundAskTime& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (actor.member->table != table->id) return refused(only_the_seated());
  const TableRun* run = find_run(event_, *table);
  if (!run) {
    return refused(refuse(ErrorCode::conflict, "No round is running at this table.", "table"));
  }
  if (run->asked_time.contains(actor.id)) return {};
  const auto yes = static_cast<std::int64_t>(run->asked_time.size()) + 1;
  const RoundTimeAsked asked{table->id, yes, std::max(yes, event_.active_at(*table))};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->id), asked);
  draft.push(desk_of(event_.id), asked);
  return draft.posted();
}

// --- Moves

Decision EventPlace::on(const SeatMove& command, const Actor& actor, const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  const Room& room = *event_.find(table->room);
  if (!leads(actor, room)) {
    return refused(refuse(ErrorCode::forbidden, "You do not lead the rounds of this room."));
  }
  const Member* person = event_.find(command.person);
  if (!person || !person->present) return refused(not_in_event("person"));
  if (person->room != room.id) {
    return refused(refuse(ErrorCode::conflict, "They are in another room.", "person"));
  }
  if (person->table == table->id) return {};
  if (room.rounds.running() && !table->sofa() && !room.rounds.runs_at(table->id)) {
    return refused(
        refuse(ErrorCode::conflict, "Nobody sits at this table in this round.", "table"));
  }
  if (table->full()) {
    return refused(refuse(ErrorCode::table_full, "Every chair there is taken.", "table"));
  }
  SeatTaken how;
  how.moved_by = actor.id;
  how.move = event_.next_move;
  EventDraft draft(event_, actor.id, context.now);
  draft.vacate(*person, SeatLeftReason::moved);
  draft.seat(*person, *table, how);
  PostedReply reply;
  reply.move = how.move;
  return draft.replied(std::move(reply));
}

Decision EventPlace::on(const SeatUndo& command, const Actor& actor, const Context& context) const {
  const auto move = std::find_if(event_.moves.begin(), event_.moves.end(),
                                 [&](const Move& made) { return made.number == command.move; });
  const Table* to = move == event_.moves.end() ? nullptr : event_.find(move->to);
  if (!to || !leads(actor, *event_.find(to->room)) || context.now > move->at + limits::undo_ms) {
    return refused(refuse(ErrorCode::conflict, "This move can no longer be taken back.", "move"));
  }
  const Member& person = *event_.find(move->person);
  const Table* from = event_.find(move->from);
  const bool is_as_moved = person.present && person.table == move->to;
  const RoomRounds& rounds = event_.find(to->room)->rounds;
  const bool is_seat_gone =
      move->from && (!from || from->room != to->room || from->full() ||
                     (rounds.running() && !from->sofa() && !rounds.runs_at(from->id)));
  if (!is_as_moved || is_seat_gone) {
    return refused(refuse(ErrorCode::conflict, "Their seat has changed hands since.", "move"));
  }
  SeatTaken how;
  how.moved_by = actor.id;
  EventDraft draft(event_, actor.id, context.now);
  draft.vacate(person, SeatLeftReason::moved);
  if (from) draft.seat(person, *from, how);
  return draft.posted();
}

// --- Small tables

void EventPlace::merge(EventDraft& draft, const Table& table, const Table& into) const {
  SeatTaken how;
  how.merged = true;
  for (const auto& [seat, person] : table.seats) {
    const Member& member = *event_.find(person);
    draft.vacate(member, SeatLeftReason::merged);
    draft.seat(member, into, how);
  }
}

Decision EventPlace::on(const TableMerge& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (actor.member->table != table->id) return refused(only_the_seated());
  const TableRun* run = find_run(event_, *table);
  const bool is_asked =
      run && run->shrunk && event_.find(table->room)->rounds.runs_at(run->shrunk->view.into);
  if (!is_asked) {
    return refused(refuse(ErrorCode::conflict, "Your table need not join another.", "table"));
  }
  const Shrunk& shrunk = *run->shrunk;
  if (shrunk.agreed.contains(actor.id)) return {};
  const std::vector<PersonId> active = event_.active_people_at(*table);
  TableShrunk told{table->id,
                   shrunk.view.left,
                   shrunk.view.into,
                   shrunk.view.at,
                   1,
                   static_cast<std::int64_t>(active.size())};
  for (const PersonId person : active) {
    if (person != actor.id && shrunk.agreed.contains(person)) ++told.yes;
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->id), told);
  if (told.yes == told.of) merge(draft, *table, *event_.find(shrunk.view.into));
  return draft.posted();
}

// --- A word to all

Decision EventPlace::on(const Broadcast& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  if (!leads(actor, *room)) {
    return refused(
        refuse(ErrorCode::forbidden, "You do not lead the rounds of this room.", "room"));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(room->id), BroadcastPosted{command.body});
  draft.mark(command.nonce, digest_of(command));
  return draft.posted();
}

Decision EventPlace::on(const BroadcastSeen& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room || actor.member->room != room->id) return refused(no_such_room());
  const auto& broadcast = room->rounds.broadcast;
  const bool counts = broadcast && broadcast->view.offset == command.offset &&
                      actor.member->table && !event_.find(actor.member->table)->sofa();
  EventDraft draft(event_, actor.id, context.now);
  if (counts) draft.local(BroadcastNoticed{room->id, command.offset, actor.member->table});
  return draft.replied(NothingReply{});
}

// --- Who leads

Decision EventPlace::on(const ChairTake& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  const auto& round = room->rounds.round;
  if (!round || round->series_over()) {
    return refused(refuse(ErrorCode::conflict, "No rounds are under way in this room.", "room"));
  }
  const bool is_offered =
      std::find(round->offered.begin(), round->offered.end(), actor.id) != round->offered.end();
  if (!is_offered && !leads(actor, *room)) {
    return refused(refuse(ErrorCode::forbidden, "The chair was not offered to you.", "room"));
  }
  if (round->chair == actor.id) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(room->id), ChairTaken{actor.id});
  return draft.posted();
}

// --- Openers

Decision EventPlace::on(const OpenerDraw& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (actor.member->table != table->id) return refused(only_the_seated());
  std::int64_t card = static_cast<std::int64_t>(context.seed % limits::opener_cards) + 1;
  const RoomRounds& rounds = event_.find(table->room)->rounds;
  const auto& shown = table->opener               ? table->opener
                      : rounds.runs_at(table->id) ? rounds.round->opener
                                                  : table->opener;
  if (shown && shown->card == card) card = card % limits::opener_cards + 1;
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->id), OpenerDrawn{table->id, {card, ""}});
  return draft.posted();
}

}  // namespace hallway
