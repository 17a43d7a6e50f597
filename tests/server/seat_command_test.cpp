// `hallway seat`: what it prints, what it reads, and what it refuses.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "protocol/json_value.hpp"
#include "server/seat_command.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace hallway;

namespace {

struct Run {
  int code = 0;
  std::string out;
  std::string errors;
};

SeatRequest planning() {
  SeatRequest request;
  request.problem_file = "-";
  request.effort.proposals = 20'000;
  return request;
}

Run run(const SeatRequest& request, const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream errors;
  const int code = run_seat(request, in, out, errors);
  return {code, out.str(), errors.str()};
}

/// Everything that a problem may say, for eight people in two rounds.
const std::string eight = R"({"people":8,"org":["Acme",null,0,0,7,"Acme",null,7],
  "rounds":[{"sizes":[4,4],"present":[0,1,2,3,4,5,6,7]},{"sizes":[3,3],"present":[5,4,3,2,1,0]}],
  "apart":[[0,1]],"together":[[2,3]],"met_before":[[4,6],[1,2,0.5]],"met":[[6,7]],"pins":[[3,1]],
  "ask":[["law"],[],[],[],[],[],[],[]],"offer":[[],[],[],[],["law",3],[],[],[]],
  "weights":{"ask":1,"unknown":"x"},"more":{"a":[1.5]}})";

const std::string people_csv =
    "name,organisation,ask,offer\r\n"
    "Anna,Acme,law; tax,\r\n"
    "\"Bo \"\"B\"\" Berg\",,,tax\r\n"
    "\"Ci, Dr\",Acme,,\r\n"
    "=1+1,Zeta,,law\r\n";

void check_refusal(const std::string& problem, const std::string& part) {
  const Run refused = run(planning(), problem);
  INFO(problem);
  CHECK(refused.code == 1);
  CHECK(refused.out.empty());
  CHECK_THAT(refused.errors, Catch::Contains(part));
}

}  // namespace

TEST_CASE("A plan of a JSON problem is what measure finds it to be", "[seat]") {
  const test::TemporaryFolder folder;
  const std::string problem_file = (folder.path() / "problem.json").string();
  const std::string plan_file = (folder.path() / "plan.json").string();
  std::ofstream(problem_file) << eight;
  const Run planned = run(planning(), eight);
  CHECK(planned.errors.empty());
  REQUIRE(planned.code == 0);
  std::ofstream(plan_file) << planned.out;
  CHECK(planned.out == run(planning(), eight).out);  // The same seed.

  const json::Parsed printed = json::parse(planned.out);
  REQUIRE_FALSE(printed.error);
  const json::Object& plan = *printed.value.object();
  REQUIRE(plan.find("rounds")->array()->size() == 2);
  CHECK((*plan.find("rounds")->array())[1].array()->size() == 2);
  const json::Object& quality = *plan.find("quality")->object();
  CHECK(*quality.find("valid")->boolean());
  CHECK(*quality.find("pins_broken")->integer() == 0);
  CHECK(*quality.find("together_broken")->integer() == 0);
  CHECK(*quality.find("apart_broken")->integer() == 0);
  CHECK(quality.find("bounds")->object()->find("same_org"));

  SeatRequest measuring = planning();
  measuring.action = SeatRequest::Action::measure;
  measuring.problem_file = problem_file;
  measuring.plan_file = plan_file;
  const Run measured = run(measuring, "");
  CHECK(measured.code == 0);
  CHECK(planned.out.find(measured.out.substr(0, measured.out.size() - 1)) != std::string::npos);
  measuring.format = "text";
  CHECK_THAT(run(measuring, "").out, Catch::Contains("Everyone meets"));
  measuring.format = "csv";
  CHECK_THAT(run(measuring, "").out, Catch::StartsWith("round,pairs,repeated"));

  // A plan of another problem is told to be none, and the exit code says so.
  std::ofstream(plan_file) << R"({"rounds":[[[0,1,2,3],[4,5,6,9]]]})";
  measuring.format = "json";
  const Run wrong = run(measuring, "");
  CHECK(wrong.code == 1);
  CHECK_THAT(wrong.out, Catch::StartsWith(R"({"valid":false,"fault":)"));
}

TEST_CASE("0 is an organisation, null is none", "[seat]") {
  const auto read = seat_problem_from_json(eight, {});
  REQUIRE(read);
  const auto& org = read->problem.org;
  CHECK(org[0] == org[5]);
  CHECK(org[2] == org[3]);
  CHECK(org[1] == 0);
  CHECK(org[2] != 0);
  CHECK(org[2] != org[4]);
  CHECK(read->problem.met_before[1].weight == 0.5);
  CHECK(read->problem.met[0].times == 1);
  CHECK(read->problem.weights.ask == 1);
}

