// People of an event: arrivals and departures, presence, cards, lists, admission and moderation.
#include <catch2/catch.hpp>

#include "event_stage.hpp"

namespace hallway {
namespace {

using test::EventStage;
using test::outcome;
using test::pushed;
using test::StreamChange;
using test::told;

const StreamId desk = desk_of(EventStage::event_id);

EventSpec with_admission() {
  EventSpec spec = test::small_event();
  spec.admission = Admission::approval;
  return spec;
}

PersonState state_of(EventStage& stage, PersonId person) {
  return stage.place().person_view(person).state;
}

}  // namespace

TEST_CASE("a second session shares the one place [session.hello]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  stage.act(anna, RoomEnter{stage.room("Stage")});
  CHECK(told(stage.arrive(anna)) == "connected");
  CHECK(stage.place().where(anna).room == stage.room("Stage"));
  stage.drop(anna);
  CHECK(state_of(stage, anna) == PersonState::online);
  CHECK(stage.event().lobby().people.empty());
}

TEST_CASE("without a connection: reconnecting, away after 90 s, left after 10 min [presence]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  stage.act(anna, RoomEnter{stage.room("Tables")});
  stage.act(anna, TableSit{stage.table("Table 1")});
  stage.drop(anna);
  CHECK(state_of(stage, anna) == PersonState::reconnecting);
  CHECK(stage.place().count_present() == 1);
  stage.pass_ms(limits::reconnecting_ms - 1);
  CHECK(state_of(stage, anna) == PersonState::reconnecting);
  stage.pass_ms(1);
  CHECK(state_of(stage, anna) == PersonState::away);
  CHECK(stage.place().count_present() == 0);
  CHECK(stage.place().where(anna).table == stage.table("Table 1"));
  stage.pass_ms(limits::left_ms - limits::reconnecting_ms - 1);
  CHECK(stage.event().find(anna)->present);
  stage.pass_ms(1);
  CHECK_FALSE(stage.event().find(anna)->present);
  CHECK_FALSE(stage.event().find(anna)->table);
  stage.arrive(anna);
  CHECK(stage.place().where(anna).room == stage.room("Tables"));
}

TEST_CASE("who comes back in time is at their own table [presence]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  stage.act(anna, RoomEnter{stage.room("Tables")});
  stage.act(anna, TableSit{stage.table("Table 1")});
  stage.drop(anna);
  stage.pass_ms(limits::left_ms - 1);
  CHECK(told(stage.arrive(anna)) == "connected");
  CHECK(stage.place().where(anna).table == stage.table("Table 1"));
  CHECK(state_of(stage, anna) == PersonState::online);
  stage.pass_ms(limits::left_ms);
  CHECK(stage.place().where(anna).table == stage.table("Table 1"));
}

TEST_CASE("bye on the last session leaves at once, on another not [session.bye]") {
  EventStage stage;
  const PersonId mo = stage.come("Mo", Role::moderator);
  stage.act(mo, RoomEnter{stage.room("Tables")});
  stage.act(mo, TableSit{stage.table("Table 1")});
  stage.act(mo, TableVisit{stage.table("Table 2"), true});
  stage.arrive(mo);
  CHECK(told(stage.bye(mo)) == "disconnected");
  CHECK(told(stage.bye(mo)) == "disconnected table.visited seat.left person.left");
  CHECK(stage.place().streams_of(mo).empty());
  CHECK(told(stage.bye(mo)).empty());
  CHECK(told(stage.drop(PersonId{5})).empty());
}

TEST_CASE("presence is told at most once a second a room [presence]") {
  EventStage stage;
  stage.come("Anna");
  const Decision first = stage.tick();
  REQUIRE(pushed<Presence>(first).size() == 1);
  CHECK(pushed<Presence>(first)[0].joined[0].card.name == "Anna");
  CHECK(pushed<Presence>(first)[0].count == 1);
  REQUIRE(pushed<RoomsCounted>(first).size() == 1);
  const PersonId bo = stage.come("Bo");
  const PersonId cy = stage.come("Cy");
  stage.drop(cy);
  CHECK(told(stage.tick()).empty());
  CHECK(stage.place().next_deadline() == stage.now() + limits::presence_ms);
  stage.wait_ms(limits::presence_ms);
  const Decision second = stage.tick();
  REQUIRE(told(second) == "presence");
  CHECK(pushed<Presence>(second)[0].joined.size() == 2);
  CHECK(pushed<Presence>(second)[0].joined[1].state == PersonState::reconnecting);
  CHECK(pushed<Presence>(second)[0].count == 3);
  stage.bye(bo);
  stage.drop(stage.come("Dan"));
  stage.arrive(cy);
  stage.wait_ms(limits::presence_ms);
  const Decision third = stage.tick();
  REQUIRE(told(third) == "presence rooms.counted");
  CHECK(pushed<Presence>(third)[0].left == std::vector{bo});
  CHECK(pushed<Presence>(third)[0].changed ==
        std::vector<std::pair<PersonId, PersonState>>{{cy, PersonState::online}});
}

TEST_CASE("a change that a tick itself makes is told by the next presence [presence]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  stage.come("Bo");
  stage.pass_ms(10'000);
  stage.drop(anna);
  stage.pass_ms(limits::reconnecting_ms - 1);
  stage.wait_ms(1);
  CHECK(told(stage.tick()) == "state.changed");
  const Decision next = stage.tick();
  REQUIRE(pushed<Presence>(next).size() == 1);
  CHECK(pushed<Presence>(next)[0].changed[0].second == PersonState::away);
  CHECK(pushed<Presence>(next)[0].count == 1);
}

TEST_CASE("beyond 200 people presence is the count alone [presence]") {
  EventStage stage;
  for (int count = 0; count < 201; ++count) stage.come("Guest");
  const Decision told_all = stage.tick();
  REQUIRE(pushed<Presence>(told_all).size() == 1);
  CHECK(pushed<Presence>(told_all)[0].joined.empty());
  CHECK(pushed<Presence>(told_all)[0].count == 201);
}

TEST_CASE("a card is one's own to change; what is not named stays [card.update]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  CardUpdate command;
  command.ask = "A mentor";
  command.came_with = std::vector{bo, bo};
  const Decision changed = stage.act(anna, command);
  REQUIRE(told(changed) == "person.updated");
  CHECK(changed.pushes[0].stream == stream_of(stage.lobby()));
  CHECK(stage.place().person_view(anna).card.name == "Anna");
  CHECK(stage.place().person_view(anna).card.ask == "A mentor");
  CHECK(stage.place().person_view(anna).card.came_with == std::vector{bo});
  CHECK(told(stage.act(anna, command)).empty());
  command.came_with = std::vector{PersonId{5}};
  CHECK(outcome(stage.act(anna, command)) == "not_found came_with");
  command.came_with = std::vector{anna};
  CHECK(outcome(stage.act(anna, command)) == "not_found came_with");
}

TEST_CASE(
    "a member who takes the name of staff is told apart; staff keep theirs [card.update, S16]") {
  EventStage stage;
  const PersonId holm = stage.come("Anna Holm", Role::facilitator);
  const PersonId guest = stage.come("Guest");
  stage.act(guest, test::card_with_name("Anna H\u043elm"));  // a Cyrillic o
  CHECK(stage.place().person_view(guest).card.name == "Anna H\u043elm (2)");
  stage.act(holm, test::card_with_name("Anna Holm"));
  CHECK(stage.place().person_view(holm).card.name == "Anna Holm");
}

TEST_CASE("a guest who comes from another event is told apart from this one's staff [S16]") {
  EventStage stage;
  stage.come("Anna Holm", Role::facilitator);
  const PersonId org = stage.come("Olga", Role::organiser);
  const PersonId ben = stage.come("Ben Lind");
  stage.act(org, RoleGrant{ben, Role::moderator,
                           RoleScope{EventStage::event_id, stage.room("Stage")}, ""});
  const auto arrive_as = [&](std::uint64_t id, const std::string& name) {
    PersonView guest{PersonId{id}, {}};
    guest.card.name = name;
    guest.guest = true;
    stage.perform(stage.place().arrive(Arrival{guest}, Context{.now = stage.now(), .seed = id}));
    return stage.place().person_view(guest.id).card.name;
  };
  CHECK(arrive_as(5, "anna holm") == "anna holm (2)");
  CHECK(arrive_as(5, "anna holm") == "anna holm (2)");  // What they bring stays as it was.
  CHECK(arrive_as(6, "Anna Holm (2)") == "Anna Holm (2)");
  CHECK(arrive_as(7, "Bеn Lind") == "Bеn Lind (2)");  // Staff of one room; a Cyrillic e.
  CHECK(arrive_as(8, "Cem") == "Cem");
}

TEST_CASE("a push stored with the id alone is sent with the card as it is then [card.update]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  Push push;
  push.data = PersonUpdated{PersonView{anna, {}}};
  stage.place().complete(push);
  CHECK(std::get<PersonUpdated>(push.data).person.card.name == "Anna");
}

TEST_CASE("people are got by id and listed by page, room and words [person.list]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  const PersonId cy = stage.come("Cy");
  stage.act(bo, RoomEnter{stage.room("Stage")});
  const auto people_of = [](const Decision& decision) {
    std::string names;
    for (const auto& person : std::get<PeopleReply>(decision.reply).people) {
      names += person.card.name + ' ';
    }
    return names + (std::get<PeopleReply>(decision.reply).more ? "more" : "");
  };
  CHECK(people_of(stage.act(anna, PersonGet{{cy, PersonId{5}, anna}})) == "Cy Anna ");
  PersonList list;
  CHECK(people_of(stage.act(anna, list)) == "Anna Bo Cy ");
  list.limit = 2;
  CHECK(people_of(stage.act(anna, list)) == "Anna Bo more");
  list.after = bo;
  CHECK(people_of(stage.act(anna, list)) == "Cy ");
  list = {};
  list.query = "BO";
  CHECK(people_of(stage.act(anna, list)) == "Bo ");
  list = {};
  list.room = stage.lobby();
  CHECK(people_of(stage.act(anna, list)) == "Anna Cy ");
  list.room = RoomId{5};
  CHECK(outcome(stage.act(anna, list)) == "not_found room");
}

TEST_CASE("who waits sees the lobby from their arrival, and nothing else [admission]") {
  EventStage stage(with_admission());
  const PersonId fia = stage.come("Fia", Role::facilitator);
  const StreamId lobby = stream_of(stage.lobby());
  stage.act(fia, test::saying(lobby, "before"));
  const PersonId wim = stage.come("Wim");
  CHECK(stage.place().where(wim).waiting);
  CHECK_FALSE(stage.place().where(fia).waiting);
  CHECK(stage.place().streams_of(wim) == std::vector{lobby});
  stage.act(fia, test::saying(lobby, "after"));
  CHECK(outcome(stage.act(wim, test::saying(lobby, "hello"))) == "ok");
  const Snapshot seen = stage.place().snapshot(lobby, wim, 50);
  REQUIRE(seen.messages.size() == 2);
  CHECK(seen.messages[0].body == "after");
  CHECK(stage.place().event_view_for(wim).rooms.size() == 1);
  CHECK(stage.place().event_view_for(fia).rooms.size() == 3);
  const StreamId event = stream_of(EventStage::event_id);
  CHECK(outcome(stage.act(wim, StreamSnapshot{event})) == "not_found stream");
  CHECK(outcome(stage.act(wim, test::saying(event, "hello"))) == "forbidden stream");
  const auto recovery = stage.place().recover({lobby, to_text(Epoch{1}), 0}, wim, Epoch{1}, 300);
  CHECK(recovery.reset == ResetReason::sitting);
  const Snapshot at_desk = stage.place().snapshot(desk, fia, 50);
  REQUIRE(std::get<DeskStreamState>(at_desk.state).waiting.size() == 1);
}

TEST_CASE("over HTTP one sees what one would see inside [admission]") {
  const auto rooms_for = [](EventStage& stage, PersonId viewer) {
    return stage.place().event_view_for(viewer).rooms.size();
  };
  const PersonId stranger{5};
  SECTION("who was refused, and who has not asked yet, the lobby") {
    EventStage stage(with_admission());
    const PersonId fia = stage.come("Fia", Role::facilitator);
    const PersonId wim = stage.come("Wim");
    const PersonId ona = stage.come("Ona");
    stage.act(fia, AdmissionRefuse{{wim}, false});
    stage.act(fia, AdmissionAdmit{{ona}, false});
    CHECK(rooms_for(stage, wim) == 1);
    CHECK(rooms_for(stage, stranger) == 1);
    CHECK(rooms_for(stage, ona) == 3);
    stage.bye(ona);
    CHECK(rooms_for(stage, ona) == 3);
  }
  SECTION("in a lockdown newcomers alone see less") {
    EventStage stage;
    const PersonId mo = stage.come("Mo", Role::moderator);
    const PersonId anna = stage.come("Anna");
    CHECK(rooms_for(stage, stranger) == 3);
    stage.act(mo, EventLockdown{true, ""});
    CHECK(rooms_for(stage, stranger) == 1);
    CHECK(rooms_for(stage, anna) == 3);
    CHECK(rooms_for(stage, mo) == 3);
  }
}

TEST_CASE("admitting opens the event; admitting again changes nothing [admission.admit]") {
  EventStage stage(with_admission());
  const PersonId fia = stage.come("Fia", Role::facilitator);
  const PersonId wim = stage.come("Wim");
  const PersonId ona = stage.come("Ona");
  const PersonId pia = stage.come("Pia");
  const Decision admitted = stage.act(fia, AdmissionAdmit{{wim, wim}, false});
  REQUIRE(told(admitted) == "person.admitted");
  CHECK(admitted.pushes[0].stream == desk);
  CHECK(stage.changes() == std::vector<StreamChange>{{wim, stream_of(EventStage::event_id), true}});
  CHECK(told(stage.act(fia, AdmissionAdmit{{wim}, false})).empty());
  CHECK(outcome(stage.act(fia, AdmissionAdmit{{PersonId{5}}, false})) == "not_found people");
  CHECK(told(stage.act(fia, AdmissionAdmit{{}, true})) == "person.admitted person.admitted");
  for (const PersonId person : {ona, pia}) CHECK_FALSE(stage.place().where(person).waiting);
  stage.bye(wim);
  stage.arrive(wim);
  CHECK_FALSE(stage.place().where(wim).waiting);
}

TEST_CASE("the refused are closed and do not come back [admission.refuse]") {
  EventStage stage(with_admission());
  const PersonId fia = stage.come("Fia", Role::facilitator);
  const PersonId wim = stage.come("Wim");
  const Decision refused = stage.act(fia, AdmissionRefuse{{wim}, false});
  REQUIRE(told(refused) == "person.refused");
  CHECK(refused.closes == std::vector<std::pair<PersonId, CloseCode>>{{wim, CloseCode::removed}});
  CHECK(stage.place().streams_of(wim).empty());
  stage.drop(wim);
  CHECK(outcome(stage.arrive(wim)) == "forbidden");
  CHECK(outcome(stage.act(fia, AdmissionRefuse{{PersonId{5}}, false})) == "not_found people");
  CHECK(told(stage.act(fia, AdmissionRefuse{{}, true})).empty());
}

TEST_CASE("who leaves while waiting still waits when they come back [admission]") {
  EventStage stage(with_admission());
  const PersonId wim = stage.come("Wim");
  stage.bye(wim);
  CHECK(told(stage.arrive(wim)) == "connected person.entered");
  CHECK(stage.place().where(wim).waiting);
}

TEST_CASE("a member who was made staff waits no longer [admission]") {
  EventStage stage(with_admission());
  const PersonId wim = stage.come("Wim");
  PersonView promoted = stage.place().person_view(wim);
  promoted.role = Role::facilitator;
  const Decision arrived =
      stage.perform(stage.place().arrive(Arrival{promoted}, Context{.now = stage.now()}));
  CHECK(told(arrived) == "role.given connected person.admitted");
  CHECK(stage.receives(wim, desk));
}

TEST_CASE("a mute is told at the desk and to the person, and ends by itself [person.mute]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId mo = stage.come("Mo", Role::moderator);
  const StreamId lobby = stream_of(stage.lobby());
  const Decision muted = stage.act(mo, PersonMute{anna, 5, false, "too loud"});
  REQUIRE(told(muted) == "person.muted");
  CHECK(muted.pushes[0].stream == desk);
  REQUIRE(muted.follow_ups.size() == 1);
  CHECK(muted.follow_ups[0].target == place_of(anna));
  const Decision said = stage.act(anna, test::saying(lobby, "hi"));
  CHECK(outcome(said) == "muted");
  CHECK(said.refusal->message.find("too loud") != std::string::npos);
  CHECK(said.refusal->retry_after_ms == 300'000);
  CHECK(stage.place().mute_of(anna, stage.now())->reason == "too loud");
  stage.wait_ms(300'000);
  CHECK(outcome(stage.act(anna, test::saying(lobby, "hi"))) == "ok");
  CHECK_FALSE(stage.place().mute_of(anna, stage.now()));
  stage.act(mo, PersonMute{anna, 5, true, "echo"});
  CHECK(stage.place().mute_of(anna, stage.now())->voice);
  CHECK(outcome(stage.act(anna, test::saying(lobby, "still"))) == "ok");
}

TEST_CASE("unmuting ends it at once [person.unmute]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId mo = stage.come("Mo", Role::moderator);
  CHECK(told(stage.act(mo, PersonUnmute{anna, ""})).empty());
  stage.act(mo, PersonMute{anna, 5, false, "loud"});
  CHECK(stage.act(mo, PersonUnmute{anna, ""}).follow_ups.size() == 1);
  CHECK(outcome(stage.act(anna, test::saying(stream_of(stage.lobby()), "hi"))) == "ok");
  CHECK(outcome(stage.act(mo, PersonUnmute{PersonId{5}, ""})) == "not_found person");
}

TEST_CASE("refusals of person.mute: bounds, strangers, rank [person.mute]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId fia = stage.come("Fia", Role::facilitator);
  const PersonId mo = stage.come("Mo", Role::moderator);
  const PersonId max = stage.come("Max", Role::moderator);
  const PersonId ora = stage.come("Ora", Role::organiser);
  CHECK(outcome(stage.act(mo, PersonMute{PersonId{5}, 5, false, ""})) == "not_found person");
  CHECK(outcome(stage.act(mo, PersonMute{anna, 0, false, ""})) == "bad_request minutes");
  CHECK(outcome(stage.act(mo, PersonMute{anna, 1'441, false, ""})) == "bad_request minutes");
  for (const PersonId equal : {mo, max, ora}) {
    CHECK(outcome(stage.act(mo, PersonMute{equal, 5, false, ""})) == "forbidden person");
    CHECK(outcome(stage.act(mo, PersonUnmute{equal, ""})) == "forbidden person");
    CHECK(outcome(stage.act(mo, PersonRemove{equal, ""})) == "forbidden person");
  }
  CHECK(outcome(stage.act(mo, PersonMute{fia, 5, false, ""})) == "ok");
  CHECK(outcome(stage.act(ora, PersonMute{mo, 5, false, ""})) == "ok");
}

TEST_CASE("the removed lose seat, streams and the way back [person.remove]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId mo = stage.come("Mo", Role::moderator);
  stage.act(anna, RoomEnter{stage.room("Tables")});
  stage.act(anna, TableSit{stage.table("Table 1")});
  const Decision removed = stage.act(mo, PersonRemove{anna, "rude"});
  CHECK(told(removed) == "seat.left person.removed");
  CHECK(pushed<SeatLeft>(removed)[0].reason == SeatLeftReason::removed);
  CHECK(removed.closes == std::vector<std::pair<PersonId, CloseCode>>{{anna, CloseCode::removed}});
  CHECK(removed.follow_ups[0].target == place_of(anna));
  CHECK(stage.place().streams_of(anna).empty());
  CHECK(outcome(stage.act(anna, PersonList{})) == "banned");
  stage.drop(anna);
  CHECK(outcome(stage.arrive(anna)) == "banned");
  CHECK(told(stage.act(mo, PersonRemove{anna, "rude"})).empty());
  CHECK(outcome(stage.act(mo, PersonMute{anna, 5, false, ""})) == "not_found person");
  CHECK(outcome(stage.act(mo, PersonUnmute{anna, ""})) == "not_found person");
  CHECK(outcome(stage.act(mo, PersonRemove{PersonId{5}, ""})) == "not_found person");
}

TEST_CASE("the join page sees names of people who are there [invites]") {
  EventStage stage;
  stage.come("Anna");
  stage.drop(stage.come("Bo"));
  stage.bye(stage.come("Cy"));
  CHECK(stage.place().names_present(12) == std::vector<std::string>{"Anna", "Bo"});
  CHECK(stage.place().names_present(1).size() == 1);
  CHECK(stage.place().count_present() == 2);
  CHECK(stage.place().person_known(PersonId{100}));
  CHECK_FALSE(stage.place().person_known(PersonId{5}));
  CHECK(stage.place().role_of(PersonId{5}) == Role::member);
  CHECK_FALSE(stage.place().mute_of(PersonId{5}, stage.now()));
  CHECK_FALSE(stage.place().where(PersonId{5}).room);
}

}  // namespace hallway
