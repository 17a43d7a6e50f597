#include "bench/seating/rivals.hpp"

#include <algorithm>

#include "rooms/seating/random.hpp"

namespace seating_bench {

using hallway::seating::Group;
using hallway::seating::Person;
using hallway::seating::Plan;
using hallway::seating::Problem;
using hallway::seating::Random;
using hallway::seating::RoundSpec;
using hallway::seating::Seats;
using hallway::seating::shuffle;

namespace {

constexpr int generations = 30;
constexpr std::size_t parents_max = 100;
constexpr std::size_t random_starts = 5;
constexpr std::size_t random_descendants = 2;
constexpr std::uint64_t apart_cost = 1'000'000;

Seats split(const std::vector<Person>& people, const RoundSpec& spec) {
  Seats seats;
  auto next = people.begin();
  for (const std::uint32_t size : spec.sizes) {
    seats.emplace_back(next, next + size);
    next += size;
  }
  return seats;
}

class Genetic {
 public:
  Genetic(const Problem& problem, std::uint64_t seed)
      : problem_(problem), random_(seed), met_(std::size_t{problem.people} * problem.people) {
    for (Person a = 0; a < problem.org.size(); ++a) {
      for (Person b = 0; b < problem.org.size(); ++b) {
        if (a != b && problem.org[a] != 0 && problem.org[a] == problem.org[b]) at(a, b) = 1;
      }
    }
    for (const auto& pair : problem.met_before) meet(pair.a, pair.b);
    for (const auto& [a, b] : problem.apart) {
      at(a, b) = 1000;
      at(b, a) = 1000;
    }
  }

  Plan run() {
    Plan plan;
    for (const RoundSpec& spec : problem_.rounds) {
      plan.rounds.push_back(best_round(spec));
      for (const Group& group : plan.rounds.back()) {
        for (std::size_t one = 0; one < group.size(); ++one) {
          for (std::size_t two = one + 1; two < group.size(); ++two) meet(group[one], group[two]);
        }
      }
    }
    return plan;
  }

 private:
  struct Candidate {
    Seats seats;
    std::vector<std::uint64_t> scores;  ///< By table.
    std::uint64_t total = 0;
  };
  /// A descendant before it is made: two places that swap, or none.
  struct Descendant {
    std::uint64_t total;
    std::size_t parent, table, seat, other_table, other_seat;
  };

  std::uint32_t& at(Person a, Person b) { return met_[std::size_t{a} * problem_.people + b]; }
  void meet(Person a, Person b) {
    ++at(a, b);
    ++at(b, a);
  }

  std::uint64_t score(const Group& group) {
    std::uint64_t sum = 0;
    for (std::size_t one = 0; one < group.size(); ++one) {
      for (std::size_t two = one + 1; two < group.size(); ++two) {
        const std::uint64_t met = at(group[one], group[two]);
        sum += met >= 1000 ? apart_cost : met * met;
      }
    }
    return sum;
  }

  Candidate scored(Seats seats) {
    Candidate candidate{std::move(seats), {}, 0};
    for (const Group& group : candidate.seats) {
      candidate.scores.push_back(score(group));
      candidate.total += candidate.scores.back();
    }
    return candidate;
  }

  Candidate random_candidate(const RoundSpec& spec) {
    std::vector<Person> people = spec.present;
    shuffle(people, random_);
    return scored(split(people, spec));
  }

  /// All swaps of somebody at the worst table with anybody elsewhere.
  void add_descendants(const Candidate& parent, std::size_t index,
                       std::vector<Descendant>& descendants) {
    const auto worst = static_cast<std::size_t>(
        std::max_element(parent.scores.begin(), parent.scores.end()) - parent.scores.begin());
    Group here = parent.seats[worst];
    for (std::size_t seat = 0; seat < here.size(); ++seat) {
      for (std::size_t other = 0; other < parent.seats.size(); ++other) {
        if (other == worst) continue;
        Group there = parent.seats[other];
        for (std::size_t place = 0; place < there.size(); ++place) {
          std::swap(here[seat], there[place]);
          const std::uint64_t total = parent.total - parent.scores[worst] - parent.scores[other] +
                                      score(here) + score(there);
          std::swap(here[seat], there[place]);
          descendants.push_back({total, index, worst, seat, other, place});
        }
      }
    }
  }

  Seats best_round(const RoundSpec& spec) {
    std::vector<Candidate> parents;
    for (std::size_t start = 0; start < random_starts; ++start) {
      parents.push_back(random_candidate(spec));
    }
    const auto is_better = [](const Candidate& a, const Candidate& b) { return a.total < b.total; };
    std::sort(parents.begin(), parents.end(), is_better);
    for (int generation = 0; generation < generations && parents.front().total > 0; ++generation) {
      std::vector<Descendant> descendants;
      for (std::size_t index = 0; index < parents.size(); ++index) {
        add_descendants(parents[index], index, descendants);
      }
      const std::size_t kept = std::min(parents_max, descendants.size());
      std::partial_sort(descendants.begin(),
                        descendants.begin() + static_cast<std::ptrdiff_t>(kept), descendants.end(),
                        [](const Descendant& a, const Descendant& b) { return a.total < b.total; });
      std::vector<Candidate> next = {parents.front()};
      for (std::size_t index = 0; index < kept; ++index) {
        const Descendant& chosen = descendants[index];
        Seats seats = parents[chosen.parent].seats;
        std::swap(seats[chosen.table][chosen.seat], seats[chosen.other_table][chosen.other_seat]);
        next.push_back(scored(std::move(seats)));
      }
      for (std::size_t more = 0; more < random_descendants; ++more) {
        next.push_back(random_candidate(spec));
      }
      std::stable_sort(next.begin(), next.end(), is_better);
      next.resize(std::min(next.size(), parents_max));
      parents = std::move(next);
    }
    return parents.front().seats;
  }

  const Problem& problem_;
  Random random_;
  std::vector<std::uint32_t> met_;
};

}  // namespace

Plan shuffled(const Problem& problem, std::uint64_t seed) {
  Random random(seed);
  Plan plan;
  for (const RoundSpec& spec : problem.rounds) {
    std::vector<Person> people = spec.present;
    shuffle(people, random);
    plan.rounds.push_back(split(people, spec));
  }
  return plan;
}

Plan genetic(const Problem& problem, std::uint64_t seed) {
  return Genetic(problem, seed).run();
}

}  // namespace seating_bench
