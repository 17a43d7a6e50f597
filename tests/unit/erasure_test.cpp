// PV-1, PV-2: a person's words are blank wherever they stood, and nobody's name is on them.
#include <catch2/catch.hpp>

#include "rooms/conversation_place.hpp"
#include "rooms/erasure.hpp"
#include "tests/unit/event_stage.hpp"

namespace hallway::test {
namespace {

FollowUp erasure_of(PlaceId place, PersonId person) {
  return {place, person, PersonErased{person}};
}

Decision erase(EventStage& stage, PersonId person) {
  return stage.perform(stage.place().receive(erasure_of(stage.place().id(), person),
                                             Context{.now = stage.now(), .seed = 1}));
}

TEST_CASE("PV-1: an event forgets a person's words on every stream, and their name") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  const PersonId mo = stage.come("Mo", Role::moderator);
  const RoomId tables = stage.room("Tables");
  for (const PersonId person : {anna, bo}) {
    stage.act(person, RoomEnter{tables});
    stage.act(person, TableSit{stage.table("Table 1")});
  }
  const StreamId room = stream_of(tables);
  const StreamId table = stream_of(stage.table("Table 1"));
  stage.act(anna, saying(room, "marker one"));
  stage.act(bo, saying(room, "mine"));
  stage.act(anna, saying(table, "marker two"));
  stage.act(anna, TableCallHelp{stage.table("Table 1"), "marker three"});
  stage.act(mo, RoomEnter{tables});
  const Offset pinned = stage.place().snapshot(room, bo, 50).messages.at(0).offset;
  CHECK(outcome(stage.act(mo, MessagePin{room, pinned})) == "ok");

  const Decision decision = erase(stage, anna);
  CHECK(decision.closes.size() == 1);
  const auto messages = stage.place().snapshot(room, bo, 50).messages;
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].body.empty());
  CHECK(messages[0].deleted);
  CHECK_FALSE(messages[0].pinned);
  CHECK(messages[1].body == "mine");
  CHECK(stage.place().snapshot(table, bo, 50).messages.at(0).body.empty());
  CHECK(stage.place().person_view(anna).card.name == erased_name);
  CHECK_FALSE(stage.event().find(anna)->present);
  CHECK(stage.event().help.begin()->second.line.empty());
  // Whoever was away is told no word of it either.
  const Epoch epoch{7};
  const auto missed = stage.place().recover({room, to_text(epoch), 0}, bo, epoch, 300);
  REQUIRE_FALSE(missed.reset);
  for (const Push& push : missed.pushes) {
    if (const auto* posted = std::get_if<MessagePosted>(&push.data)) {
      CHECK(posted->body == (push.by == bo ? "mine" : ""));
    }
  }
  // They are not to come back, and it is the same after a restart.
  CHECK(outcome(stage.arrive(anna)) == "forbidden");
  CHECK(EventStage::portrait(stage.place()) == EventStage::portrait(*stage.replayed()));
}

TEST_CASE("PV-1: staff who go are staff no more; a stranger changes nothing of an event") {
  EventStage stage;
  const PersonId mo = stage.come("Mo", Role::moderator);
  stage.come("Bo");
  erase(stage, mo);
  CHECK(stage.place().role_of(mo) == Role::member);
  erase(stage, PersonId{999});
  CHECK_FALSE(stage.place().person_known(PersonId{999}));
}

struct Talk {
  Context context() { return {.now = 1'790'000'000'000, .seed = 1, .met = true}; }
  Decision perform(Decision decision) {
    for (Push& push : decision.pushes) {
      push.offset = place.top(push.stream) + 1;
      place.apply(push);
    }
    return decision;
  }
  const PersonId anna{1}, bo{2};
  const ConversationId id = conversation_of({anna, bo});
  ConversationPlace place{id, Settings{}};
};

TEST_CASE("PV-1, PV-2: a conversation forgets one of its two, and the other writes to nobody") {
  Talk talk;
  talk.perform(talk.place.decide(ConversationStart{"nonce001", {talk.bo}, "marker"}, talk.anna,
                                 talk.context()));
  talk.perform(talk.place.decide(MessageSend{"nonce002", stream_of(talk.id), "mine", 0}, talk.bo,
                                 talk.context()));
  talk.perform(talk.place.receive(erasure_of(place_of(talk.id), talk.anna), talk.context()));
  const auto messages = talk.place.snapshot(stream_of(talk.id), talk.bo, 50).messages;
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].body.empty());
  CHECK(messages[1].body == "mine");
  CHECK(talk.place.streams_of(talk.anna).empty());
  CHECK(outcome(talk.place.decide(MessageSend{"nonce003", stream_of(talk.id), "hello?", 0}, talk.bo,
                                  talk.context())) == "conflict");
  CHECK(outcome(talk.place.decide(ConversationStart{"nonce004", {talk.anna}, "hello?"}, talk.bo,
                                  talk.context())) == "conflict");
}

}  // namespace
}  // namespace hallway::test
