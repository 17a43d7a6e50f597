// The recount catches every kind of wrong plan, and a problem that is unsound is named.
#include <catch2/catch.hpp>

#include "tests/unit/seating_support.hpp"

using namespace hallway::seating;
using namespace hallway::seating::test;

namespace {

Problem six_in_two_rounds() {
  Problem problem = steady(6, 3, 2);
  return problem;
}

const Plan good{{{{0, 1, 2}, {3, 4, 5}}, {{0, 3, 4}, {1, 2, 5}}}};

void check_fault(const Plan& plan, const std::string& part) {
  const Quality quality = measure(six_in_two_rounds(), plan);
  CHECK_FALSE(quality.valid);
  CHECK_THAT(quality.fault, Catch::Contains(part));
}

}  // namespace

TEST_CASE("What a plan is worth is counted by hand", "[seating]") {
  Problem problem = six_in_two_rounds();
  problem.org = {1, 0, 1, 2, 2, 0};
  problem.apart = {{5, 1}};
  problem.together = {{0, 4}};
  problem.met_before = {{4, 3, 0.5}};
  problem.met = {{0, 1, 2}};
  problem.pins = {{3, 1}};
  problem.ask = {{}, {}, {}, {9}, {}, {}};
  problem.offer = {{9}, {}, {}, {}, {}, {}};
  const Quality quality = measure(problem, good);
  REQUIRE(quality.valid);
  CHECK(quality.rounds[0].pairs == 6);
  CHECK(quality.rounds[0].repeated == 1);  // 0 and 1, from earlier rounds.
  CHECK(quality.rounds[1].repeated == 2);  // 3 and 4, 1 and 2.
  CHECK(quality.pairs_repeated == 3);
  CHECK(quality.max_times == 3);
  CHECK(quality.same_org == 3);  // 0 and 2; 3 and 4 twice.
  CHECK(quality.met_before == 2);
  CHECK(quality.apart_broken == 1);
  CHECK(quality.together_broken == 1);
  CHECK(quality.pins_broken == 1);
  CHECK(quality.asks_met == 1);
  CHECK(quality.people_met_min == 3);
  const double repeats = (1 + 1.5) + 1 + 1;
  CHECK(quality.cost == Approx(repeats + 3 * 3 + 2 * 0.5 * 0.75 + 100 - 125 - 0.4));
}

TEST_CASE("Wrong plans are caught", "[seating]") {
  CHECK(measure(six_in_two_rounds(), good).valid);
  check_fault({}, "rounds");
  check_fault({{good.rounds[0]}}, "rounds");
  check_fault({{good.rounds[0], {{0, 3, 4, 1, 2, 5}}}}, "number of tables");
  check_fault({{good.rounds[0], {{0, 3, 4, 5}, {1, 2}}}}, "number of people");
  check_fault({{good.rounds[0], {{0, 3, 4}, {1, 2, 2}}}}, "seated already");
  check_fault({{good.rounds[0], {{0, 3, 4}, {1, 2, 6}}}}, "absent");
  check_fault({{good.rounds[0], {{0, 3, 4000000000u}, {1, 2, 5}}}}, "absent");
  check_fault({{{{0, 1, 2}, {3, 4}}, good.rounds[1]}}, "number of people");
  Problem fewer = six_in_two_rounds();
  fewer.rounds[1].present = {0, 1, 2, 3, 4};
  fewer.rounds[1].sizes = {3, 2};
  CHECK_FALSE(measure(fewer, good).valid);
}

TEST_CASE("A plan with far too many seats is refused in no time", "[seating]") {
  const Group crowd(1'000'000, 1);
  check_fault({{good.rounds[0], {{0, 3, 4}, crowd}}}, "number of people");
  check_fault({{good.rounds[0], Seats(100'000, {1, 2, 5})}}, "number of tables");
}

TEST_CASE("A solver's plan with two people swapped for the worse is found out", "[seating]") {
  const Problem problem = steady(32, 4, 10);
  Plan plan = solve(problem, {0, 1, {}});
  REQUIRE(measure(problem, plan).pairs_repeated == 0);
  std::swap(plan.rounds[3][0][0], plan.rounds[3][1][0]);
  CHECK(measure(problem, plan).valid);
  CHECK(measure(problem, plan).pairs_repeated > 0);
}

TEST_CASE("Unsound problems are named by their field", "[seating]") {
  const auto fault_of = [](auto change) {
    Problem problem = six_in_two_rounds();
    REQUIRE(fault(problem).empty());
    change(problem);
    return fault(problem);
  };
  using P = Problem;
  CHECK_THAT(fault_of([](P& p) { p.people = people_max + 1; }), Catch::StartsWith("people"));
  CHECK_THAT(fault_of([](P& p) { p.people = 5; }), Catch::StartsWith("rounds[0].present"));
  CHECK_THAT(fault_of([](P& p) { p.rounds.resize(rounds_max + 1); }), Catch::StartsWith("rounds"));
  CHECK_THAT(fault_of([](P& p) {
               p.rounds[1].sizes = {3, 4};
             }),
             Catch::StartsWith("rounds[1].sizes"));
  CHECK_THAT(fault_of([](P& p) {
               p.rounds[1].sizes = {6, 0};
             }),
             Catch::StartsWith("rounds[1].sizes"));
  CHECK_THAT(fault_of([](P& p) { p.rounds[0].present[3] = 2; }),
             Catch::StartsWith("rounds[0].present"));
  CHECK_THAT(fault_of([](P& p) { p.org = {1, 2}; }), Catch::StartsWith("org"));
  CHECK_THAT(fault_of([](P& p) { p.apart = {{0, 6}}; }), Catch::StartsWith("apart"));
  CHECK_THAT(fault_of([](P& p) { p.together = {{2, 2}}; }), Catch::StartsWith("together"));
  CHECK_THAT(fault_of([](P& p) {
               p.apart = {{1, 2}}, p.together = {{2, 1}};
             }),
             Catch::StartsWith("together"));
  CHECK_THAT(fault_of([](P& p) { p.met_before = {{0, 1, 1.5}}; }), Catch::StartsWith("met_before"));
  CHECK_THAT(fault_of([](P& p) {
               p.met_before = {{0, 1, std::nan("")}};
             }),
             Catch::StartsWith("met_before"));
  CHECK_THAT(fault_of([](P& p) { p.met = {{0, 9, 1}}; }), Catch::StartsWith("met"));
  CHECK_THAT(fault_of([](P& p) { p.pins = {{0, 1}, {0, 0}}; }), Catch::StartsWith("pins"));
  CHECK_THAT(fault_of([](P& p) { p.pins = {{7, 1}}; }), Catch::StartsWith("pins"));
  CHECK_THAT(fault_of([](P& p) { p.ask.resize(3); }), Catch::StartsWith("ask"));
  CHECK_THAT(fault_of([](P& p) { p.offer.assign(6, std::vector<std::uint32_t>(17)); }),
             Catch::StartsWith("offer"));
  CHECK_THAT(fault_of([](P& p) { p.weights.apart = 1e9; }), Catch::StartsWith("weights"));
  CHECK_THAT(fault_of([](P& p) { p.weights.org = std::nan(""); }), Catch::StartsWith("weights"));
}
