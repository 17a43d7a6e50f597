// Answers to commands, as structs; the codec writes them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "protocol/view.hpp"

namespace hallway {

/// `{}`: the end state asked for was there already.
struct NothingReply {};
/// `{offset, at}` of the command's first durable push, with what it made, if anything.
struct PostedReply {
  Offset offset = 0;
  TimeMs at = 0;
  bool dup = false;
  RoomId room = {};
  TableId table = {};
  ConversationId conversation = {};
  PlanId plan = {};
  std::optional<std::int64_t> knock = {};
  std::optional<std::int64_t> move = {};
  std::vector<PersonId> unseen = {};  ///< Mentioned people who cannot see the message.
  std::int64_t report = 0;
  std::int64_t held = 0;  ///< Not posted (`offset` stays 0): waits for a moderator.
};
struct RoomReply {
  RoomId room;
};
struct TableReply {
  TableId table;
};
struct PreviewReply {
  PlanId plan;
  std::vector<SeatingView> rounds;  ///< The first three.
  PlanQualityView quality;
};
struct PlanReply {
  std::vector<SeatingView> rounds;
};
struct ClockReply {
  TimeMs sent_at = 0;
  TimeMs now = 0;
};
struct PeopleReply {
  std::vector<PersonView> people;
  bool more = false;
};
struct MessagesReply {
  std::vector<MessageView> messages;
  bool more = false;
};
struct SearchMatch {
  StreamId stream;
  MessageView message;
};
struct SearchReply {
  std::vector<SearchMatch> matches;
  bool more = false;
  std::uint64_t before = 0;
};
struct AuditReply {
  std::vector<AuditView> entries;  ///< Newest first.
  bool more = false;
  std::int64_t before = 0;  ///< For the next older ones; 0: none.
};
struct SyncReply {
  Offset from = 0;
  Offset to = 0;
};
struct SnapshotReply {
  Snapshot snapshot;
};

struct PlaceView {
  RoomId room;
  TableId table;
  bool waiting = false;
};
struct StreamTop {
  StreamId stream;
  Epoch epoch{};
  Offset offset = 0;
};
struct Recovered {
  StreamId stream;
  Offset from = 0;
  Offset to = 0;
};
enum class ResetReason : std::uint8_t { epoch, gap, future, forbidden, sitting };
std::string_view to_text(ResetReason reason);
struct Reset {
  StreamId stream;
  ResetReason reason = ResetReason::epoch;
};

/// Settings that clients are told. Units in the names.
struct LimitsView {
  double commands_per_s = 10;
  std::int64_t commands_burst = 40;
  double messages_per_s = 1;
  std::int64_t messages_burst = 20;
  std::int64_t connections_max = 10;  ///< A person.
  std::int64_t announce_s = 30;       ///< From a round's announcement to its start.
  std::int64_t wrap_s = 30;           ///< Of wrapping up.
};

struct HelloReply {
  std::string session;
  PersonView person;
  TimeMs now = 0;
  std::int64_t heartbeat_s = 25;
  LimitsView limits;
  std::vector<std::string_view> capabilities;
  /// Of roles held for one room.
  std::vector<std::pair<RoomId, std::vector<std::string_view>>> room_capabilities;
  std::optional<EventView> event;
  std::optional<PlaceView> place;
  std::vector<StreamTop> streams;
  std::vector<Recovered> recovered;
  std::vector<Reset> reset;
  std::vector<ConversationView> conversations;
  std::vector<std::pair<StreamId, Offset>> reads;
  std::optional<MuteView> muted;
};

using Reply = std::variant<NothingReply, PostedReply, RoomReply, TableReply, ClockReply,
                           PeopleReply, MessagesReply, SearchReply, SyncReply, SnapshotReply,
                           HelloReply, PreviewReply, PlanReply, AuditReply>;

}  // namespace hallway
