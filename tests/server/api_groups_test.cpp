// Groups over HTTP.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "server/tokens.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

using Json = nlohmann::json;

const std::string groups = "/api/v1/groups";

/// A group made by an organiser, with a facilitator and a member besides, all of one event.
struct Circle {
  Circle() {
    ada = house.person(event, Role::organiser, "Ada");
    ben = house.person(event, Role::member, "Ben");
    cem = house.person(event, Role::member, "Cem");
    dot = house.person(event, Role::member, "Dot");
    const Answer made = as(ada, "POST", groups, R"({"name":"Circle","about":"Leading"})");
    REQUIRE(made.status == 201);
    path = groups + "/" + Json::parse(made.body)["group"]["id"].get<std::string>();
    put(cem, "facilitator");
    put(ben, "member");
  }
  Answer as(const std::string& token, const std::string& method, const std::string& to,
            const std::string& body = {}) {
    return house.ask({method, to, {bearer(token)}, body});
  }
  std::string id_of(const std::string& token) {
    return to_text(house.stored.store->session(hash_token(token), house.clock.now())->person);
  }
  Answer put(const std::string& person, const std::string& role) {
    return as(ada, "PUT", path + "/members/" + id_of(person), R"({"role":")" + role + R"("})");
  }
  Json group(const std::string& viewer) { return Json::parse(as(viewer, "GET", path).body); }
  std::string series(const std::string& more = "") {
    return R"({"title":"Meeting","starts_at":1806422400000,"minutes":90,"timezone":)"
           R"("Europe/Copenhagen","admission":"open","rooms":[])" +
           more + "}";
  }

  HttpHouse house;
  EventId event = house.make_event();
  std::string ada, ben, cem, dot, path;
};

TEST_CASE("a group is shown to its members, with whose turn it is and what is ahead") {
  Circle circle;
  const Json group = circle.group(circle.ben);
  CHECK(group["name"] == "Circle");
  CHECK(group["about"] == "Leading");
  CHECK(group["role"] == "member");
  REQUIRE(group["members"].size() == 3);
  std::map<std::string, std::string> roles;
  for (const Json& member : group["members"]) roles[member["name"]] = member["role"];
  CHECK(roles == std::map<std::string, std::string>{
                     {"Ada", "organiser"}, {"Ben", "member"}, {"Cem", "facilitator"}});
  CHECK(group["facilitator"].is_null());
  CHECK(group["next_facilitator"].is_null());
  CHECK(group["events"].empty());
  CHECK(group["memory_meetings"] == 12);
  CHECK(group["calendar"].get<std::string>().find("/calendar.ics?key=") != std::string::npos);
  const Json list = Json::parse(circle.as(circle.ben, "GET", groups).body);
  REQUIRE(list["groups"].size() == 1);
  CHECK(list["groups"][0] == group);
  CHECK(Json::parse(circle.as(circle.dot, "GET", groups).body)["groups"].empty());
  CHECK(circle.as(circle.dot, "GET", circle.path).status == 404);
  CHECK(circle.as("nobody", "GET", circle.path).status == 401);
  const std::string oper = circle.house.operator_token();
  CHECK(Json::parse(circle.as(oper, "GET", groups).body)["groups"].size() == 1);
  CHECK_FALSE(circle.group(oper).contains("role"));
  CHECK(circle.group(oper)["calendar"].is_null());
}

