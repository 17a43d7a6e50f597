// Who sits with whom, round after round: the problem, the plan, and all that is asked about them.
//
// Everything here is pure: no clock, no chance but `Budget::seed`, no input or output. The same
// problem, seed and number of proposals give the same plan on every machine and in every kind of
// build: costs are integers and nothing is walked through in the order of a hash. No function keeps
// state between calls, so every thread may call any of them. docs/seating.md explains the method.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hallway::seating {

/// What a problem may hold; `fault` names what exceeds it. A plan for as many people takes
/// 4 × people² bytes while it is made.
inline constexpr std::uint32_t people_max = 2048;
inline constexpr std::uint32_t rounds_max = 128;
inline constexpr std::size_t pairs_max = 1u << 21;  ///< In each list of pairs.
inline constexpr std::size_t topics_max = 16;       ///< Asks, or offers, of one person.
inline constexpr double weight_max = 300;           ///< Of any weight, in repeats.

using Person = std::uint32_t;       ///< 0 to people−1, without gaps.
using Group = std::vector<Person>;  ///< Who shares a table.
using Seats = std::vector<Group>;   ///< One round: its tables, in the order of `RoundSpec::sizes`.

struct RoundSpec {
  std::vector<std::uint32_t> sizes;  ///< Seats of each table; together as many as are present.
  std::vector<Person> present;       ///< Distinct, in any order.
};

/// In units of one repeat; each from 0 to `weight_max`.
struct Weights {
  double repeat = 1;           ///< What the first repeat of a pair costs.
  double repeat_growth = 1.5;  ///< What each further repeat of a pair costs more than the last.
  double org = 3;              ///< Two of one organisation at a table.
  double met_before = 0.75;    ///< Times `MetPair::weight`.
  double apart = 100;
  double together = 125;  ///< What sitting together earns those kept together.
  double ask = 0.4;       ///< What the first meeting of an ask with its offer earns.
};

/// Two who met at an earlier event or series. `weight` fades from 1 to 0 with time.
struct MetPair {
  Person a, b;
  double weight;
};

/// Two who really sat together, `times` rounds of this series so far.
struct SeriesPair {
  Person a, b;
  std::uint32_t times;
};

/// A host, who stays at a table. Where a round has no such table the pin does not hold; of more
/// pins than a table has seats the first ones hold.
struct Pin {
  Person person;
  std::uint32_t table;
};

/// Lists per person (`org`, `ask`, `offer`) are empty, or as long as there are people.
/// Pairs are unordered; a person is no pair with themselves. A pair in `together` repeats without
/// cost and is of no organisation; it must not be in `apart` too.
struct Problem {
  std::uint32_t people = 0;
  std::vector<RoundSpec> rounds;
  std::vector<std::uint32_t> org;  ///< 0: of none.
  std::vector<std::pair<Person, Person>> apart, together;
  std::vector<MetPair> met_before;
  std::vector<SeriesPair> met;
  std::vector<Pin> pins;
  std::vector<std::vector<std::uint32_t>> ask, offer;  ///< Topics.
  Weights weights;
};

/// The first thing about the problem that no other function here accepts, as a sentence; empty if
/// it is sound. Untrusted problems pass through here first; the rest only asserts.
std::string fault(const Problem& problem);

/// How long to try. `proposals` counts swaps looked at; 0 leaves it at what can be constructed.
/// `aborted`, which may be empty, is asked about every 1,000 proposals; once it says true the best
/// plan so far is returned.
struct Budget {
  std::uint64_t proposals = 0;
  std::uint64_t seed = 0;
  std::function<bool()> aborted = {};
};

struct Plan {
  std::vector<Seats> rounds;
};

/// Sizes that differ by one at most, larger tables first: as many tables as bring their size
/// closest to `size`, fewer while tables would have less than `size_min`. Never a table of one:
/// fewer than two people have no table, and `size_min` counts as two at least.
std::vector<std::uint32_t> table_sizes(std::uint32_t people, std::uint32_t size,
                                       std::uint32_t size_min);

/// A plan for every round of the problem. The first `frozen.rounds.size()` rounds are kept as they
/// are in `frozen`, and count as having happened; they seat people of the problem alone.
Plan solve(const Problem& problem, const Budget& budget, const Plan& frozen = {});