TEST_CASE("People as CSV become tables, cards and CSV", "[seat]") {
  SeatRequest request = planning();
  request.layout = {2, 2, 3};
  const Run cards = [&] {
    request.format = "text";
    return run(request, people_csv);
  }();
  CHECK(cards.code == 0);
  CHECK_THAT(cards.out, Catch::Contains("ROUND 3") && Catch::Contains("Bo \"B\" Berg\n  Round 1"));
  CHECK_THAT(cards.out, Catch::Contains("Pairs of one organisation: 0"));
  request.format = "csv";
  const Run table = run(request, people_csv);
  CHECK_THAT(table.out, Catch::StartsWith("round,table,person,name,organisation\r\n"));
  CHECK_THAT(table.out, Catch::Contains(",\"Bo \"\"B\"\" Berg\",\r\n"));
  CHECK_THAT(table.out, Catch::Contains(",\"Ci, Dr\",Acme\r\n"));
  CHECK_THAT(table.out, Catch::Contains(",'=1+1,Zeta\r\n"));  // No formula.
  CHECK(std::count(table.out.begin(), table.out.end(), '\n') == 13);
  request.format = "json";
  CHECK_THAT(run(request, people_csv).out, Catch::Contains(R"("names":["Anna",)"));
}

TEST_CASE("Online each round is answered before the next is read", "[seat]") {
  SeatRequest request = planning();
  request.action = SeatRequest::Action::online;
  std::string input = "{\"people\":32}\n\n";
  std::string round = R"({"sizes":[4,4,4,4,4,4,4,4],"present":[0)";
  for (int person = 1; person < 32; ++person) round += "," + std::to_string(person);
  for (int time = 0; time < 10; ++time) input += round + "]}\n";
  const Run answered = run(request, input);
  REQUIRE(answered.code == 0);
  std::string plan = answered.out;
  CHECK(std::count(plan.begin(), plan.end(), '\n') == 10);
  plan.pop_back();
  std::replace(plan.begin(), plan.end(), '\n', ',');
  const auto rounds = seat_plan_from_json("{\"rounds\":[" + plan + "]}");
  REQUIRE(rounds);
  seating::Problem problem;
  problem.people = 32;
  problem.rounds.assign(10, *seat_round_from_json(round + "]}", 32));
  CHECK(measure(problem, *rounds).valid);
  CHECK(measure(problem, *rounds).pairs_repeated == 0);

  CHECK_THAT(run(request, "").errors, Catch::Contains("line 1"));
  CHECK_THAT(run(request, "{\"people\":3}\n{\"sizes\":[3],\"present\":[0,1,3]}\n").errors,
             Catch::Contains("line 2") && Catch::Contains("present"));
}

TEST_CASE("A budget of time is kept, and gives a plan", "[seat]") {
  SeatRequest request = planning();
  request.effort.budget_ms = 20;
  CHECK(run(request, eight).code == 0);
  request.effort.budget_ms = 3'600'001;
  CHECK_THAT(run(request, eight).errors, Catch::Contains("--budget-ms"));
}

TEST_CASE("What is wrong is named by its field", "[seat]") {
  check_refusal("", "line 1");
  check_refusal("[]", "object");
  check_refusal("{\"people\":", "");
  check_refusal("{}", "people: it is missing");
  check_refusal(R"({"people":-1})", "people");
  check_refusal(R"({"people":2.5})", "people");
  check_refusal(R"({"people":4000000000})", "people");
  check_refusal(R"({"people":4,"rounds":{}})", "rounds");
  check_refusal(R"({"people":4,"rounds":[7]})", "rounds[0]");
  check_refusal(R"({"people":4,"rounds":[{"sizes":[4]}]})", "rounds[0].present");
  check_refusal(R"({"people":4,"rounds":[{"sizes":["a"],"present":[0]}]})", "rounds[0].sizes[0]");
  check_refusal(R"({"people":4,"rounds":[{"sizes":[3],"present":[0,1,2,3]}]})", "rounds[0].sizes");
  check_refusal(R"({"people":4,"rounds":[{"sizes":[2],"present":[0,0]}]})", "rounds[0].present");
  check_refusal(R"({"people":4,"org":[1,2]})", "org");
  check_refusal(R"({"people":4,"org":[1,2,3,{}]})", "org[3]");
  check_refusal(R"({"people":4,"apart":[[0]]})", "apart[0]");
  check_refusal(R"({"people":4,"apart":[[0,1,2]]})", "apart[0]");
  check_refusal(R"({"people":4,"together":[[0,9]]})", "together");
  check_refusal(R"({"people":4,"met_before":[[0,1,"x"]]})", "met_before[0]");
  check_refusal(R"({"people":4,"met_before":[[0,1,7]]})", "met_before");
  check_refusal(R"({"people":4,"pins":[[0,1],[0,2]]})", "pins");
  check_refusal(R"({"people":4,"ask":[1]})", "ask[0]");
  check_refusal(R"({"people":4,"weights":{"org":"much"}})", "weights.org");
  check_refusal(R"({"people":4,"weights":{"org":1e9}})", "weights");
  check_refusal(R"({"people":2,"names":["A"]})", "names");
  check_refusal("organisation\nAcme\n", "`name`");
  check_refusal("name,name\nA,B\n", "twice");
  check_refusal("name,ask\n,law\n", "line 2");
  check_refusal("name\n\"A\n", "quote");
  check_refusal("name\n" + std::string(501, 'x'), "too long");
  std::string many = "name\n";
  for (std::uint32_t person = 0; person <= seating::people_max; ++person) many += "A\n";
  check_refusal(many, "people");
  SeatRequest request = planning();
  request.format = "xml";
  CHECK_THAT(run(request, eight).errors, Catch::Contains("--format"));
  request = planning();
  request.problem_file = "/nowhere/problem.json";
  CHECK_THAT(run(request, "").errors, Catch::Contains("/nowhere/problem.json"));
}
