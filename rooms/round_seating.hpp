// From people and what they told to a seating problem, and from its plan back to people: the way
// between an event's rounds and rooms/seating. Pure; `carry_out` runs off the shard.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/reply.hpp"
#include "rooms/event_state.hpp"
#include "rooms/seating/seating.hpp"

namespace hallway {

using PeoplePair = std::pair<PersonId, PersonId>;

/// Two who met at an earlier event of the group; `weight` fades from 1.
struct MetBefore {
  PersonId one;
  PersonId other;
  double weight = 1;
};

/// Swaps looked at, by what waits for the answer: a slider in somebody's hand, the half minute of
/// an announcement, the turn in which a round starts. docs/seating.md has what they take.
inline constexpr std::uint64_t preview_proposals = 200'000;
inline constexpr std::uint64_t announced_proposals = 2'000'000;

/// A seating to compute, whole in itself.
struct SeatingTask {
  enum class Purpose : std::uint8_t {
    preview,  ///< Answers `round.preview`.
    series,   ///< Every round of a series that was announced.
    next,     ///< The one round that was announced.
  };
  Purpose purpose = Purpose::preview;
  RoomId room;
  PlanId plan;
  RoundOptions options;
  std::int64_t first = 1;           ///< Number of the first of `problem.rounds`.
  std::vector<PersonId> people;     ///< By their index in the problem.
  std::vector<TableId> tables;      ///< By index; 0: made when the round starts.
  std::int64_t hosts_unseated = 0;  ///< Hosts whose table the round does not reach.
  /// What people told of themselves, by index; sorted into topics and organisations when the
  /// problem is posed.
  struct Lines {
    std::string org;
    std::string ask;
    std::string offer;
  };
  std::vector<Lines> lines;
  seating::Problem problem;  ///< Without organisations, asks and offers.
  seating::Budget budget;
  std::optional<seating::Seats> planned;  ///< `next`: what the series planned for it.
};

struct SeatingOutcome {
  SeatingTask::Purpose purpose = SeatingTask::Purpose::preview;
  RoomId room;
  PlanId plan;
  RoundOptions options;
  std::int64_t first = 1;
  std::shared_ptr<const std::vector<SeatingView>> rounds;
  PlanQualityView quality;
  std::vector<PeoplePair> apart;  ///< What was asked for, and the blocks.
};

/// Solves. `blocks`: pairs of whom one blocks the other, told to nobody. `met`: what the event's
/// group remembers. Any thread.
SeatingOutcome carry_out(SeatingTask task, const std::vector<PeoplePair>& blocks,
                         const std::vector<MetBefore>& met = {});

/// Who a round of this room would seat now, by id.
std::vector<PersonId> people_to_seat(const Event& event, const Room& room,
                                     const RoundOptions& options);
/// The tables a round of `count` groups takes, in the room's order: those of hosts, then the first;
/// 0 for each that is missing.
std::vector<TableId> tables_to_take(const Event& event, const Room& room,
                                    const RoundOptions& options, std::size_t count);
/// The problem of seating `people` in `rounds` rounds at tables as asked for.
SeatingTask seating_task(const Event& event, const Room& room, PlanId plan,
                         const RoundOptions& options, std::vector<PersonId> people,
                         std::int64_t rounds, const std::vector<PeoplePair>& apart,
                         const PersonView* newcomer = nullptr);
/// The same for a round that runs, with somebody who comes late as the last of `people`; they may
/// be new to the event.
SeatingTask newcomer_task(const Event& event, const Room& room, const Round& round,
                          std::vector<PersonId> people, const PersonView& newcomer);
/// The task's problem, whole.
seating::Problem posed(const SeatingTask& task);
/// A planned round by the task's indexes; people whom the task does not know are left out.
seating::Seats seats_of(const SeatingTask& task, const SeatingView& planned);
SeatingView view_of(const SeatingTask& task, const seating::Seats& seats);
/// Pairs of the seating that have met in this series.
std::int64_t count_repeats(const Event& event, PlanId plan, const SeatingView& seats);

}  // namespace hallway
