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
};
struct TableStreamState {
  TableView table;
  std::vector<PersonId> visitors;
  std::vector<KnockView> knocks;
};
struct DeskStreamState {
  std::vector<HelpView> help;
  std::vector<PersonView> waiting;
};
struct ConversationStreamState {
  ConversationView conversation;
};
struct PersonStreamState {
  std::vector<PersonId> blocked;
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
