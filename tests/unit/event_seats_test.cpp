// Seats, locks, knocks, invitations, visits and calls for help at an event's tables.
#include <catch2/catch.hpp>

#include "event_stage.hpp"

namespace hallway {
namespace {

using test::EventStage;
using test::outcome;
using test::pushed;
using test::StreamChange;
using test::told;

/// Everyone in the room with tables of two, nobody seated.
struct Tables : EventStage {
  RoomId hall = room("Tables");
  TableId one = table("Table 1");
  TableId two = table("Table 2");
  TableId couch = sofa();
  PersonId anna = guest("Anna");
  PersonId bo = guest("Bo");
  PersonId cy = guest("Cy");
  PersonId fia = guest("Fia", Role::facilitator);
  PersonId mo = guest("Mo", Role::moderator);

  PersonId guest(const std::string& name, Role role = Role::member) {
    const PersonId person = come(name, role);
    REQUIRE(outcome(act(person, RoomEnter{hall})) == "ok");
    return person;
  }
  void sit(PersonId person, TableId at) { REQUIRE(outcome(act(person, TableSit{at})) == "ok"); }
  std::size_t taken(TableId at) const { return event().find(at)->seats.size(); }
  TableId seat_of(PersonId person) const { return event().find(person)->table; }
};

}  // namespace

TEST_CASE("sitting down takes a seat and opens the table's stream [table.sit]") {
  Tables t;
  const Decision sat = t.act(t.anna, TableSit{t.one});
  CHECK(std::get<TableReply>(sat.reply).table == t.one);
  CHECK(told(sat) == "seat.taken");
  CHECK(sat.pushes[0].stream == stream_of(t.hall));
  CHECK(t.changes() == std::vector<StreamChange>{{t.anna, stream_of(t.one), true}});
  CHECK(t.receives(t.anna, stream_of(t.hall)));
}

TEST_CASE("sitting where one sits changes nothing [table.sit]") {
  Tables t;
  t.sit(t.anna, t.one);
  const Decision again = t.act(t.anna, TableSit{t.one});
  CHECK(told(again).empty());
  CHECK(std::get<TableReply>(again.reply).table == t.one);
}

TEST_CASE("sitting elsewhere stands up first [table.sit]") {
  Tables t;
  t.sit(t.anna, t.one);
  const Decision moved = t.act(t.anna, TableSit{t.two});
  CHECK(told(moved) == "seat.left seat.taken");
  CHECK(pushed<SeatLeft>(moved)[0].reason == SeatLeftReason::moved);
  CHECK(t.changes() == std::vector<StreamChange>{{t.anna, stream_of(t.one), false},
                                                 {t.anna, stream_of(t.two), true}});
}

TEST_CASE("the last chair has one winner; the loser keeps their own [table.sit]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.sit(t.cy, t.two);
  CHECK(outcome(t.act(t.bo, TableSit{t.one})) == "ok");
  CHECK(outcome(t.act(t.cy, TableSit{t.one})) == "table_full table");
  CHECK(t.seat_of(t.cy) == t.two);
  CHECK(t.taken(t.one) == 2);
}

TEST_CASE("the sofa has room for all [table.sit]") {
  Tables t;
  for (const PersonId person : {t.anna, t.bo, t.cy, t.fia, t.mo}) t.sit(person, t.couch);
  CHECK(t.taken(t.couch) == 5);
}

TEST_CASE("refusals of table.sit") {
  Tables t;
  CHECK(outcome(t.act(t.anna, TableSit{TableId{5}})) == "not_found table");
  const PersonId dan = t.come("Dan");
  CHECK(outcome(t.act(dan, TableSit{t.one})) == "conflict table");
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  CHECK(outcome(t.act(t.bo, TableSit{t.one})) == "locked table");
}

TEST_CASE("an away person's chair may be taken, a reconnecting one's may not [places.presence]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.sit(t.bo, t.one);
  t.drop(t.anna);
  CHECK(outcome(t.act(t.cy, TableSit{t.one})) == "table_full table");
  t.pass_ms(limits::reconnecting_ms);
  const Decision sat = t.act(t.cy, TableSit{t.one});
  CHECK(told(sat) == "seat.left seat.taken");
  CHECK(pushed<SeatLeft>(sat)[0].person == t.anna);
  CHECK(pushed<SeatLeft>(sat)[0].reason == SeatLeftReason::away);
  t.arrive(t.anna);
  CHECK(t.place().where(t.anna).room == t.hall);
  CHECK_FALSE(t.place().where(t.anna).table);
}

TEST_CASE("an away person keeps the chair while another is free [places.presence]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.drop(t.anna);
  t.pass_ms(limits::reconnecting_ms);
  CHECK(told(t.act(t.bo, TableSit{t.one})) == "seat.taken");
  CHECK(t.seat_of(t.anna) == t.one);
}

TEST_CASE("standing up leads to the sofa, from the sofa into the room [table.stand]") {
  Tables t;
  CHECK(told(t.act(t.anna, TableStand{})).empty());
  t.sit(t.anna, t.one);
  CHECK(outcome(t.act(t.anna, TableStand{TableId{5}})) == "not_found table");
  CHECK(told(t.act(t.anna, TableStand{t.two})).empty());
  const Decision stood = t.act(t.anna, TableStand{t.one});
  CHECK(told(stood) == "seat.left seat.taken");
  CHECK(pushed<SeatLeft>(stood)[0].reason == SeatLeftReason::stood);
  CHECK(t.seat_of(t.anna) == t.couch);
  CHECK(told(t.act(t.anna, TableStand{})) == "seat.left");
  CHECK_FALSE(t.seat_of(t.anna));
}

TEST_CASE("whoever sits there locks and unlocks; the sofa is never locked [table.lock]") {
  Tables t;
  CHECK(outcome(t.act(t.anna, TableLock{t.one})) == "forbidden table");
  CHECK(outcome(t.act(t.anna, TableLock{TableId{5}})) == "not_found table");
  t.sit(t.anna, t.one);
  CHECK(told(t.act(t.anna, TableLock{t.one})) == "table.locked");
  CHECK(told(t.act(t.anna, TableLock{t.one})).empty());
  CHECK(outcome(t.act(t.bo, TableUnlock{t.one})) == "forbidden table");
  CHECK(outcome(t.act(t.bo, TableUnlock{TableId{5}})) == "not_found table");
  CHECK(told(t.act(t.anna, TableUnlock{t.one})) == "table.unlocked");
  CHECK(told(t.act(t.anna, TableUnlock{t.one})).empty());
  t.sit(t.bo, t.couch);
  CHECK(outcome(t.act(t.bo, TableLock{t.couch})) == "bad_request table");
}

TEST_CASE("an emptied table loses its lock, its mood and its call for help [table.lock]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  TableUpdate deep;
  deep.table = t.one;
  deep.mood = Mood::deep;
  t.act(t.anna, deep);
  t.act(t.anna, TableCallHelp{t.one, "please"});
  const Decision stood = t.act(t.anna, TableStand{});
  CHECK(told(stood) == "seat.left table.unlocked table.updated help.done help.done seat.taken");
  CHECK_FALSE(t.event().find(t.one)->locked);
  CHECK(t.event().help.empty());
}

TEST_CASE("a knock is answered by whoever sits there [table.knock]") {
  Tables t;
  t.sit(t.anna, t.one);
  CHECK(outcome(t.act(t.bo, TableKnock{t.one, ""})) == "conflict table");
  t.act(t.anna, TableLock{t.one});
  const Decision knocked = t.act(t.bo, TableKnock{t.one, "may I?"});
  CHECK(told(knocked) == "table.knocked");
  CHECK(knocked.pushes[0].stream == stream_of(t.one));
  const std::int64_t knock = *std::get<PostedReply>(knocked.reply).knock;
  const Decision again = t.act(t.bo, TableKnock{t.one, "may I?"});
  CHECK(told(again).empty());
  CHECK(std::get<PostedReply>(again.reply).knock == knock);
  CHECK(outcome(t.act(t.cy, TableAnswer{t.one, knock, true})) == "forbidden table");
  CHECK(outcome(t.act(t.cy, TableAnswer{{}, knock, true})) == "forbidden table");
  CHECK(outcome(t.act(t.anna, TableAnswer{TableId{5}, knock, true})) == "not_found table");
  CHECK(outcome(t.act(t.anna, TableAnswer{t.one, knock + 1, true})) == "not_found knock");
  const Decision admitted = t.act(t.anna, TableAnswer{{}, knock, true});
  CHECK(told(admitted) == "seat.taken");
  CHECK(t.seat_of(t.bo) == t.one);
  CHECK(t.event().find(t.one)->locked);
  CHECK(outcome(t.act(t.anna, TableAnswer{t.one, knock, true})) == "not_found knock");
}

TEST_CASE("a declined knock is silent, and so is one that lapses [table.knock]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  t.act(t.bo, TableKnock{t.one, ""});
  const Decision declined = t.act(t.anna, TableAnswer{t.one, 1, false});
  CHECK(told(declined) == "knock.lapsed");  // local: told to nobody
  CHECK(outcome(t.act(t.anna, TableAnswer{t.one, 1, true})) == "not_found knock");
  t.act(t.bo, TableKnock{t.one, ""});
  t.pass_ms(limits::knock_ms);
  CHECK(t.event().find(t.one)->knocks.empty());
  CHECK(outcome(t.act(t.anna, TableAnswer{t.one, 2, true})) == "not_found knock");
}

TEST_CASE("admitting never passes the capacity, nor fetches who has left [table.answer]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  t.act(t.bo, TableKnock{t.one, ""});
  t.act(t.cy, TableKnock{t.one, ""});
  CHECK(outcome(t.act(t.anna, TableAnswer{t.one, 1, true})) == "ok");
  CHECK(outcome(t.act(t.anna, TableAnswer{t.one, 2, true})) == "table_full table");
  t.act(t.bo, TableStand{});
  t.act(t.cy, RoomEnter{t.lobby()});
  CHECK(outcome(t.act(t.anna, TableAnswer{t.one, 2, true})) == "conflict knock");
}

TEST_CASE("refusals of table.knock, and its bound") {
  Tables t;
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  CHECK(outcome(t.act(t.bo, TableKnock{TableId{5}, ""})) == "not_found table");
  CHECK(told(t.act(t.anna, TableKnock{t.one, ""})).empty());
  CHECK(outcome(t.act(t.come("Dan"), TableKnock{t.one, ""})) == "conflict table");
  for (std::size_t count = 0; count < limits::knocks_max; ++count) {
    CHECK(outcome(t.act(t.guest("Guest"), TableKnock{t.one, ""})) == "ok");
  }
  CHECK(outcome(t.act(t.bo, TableKnock{t.one, ""})) == "too_large");
  t.act(t.anna, TableUnlock{t.one});
  CHECK(t.event().find(t.one)->knocks.empty());
}

TEST_CASE("an invitation reaches the person's own stream and opens a locked table [table.invite]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  const Decision invited = t.act(t.anna, TableInvite{t.one, t.bo});
  REQUIRE(invited.follow_ups.size() == 1);
  CHECK(invited.follow_ups[0].target == place_of(t.bo));
  CHECK(std::get<TableInvited>(invited.follow_ups[0].data).by == t.anna);
  CHECK(std::get<TableInvited>(invited.follow_ups[0].data).room == t.hall);
  CHECK(outcome(t.act(t.cy, TableSit{t.one})) == "locked table");
  CHECK(outcome(t.act(t.bo, TableSit{t.one})) == "ok");
  t.act(t.bo, TableStand{});
  CHECK(outcome(t.act(t.bo, TableSit{t.one})) == "locked table");  // it was used
}

TEST_CASE("an invitation grows stale, and one may invite every ten seconds [table.invite]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  CHECK(outcome(t.act(t.anna, TableInvite{t.one, t.bo})) == "ok");
  t.wait_ms(4'000);
  const Decision soon = t.act(t.anna, TableInvite{t.one, t.cy});
  CHECK(outcome(soon) == "rate_limited");
  CHECK(soon.refusal->retry_after_ms == 6'000);
  t.wait_ms(6'000);
  CHECK(outcome(t.act(t.anna, TableInvite{t.one, t.cy})) == "ok");
  t.wait_ms(limits::invite_fresh_ms - 10'000);
  CHECK(outcome(t.act(t.bo, TableSit{t.one})) == "locked table");
  CHECK(outcome(t.act(t.cy, TableSit{t.one})) == "ok");
}

TEST_CASE("refusals of table.invite") {
  Tables t;
  CHECK(outcome(t.act(t.anna, TableInvite{t.one, t.bo})) == "forbidden table");
  CHECK(outcome(t.act(t.anna, TableInvite{TableId{5}, t.bo})) == "not_found table");
  t.sit(t.anna, t.one);
  CHECK(outcome(t.act(t.anna, TableInvite{t.one, PersonId{5}})) == "not_found person");
  t.bye(t.cy);
  CHECK(outcome(t.act(t.anna, TableInvite{t.one, t.cy})) == "not_found person");
  t.sit(t.bo, t.one);
  CHECK(t.act(t.anna, TableInvite{t.one, t.bo}).follow_ups.empty());
}

TEST_CASE("a visit is seen, and one's own seat stays [table.visit]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.act(t.anna, TableLock{t.one});
  t.sit(t.mo, t.two);
  const Decision visited = t.act(t.mo, TableVisit{t.one, true});
  CHECK(told(visited) == "table.visited");
  CHECK(visited.pushes[0].stream == stream_of(t.one));
  CHECK(t.seat_of(t.mo) == t.two);
  CHECK(t.receives(t.mo, stream_of(t.one)));
  CHECK(t.receives(t.mo, stream_of(t.two)));
  CHECK(told(t.act(t.mo, TableVisit{t.one, true})).empty());
  CHECK(told(t.act(t.mo, TableVisit{t.two, true})).empty());  // sits there
  CHECK(told(t.act(t.mo, TableVisit{t.couch, true})) == "table.visited table.visited");
  CHECK_FALSE(t.receives(t.mo, stream_of(t.one)));
  CHECK(told(t.act(t.mo, TableVisit{t.couch, false})) == "table.visited");
  CHECK(outcome(t.act(t.mo, TableVisit{TableId{5}, true})) == "not_found table");
  CHECK(outcome(t.act(t.anna, TableVisit{t.two, true})) == "forbidden");
  CHECK(outcome(t.act(t.fia, TableVisit{t.one, true})) == "ok");
}

TEST_CASE("sitting down where one visits keeps the stream open [table.visit]") {
  Tables t;
  t.act(t.mo, TableVisit{t.one, true});
  CHECK(told(t.act(t.mo, TableSit{t.one})) == "seat.taken table.visited");
  CHECK(t.changes().empty());
  CHECK(t.receives(t.mo, stream_of(t.one)));
}

TEST_CASE("a call for help is told at the table and at the desk [table.call_help]") {
  Tables t;
  CHECK(outcome(t.act(t.anna, TableCallHelp{t.one, ""})) == "forbidden table");
  CHECK(outcome(t.act(t.anna, TableCallHelp{TableId{5}, ""})) == "not_found table");
  t.sit(t.anna, t.one);
  const Decision called = t.act(t.anna, TableCallHelp{t.one, "stuck"});
  REQUIRE(told(called) == "help.called help.called");
  CHECK(called.pushes[0].stream == stream_of(t.one));
  CHECK(called.pushes[1].stream == desk_of(EventStage::event_id));
  CHECK(told(t.act(t.anna, TableCallHelp{t.one, "stuck"})).empty());
  const Snapshot desk = t.place().snapshot(desk_of(EventStage::event_id), t.fia, 50);
  REQUIRE(std::get<DeskStreamState>(desk.state).help.size() == 1);
  CHECK(std::get<DeskStreamState>(desk.state).help[0].line == "stuck");
  CHECK(outcome(t.act(t.mo, TableHelpDone{t.one})) == "forbidden");
  CHECK(outcome(t.act(t.fia, TableHelpDone{TableId{5}})) == "not_found table");
  CHECK(told(t.act(t.fia, TableHelpDone{t.one})) == "help.done help.done");
  CHECK(told(t.act(t.fia, TableHelpDone{t.one})).empty());
}

TEST_CASE("the seated change topic and mood, staff the rest [table.update]") {
  Tables t;
  TableUpdate topic;
  topic.table = t.one;
  topic.topic = "Budgets";
  CHECK(outcome(t.act(t.anna, topic)) == "forbidden table");
  t.sit(t.anna, t.one);
  t.sit(t.bo, t.one);
  const Decision changed = t.act(t.anna, topic);
  CHECK(told(changed) == "table.updated");
  CHECK_FALSE(pushed<TableUpdated>(changed)[0].mood);
  CHECK(told(t.act(t.anna, topic)).empty());
  TableUpdate name = topic;
  name.table_name = "Corner";
  CHECK(outcome(t.act(t.anna, name)) == "forbidden name");
  CHECK(outcome(t.act(t.fia, name)) == "ok");
  TableUpdate size;
  size.table = t.one;
  size.capacity = 3;
  CHECK(outcome(t.act(t.anna, size)) == "forbidden capacity");
  CHECK(outcome(t.act(t.fia, size)) == "ok");
  CHECK(outcome(t.act(t.cy, TableSit{t.one})) == "ok");
  size.capacity = 2;
  CHECK(outcome(t.act(t.fia, size)) == "conflict capacity");
  size.capacity = limits::capacity_max + 1;
  CHECK(outcome(t.act(t.fia, size)) == "bad_request capacity");
  size.table = t.couch;
  CHECK(outcome(t.act(t.fia, size)) == "bad_request capacity");
  size.table = TableId{5};
  CHECK(outcome(t.act(t.fia, size)) == "not_found table");
}

TEST_CASE("removing a table leaves everyone in the room [table.remove]") {
  Tables t;
  t.sit(t.anna, t.one);
  t.sit(t.bo, t.one);
  t.act(t.anna, TableCallHelp{t.one, ""});
  t.act(t.mo, TableVisit{t.one, true});
  const Decision removed = t.act(t.fia, TableRemove{t.one});
  CHECK(told(removed) == "table.visited seat.left seat.left help.done help.done table.removed");
  CHECK(pushed<SeatLeft>(removed)[0].reason == SeatLeftReason::table_removed);
  CHECK(t.place().where(t.anna).room == t.hall);
  CHECK_FALSE(t.receives(t.mo, stream_of(t.one)));
  CHECK(outcome(t.act(t.fia, TableRemove{t.one})) == "not_found table");
  CHECK(outcome(t.act(t.fia, TableRemove{t.couch})) == "conflict table");
}

}  // namespace hallway
