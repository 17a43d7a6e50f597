// Coming in and going out over HTTP.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "server/tokens.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

const std::string sessions = "/api/v1/sessions";

std::string join_body(const std::string& invite, const std::string& rest = R"("name":"Ada")") {
  return R"({"invite":")" + invite + R"(",)" + rest + "}";
}

/// `hallway_3=…` of a Set-Cookie, without its attributes.
std::string cookie_of(const Answer& answer) {
  const std::string set = answer.field("set-cookie");
  return set.substr(0, set.find(';'));
}

TEST_CASE("whoever holds an invitation becomes a person with a session and a cookie") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string invite = house.invite(event, Role::facilitator);
  const Answer answer = house.ask(
      {"POST",
       sessions,
       {{"Origin", house.origin()}},
       join_body(invite,
                 R"("name":"  Ada ","about":"Engines","ask":"Looms","offer":"Notes",)"
                 R"("org":"Analytical","title":"Countess","came_with":["p_0000000000001"])")});
  CHECK(answer.status == 201);
  CHECK(answer.field("content-type") == "application/json");
  CHECK(answer.field("cache-control") == "no-store");
  CHECK(text_in(answer.body, "event") == to_text(event));
  CHECK(text_in(answer.body, "name") == "Ada");
  CHECK(text_in(answer.body, "role") == "facilitator");
  CHECK(text_in(answer.body, "about") == "Engines");
  CHECK(answer.body.find("\"slot\":0") != std::string::npos);
  CHECK(answer.body.find("came_with") == std::string::npos);
  const std::string token = text_in(answer.body, "token");
  CHECK(token.size() == 43);
  const auto owner = house.stored.store->session(hash_token(token), house.clock.now());
  REQUIRE(owner.has_value());
  CHECK(house.stored.store->membership(event, owner->person)->person.card.title == "Countess");
}

TEST_CASE("S2: the cookie is HttpOnly, SameSite=Lax, and of this host alone") {
  HttpHouse house;
  const Answer answer =
      house.ask({"POST", sessions, {}, join_body(house.invite(house.make_event()))});
  CHECK(answer.field("set-cookie") == "hallway_0=" + text_in(answer.body, "token") +
                                          "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
}

TEST_CASE("S2: with a public_url of https the cookie is Secure and has its prefix") {
  HttpSettings settings;
  settings.public_url = "https://meet.example.org";
  HttpHouse house(settings);
  const std::string invite = house.invite(house.make_event());
  const Answer answer =
      house.ask({"POST", sessions, {{"Origin", "https://meet.example.org"}}, join_body(invite)});
  CHECK(answer.field("set-cookie").starts_with("__Host-hallway_0="));
  CHECK(answer.field("set-cookie").ends_with("; HttpOnly; SameSite=Lax; Secure"));
  CHECK(house.ask({"POST", sessions, {{"Origin", house.origin()}}, join_body(invite)}).status ==
        403);
}

TEST_CASE("S2: the database holds no token that signs anybody in") {
  HttpHouse house;
  const std::string invite = house.invite(house.make_event());
  const Answer answer = house.ask({"POST", sessions, {}, join_body(invite)});
  const std::string token = text_in(answer.body, "token");
  REQUIRE(token.size() == 43);
  std::string dump;
  for (const auto& entry : std::filesystem::directory_iterator(house.stored.folder.path())) {
    std::ifstream file(entry.path(), std::ios::binary);
    dump.append(std::istreambuf_iterator<char>(file), {});
  }
  CHECK(dump.find("Ada") != std::string::npos);
  CHECK(dump.find(token) == std::string::npos);
  CHECK(dump.find(invite) == std::string::npos);
}

TEST_CASE("S14: a dead link lets nobody in") {
  HttpHouse house;
  const EventId event = house.make_event();
  CHECK(house.ask({"POST", sessions, {}, join_body("no-such-link")}).status == 404);
  const std::string once = house.invite(event, Role::member, 1);
  CHECK(house.ask({"POST", sessions, {}, join_body(once)}).status == 201);
  const Answer again = house.ask({"POST", sessions, {}, join_body(once)});
  CHECK(again.status == 404);
  CHECK(text_in(again.body, "code") == "not_found");
  CHECK(text_in(again.body, "field") == "invite");
}

TEST_CASE("S14: of a hundred at once on a single-use invitation exactly one comes in") {
  HttpHouse house;
  const std::string once = house.invite(house.make_event(), Role::member, 1);
  std::atomic<int> let_in = 0;
  std::atomic<int> turned_away = 0;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 100; ++i) {
    crowd.emplace_back([&] {
      const int status = house.ask({"POST", sessions, {}, join_body(once)}).status;
      if (status == 201) ++let_in;
      if (status == 404) ++turned_away;
    });
  }
  for (std::thread& each : crowd) each.join();
  CHECK(let_in == 1);
  CHECK(turned_away == 99);
}

