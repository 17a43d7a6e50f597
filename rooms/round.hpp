// The rounds of a room: the series under way, the round that runs in it, and what its tables are
// told. State alone, folded in event_round_fold.cpp; all times are the server's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocol/push.hpp"
#include "protocol/view.hpp"

namespace hallway {

/// What was told of a table that became too small.
struct Shrunk {
  ShrunkView view;
  std::set<PersonId> agreed;
};

/// A table while a round runs at it.
struct TableRun {
  /// Set where the table has an end of its own; else the round's counts.
  std::optional<TimeMs> ends_at;
  bool wrapping = false;  ///< Meaningful with `ends_at` alone.
  std::set<PersonId> asked_time;
  std::optional<Shrunk> shrunk;
};

/// The latest round of a room, from its announcement until the next is announced.
struct Round {
  PlanId plan;
  RoundOptions options;
  std::int64_t number = 0;
  std::int64_t of = 0;
  RoundPhase phase = RoundPhase::plenary;
  TimeMs starts_at = 0;
  TimeMs ends_at = 0;  ///< Of the talk; once wrapping, of that.
  std::optional<TimeMs> paused_at;
  std::optional<Opener> opener;
  std::set<std::int64_t> cards;  ///< Openers drawn in this series.
  std::int64_t repeats = 0;
  /// By number; table 0: made at the start. Of rounds that have started: as they did.
  std::map<std::int64_t, SeatingView> planned;
  SeatingView seated;                   ///< As the last round started, the sofa left out.
  std::map<PersonId, TableId> seat_of;  ///< Where the round last seated each.
  /// Who must not sit together, blocks among them.
  std::vector<std::pair<PersonId, PersonId>> apart;
  std::map<TableId, TableRun> tables;  ///< Those still running.
  std::set<std::int64_t> warned;       ///< Seconds left that were told, or were missed.
  PersonId chair;
  std::vector<PersonId> offered;  ///< The chair, to these.

  // What a restart need not know.
  std::optional<TimeMs> chair_gone_at;
  int offers = 0;  ///< How often the chair was offered since then.

  bool running() const { return phase == RoundPhase::seated || phase == RoundPhase::wrapping; }
  /// Announced or running: no other can be announced.
  bool pending() const { return phase != RoundPhase::plenary; }
  bool series_over() const { return phase == RoundPhase::plenary && number >= of; }
  /// Where a table's talk, or its wrap-up, ends. Precondition: it runs.
  TimeMs end_of(const TableRun& run) const { return run.ends_at.value_or(ends_at); }
  /// Some table runs on without an end of its own.
  bool has_common_tables() const;
  /// Milliseconds of talk left by the round's own end, at least 0; what is left while paused.
  std::int64_t left_ms(TimeMs now) const;
  /// More than half of the talk is left, so that a newcomer still gets something of it.
  bool worth_joining(TimeMs now) const;
  /// The next warning of the round's own end: when, and how many seconds before it.
  std::optional<std::pair<TimeMs, std::int64_t>> next_warning() const;
  /// When the chair is offered next; nullopt while it is taken, or offered to all there are.
  std::optional<TimeMs> offer_at() const;
  /// When time alone changes something; nullopt: never.
  std::optional<TimeMs> next_deadline() const;

  RoundView view(bool with_tables) const;
};

/// The latest announcement of a facilitator in a room, and at which tables it was seen.
struct LatestBroadcast {
  BroadcastView view;
  std::set<TableId> seen;
  // What a restart need not know.
  bool is_told = true;  ///< `seen` as the desk knows it.
  TimeMs told_at = 0;
};

/// A facilitator's move of a person, for as long as it can be undone.
struct Move {
  std::int64_t number = 0;
  TimeMs at = 0;
  PersonId person;
  TableId from;  ///< 0: they had no seat.
  TableId to;
};

/// What a room remembers of its rounds.
struct RoomRounds {
  std::optional<Round> round;
  /// Of a series that has begun and has not been announced yet (both come in one decision).
  std::optional<SeriesBegun> begun;
  /// Members who sit out, with the rounds whose end they still wait for.
  std::map<PersonId, int> sitting_out;
  std::set<PersonId> joining_in;  ///< Staff who asked to be seated.
  std::optional<LatestBroadcast> broadcast;

  bool running() const { return round && round->running(); }
  bool runs_at(TableId table) const { return running() && round->tables.contains(table); }
};

/// Who met whom in an event: sat together at a table for a minute or more.
class Meetings {
 public:
  struct Count {
    std::int64_t in_all = 0;
    PlanId plan;  ///< The series of the last meeting; 0: outside of rounds.
    std::int64_t in_series = 0;
  };

  void add(PlanId plan, PersonId one, PersonId other);
  /// nullptr: never.
  const Count* find(PersonId one, PersonId other) const;
  std::int64_t times_in_series(PlanId plan, PersonId one, PersonId other) const;
  const std::map<std::pair<PersonId, PersonId>, Count>& all() const { return counts_; }

 private:
  std::map<std::pair<PersonId, PersonId>, Count> counts_;  ///< The smaller id first.
};

}  // namespace hallway
