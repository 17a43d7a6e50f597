// Moderation on live connections: what acts at once on the sockets that are there, and what needs
// more than one place.
#include <catch2/catch.hpp>

#include "tests/support/core_stage.hpp"

namespace hallway::test {
namespace {

const std::vector<Role> evening{Role::member, Role::member, Role::moderator, Role::organiser};

const Json* find_push(const std::vector<Json>& said, const std::string& push,
                      const std::string& stream) {
  const auto found = std::find_if(said.begin(), said.end(), [&](const Json& object) {
    return object.value("push", "") == push && object.value("stream", "") == stream;
  });
  return found == said.end() ? nullptr : &*found;
}

std::string own(const CoreStage& stage, std::uint64_t number) {
  return to_text(stream_of(stage.person(number)));
}

std::string desk() {
  return to_text(desk_of(CoreStage::event_id));
}

Json started_with(const CoreStage& stage, std::uint64_t whom, const std::string& nonce) {
  return {{"people", {to_text(stage.person(whom))}}, {"nonce", nonce}, {"body", "Hello"}};
}

}  // namespace

TEST_CASE("in a lockdown direct messages rest, but not those of staff [MO-12]") {
  CoreStage stage(evening);
  Peer& one = stage.enter(stage.person(1));
  Peer& moderator = stage.enter(stage.person(3));
  const auto before =
      stage.command(one, "conversation.start", started_with(stage, 2, "nonce-0001"));
  const std::string talk =
      "conversation:" + one.answer(before)["ok"]["conversation"].get<std::string>();
  stage.command(moderator, "event.lockdown", {{"on", true}});
  const auto refused = [&](Peer& peer, const std::string& nonce) {
    const auto start = stage.command(peer, "conversation.start", started_with(stage, 2, nonce));
    const Json answer = peer.answer(start);
    return answer.contains("err") && answer["err"]["code"] == "locked";
  };
  CHECK(refused(one, "nonce-0002"));
  const Json more{{"stream", talk}, {"nonce", "nonce-0003"}, {"body", "and"}};
  const auto sent = stage.command(one, "message.send", more);
  CHECK(one.answer(sent)["err"]["code"] == "locked");
  CHECK_FALSE(refused(moderator, "nonce-0004"));
  Peer& late = stage.enter(stage.person(2));
  CHECK(refused(late, "nonce-0005"));

  stage.command(moderator, "event.lockdown", {{"on", false}});
  CHECK_FALSE(refused(one, "nonce-0006"));
  CHECK_FALSE(refused(late, "nonce-0007"));
}

TEST_CASE("a guest of a locked down event does not write past it without an event [MO-12]") {
  CoreStage stage(evening);
  Peer& one = stage.connect(stage.person(1));
  const Json greeting{{"client", {{"name", "t"}, {"version", "1"}}}};
  REQUIRE(one.answer(stage.command(one, "hello", greeting)).contains("ok"));
  stage.set_hushed(true);
  auto start = stage.command(one, "conversation.start", started_with(stage, 2, "nonce-0001"));
  CHECK(one.answer(start)["err"]["code"] == "locked");
  stage.set_hushed(false);
  start = stage.command(one, "conversation.start", started_with(stage, 2, "nonce-0001"));
  CHECK(one.answer(start).contains("ok"));
}

TEST_CASE("whoever becomes staff in a lockdown may write again [MO-12]") {
  CoreStage stage(evening);
  Peer& one = stage.enter(stage.person(1));
  Peer& organiser = stage.enter(stage.person(4));
  stage.command(organiser, "event.lockdown", {{"on", true}});
  const Json role{{"person", to_text(stage.person(1))}, {"role", "moderator"}};
  stage.command(organiser, "role.grant", role);
  const auto start = stage.command(one, "conversation.start", started_with(stage, 2, "nonce-0001"));
  CHECK(one.answer(start).contains("ok"));
}

TEST_CASE("a role opens and closes the desk on live connections [RL-1]") {
  CoreStage stage(evening);
  Peer& one = stage.enter(stage.person(1));
  Peer& organiser = stage.enter(stage.person(4));
  one.take();
  Json role{{"person", to_text(stage.person(1))}, {"role", "moderator"}, {"reason", "Helps"}};
  stage.command(organiser, "role.grant", role);
  const auto granted = one.take();
  REQUIRE(find_push(granted, "stream.opened", desk()));
  const Json* told = find_push(granted, "role.granted", own(stage, 1));
  REQUIRE(told);
  CHECK((*told)["data"]["capabilities"].size() > 10);
  role.erase("role");
  stage.command(organiser, "role.revoke", role);
  const auto revoked = one.take();
  CHECK(find_push(revoked, "stream.closed", desk()));
  CHECK(find_push(revoked, "role.revoked", own(stage, 1)));
}

TEST_CASE("a role for one room is told in hello [RL-3]") {
  CoreStage stage(evening);
  stage.enter(stage.person(1));
  Peer& organiser = stage.enter(stage.person(4));
  const std::string lobby = to_text(stage.room(RoomKind::lobby));
  const Json role{{"person", to_text(stage.person(1))}, {"role", "moderator"}, {"scope", lobby}};
  stage.command(organiser, "role.grant", role);
  Peer& again = stage.enter(stage.person(1));
  const Json hello = again.take().front();
  CHECK(hello["ok"]["capabilities"].empty());
  CHECK(hello["ok"]["room_capabilities"][lobby].size() > 5);
}

TEST_CASE("the banned are told why, closed 4003, and may not come back [S4]") {
  CoreStage stage(evening);
  Peer& target = stage.enter(stage.person(1));
  Peer& moderator = stage.enter(stage.person(3));
  const Json ban{{"person", to_text(stage.person(1))}, {"reason", "Threats."}};
  stage.command(moderator, "person.ban", ban);
  CHECK(target.closed() == CloseCode::removed);
  const auto said = target.take();
  const Json* told = find_push(said, "person.banned", own(stage, 1));
  REQUIRE(told);
  CHECK((*told)["data"]["reason"] == "Threats.");
  CHECK(stage.enter(stage.person(1)).take().front()["err"]["code"] == "banned");
  stage.command(moderator, "person.unban", {{"person", to_text(stage.person(1))}});
  CHECK(stage.enter(stage.person(1)).take().front().contains("ok"));
}

TEST_CASE("a ban in one event of a group ends connections in its others at once [MO-8]") {
  CoreStage stage(evening);
  Peer& target = stage.enter(stage.person(1));
  Peer& beside = stage.enter(stage.person(2));
  const PersonBanned banned{stage.person(1), {}, "Threats.", EventId{5}};
  // Of an event that has nothing to do with this one.
  stage.tell(place_of(stage.person(1)), stage.person(9), banned);
  CHECK_FALSE(target.closed());
  stage.set_banned(stage.person(1));
  stage.tell(place_of(stage.person(1)), stage.person(9), banned);
  CHECK(target.closed() == CloseCode::removed);
  CHECK(find_push(target.take(), "person.banned", own(stage, 1)));
  CHECK_FALSE(beside.closed());
}

TEST_CASE("cards are told of people of the event and of one's conversations alone [SE-5]") {
  CoreStage stage({Role::member, Role::member, Role::member});
  Peer& one = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(2));
  const auto start = stage.command(one, "conversation.start", started_with(stage, 2, "nonce-0001"));
  REQUIRE(one.answer(start).contains("ok"));
  const Json wanted{
      {"people", {to_text(stage.person(1)), to_text(stage.person(2)), to_text(stage.person(3))}}};
  const auto told = [&](Peer& peer) {
    const Json answer = peer.answer(stage.command(peer, "person.get", wanted));
    std::vector<std::string> ids;
    for (const Json& person : answer["ok"]["people"]) ids.push_back(person["id"]);
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  const auto ids = [&](std::initializer_list<std::uint64_t> people) {
    std::vector<std::string> texts;
    for (const std::uint64_t person : people) texts.push_back(to_text(stage.person(person)));
    std::sort(texts.begin(), texts.end());
    return texts;
  };
  CHECK(told(other) == ids({1, 2, 3}));
  // Without an event: whom one writes with, by a hello and by what began since.
  const Json greeting{{"client", {{"name", "t"}, {"version", "1"}}}};
  Peer& outside = stage.connect(stage.person(1));
  REQUIRE(outside.answer(stage.command(outside, "hello", greeting)).contains("ok"));
  CHECK(told(outside) == ids({1, 2}));
  Peer& alone = stage.connect(stage.person(3));
  REQUIRE(alone.answer(stage.command(alone, "hello", greeting)).contains("ok"));
  CHECK(told(alone) == ids({3}));
  const auto next = stage.command(one, "conversation.start", started_with(stage, 3, "nonce-0002"));
  REQUIRE(one.answer(next).contains("ok"));
  CHECK(told(alone) == ids({1, 3}));
  CHECK(told(outside) == ids({1, 2, 3}));
}

TEST_CASE("a report on a conversation brings what its reader saw around it [MO-13]") {
  CoreStage stage(evening);
  Peer& one = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(2));
  Peer& moderator = stage.enter(stage.person(3));
  const auto start = stage.command(one, "conversation.start", started_with(stage, 2, "nonce-0001"));
  const std::string talk =
      "conversation:" + one.answer(start)["ok"]["conversation"].get<std::string>();
  moderator.take();
  Json report{{"stream", talk}, {"offset", 1}, {"reason", "Unkind"}, {"nonce", "nonce-0002"}};
  const auto filed = stage.command(other, "report.file", report);
  CHECK(other.answer(filed)["ok"]["report"] == 1);
  const auto said = moderator.take();
  const Json* told = find_push(said, "report.filed", desk());
  REQUIRE(told);
  CHECK((*told)["data"]["messages"][0]["body"] == "Hello");
  CHECK((*told)["data"]["person"] == to_text(stage.person(1)));

