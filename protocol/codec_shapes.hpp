// The fields of every thing and every push, told once: `describe(archive, thing)` names them in the
// order they are written. The archives are ShapeWriter (codec_writer.hpp), for the wire and for the
// journal, and StoredReader (codec_stored.cpp). Where the journal keeps less, it says so here.
//
// An archive has  field(key, value)   always there
//                 maybe(key, value)   left out when empty, zero or nothing
//                 choice(key, flag, yes, no)   a bool written as one of two words
//                 map(key, pairs)     an object from the first of each pair to the second
//                 nullable(key, id)   an id, or null for nobody's
//                 object(key, fill)   an object whose fields `fill(archive)` describes
//                 is_stored           whether it writes or reads the journal's form
// A pair is a list of two, its first an id or null. Rounds have codec_round_shapes.hpp.
#pragma once

#include <concepts>
#include <type_traits>

#include "protocol/push.hpp"
#include "protocol/view.hpp"

namespace hallway::shapes {

/// T, or const T: one description serves reading and writing.
template <class Given, class T>
concept Is = std::same_as<std::remove_const_t<Given>, T>;

// --- Things
template <class A>
void describe_card(A& a, Is<PersonView> auto& person) {
  a.field("name", person.card.name);
  a.maybe("about", person.card.about);
  a.maybe("ask", person.card.ask);
  a.maybe("offer", person.card.offer);
  a.maybe("org", person.card.org);
  a.maybe("title", person.card.title);
  a.field("role", person.role);
  a.field("state", person.state);
  a.maybe("guest", person.guest);
}

template <class A>
void describe(A& a, Is<PersonView> auto& person) {
  a.field("id", person.id);
  describe_card(a, person);
}

template <class A>
void describe(A& a, Is<ProgrammeItem> auto& item) {
  a.field("at", item.at);
  a.field("minutes", item.minutes);
  a.field("title", item.title);
  a.maybe("room", item.room);
}

template <class A>
void describe(A& a, Is<SeatView> auto& seat) {
  a.field("person", seat.person);
  a.field("state", seat.state);
}

template <class A>
void describe_table(A& a, std::string_view id_key, Is<TableView> auto& table) {
  a.field(id_key, table.id);
  a.field("name", table.name);
  a.field("topic", table.topic);
  a.field("capacity", table.capacity);
  a.field("locked", table.locked);
  a.field("mood", table.mood);
  a.field("taken", table.taken);
  a.maybe("seats", table.seats);
}

template <class A>
void describe(A& a, Is<TableView> auto& table) {
  describe_table(a, "id", table);
}

template <class A>
void describe_room(A& a, std::string_view id_key, Is<RoomView> auto& room) {
  a.field(id_key, room.id);
  a.field("name", room.name);
  a.field("kind", room.kind);
  a.field("confidential", room.confidential);
  a.field("equality", room.equality);
  a.field("locked", room.locked);
  a.field("slow_s", room.slow_s);
  a.field("count", room.count);
  a.field("tables", room.tables);
  if constexpr (A::is_stored) {
    a.null("round");  // What is stored of a room is its creation, before any round.
  } else {
    a.field("round", room.round);
  }
}

template <class A>
void describe(A& a, Is<RoomView> auto& room) {
  describe_room(a, "id", room);
}

template <class A>
void describe_event(A& a, Is<EventView> auto& event) {
  a.field("id", event.id);
  a.field("title", event.title);
  a.field("starts_at", event.starts_at);
  a.field("ends_at", event.ends_at);
  a.field("timezone", event.timezone);
  a.field("state", event.state);
  a.field("admission", event.admission);
  a.field("programme", event.programme);
  a.maybe("group", event.group);
  a.maybe("retention_days", event.retention_days);
  a.maybe("lockdown", event.lockdown);
}

template <class A>
void describe(A& a, Is<EventView> auto& event) {
  describe_event(a, event);
  a.field("rooms", event.rooms);
}

template <class A>
void describe(A& a, Is<MessageView> auto& message) {
  a.field("offset", message.offset);
  a.field("at", message.at);
  a.field("by", message.by);
  a.field("body", message.body);
  a.maybe("reply_to", message.reply_to);
  a.field("edited", message.edited);
  a.field("deleted", message.deleted);
  a.field("pinned", message.pinned);
  a.maybe("mentions", message.mentions);
  a.map("reactions", message.reactions);
}

template <class A>
void describe(A& a, Is<ConversationView> auto& conversation) {
  a.field("id", conversation.id);
  a.field("people", conversation.people);
  a.field("state", conversation.state);
  a.maybe("requested_by", conversation.requested_by);
  a.field("epoch", conversation.epoch);
  a.field("offset", conversation.offset);
  a.field("read", conversation.read);
  a.field("cards", conversation.cards);
  if (!conversation.latest.empty()) a.field("latest", conversation.latest.front());
}

template <class A>
void describe(A& a, Is<MuteView> auto& mute) {
  a.choice("scope", mute.voice, "voice", "chat");
  a.field("until_at", mute.until_at);
  a.field("reason", mute.reason);
  a.maybe("room", mute.room);
}

template <class A>
void describe(A& a, Is<HelpView> auto& help) {
  a.field("table", help.table);
  a.field("person", help.person);
  a.maybe("line", help.line);
  a.field("at", help.at);
}

template <class A>
void describe(A& a, Is<KnockView> auto& knock) {
  a.field("knock", knock.knock);
  a.field("person", knock.person);
  a.maybe("line", knock.line);
  a.field("at", knock.at);
}

// --- Chat
template <class A>
void describe(A& a, Is<MessagePosted> auto& push) {
  a.field("body", push.body);
  a.maybe("reply_to", push.reply_to);
  a.maybe("mentions", push.mentions);
}

template <class A>
void describe(A& a, Is<MessageEdited> auto& push) {
  a.field("of", push.of);
  a.field("body", push.body);
}

template <class A>
void describe(A& a, Is<MessageDeleted> auto& push) {
  a.field("of", push.of);
  a.maybe("reason", push.reason);
}

template <class A>
void describe(A& a, Is<MessageReacted> auto& push) {
  a.field("of", push.of);
  a.field("emoji", push.emoji);
  a.field("on", push.on);
}

template <class A>
void describe(A& a, Is<MessagePinned> auto& push) {
  a.field("of", push.of);
}

template <class A>
void describe(A& a, Is<MessageUnpinned> auto& push) {
  a.field("of", push.of);
}

template <class A>
void describe(A&, Is<TypingPush> auto&) {}

// --- Event
template <class A>
void describe(A& a, Is<EventUpdated> auto& push) {
  a.object("event", [&](auto& inner) { describe_event(inner, push.event); });
}

template <class A>
void describe(A& a, Is<RoomCreated> auto& push) {
  describe_room(a, "room", push.room);
}

template <class A>
void describe(A& a, Is<RoomUpdated> auto& push) {
  a.field("room", push.room);
  a.maybe("name", push.room_name);
  a.maybe("locked", push.locked);
  a.maybe("slow_s", push.slow_s);
}

template <class A>
void describe(A& a, Is<RoomClosed> auto& push) {
  a.field("room", push.room);
}

template <class A>
void describe(A& a, Is<RoomsCounted> auto& push) {
  a.map("counts", push.counts);
}

// --- Room
template <class A>
void describe(A& a, Is<Presence> auto& push) {
  a.maybe("all", push.all);
  if (push.all || !push.joined.empty() || !push.left.empty() || !push.changed.empty()) {
    a.field("joined", push.joined);
    a.field("left", push.left);
    a.field("changed", push.changed);
  }
  a.field("count", push.count);
}

template <class A>
void describe(A& a, Is<PersonUpdated> auto& push) {
  a.field("person", push.person.id);
  if constexpr (!A::is_stored) describe_card(a, push.person);
}

template <class A>
void describe(A& a, Is<SeatTaken> auto& push) {
  a.field("person", push.person);
  a.field("table", push.table);
  a.maybe("moved_by", push.moved_by);
  a.maybe("move", push.move);
  a.maybe("late", push.late);
  a.maybe("merged", push.merged);
}

template <class A>
void describe(A& a, Is<SeatLeft> auto& push) {
  a.field("person", push.person);
  a.field("table", push.table);
  a.field("reason", push.reason);
}

template <class A>
void describe(A& a, Is<TableCreated> auto& push) {
  describe_table(a, "table", push.table);
}

template <class A>
void describe(A& a, Is<TableUpdated> auto& push) {
  a.field("table", push.table);
  a.maybe("name", push.table_name);
  a.maybe("topic", push.topic);
  a.maybe("capacity", push.capacity);
  a.maybe("mood", push.mood);
}

template <class A>
void describe(A& a, Is<TableRemoved> auto& push) {
  a.field("table", push.table);
}

template <class A>
void describe(A& a, Is<TableLocked> auto& push) {
  a.field("table", push.table);
}

template <class A>
void describe(A& a, Is<TableUnlocked> auto& push) {
  a.field("table", push.table);
}

// --- Table and desk
template <class A>
void describe(A& a, Is<TableKnocked> auto& push) {
  a.field("knock", push.knock);
  a.field("person", push.person);
  a.maybe("line", push.line);
}

template <class A>
void describe(A& a, Is<TableVisited> auto& push) {
  a.field("person", push.person);
  a.field("on", push.on);
}

template <class A>
void describe(A& a, Is<HelpCalled> auto& push) {
  a.field("table", push.table);
  a.field("person", push.person);
  a.maybe("line", push.line);
}

template <class A>
void describe(A& a, Is<HelpDone> auto& push) {
  a.field("table", push.table);
}

template <class A>
void describe(A& a, Is<PersonWaiting> auto& push) {
  a.field("person", push.person.id);
  if constexpr (!A::is_stored) describe_card(a, push.person);
}

template <class A>
void describe(A& a, Is<PersonAdmitted> auto& push) {
  a.field("person", push.person);
}

template <class A>
void describe(A& a, Is<PersonRefused> auto& push) {
  a.field("person", push.person);
}

template <class A>
void describe(A& a, Is<PersonMuted> auto& push) {
  a.field("person", push.person);
  a.choice("scope", push.voice, "voice", "chat");
  a.field("until_at", push.until_at);
  a.field("reason", push.reason);
  a.maybe("room", push.room);
  a.maybe("event", push.event);
}

template <class A>
void describe(A& a, Is<PersonUnmuted> auto& push) {
  a.field("person", push.person);
  a.maybe("reason", push.reason);
  a.maybe("room", push.room);
  a.maybe("event", push.event);
}

template <class A>
void describe(A& a, Is<PersonRemoved> auto& push) {
  a.field("person", push.person);
  a.field("reason", push.reason);
  a.maybe("event", push.event);
}

// --- Person and conversation
template <class A>
void describe(A& a, Is<TableInvited> auto& push) {
  a.field("table", push.table);
  a.field("room", push.room);
  a.field("event", push.event);
  a.field("by", push.by);
}

template <class A>
void describe(A& a, Is<ConversationStarted> auto& push) {
  a.field("conversation", push.conversation);
  a.field("people", push.people);
}

template <class A>
void describe(A& a, Is<PersonBlocked> auto& push) {
  a.field("person", push.person);
}

template <class A>
void describe(A& a, Is<PersonUnblocked> auto& push) {
  a.field("person", push.person);
}

template <class A>
void describe(A& a, Is<ReadPush> auto& push) {
  a.field("stream", push.stream);
  a.field("offset", push.offset);
}

template <class A>
void describe(A& a, Is<ConversationAccepted> auto& push) {
  a.field("person", push.person);
}

// --- Facts, which only the journal sees
template <class A>
void describe(A& a, Is<PersonEntered> auto& push) {
  a.field("person", push.person);
  a.field("room", push.room);
  a.field("waiting", push.waiting);
}

template <class A>
void describe(A& a, Is<PersonErased> auto& push) {
  a.field("person", push.person);
}

template <class A>
void describe(A& a, Is<PersonLeft> auto& push) {
  a.field("person", push.person);
  a.maybe("gone_at", push.gone_at);
}

template <class A>
void describe(A& a, Is<RoleGiven> auto& push) {
  a.field("person", push.person);
  a.field("role", push.role);
}

template <class A>
void describe(A& a, Is<ReadMarked> auto& push) {
  a.field("stream", push.stream);
  a.field("offset", push.offset);
}

template <class A>
void describe(A& a, Is<NonceClaimed> auto& push) {
  a.field("conversation", push.conversation);
}

template <class A>
void describe(A& a, Is<ConversationDeclined> auto& push) {
  a.field("person", push.person);
}

template <class A>
void describe(A& a, Is<BlockSet> auto& push) {
  a.field("by", push.by);
  a.field("person", push.person);
  a.field("on", push.on);
}

template <class A>
void describe(A& a, Is<ConversationOpened> auto& push) {
  a.field("people", push.people);
  a.field("by", push.by);
  a.field("requested", push.requested);
}

}  // namespace hallway::shapes