TEST_CASE("organisers of a group see who is banned from it, and let them back") {
  Circle circle;
  REQUIRE(circle.as(circle.ada, "POST", circle.path + "/events", circle.series()).status == 201);
  const std::string event = circle.group(circle.ada)["events"][0]["id"];
  const EventId id = parse_id<EventTag>(event);
  const PersonId dot = parse_id<PersonTag>(circle.id_of(circle.dot));
  CHECK(circle.group(circle.ada)["bans"].empty());
  REQUIRE_FALSE(append(
      *circle.house.stored.store,
      batch_of(place_of(id), {push_of(desk_of(id), 1, PersonBanned{dot, {}, "Threats.", id})})));
  const Json told{{"person", to_text(dot)}, {"name", "Dot"},  {"until_at", nullptr},
                  {"reason", "Threats."},   {"event", event}, {"title", "Meeting"}};
  CHECK(circle.group(circle.ada)["bans"] == Json::array({told}));
  const std::string oper = circle.house.operator_token();
  CHECK(circle.group(oper)["bans"].size() == 1);
  CHECK_FALSE(circle.group(circle.ben).contains("bans"));
  CHECK_FALSE(circle.group(circle.cem).contains("bans"));  // A facilitator.

  const std::string path = circle.path + "/bans/" + to_text(dot);
  CHECK(circle.as(circle.ben, "DELETE", path).status == 403);
  CHECK(circle.as(circle.cem, "DELETE", path).status == 403);
  CHECK(circle.as(circle.dot, "DELETE", path).status == 404);
  CHECK(circle.as("nobody", "DELETE", path).status == 401);
  CHECK(circle.as(circle.ada, "DELETE", circle.path + "/bans/p_nonsense").status == 404);
  CHECK(circle.group(circle.ada)["bans"].size() == 1);
  CHECK(circle.as(circle.ada, "DELETE", path).status == 204);
  CHECK(circle.group(circle.ada)["bans"].empty());
  CHECK(circle.as(circle.ada, "DELETE", path).status == 404);
}

TEST_CASE("only who may make events makes a group; only its organisers change it") {
  Circle circle;
  CHECK(circle.as(circle.ben, "POST", groups, R"({"name":"Mine"})").status == 403);
  CHECK(circle.as(circle.ada, "POST", groups, R"({"about":"no name"})").status == 400);
  const std::string change = R"({"name":"Ring","memory_meetings":3})";
  for (const std::string& other : {circle.ben, circle.cem}) {
    CHECK(circle.as(other, "PATCH", circle.path, change).status == 403);
    CHECK(circle.as(other, "DELETE", circle.path).status == 403);
    CHECK(circle
              .as(other, "PUT", circle.path + "/members/" + circle.id_of(circle.dot),
                  R"({"role":"member"})")
              .status == 403);
    CHECK(circle.as(other, "DELETE", circle.path + "/members/" + circle.id_of(circle.ada)).status ==
          403);
  }
  CHECK(circle.as(circle.dot, "PATCH", circle.path, change).status == 404);
  const Answer changed = circle.as(circle.ada, "PATCH", circle.path, change);
  CHECK(changed.status == 200);
  CHECK(Json::parse(changed.body)["name"] == "Ring");
  CHECK(Json::parse(changed.body)["memory_meetings"] == 3);
  CHECK(text_in(circle.as(circle.ada, "PATCH", circle.path, R"({"memory_meetings":101})").body,
                "field") == "memory_meetings");
  CHECK(circle.as(circle.ada, "DELETE", circle.path).status == 204);
  CHECK(circle.as(circle.ada, "GET", circle.path).status == 404);
}

TEST_CASE("members come and go; the last organiser stays") {
  Circle circle;
  CHECK(circle.put(circle.dot, "member").status == 200);
  CHECK(circle.put(circle.dot, "moderator").status == 400);
  CHECK(text_in(circle
                    .as(circle.ada, "PUT", circle.path + "/members/" + to_text(PersonId{9}),
                        R"({"role":"member"})")
                    .body,
                "field") == "person");
  const auto drop = [&](const std::string& who, const std::string& whom) {
    return circle.as(who, "DELETE", circle.path + "/members/" + circle.id_of(whom));
  };
  CHECK(drop(circle.dot, circle.dot).status == 204);  // By themselves.
  const Answer last = drop(circle.ada, circle.ada);
  CHECK(last.status == 409);
  CHECK(text_in(last.body, "field") == "person");
  CHECK(circle.put(circle.ada, "member").status == 409);
  CHECK(drop(circle.ada, circle.ben).status == 204);
  CHECK(drop(circle.ada, circle.ben).status == 404);
}

