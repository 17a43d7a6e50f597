// Random people do random things; after each step the rules hold, and a server that starts again
// from the journal has the same event.
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <string_view>

#include "event_stage.hpp"

namespace hallway {
namespace {

using test::EventStage;

class Crowd {
 public:
  explicit Crowd(std::uint32_t seed) : chance_(seed), stage_(spec_for(seed)) {
    for (const Role role : {Role::facilitator, Role::moderator, Role::organiser}) {
      people_.push_back(stage_.come("Staff", role));
    }
    for (int count = 0; count < 6; ++count) people_.push_back(stage_.come("Guest"));
  }

  void step() {
    const int dice = number(20);
    if (dice == 0) {
      stage_.pass_ms(number(4) == 0 ? 700'000 : number(100'000));
    } else if (dice == 1) {
      stage_.drop(someone());
    } else if (dice == 2 && number(3) == 0) {
      stage_.bye(someone());
    } else if (dice <= 5) {
      stage_.arrive(someone());
    } else {
      actor_ = number(4) == 0 ? people_[static_cast<std::size_t>(number(3))] : someone();
      const bool leads = number(6) == 0;
      if (leads) actor_ = people_.front();  // a facilitator
      if (number(80) == 0) {
        stage_.act_as_operator(moderator_command());  // whose rank is above all
        return;
      }
      const Decision decision = stage_.act(actor_, leads ? round_command() : command());
      // What is asked for off the shard comes back at once, or is lost.
      if (decision.work && number(5) > 0) stage_.work(decision);
    }
  }

  /// The kinds of pushes that came of it.
  std::set<std::string_view> happened() const {
    std::set<std::string_view> names;
    for (const Push& push : stage_.journal()) names.insert(name_of(push.data));
    return names;
  }

  void check_replay() {
    const auto replayed = stage_.replayed();
    CHECK(EventStage::portrait(*replayed) == EventStage::portrait(stage_.place()));
    test::check_consistent(replayed->event());
  }

 private:
  static EventSpec spec_for(std::uint32_t seed) {
    EventSpec spec = test::small_event();
    if (seed % 2 == 0) spec.admission = Admission::approval;
    if (seed % 5 == 0) spec.starts_at += 2'000'000;
    return spec;
  }
  int number(int below) { return std::uniform_int_distribution<int>(0, below - 1)(chance_); }
  template <class Things>
  auto any_of(const Things& things) {
    return *std::next(things.begin(), number(static_cast<int>(things.size())));
  }
  PersonId someone() { return any_of(people_); }
  PersonId somebody_muted() {
    for (const PersonId person : people_) {
      if (stage_.place().mute_of(person, stage_.now())) return person;
    }
    return someone();
  }
  RoomId some_room() { return any_of(stage_.event().room_order); }
  /// Often one's own, or one of the room where one is.
  TableId some_table() {
    const PlaceView place = stage_.place().where(actor_);
    if (place.table && number(2) == 0) return place.table;
    const Room* room = stage_.event().find(place.room);
    if (room && !room->tables.empty()) return any_of(room->tables);
    const auto& tables = stage_.event().tables;
    return tables.empty() ? TableId{5} : any_of(tables).first;
  }
  StreamId some_stream() {
    const auto streams = stage_.place().streams_of(actor_);
    return streams.empty() ? stream_of(stage_.lobby()) : any_of(streams);
  }
  std::string nonce() { return "nonce-" + std::to_string(++nonces_); }