  const auto stranger = stage.command(moderator, "report.file", report);
  CHECK(moderator.answer(stranger)["err"]["code"] == "not_found");
}

TEST_CASE("what was reported is answered on the reporter's own stream [MO-15]") {
  CoreStage stage(evening);
  Peer& one = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(2));
  Peer& moderator = stage.enter(stage.person(3));
  const std::string lobby = to_text(stream_of(stage.room(RoomKind::lobby)));
  const Json message{{"stream", lobby}, {"nonce", "nonce-0001"}, {"body", "Buy now"}};
  const auto sent = stage.command(one, "message.send", message);
  const Json offset = one.answer(sent)["ok"]["offset"];
  const Json report{
      {"stream", lobby}, {"offset", offset}, {"reason", "Spam"}, {"nonce", "nonce-0002"}};
  stage.command(other, "report.file", report);
  other.take();
  stage.command(moderator, "report.resolve", {{"report", 1}, {"outcome", "warned"}});
  const auto said = other.take();
  const Json* told = find_push(said, "report.answered", own(stage, 2));
  REQUIRE(told);
  CHECK((*told)["data"]["outcome"] == "warned");
}

TEST_CASE("a held message is told to its author and to the desk, and said once approved [MO-17]") {
  CoreStage stage(evening);
  Peer& one = stage.enter(stage.person(1));
  Peer& moderator = stage.enter(stage.person(3));
  const std::string lobby = to_text(stream_of(stage.room(RoomKind::lobby)));
  stage.command(moderator, "filter.set", {{"on", true}, {"words", {"casino"}}});
  one.take();
  moderator.take();
  const Json message{{"stream", lobby}, {"nonce", "nonce-0001"}, {"body", "a casino"}};
  const auto sent = stage.command(one, "message.send", message);
  CHECK(one.answer(sent)["ok"]["held"] == 1);
  CHECK(one.answer(sent)["ok"]["offset"] == 0);
  CHECK(find_push(one.take(), "message.held", own(stage, 1)));
  const auto at_desk = moderator.take();
  CHECK(find_push(at_desk, "message.held", desk()));
  CHECK_FALSE(find_push(at_desk, "message.posted", lobby));
  stage.command(moderator, "message.review", {{"held", 1}, {"approve", true}});
  const auto said = one.take();
  REQUIRE(find_push(said, "message.posted", lobby));
  CHECK((*find_push(said, "message.posted", lobby))["by"] == to_text(stage.person(1)));
  CHECK(find_push(said, "message.reviewed", own(stage, 1)));
  const auto again = stage.command(one, "message.send", message);
  CHECK(one.answer(again)["ok"]["dup"] == true);
}

}  // namespace hallway::test
