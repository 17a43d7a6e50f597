// Events over HTTP.
#include <catch2/catch.hpp>
#include <string>

#include "server/tokens.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

const std::string events = "/api/v1/events";

/// A sound body with one member set to something else (or, where `value` is empty, left out).
std::string event_body(const std::string& key = {}, const std::string& value = {}) {
  std::vector<std::pair<std::string, std::string>> members{
      {"title", R"("Autumn meeting")"},
      {"starts_at", "1790000000000"},
      {"ends_at", "1790003600000"},
      {"timezone", R"("Europe/Copenhagen")"},
      {"admission", R"("approval")"},
      {"rooms", R"([{"name":"Tables","kind":"tables","tables":3,"capacity":6}])"}};
  std::string body;
  bool is_new = !key.empty();
  for (auto& [name, text] : members) {
    if (name == key) {
      text = value;
      is_new = false;
    }
    if (!text.empty()) body += (body.empty() ? "{\"" : ",\"") + name + "\":" + text;
  }
  if (is_new) body += ",\"" + key + "\":" + value;
  return body + "}";
}

TEST_CASE("an operator makes an event and gets an invitation for each role") {
  HttpHouse house;
  const Answer answer = house.ask({"POST", events, {bearer(house.operator_token())}, event_body()});
  CHECK(answer.status == 201);
  CHECK(text_in(answer.body, "title") == "Autumn meeting");
  CHECK(text_in(answer.body, "admission") == "approval");
  for (const char* role : {"member", "facilitator", "moderator", "organiser"}) {
    const std::string invite = text_in(answer.body, role);
    CHECK(invite.size() == 43);
    const auto kept = house.stored.store->invitation(hash_token(invite), house.clock.now());
    REQUIRE(kept.has_value());
    CHECK(to_text(kept->role) == role);
    CHECK(to_text(kept->event) == text_in(answer.body, "id"));
    CHECK_FALSE(kept->uses);
  }
}

TEST_CASE("only operators and organisers make events") {
  HttpHouse house;
  const EventId event = house.make_event();
  CHECK(house.ask({"POST", events, {}, event_body()}).status == 401);
  CHECK(house.ask({"POST", events, {bearer("nobody")}, event_body()}).status == 401);
  for (const Role role : {Role::member, Role::facilitator, Role::moderator}) {
    CHECK(house.ask({"POST", events, {bearer(house.person(event, role))}, event_body()}).status ==
          403);
  }
  const std::string organiser = house.person(event, Role::organiser);
  CHECK(house.ask({"POST", events, {bearer(organiser)}, event_body()}).status == 201);
}

TEST_CASE("an event that is not as it must be is refused, naming the field") {
  HttpHouse house;
  const auto operator_field = bearer(house.operator_token());
  struct Row {
    const char* key;
    std::string value;
    const char* field;
  };
  const std::vector<Row> corpus{
      {"title", "", "title"},
      {"title", R"("  ")", "title"},
      {"title", "\"" + std::string(101, 'x') + "\"", "title"},
      {"starts_at", R"("now")", "starts_at"},
      {"starts_at", "-1", "starts_at"},
      {"starts_at", "1790000000000.5", "starts_at"},
      {"ends_at", "1790000000000", "ends_at"},
      {"ends_at", "253402300799001", "ends_at"},
      {"timezone", R"("Europe/København")", "timezone"},
      {"timezone", R"("")", "timezone"},
      {"admission", R"("maybe")", "admission"},
      {"rooms", "{}", "rooms"},
      {"rooms", "[7]", "rooms"},
      {"rooms", R"([{"name":"A","kind":"cellar"}])", "rooms[0].kind"},
      {"rooms", R"([{"name":"A","kind":"plenary"},{"kind":"plenary"}])", "rooms[1].name"},
      {"rooms", R"([{"name":"A","kind":"plenary","tables":3}])", "rooms[0].tables"},
      {"rooms", R"([{"name":"A","kind":"tables","tables":1001}])", "rooms[0].tables"},
      {"rooms", R"([{"name":"A","kind":"tables","capacity":1}])", "rooms[0].capacity"},
      {"rooms", R"([{"name":"A","kind":"tables","confidential":true}])", "rooms[0].confidential"},
      {"rooms", R"([{"name":"A","kind":"tables","equality":true}])", "rooms[0].equality"},
      {"programme", R"([{"at":1,"minutes":0,"title":"A"}])", "programme[0].minutes"},
      {"programme", R"([{"at":1,"minutes":5}])", "programme[0].title"},
      {"programme", R"([{"at":1,"minutes":5,"title":"A","room":"rm_1"}])", "programme[0].room"},
  };
  for (const Row& row : corpus) {
    INFO(row.key << " " << row.value);
    const Answer answer =
        house.ask({"POST", events, {operator_field}, event_body(row.key, row.value)});
    CHECK(answer.status == 400);
    CHECK(text_in(answer.body, "field") == row.field);
  }
  const Answer groupless =
      house.ask({"POST", events, {operator_field}, event_body("group", R"("g_1")")});
  CHECK(groupless.status == 404);
  CHECK(text_in(groupless.body, "field") == "group");
  CHECK(house
            .ask({"POST",
                  events,
                  {operator_field},
                  event_body("programme", R"([{"at":1790000000000,"minutes":5,"title":"Hi"}])")})
            .status == 201);
}

