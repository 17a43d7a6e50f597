// Random problems by seed: what must hold for any of them. HALLWAY_SEATING_PROBLEMS makes it longer
// and larger (up to 1,500 people); a failure names its seed.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/unit/seating_support.hpp"

using namespace hallway::seating;
using namespace hallway::seating::test;

namespace {

std::uint64_t problems() {
  const char* asked = std::getenv("HALLWAY_SEATING_PROBLEMS");
  return asked == nullptr ? 120 : std::strtoull(asked, nullptr, 10);
}

/// Small ones mostly; every tenth as large as any.
std::uint32_t largest_of(std::uint64_t seed) {
  return seed % 10 == 0 ? 1500 : 80;
}

/// What no weight may outbid.
void check_hard(const Problem& problem, const Plan& plan, const Quality& quality) {
  CHECK(quality.valid);
  CHECK(quality.fault == "");
  CHECK(quality.pins_broken == 0);
  for (std::size_t round = 0; round < plan.rounds.size(); ++round) {
    const Seats& seats = plan.rounds[round];
    std::size_t smallest = problem.people;
    std::size_t largest = 0;
    for (const Group& group : seats) {
      smallest = std::min(smallest, group.size());
      largest = std::max(largest, group.size());
    }
    CHECK(smallest >= 2);
    CHECK(largest - smallest <= 1);
  }
}

/// A shuffle with hosts at their tables, which is all that can be asked of chance.
double cost_by_chance(const Problem& problem) {
  Problem free = problem;
  double best = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const double cost = measure(free, shuffled(free, seed)).cost;
    if (seed == 1 || cost < best) best = cost;
  }
  return best;
}

}  // namespace

TEST_CASE("Whatever the problem: hard constraints hold, no worse than chance, same for a seed",
          "[seating]") {
  for (std::uint64_t seed = 1; seed <= problems(); ++seed) {
    Random random(seed);
    const Problem problem = random_problem(random, largest_of(seed));
    INFO("seed " << seed << ", " << problem.people << " people");
    REQUIRE(fault(problem) == "");
    const Plan plan = solve(problem, {3'000, seed, {}});
    const Quality quality = measure(problem, plan);
    check_hard(problem, plan, quality);
    if (problem.pins.empty()) CHECK(quality.cost <= cost_by_chance(problem) + 1e-6);
    if (seed % 4 == 0) CHECK(are_same(plan, solve(problem, {3'000, seed, {}})));
    const Bounds bounds = lower_bounds(problem);
    CHECK(quality.pairs_repeated >= bounds.repeats);
    CHECK(quality.same_org >= bounds.same_org);
    CHECK(quality.max_times >= bounds.max_times);
    for (std::size_t round = 0; round < quality.rounds.size(); ++round) {
      CHECK(quality.rounds[round].same_org >= bounds.same_org_by_round[round]);
    }
  }
}

TEST_CASE("Blocks are kept apart and couples together wherever that is possible", "[seating]") {
  for (std::uint64_t seed = 1; seed <= problems() / 4; ++seed) {
    Random random(seed);
    const std::uint32_t people = 12 + random.below(largest_of(seed) - 11);
    Problem problem = steady(people, 3 + random.below(4), 1 + random.below(5));
    std::vector<Person> order = everyone(people);
    shuffle(order, random);
    // Disjoint pairs, so that each of them can be kept whatever becomes of the others.
    for (std::uint32_t pair = 0; pair < people / 6; ++pair) {
      auto& list = pair % 2 == 0 ? problem.apart : problem.together;
      list.emplace_back(order[2 * pair], order[2 * pair + 1]);
    }
    INFO("seed " << seed << ", " << people << " people");
    const Quality quality = measure(problem, solve(problem, {60'000, seed, {}}));
    CHECK(quality.valid);
    CHECK(quality.apart_broken == 0);
    CHECK(quality.together_broken == 0);
  }
}

TEST_CASE("Rounds that start with others than planned are whole, and hosts are at home",
          "[seating]") {
  for (std::uint64_t seed = 1; seed <= problems(); ++seed) {
    Random random(seed);
    Problem problem = random_problem(random, largest_of(seed));
    const Plan plan = solve(problem, {0, seed, {}});
    std::vector<Person> present = everyone(problem.people);
    shuffle(present, random);
    present.resize(3 + random.below(problem.people - 2));
    const RoundSpec now{
        table_sizes(static_cast<std::uint32_t>(present.size()), 2 + random.below(8), 2), present};
    INFO("seed " << seed);
    const Seats seats = adjust(problem, plan.rounds[0], now);
    problem.rounds = {now};
    const Quality quality = measure(problem, {{seats}});
    CHECK(quality.fault == "");
    CHECK(quality.pins_broken == 0);
  }
}

TEST_CASE("With people coming and leaving all the time nobody sits alone", "[seating]") {
  for (std::uint64_t seed = 1; seed <= problems(); ++seed) {
    Random random(seed);
    Problem problem = random_problem(random, 60);
    problem.rounds.resize(1);
    INFO("seed " << seed);
    Seats now = solve(problem, {0, seed, {}}).rounds[0];
    std::vector<Person> away;
    for (int step = 0; step < 60; ++step) {
      const std::size_t table = random.below(now.size());
      if (random.below(3) == 0 && !away.empty()) {
        const std::size_t seat = seat_late(problem, now, away.back());
        REQUIRE(seat < now.size());
        now[seat].push_back(away.back());
        away.pop_back();
      } else if (!now[table].empty()) {
        away.push_back(now[table].back());
        now[table].pop_back();
        const Repair repair = on_leave(problem, now, table, 2);
        if (repair.kind == Repair::Kind::none) continue;
        Group& from = now[repair.kind == Repair::Kind::merge ? repair.table : repair.other];
        Group& to = now[repair.kind == Repair::Kind::merge ? repair.other : repair.table];
        for (const Person person : repair.people) {
          REQUIRE(std::count(from.begin(), from.end(), person) == 1);
          from.erase(std::find(from.begin(), from.end(), person));
          to.push_back(person);
        }
      }
      std::size_t people = 0;
      std::size_t alone = 0;
      for (const Group& group : now) {
        people += group.size();
        alone += group.size() == 1 ? 1 : 0;
      }
      CHECK((alone == 0 || people == 1));
    }
  }
}
