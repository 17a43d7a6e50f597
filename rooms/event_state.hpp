// What an event is: its rooms, tables, people and sittings, as the fold of its pushes. Deciding
// reads it; only `fold` and `restarted` change it.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocol/push.hpp"
#include "protocol/reply.hpp"
#include "protocol/view.hpp"
#include "rooms/moderation.hpp"
#include "rooms/presence.hpp"
#include "rooms/round.hpp"
#include "rooms/slices.hpp"

namespace hallway {

/// One stretch of talk at a table, from the first to take it to the last to leave.
struct Sitting {
  static constexpr Offset open = std::numeric_limits<Offset>::max();
  TableId table;
  Offset first = 0;    ///< On the table's stream.
  Offset last = open;  ///< `open` while it goes on.
  /// Who took part, and up to which offset the talk is theirs: `open` while they are seated.
  std::map<PersonId, Offset> people;
};

/// Roles for single rooms, and being shown the door. Few people have any of it.
struct Standing {
  std::map<RoomId, Role> room_roles;
  std::vector<MuteView> room_mutes;  ///< Of one room each; one a room and scope.
  std::int64_t warnings = 0;
  bool out = false;     ///< Removed or banned.
  bool banned = false;  ///< And so in all events of the group.
  std::optional<TimeMs> until_at;
  TimeMs out_at = 0;
  std::string reason;  ///< For being out.
};

struct Member {
  PersonView view;  ///< Card, role, and the state their connections give.
  RoomId room;      ///< Where they are, or were last.
  TableId table;    ///< Where they sit; 0: nowhere.
  TableId visiting;
  std::uint64_t seat = 0;  ///< Key of their seat at `table`.
  bool present = false;    ///< In the event now, connected or within their ten minutes.
  bool waiting = false;    ///< Not yet admitted.
  bool admitted = false;
  bool refused = false;
  TimeMs role_at = 0;                  ///< When their role was granted or revoked here; 0: never.
  std::unique_ptr<Standing> standing;  ///< Null: nothing to say.
  Offset lobby_first = 0;              ///< While waiting: the lobby's words are theirs from here.
  std::shared_ptr<const MuteView> muted_chat;  ///< Null: not muted.
  std::shared_ptr<const MuteView> muted_voice;
  std::vector<std::size_t> sittings;  ///< Indexes into Event::sittings.
  TableId left_table;                 ///< Where they sat last,
  TimeMs left_at = 0;                 ///< and until when.
  // What a restart need not know.
  std::int64_t connections = 0;
  TimeMs alone_since = 0;  ///< When the last connection ended.
  std::optional<TimeMs> invited_at;

  /// Not to be in the event, as of `now`.
  bool is_out(TimeMs now) const {
    return standing && standing->out && !(standing->until_at && *standing->until_at <= now);
  }
  /// What they may do in `room`, by a role that is held for it alone.
  Role role_in(RoomId room_id) const;
  /// Of all their roles.
  Role highest_role() const;
  bool is_staff() const { return highest_role() != Role::member; }
  /// What is in force there, of the whole event or of that room; nullptr: nothing.
  const MuteView* mute_in(RoomId room_id, bool voice, TimeMs now) const;
  /// Whether there is a mute to lift: any (0), or one of that room alone.
  bool is_muted(RoomId room_id, TimeMs now) const;
};

struct Knock {
  KnockView view;
  Offset offset = 0;
};

struct Table {
  TableId id;
  RoomId room;
  std::string name;
  std::string topic;
  std::optional<std::int64_t> capacity;  ///< nullopt: the sofa.
  bool locked = false;
  Mood mood = Mood::open;
  std::map<std::uint64_t, PersonId> seats;  ///< In the order in which they were taken.
  std::uint64_t next_seat = 1;
  std::set<PersonId> visitors;
  std::optional<HelpView> help;
  std::optional<std::size_t> sitting;  ///< Index into Event::sittings while anyone sits here.
  std::vector<std::size_t> sittings;
  std::int64_t next_knock = 1;
  std::map<PersonId, TimeMs> since;  ///< When each of `seats` was taken.
  bool in_round = false;             ///< A round runs at it: who sits here is the round's to say.
  std::optional<Opener> opener;      ///< Drawn in this sitting.
  // What a restart need not know.
  std::map<std::int64_t, Knock> knocks;
  std::map<PersonId, TimeMs> invited;