/// The round to come, of a problem that has exactly this one, and in `met` what happened. Where
/// `planned` (may be null) seats exactly those present at such tables, it is kept.
Seats next_round(const Problem& problem, const Budget& budget, const Seats* planned);

/// The planned round as it starts: who is absent is taken out, who is new put in, tables get the
/// sizes of `now` (sound, as a round of the problem is); everyone else stays as far as those sizes
/// allow. Under 5 ms for 1,000 people.
Seats adjust(const Problem& problem, const Seats& planned, const RoundSpec& now);

/// The table for somebody who comes late: among those with the fewest people, the one with the
/// fewest conflicts, then the fewest whom they met. `now` has a table. O(tables × size).
std::size_t seat_late(const Problem& problem, const Seats& now, Person late);

/// What to do about a table that has shrunk.
struct Repair {
  enum class Kind { none, merge, pull };
  Kind kind = Kind::none;
  std::size_t table = 0;       ///< The one that shrank.
  std::size_t other = 0;       ///< Merge: where its people go. Pull: where somebody comes from.
  std::vector<Person> people;  ///< Who moves.
};

/// `now[table]` after somebody left it. None while it has `size_min` people or nobody at all, or
/// where no other table could help; else one is pulled over from the table that spares one best
/// (it keeps `size_min`), or all go to the table that suits them best.
Repair on_leave(const Problem& problem, const Seats& now, std::size_t table,
                std::uint32_t size_min);

/// One round, counted in pairs at its tables. A pair kept together counts as nothing else.
struct RoundQuality {
  std::size_t pairs = 0;
  std::size_t repeated = 0;  ///< Had met in this series, earlier.
  std::size_t same_org = 0;
  std::size_t met_before = 0;
  std::size_t apart = 0;
  std::size_t together_broken = 0;  ///< Both present, not at one table.
  std::size_t pins_broken = 0;
  std::size_t asks_met = 0;  ///< An ask that meets its offer in somebody for the first time.
};

/// What a plan is worth. Sums are over all its rounds.
struct Quality {
  std::vector<RoundQuality> rounds;
  std::size_t pairs_repeated = 0;  ///< Meetings of pairs that had met.
  std::size_t max_times = 0;       ///< The most often that one pair met, earlier rounds included.
  std::size_t people_met_min = 0;  ///< Different people met, by who met fewest; of those present.
  double people_met_mean = 0;
  std::size_t same_org = 0;
  std::size_t met_before = 0;
  std::size_t apart_broken = 0;
  std::size_t together_broken = 0;
  std::size_t pins_broken = 0;
  std::size_t asks_met = 0;
  double cost = 0;     ///< By the problem's weights, in repeats; the smaller the better.
  bool valid = false;  ///< Everyone present has exactly one seat, and tables their sizes.
  std::string fault;   ///< Why it is not valid.
};

/// Recounts a plan. Shares no code with what makes plans, and believes nothing: any plan may be
/// given. What a faulty plan still shows is counted, up to as many seats in a round as there are
/// people.
Quality measure(const Problem& problem, const Plan& plan);

/// What no plan for the problem can fall below; a plan may not reach them all at once.
struct Bounds {
  std::size_t repeats = 0;   ///< Of `Quality::pairs_repeated`.
  std::size_t same_org = 0;  ///< Of `Quality::same_org`.
  std::vector<std::size_t> same_org_by_round;
  std::size_t max_times = 0;  ///< Of `Quality::max_times`.
};
Bounds lower_bounds(const Problem& problem);

/// What would avoid repeats for certain; nothing where nothing simple would.
struct Advice {
  /// The largest size of tables below the one asked for with which no round repeats.
  std::optional<std::uint32_t> size_without_repeats;
  /// The most rounds, fewer than asked for, that need no repeat.
  std::optional<std::uint32_t> rounds_without_repeats;
};

/// For a problem whose plan repeats somebody: what else to choose, for those present in its first
/// round. Both are empty where no repeat is needed as it is. "Without" means that a plan is known.
Advice advise(const Problem& problem, std::uint32_t size, std::uint32_t size_min);

}  // namespace hallway::seating
