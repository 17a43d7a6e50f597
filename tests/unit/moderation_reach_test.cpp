// How far moderation reaches: a room or the event, all words that others read and not messages
// alone, and who is told of a report.
#include <catch2/catch.hpp>

#include "event_stage.hpp"
#include "protocol/limits.hpp"

namespace hallway {
namespace {

using test::card_with_name;
using test::EventStage;
using test::outcome;
using test::pushed;
using test::saying;
using test::told;

struct Evening {
  EventStage stage;
  PersonId anna = stage.come("Anna");
  PersonId bo = stage.come("Bo");
  PersonId fay = stage.come("Fay", Role::facilitator);
  PersonId mo = stage.come("Mo", Role::moderator);
  PersonId ora = stage.come("Ora", Role::organiser);
  RoomId hall = stage.room("Stage");
  StreamId lobby = stream_of(stage.lobby());

  Decision act(PersonId actor, const Command& command) { return stage.act(actor, command); }
  std::string acts(PersonId actor, const Command& command) { return outcome(act(actor, command)); }
  DeskStreamState desk_of(PersonId viewer) {
    const Snapshot snapshot =
        stage.place().snapshot(hallway::desk_of(EventStage::event_id), viewer, 50);
    return std::get<DeskStreamState>(snapshot.state);
  }
  std::vector<AuditView> log() { return std::get<AuditReply>(act(ora, AuditList{}).reply).entries; }
  /// Who is told, on their own stream, that a report of which the desk is not told has changed.
  static std::vector<PersonId> told_of_change(const Decision& decision) {
    std::vector<PersonId> people;
    for (const FollowUp& follow_up : decision.follow_ups) {
      if (std::holds_alternative<ReportChanged>(follow_up.data)) {
        people.push_back(PersonId{follow_up.target.value});
      }
    }
    return people;
  }
};

PersonMute mute_of(PersonId person) {
  return {person, 10, false, "Noise"};
}

TableUpdate topic_of(TableId table, const std::string& topic) {
  TableUpdate update;
  update.table = table;
  update.topic = topic;
  return update;
}

}  // namespace

TEST_CASE("a mute by a role for one room counts in that room, and so does its end [MO-1, MO-2]") {
  Evening e;
  e.act(e.ora, RoleGrant{e.fay, Role::moderator, RoleScope{EventStage::event_id, e.hall}, ""});
  e.act(e.ora, RoleRevoke{e.fay, {}, ""});
  for (const PersonId person : {e.anna, e.fay}) e.act(person, RoomEnter{e.hall});
  const StreamId stage_talk = stream_of(e.hall);
  const Decision muted = e.act(e.fay, mute_of(e.anna));
  REQUIRE(told(muted) == "person.muted");
  CHECK(pushed<PersonMuted>(muted)[0].room == e.hall);
  CHECK(std::get<PersonMuted>(muted.follow_ups[0].data).event == EventStage::event_id);
  CHECK(e.acts(e.anna, saying(stage_talk, "loud")) == "muted");
  REQUIRE(e.desk_of(e.mo).muted.size() == 1);
  CHECK(e.desk_of(e.mo).muted[0].room == e.hall);
  CHECK(e.stage.place().mute_of(e.anna, e.stage.now())->room == e.hall);
  CHECK(EventStage::portrait(*e.stage.replayed()) == EventStage::portrait(e.stage.place()));
  CHECK(e.stage.replayed()->mute_of(e.anna, e.stage.now()));
  e.act(e.anna, RoomEnter{e.stage.lobby()});
  CHECK_FALSE(e.stage.place().mute_of(e.anna, e.stage.now()));
  CHECK(told(e.act(e.anna, saying(e.lobby, "elsewhere"))) == "message.posted");

  // What an organiser said for the event is not a room moderator's to lift.
  e.act(e.mo, mute_of(e.anna));
  e.act(e.anna, RoomEnter{e.hall});
  CHECK(told(e.act(e.fay, PersonUnmute{e.anna, ""})) == "person.unmuted");
  CHECK(e.acts(e.anna, saying(stage_talk, "loud")) == "muted");
  CHECK(e.act(e.fay, PersonUnmute{e.anna, ""}).pushes.empty());
  e.act(e.fay, mute_of(e.anna));
  CHECK(told(e.act(e.mo, PersonUnmute{e.anna, ""})) == "person.unmuted");  // All there is.
  CHECK(told(e.act(e.anna, saying(stage_talk, "quiet"))) == "message.posted");
}

TEST_CASE("a mute for a room ends with the room [MO-1]") {
  Evening e;
  e.act(e.ora, RoleGrant{e.bo, Role::moderator, RoleScope{EventStage::event_id, e.hall}, ""});
  for (const PersonId person : {e.anna, e.bo}) e.act(person, RoomEnter{e.hall});
  e.act(e.bo, mute_of(e.anna));
  CHECK(e.desk_of(e.mo).muted.size() == 1);
  e.act(e.mo, RoomClose{e.hall});
  CHECK(e.desk_of(e.mo).muted.empty());
}

TEST_CASE("who is muted writes nothing that others read, and nobody the filter's words [MO-5]") {
  Evening e;
  e.act(e.mo, FilterSet{true, {"casino"}, ""});
  const RoomId tables = e.stage.room("Tables");
  for (const PersonId person : {e.anna, e.bo, e.mo}) e.act(person, RoomEnter{tables});
  const TableId table = e.stage.table("Table 1");
  e.act(e.anna, TableSit{table});
  CHECK(e.acts(e.anna, topic_of(table, "My casino")) == "forbidden topic");
  CHECK(e.acts(e.anna, card_with_name("Casino Anna")) == "forbidden name");
  CHECK(e.acts(e.anna, TableCallHelp{table, "casino!"}) == "forbidden line");
  CHECK(told(e.act(e.mo, topic_of(table, "No casino here"))) == "table.updated");

  e.act(e.mo, mute_of(e.anna));
  CHECK(e.acts(e.anna, topic_of(table, "Noise")) == "muted");
  CHECK(e.acts(e.anna, card_with_name("Noise")) == "muted");
  CHECK(e.acts(e.anna, TableCallHelp{table, "noise"}) == "muted");
  CHECK(told(e.act(e.anna, TableCallHelp{table, ""})) == "help.called help.called");
  e.act(e.bo, TableSit{e.stage.table("Table 2")});
  e.act(e.bo, TableLock{e.stage.table("Table 2")});
  CHECK(e.acts(e.anna, TableKnock{e.stage.table("Table 2"), "noise"}) == "muted");
  CHECK(told(e.act(e.anna, TableKnock{e.stage.table("Table 2"), ""})) == "table.knocked");
}

TEST_CASE("an edit is as slow as a message [ME-2, MO-10]") {
  Evening e;
  e.act(e.anna, saying(e.lobby, "one"));
  const Offset said = e.stage.place().top(e.lobby);
  std::size_t edits = 0;
  const auto edit = [&] {
    ++edits;
    return e.acts(e.anna, MessageEdit{"nonce-edit-" + std::to_string(edits), e.lobby, said,
                                      "words " + std::to_string(edits)});
  };
  std::string last = "ok";
  while (edits < 100 && last == "ok") last = edit();
  CHECK(last == "rate_limited");
  CHECK(edits <= static_cast<std::size_t>(Settings{}.messages_burst));
  e.stage.wait_ms(60'000);
  e.act(e.mo, RoomSlowMode{e.stage.lobby(), 30, ""});
  CHECK(edit() == "ok");
  CHECK(edit() == "slow_mode");
  CHECK(e.acts(e.anna, saying(e.lobby, "two")) == "slow_mode");
  e.stage.wait_ms(30'000);
  CHECK(told(e.act(e.anna, saying(e.lobby, "two"))) == "message.posted");
}

TEST_CASE("a lockdown that is lifted lets in whom it alone held [MO-12]") {
  for (const Admission admission : {Admission::open, Admission::approval}) {
    Evening e;
    EventUpdate update;
    update.admission = admission;
    e.act(e.ora, update);
    e.act(e.mo, EventLockdown{true, ""});
    PersonView newcomer{PersonId{901}, {}};
    newcomer.card.name = "New";
    e.stage.perform(
        e.stage.place().arrive(Arrival{newcomer, 0, false}, Context{.now = e.stage.now()}));
    REQUIRE(e.stage.place().where(PersonId{901}).waiting);
    const bool is_open = admission == Admission::open;
    CHECK(told(e.act(e.mo, EventLockdown{false, ""})) ==
          (is_open ? "event.updated person.admitted" : "event.updated"));
    CHECK(e.stage.place().where(PersonId{901}).waiting == !is_open);
  }
}

TEST_CASE("a report about somebody of the desk is told to those above them alone [MO-23]") {
  Evening e;
  const auto report = [&](PersonId about) {
    e.act(about, saying(e.lobby, "rude"));
    const Offset said = e.stage.place().top(e.lobby);
    return e.act(e.anna, ReportFile{"nonce-" + to_text(about), e.lobby, said, "look"});
  };
  using People = std::vector<PersonId>;
  const Decision of_member = report(e.bo);
  CHECK(of_member.pushes[0].stream == desk_of(EventStage::event_id));
  CHECK(Evening::told_of_change(of_member).empty());

  const Decision of_facilitator = report(e.fay);
  REQUIRE(told(of_facilitator) == "report.filed");
  CHECK(of_facilitator.pushes[0].stream.kind == StreamKind::facts);
  CHECK(Evening::told_of_change(of_facilitator) == People{e.mo, e.ora});
  const std::int64_t number = std::get<PostedReply>(of_facilitator.reply).report;
  const auto sees = [&](PersonId viewer) {
    std::vector<std::int64_t> numbers;
    const DeskStreamState desk = e.desk_of(viewer);
    for (const ReportView& each : desk.reports) numbers.push_back(each.report);
    CHECK(desk.reports_open == static_cast<std::int64_t>(numbers.size()));
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
  };
  CHECK_FALSE(sees(e.fay));
  CHECK((sees(e.mo) && sees(e.ora)));
  // Sent again it is the same report.
  const Offset said = e.stage.place().top(e.lobby);
  const Decision again =
      e.act(e.anna, ReportFile{"nonce-" + to_text(e.fay), e.lobby, said, "look"});
  CHECK(std::get<PostedReply>(again.reply).dup);

  const Decision claimed = e.act(e.mo, ReportClaim{number});
  CHECK(claimed.pushes[0].stream.kind == StreamKind::facts);
  CHECK(Evening::told_of_change(claimed) == People{e.mo, e.ora});
  const Decision resolved = e.act(e.ora, ReportResolve{number, ReportOutcome::warned, ""});
  CHECK(resolved.pushes[0].stream.kind == StreamKind::facts);
  CHECK_FALSE(sees(e.mo));

  CHECK(Evening::told_of_change(report(e.mo)) == People{e.ora});
  CHECK(Evening::told_of_change(report(e.ora)).empty());
  const PersonId other = e.stage.come("Olga", Role::organiser);
  const Decision of_organiser = report(other);
  CHECK(Evening::told_of_change(of_organiser) == People{e.ora});
  const std::int64_t last = std::get<PostedReply>(of_organiser.reply).report;
  CHECK(e.acts(other, ReportClaim{last}) == "forbidden report");
  CHECK(e.acts(e.mo, ReportClaim{last}) == "forbidden person");
  CHECK(told(e.act(e.ora, ReportClaim{last})) == "report.claimed");
  CHECK(EventStage::portrait(*e.stage.replayed()) == EventStage::portrait(e.stage.place()));
}

TEST_CASE("what still waits when the event is over is said no more [MO-17]") {
  Evening e;
  e.act(e.mo, FilterSet{true, {"casino"}, ""});
  e.act(e.anna, saying(e.lobby, "casino"));
  EventUpdate over;
  over.state = EventState::over;
  const Decision closed = e.act(e.mo, over);
  REQUIRE(pushed<MessageReviewed>(closed).size() == 1);
  CHECK_FALSE(pushed<MessageReviewed>(closed)[0].approved);
  REQUIRE(closed.follow_ups.size() == 1);
  CHECK(closed.follow_ups[0].target == place_of(e.anna));
  CHECK(e.stage.event().moderation.held.empty());
}

TEST_CASE("who is not let in leaves nothing in the queue [MO-22]") {
  Evening e;
  EventUpdate update;
  update.admission = Admission::approval;
  e.act(e.ora, update);
  e.act(e.mo, FilterSet{true, {"casino"}, ""});
  const PersonId guest = e.stage.come("Guest");
  REQUIRE(std::get<PostedReply>(e.act(guest, saying(e.lobby, "casino")).reply).held == 1);
  CHECK(told(e.act(e.mo, AdmissionRefuse{{guest}, false, ""})) ==
        "person.refused message.reviewed");
  CHECK(e.stage.event().moderation.held.empty());
}

TEST_CASE("nobody comes back into a room that was locked while they were gone [MO-11]") {
  Evening e;
  for (const PersonId person : {e.anna, e.bo, e.mo}) e.act(person, RoomEnter{e.hall});
  e.stage.bye(e.anna);
  e.stage.bye(e.mo);
  e.act(e.ora, RoomLock{e.hall, true, ""});
  e.stage.arrive(e.anna);
  CHECK(e.stage.place().where(e.anna).room == e.stage.lobby());
  e.stage.arrive(e.mo);
  CHECK(e.stage.place().where(e.mo).room == e.hall);
  CHECK(e.stage.place().where(e.bo).room == e.hall);
}

TEST_CASE("an organiser reads nothing of a report about them in the log [MO-22]") {
  Evening e;
  const PersonId other = e.stage.come("Olga", Role::organiser);
  e.act(other, saying(e.lobby, "rude"));
  const Decision filed =
      e.act(e.anna, ReportFile{"nonce-0001", e.lobby, e.stage.place().top(e.lobby), "look"});
  e.act(e.ora, ReportClaim{std::get<PostedReply>(filed.reply).report});
  CHECK(e.log()[0].action == "report.claim");
  CHECK(std::get<AuditReply>(e.act(other, AuditList{}).reply).entries.empty());
}

TEST_CASE("who is not let in stands among those who are out, and can be let back [MO-9]") {
  Evening e;
  EventUpdate update;
  update.admission = Admission::approval;
  e.act(e.ora, update);
  const PersonId guest = e.stage.come("Guest");
  e.act(e.mo, AdmissionRefuse{{guest}, false, "Not of the association"});
  REQUIRE(e.desk_of(e.mo).removed.size() == 1);
  CHECK((e.desk_of(e.mo).removed[0].person == guest && e.desk_of(e.mo).removed[0].refused));
  CHECK(e.log()[0].reason == "Not of the association");
  e.act(e.mo, PersonUnban{guest, ""});
  CHECK(e.desk_of(e.mo).removed.empty());
}

TEST_CASE("what is changed about the event and its rooms stands in the log [MO-20]") {
  Evening e;
  EventUpdate update;
  update.retention_days = 30;
  update.admission = Admission::approval;
  e.act(e.ora, update);
  CHECK(e.log()[0].action == "event.update");
  CHECK(e.log()[0].detail == "admission approval, retention_days 30");
  e.act(e.mo, RoomUpdate{e.hall, "Grand hall"});
  CHECK((e.log()[0].action == "room.update" && e.log()[0].detail == "Grand hall"));
  e.act(e.mo, RoomClose{e.hall});
  CHECK((e.log()[0].action == "room.close" && e.log()[0].room == e.hall));
  const Decision made = e.act(e.mo, test::new_room_named("Annexe"));
  CHECK((e.log()[0].action == "room.create" && e.log()[0].detail == "Annexe"));
  CHECK(e.log()[0].room == std::get<PostedReply>(made.reply).room);
  e.act(e.mo, TableRemove{e.stage.table("Table 1")});
  CHECK((e.log()[0].action == "table.remove" && e.log()[0].detail == "Table 1"));
}

}  // namespace hallway