TEST_CASE("a body that is not as it must be is refused, naming the field") {
  HttpHouse house;
  const std::string invite = house.invite(house.make_event());
  const std::vector<std::pair<std::string, std::string>> corpus{
      {R"({"name":"Ada"})", "invite"},
      {R"({"invite":7,"name":"Ada"})", "invite"},
      {R"({"invite":")" + std::string(200, 'x') + R"(","name":"Ada"})", "invite"},
      {R"({"invite":")" + invite + R"("})", "name"},
      {join_body(invite, R"("name":"   ")"), "name"},
      {join_body(invite, R"("name":"a\u202eb")"), "name"},
      {join_body(invite, R"("name":"a\nb")"), "name"},
      {join_body(invite, R"("name":")" + std::string(61, 'x') + R"(")"), "name"},
      {join_body(invite, R"("name":["Ada"])"), "name"},
      {join_body(invite, R"("name":"Ada","about":")" + std::string(201, 'x') + R"(")"), "about"},
      {join_body(invite, R"("name":"Ada","org":")" + std::string(101, 'x') + R"(")"), "org"},
      {join_body(invite, R"("name":"Ada","came_with":"p_1")"), "came_with"},
      {join_body(invite, R"("slot":8)"), "slot"},
      {join_body(invite, R"("slot":"0")"), "slot"},
      {R"({"login":7,"passphrase":"x"})", "login"},
      {R"({"login":"ada"})", "passphrase"},
  };
  for (const auto& [body, field] : corpus) {
    INFO(body);
    const Answer answer = house.ask({"POST", sessions, {}, body});
    CHECK(answer.status == 400);
    CHECK(answer.field("content-type") == "application/problem+json");
    CHECK(text_in(answer.body, "code") == "bad_request");
    CHECK(text_in(answer.body, "field") == field);
    CHECK(answer.field("set-cookie").empty());
  }
}

TEST_CASE("S11: a body must be one JSON object, typed as such, with distinct keys") {
  HttpHouse house;
  const std::string invite = house.invite(house.make_event());
  for (const std::string& body : {std::string("nonsense"), std::string("[]"), std::string("{} {}"),
                                  join_body(invite, R"("name":"Ada","name":"Eve")"),
                                  std::string(1000, '['), std::string("{\"invite\":\"\xff\"}")}) {
    INFO(body);
    CHECK(house.ask({"POST", sessions, {}, body}).status == 400);
  }
  CHECK(house.ask({"POST", sessions, {}, ""}).status == 415);
  CHECK(house.ask({"POST", sessions, {}, join_body(invite), "text/plain"}).status == 415);
  CHECK(house.ask({"POST", sessions, {}, join_body(invite), ""}).status == 415);
  CHECK(house.ask({"POST", sessions, {}, join_body(invite), "Application/JSON; charset=utf-8"})
            .status == 201);
}

TEST_CASE("S1: a foreign page signs nobody in") {
  HttpHouse house;
  const std::string invite = house.invite(house.make_event());
  for (const char* origin : {"http://evil.example", "null"}) {
    CHECK(house.ask({"POST", sessions, {{"Origin", origin}}, join_body(invite)}).status == 403);
  }
}