  bool sofa() const { return !capacity; }
  /// In a round there is no capacity.
  bool full() const {
    return capacity && !in_round && static_cast<std::int64_t>(seats.size()) >= *capacity;
  }
};

struct Room {
  RoomId id;
  std::string name;
  RoomKind kind = RoomKind::plenary;
  bool locked = false;      ///< Only who may lock it comes in.
  std::int64_t slow_s = 0;  ///< Between two messages of one who is not staff.
  std::vector<TableId> tables;
  std::int64_t tables_made = 0;  ///< The sofa not counted; names the next one.
  std::set<PersonId> people;
  std::int64_t away = 0;  ///< Of `people`.
  PresenceBatch presence;
  RoomRounds rounds;
  Pulse messages;  ///< Said here and at its tables.

  std::int64_t count() const { return static_cast<std::int64_t>(people.size()) - away; }
};

class Event {
 public:
  /// Tells the top of a stream as the push that is folded found it.
  using TopOf = std::function<Offset(StreamId)>;

  explicit Event(EventId event) : id(event) {}

  void fold(const Push& push, const TopOf& top);
  void restarted(TimeMs now);
  /// Card and role as the registry has them; nothing else changes.
  void seed(const PersonView& person);

  // --- Reading
  const Member* find(PersonId person) const;
  const Room* find(RoomId room) const;
  const Table* find(TableId table) const;
  const Room& lobby() const;
  /// nullptr for rooms without tables.
  const Table* sofa_of(const Room& room) const;
  bool receives(PersonId person, StreamId stream) const;
  std::vector<StreamId> streams_of(PersonId person) const;
  /// What of a table's talk is this person's to see: the sittings they took part in, and while they
  /// visit the current one.
  Slices slices_of(PersonId person, const Table& table) const;
  bool sat_together(PersonId one, PersonId other) const;
  /// The room of a room's or table's stream; nullptr: of none.
  const Room* room_of(StreamId stream) const;
  /// Seconds between two messages of one who is not staff there; 0: as fast as they like.
  std::int64_t slow_s(const Room& room) const;
  std::size_t organisers() const;

  /// Of those seated, who is not away.
  std::int64_t active_at(const Table& table) const;
  std::vector<PersonId> active_people_at(const Table& table) const;
  /// What a table in a round is to be told of its size: 1 or 2 people are left there, and others
  /// could take them in; 0: nothing.
  std::int64_t too_few_at(const Table& table) const;
  /// The room whose round this person leads; nullptr: none.
  const Room* led_by(PersonId person) const;
  /// Pairs of `person` and who else sits at their table, together there for a minute or more.
  std::vector<PersonId> met_at_table(PersonId person, TimeMs now) const;

  /// When the event opens by itself; nullopt once it has.
  std::optional<TimeMs> opens_at() const;
  /// When it is over by itself; nullopt if never, or if it is over.
  std::optional<TimeMs> closes_at() const;
  /// When it is read no more; nullopt until it is over.
  std::optional<TimeMs> unreadable_at() const;
  /// When time alone changes something (it may be past); nullopt: never.
  std::optional<TimeMs> next_deadline() const;

  EventView view() const;  ///< Without rooms.
  RoomView view_of(const Room& room, bool with_seats) const;
  TableView view_of(const Table& table, bool with_seats) const;

  const EventId id;
  std::string title;
  TimeMs starts_at = 0;
  TimeMs ends_at = 0;  ///< 0: without an end.
  std::string timezone;
  EventState life = EventState::planned;
  Admission admission = Admission::open;
  std::vector<ProgrammeItem> programme;
  GroupId group;
  std::int64_t retention_days = 0;
  bool lockdown = false;
  TimeMs over_at = 0;