TEST_CASE("an event is shown to its people and to nobody else") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string path = events + "/" + to_text(event);
  const std::string member = house.person(event, Role::member);
  CHECK(text_in(house.ask({"GET", path, {bearer(member)}}).body, "title") == "Autumn meeting");
  CHECK(house.ask({"GET", path, {bearer(house.operator_token())}}).status == 200);
  CHECK(house.ask({"GET", path}).status == 401);
  const std::string stranger = house.person(house.make_event(), Role::organiser);
  const Answer hidden = house.ask({"GET", path, {bearer(stranger)}});
  CHECK(hidden.status == 404);
  CHECK(house.ask({"GET", events + "/ev_nonsense", {bearer(member)}}).status == 404);
  CHECK(house.ask({"GET", events + "/" + to_text(EventId{9}), {bearer(house.operator_token())}})
            .status == 404);
}

TEST_CASE("by cookie and slot an event is read from any page, and changed from ours alone") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string path = events + "/" + to_text(event) + "?as=0";
  const std::string cookie = "hallway_0=" + house.person(event, Role::organiser);
  CHECK(house.ask({"GET", path, {{"Cookie", cookie}}}).status == 200);
  CHECK(house.ask({"PATCH", path, {{"Cookie", cookie}}, R"({"title":"New"})"}).status == 403);
  CHECK(house
            .ask({"PATCH",
                  path,
                  {{"Cookie", cookie}, {"Origin", "http://evil.example"}},
                  R"({"title":"New"})"})
            .status == 403);
  CHECK(house
            .ask({"PATCH",
                  path,
                  {{"Cookie", cookie}, {"Origin", house.origin()}},
                  R"({"title":"New"})"})
            .status == 200);
  // A bearer stands before the cookie, and alone.
  CHECK(house.ask({"GET", path, {{"Cookie", cookie}, bearer("nobody")}}).status == 401);
}

