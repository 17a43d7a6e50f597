// The rules of talk on any stream: who may do what, what is refused, what is answered twice.
#include "rooms/chat.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "protocol/limits.hpp"

namespace hallway {
namespace {

constexpr PersonId anna{1};
constexpr PersonId bo{2};
constexpr PersonId cy{3};  // Known, but does not receive the stream.
const StreamId room = stream_of(RoomId{7});

/// A stream with talk, and whoever asks about it.
class Talk {
 public:
  Decision ask(const Command& command, PersonId actor = anna) {
    const Context context{.now = now, .seed = 1};
    const auto mentioned = [](PersonId person) {
      if (person == anna || person == bo) return Mentioned::sees;
      return person == cy ? Mentioned::unseeing : Mentioned::nobody;
    };
    const Chat chat{room, log_, actor, rights, visible, pace_, mentioned, context};
    Decision decision = decide_chat(command, chat);
    for (Push& push : decision.pushes) {
      if (lasting_of(push.data) == Lasting::durable) {
        push.offset = log_.top() + 1;
        log_.apply(push);
      }
      pace_.apply(push);
    }
    return decision;
  }
  Decision send(const std::string& body, const std::string& nonce, PersonId actor = anna,
                Offset reply_to = 0) {
    return ask(MessageSend{nonce, room, body, reply_to}, actor);
  }
  /// With a nonce of its own, past the pace; its offset.
  Offset say(const std::string& body, PersonId actor = anna) {
    now += 1000;
    const Decision decision = send(body, "nonce-" + std::to_string(1000 + log_.top()), actor);
    REQUIRE_FALSE(decision.refusal);
    return log_.top();
  }
  const StreamLog& log() const { return log_; }

  TimeMs now = 1'000'000;
  ChatRights rights;
  Slices visible = everything();

