// Plans: what is promised of them, the bounds beside them, and the same plan for the same seed.
#include <catch2/catch.hpp>

#include "tests/unit/seating_support.hpp"

using namespace hallway::seating;
using namespace hallway::seating::test;

TEST_CASE("Tables differ by one at most, and nobody sits alone", "[seating]") {
  CHECK(table_sizes(37, 4, 3) == std::vector<std::uint32_t>{5, 4, 4, 4, 4, 4, 4, 4, 4});
  CHECK(table_sizes(5, 4, 3) == std::vector<std::uint32_t>{5});
  CHECK(table_sizes(6, 4, 3) == std::vector<std::uint32_t>{3, 3});
  CHECK(table_sizes(3, 2, 2) == std::vector<std::uint32_t>{3});
  CHECK(table_sizes(0, 4, 3).empty());
  CHECK(table_sizes(1, 4, 3).empty());
  for (std::uint32_t people = 2; people < 300; ++people) {
    for (const std::uint32_t size : {0u, 1u, 2u, 3u, 4u, 7u, 400u}) {
      const auto sizes = table_sizes(people, size, 3);
      CHECK(std::accumulate(sizes.begin(), sizes.end(), 0u) == people);
      CHECK(sizes.front() - sizes.back() <= 1);
      CHECK(sizes.back() >= (sizes.size() == 1 ? 2u : 3u));
      CHECK(std::is_sorted(sizes.rbegin(), sizes.rend()));
    }
  }
}

TEST_CASE("Known designs seat people without repeats, with nothing to search", "[seating]") {
  for (const auto& [people, size, rounds] :
       {std::tuple{32u, 4u, 10}, {40u, 4u, 13}, {90u, 9u, 5}, {100u, 10u, 4}, {39u, 5u, 8}}) {
    const Problem problem = steady(people, size, static_cast<std::size_t>(rounds));
    const Quality quality = measure(problem, solve(problem, {0, 1, {}}));
    INFO(people << " people");
    CHECK(quality.valid);
    CHECK(quality.pairs_repeated == 0);
  }
}

TEST_CASE("Where repeats cannot be avoided the bound is reached", "[seating]") {
  for (const auto& [people, rounds, repeats] : {std::tuple{24u, 10u, 84u}, {32u, 15u, 224u}}) {
    const Problem problem = steady(people, 4, rounds);
    CHECK(lower_bounds(problem).repeats == repeats);
    const Quality quality = measure(problem, solve(problem, {1'000'000, 1, {}}));
    CHECK(quality.pairs_repeated == repeats);
    CHECK(quality.max_times == 2);
  }
}

TEST_CASE("Organisations reach their bound, without repeats", "[seating]") {
  Problem problem = steady(60, 5, 10);
  for (Person person = 0; person < 60; ++person) {
    problem.org.push_back(person < 18 ? 1 : person < 27 ? 2 : person < 33 ? 3 : 4 + person % 9);
  }
  const Quality quality = measure(problem, solve(problem, {1'000'000, 1, {}}));
  CHECK(quality.pairs_repeated == 0);
  CHECK(quality.same_org == lower_bounds(problem).same_org);
  CHECK(quality.same_org == 60);  // 18 at 12 tables: six pairs a round.
}

TEST_CASE("Everything at once is kept", "[seating]") {
  Problem problem = steady(120, 6, 8);
  Random random(7);
  for (std::uint32_t host = 0; host < 20; ++host) problem.pins.push_back({host * 6, host});
  problem.together = {{1, 2}, {7, 8}, {13, 14}};
  for (Person person = 0; person < 120; ++person) problem.org.push_back(1 + random.below(30));
  for (Person a = 20; a < 40; ++a) problem.apart.emplace_back(a, a + 40);
  for (Person a = 0; a < 100; ++a) problem.met_before.push_back({a, a + 19, 1.0});
  const Quality quality = measure(problem, solve(problem, {2'000'000, 3, {}}));
  CHECK(quality.valid);
  CHECK(quality.pairs_repeated == 0);
  CHECK(quality.apart_broken == 0);
  CHECK(quality.together_broken == 0);
  CHECK(quality.pins_broken == 0);
  CHECK(quality.met_before == 0);
  CHECK(quality.same_org == lower_bounds(problem).same_org);
}

