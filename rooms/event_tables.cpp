// Decisions about tables: seats, knocks, invitations, locks, visits and calls for help.
// See event_place.hpp.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"
#include "rooms/refusals.hpp"

namespace hallway {
namespace {

Error table_is_full() {
  return refuse(ErrorCode::table_full, "The last chair at this table is taken.", "table");
}

Error another_room() {
  return refuse(ErrorCode::conflict, "This table is in another room; go there first.", "table");
}

bool has_fresh_invitation(const Table& table, PersonId person, TimeMs now) {
  const auto invited = table.invited.find(person);
  return invited != table.invited.end() && now - invited->second < limits::invite_fresh_ms;
}

}  // namespace

/// In a round, who sits where is the round's to say: one may come back to one's own table.
std::optional<Error> EventPlace::refuse_in_round(const Table& table, PersonId person) const {
  const RoomRounds& rounds = event_.find(table.room)->rounds;
  if (!rounds.running() || table.sofa()) return std::nullopt;
  const auto own = rounds.round->seat_of.find(person);
  const bool is_own = own != rounds.round->seat_of.end() && own->second == table.id;
  if (is_own && rounds.runs_at(table.id)) return std::nullopt;
  return refuse(ErrorCode::conflict, "A round is running; choose a table when it is over.",
                "table");
}

std::optional<Error> EventPlace::take_chair(EventDraft& draft, const Member& sitter,
                                            const Table& table) const {
  if (table.full()) {
    const auto away = std::find_if(table.seats.begin(), table.seats.end(), [&](const auto& seat) {
      return event_.find(seat.second)->view.state == PersonState::away;
    });
    if (away == table.seats.end()) return table_is_full();
    draft.vacate(*event_.find(away->second), SeatLeftReason::away);
  }
  draft.vacate(sitter, SeatLeftReason::moved);
  draft.seat(sitter, table);
  return std::nullopt;
}

Decision EventPlace::on(const TableSit& command, const Actor& actor, const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  EventDraft draft(event_, actor.id, context.now);
  if (actor.member->table == table->id) return draft.replied(TableReply{table->id});
  if (actor.member->room != table->room) return refused(another_room());
  if (auto error = refuse_in_round(*table, actor.id)) return refused(std::move(*error));
  if (table->locked && !has_fresh_invitation(*table, actor.id, context.now)) {
    return refused(refuse(ErrorCode::locked, "This table is locked; you can knock.", "table"));
  }
  if (auto error = take_chair(draft, *actor.member, *table)) return refused(std::move(*error));
  return draft.replied(TableReply{table->id});
}

Decision EventPlace::on(const TableStand& command, const Actor& actor,
                        const Context& context) const {
  if (command.table && !event_.find(*command.table)) return refused(no_such_table());
  const Member& member = *actor.member;
  if (!member.table || (command.table && *command.table != member.table)) return {};
  const Table& table = *event_.find(member.table);
  const Table* sofa = event_.sofa_of(*event_.find(member.room));
  EventDraft draft(event_, actor.id, context.now);
  draft.vacate(member, SeatLeftReason::stood);
  if (sofa && !table.sofa()) draft.seat(member, *sofa);
  return draft.posted();
}

Decision EventPlace::on(const TableInvite& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (actor.member->table != table->id) return refused(only_the_seated());
  const Member* guest = event_.find(command.person);
  if (!guest || !guest->present || guest->waiting) {
    return refused(refuse(ErrorCode::not_found, "This person is not here.", "person"));
  }
  if (guest->table == table->id) return {};
  if (auto error = refuse_in_round(*table, guest->view.id)) return refused(std::move(*error));
  const auto invited_at = actor.member->invited_at;
  if (invited_at && context.now - *invited_at < limits::invite_ms) {
    Error error = refuse(ErrorCode::rate_limited, "Wait a moment before you invite again.");
    error.retry_after_ms = *invited_at + limits::invite_ms - context.now;
    return refused(std::move(error));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.local(InviteSpent{command.person, table->id});
  draft.follow_ups().push_back({place_of(command.person), actor.id,
                                TableInvited{table->id, table->room, event_.id, actor.id}});
  return draft.replied(NothingReply{});
}

Decision EventPlace::on(const TableKnock& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (actor.member->table == table->id) return {};
  if (actor.member->room != table->room) return refused(another_room());
  if (!table->locked) {
    return refused(
        refuse(ErrorCode::conflict, "This table is not locked; just sit down.", "table"));
  }
  PostedReply reply;
  for (const auto& [number, open] : table->knocks) {
    if (open.view.person != actor.id) continue;
    reply.offset = open.offset;
    reply.at = open.view.at;
    reply.knock = number;
    return EventDraft(event_, actor.id, context.now).replied(std::move(reply));
  }
  if (auto error = refuse_words(command.line, "line", table->room, actor, context.now)) {
    return refused(std::move(*error));
  }
  if (table->knocks.size() >= limits::knocks_max) {
    return refused(refuse(ErrorCode::too_large, "Many are knocking here; try again soon."));
  }
  reply.knock = table->next_knock;
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->id), TableKnocked{table->next_knock, actor.id, command.line});
  return draft.replied(std::move(reply));
}