 private:
  StreamLog log_;
  ChatPace pace_{Settings{}};
};

ErrorCode code_of(const Decision& decision) {
  REQUIRE(decision.refusal);
  CHECK(decision.pushes.empty());
  return decision.refusal->code;
}

bool is_nothing(const Decision& decision) {
  return !decision.refusal && decision.pushes.empty() &&
         std::holds_alternative<NothingReply>(decision.reply);
}

const Error forbidden = refuse(ErrorCode::forbidden, "No.");

TEST_CASE("a message is posted with its nonce, its digest and whom it mentions") {
  Talk talk;
  const std::string body = "hi <@" + to_text(bo) + "> and <@" + to_text(cy) + "> and <@" +
                           to_text(PersonId{44}) + "> and <@p_nonsense> <@";
  const Decision decision = talk.send(body, "nonce-01");
  REQUIRE(decision.pushes.size() == 1);
  const Push& push = decision.pushes.front();
  const auto& posted = std::get<MessagePosted>(push.data);
  CHECK(posted.body == body);
  CHECK(posted.mentions == std::vector{bo, cy});
  CHECK(push.nonce == "nonce-01");
  CHECK(push.digest != 0);
  CHECK(push.by == anna);
  CHECK(std::get<PostedReply>(decision.reply).unseen == std::vector{cy});
}

TEST_CASE("at most twenty people are mentioned, each once") {
  std::string body;
  for (std::uint64_t i = 1; i <= 30; ++i) {
    body += "<@" + to_text(PersonId{i}) + "><@" + to_text(PersonId{1}) + ">";
  }
  const auto people = mentioned_in(body);
  REQUIRE(people.size() == limits::mentions_max);
  CHECK(people.back() == PersonId{20});
}

TEST_CASE("a repeated nonce gets the first reply again, and no second push") {
  Talk talk;
  talk.send("hi <@" + to_text(cy) + ">", "nonce-01");
  const TimeMs first_at = talk.now;
  talk.now += limits::nonce_ms - 1;
  const Decision again = talk.send("hi <@" + to_text(cy) + ">", "nonce-01");
  CHECK(again.pushes.empty());
  const auto& reply = std::get<PostedReply>(again.reply);
  CHECK(reply.dup);
  CHECK(reply.offset == 1);
  CHECK(reply.at == first_at);
  CHECK(reply.unseen == std::vector{cy});
}

TEST_CASE("a repeated nonce is answered though the right to write is gone") {
  Talk talk;
  talk.send("hi", "nonce-01");
  talk.rights.send = refuse(ErrorCode::muted, "You are muted.");
  CHECK(std::get<PostedReply>(talk.send("hi", "nonce-01").reply).dup);
  CHECK(code_of(talk.send("more", "nonce-02")) == ErrorCode::muted);
}

TEST_CASE("a nonce spent on something else is a conflict") {
  Talk talk;
  const Offset of = talk.say("one");
  talk.send("hi", "nonce-01");
  CHECK(code_of(talk.send("ho", "nonce-01")) == ErrorCode::nonce_conflict);
  CHECK(code_of(talk.send("hi", "nonce-01", anna, of)) == ErrorCode::nonce_conflict);
  CHECK(code_of(talk.ask(MessageEdit{"nonce-01", room, of, "hi"})) == ErrorCode::nonce_conflict);
  CHECK(code_of(talk.ask(MessageDelete{"nonce-01", room, of, ""})) == ErrorCode::nonce_conflict);
}

TEST_CASE("nonces are a person's own, and fresh again after a day") {
  Talk talk;
  talk.send("hi", "nonce-01");
  CHECK(talk.send("ho", "nonce-01", bo).pushes.size() == 1);
  talk.now += limits::nonce_ms;
  CHECK(talk.send("new words", "nonce-01").pushes.size() == 1);
}

TEST_CASE("too fast is refused with the time to wait, and a refusal costs nothing") {
  Talk talk;
  for (int i = 0; i < 20; ++i) talk.send("m", "nonce-a" + std::to_string(i));
  for (int i = 0; i < 5; ++i) {
    const Decision decision = talk.send("m", "nonce-b1");
    CHECK(code_of(decision) == ErrorCode::rate_limited);
    CHECK(decision.refusal->retry_after_ms == 1000);
  }
  CHECK(
      std::get<PostedReply>(talk.send("m", "nonce-a3").reply).dup);  // a dup does not count either
  talk.now += 1000;
  CHECK_FALSE(talk.send("m", "nonce-b1").refusal);
}

TEST_CASE("a body may be as long as the place allows and no longer") {
  Talk talk;
  talk.rights.body_max = limits::request_max;
  std::string body;
  for (std::size_t i = 0; i < limits::request_max; ++i) body += "é";
  CHECK_FALSE(talk.send(body, "nonce-01").refusal);
  const Decision decision = talk.send(body + "é", "nonce-02");
  CHECK(code_of(decision) == ErrorCode::too_large);
  CHECK(decision.refusal->field == "body");
}

TEST_CASE("a reply names a message that the writer can see") {
  Talk talk;
  const Offset first = talk.say("one");
  const Offset second = talk.say("two");
  talk.ask(MessageReact{room, second, "👍", true});
  CHECK(std::get<MessagePosted>(talk.send("re", "nonce-01", bo, first).pushes[0].data).reply_to ==
        first);
  CHECK(talk.send("re", "nonce-02", bo, second + 1).refusal->field == "reply_to");  // a reaction
  CHECK(code_of(talk.send("re", "nonce-03", bo, 99)) == ErrorCode::not_found);
  talk.visible = {{second, 99}};
  CHECK(code_of(talk.send("re", "nonce-04", bo, first)) == ErrorCode::not_found);
}

TEST_CASE("a stream that is full takes no more messages") {
  StreamLog log;
  for (Offset offset = 1; offset <= limits::messages_max; ++offset) {
    Push push;
    push.stream = room;
    push.offset = offset;
    push.data = MessagePosted{};
    log.apply(push);
  }
  const ChatPace pace{Settings{}};
  const Context context{.now = 1};
  const Chat chat{
      room, log, anna, {}, everything(), pace, [](PersonId) { return Mentioned::nobody; }, context};
  CHECK(code_of(decide_chat(MessageSend{"nonce-01", room, "hi", 0}, chat)) == ErrorCode::too_large);
}

TEST_CASE("one edits one's own messages while they stand, and while one may write") {
  Talk talk;
  const Offset of = talk.say("helo");
  const Decision edited = talk.ask(MessageEdit{"nonce-01", room, of, "hello"});
  CHECK(std::get<MessageEdited>(edited.pushes.at(0).data).body == "hello");
  CHECK(std::get<PostedReply>(talk.ask(MessageEdit{"nonce-01", room, of, "hello"}).reply).dup);
  CHECK(code_of(talk.ask(MessageEdit{"nonce-02", room, of, "mine"}, bo)) == ErrorCode::forbidden);
  CHECK(code_of(talk.ask(MessageEdit{"nonce-03", room, 77, "x"})) == ErrorCode::not_found);
  talk.rights.send = refuse(ErrorCode::muted, "You are muted.");
  CHECK(code_of(talk.ask(MessageEdit{"nonce-04", room, of, "x"})) == ErrorCode::muted);
  talk.rights = {};
  talk.ask(MessageDelete{"nonce-05", room, of, ""});
  CHECK(code_of(talk.ask(MessageEdit{"nonce-06", room, of, "x"})) == ErrorCode::conflict);
}

TEST_CASE("an edit keeps the bound of the place") {
  Talk talk;
  const Offset of = talk.say("hi");
  talk.rights.body_max = 3;
  CHECK(code_of(talk.ask(MessageEdit{"nonce-01", room, of, "four"})) == ErrorCode::too_large);
}

TEST_CASE("one deletes one's own messages, a moderator those of others") {
  Talk talk;
  const Offset of = talk.say("rude");
  CHECK(code_of(talk.ask(MessageDelete{"nonce-01", room, of, ""}, bo)) == ErrorCode::forbidden);
  talk.rights.may_delete_others = true;
  const Decision deleted = talk.ask(MessageDelete{"nonce-02", room, of, "rude"}, bo);
  REQUIRE(deleted.pushes.size() == 1);
  CHECK(std::get<MessageDeleted>(deleted.pushes[0].data).reason == "rude");
  CHECK(is_nothing(talk.ask(MessageDelete{"nonce-03", room, of, ""})));
  CHECK(code_of(talk.ask(MessageDelete{"nonce-04", room, 55, ""})) == ErrorCode::not_found);
}

TEST_CASE("the muted may still delete their own words") {
  Talk talk;
  const Offset of = talk.say("rude");
  talk.rights.send = refuse(ErrorCode::muted, "You are muted.");
  CHECK(talk.ask(MessageDelete{"nonce-01", room, of, ""}).pushes.size() == 1);
}

TEST_CASE("deleting what is pinned takes the pin off, behind the deletion") {
  Talk talk;
  const Offset of = talk.say("agenda");
  talk.ask(MessagePin{room, of});
  const Decision deleted = talk.ask(MessageDelete{"nonce-01", room, of, ""});
  REQUIRE(deleted.pushes.size() == 2);
  CHECK(std::holds_alternative<MessageDeleted>(deleted.pushes[0].data));
  CHECK(std::get<MessageUnpinned>(deleted.pushes[1].data).of == of);
  CHECK(deleted.pushes[1].nonce.empty());
  CHECK(talk.log().pinned_count() == 0);
}

TEST_CASE("a reaction states how it shall be") {
  Talk talk;
  const Offset of = talk.say("hi");
  CHECK(talk.ask(MessageReact{room, of, "👍", true}).pushes.size() == 1);
  CHECK(is_nothing(talk.ask(MessageReact{room, of, "👍", true})));
  CHECK(talk.ask(MessageReact{room, of, "👍", true}, bo).pushes.size() == 1);
  CHECK(talk.ask(MessageReact{room, of, "👍", false}).pushes.size() == 1);
  CHECK(is_nothing(talk.ask(MessageReact{room, of, "👍", false})));
  CHECK(code_of(talk.ask(MessageReact{room, 9, "👍", true})) == ErrorCode::not_found);
  talk.rights.react = forbidden;
  CHECK(code_of(talk.ask(MessageReact{room, of, "🎉", true})) == ErrorCode::forbidden);
}

TEST_CASE("a message holds twenty emoji, and is closed to new ones once deleted") {
  Talk talk;
  const Offset of = talk.say("hi");
  for (std::size_t i = 0; i < limits::reactions_max; ++i) {
    REQUIRE_FALSE(
        talk.ask(MessageReact{room, of, std::string(1, static_cast<char>('a' + i)), true}).refusal);
  }
  const Decision decision = talk.ask(MessageReact{room, of, "z", true});
  CHECK(code_of(decision) == ErrorCode::too_large);
  CHECK(decision.refusal->field == "emoji");
  CHECK(talk.ask(MessageReact{room, of, "a", true}, bo).pushes.size() == 1);
  talk.ask(MessageDelete{"nonce-01", room, of, ""});
  CHECK(code_of(talk.ask(MessageReact{room, of, "b", true}, bo)) == ErrorCode::conflict);
  CHECK(talk.ask(MessageReact{room, of, "a", false}, bo).pushes.size() == 1);
}

TEST_CASE("a message holds a thousand reactions over all") {
  Talk talk;
  const Offset of = talk.say("hi");
  for (std::uint64_t i = 0; i < limits::reaction_people_max; ++i) {
    talk.ask(MessageReact{room, of, "👍", true}, PersonId{100 + i});
  }
  CHECK(code_of(talk.ask(MessageReact{room, of, "👍", true})) == ErrorCode::too_large);
}

TEST_CASE("pins need the right, a message that stands, and room") {
  Talk talk;
  const Offset of = talk.say("hi");
  CHECK(is_nothing(talk.ask(MessageUnpin{room, of})));
  CHECK(talk.ask(MessagePin{room, of}).pushes.size() == 1);
  CHECK(is_nothing(talk.ask(MessagePin{room, of})));
  CHECK(talk.ask(MessageUnpin{room, of}).pushes.size() == 1);
  CHECK(code_of(talk.ask(MessagePin{room, 44})) == ErrorCode::not_found);
  CHECK(code_of(talk.ask(MessageUnpin{room, 44})) == ErrorCode::not_found);
  talk.ask(MessageDelete{"nonce-01", room, of, ""});
  CHECK(code_of(talk.ask(MessagePin{room, of})) == ErrorCode::conflict);
  for (std::size_t i = 0; i < limits::pins_max; ++i) talk.ask(MessagePin{room, talk.say("m")});
  const Offset extra = talk.say("one too many");
  CHECK(code_of(talk.ask(MessagePin{room, extra})) == ErrorCode::too_large);
  talk.rights.pin = forbidden;
  CHECK(code_of(talk.ask(MessagePin{room, extra})) == ErrorCode::forbidden);
  CHECK(code_of(talk.ask(MessageUnpin{room, extra})) == ErrorCode::forbidden);
}

TEST_CASE("what lies outside the visible slices does not exist") {
  Talk talk;
  const Offset of = talk.say("others' sitting");
  talk.visible = {{of + 1, 99}};
  CHECK(code_of(talk.ask(MessageEdit{"nonce-01", room, of, "x"})) == ErrorCode::not_found);
  CHECK(code_of(talk.ask(MessageDelete{"nonce-02", room, of, ""})) == ErrorCode::not_found);
  CHECK(code_of(talk.ask(MessageReact{room, of, "👍", true})) == ErrorCode::not_found);
  CHECK(code_of(talk.ask(MessagePin{room, of})) == ErrorCode::not_found);
  CHECK(std::get<MessagesReply>(talk.ask(MessageHistory{room, 0, 50}).reply).messages.empty());
}

TEST_CASE("history gives the messages before an offset") {
  Talk talk;
  for (int i = 0; i < 4; ++i) talk.say("m");
  const Decision decision = talk.ask(MessageHistory{room, 4, 2});
  const auto& reply = std::get<MessagesReply>(decision.reply);
  REQUIRE(reply.messages.size() == 2);
  CHECK(reply.messages[0].offset == 2);
  CHECK(reply.more);
}

TEST_CASE("typing is told at its pace, not in a crowd, and not by whoever may not write") {
  Talk talk;
  talk.rights.people = limits::typing_people_max;
  CHECK(talk.ask(Typing{room}).pushes.size() == 1);
  CHECK(is_nothing(talk.ask(Typing{room})));
  talk.now += limits::typing_ms;
  talk.rights.people = limits::typing_people_max + 1;
  CHECK(is_nothing(talk.ask(Typing{room})));
  talk.rights.people = 2;
  CHECK(talk.ask(Typing{room}).pushes.size() == 1);
  talk.rights.send = forbidden;
  CHECK(code_of(talk.ask(Typing{room})) == ErrorCode::forbidden);
}

TEST_CASE("the commands of talk name their stream, others do not") {
  CHECK(chat_stream_of(MessageSend{"nonce-01", room, "hi", 0}) == room);
  CHECK(chat_stream_of(Typing{room}) == room);
  CHECK(chat_stream_of(MessageHistory{room, 0, 1}) == room);
  CHECK_FALSE(chat_stream_of(Read{room, 1}));
  CHECK_FALSE(chat_stream_of(RoomEnter{RoomId{7}}));
}

}  // namespace
}  // namespace hallway
