// What happened: one struct a push. A place's state is the fold of its pushes; the same push is
// sent to clients, stored in the journal and replayed after a restart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/lasting.hpp"
#include "protocol/round_push.hpp"
#include "protocol/safety_push.hpp"
#include "protocol/view.hpp"

namespace hallway {

// --- Chat: on a stream of any kind that has one
struct MessagePosted {
  static constexpr std::string_view name = "message.posted";
  static constexpr Lasting lasting = Lasting::durable;
  std::string body;
  Offset reply_to = 0;
  std::vector<PersonId> mentions;
};
struct MessageEdited {
  static constexpr std::string_view name = "message.edited";
  static constexpr Lasting lasting = Lasting::durable;
  Offset of = 0;
  std::string body;
};
struct MessageDeleted {
  static constexpr std::string_view name = "message.deleted";
  static constexpr Lasting lasting = Lasting::durable;
  Offset of = 0;
  std::string reason;
};
struct MessageReacted {
  static constexpr std::string_view name = "message.reacted";
  static constexpr Lasting lasting = Lasting::durable;
  Offset of = 0;
  std::string emoji;
  bool on = true;
};
struct MessagePinned {
  static constexpr std::string_view name = "message.pinned";
  static constexpr Lasting lasting = Lasting::durable;
  Offset of = 0;
};
struct MessageUnpinned {
  static constexpr std::string_view name = "message.unpinned";
  static constexpr Lasting lasting = Lasting::durable;
  Offset of = 0;
};
struct TypingPush {
  static constexpr std::string_view name = "typing";
  static constexpr Lasting lasting = Lasting::transient;
};

// --- On an event's stream
/// The whole of what is told of an event; its rooms come with their own pushes.
struct EventUpdated {
  static constexpr std::string_view name = "event.updated";
  static constexpr Lasting lasting = Lasting::durable;
  EventView event;
};
struct RoomCreated {
  static constexpr std::string_view name = "room.created";
  static constexpr Lasting lasting = Lasting::durable;
  RoomView room;
};
struct RoomUpdated {
  static constexpr std::string_view name = "room.updated";
  static constexpr Lasting lasting = Lasting::durable;
  RoomId room;
  std::string room_name;  ///< This and the others: as they were where not named.
  std::optional<bool> locked = {};
  std::optional<std::int64_t> slow_s = {};
};
struct RoomClosed {
  static constexpr std::string_view name = "room.closed";
  static constexpr Lasting lasting = Lasting::durable;
  RoomId room;
};
struct RoomsCounted {
  static constexpr std::string_view name = "rooms.counted";
  static constexpr Lasting lasting = Lasting::transient;
  std::vector<std::pair<RoomId, std::int64_t>> counts;
};

// --- On a room's stream
struct Presence {
  static constexpr std::string_view name = "presence";
  static constexpr Lasting lasting = Lasting::transient;
  std::vector<PersonView> joined;  ///< All three empty beyond 200 people: `count` alone is sent.
  std::vector<PersonId> left;
  std::vector<std::pair<PersonId, PersonState>> changed;
  std::int64_t count = 0;
  bool all = false;  ///< `joined` is everyone who is there: whoever is not in it has left.
};
/// Stored as the id alone (names live in the registry); sent with the card as it is then.
struct PersonUpdated {
  static constexpr std::string_view name = "person.updated";
  static constexpr Lasting lasting = Lasting::durable;
  PersonView person;
};
enum class SeatLeftReason : std::uint8_t {
  stood,
  moved,
  left,
  away,
  removed,
  table_removed,
  room_closed,
  round,  ///< Sat out, or the round's seating was given up.
  merged
};
std::string_view to_text(SeatLeftReason reason);
std::optional<SeatLeftReason> parse_seat_left_reason(std::string_view text);
struct SeatTaken {
  static constexpr std::string_view name = "seat.taken";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  TableId table;
  PersonId moved_by = {};
  std::int64_t move = 0;  ///< Names a facilitator's move, to undo it; 0: none.
  bool late = false;      ///< Came while a round ran: to be introduced.
  bool merged = false;    ///< Their table had become too small.
};
struct SeatLeft {
  static constexpr std::string_view name = "seat.left";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  TableId table;
  SeatLeftReason reason = SeatLeftReason::stood;
};
struct TableCreated {
  static constexpr std::string_view name = "table.created";
  static constexpr Lasting lasting = Lasting::durable;
  TableView table;
};
/// Fields not named stay as they were.
struct TableUpdated {
  static constexpr std::string_view name = "table.updated";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
  std::optional<std::string> table_name;
  std::optional<std::string> topic;
  std::optional<std::int64_t> capacity;
  std::optional<Mood> mood;
};
struct TableRemoved {
  static constexpr std::string_view name = "table.removed";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
};
struct TableLocked {
  static constexpr std::string_view name = "table.locked";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
};
struct TableUnlocked {
  static constexpr std::string_view name = "table.unlocked";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
};

// --- On a table's stream; help also on the desk's
struct TableKnocked {
  static constexpr std::string_view name = "table.knocked";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t knock = 0;
  PersonId person;
  std::string line;
};
struct TableVisited {
  static constexpr std::string_view name = "table.visited";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  bool on = true;
};
struct HelpCalled {
  static constexpr std::string_view name = "help.called";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
  PersonId person;
  std::string line;
};
struct HelpDone {
  static constexpr std::string_view name = "help.done";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
};

// --- On the desk's stream
/// Stored as the id alone, as PersonUpdated is.
struct PersonWaiting {
  static constexpr std::string_view name = "person.waiting";
  static constexpr Lasting lasting = Lasting::durable;
  PersonView person;
};
struct PersonAdmitted {
  static constexpr std::string_view name = "person.admitted";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
};
struct PersonRefused {
  static constexpr std::string_view name = "person.refused";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
};

// --- On the desk's and the person's own stream
struct PersonMuted {
  static constexpr std::string_view name = "person.muted";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  TimeMs until_at = 0;
  bool voice = false;
  std::string reason;
  RoomId room = {};    ///< 0: in the whole event.
  EventId event = {};  ///< 0 on the desk's stream, here and below.
};
struct PersonUnmuted {
  static constexpr std::string_view name = "person.unmuted";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  std::string reason;
  RoomId room = {};  ///< 0: everywhere.
  EventId event = {};
};
struct PersonRemoved {
  static constexpr std::string_view name = "person.removed";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  std::string reason;
  EventId event = {};
};

// --- On every stream of a place
/// This person is nobody any more: whatever they said on this stream is blank, as if deleted.
struct PersonErased {
  static constexpr std::string_view name = "person.erased";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
};

// --- On a person's own stream
struct TableInvited {
  static constexpr std::string_view name = "table.invited";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
  RoomId room;
  EventId event;
  PersonId by;
};
struct ConversationStarted {
  static constexpr std::string_view name = "conversation.started";
  static constexpr Lasting lasting = Lasting::durable;
  ConversationId conversation;
  std::vector<PersonId> people;
};
struct PersonBlocked {
  static constexpr std::string_view name = "person.blocked";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
};
struct PersonUnblocked {
  static constexpr std::string_view name = "person.unblocked";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
};
struct ReadPush {
  static constexpr std::string_view name = "read";
  static constexpr Lasting lasting = Lasting::transient;
  StreamId stream;
  Offset offset = 0;
};

// --- On a conversation's stream
struct ConversationAccepted {
  static constexpr std::string_view name = "conversation.accepted";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
};

// --- Facts
/// First of a person's arrival in an event and of every later change of room; `waiting`: not yet
/// admitted.
struct PersonEntered {
  static constexpr std::string_view name = "person.entered";
  static constexpr Lasting lasting = Lasting::fact;
  PersonId person;
  RoomId room;
  bool waiting = false;
};
/// Gone for ten minutes, or said bye: in no room until the next hello, which leads back to the same
/// room.
struct PersonLeft {
  static constexpr std::string_view name = "person.left";
  static constexpr Lasting lasting = Lasting::fact;
  PersonId person;
  TimeMs gone_at = 0;  ///< When their last connection ended, where that was earlier; else 0.
};
/// The role this person has in the event, from the registry.
struct RoleGiven {
  static constexpr std::string_view name = "role.given";
  static constexpr Lasting lasting = Lasting::fact;
  PersonId person;
  Role role = Role::member;
};
struct ReadMarked {
  static constexpr std::string_view name = "read.marked";
  static constexpr Lasting lasting = Lasting::fact;
  StreamId stream;
  Offset offset = 0;
};
/// A nonce without a stream was spent on a conversation; told apart by the digest of what it asked.
struct NonceClaimed {
  static constexpr std::string_view name = "nonce.claimed";
  static constexpr Lasting lasting = Lasting::fact;
  ConversationId conversation;
};
struct ConversationDeclined {
  static constexpr std::string_view name = "conversation.declined";
  static constexpr Lasting lasting = Lasting::fact;
  PersonId person;
};
/// In a conversation of two: `by` blocks the other, or no longer.
struct BlockSet {
  static constexpr std::string_view name = "block.set";
  static constexpr Lasting lasting = Lasting::fact;
  PersonId by;
  PersonId person;
  bool on = true;
};
/// The people and first state of a conversation.
struct ConversationOpened {
  static constexpr std::string_view name = "conversation.opened";
  static constexpr Lasting lasting = Lasting::fact;
  std::vector<PersonId> people;
  PersonId by;
  bool requested = false;
};

// --- Local
/// One more or one fewer connection of a person in an event, or of a person at all.
struct Connected {
  static constexpr std::string_view name = "connected";
  static constexpr Lasting lasting = Lasting::local;
  PersonView person;
};
struct Disconnected {
  static constexpr std::string_view name = "disconnected";
  static constexpr Lasting lasting = Lasting::local;
  PersonId person;
};
/// A person's state changed by time alone (reconnecting → away).
struct StateChanged {
  static constexpr std::string_view name = "state.changed";
  static constexpr Lasting lasting = Lasting::local;
  PersonId person;
  PersonState state = PersonState::away;
};
struct KnockLapsed {
  static constexpr std::string_view name = "knock.lapsed";
  static constexpr Lasting lasting = Lasting::local;
  TableId table;
  std::int64_t knock = 0;
};
/// `by` of the push invited `person` to `table`: counts against the one's pace, and opens the
/// table to the other while it is fresh.
struct InviteSpent {
  static constexpr std::string_view name = "invite.spent";
  static constexpr Lasting lasting = Lasting::local;
  PersonId person;
  TableId table;
};

using PushData = std::variant<
    MessagePosted, MessageEdited, MessageDeleted, MessageReacted, MessagePinned, MessageUnpinned,
    TypingPush, EventUpdated, RoomCreated, RoomUpdated, RoomClosed, RoomsCounted, Presence,
    PersonUpdated, SeatTaken, SeatLeft, TableCreated, TableUpdated, TableRemoved, TableLocked,
    TableUnlocked, TableKnocked, TableVisited, HelpCalled, HelpDone, PersonWaiting, PersonAdmitted,
    PersonRefused, PersonMuted, PersonUnmuted, PersonRemoved, TableInvited, ConversationStarted,
    PersonBlocked, PersonUnblocked, ReadPush, ConversationAccepted, PersonEntered, PersonLeft,
    RoleGiven, ReadMarked, NonceClaimed, ConversationDeclined, BlockSet, ConversationOpened,
    Connected, Disconnected, StateChanged, KnockLapsed, InviteSpent, RoundAnnounced, RoundCancelled,
    RoundStarted, RoundWarned, RoundWrapping, RoundEnded, RoundExtended, RoundPaused, RoundResumed,
    RoundSatOut, BroadcastPosted, ChairOffered, ChairTaken, RoundTimeAsked, TableShrunk,
    OpenerDrawn, BroadcastSeenPush, SeriesBegun, RoundsPlanned, PeopleMet, PlanKept,
    BroadcastNoticed, PersonWarned, PersonMoved, PersonBanned, PersonUnbanned, RoleGranted,
    RoleRevoked, ReportFiled, ReportClaimed, ReportResolved, ReportChanged, ReportAnswered,
    FilterUpdated, MessageHeld, MessageReviewed, DeskActivity, Audited, PersonErased>;

/// One thing that happened. `offset` is 0 unless it is durable or a fact and has been numbered.
struct Push {
  StreamId stream;
  Offset offset = 0;
  TimeMs at = 0;
  PersonId by;  ///< 0: the server itself.
  PushData data;
  std::string nonce = {};    ///< Of the command that caused it, where that carries one.
  std::uint64_t digest = 0;  ///< Of what that command asked, to tell a repeat from a clash.
};

inline Lasting lasting_of(const PushData& data) {
  return std::visit([](const auto& push) { return push.lasting; }, data);
}
inline std::string_view name_of(const PushData& data) {
  return std::visit([](const auto& push) { return push.name; }, data);
}

}  // namespace hallway
