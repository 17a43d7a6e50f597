// Rounds through the whole core: what a connection is told of a plan, of a start, and after it was
// away.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/core_stage.hpp"

namespace hallway::test {
namespace {

/// Four members and a facilitator, all in the room of tables.
struct Hall : CoreStage {
  Hall() : CoreStage({Role::member, Role::member, Role::member, Role::member, Role::facilitator}) {
    for (std::uint64_t number = 1; number <= 5; ++number) {
      peers.push_back(&enter(person(number)));
      command(*peers.back(), "room.enter", {{"room", hall}});
    }
    for (Peer* peer : peers) peer->take();
  }
  Peer& facilitator() { return *peers.back(); }
  std::int64_t announce(Peer& by, const std::string& nonce = "announce-1") {
    return command(by, "round.announce", {{"room", hall}, {"nonce", nonce}, {"options", options}});
  }
  void start() {
    announce(facilitator());
    for (Peer* peer : peers) peer->take();
    advance(30'000);
  }

  std::string hall = to_text(room(RoomKind::tables));
  Json options{{"size", 2}, {"minutes", 5}, {"rounds", 2}};
  std::vector<Peer*> peers;
};

Json pushed(const std::vector<Json>& said, const std::string& name) {
  const auto found = std::find_if(said.begin(), said.end(), [&](const Json& object) {
    return object.value("push", "") == name;
  });
  return found == said.end() ? Json() : *found;
}

Json opened(const std::vector<Json>& said, const std::string& stream) {
  const auto found = std::find_if(said.begin(), said.end(), [&](const Json& object) {
    return object.value("push", "") == "stream.opened" && object.value("stream", "") == stream;
  });
  return found == said.end() ? Json() : found->at("data");
}

std::string table_of(const Json& started, PersonId person) {
  for (const Json& table : started["data"]["seats"]) {
    for (const Json& seated : table[1]) {
      if (seated == to_text(person)) return table[0];
    }
  }
  return {};
}

}  // namespace

TEST_CASE("a plan is answered when it is computed, and can be announced [round.preview]") {
  Hall h;
  const auto asked =
      h.command(h.facilitator(), "round.preview", {{"room", h.hall}, {"options", h.options}});
  const Json plan = h.facilitator().answer(asked)["ok"];
  CHECK(plan["rounds"].size() == 2);
  CHECK(plan["quality"]["people"] == 4);
  CHECK(plan["quality"]["pairs_repeated"] == 0);
  const auto announced =
      h.command(h.facilitator(), "round.announce",
                {{"room", h.hall}, {"nonce", "announce-1"}, {"plan", plan["plan"]}});
  CHECK(h.facilitator().answer(announced)["ok"]["plan"] == plan["plan"]);
}

TEST_CASE("plans under way are bounded; who asks beyond is told to try again [round.preview]") {
  Hall h;
  std::string burst;
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i <= limits::works_max; ++i) {
    ids.push_back(1'000 + static_cast<std::int64_t>(i));
    const Json command{{"id", ids.back()},
                       {"cmd", "round.preview"},
                       {"d", {{"room", h.hall}, {"options", h.options}}}};
    burst += (burst.empty() ? "" : "\n") + command.dump();
  }
  h.say(h.facilitator(), burst);
  const Json last = h.facilitator().answer(ids.back());
  CHECK(last["err"]["code"] == "rate_limited");
  CHECK(last["err"]["retry_after_ms"] == limits::works_retry_ms);
  CHECK(h.facilitator().answer(ids[limits::works_max - 1]).contains("ok"));
  h.say(h.facilitator(), Json{{"id", 2'000},
                              {"cmd", "round.preview"},
                              {"d", {{"room", h.hall}, {"options", h.options}}}}
                             .dump());
  CHECK(h.facilitator().answer(2'000).contains("ok"));
}

TEST_CASE("at the start everyone is told their table, with who sits there [round.started]") {
  Hall h;
  h.start();
  for (std::size_t i = 0; i < 4; ++i) {
    const PersonId person = h.person(i + 1);
    const auto said = h.peers[i]->take();
    const Json started = pushed(said, "round.started");
    REQUIRE_FALSE(started.is_null());
    const Json table = opened(said, "table:" + table_of(started, person));
    REQUIRE_FALSE(table.is_null());
    CHECK(table["state"]["people"].size() == 2);
    CHECK(table["state"]["opener"]["card"].get<int>() >= 1);
  }
  // Who runs it sees all of it, and is at no table.
  const auto said = h.facilitator().take();
  CHECK(table_of(pushed(said, "round.started"), h.person(5)).empty());
  CHECK(pushed(said, "stream.opened").is_null());
}

TEST_CASE("two facilitators announce at once: one round, and a friendly refusal [R10]") {
  Hall h;
  Peer& other = h.enter(h.person(5));
  const auto first = h.announce(h.facilitator(), "announce-1");
  const auto second = h.announce(other, "announce-2");
  CHECK(h.facilitator().answer(first).contains("ok"));
  CHECK(other.answer(second)["err"]["code"] == "conflict");
}

TEST_CASE("a round goes on over a restart, and ends on time, once [R10]") {
  Hall h;
  h.start();
  const Json started = pushed(h.peers[0]->take(), "round.started");
  h.advance(60'000);
  h.restart();
  Peer& back = h.enter(h.person(1));
  const auto said = back.take();
  const std::string table = table_of(started, h.person(1));
  CHECK(said.front()["ok"]["place"]["table"] == table);
  const Json room = opened(said, "room:" + h.hall)["state"]["room"]["round"];
  CHECK(room["phase"] == "seated");
  CHECK(room["ends_at"] == started["data"]["ends_at"]);
  CHECK(room["tables"].size() == 2);
  h.advance(started["data"]["ends_at"].get<TimeMs>() - h.now() - 1);
  CHECK(pushed(back.take(), "round.wrapping").is_null());
  h.advance(1);
  CHECK_FALSE(pushed(back.take(), "round.wrapping").is_null());
  h.command(back, "clock", {{"sent_at", 1}});  // a sign of life
  h.advance(30'000);
  const auto after = back.take();
  CHECK_FALSE(pushed(after, "round.ended").is_null());
  CHECK_FALSE(pushed(after, "stream.closed").is_null());
  h.advance(600'000);
  CHECK(pushed(back.take(), "round.ended").is_null());
}

TEST_CASE("who leads may vanish a second before the start: it starts all the same [R10]") {
  Hall h;
  h.announce(h.facilitator());
  h.advance(29'000);
  h.drop(h.facilitator());
  h.advance(1'000);
  CHECK_FALSE(pushed(h.peers[0]->take(), "round.started").is_null());
}

TEST_CASE("whoever was away for the start is back at their table by what they missed [resume]") {
  Hall h;
  h.announce(h.facilitator());
  const std::string room = "room:" + h.hall;
  Peer& before = h.enter(h.person(2));
  const Json hello = before.take().front();
  const Json point{{room, hello["ok"]["streams"][room]}};
  h.drop(before);
  h.drop(*h.peers[1]);
  h.advance(30'000);
  Peer& back = h.enter(h.person(2), point);
  const auto said = back.take();
  CHECK(said.front()["ok"]["recovered"].contains(room));
  const Json started = pushed(said, "round.started");
  REQUIRE_FALSE(started.is_null());
  CHECK(said.front()["ok"]["place"]["table"] == table_of(started, h.person(2)));
}

}  // namespace hallway::test
