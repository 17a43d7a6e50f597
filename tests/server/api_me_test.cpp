// What people ask for themselves over HTTP, and what organisers take along.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "server/tokens.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

using Json = nlohmann::json;

struct Told {
  Told() {
    ada = house.person(event, Role::organiser, "Ada");
    ben = house.person(event, Role::member, R"(=Ben, \"B\")");
    const auto now = house.clock.now();
    EventView live = *house.stored.store->event(event);
    live.state = EventState::live;
    house.backend.keep(live);
    const StreamId facts = facts_of(place_of(event));
    const auto fact = [&](Offset offset, TimeMs at, PushData data) {
      Push push = push_of(facts, offset, std::move(data));
      push.at = at;
      return push;
    };
    REQUIRE_FALSE(
        append(*house.stored.store,
               batch_of(place_of(event),
                        {message(stream_of(RoomId{1}), 1, "Ada's words", id_of(ada)),
                         message(stream_of(RoomId{1}), 2, "Ben's words", id_of(ben)),
                         fact(1, noon + 60'000, PersonEntered{id_of(ben), RoomId{1}, false}),
                         fact(2, noon + 600'000, PersonLeft{id_of(ben), noon + 360'000})})));
    CHECK(now == noon);
  }
  PersonId id_of(const std::string& token) {
    return house.stored.store->session(hash_token(token), house.clock.now())->person;
  }
  Answer as(const std::string& token, const std::string& method, const std::string& target,
            const std::string& body = {}) {
    return house.ask({method, target, {bearer(token)}, body});
  }

  HttpHouse house;
  EventId event = house.make_event();
  std::string path = "/api/v1/events/" + to_text(event);
  std::string ada, ben;
};

TEST_CASE("organisers see how long each was there, in a table that no spreadsheet runs") {
  Told told;
  const Answer answer = told.as(told.ada, "GET", told.path + "/attendance.csv");
  CHECK(answer.status == 200);
  CHECK(answer.field("content-type") == "text/csv; charset=utf-8; header=present");
  CHECK(answer.field("content-disposition") == "attachment; filename=\"attendance.csv\"");
  CHECK(answer.body ==
        "name,organisation,role,first_at,last_at,minutes\r\n"
        "\"'=Ben, \"\"B\"\"\",,member,2026-09-21T14:14:20Z,2026-09-21T14:19:20Z,5\r\n");
  CHECK(told.as(told.ben, "GET", told.path + "/attendance.csv").status == 403);
  CHECK(told.as("nobody", "GET", told.path + "/attendance.csv").status == 401);
}

TEST_CASE("organisers take all of an event along, page by page") {
  Told told;
  const Answer answer = told.as(told.ada, "GET", told.path + "/export");
  REQUIRE(answer.status == 200);
  const Json all = Json::parse(answer.body);
  CHECK(all["event"]["title"] == "Autumn meeting");
  CHECK(all["people"].size() == 2);
  CHECK(all["attendance"].size() == 1);
  CHECK(all["more"] == false);
  REQUIRE(all["pushes"].size() == 6);
  CHECK(answer.body.find("Ada's words") != std::string::npos);
  const Json rest = Json::parse(
      told.as(told.ada, "GET",
              told.path + "/export?after=" + std::to_string(all["after"].get<int>() - 1))
          .body);
  CHECK(rest["pushes"].size() == 1);
  CHECK(told.as(told.ada, "GET", told.path + "/export?after=x").status == 400);
  CHECK(told.as(told.ben, "GET", told.path + "/export").status == 403);
}

TEST_CASE("everybody takes along what is kept of them, and nobody else's words") {
  Told told;
  const Answer answer = told.as(told.ben, "GET", "/api/v1/me/export");
  REQUIRE(answer.status == 200);
  const Json mine = Json::parse(answer.body);
  CHECK(mine["person"] == to_text(told.id_of(told.ben)));
  CHECK(mine["guest"] == true);
  CHECK(mine["card"]["name"] == "=Ben, \"B\"");
  CHECK(mine["account"].is_null());
  CHECK(mine["sessions"].size() == 1);
  REQUIRE(mine["events"].size() == 1);
  CHECK(mine["events"][0]["role"] == "member");
  CHECK(mine["events"][0]["pushes"][0]["data"]["body"] == "Ben's words");
  CHECK(answer.body.find("Ada's words") == std::string::npos);
  CHECK(told.as("nobody", "GET", "/api/v1/me/export").status == 401);
  CHECK(told.as(told.house.operator_token(), "GET", "/api/v1/me/export").status == 403);
}