TEST_CASE("whoever leads sets the turns and hands the chair on") {
  Circle circle;
  const std::string turns =
      R"({"people":[")" + circle.id_of(circle.ben) + R"(",")" + circle.id_of(circle.cem) + R"("]})";
  CHECK(circle.as(circle.ben, "PUT", circle.path + "/rota", turns).status == 403);
  CHECK(circle.as(circle.cem, "PUT", circle.path + "/rota", turns).status == 200);
  CHECK(circle.group(circle.ben)["facilitator"] == circle.id_of(circle.ben));
  CHECK(circle.group(circle.ben)["next_facilitator"] == circle.id_of(circle.cem));
  // Who has the chair may, whatever their role; then no longer.
  const Answer handed = circle.as(circle.ben, "POST", circle.path + "/rota/handover");
  CHECK(handed.status == 200);
  CHECK(Json::parse(handed.body)["facilitator"] == circle.id_of(circle.cem));
  CHECK(circle.as(circle.ben, "POST", circle.path + "/rota/handover").status == 403);
  const std::string to_ada = R"({"to":")" + circle.id_of(circle.ada) + R"("})";
  CHECK(circle.as(circle.cem, "POST", circle.path + "/rota/handover", to_ada).status == 404);
  const std::string strangers = R"({"people":[")" + circle.id_of(circle.dot) + R"("]})";
  CHECK(text_in(circle.as(circle.ada, "PUT", circle.path + "/rota", strangers).body, "field") ==
        "people[0]");
}

TEST_CASE("a series keeps its time on the wall across summer time") {
  Circle circle;
  const Answer made = circle.as(circle.cem, "POST", circle.path + "/events",
                                circle.series(R"(,"every_weeks":2,"count":3)"));
  REQUIRE(made.status == 201);
  const Json events = Json::parse(made.body)["events"];
  REQUIRE(events.size() == 3);
  constexpr std::int64_t fortnight = 14LL * 24 * 3'600'000;
  // The first is after the clocks went forward, 2027-03-30; none of these crosses a change.
  CHECK(events[1]["starts_at"].get<std::int64_t>() == 1'806'422'400'000 + fortnight);
  CHECK(events[0]["ends_at"].get<std::int64_t>() == 1'806'422'400'000 + 90 * 60'000);
  CHECK(events[0]["retention_days"] == 90);
  CHECK(events[0]["group"] == circle.group(circle.ada)["id"]);
  CHECK(circle.group(circle.ben)["events"].size() == 3);

  for (const auto& [more, field] : std::vector<std::pair<std::string, std::string>>{
           {R"(,"count":2)", "every_weeks"},
           {R"(,"every_weeks":0,"count":2)", "every_weeks"},
           {R"(,"every_weeks":1,"count":53)", "count"},
           {R"(,"retention_days":-1)", "retention_days"}}) {
    INFO(more);
    const Answer refused =
        circle.as(circle.cem, "POST", circle.path + "/events", circle.series(more));
    CHECK(refused.status == 400);
    CHECK(text_in(refused.body, "field") == field);
  }
  std::string nowhere = circle.series();
  nowhere.replace(nowhere.find("Copenhagen"), 10, "Atlantis");
  CHECK(text_in(circle.as(circle.cem, "POST", circle.path + "/events", nowhere).body, "field") ==
        "timezone");
  CHECK(circle.as(circle.ben, "POST", circle.path + "/events", circle.series()).status == 403);
}

TEST_CASE("an event of the usual kind may belong to a group one leads") {
  Circle circle;
  const std::string group = circle.group(circle.ada)["id"];
  const auto body = [](const std::string& of) {
    return R"({"title":"Big one","starts_at":1790000000000,"ends_at":1790003600000,)"
           R"("timezone":"UTC","admission":"open","rooms":[],"group":")" +
           of + R"("})";
  };
  const Answer made = circle.as(circle.ada, "POST", "/api/v1/events", body(group));
  CHECK(made.status == 201);
  CHECK(text_in(made.body, "group") == group);
  CHECK(circle.group(circle.ben)["events"][0]["title"] == "Big one");
  const Answer refused = circle.as(circle.ada, "POST", "/api/v1/events", body("g_nothing"));
  CHECK(refused.status == 404);
  CHECK(text_in(refused.body, "field") == "group");
}