  std::vector<RoomId> room_order;
  std::unordered_map<RoomId, Room> rooms;
  std::unordered_map<TableId, Table> tables;
  std::map<PersonId, Member> members;  ///< Ordered, for lists by page.
  std::vector<Sitting> sittings;
  std::map<PersonId, TimeMs> waiting;  ///< Since when; who is not yet admitted.
  std::map<TableId, HelpView> help;    ///< Open calls.
  std::int64_t present = 0;            ///< People in the event, admitted or waiting.
  Meetings meetings;
  Moderation moderation;
  std::int64_t next_move = 1;
  /// What a create command with a nonce made, by the offset of its push.
  std::map<std::pair<StreamId, Offset>, std::uint64_t> made;

  // What a restart need not know: everything below follows from the time it happens.
  std::set<std::pair<TimeMs, PersonId>>
      alone;  ///< People without a connection, and when they change.
  std::set<std::tuple<TimeMs, TableId, std::int64_t>> knocks;  ///< Open ones, and when they lapse.
  /// In rooms that are slow: when each last wrote.
  std::map<std::pair<RoomId, PersonId>, TimeMs> wrote_at;
  Pulse guests_came;
  TimeMs activity_told_at = 0;
  std::optional<TimeMs> activity_due;  ///< When the desk is told what happens where.
  std::set<RoomId> recount;            ///< Rooms whose count changed since it was told.
  TimeMs recount_at = 0;               ///< Not before.
  std::set<RoomId> unannounced;        ///< Rooms with presence to tell.
  std::set<RoomId> timed;              ///< Rooms whose round goes on.
  std::set<TableId> ill_told;  ///< In a round, of another size than its people were told of.
  std::set<RoomId> unseen;     ///< Rooms with a broadcast seen at more tables than was told.
  std::vector<Move> moves;     ///< Those that can be undone, and some older.
  /// Plans that were computed for a preview, oldest first.
  std::vector<std::pair<TimeMs, PlanKept>> plans;

 private:
  Member& member(PersonId person);
  void enter_room(Member& member, Room& room);
  void leave_room(Member& member);
  void leave_event(Member& member);
  void set_state(Member& member, PersonState state);
  void watch_alone(Member& member, bool is_alone);
  void drop_knock(Table& table, std::int64_t knock);
  void drop_knocks(Table& table);
  void drop_table(TableId table);
  void add_table(Room& room, const TableView& view);
  void take_seat(Member& sitter, Table& table, TimeMs at, const TopOf& top);
  void leave_seat(Member& sitter, TimeMs at, const TopOf& top);
  Round& round_of(RoomId room);
  void stop_running(Room& room, TableId table);
  /// What is told of a table in a round follows from who is active at it.
  void check_told(TableId table);
  void check_told(const Room& room);
  void chair_here(PersonId person);
  void chair_gone(PersonId person, TimeMs at);
  void restart_round(Room& room, TimeMs now);

