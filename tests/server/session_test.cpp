// Connections through the whole core: hello, order of replies, resume, and what a failing journal
// does.
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/core_stage.hpp"

namespace hallway::test {
namespace {

Json sent(const CoreStage& stage, int number, const std::string& body) {
  return {{"stream", to_text(stream_of(stage.room(RoomKind::lobby)))},
          {"nonce", "nonce-" + std::to_string(1000 + number)},
          {"body", body}};
}

std::string lobby(const CoreStage& stage) {
  return to_text(stream_of(stage.room(RoomKind::lobby)));
}

Json hello_of(Peer& peer) {
  return peer.take().front();
}

/// Offsets of the durable pushes of a stream, in the order in which they came.
std::vector<Offset> offsets(const std::vector<Json>& said, const std::string& stream) {
  std::vector<Offset> found;
  for (const Json& object : said) {
    if (object.value("stream", "") == stream && object.contains("offset")) {
      found.push_back(object["offset"]);
    }
  }
  return found;
}

bool says(const std::vector<Json>& said, const std::string& push, const std::string& stream) {
  return std::any_of(said.begin(), said.end(), [&](const Json& object) {
    return object.value("push", "") == push && object.value("stream", "") == stream;
  });
}

Json point(const Json& hello, const std::string& stream, Offset offset) {
  return {{stream, {{"epoch", hello["ok"]["streams"][stream]["epoch"]}, {"offset", offset}}}};
}

}  // namespace

TEST_CASE("nothing is answered before hello but a refusal, and the socket closes [S3]") {
  CoreStage stage;
  Peer& peer = stage.connect(stage.person(1));
  const auto id = stage.command(peer, "message.send", sent(stage, 1, "early"));
  CHECK(peer.answer(id)["err"]["code"] == "unauthenticated");
  CHECK(peer.closed() == CloseCode::authentication);
}

TEST_CASE("who says no hello within ten seconds is closed 4112 [S3]") {
  CoreStage stage;
  Peer& silent = stage.connect(stage.person(1));
  Peer& greeted = stage.enter(stage.person(2));
  stage.advance(10'000);
  CHECK(silent.closed() == CloseCode::no_hello);
  CHECK_FALSE(greeted.closed());
}

TEST_CASE("a connection without a session is unauthenticated") {
  CoreStage stage;
  Peer& peer = stage.connect(std::nullopt);
  const auto id = stage.command(peer, "hello", {{"client", {{"name", "t"}, {"version", "1"}}}});
  CHECK(peer.answer(id)["err"]["code"] == "unauthenticated");
  CHECK(peer.closed() == CloseCode::authentication);
}

TEST_CASE("ids must rise; the refusal names the field and the connection goes on") {
  CoreStage stage;
  Peer& peer = stage.enter(stage.person(1));
  peer.take();
  stage.say(peer, R"({"id":1,"cmd":"clock","d":{"sent_at":1}})");
  CHECK(peer.take().back()["err"]["field"] == "id");
  CHECK_FALSE(peer.closed());
}

TEST_CASE("hello's reply is the first object, and every stream is opened once after it") {
  CoreStage stage;
  Peer& peer = stage.enter(stage.person(1));
  const std::vector<Json> said = peer.take();
  REQUIRE(said.front().contains("ok"));
  std::set<std::string> opened;
  for (const Json& object : said) {
    if (object.value("push", "") == "stream.opened") {
      CHECK(opened.insert(object["stream"]).second);
    }
  }
  for (const auto& [stream, top] : said.front()["ok"]["streams"].items()) {
    CHECK(opened.contains(stream));
  }
}

TEST_CASE("commands said behind hello in one message wait for it") {
  CoreStage stage;
  Peer& peer = stage.connect(stage.person(1));
  const Json hello{
      {"id", 1},
      {"cmd", "hello"},
      {"d",
       {{"event", to_text(CoreStage::event_id)}, {"client", {{"name", "t"}, {"version", "1"}}}}}};
  const Json send{{"id", 2}, {"cmd", "message.send"}, {"d", sent(stage, 1, "at once")}};
  stage.say(peer, hello.dump() + "\n" + send.dump());
  CHECK(peer.answer(1).contains("ok"));
  CHECK(peer.answer(2)["ok"]["offset"] == 1);
}

TEST_CASE("nothing of a command is told before its commit, then the reply before the push") {
  CoreStage stage;
  Peer& author = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(2));
  author.take(), other.take();
  stage.journal().hold();
  const auto id = stage.command(author, "message.send", sent(stage, 1, "wait"));
  CHECK(author.answer(id) == nullptr);
  CHECK(offsets(other.take(), lobby(stage)).empty());
  stage.journal().release();
  stage.settle();
  const std::vector<Json> said = author.take();
  REQUIRE(said.size() >= 2);
  CHECK(said[0]["id"] == id);
  CHECK(said[1]["push"] == "message.posted");
  CHECK(offsets(other.take(), lobby(stage)) == std::vector<Offset>{1});
}

TEST_CASE("what is read waits behind the commit of what it was read from") {
  CoreStage stage;
  Peer& author = stage.enter(stage.person(1));
  Peer& reader = stage.enter(stage.person(2));
  stage.journal().hold();
  stage.command(author, "message.send", sent(stage, 1, "pending"));
  const auto history =
      stage.command(reader, "message.history", {{"stream", lobby(stage)}, {"limit", 10}});
  const auto again = stage.command(author, "message.send", sent(stage, 1, "pending"));
  CHECK(reader.answer(history) == nullptr);
  CHECK(author.answer(again) == nullptr);
  stage.journal().release();
  stage.settle();
  CHECK(reader.answer(history)["ok"]["messages"].size() == 1);
  CHECK(author.answer(again)["ok"]["dup"] == true);
}

TEST_CASE("a failed commit is refused, leaves nothing behind, and the journal opens again [R3]") {
  CoreStage stage;
  Peer& author = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(2));
  stage.command(author, "message.send", sent(stage, 1, "kept"));
  other.take();
  stage.journal().fail_all(refuse(ErrorCode::storage_full, "The disk is full."));
  const auto lost = stage.command(author, "message.send", sent(stage, 2, "lost"));
  CHECK(author.answer(lost)["err"]["code"] == "storage_full");
  CHECK(author.answer(lost)["err"]["retry"] == true);
  CHECK(offsets(other.take(), lobby(stage)).empty());

