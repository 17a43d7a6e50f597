// The things of the wire, as snapshots and replies show them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/safety_view.hpp"

namespace hallway {

enum class PersonState : std::uint8_t { online, reconnecting, away };
std::string_view to_text(PersonState state);
std::optional<PersonState> parse_person_state(std::string_view text);

/// What a person tells of themselves; empty means not told.
struct Card {
  std::string name;
  std::string about;
  std::string ask;
  std::string offer;
  std::string org;
  std::string title;
  std::vector<PersonId> came_with;  ///< Shown to nobody.
  friend bool operator==(const Card&, const Card&) = default;
};

struct PersonView {
  PersonId id;
  Card card;
  Role role = Role::member;
  PersonState state = PersonState::online;
  bool guest = false;  ///< Came by a link, without an account or the association's sign-on.
};

enum class EventState : std::uint8_t { planned, live, over };
enum class Admission : std::uint8_t { open, approval };
enum class RoomKind : std::uint8_t { lobby, plenary, tables };
/// `open`: there is an open chair; `deep`: deep in it. Full and locked follow from the other
/// fields.
enum class Mood : std::uint8_t { open, deep };
std::string_view to_text(EventState state);
std::string_view to_text(Admission admission);
std::string_view to_text(RoomKind kind);
std::string_view to_text(Mood mood);
std::optional<EventState> parse_event_state(std::string_view text);
std::optional<Admission> parse_admission(std::string_view text);
std::optional<RoomKind> parse_room_kind(std::string_view text);
std::optional<Mood> parse_mood(std::string_view text);

struct ProgrammeItem {
  TimeMs at = 0;
  std::int64_t minutes = 0;
  std::string title;
  RoomId room;  ///< 0: no room named.
  friend bool operator==(const ProgrammeItem&, const ProgrammeItem&) = default;
};

/// An ice-breaking question: one of the cards that clients hold in every language, or one's own.
struct Opener {
  std::int64_t card = 0;  ///< 1 … `limits::opener_cards`; 0: `text` instead.
  std::string text;
  friend bool operator==(const Opener&, const Opener&) = default;
};

/// Who sits where in one round. Table 0: one that is made when the round starts.
using SeatingView = std::vector<std::pair<TableId, std::vector<PersonId>>>;

/// What a facilitator asks of a series of rounds.
struct RoundOptions {
  std::int64_t size = 4;      ///< People at a table.
  std::int64_t size_min = 3;  ///< The least; 2 where pairs are asked for.
  std::int64_t minutes = 10;  ///< Of one round.
  std::int64_t rounds = 1;
  bool avoid_met = true;
  bool avoid_org = true;
  bool avoid_came_with = true;
  bool match_asks = false;
  std::vector<std::vector<PersonId>> together;
  std::vector<std::vector<PersonId>> apart;
  std::vector<std::pair<PersonId, TableId>> hosts;
  std::optional<std::uint64_t> seed;  ///< At most 2^53, as every number of the wire.
  std::string opener;  ///< The facilitator's own question for every round; empty: a card is drawn.
};

/// `plenary`: the round is over, all are together again.
enum class RoundPhase : std::uint8_t { announced, seated, wrapping, plenary };
std::string_view to_text(RoundPhase phase);

/// The round of a room, as its people see it.
struct RoundView {
  PlanId plan;
  std::int64_t number = 0;  ///< From 1 in its series.
  std::int64_t of = 0;
  RoundPhase phase = RoundPhase::announced;
  TimeMs starts_at = 0;
  TimeMs ends_at = 0;  ///< Of the talk, or while wrapping up of that; 0 before the start.
  std::int64_t minutes = 0;
  std::int64_t size = 0;
  std::optional<TimeMs> paused_at;
  std::optional<Opener> opener;
  std::int64_t repeats = 0;  ///< Pairs at its tables that have met before in the series.
  PersonId chair;            ///< Who leads it; 0: nobody now.
  std::vector<PersonId> chair_offered;
  /// Tables still running, each with its own end; not told in an event's snapshot.
  std::optional<std::vector<std::pair<TableId, TimeMs>>> tables;
};

/// What one round of a plan achieves.
struct RoundQualityView {
  std::int64_t pairs = 0;
  std::int64_t repeated = 0;
  std::int64_t same_org = 0;
  std::int64_t met_before = 0;
};
/// What stands against a plan without repeats or without colleagues, and what would help.
struct ImpossibleView {
  std::string_view reason;             ///< `repeats`, `org` or `apart`.
  std::optional<std::int64_t> size;    ///< Tables of this size would need none.
  std::optional<std::int64_t> rounds;  ///< So many rounds would need none.
};
/// What a plan achieves, recounted from its seats.
struct PlanQualityView {
  std::int64_t people = 0;
  std::int64_t tables = 0;
  std::vector<std::int64_t> sizes;
  std::int64_t rounds = 0;
  std::int64_t pairs_repeated = 0;
  std::int64_t people_met_min = 0;
  double people_met_mean = 0;
  std::int64_t same_org = 0;
  std::int64_t met_before = 0;
  std::int64_t conflicts = 0;  ///< Keep-aparts, keep-togethers and hosts not held.
  std::int64_t asks_met = 0;
  std::vector<RoundQualityView> by_round;
  std::int64_t bound_repeated = 0;  ///< No plan has fewer.
  std::int64_t bound_same_org = 0;
  std::optional<ImpossibleView> impossible;
};

/// A table that has become too small: `left` 1, it is merged at `at`; 2, its people are asked.
struct ShrunkView {
  std::int64_t left = 0;
  TableId into;
  std::optional<TimeMs> at;
  std::int64_t yes = 0;  ///< Who agreed to join `into`,
  std::int64_t of = 0;   ///< of so many.
};
/// How many at a table ask for more time.
struct TimeAskedView {
  TableId table;
  std::int64_t yes = 0;
  std::int64_t of = 0;
};
struct BroadcastView {
  Offset offset = 0;
  TimeMs at = 0;
  PersonId by;
  std::string body;
};

struct SeatView {
  PersonId person;
  PersonState state = PersonState::online;
};

struct TableView {
  TableId id;
  std::string name;
  std::string topic;
  std::optional<std::int64_t> capacity;  ///< nullopt: the sofa.
  bool locked = false;
  Mood mood = Mood::open;
  std::int64_t taken = 0;
  std::optional<std::vector<SeatView>> seats;  ///< Only in a room's and a table's own snapshot.
};

struct RoomView {
  RoomId id;
  std::string name;
  RoomKind kind = RoomKind::plenary;
  bool confidential = false;
  bool equality = false;
  bool locked = false;
  std::int64_t slow_s = 0;
  std::int64_t count = 0;  ///< Online and reconnecting.
  std::vector<TableView> tables;
  std::optional<RoundView> round;
};

struct EventView {
  EventId id;
  std::string title;
  TimeMs starts_at = 0;
  TimeMs ends_at = 0;
  std::string timezone;
  EventState state = EventState::planned;
  Admission admission = Admission::open;
  std::vector<ProgrammeItem> programme;
  std::vector<RoomView> rooms;
  GroupId group;                    ///< 0: of none.
  std::int64_t retention_days = 0;  ///< Deleted so long after it is over; 0: kept.
  bool lockdown = false;
};

struct MessageView {
  Offset offset = 0;
  TimeMs at = 0;
  PersonId by;
  std::string body;     ///< Empty once deleted.
  Offset reply_to = 0;  ///< 0: none.
  bool edited = false;
  bool deleted = false;
  bool pinned = false;
  std::vector<PersonId> mentions;
  std::vector<std::pair<std::string, std::vector<PersonId>>> reactions;  ///< In order of first use.
};

enum class ConversationState : std::uint8_t { open, requested };
std::string_view to_text(ConversationState state);

struct ConversationView {
  ConversationId id;
  std::vector<PersonId> people;
  ConversationState state = ConversationState::open;
  PersonId requested_by;  ///< 0 unless `requested`.
  Epoch epoch{};
  Offset offset = 0;
  Offset read = 0;                  ///< The reader's own mark.
  std::vector<PersonView> cards;    ///< Name cards of `people`, told beside their ids.
  std::vector<MessageView> latest;  ///< At most the newest message, for the list of conversations.
};

struct MuteView {
  TimeMs until_at = 0;
  std::string reason;
  bool voice = false;  ///< Scope `voice` instead of `chat`.
  RoomId room = {};    ///< 0: in the whole event.
};

struct HelpView {
  TableId table;
  PersonId person;
  std::string line;
  TimeMs at = 0;
};
struct KnockView {
  std::int64_t knock = 0;
  PersonId person;
  std::string line;
  TimeMs at = 0;
};

struct EventStreamState {
  EventView event;
};
struct RoomStreamState {
  RoomView room;
  std::vector<PersonView> people;
  std::int64_t count = 0;
  std::vector<PersonId> sitting_out;
  std::vector<PersonId> joining_in;  ///< Staff who asked to be seated.
  std::optional<BroadcastView> broadcast;
};
struct TableStreamState {
  TableView table;
  std::vector<PersonView> people;  ///< Those seated.
  std::vector<PersonId> visitors;
  std::vector<KnockView> knocks;
  std::optional<Opener> opener;
  std::optional<ShrunkView> shrunk;
  std::optional<TimeAskedView> time_asked;
};
struct DeskStreamState {
  std::vector<HelpView> help;
  std::vector<PersonView> waiting;
  std::vector<TimeAskedView> time_asked;
  std::vector<ReportView> reports;  ///< Those not resolved, newest first, as many as fit.
  std::int64_t reports_open = 0;    ///< All of them.
  std::vector<HeldView> held;       ///< As `reports`.
  std::int64_t held_open = 0;
  std::vector<MutedView> muted;
  std::vector<OutsiderView> removed;
  std::vector<RoleView> roles;
  FilterView filter;
};
struct ConversationStreamState {
  ConversationView conversation;
};
struct PersonStreamState {
  std::vector<PersonId> blocked;
  std::vector<HeldView> held = {};  ///< Of one's own, in any event.
};

/// monostate: `null`, where hello has told it already.
using StreamState =
    std::variant<std::monostate, EventStreamState, RoomStreamState, TableStreamState,
                 DeskStreamState, ConversationStreamState, PersonStreamState>;

/// What a newcomer to a stream is told; `offset` and `state` were read together.
struct Snapshot {
  StreamId stream;
  Epoch epoch{};
  Offset offset = 0;
  StreamState state;
  std::vector<MessageView> messages;  ///< Oldest first.
  bool more = false;
};

}  // namespace hallway
