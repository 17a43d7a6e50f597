// Private conversations: requests and answers, blocks, who sees what, and the same after a restart.
#include "rooms/conversation_place.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/support/place_runner.hpp"

namespace hallway {
namespace {

using test::PlaceRunner;

constexpr PersonId anna{1};
constexpr PersonId bo{2};
constexpr PersonId cy{3};
constexpr PersonId dot{4};

struct Fixture {
  explicit Fixture(std::vector<PersonId> members = {anna, bo})
      : people(std::move(members)), id(conversation_of(people)) {}

  std::vector<PersonId> people;
  ConversationId id;
  ConversationPlace place{id, Settings{}};
  PlaceRunner run{place};
  StreamId stream = stream_of(id);

  Decision start(PersonId by, const std::string& body, bool met = false, std::string nonce = {}) {
    std::vector<PersonId> others = people;
    std::erase(others, by);
    if (nonce.empty()) nonce = "start-" + std::to_string(++count_);
    return run.command(ConversationStart{std::move(nonce), others, body}, by, met);
  }
  Decision say(PersonId by, const std::string& body) {
    return run.command(MessageSend{"nonce-" + std::to_string(++count_), stream, body, 0}, by);
  }
  Decision answer(PersonId by, bool accept) {
    return run.command(ConversationAnswer{id, accept}, by);
  }
  Decision block(PersonId by, bool on) {
    const PersonId other = by == anna ? bo : anna;
    return run.receive(FollowUp{place_of(id), by, BlockSet{by, other, on}});
  }
  bool receives(PersonId person) const { return !place.streams_of(person).empty(); }
  std::vector<std::string> words_for(PersonId person) const {
    std::vector<std::string> words;
    for (const auto& message : place.snapshot(stream, person, 50).messages) {
      words.push_back(message.body);
    }
    return words;
  }
  std::optional<ResetReason> resumed(PersonId person, Offset after) const {
    return place.recover({stream, to_text(Epoch{9}), after}, person, Epoch{9}, 300).reset;
  }