TEST_CASE("one's own export tells by what one comes in and whom it shut out") {
  Told told;
  const std::string credentials = R"({"login":"ben","passphrase":"loom and engine"})";
  REQUIRE(told.as(told.ben, "POST", "/api/v1/me/account", credentials).status == 201);
  REQUIRE(told.house.ask({"POST", "/api/v1/sessions", {}, credentials}).status == 201);
  const PersonRemoved removed{told.id_of(told.ben), "rude"};
  REQUIRE_FALSE(append(*told.house.stored.store,
                       batch_of(place_of(told.event), {push_of(desk_of(told.event), 1, removed)})));
  const Json mine = Json::parse(told.as(told.ben, "GET", "/api/v1/me/export").body);
  CHECK(mine["account"] == Json{{"login", "ben"}, {"created_at", noon}, {"recovery_codes", 10}});
  CHECK(mine["identities"].empty());
  REQUIRE(mine["sessions"].size() == 2);
  for (const Json& session : mine["sessions"]) {
    CHECK(session["client"].is_string());
    CHECK(session["seen_at"].is_number());
  }
  CHECK(mine["devices"] == Json::array({{{"seen_at", noon}}}));
  const Json ban{{"event", to_text(told.event)}, {"until_at", nullptr}, {"reason", "rude"}};
  CHECK(mine["bans"] == Json::array({ban}));
}

TEST_CASE("one's own export is made once in five minutes, and holds up no organiser") {
  Told told;
  REQUIRE(told.as(told.ben, "GET", "/api/v1/me/export").status == 200);
  const Answer refused = told.as(told.ben, "GET", "/api/v1/me/export");
  CHECK(refused.status == 429);
  CHECK(text_in(refused.body, "code") == "rate_limited");
  CHECK(refused.field("retry-after") == "300");
  CHECK(told.as(told.ada, "GET", "/api/v1/me/export").status == 200);
  CHECK(told.as(told.ada, "GET", told.path + "/export").status == 200);
  told.house.clock.advance(299'000);
  CHECK(told.as(told.ben, "GET", "/api/v1/me/export").status == 429);
  told.house.clock.advance(1'000);
  CHECK(told.as(told.ben, "GET", "/api/v1/me/export").status == 200);
}

TEST_CASE("whoever types their name is gone at once; nobody else is") {
  Told told;
  const PersonId ben = told.id_of(told.ben);
  for (const char* wrong : {R"({"confirm":"Ben"})", R"({})"}) {
    const Answer refused = told.as(told.ben, "DELETE", "/api/v1/me", wrong);
    CHECK(refused.status == 400);
    CHECK(text_in(refused.body, "field") == "confirm");
  }
  CHECK(told.house.backend.erased.empty());
  const std::string sure = R"({"confirm":"=Ben, \"B\""})";
  CHECK(told.as(told.house.operator_token(), "DELETE", "/api/v1/me", sure).status == 403);
  CHECK(told.as(told.ben, "DELETE", "/api/v1/me", sure).status == 204);
  REQUIRE(told.house.backend.erased.size() == 1);
  CHECK(told.house.backend.erased[0].first == ben);
  const Erasure& erasure = told.house.backend.erased[0].second;
  REQUIRE(erasure.follow_ups.size() == 1);
  CHECK(erasure.follow_ups[0].follow_up.target == place_of(told.event));
  CHECK(erasure.sessions == std::vector<TokenHash>{hash_token(told.ben)});
  CHECK(told.as(told.ben, "GET", "/api/v1/me/export").status == 401);
  CHECK(told.as(told.ada, "GET", "/api/v1/me/export").status == 200);
  CHECK(told.as(told.ada, "GET", told.path + "/export").body.find("Someone who left") !=
        std::string::npos);
}

TEST_CASE("whom others count on is not erased, and that is said") {
  Told told;
  const Answer refused = told.as(told.ada, "DELETE", "/api/v1/me", R"({"confirm":"Ada"})");
  CHECK(refused.status == 409);
  CHECK(told.as(told.ada, "GET", "/api/v1/me/export").status == 200);
}

TEST_CASE("a browser that erases somebody forgets them") {
  Told told;
  const Answer gone =
      told.house.ask({"DELETE",
                      "/api/v1/me?as=0",
                      {{"Cookie", "hallway_0=" + told.ben}, {"Origin", told.house.origin()}},
                      R"({"confirm":"=Ben, \"B\""})"});
  CHECK(gone.status == 204);
  CHECK(gone.field("set-cookie").find("Max-Age=0") != std::string::npos);
}

TEST_CASE("whom one has met is forgotten at one's wish") {
  Told told;
  CHECK(told.as(told.ben, "DELETE", "/api/v1/me/memory").status == 204);
  CHECK(told.as(told.ben, "DELETE", "/api/v1/me/memory?group=" + to_text(GroupId{7})).status ==
        204);
  CHECK(told.as(told.ben, "DELETE", "/api/v1/me/memory?group=nonsense").status == 404);
  CHECK(told.as("nobody", "DELETE", "/api/v1/me/memory").status == 401);
  CHECK(told.as(told.house.operator_token(), "DELETE", "/api/v1/me/memory").status == 403);
}

}  // namespace
}  // namespace hallway::test
