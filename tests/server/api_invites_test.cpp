// S14: invitations over HTTP.
#include <catch2/catch.hpp>
#include <string>

#include "server/tokens.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

std::string invites_of(EventId event) {
  return "/api/v1/events/" + to_text(event) + "/invites";
}
std::string look_at(const std::string& invite) {
  return "/api/v1/invites/" + invite;
}

TEST_CASE("an organiser makes invitations of any role, with an end and a number of uses") {
  HttpHouse house;
  const EventId event = house.make_event();
  const auto organiser = bearer(house.person(event, Role::organiser));
  const Answer answer =
      house.ask({"POST",
                 invites_of(event),
                 {organiser},
                 R"({"role":"facilitator","expires_at":1790000060000,"uses":2})"});
  CHECK(answer.status == 201);
  const std::string invite = text_in(answer.body, "invite");
  CHECK(invite.size() == 43);
  CHECK(text_in(answer.body, "id") == to_hex(hash_token(invite)));
  const auto kept = house.stored.store->invitation(hash_token(invite), house.clock.now());
  REQUIRE(kept.has_value());
  CHECK(kept->role == Role::facilitator);
  CHECK(kept->uses == 2);
  house.clock.jump(60'001);
  CHECK(house.ask({"GET", look_at(invite)}).status == 404);
  const Answer late =
      house.ask({"POST", "/api/v1/sessions", {}, R"({"invite":")" + invite + R"(","name":"Ada"})"});
  CHECK(late.status == 404);
}

TEST_CASE("invitations are listed without their secrets, with how many came by each [S14]") {
  HttpHouse house;
  const EventId event = house.make_event();
  const auto organiser = bearer(house.person(event, Role::organiser));
  const std::string body = R"({"role":"member","uses":3})";
  const Answer made = house.ask({"POST", invites_of(event), {organiser}, body});
  const std::string invite = text_in(made.body, "invite");
  house.ask({"POST", "/api/v1/sessions", {}, R"({"invite":")" + invite + R"(","name":"Ada"})"});
  const Answer listed = house.ask({"GET", invites_of(event), {organiser}});
  CHECK(listed.status == 200);
  CHECK(listed.body.find(R"("uses":3,"used":1})") != std::string::npos);
  CHECK(listed.body.find(invite) == std::string::npos);
  CHECK(listed.body.find(to_hex(hash_token(invite))) != std::string::npos);
}

TEST_CASE("who does not organise the event makes and revokes nothing") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string invite = house.invite(event);
  const std::string body = R"({"invite":")" + invite + R"("})";
  CHECK(house.ask({"POST", invites_of(event), {}, R"({"role":"member"})"}).status == 401);
  for (const Role role : {Role::member, Role::facilitator, Role::moderator}) {
    const auto caller = bearer(house.person(event, role));
    CHECK(house.ask({"POST", invites_of(event), {caller}, R"({"role":"member"})"}).status == 403);
    CHECK(house.ask({"DELETE", invites_of(event), {caller}, body}).status == 403);
    CHECK(house.ask({"GET", invites_of(event), {caller}}).status == 403);
  }
  // The organiser of another event sees neither this one nor its invitations.
  const EventId other = house.make_event();
  const auto stranger = bearer(house.person(other, Role::organiser));
  CHECK(house.ask({"DELETE", invites_of(event), {stranger}, body}).status == 404);
  CHECK(house.ask({"DELETE", invites_of(other), {stranger}, body}).status == 404);
  CHECK(house.ask({"GET", look_at(invite)}).status == 200);
}

TEST_CASE("an invitation that is not as it must be is refused, naming the field") {
  HttpHouse house;
  const EventId event = house.make_event();
  const auto organiser = bearer(house.person(event, Role::organiser));
  for (const auto& [body, field] : std::vector<std::pair<std::string, std::string>>{
           {"{}", "role"},
           {R"({"role":"king"})", "role"},
           {R"({"role":"member","uses":0})", "uses"},
           {R"({"role":"member","uses":"many"})", "uses"},
           {R"({"role":"member","expires_at":1})", "expires_at"}}) {
    INFO(body);
    const Answer answer = house.ask({"POST", invites_of(event), {organiser}, body});
    CHECK(answer.status == 400);
    CHECK(text_in(answer.body, "field") == field);
  }
}

TEST_CASE("what organisers do with links stands in the log, or is not done [MO-20]") {
  HttpHouse house;
  const EventId event = house.make_event();
  const auto organiser = bearer(house.person(event, Role::organiser));
  const std::string body = R"({"role":"facilitator"})";
  const Answer made = house.ask({"POST", invites_of(event), {organiser}, body});
  REQUIRE(made.status == 201);
  const std::string by_id = invites_of(event) + "/" + text_in(made.body, "id");
  house.backend.command_refusal = refuse(ErrorCode::storage_full, "Full.");
  CHECK(house.ask({"DELETE", by_id, {organiser}}).status == 507);
  CHECK(house.ask({"GET", look_at(text_in(made.body, "invite"))}).status == 200);
  CHECK(house.ask({"POST", invites_of(event), {organiser}, body}).status == 507);
  house.backend.command_refusal.reset();
  CHECK(house.ask({"DELETE", by_id, {organiser}}).status == 204);
  const auto& noted = house.backend.noted;
  REQUIRE(noted.size() == 2);
  CHECK((noted[0].action == "invite.create" && noted[0].detail == "facilitator"));
  CHECK((noted[1].action == "invite.revoke" && noted[1].detail == "facilitator"));
  CHECK(noted[1].by);
}

TEST_CASE("a revoked invitation lets nobody in any more, by its token or its id") {
  HttpHouse house;
  const EventId event = house.make_event();
  const auto organiser = bearer(house.person(event, Role::organiser));
  const std::string first = house.invite(event);
  const std::string second = house.invite(event);
  const std::string by_id = invites_of(event) + "/" + to_hex(hash_token(second));
  CHECK(house.ask({"DELETE", invites_of(event), {organiser}, R"({"invite":")" + first + R"("})"})
            .status == 204);
  CHECK(house.ask({"DELETE", by_id, {organiser}}).status == 204);
  for (const std::string& dead : {first, second}) {
    CHECK(house.ask({"GET", look_at(dead)}).status == 404);
    CHECK(house.ask({"POST", "/api/v1/sessions", {}, R"({"invite":")" + dead + R"(","name":"A"})"})
              .status == 404);
  }
  CHECK(house.ask({"DELETE", by_id, {organiser}}).status == 404);
  CHECK(house.ask({"DELETE", invites_of(event) + "/nonsense", {organiser}}).status == 404);
}

TEST_CASE("whoever holds a link sees the event's card, their role and who is there") {
  HttpHouse house;
  const EventId event = house.make_event("Autumn");
  house.backend.names_present = {"Ada", "Bo \"B\" Lind"};
  const Answer answer = house.ask({"GET", look_at(house.invite(event, Role::moderator))});
  CHECK(answer.status == 200);
  CHECK(answer.body == R"({"event":{"id":")" + to_text(event) +
                           R"(","title":"Autumn","starts_at":1790000000000,)"
                           R"("ends_at":1790003600000,"timezone":"Europe/Copenhagen",)"
                           R"("state":"planned","admission":"open"},"role":"moderator",)"
                           R"("people":["Ada","Bo \"B\" Lind"],"count":2})");
  const Answer dead = house.ask({"GET", look_at("nothing")});
  CHECK(dead.status == 404);
  CHECK(dead.field("content-type") == "application/problem+json");
  CHECK(text_in(dead.body, "code") == "not_found");
}

}  // namespace
}  // namespace hallway::test