  // One fold a push; pushes that change nothing here share the last.
  void on(const EventUpdated& data, const Push& push, const TopOf& top);
  void on(const RoomCreated& data, const Push& push, const TopOf& top);
  void on(const RoomUpdated& data, const Push& push, const TopOf& top);
  void on(const RoomClosed& data, const Push& push, const TopOf& top);
  void on(const RoomsCounted& data, const Push& push, const TopOf& top);
  void on(const Presence& data, const Push& push, const TopOf& top);
  void on(const PersonUpdated& data, const Push& push, const TopOf& top);
  void on(const SeatTaken& data, const Push& push, const TopOf& top);
  void on(const SeatLeft& data, const Push& push, const TopOf& top);
  void on(const TableCreated& data, const Push& push, const TopOf& top);
  void on(const TableUpdated& data, const Push& push, const TopOf& top);
  void on(const TableRemoved& data, const Push& push, const TopOf& top);
  void on(const TableLocked& data, const Push& push, const TopOf& top);
  void on(const TableUnlocked& data, const Push& push, const TopOf& top);
  void on(const TableKnocked& data, const Push& push, const TopOf& top);
  void on(const TableVisited& data, const Push& push, const TopOf& top);
  void on(const HelpCalled& data, const Push& push, const TopOf& top);
  void on(const HelpDone& data, const Push& push, const TopOf& top);
  void on(const PersonWaiting& data, const Push& push, const TopOf& top);
  void on(const PersonAdmitted& data, const Push& push, const TopOf& top);
  void on(const PersonRefused& data, const Push& push, const TopOf& top);
  void on(const PersonMuted& data, const Push& push, const TopOf& top);
  void on(const PersonUnmuted& data, const Push& push, const TopOf& top);
  void on(const PersonRemoved& data, const Push& push, const TopOf& top);
  void on(const PersonErased& data, const Push& push, const TopOf& top);
  void on(const PersonEntered& data, const Push& push, const TopOf& top);
  void on(const PersonLeft& data, const Push& push, const TopOf& top);
  void on(const RoleGiven& data, const Push& push, const TopOf& top);
  void on(const Connected& data, const Push& push, const TopOf& top);
  void on(const Disconnected& data, const Push& push, const TopOf& top);
  void on(const StateChanged& data, const Push& push, const TopOf& top);
  void on(const KnockLapsed& data, const Push& push, const TopOf& top);
  void on(const InviteSpent& data, const Push& push, const TopOf& top);
  // Moderation (event_moderation_fold.cpp)
  void said(const Push& push);
  void note_activity(TimeMs at);
  Standing& standing(PersonId person);
  void show_out(PersonId person, TimeMs at, const std::string& reason);
  void on(const MessagePosted& data, const Push& push, const TopOf& top);
  void on(const MessageEdited& data, const Push& push, const TopOf& top);
  void on(const PersonWarned& data, const Push& push, const TopOf& top);
  void on(const PersonBanned& data, const Push& push, const TopOf& top);
  void on(const PersonUnbanned& data, const Push& push, const TopOf& top);
  void on(const RoleGranted& data, const Push& push, const TopOf& top);
  void on(const RoleRevoked& data, const Push& push, const TopOf& top);
  void on(const ReportFiled& data, const Push& push, const TopOf& top);
  void on(const ReportClaimed& data, const Push& push, const TopOf& top);
  void on(const ReportResolved& data, const Push& push, const TopOf& top);
  void on(const FilterUpdated& data, const Push& push, const TopOf& top);
  void on(const MessageHeld& data, const Push& push, const TopOf& top);
  void on(const MessageReviewed& data, const Push& push, const TopOf& top);
  void on(const DeskActivity& data, const Push& push, const TopOf& top);
  void on(const Audited& data, const Push& push, const TopOf& top);
  // Rounds (event_round_fold.cpp)
  void on(const SeriesBegun& data, const Push& push, const TopOf& top);
  void on(const RoundsPlanned& data, const Push& push, const TopOf& top);
  void on(const RoundAnnounced& data, const Push& push, const TopOf& top);
  void on(const RoundCancelled& data, const Push& push, const TopOf& top);
  void on(const RoundStarted& data, const Push& push, const TopOf& top);
  void on(const RoundWarned& data, const Push& push, const TopOf& top);
  void on(const RoundWrapping& data, const Push& push, const TopOf& top);
  void on(const RoundEnded& data, const Push& push, const TopOf& top);
  void on(const RoundExtended& data, const Push& push, const TopOf& top);
  void on(const RoundPaused& data, const Push& push, const TopOf& top);
  void on(const RoundResumed& data, const Push& push, const TopOf& top);
  void on(const RoundSatOut& data, const Push& push, const TopOf& top);
  void on(const RoundTimeAsked& data, const Push& push, const TopOf& top);
  void on(const TableShrunk& data, const Push& push, const TopOf& top);
  void on(const BroadcastPosted& data, const Push& push, const TopOf& top);
  void on(const BroadcastSeenPush& data, const Push& push, const TopOf& top);
  void on(const BroadcastNoticed& data, const Push& push, const TopOf& top);
  void on(const ChairOffered& data, const Push& push, const TopOf& top);
  void on(const ChairTaken& data, const Push& push, const TopOf& top);
  void on(const OpenerDrawn& data, const Push& push, const TopOf& top);
  void on(const PeopleMet& data, const Push& push, const TopOf& top);
  void on(const PlanKept& data, const Push& push, const TopOf& top);
};

/// When a person without a connection turns away, or is gone.
TimeMs changes_at(const Member& member);

}  // namespace hallway
