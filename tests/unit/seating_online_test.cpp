// One round at a time: the next, its start, late arrivals, leavers, and series that change.
#include <catch2/catch.hpp>
#include <chrono>

#include "rooms/seating/series.hpp"
#include "tests/unit/seating_support.hpp"

using namespace hallway::seating;
using namespace hallway::seating::test;

namespace {

const Seats quarters{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 10, 11}};

Problem twelve() {
  return steady(12, 4, 1);
}

}  // namespace

TEST_CASE("A planned round is kept while nobody comes or goes", "[seating]") {
  const Problem problem = twelve();
  CHECK(next_round(problem, {1000, 1, {}}, &quarters) == quarters);
  Problem met = problem;
  for (Person a = 0; a < 4; ++a) {
    for (Person b = a + 1; b < 4; ++b) met.met.push_back({a, b, 1});
  }
  const Seats next = next_round(met, {100'000, 1, {}}, nullptr);
  CHECK(measure(met, {{next}}).pairs_repeated <= 3);
  Problem fewer = problem;
  fewer.rounds[0] = {{4, 4, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}};
  CHECK(measure(fewer, {{next_round(fewer, {1000, 1, {}}, &quarters)}}).valid);
}

TEST_CASE("Who is absent is taken out and who is new put in; the others stay", "[seating]") {
  Problem problem;
  problem.people = 14;
  RoundSpec now{{4, 4, 4}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13}};
  problem.apart = {{12, 8}};
  problem.rounds = {now};
  CHECK(measure(problem, {{adjust(problem, quarters, now)}}).valid);
  CHECK(adjust(problem, quarters, now) ==
        Seats{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 12, 13}});  // There is no other free seat.
  now = {{5, 4, 4}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13}};
  problem.rounds = {now};
  CHECK(adjust(problem, quarters, now) == Seats{{0, 1, 2, 3, 12}, {4, 5, 6, 7}, {8, 9, 11, 13}});

  now = {{4, 4}, {0, 1, 2, 3, 4, 5, 8, 9}};  // A table fewer.
  problem.rounds = {now};
  CHECK(adjust(problem, quarters, now) == Seats{{0, 1, 2, 3}, {4, 5, 8, 9}});
  now = {{8}, {0, 1, 2, 3, 4, 5, 8, 9}};
  problem.rounds = {now};
  CHECK(measure(problem, {{adjust(problem, quarters, now)}}).valid);
  now = {{}, {}};
  CHECK(adjust(problem, quarters, now).empty());
}

TEST_CASE("A thousand people are adjusted within a few milliseconds", "[seating]") {
  Problem problem = steady(1000, 4, 1);
  Random random(3);
  for (Person person = 0; person < 1000; ++person) problem.org.push_back(1 + random.below(75));
  const Plan plan = solve(problem, {0, 1, {}});
  std::vector<Person> present = everyone(1000);
  shuffle(present, random);
  present.resize(950);
  const RoundSpec now{table_sizes(950, 4, 3), present};
  auto fastest = std::chrono::nanoseconds::max();
  Seats seats;
  for (int time = 0; time < 5; ++time) {
    const auto began = std::chrono::steady_clock::now();
    seats = adjust(problem, plan.rounds[0], now);
    fastest = std::min<std::chrono::nanoseconds>(fastest, std::chrono::steady_clock::now() - began);
  }
  problem.rounds = {now};
  CHECK(measure(problem, {{seats}}).valid);
  CHECK(fastest < std::chrono::milliseconds(50));  // 5 in a release; sanitizers take longer.
}

TEST_CASE("Who comes late sits with the fewest, then with no conflict, then with strangers",
          "[seating]") {
  Problem problem;
  problem.people = 12;
  const Seats now{{0, 1, 2}, {3, 4}, {5, 6}, {7, 8}, {}};
  CHECK(seat_late(problem, now, 11) == 1);
  problem.met = {{11, 3, 1}};
  CHECK(seat_late(problem, now, 11) == 2);
  problem.org = {0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 7};
  CHECK(seat_late(problem, now, 11) == 3);
  problem.apart = {{8, 11}};
  CHECK(seat_late(problem, now, 11) == 1);  // Met is better than apart, and than an organisation.
  problem.apart = {{8, 11}, {11, 4}};
  CHECK(seat_late(problem, now, 11) == 2);
}

