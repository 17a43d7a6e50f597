// What happened in rounds: the pushes and facts of push.hpp that concern them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/lasting.hpp"
#include "protocol/view.hpp"

namespace hallway {

// --- Rounds: on the room's stream
/// Of this name on the wire; RoundAnnounce is the command.
struct RoundAnnounced {
  static constexpr std::string_view name = "round.announced";
  static constexpr Lasting lasting = Lasting::durable;
  PlanId plan;
  TimeMs starts_at = 0;
  std::int64_t number = 0;
  std::int64_t of = 0;
  std::int64_t minutes = 0;
  std::int64_t size = 0;
};
/// `missed`: a restart came too late; `too_few`: not enough people for a table were there.
enum class RoundCancelReason : std::uint8_t { asked, missed, too_few };
std::string_view to_text(RoundCancelReason reason);
std::optional<RoundCancelReason> parse_round_cancel_reason(std::string_view text);
struct RoundCancelled {
  static constexpr std::string_view name = "round.cancelled";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t number = 0;
  RoundCancelReason reason = RoundCancelReason::asked;
};
/// All earlier seats of the room are left, those in `seats` are taken.
struct RoundStarted {
  static constexpr std::string_view name = "round.started";
  static constexpr Lasting lasting = Lasting::durable;
  PlanId plan;
  std::int64_t number = 0;
  std::int64_t of = 0;
  TimeMs ends_at = 0;
  SeatingView seats;  ///< The sofa last, where anyone is on it.
  std::int64_t repeats = 0;
  std::optional<Opener> opener;
};
struct RoundWarned {
  static constexpr std::string_view name = "round.warned";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t left_s = 0;
  TableId table;  ///< 0: all whose end is the round's.
};
struct RoundWrapping {
  static constexpr std::string_view name = "round.wrapping";
  static constexpr Lasting lasting = Lasting::durable;
  TimeMs ends_at = 0;
  std::vector<TableId> tables;  ///< Empty: the round as a whole.
};
/// With `tables`: their seats alone are free; without: all of the room's, and the round is over.
struct RoundEnded {
  static constexpr std::string_view name = "round.ended";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t number = 0;
  std::vector<TableId> tables;
};
struct RoundExtended {
  static constexpr std::string_view name = "round.extended";
  static constexpr Lasting lasting = Lasting::durable;
  TimeMs ends_at = 0;
  TableId table;  ///< 0: all.
};
struct RoundPaused {
  static constexpr std::string_view name = "round.paused";
  static constexpr Lasting lasting = Lasting::durable;
};
struct RoundResumed {
  static constexpr std::string_view name = "round.resumed";
  static constexpr Lasting lasting = Lasting::durable;
  TimeMs ends_at = 0;
  std::vector<std::pair<TableId, TimeMs>> tables;  ///< Those with an end of their own.
};
struct RoundSatOut {
  static constexpr std::string_view name = "round.sat_out";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  bool on = true;
};
struct BroadcastPosted {
  static constexpr std::string_view name = "broadcast.posted";
  static constexpr Lasting lasting = Lasting::durable;
  std::string body;
};
struct ChairOffered {
  static constexpr std::string_view name = "chair.offered";
  static constexpr Lasting lasting = Lasting::durable;
  std::vector<PersonId> people;
};
/// `chair` is told as `by`.
struct ChairTaken {
  static constexpr std::string_view name = "chair.taken";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId chair;
};

// --- Rounds: on a table's stream; time asked for also on the desk's
/// `by` of the push asks.
struct RoundTimeAsked {
  static constexpr std::string_view name = "round.time_asked";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
  std::int64_t yes = 0;
  std::int64_t of = 0;
};
/// By the server; or by a person who agrees to join `into`, with one more `yes`.
struct TableShrunk {
  static constexpr std::string_view name = "table.shrunk";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
  std::int64_t left = 0;  ///< 0: it is large enough again.
  TableId into;
  std::optional<TimeMs> at;
  std::int64_t yes = 0;
  std::int64_t of = 0;
};
struct OpenerDrawn {
  static constexpr std::string_view name = "opener.drawn";
  static constexpr Lasting lasting = Lasting::durable;
  TableId table;
  Opener opener;
};

// --- Rounds: on the desk's stream
struct BroadcastSeenPush {
  static constexpr std::string_view name = "broadcast.seen";
  static constexpr Lasting lasting = Lasting::transient;
  RoomId room;
  Offset of = 0;
  std::int64_t tables = 0;
  std::int64_t tables_of = 0;
};

// --- Facts
/// A series begins in a room: what was asked for, and by whom.
struct SeriesBegun {
  static constexpr std::string_view name = "series.begun";
  static constexpr Lasting lasting = Lasting::fact;
  RoomId room;
  PlanId plan;
  RoundOptions options;
};
/// Rounds of a room's series as they are planned, from `first` on; those planned before for the
/// same numbers are void. `apart`: pairs that must not meet, blocks among them.
struct RoundsPlanned {
  static constexpr std::string_view name = "rounds.planned";
  static constexpr Lasting lasting = Lasting::fact;
  RoomId room;
  PlanId plan;
  std::int64_t first = 1;
  std::vector<SeatingView> rounds;
  std::vector<std::pair<PersonId, PersonId>> apart;
};

/// These sat at one table for `limits::met_ms` or more. `plan`: the series; 0: outside of rounds.
struct PeopleMet {
  static constexpr std::string_view name = "people.met";
  static constexpr Lasting lasting = Lasting::fact;
  PlanId plan;
  std::vector<std::pair<PersonId, PersonId>> pairs;
};

// --- Local
/// A plan was computed for a preview; kept for `limits::plan_ms`.
struct PlanKept {
  static constexpr std::string_view name = "plan.kept";
  static constexpr Lasting lasting = Lasting::local;
  RoomId room;
  PlanId plan;
  RoundOptions options;
  std::shared_ptr<const std::vector<SeatingView>> rounds;  ///< Shared: a plan is large.
  std::vector<std::pair<PersonId, PersonId>> apart;
};
/// Somebody at `table` (0: at none) has seen the broadcast at `of`.
struct BroadcastNoticed {
  static constexpr std::string_view name = "broadcast.noticed";
  static constexpr Lasting lasting = Lasting::local;
  RoomId room;
  Offset of = 0;
  TableId table;
};

}  // namespace hallway
