// What no plan can fall below. Every bound counts seats; none of them tries to find a plan.
#include <algorithm>
#include <array>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {
namespace {

constexpr std::size_t words = (rounds_max + 63) / 64;

/// In which rounds somebody is present.
using Presence = std::array<std::uint64_t, words>;

std::size_t pairs_of(std::size_t people) {
  return people * (people - (people > 0)) / 2;
}

bool share_a_round(const Presence& a, const Presence& b) {
  for (std::size_t word = 0; word < words; ++word) {
    if ((a[word] & b[word]) != 0) return true;
  }
  return false;
}

std::size_t rounds_shared(const Presence& a, const Presence& b) {
  std::size_t rounds = 0;
  for (std::size_t word = 0; word < words; ++word) {
    rounds += static_cast<std::size_t>(__builtin_popcountll(a[word] & b[word]));
  }
  return rounds;
}

class Counting {
 public:
  explicit Counting(const Problem& problem)
      : problem_(problem),
        presence_(problem.people),
        is_known_(std::size_t{problem.people} * problem.people),
        slots_(problem.people),
        first_meetings_(problem.people) {
    for (std::size_t round = 0; round < problem.rounds.size(); ++round) add_round(round);
    for (const auto& [a, b] : problem.together) {
      // Each pair once, however often it is listed.
      if (is_known_[at(a, b)]) continue;
      know(a, b);
      const std::size_t shared = rounds_shared(presence_[a], presence_[b]);
      together_slots_ += shared;
      slots_[a] -= std::min(slots_[a], shared);
      slots_[b] -= std::min(slots_[b], shared);
    }
    for (const SeriesPair& pair : problem.met) {
      if (pair.times > 0) know(pair.a, pair.b);
    }
    count_first_meetings();
  }

  /// Seats beside somebody, less those that a first meeting could fill: by all pairs, and by the
  /// pairs of each person (every repeat is found twice there). Or what too few tables force.
  std::size_t repeats() const {
    std::size_t available = 0;
    std::size_t missing = 0;
    for (Person person = 0; person < problem_.people; ++person) {
      available += first_meetings_[person];
      missing += slots_[person] - std::min(slots_[person], first_meetings_[person]);
    }
    const std::size_t spare = available / 2 + together_slots_;
    const std::size_t crowded = by_few_tables();
    return std::max({pair_slots_ - std::min(pair_slots_, spare), (missing + 1) / 2,
                     crowded - std::min(crowded, together_slots_)});
  }

  /// Members of an organisation spread over tables as evenly as seats allow.
  std::size_t same_org(const RoundSpec& spec) const {
    if (problem_.org.empty()) return 0;
    std::vector<std::pair<std::uint32_t, Person>> members;
    for (const Person person : spec.present) {
      if (problem_.org[person] != 0) members.emplace_back(problem_.org[person], person);
    }
    std::sort(members.begin(), members.end());
    std::size_t sum = 0;
    for (std::size_t first = 0; first < members.size();) {
      std::size_t end = first;
      while (end < members.size() && members[end].first == members[first].first) ++end;
      const std::size_t forced = spread(end - first, spec.sizes);
      sum += forced - std::min(forced, together_within(spec, members[first].first));
      first = end;
    }
    return sum;
  }

  std::size_t max_times() const {
    std::size_t most = pair_slots_ > together_slots_ ? 1 : 0;
    if (repeats() > 0) most = 2;
    for (const SeriesPair& pair : problem_.met) most = std::max<std::size_t>(most, pair.times);
    return most;
  }

 private:
  std::size_t at(Person a, Person b) const { return std::size_t{a} * problem_.people + b; }
  void know(Person a, Person b) {
    is_known_[at(a, b)] = true;
    is_known_[at(b, a)] = true;
  }

  /// Where the same people come again, those of one table have no more than so many tables to part.
  std::size_t by_few_tables() const {
    std::size_t sum = 0;
    for (std::size_t round = 1; round < problem_.rounds.size(); ++round) {
      const RoundSpec& before = problem_.rounds[round - 1];
      const RoundSpec& now = problem_.rounds[round];
      const auto came = [round](const Presence& rounds, std::size_t back) {
        return (rounds[(round - back) / 64] >> ((round - back) % 64) & 1) != 0;
      };
      const bool are_same =
          std::all_of(presence_.begin(), presence_.end(),
                      [&](const Presence& rounds) { return came(rounds, 0) == came(rounds, 1); });
      if (!are_same) continue;
      for (const std::uint32_t size : before.sizes) sum += spread(size, now.sizes);
    }
    return sum;
  }

  void add_round(std::size_t round) {
    const RoundSpec& spec = problem_.rounds[round];
    for (const std::uint32_t size : spec.sizes) pair_slots_ += pairs_of(size);
    const auto smallest = std::min_element(spec.sizes.begin(), spec.sizes.end());
    for (const Person person : spec.present) {
      presence_[person][round / 64] |= std::uint64_t{1} << (round % 64);
      slots_[person] += *smallest - 1;
    }
  }

  void count_first_meetings() {
    for (Person a = 0; a < problem_.people; ++a) {
      for (Person b = a + 1; b < problem_.people; ++b) {
        if (is_known_[at(a, b)] || !share_a_round(presence_[a], presence_[b])) continue;
        ++first_meetings_[a];
        ++first_meetings_[b];
      }
    }
  }

  static std::size_t spread(std::size_t members, const std::vector<std::uint32_t>& sizes) {
    std::size_t pairs = 0;
    std::size_t left = members;
    for (std::size_t layer = 0; left > 0; ++layer) {
      const auto wide = static_cast<std::size_t>(std::count_if(
          sizes.begin(), sizes.end(), [layer](std::uint32_t size) { return size > layer; }));
      const std::size_t here = std::min(left, wide);
      if (here == 0) break;
      pairs += here * layer;
      left -= here;
    }
    return pairs;
  }

  std::size_t together_within(const RoundSpec& spec, std::uint32_t org) const {
    std::vector<bool> is_present(problem_.people);
    for (const Person person : spec.present) is_present[person] = true;
    std::vector<std::pair<Person, Person>> pairs;
    for (const auto& [a, b] : problem_.together) {
      const bool is_within = problem_.org[a] == org && problem_.org[b] == org;
      if (is_within && is_present[a] && is_present[b]) {
        pairs.emplace_back(std::min(a, b), std::max(a, b));
      }
    }
    std::sort(pairs.begin(), pairs.end());
    return static_cast<std::size_t>(std::unique(pairs.begin(), pairs.end()) - pairs.begin());
  }

  const Problem& problem_;
  std::vector<Presence> presence_;
  std::vector<bool> is_known_;      ///< Pairs that have met, or are kept together.
  std::vector<std::size_t> slots_;  ///< Seats beside each person, at the smallest tables.
  std::vector<std::size_t> first_meetings_;
  std::size_t pair_slots_ = 0;
  std::size_t together_slots_ = 0;
};

}  // namespace

Bounds lower_bounds(const Problem& problem) {
  const Counting counting(problem);
  Bounds bounds;
  bounds.repeats = counting.repeats();
  bounds.max_times = counting.max_times();
  for (const RoundSpec& spec : problem.rounds) {
    bounds.same_org_by_round.push_back(counting.same_org(spec));
    bounds.same_org += bounds.same_org_by_round.back();
  }
  return bounds;
}

}  // namespace hallway::seating