  const auto read =
      stage.command(other, "message.history", {{"stream", lobby(stage)}, {"limit", 10}});
  CHECK(other.answer(read)["ok"]["messages"].size() == 1);
  const auto shut = stage.command(author, "message.send", sent(stage, 3, "shut"));
  CHECK(author.answer(shut)["err"]["code"] == "storage_full");

  stage.journal().fail_all(std::nullopt);
  stage.advance(1'000);
  const auto again = stage.command(author, "message.send", sent(stage, 2, "lost"));
  CHECK(author.answer(again)["ok"]["offset"] == 2);
  CHECK_FALSE(author.answer(again)["ok"].contains("dup"));
  CHECK(offsets(other.take(), lobby(stage)) == std::vector<Offset>{2});
  CHECK_FALSE(author.closed());
}

TEST_CASE("batches under way behind a failed one fail with it [R3]") {
  CoreStage stage;
  Peer& author = stage.enter(stage.person(1));
  stage.journal().hold();
  const auto first = stage.command(author, "message.send", sent(stage, 1, "one"));
  const auto second = stage.command(author, "message.send", sent(stage, 2, "two"));
  stage.journal().fail_at(1, refuse(ErrorCode::unavailable, "Busy."));
  stage.journal().release();
  stage.settle();
  CHECK(author.answer(first)["err"]["code"] == "unavailable");
  CHECK(author.answer(second)["err"]["code"] == "unavailable");
  stage.advance(1'000);
  const auto again = stage.command(author, "message.send", sent(stage, 1, "one"));
  CHECK(author.answer(again)["ok"]["offset"] == 1);
}

TEST_CASE("resume: each point has its exact outcome [R9]") {
  CoreStage stage;
  Peer& writer = stage.enter(stage.person(2));
  Peer& first = stage.enter(stage.person(1));
  const Json hello = hello_of(first);
  for (int i = 0; i < 5; ++i) stage.command(writer, "message.send", sent(stage, i, "m"));
  stage.drop(first);
  const std::string stream = lobby(stage);

  const auto come_back = [&](const Json& resume) {
    Peer& peer = stage.enter(stage.person(1), resume);
    std::vector<Json> said = peer.take();
    stage.drop(peer);
    return said;
  };
  SECTION("at the top: recovered, nothing sent, not opened again") {
    const auto said = come_back(point(hello, stream, 5));
    CHECK(said.front()["ok"]["recovered"][stream] == Json{{"from", 5}, {"to", 5}});
    CHECK_FALSE(says(said, "stream.opened", stream));
    CHECK(offsets(said, stream).empty());
  }
  SECTION("who is there is told whole, since presence is not recovered") {
    const auto said = come_back(point(hello, stream, 5));
    const auto whole = std::find_if(said.begin(), said.end(), [](const Json& object) {
      return object.value("push", "") == "presence" && object["data"].value("all", false);
    });
    REQUIRE(whole != said.end());
    CHECK((*whole)["data"]["joined"].size() == 2);
    CHECK((*whole)["data"]["count"] == 2);
  }
  SECTION("in the middle: what was missed, in order") {
    const auto said = come_back(point(hello, stream, 2));
    CHECK(said.front()["ok"]["recovered"][stream] == Json{{"from", 2}, {"to", 5}});
    CHECK(offsets(said, stream) == std::vector<Offset>{3, 4, 5});
    CHECK_FALSE(says(said, "stream.opened", stream));
  }
  SECTION("from the start") {
    CHECK(offsets(come_back(point(hello, stream, 0)), stream) ==
          std::vector<Offset>{1, 2, 3, 4, 5});
  }
  SECTION("beyond the top: future, and opened") {
    const auto said = come_back(point(hello, stream, 6));
    CHECK(said.front()["ok"]["reset"][stream] == "future");
    CHECK(says(said, "stream.opened", stream));
  }
  SECTION("another epoch") {
    const Json other{{stream, {{"epoch", "0000000000000"}, {"offset", 5}}}};
    const auto said = come_back(other);
    CHECK(said.front()["ok"]["reset"][stream] == "epoch");
    CHECK(says(said, "stream.opened", stream));
  }
  SECTION("a stream of others") {
    const std::string table = to_text(stream_of(stage.table(0)));
    const Json other{{table, {{"epoch", "0000000000000"}, {"offset", 0}}}};
    const auto said = come_back(other);
    CHECK(said.front()["ok"]["reset"][table] == "forbidden");
    CHECK_FALSE(says(said, "stream.opened", table));
  }
  SECTION("twice at once: each is whole") {
    Peer& one = stage.enter(stage.person(1), point(hello, stream, 4));
    Peer& two = stage.enter(stage.person(1), point(hello, stream, 3));
    CHECK(offsets(one.take(), stream) == std::vector<Offset>{5});
    CHECK(offsets(two.take(), stream) == std::vector<Offset>{4, 5});
  }
}

TEST_CASE("resume: 300 missed are recovered, 301 are a gap [R9]") {
  CoreStage stage;
  Peer& writer = stage.enter(stage.person(2));
  Peer& first = stage.enter(stage.person(1));
  const Json hello = hello_of(first);
  stage.drop(first);
  for (int i = 0; i < 301; ++i) {
    stage.advance(1'000);
    const auto id = stage.command(writer, "message.send", sent(stage, i, "m"));
    REQUIRE(writer.answer(id).contains("ok"));
    if (i % 20 == 0) stage.say(writer, R"({"pong":1})");
  }
  const std::string stream = lobby(stage);
  Peer& behind = stage.enter(stage.person(1), point(hello, stream, 1));
  CHECK(offsets(behind.take(), stream).size() == 300);
  Peer& lost = stage.enter(stage.person(1), point(hello, stream, 0));
  CHECK(hello_of(lost)["ok"]["reset"][stream] == "gap");
}

TEST_CASE("a push committed at any step of a resume comes once, in order [R8]") {
  for (std::size_t held = 0; held < 6; ++held) {
    CoreStage stage;
    Peer& writer = stage.enter(stage.person(2));
    Peer& first = stage.enter(stage.person(1));
    const Json hello = hello_of(first);
    stage.command(writer, "message.send", sent(stage, 0, "before"));
    stage.drop(first);
    stage.journal().hold();
    for (int i = 1; i <= 2; ++i) stage.command(writer, "message.send", sent(stage, i, "during"));
    stage.journal().settle(held > 2 ? 1 : 0);
    Peer& back = stage.enter(stage.person(1), point(hello, lobby(stage), 0));
    stage.journal().settle(held % 3);
    stage.settle();
    for (int i = 3; i <= 4; ++i) stage.command(writer, "message.send", sent(stage, i, "after"));
    stage.journal().release();
    stage.settle();
    CHECK(offsets(back.take(), lobby(stage)) == std::vector<Offset>{1, 2, 3, 4, 5});
  }
}

TEST_CASE("after a restart everyone is at their own table, and nothing acknowledged is gone [R1]") {
  CoreStage stage;
  Peer& before = stage.enter(stage.person(1));
  const Json hello = hello_of(before);
  stage.command(before, "room.enter", {{"room", to_text(stage.room(RoomKind::tables))}});
  stage.command(before, "table.sit", {{"table", to_text(stage.table(1))}});
  const std::string table = to_text(stream_of(stage.table(1)));
  const auto id = stage.command(before, "message.send",
                                {{"stream", table}, {"nonce", "nonce-9999"}, {"body", "kept"}});
  REQUIRE(before.answer(id)["ok"]["offset"] == 1);
  stage.restart();
  Peer& after = stage.enter(stage.person(1));
  const Json again = hello_of(after);
  CHECK(again["ok"]["place"]["table"] == to_text(stage.table(1)));
  CHECK(again["ok"]["streams"][table] ==
        Json{{"epoch", again["ok"]["streams"][table]["epoch"]}, {"offset", 1}});
  const auto resent = stage.command(after, "message.send",
                                    {{"stream", table}, {"nonce", "nonce-9999"}, {"body", "kept"}});
  CHECK(after.answer(resent)["ok"]["dup"] == true);
}

TEST_CASE("a reader that stops reading is closed 4110, and the others notice nothing [R5]") {
  CoreStage stage;
  Peer& writer = stage.enter(stage.person(2));
  Peer& slow = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(3));
  slow.is_reading = false;
  other.take();
  const std::string body(4'000, 'x');
  int posted = 0;
  for (; posted < 400 && !slow.closed(); ++posted) {
    stage.advance(1'000);
    stage.command(writer, "message.send", sent(stage, posted, body));
    stage.say(writer, R"({"pong":1})");
    stage.say(slow, R"({"pong":1})");
    stage.say(other, R"({"pong":1})");
  }
  CHECK(slow.closed() == CloseCode::slow);
  CHECK(offsets(other.take(), lobby(stage)).size() == static_cast<std::size_t>(posted));
}

TEST_CASE("a peer that answers no ping is let go within 40 s [R7]") {
  CoreStage stage;
  Peer& peer = stage.enter(stage.person(1));
  stage.advance(25'000);
  const std::vector<Json> said = peer.take();
  CHECK(std::any_of(said.begin(), said.end(),
                    [](const Json& object) { return object.contains("ping"); }));
  stage.advance(10'000);
  CHECK(peer.closed() == CloseCode::no_pong);
}

TEST_CASE("a peer that neither reads nor answers is let go within 40 s, too [R7]") {
  CoreStage stage;
  Peer& writer = stage.enter(stage.person(2));
  Peer& dead = stage.enter(stage.person(1));
  dead.is_reading = false;  // A message to it is under way and never arrives.
  stage.command(writer, "message.send", sent(stage, 1, "into the void"));
  CHECK(dead.is_sending);
  stage.advance(25'000);
  stage.say(writer, R"({"pong":1})");
  stage.advance(10'000);
  stage.advance(2'000);
  CHECK(dead.closed() == CloseCode::no_pong);
  CHECK_FALSE(writer.closed());
}

TEST_CASE("a flood is refused with the time to wait, and only 200 refusals end it [S8]") {
  CoreStage stage;
  Peer& peer = stage.enter(stage.person(1));
  peer.take();
  for (int i = 0; i < 60; ++i) stage.command(peer, "clock", {{"sent_at", 1}});
  const std::vector<Json> said = peer.take();
  CHECK(said.back()["err"]["code"] == "rate_limited");
  CHECK(said.back()["err"]["retry_after_ms"] > 0);
  CHECK_FALSE(peer.closed());
  for (int i = 0; i < 200 && peer.session != nullptr; ++i) {
    stage.command(peer, "clock", {{"sent_at", 1}});
  }
  CHECK(peer.closed() == CloseCode::flood);
}

TEST_CASE("a conversation opens on every session of its people, and is told in the next hello") {
  CoreStage stage;
  Peer& one = stage.enter(stage.person(1));
  Peer& two = stage.enter(stage.person(2));
  Peer& tab = stage.enter(stage.person(2));
  const auto id = stage.command(one, "conversation.start",
                                {{"people", {to_text(stage.person(2))}},
                                 {"nonce", "nonce-0001"},
                                 {"body", "Hello, may I ask you something?"}});
  REQUIRE(one.answer(id).contains("ok"));
  const std::string stream =
      "conversation:" + one.answer(id)["ok"]["conversation"].get<std::string>();
  for (Peer* peer : {&one, &two, &tab}) CHECK(says(peer->take(), "stream.opened", stream));
  Peer& later = stage.enter(stage.person(2));
  const Json hello = hello_of(later);
  REQUIRE(hello["ok"]["conversations"].size() == 1);
  CHECK(hello["ok"]["conversations"][0]["state"] == "requested");
}

TEST_CASE("the same nonce for another conversation is a conflict") {
  CoreStage stage;
  Peer& one = stage.enter(stage.person(1));
  const auto start = [&](std::uint64_t whom) {
    return stage.command(
        one, "conversation.start",
        {{"people", {to_text(stage.person(whom))}}, {"nonce", "nonce-0001"}, {"body", "Hello"}});
  };
  CHECK(one.answer(start(2)).contains("ok"));
  CHECK(one.answer(start(3))["err"]["code"] == "nonce_conflict");
  CHECK(one.answer(start(2))["ok"]["dup"] == true);
}

TEST_CASE("more connections than a person may have are refused, and the others stay") {
  CoreStage stage;
  std::vector<Peer*> peers;
  for (int i = 0; i < 10; ++i) peers.push_back(&stage.enter(stage.person(1)));
  Peer& one_more = stage.enter(stage.person(1));
  CHECK(one_more.take().front()["err"]["code"] == "conflict");
  CHECK(one_more.closed());
  for (const Peer* peer : peers) CHECK_FALSE(peer->closed());
}

TEST_CASE("a removed person is told, closed 4003, and may not come back [S4]") {
  CoreStage stage;
  Peer& target = stage.enter(stage.person(1));
  Peer& moderator = stage.enter(stage.person(3));
  const auto id = stage.command(moderator, "person.remove",
                                {{"person", to_text(stage.person(1))}, {"reason", "Spam."}});
  CHECK(moderator.answer(id).contains("ok"));
  CHECK(target.closed() == CloseCode::removed);
  CHECK(says(target.take(), "person.removed", to_text(stream_of(stage.person(1)))));
  Peer& again = stage.enter(stage.person(1));
  CHECK(again.take().front()["err"]["code"] == "banned");
  CHECK(again.closed() == CloseCode::removed);
}

}  // namespace hallway::test