 private:
  int count_ = 1000;
};

ErrorCode code_of(const Decision& decision) {
  REQUIRE(decision.refusal);
  CHECK(decision.pushes.empty());
  return decision.refusal->code;
}

template <class T>
const T* find(const Decision& decision) {
  for (const Push& push : decision.pushes) {
    if (const T* found = std::get_if<T>(&push.data)) return found;
  }
  return nullptr;
}

std::vector<PersonId> told(const Decision& decision) {
  std::vector<PersonId> people;
  for (const FollowUp& follow_up : decision.follow_ups) {
    REQUIRE(std::holds_alternative<ConversationStarted>(follow_up.data));
    people.push_back(PersonId{follow_up.target.value});
  }
  std::sort(people.begin(), people.end());
  return people;
}

// --- Beginning

TEST_CASE("the same people have the same conversation, in whatever order") {
  CHECK(conversation_of({anna, bo}) == conversation_of({bo, anna, bo}));
  CHECK(conversation_of({anna, bo}) != conversation_of({anna, cy}));
  CHECK(conversation_of({anna, bo}) != conversation_of({anna, bo, cy}));
  CHECK(people_of(ConversationStart{"n", {cy, bo, cy}, ""}, anna) == std::vector{anna, bo, cy});
}

TEST_CASE("the id of a conversation never changes: stored ones must be found again") {
  CHECK(to_text(conversation_of({PersonId{1}, PersonId{2}})) == "cv_5h8s3vh98s1t0");
}

TEST_CASE("a start among people who have met opens the conversation and tells everyone") {
  Fixture f;
  const Decision started = f.start(anna, "hi", true);
  REQUIRE(started.pushes.size() == 2);
  CHECK(started.pushes[0].stream == facts_of(f.place.id()));
  CHECK_FALSE(std::get<ConversationOpened>(started.pushes[0].data).requested);
  CHECK(started.pushes[1].stream == f.stream);
  CHECK(std::get<MessagePosted>(started.pushes[1].data).body == "hi");
  CHECK(told(started) == std::vector{anna, bo});
  const auto& reply = std::get<PostedReply>(started.reply);
  CHECK(reply.conversation == f.id);
  CHECK(reply.offset == 1);
  CHECK(f.place.view(bo).state == ConversationState::open);
  CHECK(f.receives(anna));
  CHECK(f.receives(bo));
  CHECK_FALSE(f.receives(cy));
}

TEST_CASE("a start among strangers is a request of one short message") {
  Fixture f;
  CHECK(code_of(f.start(anna, std::string(limits::request_max + 1, 'x'))) == ErrorCode::too_large);
  CHECK_FALSE(f.start(anna, std::string(limits::request_max, 'x')).refusal);
  CHECK(f.place.view(bo).state == ConversationState::requested);
  CHECK(f.place.view(bo).requested_by == anna);
  CHECK(code_of(f.start(anna, "more")) == ErrorCode::conflict);
  CHECK(code_of(f.say(anna, "more")) == ErrorCode::conflict);
  CHECK(code_of(f.run.command(MessageEdit{"nonce-ed", f.stream, 1, "longer"}, anna)) ==
        ErrorCode::conflict);
  CHECK(code_of(f.run.command(Typing{f.stream}, anna)) == ErrorCode::conflict);
}

TEST_CASE("a request repeated with its nonce is answered, though nothing more may be said") {
  Fixture f;
  f.start(anna, "hi", false, "nonce-01");
  const Decision again = f.start(anna, "hi", false, "nonce-01");
  CHECK(again.pushes.empty());
  CHECK(again.follow_ups.empty());
  const auto& reply = std::get<PostedReply>(again.reply);
  CHECK(reply.dup);
  CHECK(reply.offset == 1);
  CHECK(reply.conversation == f.id);
  CHECK(code_of(f.start(anna, "ho", false, "nonce-01")) == ErrorCode::nonce_conflict);
}

TEST_CASE("a start names one to seven others") {
  Fixture alone({anna});
  CHECK(code_of(alone.start(anna, "me")) == ErrorCode::bad_request);
  std::vector<PersonId> crowd;
  for (std::uint64_t i = 1; i <= limits::conversation_people_max + 1; ++i) {
    crowd.push_back(PersonId{i});
  }
  Fixture many(crowd);
  CHECK(code_of(many.start(anna, "all")) == ErrorCode::too_large);
  crowd.pop_back();
  Fixture eight(crowd);
  CHECK_FALSE(eight.start(anna, "all").refusal);
}

TEST_CASE("starting again posts into the same conversation") {
  Fixture f;
  f.start(anna, "one", true);
  const Decision again = f.start(bo, "two");
  CHECK(find<ConversationOpened>(again) == nullptr);
  CHECK(std::get<PostedReply>(again.reply).offset == 2);
  CHECK(told(again) == std::vector{anna, bo});
  CHECK(f.words_for(anna) == std::vector<std::string>{"one", "two"});
}

TEST_CASE("who meets after a request needs no answer any more") {
  Fixture f;
  f.start(anna, "hi");
  const Decision again = f.start(anna, "good to meet you", true);
  CHECK_FALSE(again.refusal);
  CHECK(find<ConversationAccepted>(again) != nullptr);
  CHECK(std::get<PostedReply>(again.reply).offset == 2);
  CHECK_FALSE(f.say(anna, "more").refusal);
}

// --- Answering

TEST_CASE("accepting opens the conversation, once") {
  Fixture f;
  f.start(anna, "hi");
  const Decision accepted = f.answer(bo, true);
  REQUIRE(find<ConversationAccepted>(accepted) != nullptr);
  CHECK(find<ConversationAccepted>(accepted)->person == bo);
  CHECK(f.answer(bo, true).pushes.empty());
  CHECK(f.place.view(anna).state == ConversationState::open);
  CHECK_FALSE(f.say(anna, "more").refusal);
  CHECK(code_of(f.answer(bo, false)) == ErrorCode::conflict);
}

TEST_CASE("an answer by writing accepts, behind the message") {
  Fixture f;
  f.start(anna, "hi");
  const Decision said = f.say(bo, "hello");
  REQUIRE(said.pushes.size() == 2);
  CHECK(std::holds_alternative<MessagePosted>(said.pushes[0].data));
  CHECK(std::holds_alternative<ConversationAccepted>(said.pushes[1].data));
  CHECK(std::get<PostedReply>(said.reply).offset == 2);
  CHECK_FALSE(f.say(anna, "more").refusal);
  CHECK(find<ConversationAccepted>(f.say(bo, "again")) == nullptr);
}

TEST_CASE("a decline is silent: gone for the decliner, unchanged for the starter") {
  Fixture f;
  f.start(anna, "hi");
  const Offset top = f.place.top(f.stream);
  const Decision declined = f.answer(bo, false);
  CHECK_FALSE(declined.refusal);
  CHECK(find<ConversationDeclined>(declined) != nullptr);
  CHECK(f.place.top(f.stream) == top);
  CHECK_FALSE(f.receives(bo));
  CHECK(f.receives(anna));
  CHECK(f.place.view(anna).state == ConversationState::requested);
  CHECK(code_of(f.say(anna, "more")) == ErrorCode::conflict);
  CHECK(f.answer(bo, false).pushes.empty());
  CHECK(code_of(f.answer(bo, true)) == ErrorCode::not_found);
  CHECK(code_of(f.say(bo, "psst")) == ErrorCode::not_found);
}

TEST_CASE("who declined may begin the same conversation later") {
  Fixture f;
  f.start(anna, "hi");
  f.answer(bo, false);
  const Decision begun = f.start(bo, "I thought again");
  CHECK(find<ConversationAccepted>(begun) != nullptr);
  CHECK(told(begun) == std::vector{anna, bo});
  CHECK(f.receives(bo));
  CHECK_FALSE(f.say(anna, "thank you").refusal);
}

TEST_CASE("only the others answer, and only what there is") {
  Fixture f;
  CHECK(code_of(f.answer(bo, true)) == ErrorCode::not_found);
  f.start(anna, "hi");
  CHECK(code_of(f.answer(anna, true)) == ErrorCode::conflict);
  CHECK(code_of(f.answer(cy, true)) == ErrorCode::not_found);
  CHECK(code_of(f.run.command(ConversationAnswer{ConversationId{5}, true}, bo)) ==
        ErrorCode::not_found);
}

TEST_CASE("nothing is to be answered in a conversation of people who have met") {
  Fixture f;
  f.start(anna, "hi", true);
  CHECK(f.answer(bo, true).pushes.empty());
  CHECK(code_of(f.answer(bo, false)) == ErrorCode::conflict);
}

TEST_CASE("a group is requested until anyone else accepts, and each sees it") {
  Fixture f({anna, bo, cy});
  CHECK(told(f.start(anna, "hi")) == std::vector{anna, bo, cy});
  CHECK(f.receives(bo));
  CHECK(f.receives(cy));
  f.answer(cy, true);
  CHECK(f.place.view(bo).state == ConversationState::open);
  CHECK_FALSE(f.say(anna, "welcome").refusal);
  // Who has not accepted may still leave it alone.
  CHECK_FALSE(f.answer(bo, false).refusal);
  CHECK_FALSE(f.receives(bo));
  CHECK(f.receives(cy));
}

TEST_CASE("strangers find nothing here") {
  Fixture f;
  f.start(anna, "hi", true);
  CHECK(code_of(f.say(cy, "let me in")) == ErrorCode::not_found);
  CHECK(code_of(f.run.command(MessageHistory{f.stream, 0, 50}, cy)) == ErrorCode::not_found);
  CHECK(code_of(f.run.command(Typing{f.stream}, cy)) == ErrorCode::not_found);
  CHECK(code_of(f.run.command(Typing{stream_of(RoomId{7})}, anna)) == ErrorCode::not_found);
  CHECK(code_of(f.run.command(RoomEnter{RoomId{7}}, anna)) == ErrorCode::not_found);
  CHECK(code_of(f.run.arrive(PersonView{cy, {}})) == ErrorCode::not_found);
  CHECK_FALSE(f.run.arrive(PersonView{bo, {}}).refusal);
  CHECK(f.place.readable(f.stream, cy).empty());
  CHECK(f.resumed(cy, 0) == ResetReason::forbidden);
}

TEST_CASE("its people pin, nobody deletes another's words") {
  Fixture f;
  f.start(anna, "hi", true);
  CHECK(f.run.command(MessagePin{f.stream, 1}, bo).pushes.size() == 1);
  CHECK(code_of(f.run.command(MessageDelete{"nonce-01", f.stream, 1, ""}, bo)) ==
        ErrorCode::forbidden);
  CHECK_FALSE(f.run.command(MessageDelete{"nonce-01", f.stream, 1, ""}, anna).refusal);
}

TEST_CASE("only its people are mentioned, and nothing tells who has closed the door") {
  Fixture f;
  f.start(anna, "hi", true);
  f.block(bo, true);
  const Decision said = f.say(anna, "<@" + to_text(bo) + "> <@" + to_text(cy) + ">");
  CHECK(find<MessagePosted>(said)->mentions == std::vector{bo});
  CHECK(std::get<PostedReply>(said.reply).unseen.empty());
}

// --- Blocks

TEST_CASE("a block closes the stream for the blocker while it lasts, and nobody else notices") {
  Fixture f;
  f.start(anna, "hi", true);
  CHECK(f.block(bo, true).pushes.size() == 1);
  CHECK(f.block(bo, true).pushes.empty());
  CHECK_FALSE(f.receives(bo));
  CHECK(f.receives(anna));
  CHECK_FALSE(f.say(anna, "are you there?").refusal);
  CHECK(code_of(f.say(bo, "no")) == ErrorCode::not_found);
  CHECK(code_of(f.start(bo, "no")) == ErrorCode::conflict);
  CHECK(told(f.start(anna, "hello?")) == std::vector{anna});
  CHECK(f.place.readable(f.stream, bo).empty());
}

TEST_CASE("what was written during a block stays unseen after it") {
  Fixture f;
  f.start(anna, "before", true);
  f.block(bo, true);
  f.say(anna, "during");
  f.block(bo, false);
  CHECK(f.receives(bo));
  f.say(anna, "after");
  CHECK(f.words_for(bo) == std::vector<std::string>{"before", "after"});
  CHECK(f.words_for(anna) == std::vector<std::string>{"before", "during", "after"});
  const Decision history = f.run.command(MessageHistory{f.stream, 3, 50}, bo);
  CHECK(std::get<MessagesReply>(history.reply).messages.size() == 1);
  CHECK(code_of(f.run.command(MessageReact{f.stream, 2, "👍", true}, bo)) == ErrorCode::not_found);
  CHECK(f.place.messages_at(f.stream, bo, {1, 2, 3}).size() == 2);
}

TEST_CASE("recovery over what was hidden is a reset, beside it is not") {
  Fixture f;
  f.start(anna, "before", true);
  f.block(bo, true);
  f.say(anna, "during");
  CHECK(f.resumed(bo, 1) == ResetReason::forbidden);
  f.block(bo, false);
  f.say(anna, "after");
  CHECK(f.resumed(bo, 1) == ResetReason::sitting);
  CHECK_FALSE(f.resumed(bo, 2));
  CHECK_FALSE(f.resumed(bo, 3));
  CHECK_FALSE(f.resumed(anna, 0));
}

TEST_CASE("a request made during a block is acknowledged and never appears by itself") {
  Fixture f;
  f.block(bo, true);
  const Decision started = f.start(anna, "let me explain");
  CHECK_FALSE(started.refusal);
  CHECK(told(started) == std::vector{anna});
  CHECK_FALSE(f.receives(bo));
  f.block(bo, false);
  CHECK_FALSE(f.receives(bo));
  CHECK(code_of(f.answer(bo, true)) == ErrorCode::not_found);

  // When the one who had blocked writes, it begins for them with their own words.
  const Decision begun = f.start(bo, "hello");
  CHECK(told(begun) == std::vector{anna, bo});
  CHECK(f.receives(bo));
  CHECK(f.words_for(bo) == std::vector<std::string>{"hello"});
  const auto concerned = f.place.concerned(begun.pushes.back());
  CHECK(std::find(concerned.begin(), concerned.end(), bo) != concerned.end());
}

TEST_CASE("blocks that follow each other hide as one") {
  Fixture f;
  f.block(bo, true);
  f.start(anna, "one", true);
  f.block(bo, false);
  f.block(bo, true);
  f.say(anna, "two");
  f.block(bo, false);
  CHECK_FALSE(f.receives(bo));
  const Decision said = f.say(anna, "three");
  CHECK(told(said) == std::vector{bo});
  CHECK(f.words_for(bo) == std::vector<std::string>{"three"});
}

TEST_CASE("a block without a word said hides nothing") {
  Fixture f;
  f.start(anna, "hi", true);
  f.block(bo, true);
  f.block(bo, false);
  CHECK(f.place.visible_to(bo) == everything());
}

TEST_CASE("each of two may block the other") {
  Fixture f;
  f.start(anna, "hi", true);
  f.block(anna, true);
  f.block(bo, true);
  CHECK_FALSE(f.receives(anna));
  CHECK_FALSE(f.receives(bo));
  f.block(anna, false);
  CHECK(f.receives(anna));
}

TEST_CASE("a conversation can be looked at whole by those who have it") {
  Fixture f;
  f.start(anna, "hi");
  f.block(bo, true);
  const Decision asked = f.run.command(StreamSnapshot{f.stream, 50}, anna);
  const auto& snapshot = std::get<SnapshotReply>(asked.reply).snapshot;
  CHECK(snapshot.offset == 1);
  CHECK(snapshot.messages.size() == 1);
  CHECK(code_of(f.run.command(StreamSnapshot{f.stream, 50}, bo)) == ErrorCode::not_found);
  CHECK(code_of(f.run.command(StreamSnapshot{f.stream, 50}, cy)) == ErrorCode::not_found);
}

// --- A restart

TEST_CASE("the journal gives the same conversation back") {
  Fixture f;
  f.block(bo, true);
  f.start(anna, "request", false, "nonce-01");
  f.block(bo, false);
  f.start(bo, "yes?");
  f.say(anna, "oh good");
  f.run.command(MessageReact{f.stream, f.place.top(f.stream), "👍", true}, bo);
  f.block(anna, true);
  f.say(bo, "hello?");

  ConversationPlace fresh(f.id, Settings{});
  f.run.replay_into(fresh);
  CHECK(fresh.people() == f.place.people());
  for (const PersonId person : {anna, bo, cy}) {
    CHECK(fresh.streams_of(person) == f.place.streams_of(person));
    CHECK(fresh.visible_to(person) == f.place.visible_to(person));
  }
  CHECK(fresh.top(f.stream) == f.place.top(f.stream));
  CHECK(fresh.view(bo).state == f.place.view(bo).state);
  const auto& before = f.place.snapshot(f.stream, bo, 50).messages;
  const auto& after = fresh.snapshot(f.stream, bo, 50).messages;
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    CHECK(after[i].offset == before[i].offset);
    CHECK(after[i].body == before[i].body);
    CHECK(after[i].reactions == before[i].reactions);
  }
  const ConversationStart repeated{"nonce-01", {bo}, "request"};
  CHECK(std::get<PostedReply>(fresh.decide(repeated, anna, f.run.context()).reply).dup);
}

TEST_CASE("a declined group stays declined after a restart") {
  Fixture f({anna, bo, cy, dot});
  f.start(anna, "hi");
  f.answer(bo, false);
  f.answer(cy, true);
  ConversationPlace fresh(f.id, Settings{});
  f.run.replay_into(fresh);
  CHECK(fresh.streams_of(bo).empty());
  CHECK(fresh.view(dot).state == ConversationState::open);
  CHECK_FALSE(fresh.next_deadline());
}

}  // namespace
}  // namespace hallway
