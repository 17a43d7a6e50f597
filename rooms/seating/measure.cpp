// Recounts a plan from nothing but the problem and the plan. What makes plans is not included
// here, so that a mistake there cannot hide itself.
#include <algorithm>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {
namespace {

using Pair = std::pair<Person, Person>;

constexpr std::uint16_t times_most = 60'000;  ///< Beyond that, meetings are counted no further.

Pair ordered(Person a, Person b) {
  return a < b ? Pair{a, b} : Pair{b, a};
}

std::vector<Pair> sorted(std::vector<Pair> pairs) {
  for (Pair& pair : pairs) pair = ordered(pair.first, pair.second);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

bool holds(const std::vector<Pair>& pairs, Person a, Person b) {
  return std::binary_search(pairs.begin(), pairs.end(), ordered(a, b));
}

class Recount {
 public:
  explicit Recount(const Problem& problem)
      : problem_(problem),
        apart_(sorted(problem.apart)),
        together_(sorted(problem.together)),
        times_(std::size_t{problem.people} * problem.people),
        was_present_(problem.people) {
    for (const MetPair& pair : problem.met_before) {
      if (pair.weight > 0) met_before_.emplace_back(ordered(pair.a, pair.b), pair.weight);
    }
    std::sort(met_before_.begin(), met_before_.end());
    for (const SeriesPair& pair : problem.met) {
      for (std::uint32_t time = 0; time < std::min(pair.times, 255u); ++time) count(pair.a, pair.b);
    }
  }

  Quality measure(const Plan& plan) {
    if (plan.rounds.size() != problem_.rounds.size()) {
      blame("it has " + std::to_string(plan.rounds.size()) + " rounds, not " +
            std::to_string(problem_.rounds.size()));
    }
    const std::size_t rounds = std::min(plan.rounds.size(), problem_.rounds.size());
    for (std::size_t round = 0; round < rounds; ++round) {
      check_seats(plan.rounds[round], round);
      measure_round(within_bounds(plan.rounds[round]), problem_.rounds[round]);
    }
    add_up();
    quality_.valid = quality_.fault.empty();
    return std::move(quality_);
  }

 private:
  void blame(const std::string& sentence) {
    if (quality_.fault.empty()) quality_.fault = sentence;
  }

  void count(Person a, Person b) {
    for (const std::size_t at :
         {std::size_t{a} * problem_.people + b, std::size_t{b} * problem_.people + a}) {
      if (times_[at] < times_most) ++times_[at];
    }
  }
  std::size_t times(Person a, Person b) const {
    return times_[std::size_t{a} * problem_.people + b];
  }

  void check_seats(const Seats& seats, std::size_t round) {
    const RoundSpec& spec = problem_.rounds[round];
    const std::string where = "round " + std::to_string(round + 1) + ": ";
    std::vector<bool> is_expected(problem_.people);
    for (const Person person : spec.present) is_expected[person] = true;
    if (seats.size() != spec.sizes.size()) blame(where + "a wrong number of tables");
    std::size_t seated = 0;
    for (std::size_t table = 0; table < seats.size(); ++table) {
      const std::string at = where + "table " + std::to_string(table) + " ";
      if (table < spec.sizes.size() && seats[table].size() != spec.sizes[table]) {
        blame(at + "has a wrong number of people");
      }
      for (const Person person : seats[table]) {
        if (person >= problem_.people || !is_expected[person]) {
          blame(at + "seats " + std::to_string(person) + ", who is absent or seated already");
          continue;
        }
        is_expected[person] = false;
        was_present_[person] = true;
        ++seated;
      }
    }
    if (seated != spec.present.size()) blame(where + "somebody present has no seat");
  }

  /// Without the tables at which more are seated than there are people: the time that counting
  /// pairs takes is bounded, whatever plan is given.
  Seats within_bounds(const Seats& seats) const {
    Seats kept;
    std::size_t seated = 0;
    for (const Group& group : seats) {
      seated += group.size();
      if (seated > problem_.people) break;
      kept.push_back(group);
    }
    return kept;
  }

  void measure_round(const Seats& seats, const RoundSpec& spec) {
    RoundQuality found;
    for (const Group& group : seats) {
      for (std::size_t first = 0; first < group.size(); ++first) {
        for (std::size_t other = first + 1; other < group.size(); ++other) {
          const bool is_pair = group[first] < problem_.people && group[other] < problem_.people &&
                               group[first] != group[other];
          if (is_pair) measure_pair(group[first], group[other], found);
        }
      }
    }
    for (const Group& group : seats) count_group(group);
    measure_places(seats, spec, found);
    quality_.rounds.push_back(found);
  }

  void measure_pair(Person a, Person b, RoundQuality& found) {
    ++found.pairs;
    if (holds(together_, a, b)) {
      quality_.cost -= problem_.weights.together;
      return;
    }
    if (const std::size_t before = times(a, b); before > 0) {
      ++found.repeated;
      quality_.cost += problem_.weights.repeat +
                       problem_.weights.repeat_growth * static_cast<double>(before - 1);
    } else if (offers(a, b) || offers(b, a)) {
      ++found.asks_met;
      quality_.cost -= problem_.weights.ask;
    }
    if (!problem_.org.empty() && problem_.org[a] != 0 && problem_.org[a] == problem_.org[b]) {
      ++found.same_org;
      quality_.cost += problem_.weights.org;
    }
    if (holds(apart_, a, b)) {
      ++found.apart;
      quality_.cost += problem_.weights.apart;
    }
    measure_history(ordered(a, b), found);
  }

  void measure_history(const Pair& pair, RoundQuality& found) {
    const auto before =
        std::lower_bound(met_before_.begin(), met_before_.end(), std::pair{pair, 0.0});
    if (before == met_before_.end() || before->first != pair) return;
    ++found.met_before;
    quality_.cost += problem_.weights.met_before * before->second;
  }

  bool offers(Person asking, Person offering) const {
    if (problem_.ask.empty() || problem_.offer.empty()) return false;
    const auto& wanted = problem_.ask[asking];
    const auto& given = problem_.offer[offering];
    return std::find_first_of(wanted.begin(), wanted.end(), given.begin(), given.end()) !=
           wanted.end();
  }

  void count_group(const Group& group) {
    for (std::size_t first = 0; first < group.size(); ++first) {
      for (std::size_t other = first + 1; other < group.size(); ++other) {
        const Person a = group[first];
        const Person b = group[other];
        if (a < problem_.people && b < problem_.people && a != b) count(a, b);
      }
    }
  }

  /// What is asked of places rather than of pairs: who should sit together, and where hosts are.
  void measure_places(const Seats& seats, const RoundSpec& spec, RoundQuality& found) const {
    constexpr std::size_t nowhere = ~std::size_t{0};
    std::vector<std::size_t> place(problem_.people, nowhere);
    for (std::size_t table = 0; table < seats.size(); ++table) {
      for (const Person person : seats[table]) {
        if (person < problem_.people) place[person] = table;
      }
    }
    for (const auto& [a, b] : together_) {
      const bool are_present = place[a] != nowhere && place[b] != nowhere;
      if (are_present && place[a] != place[b]) ++found.together_broken;
    }
    std::vector<std::size_t> left(spec.sizes.begin(), spec.sizes.end());
    for (const Pin& pin : problem_.pins) {
      if (place[pin.person] == nowhere || pin.table >= left.size() || left[pin.table] == 0)
        continue;
      --left[pin.table];
      if (place[pin.person] != pin.table) ++found.pins_broken;
    }
  }

  void add_up() {
    for (const RoundQuality& round : quality_.rounds) {
      quality_.pairs_repeated += round.repeated;
      quality_.same_org += round.same_org;
      quality_.met_before += round.met_before;
      quality_.apart_broken += round.apart;
      quality_.together_broken += round.together_broken;
      quality_.pins_broken += round.pins_broken;
      quality_.asks_met += round.asks_met;
    }
    std::size_t present = 0;
    std::size_t met_sum = 0;
    std::size_t met_min = problem_.people;
    for (Person person = 0; person < problem_.people; ++person) {
      if (!was_present_[person]) continue;
      std::size_t met = 0;
      for (Person other = 0; other < problem_.people; ++other) {
        const std::size_t meetings = times(person, other);
        if (meetings > 0) ++met;
        if (meetings > quality_.max_times && !holds(together_, person, other)) {
          quality_.max_times = meetings;
        }
      }
      ++present;
      met_sum += met;
      met_min = std::min(met_min, met);
    }
    if (present == 0) return;
    quality_.people_met_min = met_min;
    quality_.people_met_mean = static_cast<double>(met_sum) / static_cast<double>(present);
  }

  const Problem& problem_;
  std::vector<Pair> apart_;
  std::vector<Pair> together_;
  std::vector<std::pair<Pair, double>> met_before_;
  std::vector<std::uint16_t> times_;
  std::vector<bool> was_present_;
  Quality quality_;
};

}  // namespace

Quality measure(const Problem& problem, const Plan& plan) {
  return Recount(problem).measure(plan);
}

}  // namespace hallway::seating
