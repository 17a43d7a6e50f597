// Rounds from their plan to their end: preview, announcement, course, and the clock.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "protocol/limits.hpp"
#include "round_stage.hpp"

namespace hallway {
namespace {

using test::outcome;
using test::pushed;
using test::RoundStage;
using test::told;

std::size_t seated_by(const RoundStarted& started) {
  std::size_t people = 0;
  for (const auto& [table, seats] : started.seats) people += seats.size();
  return people;
}

}  // namespace

TEST_CASE("a preview answers with a plan, its first rounds and what they achieve [round.preview]") {
  RoundStage r(8);
  const Decision asked = r.act(r.fia, RoundPreview{r.hall, r.options(4, 5)});
  CHECK(outcome(asked) == "ok");
  CHECK(asked.answers_later);
  const Decision answer = r.work(asked);
  const auto& reply = std::get<PreviewReply>(answer.reply);
  CHECK(reply.plan);
  CHECK(reply.rounds.size() == limits::plan_rounds_told);
  CHECK(reply.quality.people == 8);
  CHECK(reply.quality.sizes == std::vector<std::int64_t>{4, 4});
  CHECK(reply.quality.by_round.size() == 5);
  // Eight people at tables of four meet six others at most in two rounds: five repeat somebody.
  CHECK(reply.quality.pairs_repeated >= reply.quality.bound_repeated);
  REQUIRE(reply.quality.impossible);
  CHECK(reply.quality.impossible->reason == "repeats");

  const auto more = r.act(r.fia, RoundPlan{reply.plan, 4});
  CHECK(std::get<PlanReply>(more.reply).rounds.size() == 2);
  CHECK(outcome(r.act(r.fia, RoundPlan{PlanId{1}, 1})) == "not_found plan");
  r.wait_ms(limits::plan_ms);
  CHECK(outcome(r.act(r.fia, RoundPlan{reply.plan, 1})) == "not_found plan");
}

TEST_CASE("what cannot be planned is refused, naming the field [round.preview]") {
  RoundStage r(3);
  CHECK(outcome(r.act(r.members[0], RoundPreview{r.hall, {}})) == "forbidden");
  CHECK(outcome(r.act(r.mo, RoundPreview{r.hall, {}})) == "forbidden");
  CHECK(outcome(r.act(r.fia, RoundPreview{RoomId{5}, {}})) == "not_found room");
  CHECK(outcome(r.act(r.fia, RoundPreview{r.room("Stage"), {}})) == "conflict room");
  RoundOptions options;
  options.together = {{r.members[0], PersonId{9}}};
  CHECK(outcome(r.act(r.fia, RoundPreview{r.hall, options})) == "not_found options.together");
  options = {};
  options.apart = {{PersonId{9}, r.members[0]}};
  CHECK(outcome(r.act(r.fia, RoundPreview{r.hall, options})) == "not_found options.apart");
  options = {};
  options.hosts = {{r.members[0], TableId{9}}};
  CHECK(outcome(r.act(r.fia, RoundPreview{r.hall, options})) == "not_found options.hosts");
  options.hosts = {{r.members[0], r.sofa()}};
  CHECK(outcome(r.act(r.fia, RoundPreview{r.hall, options})) == "bad_request options.hosts");
  r.act(r.members[0], RoundSitOut{r.hall, true});
  r.act(r.members[1], RoundSitOut{r.hall, true});
  CHECK(outcome(r.act(r.fia, RoundPreview{r.hall, {}})) == "conflict room");
}

TEST_CASE("a round is announced, starts, warns, wraps up and ends [round.announce]") {
  RoundStage r(8);
  const Decision announced = r.announce(r.options(4, 2));
  CHECK(told(announced) == "series.begun round.announced chair.taken");
  CHECK(pushed<RoundAnnounced>(announced)[0].starts_at == r.now() + limits::announce_ms);
  CHECK(r.round().chair == r.fia);
  const TimeMs starts_at = r.round().starts_at;
  r.pass_ms(limits::announce_ms);

  const auto started = r.last<RoundStarted>();
  CHECK(started.at == starts_at);
  CHECK(started.data.number == 1);
  CHECK(started.data.of == 2);
  CHECK(started.data.ends_at == starts_at + 10 * 60'000);
  CHECK(started.data.seats.size() == 2);
  CHECK(seated_by(started.data) == 8);
  const auto asked = r.act(r.fia, RoundPlan{started.data.plan, 1});
  CHECK(std::get<PlanReply>(asked.reply).rounds.front() == started.data.seats);
  CHECK(started.data.repeats == 0);
  REQUIRE(started.data.opener);
  CHECK(started.data.opener->card >= 1);
  CHECK(started.data.opener->card <= limits::opener_cards);
  for (const PersonId person : r.members) {
    REQUIRE(r.table_of(person));
    CHECK(r.receives(person, stream_of(r.table_of(person))));
  }
  // Staff run the round and sit in none unless they ask to.
  CHECK_FALSE(r.table_of(r.fia));

  r.pass_ms(10 * 60'000);
  // Five minutes are not under half of ten: no warning of them.
  std::vector<std::int64_t> warnings;
  for (const RoundWarned& warned : r.all<RoundWarned>()) warnings.push_back(warned.left_s);
  CHECK(warnings == std::vector<std::int64_t>{60, 10});
  CHECK(r.last<RoundWarned>().at == started.data.ends_at - 10'000);
  const auto wrapping = r.last<RoundWrapping>();
  CHECK(wrapping.at == started.data.ends_at);
  CHECK(wrapping.data.ends_at == started.data.ends_at + limits::wrap_ms);
  CHECK(wrapping.data.tables.empty());
  CHECK(r.table_of(r.members[0]));  // nobody is cut off

  r.pass_ms(limits::wrap_ms);
  CHECK(r.last<RoundEnded>().at == wrapping.data.ends_at);
  for (const PersonId person : r.members) CHECK_FALSE(r.table_of(person));
  CHECK(r.round().phase == RoundPhase::plenary);
  CHECK(r.all<RoundEnded>().size() == 1);
}

TEST_CASE("a series goes on until it is over, and people meet new faces [round.announce]") {
  RoundStage r(8);
  r.announce(r.options(4, 2));
  r.run_round();
  const Decision next = r.act(r.fia, r.announcing());
  CHECK(told(next) == "round.announced");
  // What was true of the round before is not told of this one.
  CHECK_FALSE(r.round().view(true).opener);
  CHECK(r.round().view(true).repeats == 0);
  r.work(next);
  r.run_round();
  const auto second = r.last<RoundStarted>().data;
  CHECK(second.number == 2);
  CHECK(second.of == 2);
  // Two tables of four: each meets one of theirs again, which no plan can help.
  CHECK(second.repeats == 4);
  CHECK(outcome(r.act(r.fia, r.announcing())) == "conflict room");
  CHECK(r.round().series_over());

  RoundAnnounce same = r.announcing();
  same.same_groups = true;
  CHECK(outcome(r.act(r.fia, same)) == "ok");
  r.run_round();
  CHECK(r.last<RoundStarted>().data.number == 3);
  CHECK(r.last<RoundStarted>().data.of == 3);
  CHECK(r.last<RoundStarted>().data.seats == second.seats);
}

TEST_CASE("an announced plan is the one that was previewed [round.announce]") {
  RoundStage r(9);
  const auto preview = r.preview(r.options(3, 2));
  RoundAnnounce announce = r.announcing();
  announce.plan = preview.plan;
  const Decision announced = r.act(r.fia, announce);
  CHECK(told(announced) == "series.begun round.announced chair.taken rounds.planned");
  CHECK(std::get<PostedReply>(announced.reply).plan == preview.plan);
  r.pass_ms(limits::announce_ms);
  CHECK(r.last<RoundStarted>().data.seats.size() == 3);
  const auto started = r.last<RoundStarted>().data.seats;
  for (std::size_t table = 0; table < started.size(); ++table) {
    const auto as_set = [](std::vector<PersonId> people) {
      return std::set<PersonId>(people.begin(), people.end());
    };
    CHECK(as_set(started[table].second) == as_set(preview.rounds[0][table].second));
  }
  RoundAnnounce unknown = r.announcing();
  unknown.plan = PlanId{5};
  r.end_round();
  CHECK(outcome(r.act(r.fia, unknown)) == "not_found plan");
}

TEST_CASE("announcing again with the same nonce is answered as before [round.announce]") {
  RoundStage r(4);
  RoundAnnounce announce = r.announcing();
  announce.options = r.options(4, 1);
  const Decision first = r.act(r.fia, announce);
  const Decision again = r.act(r.fia, announce);
  CHECK(told(again).empty());
  CHECK(std::get<PostedReply>(again.reply).dup);
  CHECK(std::get<PostedReply>(again.reply).plan == std::get<PostedReply>(first.reply).plan);
  announce.options->minutes = 11;
  CHECK(outcome(r.act(r.fia, announce)) == "nonce_conflict nonce");
  CHECK(outcome(r.act(r.fia, r.announcing())) == "conflict room");
}

TEST_CASE("an announcement can be taken back, and made again [round.cancel]") {
  RoundStage r(4);
  CHECK(outcome(r.act(r.fia, RoundCancel{r.hall})) == "conflict room");
  r.announce(r.options(4, 2));
  CHECK(outcome(r.act(r.members[0], RoundCancel{r.hall})) == "forbidden");
  CHECK(told(r.act(r.fia, RoundCancel{r.hall})) == "round.cancelled");
  r.pass_ms(limits::announce_ms);
  CHECK(r.all<RoundStarted>().empty());
  CHECK(outcome(r.act(r.fia, r.announcing())) == "ok");
  r.pass_ms(limits::announce_ms);
  CHECK(r.last<RoundStarted>().data.number == 1);
  CHECK(outcome(r.act(r.fia, RoundCancel{r.hall})) == "conflict room");
}

TEST_CASE("with nobody to seat, the start is called off [round.announce]") {
  RoundStage r(2);
  r.announce(r.options(4, 1));
  r.act(r.members[0], RoomEnter{r.lobby()});
  r.pass_ms(limits::announce_ms);
  CHECK(r.last<RoundCancelled>().data.reason == RoundCancelReason::too_few);
}

TEST_CASE("who is gone the moment a round starts is not seated by it [round.announce]") {
  RoundStage r(8);
  const PersonId gone = r.members[0];
  r.drop(gone);
  r.pass_ms(limits::left_ms - limits::announce_ms);
  r.announce(r.options(4, 1));
  r.pass_ms(limits::announce_ms);
  CHECK_FALSE(r.event().find(gone)->present);
  CHECK(seated_by(r.last<RoundStarted>().data) == 7);
}

TEST_CASE("time can be added for all, or for one table [round.extend]") {
  RoundStage r(8);
  CHECK(outcome(r.act(r.fia, RoundExtend{r.hall, 120, {}})) == "conflict room");
  r.start(r.options(4, 1));
  const TimeMs end = r.round().ends_at;
  CHECK(outcome(r.act(r.members[0], RoundExtend{r.hall, 120, {}})) == "forbidden");
  CHECK(outcome(r.act(r.fia, RoundExtend{r.hall, 120, r.sofa()})) == "conflict table");
  r.act(r.fia, RoundExtend{r.hall, 120, {}});
  CHECK(r.round().ends_at == end + 120'000);
  const TableId longer = r.round().tables.begin()->first;
  const TableId other = r.round().tables.rbegin()->first;
  r.act(r.fia, RoundExtend{r.hall, 300, longer});
  CHECK(r.round().end_of(r.round().tables.at(longer)) == end + 420'000);

  r.pass_ms(12 * 60'000);
  CHECK(r.last<RoundWrapping>().data.tables == std::vector{other});
  r.pass_ms(limits::wrap_ms);
  CHECK(r.last<RoundEnded>().data.tables == std::vector{other});
  CHECK(r.people_at(other).empty());
  CHECK(r.people_at(longer).size() == 4);
  r.pass_ms(300'000);
  CHECK(r.last<RoundWrapping>().data.tables == std::vector{longer});
  // Time asked for while wrapping up goes back to the talk.
  r.act(r.fia, RoundExtend{r.hall, 60, longer});
  r.pass_ms(60'000 + limits::wrap_ms);
  CHECK(r.last<RoundEnded>().data.tables.empty());
  CHECK(r.round().phase == RoundPhase::plenary);
}

TEST_CASE("a pause stops the clock, and nothing is lost of the time [round.pause]") {
  RoundStage r(4);
  r.start(r.options(4, 1));
  r.pass_ms(60'000);
  CHECK(outcome(r.act(r.fia, RoundPause{r.hall})) == "ok");
  CHECK(told(r.act(r.fia, RoundPause{r.hall})).empty());
  r.pass_ms(3'600'000);
  CHECK(r.all<RoundWrapping>().empty());
  CHECK(told(r.act(r.fia, RoundResume{r.hall})) == "round.resumed");
  CHECK(r.round().ends_at == r.now() + 9 * 60'000);
  CHECK(told(r.act(r.fia, RoundResume{r.hall})).empty());
  r.pass_ms(9 * 60'000);
  CHECK(r.round().phase == RoundPhase::wrapping);
  CHECK(outcome(r.act(r.fia, RoundPause{r.hall})) == "conflict room");
}

TEST_CASE("ending a round leaves time for the sentence one is in [round.end]") {
  RoundStage r(4);
  CHECK(outcome(r.act(r.fia, RoundEnd{r.hall})) == "conflict room");
  r.start(r.options(4, 1));
  CHECK(told(r.act(r.fia, RoundEnd{r.hall})) == "round.wrapping");
  CHECK(told(r.act(r.fia, RoundEnd{r.hall})).empty());
  CHECK(r.table_of(r.members[0]));
  r.pass_ms(limits::wrap_ms);
  CHECK_FALSE(r.table_of(r.members[0]));
}

TEST_CASE("tables that are missing are made, and hosts are at theirs [round.announce]") {
  RoundStage r(14);
  RoundOptions options = r.options(3, 1);
  const TableId third = r.table("Table 3");
  options.hosts = {{r.fia, third}, {r.members[0], r.table("Table 1")}};
  r.start(options);
  CHECK(r.all<TableCreated>().size() == 1);
  CHECK(r.round().tables.size() == 5);
  CHECK(r.table_of(r.fia) == third);
  CHECK(r.table_of(r.members[0]) == r.table("Table 1"));
  for (const auto& [table, run] : r.round().tables) CHECK(r.people_at(table).size() == 3);
}

TEST_CASE("colleagues, companions, blocks and wishes are heeded [round.announce]") {
  RoundStage r(8);
  for (std::size_t i = 0; i < 4; ++i) {
    CardUpdate card;
    card.org = i < 2 ? "Acme" : " acme ";
    r.act(r.members[i], card);
  }
  CardUpdate with;
  with.came_with = {r.members[5]};
  r.act(r.members[4], with);
  with.came_with = {r.members[4]};
  r.act(r.members[5], with);
  r.blocks = {{r.members[6], r.members[7]}};
  RoundOptions options = r.options(2, 1);
  options.size_min = 2;
  r.start(options);
  const auto share = [&](std::size_t one, std::size_t other) {
    return r.table_of(r.members[one]) == r.table_of(r.members[other]);
  };
  CHECK_FALSE(share(4, 5));
  CHECK_FALSE(share(6, 7));
  CHECK_FALSE(share(0, 1));
  CHECK_FALSE(share(2, 3));
  CHECK_FALSE(share(0, 2));
}

TEST_CASE("a new series knows nothing of wishes for the last, nor shows a block [round.preview]") {
  RoundStage r(4);
  r.blocks = {{r.members[2], r.members[3]}};
  RoundOptions options = r.options(2, 1);
  options.size_min = 2;
  options.apart = {{r.members[0], r.members[1]}};
  r.start(options);
  CHECK(r.round().apart.size() == 2);
  r.end_round();
  CHECK(r.preview(r.options(4, 1)).quality.conflicts == 0);
}

TEST_CASE("a restart in mid-round keeps every seat and the clock [round.restart]") {
  RoundStage r(8);
  r.start(r.options(4, 2));
  r.pass_ms(60'000);
  const auto seats = r.round().seat_of;
  const TimeMs end = r.round().ends_at;
  r.restart();
  CHECK(r.round().seat_of == seats);
  CHECK(r.round().ends_at == end);
  for (const PersonId person : r.members) CHECK(r.table_of(person) == seats.at(person));
  for (const PersonId person : r.members) r.arrive(person);
  r.arrive(r.fia);
  r.pass_ms(end - r.now() + limits::wrap_ms);
  CHECK(r.all<RoundWrapping>().size() == 1);
  CHECK(r.all<RoundEnded>().size() == 1);
}

TEST_CASE("what came due during a restart happens late, once, or not at all [round.restart]") {
  SECTION("a start missed by a minute at most happens now, with its full minutes") {
    RoundStage r(4);
    r.announce(r.options(4, 1));
    r.wait_ms(limits::announce_ms + limits::start_missed_ms);
    r.restart();
    r.pass_ms(0);
    CHECK(r.last<RoundStarted>().data.ends_at == r.now() + 10 * 60'000);
  }
  SECTION("a later one is called off") {
    RoundStage r(4);
    r.announce(r.options(4, 1));
    r.wait_ms(limits::announce_ms + limits::start_missed_ms + 1);
    r.restart();
    r.pass_ms(0);
    CHECK(r.last<RoundCancelled>().data.reason == RoundCancelReason::missed);
    CHECK(r.all<RoundStarted>().empty());
  }
  SECTION("an end that was missed is wrapped up now, and its warnings are not told") {
    RoundStage r(4);
    r.start(r.options(4, 1));
    r.wait_ms(10 * 60'000 + 5'000);
    r.restart();
    r.pass_ms(0);
    CHECK(r.last<RoundWrapping>().data.ends_at == r.now() + limits::wrap_ms);
    CHECK(r.all<RoundWarned>().empty());
  }
  SECTION("a plan that was not ready is made at the start") {
    RoundStage r(8);
    RoundAnnounce announce = r.announcing();
    announce.options = r.options(4, 1);
    r.act(r.fia, announce);  // its work is lost
    r.restart();
    r.pass_ms(limits::announce_ms);
    CHECK(r.last<RoundStarted>().data.seats.size() == 2);
  }
}

TEST_CASE("an outcome that comes too late changes nothing [round.announce]") {
  RoundStage r(8);
  RoundAnnounce announce = r.announcing();
  announce.options = r.options(4, 1);
  const Decision announced = r.act(r.fia, announce);
  r.pass_ms(limits::announce_ms);
  CHECK(told(r.work(announced)).empty());
}

TEST_CASE("where a round is due or runs, its room and tables stay [round.announce]") {
  RoundStage r(4);
  r.announce(r.options(4, 1));
  CHECK(outcome(r.act(r.mo, RoomClose{r.hall})) == "conflict room");
  r.pass_ms(limits::announce_ms);
  const TableId table = r.table_of(r.members[0]);
  CHECK(outcome(r.act(r.fia, TableRemove{table})) == "conflict table");
  CHECK(outcome(r.act(r.members[0], TableLock{table})) == "conflict table");
  CHECK(outcome(r.act(r.mo, RoomClose{r.hall})) == "conflict room");
}

}  // namespace hallway