TEST_CASE("who waits to be let in is shown no room but the lobby, and no programme [PL-18]") {
  HttpHouse house;
  const Answer made = house.ask(
      {"POST",
       events,
       {bearer(house.operator_token())},
       event_body("programme", R"([{"at":1790000000000,"minutes":5,"title":"Secret"}])")});
  const EventId event = parse_id<EventTag>(text_in(made.body, "id"));
  const std::string path = events + "/" + to_text(event);
  const std::string waiting = house.person(event, Role::member);
  const std::string admitted = house.person(event, Role::member);
  const std::string staff = house.person(event, Role::facilitator);
  const auto id_of = [&](const std::string& token) {
    return house.stored.store->session(hash_token(token), house.clock.now())->person;
  };
  house.backend.kept_waiting = id_of(waiting);
  const auto read_by = [&](const std::string& token, const std::string& what) {
    return house.ask({"GET", path + what, {bearer(token)}}).body;
  };
  const auto holds = [](const std::string& body, const char* word) {
    return body.find(word) != std::string::npos;
  };
  CHECK(holds(read_by(waiting, ""), "Lobby"));
  CHECK_FALSE(holds(read_by(waiting, ""), "Back room"));
  CHECK_FALSE(holds(read_by(waiting, ""), "Secret"));
  CHECK(holds(read_by(waiting, "/calendar.ics"), "Autumn meeting"));
  CHECK_FALSE(holds(read_by(waiting, "/calendar.ics"), "Secret"));
  for (const std::string& token : {admitted, staff, house.operator_token()}) {
    CHECK(holds(read_by(token, ""), "Back room"));
    CHECK(holds(read_by(token, "/calendar.ics"), "Secret"));
  }
  // Staff are never asked whether they wait.
  house.backend.kept_waiting = id_of(staff);
  CHECK(holds(read_by(staff, ""), "Back room"));
}

TEST_CASE("an event is changed by its organisers and by operators, through its place") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string path = events + "/" + to_text(event);
  const std::string organiser = house.person(event, Role::organiser);
  const Answer changed = house.ask({"PATCH", path, {bearer(organiser)}, R"({"title":" Spring "})"});
  CHECK(changed.status == 200);
  CHECK(text_in(changed.body, "title") == "Spring");
  CHECK(house.ask({"PATCH", path, {bearer(house.operator_token())}, "{}"}).status == 200);
  REQUIRE(house.backend.commanders.size() == 2);
  CHECK(house.backend.commanders[0].first);
  CHECK_FALSE(house.backend.commanders[0].second);
  CHECK_FALSE(house.backend.commanders[1].first);
  CHECK(house.backend.commanders[1].second);

  for (const Role role : {Role::member, Role::facilitator, Role::moderator}) {
    CHECK(house.ask({"PATCH", path, {bearer(house.person(event, role))}, "{}"}).status == 403);
  }
  CHECK(text_in(house.ask({"PATCH", path, {bearer(organiser)}, R"({"title":7})"}).body, "field") ==
        "title");
  CHECK(text_in(house.ask({"PATCH", path, {bearer(organiser)}, R"({"state":"paused"})"}).body,
                "field") == "state");
  house.backend.command_refusal = refuse(ErrorCode::conflict, "It is over.");
  const Answer refused = house.ask({"PATCH", path, {bearer(organiser)}, "{}"});
  CHECK(refused.status == 409);
  CHECK(text_in(refused.body, "detail") == "It is over.");
}

TEST_CASE("an event is deleted by its organisers: its people are closed, its rows go") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string path = events + "/" + to_text(event);
  const std::string organiser = house.person(event, Role::organiser);
  CHECK(house.ask({"DELETE", path, {bearer(house.person(event, Role::moderator))}}).status == 403);
  CHECK(house.ask({"DELETE", path}).status == 401);
  CHECK(house.backend.forgotten.empty());
  CHECK(house.ask({"DELETE", path, {bearer(organiser)}}).status == 204);
  REQUIRE(house.backend.forgotten.size() == 1);
  CHECK(house.backend.forgotten[0] == event);
  CHECK(house.ask({"GET", path, {bearer(organiser)}}).status == 404);
}

TEST_CASE("an event is a file for calendars") {
  HttpSettings settings;
  settings.public_url = "https://meet.example.org";
  HttpHouse house(settings);
  const EventId event = house.make_event("Food, drinks");
  const std::string path = events + "/" + to_text(event) + "/calendar.ics";
  const Answer answer = house.ask({"GET", path, {bearer(house.person(event, Role::member))}});
  CHECK(answer.status == 200);
  CHECK(answer.field("content-type") == "text/calendar; charset=utf-8");
  CHECK(answer.body.find("SUMMARY:Food\\, drinks\r\n") != std::string::npos);
  CHECK(answer.body.find("URL:https://meet.example.org/e/" + to_text(event)) != std::string::npos);
  CHECK(house.ask({"GET", path}).status == 401);
}

}  // namespace
}  // namespace hallway::test
