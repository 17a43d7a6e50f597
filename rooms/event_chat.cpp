// Talk on an event's streams: what of a stream is one's to see, and what one may do there.
// See event_place.hpp and chat.hpp.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "rooms/event_place.hpp"

namespace hallway {
namespace {

const StreamLog nothing_said;

/// Hours and minutes of the day in UTC, e.g. `14:05`.
std::string clock_text(TimeMs at) {
  const auto minutes = (at / 60'000) % (24 * 60);
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

std::optional<Error> refuse_muted(const Member& member, RoomId room, TimeMs now) {
  const MuteView* mute = member.mute_in(room, false, now);
  if (!mute) return std::nullopt;
  std::string sentence = "You cannot write until " + clock_text(mute->until_at) + " UTC";
  sentence += mute->reason.empty() ? "." : ": " + mute->reason;
  Error error = refuse(ErrorCode::muted, std::move(sentence));
  error.retry_after_ms = mute->until_at - now;
  return error;
}

Error may_not(std::string sentence) {
  return refuse(ErrorCode::forbidden, std::move(sentence), "stream");
}

}  // namespace

Slices EventPlace::visible_of(StreamId stream, const Member& member) const {
  if (stream.kind == StreamKind::table) {
    const Table* table = event_.find(TableId{stream.value});
    return table ? event_.slices_of(member.view.id, *table) : Slices{};
  }
  if (!event_.receives(member.view.id, stream)) return {};
  if (member.waiting) return {{member.lobby_first, std::numeric_limits<Offset>::max()}};
  return everything();
}

std::size_t EventPlace::receivers_of(StreamId stream) const {
  if (stream.kind == StreamKind::event) return static_cast<std::size_t>(event_.present);
  if (stream.kind == StreamKind::room) return event_.find(RoomId{stream.value})->people.size();
  const Table* table = event_.find(TableId{stream.value});
  return table ? table->seats.size() + table->visitors.size() : 0;
}

ChatRights EventPlace::rights_on(StreamId stream, const Need& need, const Actor& actor,
                                 TimeMs now) const {
  ChatRights rights;
  rights.people = receivers_of(stream);
  const Room* room = event_.room_of(stream);
  const RoomId in_room = room ? room->id : RoomId{};
  rights.may_delete_others = actor.may_in("message.delete", in_room);
  const bool is_at_table = stream.kind == StreamKind::table;
  if (is_at_table ? actor.member->table != TableId{stream.value}
                  : !actor.may_in("message.pin", in_room)) {
    rights.pin = may_not(is_at_table ? "Only people who sit here can pin."
                                     : "Your role in this event does not allow this.");
  }
  if (stream.kind == StreamKind::event && !actor.may("event.announce")) {
    rights.send = may_not("Only the event's staff announce here.");
  }
  rights.pace = refuse_slow(stream, actor, now);
  if (auto muted = refuse_muted(*actor.member, in_room, now)) rights.send = std::move(muted);
  if (auto closed = refuse_phase(need, actor)) {
    rights.send = closed;
    rights.react = closed;
    rights.pin = closed;
  }
  return rights;
}

std::optional<Error> EventPlace::refuse_words(std::string_view words, const char* field,
                                              RoomId room, const Actor& actor, TimeMs now) const {
  if (words.empty() || actor.is_staff_in(room)) return std::nullopt;
  if (auto muted = refuse_muted(*actor.member, room, now)) return muted;
  if (!event_.moderation.filter.holds(words)) return std::nullopt;
  return refuse(ErrorCode::forbidden, "Please say it in other words here.", field);
}

std::optional<Error> EventPlace::refuse_slow(StreamId stream, const Actor& actor,
                                             TimeMs now) const {
  const Room* room = event_.room_of(stream);
  if (!room || actor.is_staff_in(room->id) || event_.slow_s(*room) == 0) return std::nullopt;
  const auto wrote = event_.wrote_at.find({room->id, actor.id});
  if (wrote == event_.wrote_at.end()) return std::nullopt;
  const TimeMs next_at = wrote->second + event_.slow_s(*room) * 1000;
  if (next_at <= now) return std::nullopt;
  Error error = refuse(ErrorCode::slow_mode, "This room is slow now. Please wait a little.");
  error.retry_after_ms = next_at - now;
  return error;
}

Decision EventPlace::filtered(const MessageSend& send, Decision decision, const Actor& actor,
                              const Context& context) const {
  const bool is_new = !decision.refusal && !decision.pushes.empty();
  const Room* room = event_.room_of(send.stream);
  if (!is_new || actor.is_staff_in(room ? room->id : RoomId{})) return decision;
  if (!event_.moderation.filter.holds(send.body)) return decision;
  return hold(std::move(decision), actor, context);
}

Decision EventPlace::chat(const Command& command, StreamId stream, const Need& need,
                          const Actor& actor, const Context& context) const {
  const bool receives = event_.receives(actor.id, stream);
  const StreamLog* log = find_log(stream);
  if (stream.kind == StreamKind::desk && receives) {
    return refused(may_not("The desk is not a place to talk."));
  }
  if (stream.kind == StreamKind::person && stream.value == actor.id.value) {
    return refused(may_not("Nothing can be written here."));
  }
  // Whoever sat at a table may read on what was said then; and an acknowledgement that was lost on
  // the way is given again, wherever its author has gone since.
  const auto* send = std::get_if<MessageSend>(&command);
  const bool was_sent = !receives && send && log && log->find_nonce(actor.id, send->nonce);
  // So is that of a message that was held, unless it has been said since.
  const bool was_any_held = !event_.moderation.held_at.empty();
  if (send && was_any_held && !(log && log->find_nonce(actor.id, send->nonce))) {
    if (auto before = held_before(*send, actor, context.now)) return std::move(*before);
  }
  Slices visible = visible_of(stream, *actor.member);
  const bool may_read = std::holds_alternative<MessageHistory>(command) && log && !visible.empty();
  // What was reported at a table is deleted from where one stands.
  const bool may_moderate = std::holds_alternative<MessageDelete>(command) && log &&
                            !actor.member->waiting && event_.room_of(stream) &&
                            actor.may_in("message.delete", event_.room_of(stream)->id);
  if (!receives && !was_sent && !may_read && !may_moderate) {
    if (!actor.member->waiting) return refused(unknown_stream());
    return refused(may_not("Please wait in the lobby until you are let in."));
  }
  const auto mentioned = [&](PersonId person) {
    if (!event_.find(person)) return Mentioned::nobody;
    return event_.receives(person, stream) ? Mentioned::sees : Mentioned::unseeing;
  };
  ChatRights rights;
  if (receives || may_moderate) rights = rights_on(stream, need, actor, context.now);
  if (!receives) rights.send = unknown_stream();
  Decision decision = decide_chat(
      command, Chat{stream, log ? *log : nothing_said, actor.id, std::move(rights),
                    may_moderate ? everything() : std::move(visible), pace_, mentioned, context});
  if (send) return filtered(*send, std::move(decision), actor, context);
  const Room* room = event_.room_of(stream);
  const RoomId in_room = room ? room->id : RoomId{};
  if (const auto* edit = std::get_if<MessageEdit>(&command);
      edit && !decision.pushes.empty() && !actor.is_staff_in(in_room) &&
      event_.moderation.filter.holds(edit->body)) {
    return refused(may_not("These words are looked at first: send them as a new message."));
  }
  if (const auto* deleted = std::get_if<MessageDelete>(&command)) {
    note_deletion(decision, *deleted, actor);
  }
  return decision;
}

/// What one deletes of others stands in the log.
void EventPlace::note_deletion(Decision& decision, const MessageDelete& command,
                               const Actor& actor) const {
  if (decision.refusal || decision.pushes.empty()) return;
  const MessageView* message = find_log(command.stream)->find_message(command.offset);
  if (message->by == actor.id) return;
  AuditView entry;
  entry.action = MessageDelete::name;
  entry.person = message->by;
  entry.stream = command.stream;
  entry.offset = command.offset;
  entry.reason = command.reason;
  Push line = decision.pushes.front();
  line.stream = facts_of(id());
  line.nonce.clear();
  line.digest = 0;
  line.data = Audited{std::move(entry)};
  decision.pushes.push_back(std::move(line));
}

std::vector<SearchScope> EventPlace::search_scopes(PersonId person) const {
  std::vector<SearchScope> scopes;
  const Member* member = event_.find(person);
  if (!member || !member->present) return scopes;
  if (!member->waiting) scopes.push_back({stream_of(event_.id), {}});
  scopes.push_back({stream_of(member->room), {}});
  if (member->waiting) scopes.back().slices = visible_of(scopes.back().stream, *member);
  std::set<TableId> tables;
  for (const std::size_t index : member->sittings) tables.insert(event_.sittings[index].table);
  if (member->visiting) tables.insert(member->visiting);
  for (const TableId table : tables) {
    Slices visible = visible_of(stream_of(table), *member);
    if (!visible.empty()) scopes.push_back({stream_of(table), std::move(visible)});
  }
  return scopes;
}

Slices EventPlace::readable(StreamId stream, PersonId viewer) const {
  const Member* member = event_.find(viewer);
  return member ? visible_of(stream, *member) : Slices{};
}

bool EventPlace::may_read_slice(StreamId stream, PersonId viewer, Offset after, Offset to) const {
  return contains_all(readable(stream, viewer), after + 1, to);
}

}  // namespace hallway