TEST_CASE("An ask finds its offer", "[seating]") {
  Problem problem = steady(24, 4, 1);
  problem.ask.resize(24);
  problem.offer.resize(24);
  for (Person person = 0; person < 12; ++person) {
    problem.ask[person] = {person};
    problem.offer[person + 12] = {person};
  }
  const Quality quality = measure(problem, solve(problem, {300'000, 1, {}}));
  CHECK(quality.asks_met == 12);
  CHECK(quality.cost == Approx(-12 * 0.4));
}

TEST_CASE("The same seed gives the same plan, here and on every machine", "[seating]") {
  Problem problem = steady(50, 4, 7);
  for (Person person = 0; person < 50; ++person) problem.org.push_back(1 + person % 7);
  const Plan plan = solve(problem, {30'000, 5, {}});
  CHECK(are_same(plan, solve(problem, {30'000, 5, {}})));
  CHECK_FALSE(are_same(plan, solve(problem, {30'000, 6, {}})));
  // FNV-1a over all seats: changes only with the engine itself.
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const Seats& seats : plan.rounds) {
    for (const Group& group : seats) {
      for (const Person person : group) hash = (hash ^ person) * 0x100000001b3u;
    }
  }
  CHECK(hash == 0xf21a2ae524582e68u);
}

TEST_CASE("Frozen rounds stay, and count", "[seating]") {
  const Problem problem = steady(32, 4, 6);
  Plan frozen = shuffled(problem, 4);
  frozen.rounds.resize(2);
  const Plan plan = solve(problem, {200'000, 1, {}}, frozen);
  REQUIRE(plan.rounds.size() == 6);
  CHECK(plan.rounds[0] == frozen.rounds[0]);
  CHECK(plan.rounds[1] == frozen.rounds[1]);
  const Quality quality = measure(problem, plan);
  CHECK(quality.valid);
  // The shuffle repeats some pairs by itself; what comes after repeats nobody.
  CHECK(quality.pairs_repeated == measure(problem, plan).rounds[1].repeated);
  Problem all = problem;
  CHECK(are_same(solve(all, {1000, 1, {}}, plan), plan));
}

TEST_CASE("An abort gives the best so far, at once", "[seating]") {
  Problem problem = steady(100, 5, 30);
  int asked = 0;
  const Budget budget{1'000'000'000, 1, [&asked] { return ++asked > 5; }};
  CHECK(measure(problem, solve(problem, budget)).valid);
  CHECK(asked < 20);
}

TEST_CASE("Advice is what a plan is known for", "[seating]") {
  const Problem tight = steady(24, 4, 10);
  const Advice advice = advise(tight, 4, 2);
  CHECK(advice.size_without_repeats == 3u);
  CHECK(advice.rounds_without_repeats == 7u);
  const Advice none = advise(steady(32, 4, 10), 4, 3);
  CHECK_FALSE(none.size_without_repeats);
  CHECK_FALSE(none.rounds_without_repeats);
  CHECK_FALSE(advise(steady(24, 4, 10), 4, 4).size_without_repeats);
  CHECK_FALSE(advise(Problem{}, 4, 3).rounds_without_repeats);
}

TEST_CASE("Bounds count seats, people and organisations", "[seating]") {
  Problem problem = steady(6, 3, 3);
  // Three people have two tables to part, so that two of them meet again; twice two tables.
  CHECK(lower_bounds(problem).repeats == 4);
  CHECK(lower_bounds(steady(6, 2, 6)).repeats == 3);  // 18 seats for pairs, 15 pairs.
  problem.met = {{0, 1, 2}};
  CHECK(lower_bounds(problem).repeats == 4);
  CHECK(lower_bounds(problem).max_times == 2);
  problem.together = {{2, 3}};
  CHECK(lower_bounds(problem).repeats == 3);  // 0 and 1 lack two each, 4 and 5 one each.
  problem.org = {1, 1, 1, 1, 0, 2};
  CHECK(lower_bounds(problem).same_org == 3);  // Two pairs a round, less the couple.
  CHECK(lower_bounds(Problem{}).repeats == 0);

  // Tables of four people have no more than three tables to part.
  CHECK(lower_bounds(steady(12, 4, 3)).repeats == 6);

  // One who comes to two rounds meets only those of these rounds.
  Problem few = steady(4, 2, 4);
  for (std::size_t round = 0; round < 4; ++round) few.rounds[round].sizes = {2, 2};
  CHECK(lower_bounds(few).repeats == 2);
}