  Command command() {
    switch (number(10)) {
      case 0:
        return chat_command();
      case 1:
        return staff_command();
      case 2:
        return RoomEnter{number(2) == 0 ? some_room() : hall()};
      case 3:
        return TableSit{some_table()};
      case 4:
        return number(4) == 0 ? round_command() : person_in_round_command();
      default:
        return table_command();
    }
  }
  Command table_command() {
    const TableId table = some_table();
    switch (number(10)) {
      case 0:
        return TableStand{};
      case 1:
        return TableLock{table};
      case 2:
        return TableUnlock{table};
      case 3:
        return TableKnock{table, "me"};
      case 4:
        return TableAnswer{table, number(3) + 1, number(3) > 0};
      case 5:
        return TableInvite{table, someone()};
      case 6:
        return TableVisit{table, number(3) > 0};
      case 7:
        return TableCallHelp{table, "help"};
      case 8:
        return TableHelpDone{table};
      default: {
        TableUpdate update;
        update.table = table;
        update.mood = number(2) == 0 ? Mood::deep : Mood::open;
        update.topic = "Topic " + std::to_string(number(3));
        return update;
      }
    }
  }
  RoundOptions some_options() {
    RoundOptions options;
    options.size = 2 + number(3);
    options.size_min = std::min<std::int64_t>(options.size, 2 + number(2));
    options.minutes = 1 + number(6);
    options.rounds = 1 + number(3);
    if (number(4) == 0) options.apart = {{someone(), someone()}};
    if (number(4) == 0) options.opener = "Well?";
    return options;
  }
  /// Mostly the one where the actor is, or one with tables.
  RoomId hall() {
    const RoomId here = stage_.place().where(actor_).room;
    if (here && number(3) == 0) return here;
    for (const RoomId room : stage_.event().room_order) {
      if (stage_.event().find(room)->kind == RoomKind::tables && number(3) > 0) return room;
    }
    return some_room();
  }
  Command round_command() {
    const RoomId room = hall();
    switch (number(12)) {
      case 0:
        return RoundPreview{room, some_options()};
      case 1:
      case 2:
        return RoundAnnounce{nonce(), room, some_options(), {}, false};
      case 3:
      case 4:
        return RoundAnnounce{nonce(), room, {}, {}, number(3) == 0};
      case 5:
        return RoundCancel{room};
      case 6:
        return RoundExtend{room, 10 + number(100), {}};
      case 7:
        return RoundExtend{room, 10 + number(100), some_table()};
      case 8:
        return RoundPause{room};
      case 9:
        return RoundResume{room};
      case 10:
        return SeatMove{someone(), some_table()};
      default:
        return number(3) == 0 ? Command(RoundEnd{room}) : Broadcast{nonce(), room, "listen"};
    }
  }
  Command person_in_round_command() {
    const PlaceView place = stage_.place().where(actor_);
    const TableId table = place.table && number(4) > 0 ? place.table : some_table();
    switch (number(8)) {
      case 0:
        return RoundSitOut{hall(), true};
      case 1:
      case 2:
        return RoundSitOut{hall(), false};
      case 3:
        return RoundAskTime{table};
      case 4:
        return TableMerge{table};
      case 5:
        return OpenerDraw{table};
      case 6:
        return ChairTake{hall()};
      default:
        return SeatUndo{stage_.event().next_move - 1};
    }
  }
  Command moderator_command() {
    const Moderation& moderation = stage_.event().moderation;
    switch (number(14)) {
      case 0:
        return PersonWarn{some_member(), "please"};
      case 1:
        return PersonMove{some_member(), some_room(), ""};
      case 2: {
        if (number(4) > 0) return PersonUnban{some_member(), ""};
        PersonBan ban{some_member(), {}, "rude"};
        if (number(2) == 0) ban.until = stage_.now() + 1 + number(900'000);
        return ban;
      }
      case 3:
        return RoomSlowMode{some_room(), number(3) * 10, ""};
      case 4:
        return RoomLock{some_room(), number(8) == 0, ""};
      case 5:
        return EventLockdown{number(8) == 0, ""};
      case 6:
        return ReportClaim{moderation.reports.empty() ? 1 : any_of(moderation.reports).first};
      case 7:
        return ReportResolve{moderation.next_report - 1 - number(3), ReportOutcome::other, ""};
      case 8:
        return FilterSet{number(2) == 0, {"words"}, ""};
      case 9:
      case 10:
        return MessageReview{moderation.next_held - 1 - number(3), number(2) == 0, ""};
      case 11:
        return PersonUnban{some_member(), ""};
      case 12:
        return somebodys_role();
      default:
        return RoleGrant{some_member(), number(2) == 0 ? Role::moderator : Role::facilitator,
                         some_scope(), ""};
    }
  }
  /// Never one of the staff by whom the crowd is kept.
  PersonId some_member() {
    return people_[static_cast<std::size_t>(3 + number(static_cast<int>(people_.size()) - 3))];
  }
  RoleRevoke somebodys_role() {
    for (const auto& [person, member] : stage_.event().members) {
      if (!member.standing || member.standing->room_roles.empty()) continue;
      return {person, RoleScope{{}, member.standing->room_roles.begin()->first}, ""};
    }
    return {some_member(), some_scope(), ""};
  }
  std::optional<RoleScope> some_scope() {
    if (number(2) == 0) return std::nullopt;
    return RoleScope{{}, some_room()};
  }
  Command staff_command() {
    if (number(3) == 0) return moderator_command();
    switch (number(10)) {
      case 0: {
        RoomCreate create = test::new_room_named("Room", RoomKind::tables);
        create.nonce = nonce();
        create.tables = 1;
        return create;
      }
      case 1:
        return RoomClose{some_room()};
      case 2: {
        TableCreate create = test::new_table_in(some_room());
        create.nonce = nonce();
        return create;
      }
      case 3:
        return TableRemove{some_table()};
      case 4:
        return AdmissionAdmit{{}, true};
      case 5:
        return AdmissionRefuse{{someone()}, false};
      case 6:
        return PersonMute{someone(), 1 + number(20), number(2) == 0, "loud"};
      case 7:
        return PersonUnmute{somebody_muted(), ""};
      case 8: {
        if (number(10) > 0) return RoomUpdate{some_room(), "Renamed"};
        return PersonRemove{someone(), "rude"};
      }
      default: {
        EventUpdate update;
        update.title = "Title " + std::to_string(number(3));
        if (number(50) == 0) update.state = EventState::over;
        if (number(4) == 0) update.state = EventState::live;
        return update;
      }
    }
  }
  Command chat_command() {
    const StreamId stream = some_stream();
    const auto top = static_cast<int>(stage_.place().top(stream));
    const Offset offset = static_cast<Offset>(top > 0 ? 1 + number(top) : 1);
    switch (number(7)) {
      case 6:
        return ReportFile{nonce(), stream, offset, "look"};
      case 0:
        return MessageEdit{nonce(), stream, offset, "edited"};
      case 1:
        return MessageDelete{nonce(), stream, offset, ""};
      case 2:
        return MessageReact{stream, offset, "x", number(2) == 0};
      case 3:
        return test::card_with_name("Name " + std::to_string(number(5)));
      default:
        return MessageSend{nonce(), stream, "words", 0};
    }
  }

  std::mt19937 chance_;
  EventStage stage_;
  std::vector<PersonId> people_;
  PersonId actor_;
  int nonces_ = 0;
};

}  // namespace

TEST_CASE("replaying the journal gives the same event, whatever people did [reliability R15]") {
  std::set<std::string_view> happened;
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    Crowd crowd(seed);
    for (int step = 0; step < 800; ++step) {
      crowd.step();
      if (step % 100 == 99) crowd.check_replay();
    }
    happened.merge(crowd.happened());
  }
  const std::set<std::string_view> expected{
      "event.updated",   "room.created",     "room.updated",   "room.closed",
      "person.updated",  "seat.taken",       "seat.left",      "table.created",
      "table.updated",   "table.removed",    "table.locked",   "table.unlocked",
      "table.knocked",   "table.visited",    "help.called",    "help.done",
      "person.waiting",  "person.admitted",  "person.refused", "person.muted",
      "person.unmuted",  "person.removed",   "person.entered", "person.left",
      "role.given",      "message.posted",   "message.edited", "message.deleted",
      "message.reacted", "series.begun",     "rounds.planned", "round.announced",
      "round.cancelled", "round.started",    "round.warned",   "round.wrapping",
      "round.ended",     "round.extended",   "round.paused",   "round.resumed",
      "round.sat_out",   "round.time_asked", "table.shrunk",   "opener.drawn",
      "people.met",      "broadcast.posted", "chair.offered",  "chair.taken",
      "person.warned",   "person.moved",     "person.banned",  "person.unbanned",
      "role.granted",    "role.revoked",     "report.filed",   "report.claimed",
      "report.resolved", "filter.updated",   "message.held",   "message.reviewed",
      "audited"};
  CHECK(happened == expected);
}

TEST_CASE("after a restart seats are held and everyone's grace starts anew [resume]") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  for (const PersonId person : {anna, bo}) {
    stage.act(person, RoomEnter{stage.room("Tables")});
    stage.act(person, TableSit{stage.table("Table 1")});
  }
  stage.act(anna, TableLock{stage.table("Table 1")});
  stage.act(stage.come("Cy"), RoomEnter{stage.room("Tables")});
  stage.act(PersonId{102}, TableKnock{stage.table("Table 1"), ""});
  stage.drop(bo);
  stage.wait_ms(60'000);
  const auto place = stage.replayed();
  CHECK(place->where(anna).table == stage.table("Table 1"));
  CHECK(place->person_view(anna).state == PersonState::reconnecting);
  CHECK(place->event().find(stage.table("Table 1"))->knocks.empty());
  CHECK(place->event().find(stage.table("Table 1"))->locked);
  CHECK(place->next_deadline() == stage.now() + limits::reconnecting_ms);
}

}  // namespace hallway
