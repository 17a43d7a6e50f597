// What clients may ask for: one struct a command. Bounds of the fields are checked by the codec,
// so that a decoded command is well-formed; whether it is allowed is decided in rooms/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/view.hpp"

namespace hallway {

using Nonce = std::string;

struct ResumePoint {
  StreamId stream;
  std::string epoch;  ///< As the client remembers it.
  Offset offset = 0;
};

// --- Session
struct Hello {
  static constexpr std::string_view name = "hello";
  std::string token;
  PersonId person;
  EventId event;
  bool names_person = false;
  bool names_event = false;
  std::string client_name;
  std::string client_version;
  std::vector<ResumePoint> resume;
};
struct StreamSync {
  static constexpr std::string_view name = "stream.sync";
  StreamId stream;
  Offset after = 0;
};
struct StreamSnapshot {
  static constexpr std::string_view name = "stream.snapshot";
  StreamId stream;
  std::int64_t limit = 50;
};
struct Clock {
  static constexpr std::string_view name = "clock";
  TimeMs sent_at = 0;
};
struct PersonGet {
  static constexpr std::string_view name = "person.get";
  std::vector<PersonId> people;
};
struct PersonList {
  static constexpr std::string_view name = "person.list";
  std::optional<RoomId> room;  ///< Not named: the whole event.
  std::string query;
  PersonId after;
  std::int64_t limit = 100;
};
struct Bye {
  static constexpr std::string_view name = "bye";
};

// --- Places
struct RoomEnter {
  static constexpr std::string_view name = "room.enter";
  RoomId room;
};
struct RoomCreate {
  static constexpr std::string_view name = "room.create";
  Nonce nonce;
  std::string room_name;
  RoomKind kind = RoomKind::plenary;
  std::optional<std::int64_t> tables;
  std::optional<std::int64_t> capacity;
};
struct RoomUpdate {
  static constexpr std::string_view name = "room.update";
  RoomId room;
  std::optional<std::string> room_name;
};
struct RoomClose {
  static constexpr std::string_view name = "room.close";
  RoomId room;
};
struct TableCreate {
  static constexpr std::string_view name = "table.create";
  Nonce nonce;
  RoomId room;
  std::optional<std::string> table_name;
  std::optional<std::string> topic;
  std::optional<std::int64_t> capacity;
  std::optional<Mood> mood;
};
struct TableUpdate {
  static constexpr std::string_view name = "table.update";
  TableId table;
  std::optional<std::string> table_name;
  std::optional<std::string> topic;
  std::optional<std::int64_t> capacity;
  std::optional<Mood> mood;
};
struct TableRemove {
  static constexpr std::string_view name = "table.remove";
  TableId table;
};
struct TableSit {
  static constexpr std::string_view name = "table.sit";
  TableId table;
};
struct TableStand {
  static constexpr std::string_view name = "table.stand";
  std::optional<TableId> table;
};
struct TableInvite {
  static constexpr std::string_view name = "table.invite";
  TableId table;
  PersonId person;
};
struct TableKnock {
  static constexpr std::string_view name = "table.knock";
  TableId table;
  std::string line;
};
struct TableAnswer {
  static constexpr std::string_view name = "table.answer";
  std::optional<TableId> table;  ///< Not named: one's own.
  std::int64_t knock = 0;
  bool admit = false;
};
struct TableLock {
  static constexpr std::string_view name = "table.lock";
  TableId table;
};
struct TableUnlock {
  static constexpr std::string_view name = "table.unlock";
  TableId table;
};
struct TableVisit {
  static constexpr std::string_view name = "table.visit";
  TableId table;
  bool on = true;
};
struct TableCallHelp {
  static constexpr std::string_view name = "table.call_help";
  TableId table;
  std::string line;
};
struct TableHelpDone {
  static constexpr std::string_view name = "table.help_done";
  TableId table;
};
/// Fields not named stay; an empty string clears one (never the name).
struct CardUpdate {
  static constexpr std::string_view name = "card.update";
  std::optional<std::string> person_name, about, ask, offer, org, title;
  std::optional<std::vector<PersonId>> came_with;
};
struct EventUpdate {
  static constexpr std::string_view name = "event.update";
  std::optional<std::string> title;
  std::optional<TimeMs> starts_at, ends_at;
  std::optional<std::vector<ProgrammeItem>> programme;
  std::optional<EventState> state;
  std::optional<std::string> timezone = {};
  std::optional<Admission> admission = {};
  std::optional<std::int64_t> retention_days = {};  ///< 0: kept.
};
/// `all`: everyone who waits; `people` is then empty, and else it is not.
struct AdmissionAdmit {
  static constexpr std::string_view name = "admission.admit";
  std::vector<PersonId> people;
  bool all = false;
  std::string reason = {};
};
struct AdmissionRefuse {
  static constexpr std::string_view name = "admission.refuse";
  std::vector<PersonId> people;
  bool all = false;
  std::string reason = {};
};

// --- Messages
struct MessageSend {
  static constexpr std::string_view name = "message.send";
  Nonce nonce;
  StreamId stream;
  std::string body;
  Offset reply_to = 0;
};
struct MessageEdit {
  static constexpr std::string_view name = "message.edit";
  Nonce nonce;
  StreamId stream;
  Offset offset = 0;
  std::string body;
};
struct MessageDelete {
  static constexpr std::string_view name = "message.delete";
  Nonce nonce;
  StreamId stream;
  Offset offset = 0;
  std::string reason;
};
struct MessageReact {
  static constexpr std::string_view name = "message.react";
  StreamId stream;
  Offset offset = 0;
  std::string emoji;
  bool on = true;
};
struct MessagePin {
  static constexpr std::string_view name = "message.pin";
  StreamId stream;
  Offset offset = 0;
};
struct MessageUnpin {
  static constexpr std::string_view name = "message.unpin";
  StreamId stream;
  Offset offset = 0;
};
struct MessageHistory {
  static constexpr std::string_view name = "message.history";
  StreamId stream;
  Offset before = 0;  ///< 0: from the top.
  std::int64_t limit = 50;
};
struct MessageSearch {
  static constexpr std::string_view name = "message.search";
  std::string query;
  std::optional<StreamId> stream;
  std::uint64_t before = 0;  ///< The `before` told with the last answer; 0: from the newest.
  std::int64_t limit = 20;
};
struct Typing {
  static constexpr std::string_view name = "typing";
  StreamId stream;
};
struct Read {
  static constexpr std::string_view name = "read";
  StreamId stream;
  Offset offset = 0;
};
struct ConversationStart {
  static constexpr std::string_view name = "conversation.start";
  Nonce nonce;
  std::vector<PersonId> people;
  std::string body;
};
struct ConversationAnswer {
  static constexpr std::string_view name = "conversation.answer";
  ConversationId conversation;
  bool accept = false;
};
struct PersonBlock {
  static constexpr std::string_view name = "person.block";
  PersonId person;
};
struct PersonUnblock {
  static constexpr std::string_view name = "person.unblock";
  PersonId person;
};

// --- Moderation
struct PersonMute {
  static constexpr std::string_view name = "person.mute";
  PersonId person;
  std::int64_t minutes = 0;
  bool voice = false;
  std::string reason;
};
struct PersonUnmute {
  static constexpr std::string_view name = "person.unmute";
  PersonId person;
  std::string reason;
};
struct PersonRemove {
  static constexpr std::string_view name = "person.remove";
  PersonId person;
  std::string reason;
};

struct PersonWarn {
  static constexpr std::string_view name = "person.warn";
  PersonId person;
  std::string reason;
};
struct PersonMove {
  static constexpr std::string_view name = "person.move";
  PersonId person;
  RoomId room;
  std::string reason;
};
struct PersonBan {
  static constexpr std::string_view name = "person.ban";
  PersonId person;
  std::optional<TimeMs> until;  ///< Not named: until it is lifted.
  std::string reason;
};
struct PersonUnban {
  static constexpr std::string_view name = "person.unban";
  PersonId person;
  std::string reason;
};
struct RoomSlowMode {
  static constexpr std::string_view name = "room.slow_mode";
  RoomId room;
  std::int64_t seconds = 0;  ///< 0: off.
  std::string reason;
};
struct RoomLock {
  static constexpr std::string_view name = "room.lock";
  RoomId room;
  bool on = true;
  std::string reason;
};
struct EventLockdown {
  static constexpr std::string_view name = "event.lockdown";
  bool on = true;
  std::string reason;
};
/// Names its message as others do; the event decides, whatever place the stream is of.
struct ReportFile {
  static constexpr std::string_view name = "report.file";
  Nonce nonce;
  StreamId stream;
  Offset offset = 0;
  std::string reason;
};
struct ReportClaim {
  static constexpr std::string_view name = "report.claim";
  std::int64_t report = 0;
};
struct ReportResolve {
  static constexpr std::string_view name = "report.resolve";
  std::int64_t report = 0;
  ReportOutcome outcome = ReportOutcome::dismissed;
  std::string reason;
};
struct FilterSet {
  static constexpr std::string_view name = "filter.set";
  bool on = false;
  std::vector<std::string> words;
  std::string reason;
};
struct MessageReview {
  static constexpr std::string_view name = "message.review";
  std::int64_t held = 0;
  bool approve = false;
  std::string reason;
};
struct RoleGrant {
  static constexpr std::string_view name = "role.grant";
  PersonId person;
  Role role = Role::member;
  std::optional<RoleScope> scope;  ///< Not named: the whole event.
  std::string reason;
};
struct RoleRevoke {
  static constexpr std::string_view name = "role.revoke";
  PersonId person;
  std::optional<RoleScope> scope;  ///< As above.
  std::string reason;
};
struct AuditList {
  static constexpr std::string_view name = "audit.list";
  std::optional<PersonId> person;
  std::int64_t before = 0;  ///< 0: from the newest.
  std::int64_t limit = 50;
};

// --- Rounds
struct RoundPreview {
  static constexpr std::string_view name = "round.preview";
  RoomId room;
  RoundOptions options;
};
struct RoundPlan {
  static constexpr std::string_view name = "round.plan";
  PlanId plan;
  std::int64_t from = 1;  ///< Number of the first round wanted.
};
/// At most one of `options`, `plan` and `same_groups`; none: the next round of the series.
struct RoundAnnounce {
  static constexpr std::string_view name = "round.announce";
  Nonce nonce;
  RoomId room;
  std::optional<RoundOptions> options;
  std::optional<PlanId> plan;
  bool same_groups = false;
};
struct RoundCancel {
  static constexpr std::string_view name = "round.cancel";
  RoomId room;
};
struct RoundExtend {
  static constexpr std::string_view name = "round.extend";
  RoomId room;
  std::int64_t seconds = 0;
  std::optional<TableId> table;  ///< Not named: all.
};
struct RoundPause {
  static constexpr std::string_view name = "round.pause";
  RoomId room;
};
struct RoundResume {
  static constexpr std::string_view name = "round.resume";
  RoomId room;
};
struct RoundEnd {
  static constexpr std::string_view name = "round.end";
  RoomId room;
};
struct RoundSitOut {
  static constexpr std::string_view name = "round.sit_out";
  RoomId room;
  bool on = true;
};
struct RoundAskTime {
  static constexpr std::string_view name = "round.ask_time";
  TableId table;
};
struct SeatMove {
  static constexpr std::string_view name = "seat.move";
  PersonId person;
  TableId table;
};
struct SeatUndo {
  static constexpr std::string_view name = "seat.undo";
  std::int64_t move = 0;
};
struct Broadcast {
  static constexpr std::string_view name = "broadcast";
  Nonce nonce;
  RoomId room;
  std::string body;
};
struct BroadcastSeen {
  static constexpr std::string_view name = "broadcast.seen";
  RoomId room;
  Offset offset = 0;
};
struct ChairTake {
  static constexpr std::string_view name = "chair.take";
  RoomId room;
};
/// Agrees to join the table that `table.shrunk` names.
struct TableMerge {
  static constexpr std::string_view name = "table.merge";
  TableId table;
};
struct OpenerDraw {
  static constexpr std::string_view name = "opener.draw";
  TableId table;
};

/// The decode table is computed from this list and dispatch visits it exhaustively.
using Command = std::variant<
    Hello, StreamSync, StreamSnapshot, Clock, PersonGet, PersonList, Bye, RoomEnter, RoomCreate,
    RoomUpdate, RoomClose, TableCreate, TableUpdate, TableRemove, TableSit, TableStand, TableInvite,
    TableKnock, TableAnswer, TableLock, TableUnlock, TableVisit, TableCallHelp, TableHelpDone,
    CardUpdate, EventUpdate, AdmissionAdmit, AdmissionRefuse, MessageSend, MessageEdit,
    MessageDelete, MessageReact, MessagePin, MessageUnpin, MessageHistory, MessageSearch, Typing,
    Read, ConversationStart, ConversationAnswer, PersonBlock, PersonUnblock, PersonMute,
    PersonUnmute, PersonRemove, RoundPreview, RoundPlan, RoundAnnounce, RoundCancel, RoundExtend,
    RoundPause, RoundResume, RoundEnd, RoundSitOut, RoundAskTime, SeatMove, SeatUndo, Broadcast,
    BroadcastSeen, ChairTake, TableMerge, OpenerDraw, PersonWarn, PersonMove, PersonBan,
    PersonUnban, RoomSlowMode, RoomLock, EventLockdown, ReportFile, ReportClaim, ReportResolve,
    FilterSet, MessageReview, RoleGrant, RoleRevoke, AuditList>;

}  // namespace hallway