TEST_CASE("A table that shrinks is merged, or somebody is pulled over", "[seating]") {
  Problem problem;
  problem.people = 16;
  using Kind = Repair::Kind;
  CHECK(on_leave(problem, {{0, 1, 2}, {3, 4, 5}}, 0, 3).kind == Kind::none);
  CHECK(on_leave(problem, {{}, {3, 4, 5}}, 0, 3).kind == Kind::none);
  CHECK(on_leave(problem, {{0}}, 0, 3).kind == Kind::none);

  const Repair pulled = on_leave(problem, {{0, 1}, {3, 4, 5, 6}, {7, 8, 9}}, 0, 3);
  CHECK(pulled.kind == Kind::pull);
  CHECK(pulled.other == 1);
  CHECK(pulled.people == std::vector<Person>{3});

  const Repair merged = on_leave(problem, {{0}, {3, 4, 5, 6}, {7, 8, 9}}, 0, 3);
  CHECK(merged.kind == Kind::merge);
  CHECK(merged.other == 2);  // The smaller one.
  CHECK(merged.people == std::vector<Person>{0});

  problem.apart = {{0, 8}};
  CHECK(on_leave(problem, {{0}, {3, 4, 5, 6}, {7, 8, 9}}, 0, 3).other == 1);
  problem.apart = {{0, 3}, {1, 4}};
  problem.pins = {{5, 1}};
  problem.together = {{6, 5}};
  // Hosts and those kept together stay; the others would sit with whom they are kept apart from.
  const Repair last = on_leave(problem, {{0, 1}, {3, 4, 5, 6}, {7, 8, 9}}, 0, 3);
  CHECK(last.kind == Kind::pull);
  CHECK(last.people == std::vector<Person>{3});
  problem.pins = {{3, 1}, {4, 1}, {5, 1}};
  CHECK(on_leave(problem, {{0, 1}, {3, 4, 5, 6}, {7, 8, 9}}, 0, 3).kind == Kind::merge);
}

TEST_CASE("A series whose people stay is as good as one planned ahead", "[seating]") {
  Problem whole = steady(32, 4, 10);
  Problem people = whole;
  people.rounds.clear();
  Series series(people);
  Plan plan;
  for (const RoundSpec& spec : whole.rounds)
    plan.rounds.push_back(series.next(spec, {40'000, 1, {}}));
  const Quality quality = measure(whole, plan);
  CHECK(quality.valid);
  CHECK(quality.pairs_repeated == 0);
}

TEST_CASE("A series of large tables remembers each pair once", "[seating]") {
  Problem people;
  people.people = 1500;
  Series series(people);
  const RoundSpec spec{{750, 750}, everyone(1500)};
  for (int round = 0; round < 3; ++round) CHECK(series.next(spec, {0, 1, {}}).size() == 2);
  CHECK(series.problem().met.size() <= 1500 * 1499 / 2);
}

TEST_CASE("A series whose people change repeats nobody either", "[seating]") {
  Random random(11);
  Problem whole;
  whole.people = 115;
  for (Person person = 0; person < 115; ++person) whole.org.push_back(1 + random.below(25));
  Series series(whole);
  Plan plan;
  for (int round = 0; round < 10; ++round) {
    std::vector<Person> present = everyone(115);
    shuffle(present, random);
    present.resize(85 + random.below(31));
    whole.rounds.push_back(
        {table_sizes(static_cast<std::uint32_t>(present.size()), 5, 3), present});
    plan.rounds.push_back(series.next(whole.rounds.back(), {200'000, 1, {}}));
  }
  const Quality quality = measure(whole, plan);
  CHECK(quality.valid);
  CHECK(quality.pairs_repeated == 0);
  CHECK(quality.same_org == lower_bounds(whole).same_org);
  CHECK(series.next({{}, {}}, {1, 1, {}}).empty());
}
