// Erasure on live connections: PV-1 as those who are there see it, and those who come later.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/core_stage.hpp"

namespace hallway::test {
namespace {

bool is_told(const std::vector<Json>& said, const std::string& stream, PersonId person) {
  return std::any_of(said.begin(), said.end(), [&](const Json& object) {
    return object.value("push", "") == "person.erased" && object.value("stream", "") == stream &&
           object["data"] == Json{{"person", to_text(person)}} && object.contains("offset");
  });
}

Json messages_of(CoreStage& stage, Peer& peer, const std::string& stream) {
  return peer.answer(
      stage.command(peer, "stream.snapshot", {{"stream", stream}}))["ok"]["messages"];
}

}  // namespace

TEST_CASE("PV-1: connected people are told at once, and nobody reads the words again") {
  CoreStage stage;
  Peer& one = stage.enter(stage.person(1));
  Peer& two = stage.enter(stage.person(2));
  const std::string lobby = to_text(stream_of(stage.room(RoomKind::lobby)));
  const Json words{{"stream", lobby}, {"nonce", "nonce-0001"}, {"body", "marker"}};
  REQUIRE(one.answer(stage.command(one, "message.send", words)).contains("ok"));
  REQUIRE(messages_of(stage, two, lobby).at(0)["body"] == "marker");
  two.take();

  stage.erase(stage.person(1), place_of(CoreStage::event_id));
  const std::vector<Json> said = two.take();
  CHECK(is_told(said, lobby, stage.person(1)));
  CHECK(is_told(said, to_text(stream_of(CoreStage::event_id)), stage.person(1)));
  CHECK(one.closed() == CloseCode::session_revoked);
  CHECK(messages_of(stage, two, lobby).at(0)["body"] == "");
  CHECK(messages_of(stage, two, lobby).at(0)["deleted"] == true);

  stage.restart();
  Peer& again = stage.enter(stage.person(2));
  CHECK(messages_of(stage, again, lobby).at(0)["body"] == "");
  // Told twice, as after a crash between two places, it is told twice and means the same.
  stage.erase(stage.person(1), place_of(CoreStage::event_id));
  CHECK(messages_of(stage, again, lobby).size() == 1);
}

TEST_CASE("PV-2: in a private conversation the other is told, and writes to nobody any more") {
  CoreStage stage;
  Peer& one = stage.enter(stage.person(1));
  Peer& two = stage.enter(stage.person(2));
  const Json start{
      {"people", {to_text(stage.person(2))}}, {"nonce", "nonce-0001"}, {"body", "marker"}};
  const Json made = one.answer(stage.command(one, "conversation.start", start));
  const auto id = made["ok"]["conversation"].get<std::string>();
  const std::string talk = "conversation:" + id;
  two.take();
  stage.erase(stage.person(1), place_of(parse_id<ConversationTag>(id)));
  CHECK(is_told(two.take(), talk, stage.person(1)));
  CHECK(messages_of(stage, two, talk).at(0)["body"] == "");
  const Json more{{"stream", talk}, {"nonce", "nonce-0002"}, {"body", "Hello?"}};
  CHECK(two.answer(stage.command(two, "message.send", more))["err"]["code"] == "conflict");
}

}  // namespace hallway::test