TEST_CASE("S16: a member named like the staff is told apart; staff and others keep their names") {
  HttpHouse house;
  const EventId event = house.make_event();
  house.person(event, Role::moderator, "Anna Holm");
  house.person(event, Role::member, "Bo Lind");
  const std::string invite = house.invite(event);
  for (const char* name :
       {"Anna Holm", "anna holm", "Аnnа Ноlm", "Anna  H0lm", "ＡＮＮＡ ＨＯＬＭ"}) {
    INFO(name);
    const std::string rest = std::string(R"("name":")") + name + R"(")";
    const Answer answer = house.ask({"POST", sessions, {}, join_body(invite, rest)});
    CHECK(answer.status == 201);
    CHECK(text_in(answer.body, "name") == std::string(name) + " (2)");
  }
  CHECK(text_in(house.ask({"POST", sessions, {}, join_body(invite, R"("name":"Bo Lind")")}).body,
                "name") == "Bo Lind");
  const std::string staff = house.invite(event, Role::facilitator);
  CHECK(text_in(house.ask({"POST", sessions, {}, join_body(staff, R"("name":"Anna Holm")")}).body,
                "name") == "Anna Holm");
}

TEST_CASE("a browser keeps several people, each in a slot of its own") {
  HttpHouse house;
  const EventId event = house.make_event("Spring");
  const EventId other = house.make_event("Summer");
  std::string cookies;
  for (int i = 0; i < 8; ++i) {
    const std::string name = R"("name":"Person )" + std::to_string(i) + R"(")";
    const std::string invite = house.invite(i == 3 ? other : event);
    const Answer answer =
        house.ask({"POST", sessions, {{"Cookie", cookies}}, join_body(invite, name)});
    CHECK(answer.field("set-cookie").starts_with("hallway_" + std::to_string(i) + "="));
    cookies += (cookies.empty() ? "" : "; ") + cookie_of(answer);
  }
  const Answer known = house.ask({"GET", sessions, {{"Cookie", cookies}}});
  CHECK(known.status == 200);
  CHECK(known.body.find(R"("slot":3,"person":"p_)") != std::string::npos);
  CHECK(known.body.find(R"("name":"Person 3","event":")" + to_text(other) +
                        R"(","title":"Summer"})") != std::string::npos);
  CHECK(house.ask({"GET", sessions, {{"Cookie", "hallway_0=unknown"}}}).body ==
        R"({"sessions":[]})");
  CHECK(house.ask({"GET", sessions}).body == R"({"sessions":[]})");
}

TEST_CASE("the ninth person takes the slot whose event ends first, and who had it is signed out") {
  HttpHouse house;
  std::string cookies;
  std::string replaced;
  for (int i = 0; i < 8; ++i) {
    const TimeMs ends_at = i == 5 ? noon + 1'000 : noon + 3'600'000;
    const std::string invite = house.invite(house.make_event("Event", ends_at));
    const Answer answer = house.ask({"POST", sessions, {{"Cookie", cookies}}, join_body(invite)});
    if (i == 5) replaced = text_in(answer.body, "token");
    cookies += (cookies.empty() ? "" : "; ") + cookie_of(answer);
  }
  const std::string invite = house.invite(house.make_event());
  const Answer ninth = house.ask({"POST", sessions, {{"Cookie", cookies}}, join_body(invite)});
  CHECK(ninth.status == 201);
  CHECK(ninth.field("set-cookie").starts_with("hallway_5="));
  CHECK_FALSE(house.stored.store->session(hash_token(replaced), house.clock.now()).has_value());
  REQUIRE(house.backend.revoked.size() == 1);
  CHECK(house.backend.revoked[0] == hash_token(replaced));

  // A cookie whose session is dead gives up its slot first.
  const std::string dead = cookies.replace(cookies.find("hallway_2="), 11, "hallway_2=x");
  const Answer tenth = house.ask({"POST", sessions, {{"Cookie", dead}}, join_body(invite)});
  CHECK(tenth.field("set-cookie").starts_with("hallway_2="));
}

TEST_CASE("who comes back by their cookie is the same person, and spends no use") {
  HttpHouse house;
  const std::string once = house.invite(house.make_event(), Role::member, 2);
  const Answer first = house.ask({"POST", sessions, {}, join_body(once)});
  const std::string cookie = cookie_of(first);
  const std::vector<std::pair<std::string, std::string>> fields{{"Origin", house.origin()},
                                                                {"Cookie", cookie}};
  for (int i = 0; i < 3; ++i) {
    const Answer back = house.ask({"POST", sessions, fields, join_body(once, R"("slot":0)")});
    CHECK(back.status == 201);
    CHECK(text_in(back.body, "id") == text_in(first.body, "id"));
    CHECK(text_in(back.body, "token") == text_in(first.body, "token"));
    CHECK(cookie_of(back) == cookie);
  }
  CHECK(house.ask({"POST", sessions, {}, join_body(once)}).status == 201);
  const Answer spent = house.ask({"POST", sessions, {}, join_body(once)});
  CHECK(spent.status == 404);
}

TEST_CASE("nobody comes back without their cookie, or from another page") {
  HttpHouse house;
  const std::string invite = house.invite(house.make_event());
  const Answer first = house.ask({"POST", sessions, {}, join_body(invite)});
  const std::string cookie = cookie_of(first);
  const std::string body = join_body(invite, R"("slot":0)");
  CHECK(house.ask({"POST", sessions, {{"Origin", house.origin()}}, body}).status == 401);
  CHECK(house.ask({"POST", sessions, {{"Cookie", cookie}}, body}).status == 403);
  CHECK(house.ask({"POST", sessions, {{"Origin", "null"}, {"Cookie", cookie}}, body}).status ==
        403);
  CHECK(house
            .ask({"POST",
                  sessions,
                  {{"Origin", house.origin()}, {"Cookie", "hallway_0=nobody"}},
                  body})
            .status == 401);
  CHECK(house
            .ask({"POST",
                  sessions,
                  {{"Origin", house.origin()}, {"Cookie", "hallway_0=" + house.operator_token()}},
                  body})
            .status == 403);
  house.clock.jump(house.settings.session_ms + 1);
  const Answer late =
      house.ask({"POST", sessions, {{"Origin", house.origin()}, {"Cookie", cookie}}, body});
  CHECK(late.status == 401);
  CHECK(text_in(late.body, "code") == "session_expired");
}

TEST_CASE("S4: signing out ends the session, its sockets and its cookie") {
  HttpHouse house;
  const std::string invite = house.invite(house.make_event());
  const Answer first = house.ask({"POST", sessions, {}, join_body(invite)});
  const std::string token = text_in(first.body, "token");
  const std::string current = sessions + "/current";
  const std::string cookie = cookie_of(first);

  CHECK(house.ask({"DELETE", current + "?as=0", {{"Cookie", cookie}}}).status == 403);
  CHECK(house
            .ask({"DELETE",
                  current + "?as=0",
                  {{"Cookie", cookie}, {"Origin", "http://evil.example"}}})
            .status == 403);
  CHECK(house.ask({"DELETE", current, {{"Cookie", cookie}, {"Origin", house.origin()}}}).status ==
        401);
  CHECK(house.ask({"DELETE", current}).status == 401);
  CHECK(house.backend.revoked.empty());

  const Answer gone =
      house.ask({"DELETE", current + "?as=0", {{"Cookie", cookie}, {"Origin", house.origin()}}});
  CHECK(gone.status == 204);
  CHECK(gone.field("set-cookie").starts_with("hallway_0=; Path=/; Max-Age=0"));
  REQUIRE(house.backend.revoked.size() == 1);
  CHECK(house.backend.revoked[0] == hash_token(token));
  const Answer again = house.ask({"DELETE", current, {bearer(token)}});
  CHECK(again.status == 401);
  CHECK(again.field("www-authenticate") == "Bearer");
}

TEST_CASE("a bearer signs out without a cookie and needs no Origin") {
  HttpHouse house;
  const std::string token = house.person(house.make_event(), Role::member);
  const Answer gone = house.ask({"DELETE", sessions + "/current", {bearer(token)}});
  CHECK(gone.status == 204);
  CHECK(gone.field("set-cookie").empty());
  CHECK(house.ask({"DELETE", sessions + "/current", {{"Authorization", "Basic YTpi"}}}).status ==
        401);
}

TEST_CASE("S8: newcomers of one address are limited; others, and those who come back, are not") {
  HttpSettings settings;
  settings.joins_burst = 2;
  settings.joins_per_s = 1;
  REQUIRE(settings.trusted_proxies.add("127.0.0.1"));
  HttpHouse house(settings);
  const std::string invite = house.invite(house.make_event());
  const auto from = [&](const std::string& address) {
    return house.ask({"POST", sessions, {{"X-Forwarded-For", address}}, join_body(invite)});
  };
  const Answer first = from("1.2.3.4");
  CHECK(first.status == 201);
  CHECK(from("1.2.3.4").status == 201);
  const Answer limited = from("1.2.3.4");
  CHECK(limited.status == 429);
  CHECK(text_in(limited.body, "code") == "rate_limited");
  CHECK(limited.body.find("\"retry_after_ms\":1000") != std::string::npos);
  CHECK(limited.field("retry-after") == "1");
  CHECK(from("1.2.3.5").status == 201);
  CHECK(from("8.8.8.8, 1.2.3.4").status == 429);
  // A link that leads nowhere costs the venue nothing.
  CHECK(house.ask({"POST", sessions, {{"X-Forwarded-For", "1.2.3.5"}}, join_body("dead")}).status ==
        404);
  CHECK(from("1.2.3.5").status == 201);
  const Answer back = house.ask(
      {"POST",
       sessions,
       {{"X-Forwarded-For", "1.2.3.4"}, {"Origin", house.origin()}, {"Cookie", cookie_of(first)}},
       join_body(invite, R"("slot":0)")});
  CHECK(back.status == 201);
  house.clock.advance(1'000);
  CHECK(from("1.2.3.4").status == 201);
}

}  // namespace
}  // namespace hallway::test
