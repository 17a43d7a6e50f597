// Rooms, tables as they are made, and an event's life from planned to unreadable.
#include <catch2/catch.hpp>

#include "event_stage.hpp"

namespace hallway {
namespace {

using test::EventStage;
using test::outcome;
using test::pushed;
using test::StreamChange;
using test::told;

EventSpec in_an_hour() {
  EventSpec spec = test::small_event();
  spec.starts_at += 3'600'000;
  spec.ends_at += 3'600'000;
  return spec;
}

EventUpdate state_set_to(EventState state) {
  EventUpdate command;
  command.state = state;
  return command;
}

}  // namespace

TEST_CASE("an event is made with its rooms, tables and sofas [events]") {
  EventStage stage;
  const EventView event = stage.place().event_view();
  REQUIRE(event.rooms.size() == 3);
  CHECK(event.rooms[0].kind == RoomKind::lobby);
  CHECK(event.rooms[1].tables.empty());
  REQUIRE(event.rooms[2].tables.size() == 3);
  CHECK(event.rooms[2].tables[0].name == "Table 1");
  CHECK(event.rooms[2].tables[0].capacity == 2);
  CHECK_FALSE(event.rooms[2].tables[0].seats);
  CHECK_FALSE(event.rooms[2].tables[2].capacity);
  CHECK(event.state == EventState::live);
}

TEST_CASE("a lobby is made where none is named, and more than one is refused [events]") {
  EventSpec spec = test::small_event();
  spec.rooms.clear();
  CHECK(EventStage(spec).place().event_view().rooms.size() == 1);
  const EventPlace place(EventStage::event_id, Settings{});
  const Context context{.now = EventStage::start, .seed = 1};
  spec.rooms = {{"One", RoomKind::lobby}, {"Two", RoomKind::lobby}};
  CHECK(outcome(place.create(spec, context)) == "bad_request rooms");
  spec.rooms = {{"Hall", RoomKind::tables, 1'000, 6}};
  CHECK(outcome(place.create(spec, context)) == "too_large rooms");
  spec.rooms = {{"Hall", RoomKind::tables, 1, 1}};
  CHECK(outcome(place.create(spec, context)) == "bad_request rooms");
  spec.rooms.assign(limits::rooms_max, {"Hall", RoomKind::plenary});
  CHECK(outcome(place.create(spec, context)) == "too_large rooms");
  spec.rooms.clear();
  spec.ends_at = spec.starts_at;
  CHECK(outcome(place.create(spec, context)) == "bad_request ends_at");
}

TEST_CASE("entering a room leaves the seat and changes the streams [room.enter]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const StreamId lobby = stream_of(stage.lobby());
  const RoomId hall = stage.room("Tables");
  CHECK(stage.receives(anna, stream_of(EventStage::event_id)));
  const Decision entered = stage.act(anna, RoomEnter{hall});
  CHECK(std::get<RoomReply>(entered.reply).room == hall);
  CHECK(stage.changes() ==
        std::vector<StreamChange>{{anna, lobby, false}, {anna, stream_of(hall), true}});
  stage.act(anna, TableSit{stage.table("Table 1")});
  const Decision left = stage.act(anna, RoomEnter{stage.lobby()});
  CHECK(told(left) == "seat.left person.entered");
  CHECK(pushed<SeatLeft>(left)[0].reason == SeatLeftReason::left);
  CHECK(told(stage.act(anna, RoomEnter{stage.lobby()})).empty());
  CHECK(outcome(stage.act(anna, RoomEnter{RoomId{5}})) == "not_found room");
}

TEST_CASE("a room made twice with one nonce is one room [room.create, nonce]") {
  EventStage stage;
  const PersonId mo = stage.come("Mo", Role::moderator);
  const RoomCreate command = test::new_room_named("Quiet", RoomKind::tables);
  const Decision made = stage.act(mo, command);
  CHECK(told(made) == "room.created");
  const auto reply = std::get<PostedReply>(made.reply);
  CHECK(reply.room == stage.room("Quiet"));
  const Decision again = stage.act(mo, command);
  CHECK(told(again).empty());
  CHECK(std::get<PostedReply>(again.reply).dup);
  CHECK(std::get<PostedReply>(again.reply).room == reply.room);
  CHECK(std::get<PostedReply>(again.reply).offset == reply.offset);
  RoomCreate other = command;
  other.kind = RoomKind::plenary;
  CHECK(outcome(stage.act(mo, other)) == "nonce_conflict nonce");
  stage.act(mo, RoomClose{reply.room});
  CHECK(std::get<PostedReply>(stage.act(mo, command).reply).dup);
}

TEST_CASE("refusals of room.create") {
  EventStage stage;
  const PersonId mo = stage.come("Mo", Role::moderator);
  CHECK(outcome(stage.act(mo, test::new_room_named("Two", RoomKind::lobby))) == "bad_request kind");
  RoomCreate command = test::new_room_named("Hall");
  command.tables = 3;
  CHECK(outcome(stage.act(mo, command)) == "bad_request tables");
  command.tables.reset();
  command.capacity = 3;
  CHECK(outcome(stage.act(mo, command)) == "bad_request capacity");
  command.kind = RoomKind::tables;
  command.capacity = 1;
  CHECK(outcome(stage.act(mo, command)) == "bad_request capacity");
  command.capacity = 3;
  command.tables = limits::tables_max;
  CHECK(outcome(stage.act(mo, command)) == "too_large tables");
  for (std::size_t count = 3; count < limits::rooms_max; ++count) {
    REQUIRE(outcome(stage.act(mo, test::new_room_named("r" + std::to_string(count)))) == "ok");
  }
  CHECK(outcome(stage.act(mo, test::new_room_named("One too many"))) == "too_large");
}

TEST_CASE("a room is renamed [room.update]") {
  EventStage stage;
  const PersonId mo = stage.come("Mo", Role::moderator);
  const RoomId room = stage.room("Stage");
  CHECK(told(stage.act(mo, RoomUpdate{room, "Plenary"})) == "room.updated");
  CHECK(told(stage.act(mo, RoomUpdate{room, "Plenary"})).empty());
  CHECK(told(stage.act(mo, RoomUpdate{room, {}})).empty());
  CHECK(outcome(stage.act(mo, RoomUpdate{RoomId{5}, "X"})) == "not_found room");
}

TEST_CASE("closing a room leads its people to the lobby first [room.close]") {
  EventStage stage;
  const PersonId mo = stage.come("Mo", Role::moderator);
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  const RoomId hall = stage.room("Tables");
  stage.act(anna, RoomEnter{hall});
  stage.act(bo, RoomEnter{hall});
  stage.act(anna, TableSit{stage.table("Table 1")});
  stage.act(mo, TableVisit{stage.table("Table 1"), true});
  stage.drop(bo);
  const Decision closed = stage.act(mo, RoomClose{hall});
  CHECK(told(closed) == "table.visited seat.left person.entered person.entered room.closed");
  CHECK(pushed<SeatLeft>(closed)[0].reason == SeatLeftReason::room_closed);
  CHECK(stage.place().where(anna).room == stage.lobby());
  CHECK(stage.place().where(bo).room == stage.lobby());
  CHECK(outcome(stage.act(mo, RoomClose{hall})) == "not_found room");
  CHECK(outcome(stage.act(mo, RoomClose{stage.lobby()})) == "conflict room");
}

TEST_CASE("a table is made in a room with tables [table.create]") {
  EventStage stage;
  const PersonId fia = stage.come("Fia", Role::facilitator);
  const RoomId hall = stage.room("Tables");
  const Decision made = stage.act(fia, test::new_table_in(hall));
  CHECK(told(made) == "table.created");
  CHECK(made.pushes[0].stream == stream_of(hall));
  const TableView table = pushed<TableCreated>(made)[0].table;
  CHECK(table.name == "Table 3");
  CHECK(table.capacity == 6);
  CHECK(std::get<PostedReply>(made.reply).table == table.id);
  const auto again = std::get<PostedReply>(stage.act(fia, test::new_table_in(hall)).reply);
  CHECK(again.dup);
  CHECK(again.table == table.id);
  TableCreate other = test::new_table_in(hall);
  other.topic = "Something else";
  CHECK(outcome(stage.act(fia, other)) == "nonce_conflict nonce");
  other.nonce = "nonce-other";
  other.capacity = 1;
  CHECK(outcome(stage.act(fia, other)) == "bad_request capacity");
  other.room = stage.room("Stage");
  CHECK(outcome(stage.act(fia, other)) == "conflict room");
  other.room = RoomId{5};
  CHECK(outcome(stage.act(fia, other)) == "not_found room");
}

TEST_CASE("a room holds a thousand tables at most [table.create]") {
  EventSpec spec = test::small_event();
  spec.rooms = {{"Big", RoomKind::tables, 999, 2}};
  EventStage stage(spec);
  const PersonId fia = stage.come("Fia", Role::facilitator);
  CHECK(outcome(stage.act(fia, test::new_table_in(stage.room("Big")))) == "too_large room");
}

TEST_CASE("planned: members wait in the lobby and read; staff prepare [event.update]") {
  EventStage stage(in_an_hour());
  REQUIRE(stage.event().life == EventState::planned);
  const PersonId anna = stage.come("Anna");
  const PersonId fia = stage.come("Fia", Role::facilitator);
  CHECK(outcome(stage.act(anna, RoomEnter{stage.room("Stage")})) == "room_closed");
  CHECK(outcome(stage.act(anna, test::saying(stream_of(stage.lobby()), "early"))) == "room_closed");
  CHECK(outcome(stage.act(anna, MessageHistory{stream_of(stage.lobby())})) == "ok");
  CHECK(outcome(stage.act(fia, RoomEnter{stage.room("Tables")})) == "ok");
  CHECK(outcome(stage.act(fia, TableSit{stage.table("Table 1")})) == "ok");
}

TEST_CASE("an event opens by itself thirty minutes before it starts [event.update]") {
  EventStage stage(in_an_hour());
  CHECK(stage.place().next_deadline() == EventStage::start + 1'800'000);
  stage.pass_ms(1'799'999);
  CHECK(stage.event().life == EventState::planned);
  stage.pass_ms(1);
  CHECK(stage.event().life == EventState::live);
}

TEST_CASE("staff open and close an event [event.update]") {
  EventStage stage(in_an_hour());
  const PersonId anna = stage.come("Anna");
  const PersonId fia = stage.come("Fia", Role::facilitator);
  CHECK(outcome(stage.act(anna, state_set_to(EventState::live))) == "forbidden");
  CHECK(told(stage.act(fia, state_set_to(EventState::live))) == "event.updated");
  CHECK(told(stage.act(fia, state_set_to(EventState::live))).empty());
  CHECK(outcome(stage.act(fia, state_set_to(EventState::planned))) == "conflict state");
  stage.act(anna, RoomEnter{stage.room("Tables")});
  stage.act(anna, TableSit{stage.table("Table 1")});
  const Decision closed = stage.act(fia, state_set_to(EventState::over));
  CHECK(told(closed) == "seat.left person.entered event.updated");
  CHECK(stage.place().where(anna).room == stage.lobby());
  CHECK(told(stage.act(fia, state_set_to(EventState::live))) == "event.updated");
}

TEST_CASE("only an organiser changes more than the state [event.update]") {
  EventStage stage;
  const PersonId fia = stage.come("Fia", Role::facilitator);
  const PersonId ora = stage.come("Ora", Role::organiser);
  EventUpdate command = state_set_to(EventState::live);
  command.title = "New title";
  CHECK(outcome(stage.act(fia, command)) == "forbidden");
  const Decision updated = stage.act(ora, command);
  CHECK(told(updated) == "event.updated");
  CHECK(pushed<EventUpdated>(updated)[0].event.title == "New title");
  CHECK(pushed<EventUpdated>(updated)[0].event.timezone == "Europe/Copenhagen");
  command = {};
  command.ends_at = EventStage::start;
  CHECK(outcome(stage.act(ora, command)) == "bad_request ends_at");
  command = {};
  command.programme.emplace().push_back({EventStage::start, 30, "Talk", RoomId{5}});
  CHECK(outcome(stage.act(ora, command)) == "not_found programme");
  command.programme->at(0).room = stage.room("Stage");
  CHECK(outcome(stage.act(ora, command)) == "ok");
  CHECK(stage.event().programme.size() == 1);
}

TEST_CASE("over: all in the lobby, read for a day, written no more [event.update]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId mo = stage.come("Mo", Role::moderator);
  const StreamId lobby = stream_of(stage.lobby());
  stage.act(anna, test::saying(lobby, "hello"));
  stage.act(anna, RoomEnter{stage.room("Stage")});
  stage.pass_ms(150 * 60'000);
  CHECK(stage.event().life == EventState::over);
  CHECK(stage.place().where(anna).room == stage.lobby());
  CHECK(outcome(stage.act(anna, test::saying(lobby, "late"))) == "room_closed");
  CHECK(outcome(stage.act(mo, test::saying(lobby, "late"))) == "room_closed");
  CHECK(outcome(stage.act(anna, MessageReact{lobby, 1, "x", true})) == "room_closed");
  CHECK(outcome(stage.act(anna, RoomEnter{stage.room("Stage")})) == "ok");  // to read on
  CHECK(outcome(stage.act(mo, MessageDelete{"nonce-gone", lobby, 1, "rude"})) == "ok");
  CHECK(outcome(stage.act(mo, state_set_to(EventState::live))) == "conflict state");
  stage.pass_ms(limits::readable_after_ms - 1);
  CHECK(stage.receives(anna, lobby) == false);
  CHECK(stage.receives(mo, lobby));
  stage.pass_ms(1);
  CHECK(stage.place().streams_of(mo).empty());
  CHECK(outcome(stage.arrive(anna)) == "forbidden");
}

TEST_CASE("an event without an end is never over by itself [events]") {
  EventSpec spec = test::small_event();
  spec.ends_at = 0;
  EventStage stage(spec);
  CHECK_FALSE(stage.place().next_deadline());
  stage.pass_ms(30 * 24 * 3'600'000LL);
  CHECK(stage.event().life == EventState::live);
}

}  // namespace hallway