TEST_CASE("a member who opens the group's page gets into its event") {
  Circle circle;
  CHECK(circle.as(circle.ben, "POST", circle.path + "/sessions").status == 404);
  REQUIRE(circle.as(circle.ada, "POST", circle.path + "/events", circle.series()).status == 201);
  const std::string event = circle.group(circle.ada)["events"][0]["id"];
  const Answer in = circle.as(circle.ben, "POST", circle.path + "/sessions");
  CHECK(in.status == 200);
  CHECK(Json::parse(in.body) == Json{{"event", event}});
  const EventId id = parse_id<EventTag>(event);
  const PersonId ben = parse_id<PersonTag>(circle.id_of(circle.ben));
  CHECK(circle.house.stored.store->membership(id, ben)->person.role == Role::member);
  CHECK(circle.as(circle.ada, "POST", circle.path + "/sessions", R"({"event":")" + event + R"("})")
            .status == 200);
  CHECK(circle.as(circle.dot, "POST", circle.path + "/sessions").status == 404);
  CHECK(circle.as(circle.house.operator_token(), "POST", circle.path + "/sessions").status == 403);
  CHECK(circle
            .as(circle.ben, "POST", circle.path + "/sessions",
                R"({"event":")" + to_text(circle.event) + R"("})")
            .status == 404);
}

TEST_CASE("a calendar is read by its key alone, which one renews or ends") {
  Circle circle;
  REQUIRE(circle
              .as(circle.ada, "POST", circle.path + "/events",
                  circle.series(R"(,"every_weeks":1,"count":2)"))
              .status == 201);
  const std::string feed = circle.group(circle.ben)["calendar"];
  const Answer answer = circle.house.ask({"GET", feed});
  CHECK(answer.status == 200);
  CHECK(answer.field("content-type") == "text/calendar; charset=utf-8");
  CHECK(answer.body.find("X-WR-CALNAME:Circle\r\n") != std::string::npos);
  CHECK(answer.body.find("SEQUENCE:0\r\n") != std::string::npos);
  CHECK(circle.house.ask({"GET", circle.path + "/calendar.ics?key=wrong"}).status == 404);
  CHECK(circle.house.ask({"GET", circle.path + "/calendar.ics"}).status == 404);
  CHECK(circle.as(circle.ben, "GET", circle.path + "/calendar.ics").status == 404);

  const Answer renewed = circle.as(circle.ben, "POST", circle.path + "/calendar");
  CHECK(renewed.status == 200);
  CHECK(circle.house.ask({"GET", feed}).status == 404);
  const std::string fresh = Json::parse(renewed.body)["calendar"];
  CHECK(circle.house.ask({"GET", fresh}).status == 200);
  CHECK(circle.as(circle.ben, "DELETE", circle.path + "/calendar").status == 204);
  CHECK(circle.house.ask({"GET", fresh}).status == 404);
  CHECK(circle.group(circle.ben)["calendar"].is_null());
  CHECK_FALSE(circle.group(circle.ada)["calendar"].is_null());
}

TEST_CASE("a change from a foreign page is refused, by cookie") {
  Circle circle;
  const Answer refused =
      circle.house.ask({"PATCH",
                        circle.path + "?as=0",
                        {{"Cookie", "hallway_0=" + circle.ada}, {"Origin", "http://evil.example"}},
                        R"({"name":"Mine"})"});
  CHECK(refused.status == 403);
}

}  // namespace
}  // namespace hallway::test