Decision EventPlace::on(const TableAnswer& command, const Actor& actor,
                        const Context& context) const {
  const TableId asked = command.table.value_or(actor.member->table);
  if (!command.table && !asked) return refused(only_the_seated());
  const Table* table = event_.find(asked);
  if (!table) return refused(no_such_table());
  if (actor.member->table != table->id) return refused(only_the_seated());
  const auto knock = table->knocks.find(command.knock);
  if (knock == table->knocks.end() || context.now >= knock->second.view.at + limits::knock_ms) {
    return refused(refuse(ErrorCode::not_found, "Nobody is knocking any more.", "knock"));
  }
  EventDraft draft(event_, actor.id, context.now);
  const Member& guest = *event_.find(knock->second.view.person);
  if (command.admit) {
    if (!guest.present || guest.room != table->room) {
      return refused(refuse(ErrorCode::conflict, "They have left the room.", "knock"));
    }
    if (auto error = take_chair(draft, guest, *table)) return refused(std::move(*error));
  } else {
    draft.local(KnockLapsed{table->id, command.knock});
  }
  return draft.posted();
}

Decision EventPlace::on(const TableLock& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (table->sofa()) {
    return refused(refuse(ErrorCode::bad_request, "The sofa is open to all.", "table"));
  }
  if (actor.member->table != table->id) return refused(only_the_seated());
  if (table->in_round) {
    return refused(refuse(ErrorCode::conflict, "Tables stay open in a round.", "table"));
  }
  if (table->locked) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->room), TableLocked{table->id});
  return draft.posted();
}

Decision EventPlace::on(const TableUnlock& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (actor.member->table != table->id) return refused(only_the_seated());
  if (!table->locked) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->room), TableUnlocked{table->id});
  return draft.posted();
}

Decision EventPlace::on(const TableVisit& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (!actor.may_in("round.run", table->room) && !actor.may_in("person.moderate", table->room)) {
    return refused(
        refuse(ErrorCode::forbidden, "You do not lead the rounds of this room.", "table"));
  }
  const Member& member = *actor.member;
  const bool is_visiting = member.visiting == table->id;
  if (is_visiting == command.on || member.table == table->id) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.end_visit(member);  // one is in one place at a time
  if (command.on) draft.push(stream_of(table->id), TableVisited{actor.id, true});
  return draft.posted();
}

Decision EventPlace::on(const TableCallHelp& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (actor.member->table != table->id) return refused(only_the_seated());
  if (event_.help.contains(table->id)) return {};
  if (auto error = refuse_words(command.line, "line", table->room, actor, context.now)) {
    return refused(std::move(*error));
  }
  const HelpCalled called{table->id, actor.id, command.line};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->id), called);
  draft.push(desk_of(event_.id), called);
  return draft.posted();
}

Decision EventPlace::on(const TableHelpDone& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (!actor.may_in("round.run", table->room)) {
    return refused(
        refuse(ErrorCode::forbidden, "You do not lead the rounds of this room.", "table"));
  }
  if (!event_.help.contains(table->id)) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->id), HelpDone{table->id});
  draft.push(desk_of(event_.id), HelpDone{table->id});
  return draft.posted();
}

Decision EventPlace::on(const TableUpdate& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  const bool may_manage = actor.may("table.manage");
  if (!may_manage && actor.member->table != table->id) return refused(only_the_seated());
  if (!may_manage && (command.table_name || command.capacity)) {
    return refused(refuse(ErrorCode::forbidden, "Your role in this event does not allow this.",
                          command.table_name ? "name" : "capacity"));
  }
  if (command.capacity && table->sofa()) {
    return refused(refuse(ErrorCode::bad_request, "The sofa has room for all.", "capacity"));
  }
  const auto taken = static_cast<std::int64_t>(table->seats.size());
  if (command.capacity && *command.capacity < taken) {
    return refused(refuse(ErrorCode::conflict, "More people than that sit here.", "capacity"));
  }
  if (command.capacity &&
      (*command.capacity < limits::capacity_min || *command.capacity > limits::capacity_max)) {
    return refused(
        refuse(ErrorCode::bad_request, "A table seats between 2 and 100 people.", "capacity"));
  }
  TableUpdated updated;
  updated.table = table->id;
  if (command.table_name && *command.table_name != table->name) {
    updated.table_name = command.table_name;
  }
  if (command.topic && *command.topic != table->topic) updated.topic = command.topic;
  if (command.capacity && command.capacity != table->capacity) updated.capacity = command.capacity;
  if (command.mood && *command.mood != table->mood) updated.mood = command.mood;
  const bool is_same = !updated.table_name && !updated.topic && !updated.capacity && !updated.mood;
  if (is_same) return {};
  if (auto error =
          refuse_words(updated.topic.value_or(""), "topic", table->room, actor, context.now)) {
    return refused(std::move(*error));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(table->room), std::move(updated));
  return draft.posted();
}

Decision EventPlace::on(const TableRemove& command, const Actor& actor,
                        const Context& context) const {
  const Table* table = event_.find(command.table);
  if (!table) return refused(no_such_table());
  if (table->sofa()) {
    return refused(refuse(ErrorCode::conflict, "The sofa stays.", "table"));
  }
  if (table->in_round) {
    return refused(refuse(ErrorCode::conflict, "A round is running at this table.", "table"));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.clear(*table, SeatLeftReason::table_removed);
  draft.push(stream_of(table->room), TableRemoved{table->id});
  draft.audit({.by = {},
               .action = std::string(TableRemove::name),
               .room = table->room,
               .detail = table->name});
  return draft.posted();
}

}  // namespace hallway
