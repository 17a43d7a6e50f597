// A person's own affairs: blocks, read marks, what they are told, the nonce of a new conversation.
#include "rooms/person_place.hpp"

#include <catch2/catch.hpp>

#include "rooms/conversation_place.hpp"
#include "tests/support/place_runner.hpp"

namespace hallway {
namespace {

using test::PlaceRunner;

constexpr PersonId anna{1};
constexpr PersonId bo{2};
constexpr PersonId cy{3};
const StreamId own = stream_of(anna);
const StreamId room = stream_of(RoomId{7});

struct Fixture {
  PersonPlace place{anna, Settings{}};
  PlaceRunner run{place};

  Decision tell(PushData data, PersonId by = bo) {
    return run.receive(FollowUp{place_of(anna), by, std::move(data)});
  }
};

ErrorCode code_of(const Decision& decision) {
  REQUIRE(decision.refusal);
  return decision.refusal->code;
}

TEST_CASE("a person's stream is their own") {
  Fixture f;
  CHECK(f.place.streams_of(anna) == std::vector{own});
  CHECK(f.place.streams_of(bo).empty());
  CHECK(code_of(f.run.command(Read{room, 3}, bo)) == ErrorCode::not_found);
  CHECK(code_of(f.run.arrive(PersonView{bo, {}})) == ErrorCode::not_found);
  CHECK_FALSE(f.run.arrive(PersonView{anna, {}}).refusal);
}

TEST_CASE("a block stands on one's own stream and goes to the conversation of the two") {
  Fixture f;
  const Decision blocked = f.run.command(PersonBlock{bo}, anna);
  REQUIRE(blocked.pushes.size() == 1);
  CHECK(blocked.pushes[0].stream == own);
  CHECK(std::get<PostedReply>(blocked.reply).offset == 1);
  REQUIRE(blocked.follow_ups.size() == 1);
  CHECK(blocked.follow_ups[0].target == place_of(conversation_of({bo, anna})));
  const auto& set = std::get<BlockSet>(blocked.follow_ups[0].data);
  CHECK(set.by == anna);
  CHECK(set.person == bo);
  CHECK(set.on);
  CHECK(f.place.blocks(bo));

  const Decision again = f.run.command(PersonBlock{bo}, anna);
  CHECK(again.pushes.empty());
  CHECK(again.follow_ups.empty());

  const Decision lifted = f.run.command(PersonUnblock{bo}, anna);
  CHECK_FALSE(std::get<BlockSet>(lifted.follow_ups.at(0).data).on);
  CHECK_FALSE(f.place.blocks(bo));
  CHECK(f.run.command(PersonUnblock{bo}, anna).pushes.empty());
}

TEST_CASE("nobody blocks themselves, nobody, or more people than fit") {
  Fixture f;
  CHECK(code_of(f.run.command(PersonBlock{anna}, anna)) == ErrorCode::bad_request);
  CHECK(code_of(f.run.command(PersonBlock{PersonId{}}, anna)) == ErrorCode::not_found);
  for (std::uint64_t i = 0; i < limits::blocked_max; ++i) {
    f.run.command(PersonBlock{PersonId{100 + i}}, anna);
  }
  CHECK(code_of(f.run.command(PersonBlock{bo}, anna)) == ErrorCode::too_large);
}

TEST_CASE("an invitation reaches the person unless they block who sent it") {
  Fixture f;
  const TableInvited invited{TableId{5}, RoomId{7}, EventId{9}, bo};
  const Decision told = f.tell(invited);
  REQUIRE(told.pushes.size() == 1);
  CHECK(told.pushes[0].stream == own);
  CHECK(told.pushes[0].by == bo);
  f.run.command(PersonBlock{bo}, anna);
  CHECK(f.tell(invited).pushes.empty());
}

TEST_CASE("what moderators do is told whoever is blocked") {
  Fixture f;
  f.run.command(PersonBlock{bo}, anna);
  CHECK(f.tell(PersonMuted{anna, 5000, false, "rude"}).pushes.size() == 1);
  CHECK(f.tell(PersonUnmuted{anna, ""}).pushes.size() == 1);
  CHECK(f.tell(PersonRemoved{anna, "rude"}).pushes.size() == 1);
}

TEST_CASE("only what is meant for a person is received") {
  Fixture f;
  CHECK(f.tell(RoomClosed{RoomId{7}}).pushes.empty());
  CHECK(f.tell(BlockSet{bo, anna, true}).pushes.empty());
}

TEST_CASE("conversations are listed by latest activity, two hundred of them") {
  Fixture f;
  f.tell(ConversationStarted{ConversationId{11}, {anna, bo}});
  f.tell(ConversationStarted{ConversationId{12}, {anna, cy}});
  CHECK(f.place.conversations() == std::vector{ConversationId{12}, ConversationId{11}});
  f.run.command(Read{stream_of(ConversationId{11}), 4}, anna);
  f.run.wait_ms(limits::read_flush_ms);
  f.run.tick();
  CHECK(f.place.conversations() == std::vector{ConversationId{11}, ConversationId{12}});
  for (std::uint64_t i = 0; i < limits::conversations_max; ++i) {
    f.tell(ConversationStarted{ConversationId{100 + i}, {anna, bo}});
  }
  CHECK(f.place.conversations().size() == limits::conversations_max);
  CHECK(f.place.conversations().back() == ConversationId{100});
}

TEST_CASE("a conversation of two begun by somebody blocked is not told; a larger one is") {
  Fixture f;
  f.run.command(PersonBlock{bo}, anna);
  CHECK(f.tell(ConversationStarted{ConversationId{11}, {anna, bo}}).pushes.empty());
  CHECK(f.tell(ConversationStarted{ConversationId{12}, {anna, bo, cy}}).pushes.size() == 1);
}

TEST_CASE("a read mark only rises, is told at once and journaled within two seconds") {
  Fixture f;
  CHECK_FALSE(f.place.next_deadline());
  const Decision read = f.run.command(Read{room, 5}, anna);
  REQUIRE(read.pushes.size() == 1);
  CHECK(std::get<ReadPush>(read.pushes[0].data).offset == 5);
  CHECK(f.run.command(Read{room, 5}, anna).pushes.empty());
  CHECK(f.run.command(Read{room, 4}, anna).pushes.empty());
  CHECK(f.place.read_mark(room) == 5);
  CHECK(f.run.journal().empty());
  const TimeMs first_at = f.run.now();
  CHECK(f.place.next_deadline() == first_at + limits::read_flush_ms);

  f.run.wait_ms(1500);
  f.run.command(Read{room, 8}, anna);
  CHECK(f.place.next_deadline() == first_at + limits::read_flush_ms);
  CHECK(f.run.tick().pushes.empty());
  f.run.wait_ms(500);
  const Decision flushed = f.run.tick();
  REQUIRE(flushed.pushes.size() == 1);
  CHECK(std::get<ReadMarked>(flushed.pushes[0].data).offset == 8);
  CHECK_FALSE(f.place.next_deadline());
}

TEST_CASE("marks are journaled when a session ends") {
  Fixture f;
  f.run.command(Read{room, 5}, anna);
  CHECK(f.run.depart(anna).pushes.size() == 1);
  CHECK(f.run.depart(anna).pushes.empty());
}

TEST_CASE("of read marks the latest are kept") {
  Fixture f;
  for (std::uint64_t i = 0; i < limits::reads_max + 3; ++i) {
    f.run.wait_ms(1);
    f.run.command(Read{stream_of(RoomId{1 + i}), 1}, anna);
  }
  CHECK(f.place.reads().size() == limits::reads_max);
  CHECK(f.place.read_mark(stream_of(RoomId{1})) == 0);
  CHECK(f.place.read_mark(stream_of(RoomId{limits::reads_max + 3})) == 1);
}

TEST_CASE("the nonce of a new conversation is spent once") {
  Fixture f;
  const ConversationStart start{"nonce-01", {bo}, "hi"};
  const Decision first = f.run.perform(f.place.claim(start, anna, f.run.context()));
  REQUIRE(first.pushes.size() == 1);
  CHECK(std::get<NonceClaimed>(first.pushes[0].data).conversation == conversation_of({anna, bo}));
  const Decision again = f.place.claim(start, anna, f.run.context());
  CHECK_FALSE(again.refusal);
  CHECK(again.pushes.empty());
  const ConversationStart other_words{"nonce-01", {bo}, "ho"};
  CHECK(code_of(f.place.claim(other_words, anna, f.run.context())) == ErrorCode::nonce_conflict);
  const ConversationStart other_people{"nonce-01", {cy}, "hi"};
  CHECK(code_of(f.place.claim(other_people, anna, f.run.context())) == ErrorCode::nonce_conflict);
  f.run.wait_ms(limits::nonce_ms);
  CHECK(f.place.claim(other_words, anna, f.run.context()).pushes.size() == 1);
  CHECK(code_of(f.place.claim(start, bo, f.run.context())) == ErrorCode::not_found);
}

TEST_CASE("nobody writes on a person's stream") {
  Fixture f;
  CHECK(code_of(f.run.command(MessageSend{"nonce-01", own, "hi", 0}, anna)) ==
        ErrorCode::forbidden);
  CHECK(code_of(f.run.command(MessageSend{"nonce-01", stream_of(bo), "hi", 0}, anna)) ==
        ErrorCode::not_found);
  CHECK(code_of(f.run.command(Typing{own}, anna)) == ErrorCode::forbidden);
  CHECK_FALSE(f.run.command(MessageHistory{own, 0, 10}, anna).refusal);
}

TEST_CASE("a person's stream can be looked at whole") {
  Fixture f;
  f.run.command(PersonBlock{bo}, anna);
  const Decision asked = f.run.command(StreamSnapshot{own, 50}, anna);
  const auto& snapshot = std::get<SnapshotReply>(asked.reply).snapshot;
  CHECK(snapshot.offset == 1);
  CHECK(std::get<PersonStreamState>(snapshot.state).blocked == std::vector{bo});
  CHECK(code_of(f.run.command(StreamSnapshot{own, 50}, bo)) == ErrorCode::not_found);
  CHECK(code_of(f.run.command(StreamSnapshot{room, 50}, anna)) == ErrorCode::not_found);
}

TEST_CASE("one's own messages that wait are told until somebody has looked at them [MO-17]") {
  Fixture f;
  const EventId here{40}, elsewhere{41};
  const auto waiting = [&](const PersonPlace& place) {
    std::vector<std::pair<EventId, std::int64_t>> told;
    const Snapshot snapshot = place.snapshot(own, anna, 50);
    for (const HeldView& held : std::get<PersonStreamState>(snapshot.state).held) {
      CHECK(held.by == anna);
      told.emplace_back(held.event, held.held);
    }
    return told;
  };
  using Told = std::vector<std::pair<EventId, std::int64_t>>;
  f.tell(MessageHeld{1, room, "words", 0, here}, anna);
  f.tell(MessageHeld{1, room, "other words", 0, elsewhere}, anna);
  f.tell(MessageHeld{2, room, "more words", 0, here}, anna);
  f.tell(MessageReviewed{1, true, "", here});
  CHECK(waiting(f.place) == Told{{elsewhere, 1}, {here, 2}});
  PersonPlace fresh(anna, Settings{});
  f.run.replay_into(fresh);
  CHECK(waiting(fresh) == waiting(f.place));
  for (std::int64_t number = 3; number < 100; ++number) {
    f.tell(MessageHeld{number, room, "words", 0, here}, anna);
  }
  CHECK(waiting(f.place).size() == limits::held_of_one_max);
  CHECK(waiting(f.place).back() == std::pair{here, std::int64_t{99}});
}

TEST_CASE("the journal gives the same person back") {
  Fixture f;
  f.run.command(PersonBlock{bo}, anna);
  f.run.command(PersonBlock{cy}, anna);
  f.run.command(PersonUnblock{cy}, anna);
  f.tell(ConversationStarted{ConversationId{12}, {anna, cy}}, cy);
  f.run.command(Read{room, 5}, anna);
  const ConversationStart start{"nonce-01", {cy}, "hi"};
  f.run.perform(f.place.claim(start, anna, f.run.context()));
  f.run.depart(anna);

  PersonPlace fresh(anna, Settings{});
  f.run.replay_into(fresh);
  CHECK(fresh.blocked() == f.place.blocked());
  CHECK(fresh.conversations() == f.place.conversations());
  CHECK(fresh.reads() == f.place.reads());
  CHECK(fresh.top(own) == f.place.top(own));
  CHECK(fresh.claim(start, anna, f.run.context()).pushes.empty());
  const Snapshot snapshot = fresh.snapshot(own, anna, 50);
  CHECK(snapshot.offset == 4);
  CHECK(std::get<PersonStreamState>(snapshot.state).blocked == std::vector{bo});
}

}  // namespace
}  // namespace hallway
