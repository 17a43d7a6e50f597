// Talk in an event: who may say what where, sittings at tables, and what snapshots show.
#include <catch2/catch.hpp>

#include "event_stage.hpp"
#include "protocol/codec.hpp"

namespace hallway {
namespace {

using test::EventStage;
using test::outcome;
using test::saying;
using test::told;

const StreamId announcements = stream_of(EventStage::event_id);
const StreamId desk = desk_of(EventStage::event_id);

struct Talk : EventStage {
  RoomId hall = room("Tables");
  TableId one = table("Table 1");
  StreamId talk = stream_of(one);
  PersonId anna = guest("Anna");
  PersonId bo = guest("Bo");
  PersonId cy = guest("Cy");
  PersonId mo = guest("Mo", Role::moderator);

  PersonId guest(const std::string& name, Role role = Role::member) {
    const PersonId person = come(name, role);
    act(person, RoomEnter{hall});
    return person;
  }
  void sit(PersonId person) { REQUIRE(outcome(act(person, TableSit{one})) == "ok"); }
  void stand(PersonId person) {
    act(person, TableStand{});
    act(person, TableStand{});  // from the sofa into the room
  }
  std::string history(PersonId person, StreamId stream) {
    const Decision decision = act(person, MessageHistory{stream});
    if (decision.refusal) return outcome(decision);
    std::string bodies;
    for (const auto& message : std::get<MessagesReply>(decision.reply).messages) {
      bodies += message.body + ' ';
    }
    return bodies;
  }
};

}  // namespace

TEST_CASE("one talks in the room one is in, and sees no other [message.send]") {
  Talk t;
  CHECK(outcome(t.act(t.anna, saying(stream_of(t.hall), "hi"))) == "ok");
  CHECK(outcome(t.act(t.anna, saying(stream_of(t.lobby()), "hi"))) == "not_found stream");
  CHECK(outcome(t.act(t.anna, MessageHistory{stream_of(t.lobby())})) == "not_found stream");
  CHECK(outcome(t.act(t.anna, StreamSnapshot{stream_of(t.lobby())})) == "not_found stream");
  CHECK(outcome(t.act(t.anna, saying(stream_of(RoomId{5}), "hi"))) == "not_found stream");
  CHECK(outcome(t.act(t.anna, saying(t.talk, "hi"))) == "not_found stream");
}

TEST_CASE("staff announce on the event's stream, members read it [message.send]") {
  Talk t;
  CHECK(outcome(t.act(t.anna, saying(announcements, "hi"))) == "forbidden stream");
  CHECK(outcome(t.act(t.mo, saying(announcements, "Welcome"))) == "ok");
  CHECK(t.history(t.anna, announcements) == "Welcome ");
  const Offset offset = t.place().top(announcements);
  CHECK(outcome(t.act(t.anna, MessageReact{announcements, offset, "x", true})) == "ok");
}

TEST_CASE("desk and person take no messages [message.send]") {
  Talk t;
  CHECK(outcome(t.act(t.mo, saying(desk, "hi"))) == "forbidden stream");
  CHECK(outcome(t.act(t.anna, saying(desk, "hi"))) == "not_found stream");
  CHECK(outcome(t.act(t.anna, saying(stream_of(t.anna), "hi"))) == "forbidden stream");
  CHECK(outcome(t.act(t.anna, saying(stream_of(t.bo), "hi"))) == "not_found stream");
}

TEST_CASE("staff pin in a room, the seated at their table [message.pin]") {
  Talk t;
  t.act(t.anna, saying(stream_of(t.hall), "hi"));
  const Offset in_room = t.place().top(stream_of(t.hall));
  CHECK(outcome(t.act(t.anna, MessagePin{stream_of(t.hall), in_room})) == "forbidden stream");
  CHECK(outcome(t.act(t.mo, MessagePin{stream_of(t.hall), in_room})) == "ok");
  t.sit(t.anna);
  t.act(t.anna, saying(t.talk, "here"));
  const Offset at_table = t.place().top(t.talk);
  t.act(t.mo, TableVisit{t.one, true});
  CHECK(outcome(t.act(t.mo, MessagePin{t.talk, at_table})) == "forbidden stream");
  CHECK(outcome(t.act(t.anna, MessagePin{t.talk, at_table})) == "ok");
}

TEST_CASE("a moderator deletes what others said, a member their own [message.delete]") {
  Talk t;
  const StreamId room = stream_of(t.hall);
  t.act(t.anna, saying(room, "rude"));
  const Offset offset = t.place().top(room);
  CHECK(outcome(t.act(t.bo, MessageDelete{"nonce-bo", room, offset, ""})) == "forbidden offset");
  CHECK(outcome(t.act(t.mo, MessageDelete{"nonce-mo", room, offset, "rude"})) == "ok");
  CHECK(t.history(t.anna, room) == " ");
}

TEST_CASE("mentions of people elsewhere are told to the sender [message.send]") {
  Talk t;
  const PersonId dan = t.come("Dan");
  const std::string body =
      "<@" + to_text(t.bo) + "> <@" + to_text(dan) + "> <@" + to_text(PersonId{5}) + ">";
  MessageSend command{"nonce-mention", stream_of(t.hall), body, 0};
  const Decision sent = t.act(t.anna, command);
  CHECK(std::get<PostedReply>(sent.reply).unseen == std::vector{dan});
  CHECK(std::get<MessagePosted>(sent.pushes[0].data).mentions == std::vector{t.bo, dan});
}

TEST_CASE("messages have a pace a person and stream [limits]") {
  Talk t;
  const StreamId room = stream_of(t.hall);
  for (int count = 0; count < 20; ++count) {
    REQUIRE(outcome(t.act(t.anna, saying(room, "m" + std::to_string(count)))) == "ok");
  }
  CHECK(outcome(t.act(t.anna, saying(room, "fast"))) == "rate_limited");
  CHECK(outcome(t.act(t.bo, saying(room, "mine"))) == "ok");
  t.wait_ms(1'000);
  CHECK(outcome(t.act(t.anna, saying(room, "fast"))) == "ok");
}

TEST_CASE("typing is told in small rooms and kept back beyond a hundred people [typing]") {
  Talk t;
  const StreamId room = stream_of(t.hall);
  CHECK(told(t.act(t.anna, Typing{room})) == "typing");
  CHECK(told(t.act(t.anna, Typing{room})).empty());
  for (int count = 0; count < 100; ++count) t.guest("Guest");
  CHECK(told(t.act(t.bo, Typing{room})).empty());
}

TEST_CASE("a table's talk belongs to those of its sitting [streams]") {
  Talk t;
  t.sit(t.anna);
  t.act(t.anna, saying(t.talk, "first"));
  t.stand(t.anna);
  t.sit(t.bo);
  t.act(t.bo, saying(t.talk, "second"));
  CHECK(t.history(t.bo, t.talk) == "second ");
  CHECK(t.history(t.anna, t.talk) == "first ");
  CHECK(t.history(t.cy, t.talk) == "not_found stream");
  t.sit(t.anna);  // a newcomer is shown the current sitting
  CHECK(t.history(t.anna, t.talk) == "first second ");
  const Snapshot seen = t.place().snapshot(t.talk, t.anna, 50);
  REQUIRE(seen.messages.size() == 1);
  CHECK(seen.messages[0].body == "second");
  CHECK_FALSE(seen.more);
}

TEST_CASE("who left a sitting keeps what was said until then [streams]") {
  Talk t;
  t.sit(t.anna);
  t.sit(t.bo);
  t.act(t.anna, saying(t.talk, "together"));
  t.stand(t.anna);
  t.act(t.bo, saying(t.talk, "alone"));
  CHECK(t.history(t.anna, t.talk) == "together ");
  CHECK(outcome(t.act(t.anna, saying(t.talk, "psst"))) == "not_found stream");
  t.sit(t.anna);
  CHECK(t.history(t.anna, t.talk) == "together alone ");
}

TEST_CASE("recovery over a sitting of others is a reset [resume]") {
  Talk t;
  const Epoch epoch{1};
  t.sit(t.anna);
  t.act(t.anna, saying(t.talk, "mine"));
  const Offset last = t.place().top(t.talk);
  const auto recover = [&](PersonId person) {
    return t.place().recover({t.talk, to_text(epoch), last}, person, epoch, 300);
  };
  t.act(t.anna, saying(t.talk, "more"));
  CHECK_FALSE(recover(t.anna).reset);
  CHECK(recover(t.anna).pushes.size() == 1);
  CHECK(recover(t.bo).reset == ResetReason::forbidden);
  t.stand(t.anna);
  t.sit(t.bo);
  t.act(t.bo, saying(t.talk, "theirs"));
  t.stand(t.bo);
  t.sit(t.anna);
  CHECK(recover(t.anna).reset == ResetReason::sitting);
}

TEST_CASE("a visitor hears the current sitting and keeps nothing of it [table.visit]") {
  Talk t;
  t.sit(t.anna);
  t.act(t.anna, saying(t.talk, "secret"));
  t.act(t.mo, TableVisit{t.one, true});
  CHECK(t.history(t.mo, t.talk) == "secret ");
  CHECK(outcome(t.act(t.mo, saying(t.talk, "hello"))) == "ok");
  CHECK(std::get<TableStreamState>(t.place().snapshot(t.talk, t.mo, 50).state).visitors ==
        std::vector{t.mo});
  t.act(t.mo, TableVisit{t.one, false});
  CHECK(t.history(t.mo, t.talk) == "not_found stream");
  CHECK_FALSE(t.place().have_met(t.anna, {t.mo}));
}

TEST_CASE("a visitor of an empty table does not hear the sitting before [table.visit]") {
  Talk t;
  t.sit(t.anna);
  t.act(t.anna, saying(t.talk, "gone"));
  t.stand(t.anna);
  t.act(t.mo, TableVisit{t.one, true});
  CHECK(t.history(t.mo, t.talk).empty());
  t.act(t.mo, saying(t.talk, "echo"));
  CHECK(t.history(t.mo, t.talk) == "echo ");
  CHECK(t.place().snapshot(t.talk, t.mo, 50).messages.size() == 1);
}

TEST_CASE("a message whose answer was lost is answered again wherever its author went [nonce]") {
  Talk t;
  t.sit(t.anna);
  const MessageSend command = saying(t.talk, "once");
  const auto first = std::get<PostedReply>(t.act(t.anna, command).reply);
  t.stand(t.anna);
  const auto again = std::get<PostedReply>(t.act(t.anna, command).reply);
  CHECK(again.dup);
  CHECK(again.offset == first.offset);
  CHECK(outcome(t.act(t.anna, saying(t.talk, "twice"))) == "not_found stream");
}

TEST_CASE("having met is having sat in one sitting [conversation.start]") {
  Talk t;
  t.sit(t.anna);
  t.sit(t.bo);
  t.stand(t.bo);
  t.sit(t.cy);
  CHECK(t.place().have_met(t.anna, {t.bo, t.cy}));
  CHECK(t.place().have_met(t.bo, {t.cy}));
  t.stand(t.anna);
  t.stand(t.cy);
  t.sit(t.mo);
  CHECK_FALSE(t.place().have_met(t.mo, {t.anna}));
  CHECK_FALSE(t.place().have_met(t.anna, {t.bo, t.mo}));
  CHECK_FALSE(t.place().have_met(t.anna, {PersonId{5}}));
}

TEST_CASE("a search looks where the asker may read [message.search]") {
  Talk t;
  t.sit(t.anna);
  t.act(t.anna, saying(t.talk, "mine"));
  const Offset last = t.place().top(t.talk);
  t.stand(t.anna);
  t.sit(t.bo);
  const auto scopes = t.place().search_scopes(t.anna);
  REQUIRE(scopes.size() == 3);  // the event, the room, the table; on the sofa nothing was said
  CHECK(scopes[0].stream == announcements);
  CHECK(scopes[1].stream == stream_of(t.hall));
  CHECK(scopes[2].stream == t.talk);
  CHECK(scopes[2].slices == Slices{{1, last}});
  CHECK(t.place().search_scopes(t.mo).size() == 2);
  CHECK(t.place().search_scopes(PersonId{5}).empty());
}

TEST_CASE("a room's snapshot has its tables with seats, and its people [stream.snapshot]") {
  Talk t;
  t.sit(t.anna);
  t.act(t.anna, saying(stream_of(t.hall), "hi"));
  const Decision decision = t.act(t.bo, StreamSnapshot{stream_of(t.hall)});
  const Snapshot& seen = std::get<SnapshotReply>(decision.reply).snapshot;
  CHECK(seen.offset == t.place().top(stream_of(t.hall)));
  const auto& state = std::get<RoomStreamState>(seen.state);
  CHECK(state.people.size() == 4);
  CHECK(state.count == 4);
  REQUIRE(state.room.tables[0].seats);
  CHECK(state.room.tables[0].seats->at(0).person == t.anna);
  CHECK(seen.messages.size() == 1);
  CHECK(outcome(t.act(t.anna, StreamSnapshot{desk})) == "not_found stream");
  CHECK(outcome(t.act(t.mo, StreamSnapshot{desk})) == "ok");
  CHECK(std::holds_alternative<EventStreamState>(
      t.place().snapshot(announcements, t.anna, 50).state));
}

TEST_CASE("a knock is in the table's snapshot [stream.snapshot]") {
  Talk t;
  t.sit(t.anna);
  t.act(t.anna, TableLock{t.one});
  t.act(t.bo, TableKnock{t.one, "may I?"});
  const auto state = std::get<TableStreamState>(t.place().snapshot(t.talk, t.anna, 50).state);
  REQUIRE(state.knocks.size() == 1);
  CHECK(state.knocks[0].line == "may I?");
  CHECK(state.table.locked);
}

TEST_CASE("beyond 200 people a snapshot names its writers and one's table [stream.snapshot]") {
  Talk t;
  t.sit(t.anna);
  t.sit(t.bo);
  for (int count = 0; count < 200; ++count) t.guest("Guest");
  t.act(t.cy, saying(stream_of(t.hall), "hi"));
  const auto state =
      std::get<RoomStreamState>(t.place().snapshot(stream_of(t.hall), t.anna, 50).state);
  CHECK(state.count == 204);
  REQUIRE(state.people.size() == 3);
  CHECK(state.people[0].id == t.anna);
  CHECK(state.people[1].id == t.bo);
  CHECK(state.people[2].id == t.cy);
}

TEST_CASE("a snapshot stays within its bound; the oldest messages are left out [limits]") {
  Talk t;
  CardUpdate card;
  card.about = std::string(200, '"');
  for (int count = 0; count < 190; ++count) t.act(t.guest("Guest"), card);
  const StreamId room = stream_of(t.hall);
  for (int count = 0; count < 20; ++count) {
    t.act(t.anna, saying(room, std::to_string(count) + std::string(3'990, '\\')));
  }
  const Snapshot seen = t.place().snapshot(room, t.anna, 50);
  CHECK(seen.more);
  REQUIRE_FALSE(seen.messages.empty());
  CHECK(seen.messages.back().body.starts_with("19"));
  std::string encoded;
  encode_opened(encoded, seen);
  CHECK(encoded.size() <= limits::answer_bytes_max);
  PersonGet get;
  for (const auto& [person, member] : t.event().members) get.people.push_back(person);
  std::string reply;
  encode_reply(reply, 1, t.act(t.anna, get).reply);
  CHECK(reply.size() <= limits::answer_bytes_max);
}

}  // namespace hallway
