// Warnings, moves, bans, slow and locked rooms, lockdown, reports, the word filter, roles and the
// log: what moderators do, and what they may not.
#include "rooms/moderation.hpp"

#include <catch2/catch.hpp>

#include "event_stage.hpp"
#include "protocol/limits.hpp"

namespace hallway {
namespace {

using test::EventStage;
using test::outcome;
using test::pushed;
using test::saying;
using test::told;

struct Evening {
  EventStage stage;
  PersonId anna = stage.come("Anna");
  PersonId bo = stage.come("Bo");
  PersonId mo = stage.come("Mo", Role::moderator);
  PersonId ora = stage.come("Ora", Role::organiser);
  StreamId lobby = stream_of(stage.lobby());

  std::vector<AuditView> log() {
    const Decision decision = stage.act(ora, AuditList{});
    return std::get<AuditReply>(decision.reply).entries;
  }
  Offset say(PersonId person, const std::string& body) {
    stage.act(person, saying(lobby, body));
    return stage.place().top(lobby);
  }
};

template <class Data>
const Data& own(const Decision& decision) {
  return std::get<Data>(decision.follow_ups.at(0).data);
}

}  // namespace

TEST_CASE("a warning reaches the person and the log [MO-6]") {
  Evening e;
  const Decision warned = e.stage.act(e.mo, PersonWarn{e.anna, "No advertising"});
  CHECK(told(warned) == "person.warned");
  CHECK(warned.pushes[0].stream == desk_of(EventStage::event_id));
  CHECK(warned.follow_ups[0].target == place_of(e.anna));
  CHECK(own<PersonWarned>(warned).event == EventStage::event_id);
  CHECK(e.log()[0].action == "person.warn");
  CHECK(e.log()[0].by == e.mo);
  CHECK(e.log()[0].person == e.anna);
  CHECK(e.log()[0].reason == "No advertising");
  CHECK(outcome(e.stage.act(e.mo, PersonWarn{e.ora, "x"})) == "forbidden person");
  CHECK(outcome(e.stage.act(e.mo, PersonWarn{PersonId{5}, "x"})) == "not_found person");
}

TEST_CASE("who is moved stands up, goes there, and is told why [MO-7]") {
  Evening e;
  const RoomId tables = e.stage.room("Tables");
  e.stage.act(e.anna, RoomEnter{tables});
  e.stage.act(e.anna, TableSit{e.stage.table("Table 1")});
  const Decision moved = e.stage.act(e.mo, PersonMove{e.anna, e.stage.lobby(), "Let us talk"});
  CHECK(told(moved) == "seat.left person.entered person.moved");
  CHECK(e.stage.place().where(e.anna).room == e.stage.lobby());
  CHECK(own<PersonMoved>(moved).reason == "Let us talk");
  CHECK(told(e.stage.act(e.mo, PersonMove{e.anna, e.stage.lobby(), ""})).empty());
  CHECK(outcome(e.stage.act(e.mo, PersonMove{e.anna, RoomId{5}, ""})) == "not_found room");
  e.stage.bye(e.anna);
  CHECK(outcome(e.stage.act(e.mo, PersonMove{e.anna, tables, ""})) == "not_found person");
}

TEST_CASE(
    "a ban lasts until its time, or until it is lifted; lifting undoes a removal too [MO-8]") {
  Evening e;
  PersonBan ban{e.anna, e.stage.now() + 60'000, "threats"};
  const Decision banned = e.stage.act(e.mo, ban);
  CHECK(told(banned) == "person.banned");
  CHECK(banned.closes == std::vector<std::pair<PersonId, CloseCode>>{{e.anna, CloseCode::removed}});
  CHECK(outcome(e.stage.arrive(e.anna)) == "banned");
  e.stage.drop(e.anna);
  e.stage.wait_ms(60'000);
  CHECK(outcome(e.stage.arrive(e.anna)) == "ok");
  CHECK(outcome(e.stage.act(e.anna, PersonList{})) == "ok");

  e.stage.act(e.mo, PersonBan{e.anna, {}, "again"});
  e.stage.drop(e.anna);
  e.stage.wait_ms(86'400'000);
  CHECK(outcome(e.stage.arrive(e.anna)) == "banned");
  CHECK(told(e.stage.act(e.mo, PersonUnban{e.anna, "settled"})) == "person.unbanned");
  CHECK(outcome(e.stage.arrive(e.anna)) == "ok");
  CHECK(told(e.stage.act(e.mo, PersonUnban{e.anna, ""})).empty());

  e.stage.act(e.mo, PersonRemove{e.bo, "rude"});
  e.stage.act(e.mo, PersonUnban{e.bo, ""});
  CHECK(outcome(e.stage.arrive(e.bo)) == "ok");
  CHECK(outcome(e.stage.act(e.mo, PersonBan{e.bo, e.stage.now(), "x"})) == "bad_request until");
  CHECK(outcome(e.stage.act(e.mo, PersonBan{e.ora, {}, "x"})) == "forbidden person");
}

TEST_CASE("who is shown out leaves no reports and no held messages behind [MO-3]") {
  Evening e;
  e.stage.act(e.mo, FilterSet{true, {"casino"}, ""});
  e.stage.act(e.anna, saying(e.lobby, "casino"));
  const Offset said = e.say(e.bo, "rude");
  e.stage.act(e.anna, ReportFile{"nonce-0001", e.lobby, said, "look"});
  const Decision removed = e.stage.act(e.mo, PersonRemove{e.anna, "raid"});
  CHECK(told(removed) == "person.removed report.resolved message.reviewed");
  // Her other devices do not wait for it for ever.
  const FollowUp& last = removed.follow_ups.back();
  CHECK(last.target == place_of(e.anna));
  CHECK(std::get<MessageReviewed>(last.data).event == EventStage::event_id);
  CHECK(e.stage.event().moderation.reports.empty());
  CHECK(e.stage.event().moderation.held.empty());
}

TEST_CASE("what is done outside of the event stands in its log [MO-20]") {
  Evening e;
  AuditView made;
  made.action = "invite.create";
  made.detail = "moderator";
  e.stage.perform(e.stage.place().note(made, e.ora, Context{.now = e.stage.now(), .seed = 1}));
  CHECK(e.log()[0].action == "invite.create");
  CHECK(e.log()[0].by == e.ora);
  CHECK(e.log()[0].detail == "moderator");
}

TEST_CASE("a room that closes takes the roles for it along [RL-3]") {
  Evening e;
  const RoomId stage_room = e.stage.room("Stage");
  e.stage.act(e.ora, RoleGrant{e.anna, Role::moderator, RoleScope{{}, stage_room}, ""});
  CHECK(told(e.stage.act(e.ora, RoomClose{stage_room})) == "role.revoked room.closed");
  CHECK_FALSE(e.stage.receives(e.anna, desk_of(EventStage::event_id)));
}

TEST_CASE("whom a report is about neither settles it nor reads of it [MO-14]") {
  Evening e;
  const Offset said = e.say(e.mo, "rude");
  e.stage.act(e.anna, ReportFile{"nonce-0001", e.lobby, said, "look"});
  CHECK(outcome(e.stage.act(e.mo, ReportClaim{1})) == "forbidden report");
  CHECK(outcome(e.stage.act(e.mo, ReportResolve{1, ReportOutcome::dismissed, ""})) ==
        "forbidden report");
  e.stage.act(e.ora, ReportResolve{1, ReportOutcome::warned, "told so"});
  const Decision own_record = e.stage.act(e.mo, AuditList{});
  CHECK(std::get<AuditReply>(own_record.reply).entries.empty());
}

TEST_CASE("who waited and was shown out waits again when the ban has lapsed [MO-8]") {
  EventSpec spec = test::small_event();
  spec.admission = Admission::approval;
  EventStage stage(spec);
  const PersonId mo = stage.come("Mo", Role::moderator);
  const PersonId wim = stage.come("Wim");
  REQUIRE(stage.place().where(wim).waiting);
  stage.act(mo, PersonBan{wim, stage.now() + 1'000, "later"});
  stage.drop(wim);
  stage.wait_ms(1'000);
  stage.arrive(wim);
  CHECK(stage.place().where(wim).waiting);
}

TEST_CASE("a slow room makes its members wait, and its staff not [MO-10]") {
  Evening e;
  const Decision slowed = e.stage.act(e.mo, RoomSlowMode{e.stage.lobby(), 20, "too fast"});
  CHECK(told(slowed) == "room.updated");
  CHECK(pushed<RoomUpdated>(slowed)[0].slow_s == 20);
  CHECK(told(e.stage.act(e.anna, saying(e.lobby, "one"))) == "message.posted");
  const Decision again = e.stage.act(e.anna, saying(e.lobby, "two"));
  CHECK(outcome(again) == "slow_mode");
  CHECK(again.refusal->retry_after_ms == 20'000);
  CHECK(told(e.stage.act(e.bo, saying(e.lobby, "mine"))) == "message.posted");
  CHECK(told(e.stage.act(e.mo, saying(e.lobby, "one"))) == "message.posted");
  CHECK(told(e.stage.act(e.mo, saying(e.lobby, "two"))) == "message.posted");
  e.stage.wait_ms(20'000);
  CHECK(told(e.stage.act(e.anna, saying(e.lobby, "two"))) == "message.posted");
  e.stage.act(e.mo, RoomSlowMode{e.stage.lobby(), 0, ""});
  CHECK(told(e.stage.act(e.anna, saying(e.lobby, "three"))) == "message.posted");
  CHECK(outcome(e.stage.act(e.mo, RoomSlowMode{RoomId{5}, 1, ""})) == "not_found room");
}

TEST_CASE("nobody comes into a locked room but who may lock it [MO-11]") {
  Evening e;
  const RoomId stage_room = e.stage.room("Stage");
  e.stage.act(e.bo, RoomEnter{stage_room});
  CHECK(told(e.stage.act(e.mo, RoomLock{stage_room, true, ""})) == "room.updated");
  CHECK(outcome(e.stage.act(e.anna, RoomEnter{stage_room})) == "locked room");
  CHECK(outcome(e.stage.act(e.mo, RoomEnter{stage_room})) == "ok");
  CHECK(outcome(e.stage.act(e.mo, PersonMove{e.anna, stage_room, ""})) == "ok");
  CHECK(outcome(e.stage.act(e.bo, RoomEnter{stage_room})) == "ok");  // Who is there stays.
  e.stage.act(e.mo, RoomLock{stage_room, false, ""});
  CHECK(outcome(e.stage.act(e.anna, RoomEnter{stage_room})) == "ok");
  CHECK(outcome(e.stage.act(e.mo, RoomLock{e.stage.lobby(), true, ""})) == "conflict room");
}

TEST_CASE("in a lockdown new guests wait, talk is slow and direct messages rest [MO-12]") {
  Evening e;
  CHECK(told(e.stage.act(e.mo, EventLockdown{true, "raid"})) == "event.updated");
  CHECK(e.stage.place().event_view().lockdown);
  CHECK(e.stage.place().is_hushed(e.anna));
  CHECK_FALSE(e.stage.place().is_hushed(e.mo));
  const auto arrive = [&](std::uint64_t id, bool vouched, Role role = Role::member) {
    PersonView person{PersonId{id}, {}};
    person.card.name = "New";
    person.role = role;
    const Arrival arrival{person, 0, vouched};
    e.stage.perform(e.stage.place().arrive(arrival, Context{.now = e.stage.now()}));
    return e.stage.place().where(PersonId{id}).waiting;
  };
  CHECK(arrive(901, false));  // A guest, or with an account of their own making.
  CHECK_FALSE(arrive(902, true));
  CHECK_FALSE(arrive(903, false, Role::facilitator));
  e.stage.drop(e.anna);
  CHECK(outcome(e.stage.arrive(e.anna)) == "ok");  // Who was here comes back.
  CHECK_FALSE(e.stage.place().where(e.anna).waiting);
  e.stage.act(e.anna, saying(e.lobby, "one"));
  CHECK(outcome(e.stage.act(e.anna, saying(e.lobby, "two"))) == "slow_mode");
  CHECK(told(e.stage.act(e.mo, EventLockdown{false, ""})) == "event.updated person.admitted");
  CHECK(told(e.stage.act(e.anna, saying(e.lobby, "two"))) == "message.posted");
  CHECK(told(e.stage.act(e.mo, EventLockdown{false, ""})).empty());
}

TEST_CASE("a report carries what was said around it, and has an owner and an outcome [MO-13]") {
  Evening e;
  for (const std::string body : {"one", "two", "three"}) e.say(e.anna, body);
  const Offset reported = e.say(e.bo, "buy now");
  for (const std::string body : {"five", "six", "seven"}) e.say(e.anna, body);
  const ReportFile report{"nonce-0001", e.lobby, reported, "advertising"};
  const Decision filed = e.stage.act(e.anna, report);
  CHECK(told(filed) == "report.filed");
  const ReportFiled& data = std::get<ReportFiled>(filed.pushes[0].data);
  CHECK(data.person == e.bo);
  REQUIRE(data.messages.size() == 5);
  CHECK(data.messages[0].body == "two");
  CHECK(data.messages[2].offset == reported);
  CHECK(std::get<PostedReply>(filed.reply).report == 1);
  CHECK(std::get<PostedReply>(e.stage.act(e.anna, report).reply).dup);
  ReportFile once_more = report;
  once_more.nonce = "nonce-0002";
  CHECK(std::get<PostedReply>(e.stage.act(e.anna, once_more).reply).report == 1);

  CHECK(told(e.stage.act(e.mo, ReportClaim{1})) == "report.claimed");
  CHECK(told(e.stage.act(e.mo, ReportClaim{1})).empty());
  const Decision settled = e.stage.act(e.mo, ReportResolve{1, ReportOutcome::warned, "told so"});
  CHECK(told(settled) == "report.resolved");
  CHECK(settled.follow_ups[0].target == place_of(e.anna));
  CHECK(own<ReportAnswered>(settled).outcome == ReportOutcome::warned);
  CHECK(outcome(e.stage.act(e.mo, ReportClaim{1})) == "not_found report");
  CHECK(e.log()[0].action == "report.resolve");
  CHECK(e.log()[0].detail == "warned");
}

TEST_CASE("what cannot be reported, and by whom [MO-13]") {
  Evening e;
  const Offset mine = e.say(e.anna, "mine");
  const auto file = [&](PersonId by, StreamId stream, Offset offset, const std::string& nonce) {
    return outcome(e.stage.act(by, ReportFile{nonce, stream, offset, "look"}));
  };
  CHECK(file(e.anna, e.lobby, mine, "nonce-0001") == "bad_request offset");
  CHECK(file(e.anna, e.lobby, 99, "nonce-0002") == "not_found offset");
  const StreamId stage_room = stream_of(e.stage.room("Stage"));
  CHECK(file(e.anna, stage_room, 1, "nonce-0003") == "not_found offset");
  CHECK(file(e.anna, desk_of(EventStage::event_id), 1, "nonce-0004") == "not_found offset");
  for (int count = 0; count <= 20; ++count) {
    e.stage.wait_ms(2'000);
    const Offset said = e.say(e.bo, "spam " + std::to_string(count));
    const std::string result = file(e.anna, e.lobby, said, "nonce-many" + std::to_string(count));
    CHECK(result == (count < 20 ? "ok" : "too_large"));
  }
}

TEST_CASE("a conversation's message is reported with what its reader saw around it [MO-13]") {
  Evening e;
  const StreamId talk{StreamKind::conversation, 5};
  MessageView message;
  message.offset = 3;
  message.by = e.bo;
  message.body = "unkind";
  Context context{.now = e.stage.now(), .seed = 9};
  context.around = {message};
  const Decision filed = e.stage.perform(
      e.stage.place().decide(ReportFile{"nonce-0001", talk, 3, "unkind"}, e.anna, context));
  CHECK(told(filed) == "report.filed");
  CHECK(pushed<ReportFiled>(filed)[0].person == e.bo);
  CHECK(outcome(e.stage.act(e.anna, ReportFile{"nonce-0002", talk, 3, "x"})) == "not_found offset");
}

TEST_CASE("the filter compares whole words, whatever their case and marks [MO-16]") {
  const WordFilter filter({true, {"casino", "free money", "Crypto*", "çaña"}});
  CHECK(filter.holds("The CASINO, again"));
  CHECK(filter.holds("ca\u200Bsino"));
  CHECK(filter.holds("free  money!"));
  CHECK(filter.holds("cryptocurrency"));
  CHECK(filter.holds("Cana"));
  CHECK_FALSE(filter.holds("casinos"));
  CHECK_FALSE(filter.holds("freemoney"));
  CHECK_FALSE(filter.holds("encrypto"));
  CHECK_FALSE(WordFilter({false, {"casino"}}).holds("casino"));
  CHECK_FALSE(WordFilter({true, {"*", "!"}}).holds("* !"));
}

TEST_CASE("a held message waits, is answered as held when sent again, and is said when approved") {
  Evening e;
  CHECK(told(e.stage.act(e.mo, FilterSet{true, {"casino"}, ""})) == "filter.updated");
  const MessageSend send = saying(e.lobby, "the casino");
  const Decision held = e.stage.act(e.anna, send);
  CHECK(told(held) == "message.held");
  CHECK(held.pushes[0].stream == desk_of(EventStage::event_id));
  CHECK(own<MessageHeld>(held).event == EventStage::event_id);
  const PostedReply reply = std::get<PostedReply>(held.reply);
  CHECK((reply.held == 1 && reply.offset == 0));
  const PostedReply again = std::get<PostedReply>(e.stage.act(e.anna, send).reply);
  CHECK((again.held == 1 && again.dup && again.offset == 0));
  CHECK(told(e.stage.act(e.mo, saying(e.lobby, "casino"))) == "message.posted");  // Staff.

  const Decision approved = e.stage.act(e.mo, MessageReview{1, true, ""});
  CHECK(told(approved) == "message.reviewed message.posted");
  CHECK(approved.pushes[1].by == e.anna);
  CHECK(approved.pushes[1].stream == e.lobby);
  CHECK(outcome(e.stage.act(e.mo, MessageReview{1, true, ""})) == "not_found held");

  e.stage.act(e.anna, saying(e.lobby, "casino two"));
  const Decision kept = e.stage.act(e.mo, MessageReview{2, false, "not here"});
  CHECK(told(kept) == "message.reviewed");
  CHECK(own<MessageReviewed>(kept).reason == "not here");
  const Offset said = e.say(e.anna, "plain");
  CHECK(outcome(e.stage.act(e.anna, MessageEdit{"nonce-edit-1", e.lobby, said, "casino"})) ==
        "forbidden stream");
}

TEST_CASE("what was held at a table is not said to those who sit there later") {
  Evening e;
  const TableId table = e.stage.table("Table 1");
  for (const PersonId person : {e.anna, e.bo}) {
    e.stage.act(person, RoomEnter{e.stage.room("Tables")});
    e.stage.act(person, TableSit{table});
  }
  e.stage.act(e.mo, FilterSet{true, {"casino"}, ""});
  e.stage.act(e.anna, saying(stream_of(table), "casino"));
  e.stage.act(e.anna, TableStand{});
  CHECK(outcome(e.stage.act(e.mo, MessageReview{1, true, ""})) == "conflict held");
  CHECK(outcome(e.stage.act(e.mo, MessageReview{1, false, ""})) == "ok");
}

TEST_CASE("roles come and go live, and the last organiser stays [RL-1]") {
  Evening e;
  const StreamId desk = desk_of(EventStage::event_id);
  const Decision granted = e.stage.act(e.ora, RoleGrant{e.anna, Role::moderator, {}, "helps"});
  CHECK(told(granted) == "role.granted person.updated");
  CHECK(e.stage.receives(e.anna, desk));
  CHECK(own<RoleGranted>(granted).capabilities->size() == capabilities_of(Role::moderator).size());
  CHECK(outcome(e.stage.act(e.anna, PersonMute{e.bo, 5, false, "loud"})) == "ok");
  CHECK(told(e.stage.act(e.ora, RoleRevoke{e.anna, {}, ""})) == "role.revoked person.updated");
  CHECK_FALSE(e.stage.receives(e.anna, desk));
  CHECK(outcome(e.stage.act(e.anna, PersonMute{e.bo, 5, false, "loud"})) == "forbidden");

  CHECK(outcome(e.stage.act(e.ora, RoleRevoke{e.ora, {}, ""})) == "conflict person");
  CHECK(outcome(e.stage.act(e.ora, RoleGrant{e.ora, Role::moderator, {}, ""})) ==
        "conflict person");
  e.stage.act(e.ora, RoleGrant{e.bo, Role::organiser, {}, ""});
  CHECK(outcome(e.stage.act(e.ora, RoleRevoke{e.ora, {}, ""})) == "ok");
  CHECK(outcome(e.stage.act(e.ora, RoleGrant{e.anna, Role::moderator, {}, ""})) == "forbidden");
}

TEST_CASE("a role for one room counts there and nowhere else [RL-3]") {
  Evening e;
  const RoomId tables = e.stage.room("Tables");
  const RoleScope there{{}, tables};
  e.stage.act(e.ora, RoleGrant{e.anna, Role::moderator, there, ""});
  CHECK(e.stage.receives(e.anna, desk_of(EventStage::event_id)));
  CHECK(outcome(e.stage.act(e.anna, RoomSlowMode{tables, 5, ""})) == "ok");
  CHECK(outcome(e.stage.act(e.anna, RoomSlowMode{e.stage.lobby(), 5, ""})) == "forbidden");
  CHECK(outcome(e.stage.act(e.anna, PersonMute{e.bo, 5, false, "x"})) == "forbidden");
  e.stage.act(e.bo, RoomEnter{tables});
  CHECK(outcome(e.stage.act(e.anna, PersonMute{e.bo, 5, false, "x"})) == "ok");
  CHECK(outcome(e.stage.act(e.anna, PersonRemove{e.bo, "x"})) == "forbidden");
  CHECK(e.stage.place().room_capabilities(e.anna).size() == 1);
  e.stage.act(e.ora, RoleRevoke{e.anna, there, ""});
  CHECK(outcome(e.stage.act(e.anna, RoomSlowMode{tables, 9, ""})) == "forbidden");
  CHECK(outcome(e.stage.act(e.ora, RoleGrant{e.anna, Role::organiser, there, ""})) ==
        "bad_request role");
  CHECK(outcome(e.stage.act(e.ora, RoleGrant{e.anna, Role::moderator, RoleScope{{}, {5}}, ""})) ==
        "not_found scope");
}

TEST_CASE("what the registry said before a role was revoked gives it back to nobody [RL-4]") {
  Evening e;
  e.stage.act(e.ora, RoleRevoke{e.mo, {}, ""});
  PersonView stale = e.stage.place().person_view(e.mo);
  stale.role = Role::moderator;
  const auto arrive = [&](TimeMs role_at) {
    const Context context{.now = e.stage.now()};
    e.stage.perform(e.stage.place().arrive(Arrival{stale, role_at}, context));
  };
  arrive(EventStage::start - 1);
  CHECK(e.stage.place().role_of(e.mo) == Role::member);
  e.stage.wait_ms(1'000);
  arrive(e.stage.now());
  CHECK(e.stage.place().role_of(e.mo) == Role::moderator);
}

TEST_CASE("the log is read by organisers, of one person by moderators, by all of themselves") {
  Evening e;
  e.stage.act(e.mo, PersonWarn{e.anna, "please"});
  e.stage.act(e.mo, PersonWarn{e.bo, "please"});
  const auto read = [&](PersonId by, const AuditList& asked) {
    const Decision decision = e.stage.act(by, asked);
    return decision.refusal ? outcome(decision)
                            : std::to_string(std::get<AuditReply>(decision.reply).entries.size());
  };
  CHECK(read(e.ora, AuditList{}) == "2");
  CHECK(read(e.mo, AuditList{}) == "0");  // About oneself.
  CHECK(read(e.mo, AuditList{e.anna}) == "1");
  CHECK(read(e.anna, AuditList{}) == "1");
  CHECK(read(e.anna, AuditList{e.bo}) == "forbidden");
  AuditList one;
  one.limit = 1;
  const Decision first = e.stage.act(e.ora, one);
  const auto& page = std::get<AuditReply>(first.reply);
  CHECK((page.more && page.entries[0].n == 2 && page.before == 2));
  one.before = page.before;
  const Decision second = e.stage.act(e.ora, one);
  CHECK(std::get<AuditReply>(second.reply).entries[0].n == 1);
  CHECK_FALSE(std::get<AuditReply>(second.reply).more);
}

TEST_CASE("a moderator deletes what was said at a table they do not sit at, and it is logged") {
  Evening e;
  const TableId table = e.stage.table("Table 1");
  e.stage.act(e.anna, RoomEnter{e.stage.room("Tables")});
  e.stage.act(e.anna, TableSit{table});
  e.stage.act(e.anna, saying(stream_of(table), "rude"));
  const Offset said = e.stage.place().top(stream_of(table));
  CHECK(outcome(e.stage.act(e.bo, MessageDelete{"nonce-del-1", stream_of(table), said, ""})) ==
        "not_found stream");
  CHECK(told(e.stage.act(e.mo, MessageDelete{"nonce-del-2", stream_of(table), said, "rude"})) ==
        "message.deleted");
  CHECK(e.log()[0].action == "message.delete");
  CHECK(e.log()[0].person == e.anna);
  e.say(e.bo, "mine");
  const std::size_t lines = e.log().size();
  e.stage.act(e.bo, MessageDelete{"nonce-del-3", e.lobby, e.stage.place().top(e.lobby), ""});
  CHECK(e.log().size() == lines);  // One's own is nobody's business.
}

TEST_CASE("the desk hears what happens where, at most every five seconds [MO-21]") {
  Evening e;
  e.say(e.anna, "one");
  e.say(e.anna, "two");
  const Decision first = e.stage.tick();
  REQUIRE(pushed<DeskActivity>(first).size() == 1);
  CHECK(pushed<DeskActivity>(first)[0].rooms[0].messages == 2);
  e.say(e.anna, "three");
  CHECK(pushed<DeskActivity>(e.stage.tick()).empty());
  e.stage.wait_ms(limits::activity_ms);
  CHECK(pushed<DeskActivity>(e.stage.tick())[0].rooms[0].messages == 3);
  e.stage.wait_ms(70'000);
  CHECK(pushed<DeskActivity>(e.stage.tick())[0].rooms.empty());
  e.stage.wait_ms(limits::activity_ms);
  CHECK(pushed<DeskActivity>(e.stage.tick()).empty());  // Nothing happens, nothing is told.
}

TEST_CASE("the desk's state shows the queue, who is muted or out, and roles [ST-4]") {
  Evening e;
  e.stage.act(e.mo, FilterSet{true, {"casino"}, ""});
  e.stage.act(e.anna, saying(e.lobby, "casino"));
  const Offset said = e.say(e.bo, "rude");
  e.stage.act(e.anna, ReportFile{"nonce-0001", e.lobby, said, "look"});
  e.stage.act(e.mo, PersonMute{e.bo, 5, false, "loud"});
  const PersonId cy = e.stage.come("Cy");
  e.stage.act(e.mo, PersonRemove{cy, "rude"});
  const Snapshot snapshot = e.stage.place().snapshot(desk_of(EventStage::event_id), e.mo, 50);
  const auto& desk = std::get<DeskStreamState>(snapshot.state);
  CHECK((desk.reports.size() == 1 && desk.reports_open == 1));
  CHECK((desk.held.size() == 1 && desk.held_open == 1));
  CHECK(desk.muted.at(0).person == e.bo);
  CHECK(desk.removed.at(0).person == cy);
  CHECK(desk.roles.size() == 2);
  CHECK(desk.filter.on);
}

}  // namespace hallway
