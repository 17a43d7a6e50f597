// People in rounds: who comes late, sits out, leaves, is moved, asks, leads, and whom one has met.
#include <algorithm>
#include <catch2/catch.hpp>

#include "protocol/limits.hpp"
#include "round_stage.hpp"

namespace hallway {
namespace {

using test::outcome;
using test::pushed;
using test::RoundStage;
using test::told;

/// Lets everyone at the table but `stay` go without a word, until only so many are left.
void thin_out(RoundStage& r, TableId table, std::size_t stay) {
  auto people = r.people_at(table);
  while (people.size() > stay) {
    r.bye(people.back());
    people.pop_back();
  }
}

TableId largest_table(const RoundStage& r) {
  TableId largest = r.round().tables.begin()->first;
  for (const auto& [table, run] : r.round().tables) {
    if (r.people_at(table).size() > r.people_at(largest).size()) largest = table;
  }
  return largest;
}

}  // namespace

TEST_CASE("who comes with half of the round left is seated at the smallest table [round.late]") {
  RoundStage r(7);
  r.start(r.options(4, 1));
  const PersonId late = r.come("Late");
  const Decision entered = r.act(late, RoomEnter{r.hall});
  const auto taken = pushed<SeatTaken>(entered);
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].late);
  CHECK(r.people_at(taken[0].table).size() == 4);
  CHECK(r.receives(late, stream_of(taken[0].table)));

  r.pass_ms(5 * 60'000);
  const PersonId later = r.come("Later");
  r.act(later, RoomEnter{r.hall});
  CHECK(r.table_of(later) == r.sofa());
  const PersonId staff = r.come("Staff", Role::facilitator);
  CHECK(told(r.act(staff, RoomEnter{r.hall})) == "person.entered");
}

TEST_CASE("a newcomer to the event is seated on arrival where they were before [round.late]") {
  RoundStage r(7);
  const PersonId gone = r.members[0];
  r.bye(gone);
  r.start(r.options(3, 1));
  const Decision back = r.arrive(gone);
  CHECK(pushed<SeatTaken>(back).size() == 1);
  CHECK(r.round().tables.contains(r.table_of(gone)));
}

TEST_CASE("somebody whom one blocks is not seated at one's table late [round.late]") {
  RoundStage r(7);
  const PersonId late = r.members[6];
  r.bye(late);
  r.blocks = {{late, r.members[0]}, {r.members[0], late}};
  // Known from the plan of the series, in which both were.
  r.arrive(late);
  r.announce(r.options(3, 1));
  r.bye(late);
  r.pass_ms(limits::announce_ms);
  r.arrive(late);
  CHECK(r.round().tables.contains(r.table_of(late)));
  CHECK(r.table_of(late) != r.table_of(r.members[0]));
}

TEST_CASE("sitting out needs no reason, and lapses with the round sat out [round.sit_out]") {
  RoundStage r(8);
  const PersonId tired = r.members[0];
  CHECK(outcome(r.act(tired, RoundSitOut{r.room("Stage"), true})) == "not_found room");
  r.act(tired, RoundSitOut{r.hall, true});
  CHECK(told(r.act(tired, RoundSitOut{r.hall, true})).empty());
  r.start(r.options(3, 3));
  CHECK(r.table_of(tired) == r.sofa());
  r.end_round();
  r.work(r.act(r.fia, r.announcing()));
  r.pass_ms(limits::announce_ms);
  CHECK(r.round().tables.contains(r.table_of(tired)));

  // In a round: out of this one and the next.
  const TableId left = r.table_of(tired);
  const Decision out = r.act(tired, RoundSitOut{r.hall, true});
  CHECK(told(out) == "round.sat_out seat.left seat.taken");
  CHECK(pushed<SeatLeft>(out)[0].reason == SeatLeftReason::round);
  CHECK(r.table_of(tired) == r.sofa());
  CHECK(r.people_at(left).size() >= 2);
  r.end_round();
  CHECK(r.event().find(r.hall)->rounds.sitting_out.contains(tired));
  r.work(r.act(r.fia, r.announcing()));
  r.pass_ms(limits::announce_ms);
  CHECK(r.table_of(tired) == r.sofa());
  // And back in, while it is worth it.
  CHECK(told(r.act(tired, RoundSitOut{r.hall, false})).starts_with("round.sat_out seat.left"));
  CHECK(r.round().tables.contains(r.table_of(tired)));
}

TEST_CASE("staff are seated when they say so [round.sit_out]") {
  RoundStage r(7);
  CHECK(told(r.act(r.fia, RoundSitOut{r.hall, true})).empty());
  r.act(r.fia, RoundSitOut{r.hall, false});
  r.start(r.options(4, 1));
  CHECK(r.round().tables.contains(r.table_of(r.fia)));
  CHECK_FALSE(r.table_of(r.mo));
}

TEST_CASE("in a round one may stand up, and come back to one's own table [round.seats]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const PersonId person = r.members[0];
  const TableId own = r.table_of(person);
  const TableId other = r.round().tables.begin()->first == own ? r.round().tables.rbegin()->first
                                                               : r.round().tables.begin()->first;
  CHECK(outcome(r.act(person, TableSit{other})) == "conflict table");
  CHECK(outcome(r.act(person, TableSit{r.table("Table 4")})) == "conflict table");
  r.act(person, TableStand{});
  CHECK(r.table_of(person) == r.sofa());
  CHECK(outcome(r.act(person, TableSit{own})) == "ok");
  CHECK(r.table_of(person) == own);
  CHECK(outcome(r.act(person, TableInvite{own, r.people_at(other)[0]})) == "conflict table");
  CHECK(outcome(r.act(r.mo, TableSit{own})) == "conflict table");
}

TEST_CASE("a table that falls to one is merged after a notice [round.merge]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const TableId small = r.round().tables.begin()->first;
  const TableId other = r.round().tables.rbegin()->first;
  thin_out(r, small, 1);
  const PersonId lonely = r.people_at(small)[0];
  r.pass_ms(0);
  const auto notice = r.last<TableShrunk>();
  CHECK(notice.stream == stream_of(small));
  CHECK(notice.data.left == 1);
  CHECK(notice.data.into == other);
  CHECK(notice.data.at == r.now() + limits::merge_ms);
  r.pass_ms(limits::merge_ms);
  CHECK(r.table_of(lonely) == other);
  CHECK(r.last<SeatTaken>().data.merged);
  CHECK(r.last<SeatLeft>().data.reason == SeatLeftReason::merged);
  CHECK(r.round().tables.size() == 1);
  // The last table of a round stays, however small.
  thin_out(r, other, 1);
  r.pass_ms(limits::merge_ms * 2);
  CHECK(r.people_at(other).size() == 1);
}

TEST_CASE("small tables are merged while the clock is paused too [round.merge]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  r.act(r.fia, RoundPause{r.hall});
  const TableId small = r.round().tables.begin()->first;
  thin_out(r, small, 1);
  const PersonId lonely = r.people_at(small)[0];
  r.pass_ms(limits::merge_ms);
  CHECK(r.table_of(lonely) != small);
  CHECK(r.round().paused_at);
}

TEST_CASE("a notice is taken back when somebody comes [round.merge]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const TableId small = r.round().tables.begin()->first;
  thin_out(r, small, 1);
  r.pass_ms(0);
  const PersonId late = r.come("Late");
  r.act(late, RoomEnter{r.hall});
  CHECK(r.table_of(late) == small);
  r.pass_ms(0);
  CHECK(r.last<TableShrunk>().data.left == 2);
  CHECK_FALSE(r.last<TableShrunk>().data.at);
  const PersonId third = r.come("Third");
  r.act(third, RoomEnter{r.hall});
  r.pass_ms(limits::merge_ms * 2);
  CHECK(r.last<TableShrunk>().data.left == 0);
  CHECK(r.people_at(small).size() == 3);
}

TEST_CASE("an away person's chair counts as empty, and goes along [round.merge]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const TableId small = r.round().tables.begin()->first;
  const auto people = r.people_at(small);
  for (std::size_t i = 1; i < people.size(); ++i) r.drop(people[i]);
  r.pass_ms(limits::reconnecting_ms - 1);
  CHECK(r.all<TableShrunk>().empty());
  r.pass_ms(1 + limits::merge_ms);
  for (const PersonId person : people) CHECK(r.table_of(person) != small);
  for (const PersonId person : people) CHECK(r.table_of(person) == r.table_of(people[0]));
}

TEST_CASE("a table that falls to two is asked, and joins when both say so [round.merge]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const TableId small = r.round().tables.begin()->first;
  const TableId other = r.round().tables.rbegin()->first;
  const PersonId elsewhere = r.people_at(other)[0];
  CHECK(outcome(r.act(elsewhere, TableMerge{other})) == "conflict table");
  thin_out(r, small, 2);
  r.pass_ms(limits::merge_ms * 2);
  const auto pair = r.people_at(small);
  CHECK(pair.size() == 2);
  CHECK(outcome(r.act(elsewhere, TableMerge{small})) == "forbidden table");
  const Decision one = r.act(pair[0], TableMerge{small});
  CHECK(pushed<TableShrunk>(one)[0].yes == 1);
  CHECK(pushed<TableShrunk>(one)[0].of == 2);
  CHECK(told(r.act(pair[0], TableMerge{small})).empty());
  r.act(pair[1], TableMerge{small});
  CHECK(r.table_of(pair[0]) == other);
  CHECK(r.table_of(pair[1]) == other);
}

TEST_CASE("when all have gone the round is over [round.merge]") {
  RoundStage r(3);
  r.start(r.options(3, 1));
  SECTION("also while it is paused") {
    r.act(r.fia, RoundPause{r.hall});
  }
  SECTION("while it runs") {}
  for (const PersonId person : r.members) r.bye(person);
  r.pass_ms(0);
  CHECK(r.round().phase == RoundPhase::plenary);
}

TEST_CASE("a facilitator moves people, and takes it back within ten seconds [seat.move]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const PersonId person = r.members[0];
  const TableId from = r.table_of(person);
  const TableId to = from == r.round().tables.begin()->first ? r.round().tables.rbegin()->first
                                                             : r.round().tables.begin()->first;
  CHECK(outcome(r.act(r.members[1], SeatMove{person, to})) == "forbidden");
  CHECK(outcome(r.act(r.fia, SeatMove{person, TableId{5}})) == "not_found table");
  CHECK(outcome(r.act(r.fia, SeatMove{PersonId{5}, to})) == "not_found person");
  CHECK(outcome(r.act(r.fia, SeatMove{person, r.table("Table 4")})) == "conflict table");
  CHECK(told(r.act(r.fia, SeatMove{person, from})).empty());

  const Decision moved = r.act(r.fia, SeatMove{person, to});
  CHECK(told(moved) == "seat.left seat.taken");
  const std::int64_t move = *std::get<PostedReply>(moved.reply).move;
  CHECK(pushed<SeatTaken>(moved)[0].moved_by == r.fia);
  CHECK(pushed<SeatTaken>(moved)[0].move == move);
  CHECK(r.people_at(to).size() == 5);
  CHECK(outcome(r.act(r.members[1], SeatUndo{move})) == "forbidden");
  CHECK(outcome(r.act(r.fia, SeatUndo{move})) == "ok");
  CHECK(r.table_of(person) == from);
  CHECK(outcome(r.act(r.fia, SeatUndo{move})) == "conflict move");

  const Decision again = r.act(r.fia, SeatMove{person, to});
  r.wait_ms(limits::undo_ms + 1);
  const std::int64_t second = *std::get<PostedReply>(again.reply).move;
  CHECK(second != move);
  CHECK(outcome(r.act(r.fia, SeatUndo{second})) == "conflict move");
  CHECK(outcome(r.act(r.fia, SeatUndo{999})) == "conflict move");
}

TEST_CASE("a move is not undone to a table that the round has left [seat.undo]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const TableId from = r.round().tables.begin()->first;
  const TableId to = r.round().tables.rbegin()->first;
  thin_out(r, from, 1);
  const PersonId last = r.people_at(from)[0];
  const Decision moved = r.act(r.fia, SeatMove{last, to});
  CHECK_FALSE(r.round().tables.contains(from));
  const std::int64_t move = *std::get<PostedReply>(moved.reply).move;
  CHECK(outcome(r.act(r.fia, SeatUndo{move})) == "conflict move");
}

TEST_CASE("outside of rounds a move heeds the chairs there are [seat.move]") {
  RoundStage r(5);
  const TableId table = r.table("Table 1");
  for (std::size_t i = 0; i < 4; ++i) r.act(r.members[i], TableSit{table});
  CHECK(outcome(r.act(r.fia, SeatMove{r.members[4], table})) == "table_full table");
  const Decision moved = r.act(r.fia, SeatMove{r.members[4], r.table("Table 2")});
  CHECK(told(moved) == "seat.taken");
  CHECK(told(r.act(r.fia, SeatUndo{*std::get<PostedReply>(moved.reply).move})) == "seat.left");
  r.act(r.members[4], RoomEnter{r.lobby()});
  CHECK(outcome(r.act(r.fia, SeatMove{r.members[4], table})) == "conflict person");
}

TEST_CASE("a table asks for more time, and the desk hears how many do [round.ask_time]") {
  RoundStage r(8);
  CHECK(outcome(r.act(r.members[0], RoundAskTime{r.table("Table 1")})) == "forbidden table");
  r.start(r.options(4, 1));
  const TableId table = r.table_of(r.members[0]);
  const Decision asked = r.act(r.members[0], RoundAskTime{table});
  CHECK(told(asked) == "round.time_asked round.time_asked");
  CHECK(asked.pushes[0].stream == stream_of(table));
  CHECK(asked.pushes[1].stream == desk_of(r.event_id));
  CHECK(pushed<RoundTimeAsked>(asked)[0].yes == 1);
  CHECK(pushed<RoundTimeAsked>(asked)[0].of == 4);
  CHECK(told(r.act(r.members[0], RoundAskTime{table})).empty());
  r.act(r.fia, RoundExtend{r.hall, 120, table});
  CHECK(told(r.act(r.members[0], RoundAskTime{table})) == "round.time_asked round.time_asked");
}

TEST_CASE("a wish for time that is granted, or left behind, is off the desk [round.ask_time]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const TableId table = r.table_of(r.members[0]);
  const auto people = r.people_at(table);
  const auto desk_is_told = [&](const Decision& decision) {
    for (const Push& push : decision.pushes) {
      const auto* asked = std::get_if<RoundTimeAsked>(&push.data);
      if (asked && push.stream == desk_of(r.event_id)) return asked->yes == 0 && asked->of == 0;
    }
    return false;
  };
  r.act(people[0], RoundAskTime{table});
  CHECK(desk_is_told(r.act(r.fia, RoundExtend{r.hall, 120, {}})));
  CHECK_FALSE(desk_is_told(r.act(r.fia, RoundExtend{r.hall, 120, {}})));
  r.act(people[0], RoundAskTime{table});
  for (std::size_t i = 0; i + 1 < people.size(); ++i) CHECK_FALSE(desk_is_told(r.bye(people[i])));
  CHECK(desk_is_told(r.bye(people.back())));
}

TEST_CASE("a wrap-up forgets no wish for time [round.ask_time]") {
  RoundStage r(4);
  r.start(r.options(4, 1));
  const TableId table = r.table_of(r.members[0]);
  r.act(r.members[0], RoundAskTime{table});
  r.act(r.fia, RoundEnd{r.hall});
  CHECK(told(r.act(r.members[0], RoundAskTime{table})).empty());
}

TEST_CASE("a word to all is counted by the tables that saw it [broadcast]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  CHECK(outcome(r.act(r.members[0], Broadcast{"nonce-one", r.hall, "hi"})) == "forbidden");
  const Broadcast word{"nonce-one", r.hall, "Change tables after this one"};
  const Decision said = r.act(r.fia, word);
  CHECK(told(said) == "broadcast.posted");
  CHECK(std::get<PostedReply>(r.act(r.fia, word).reply).dup);
  const Offset offset = std::get<PostedReply>(said.reply).offset;
  const auto seen = [&] {
    r.wait_ms(limits::seen_ms);
    const auto news = pushed<BroadcastSeenPush>(r.tick());
    return news.empty() ? std::pair<std::int64_t, std::int64_t>{-1, -1}
                        : std::pair{news[0].tables, news[0].tables_of};
  };
  CHECK(seen() == std::pair<std::int64_t, std::int64_t>{0, 2});
  const TableId table = r.table_of(r.members[0]);
  for (const PersonId person : r.people_at(table)) r.act(person, BroadcastSeen{r.hall, offset});
  r.act(r.fia, BroadcastSeen{r.hall, offset});  // at no table
  CHECK(seen() == std::pair<std::int64_t, std::int64_t>{1, 2});
  CHECK(seen().first == -1);
  CHECK(told(r.act(r.members[0], BroadcastSeen{r.hall, offset + 9})).empty());
  CHECK(outcome(r.act(r.members[0], BroadcastSeen{r.lobby(), offset})) == "not_found room");
}

TEST_CASE("a chair that stands empty is offered to staff, then to hosts [chair.take]") {
  RoundStage r(8);
  const PersonId finn = r.enter("Finn", Role::facilitator);
  r.start(r.options(4, 2));
  CHECK(outcome(r.act(r.members[0], ChairTake{r.hall})) == "forbidden room");
  r.drop(r.fia);
  r.pass_ms(limits::chair_staff_ms - 1);
  CHECK(r.all<ChairOffered>().empty());
  r.pass_ms(1);
  CHECK(r.last<ChairOffered>().data.people == std::vector{finn});
  r.pass_ms(limits::chair_hosts_ms - limits::chair_staff_ms);
  const auto offered = r.last<ChairOffered>().data.people;
  CHECK(offered.size() == 3);
  const PersonId host = r.people_at(r.round().tables.begin()->first)[0];
  REQUIRE(std::find(offered.begin(), offered.end(), host) != offered.end());

  CHECK(told(r.act(host, ChairTake{r.hall})) == "chair.taken");
  CHECK(r.round().chair == host);
  CHECK(told(r.act(host, ChairTake{r.hall})).empty());
  // Whoever leads a room may run its rounds, and nothing else.
  CHECK(outcome(r.act(host, RoundExtend{r.hall, 60, {}})) == "ok");
  CHECK(outcome(r.act(host, TableRemove{r.table("Table 4")})) == "forbidden");
  CHECK(outcome(r.act(host, RoundPreview{r.room("Stage"), {}})) == "forbidden room");
  CHECK(outcome(r.act(r.members[7], ChairTake{r.hall})) == "forbidden room");
  // The round itself goes on whoever leads it.
  r.pass_ms(11 * 60'000 + limits::wrap_ms);
  CHECK(r.all<RoundEnded>().size() == 1);
}

TEST_CASE("who comes back has the chair still [chair.take]") {
  RoundStage r(4);
  r.enter("Finn", Role::facilitator);
  r.start(r.options(4, 1));
  r.drop(r.fia);
  r.pass_ms(limits::chair_staff_ms);
  REQUIRE(r.round().offered.size() == 1);
  CHECK(told(r.arrive(r.fia)) == "connected chair.taken");
  CHECK(r.round().offered.empty());
  r.pass_ms(limits::chair_hosts_ms);
  CHECK(r.all<ChairOffered>().size() == 1);
}

TEST_CASE("after a restart the chair's minute starts anew [round.restart]") {
  RoundStage r(4);
  r.enter("Finn", Role::facilitator);
  r.start(r.options(4, 1));
  r.restart();
  for (const PersonId person : r.members) r.arrive(person);
  r.pass_ms(limits::chair_staff_ms);
  CHECK(r.all<ChairOffered>().size() == 1);
}

TEST_CASE("who sat together for a minute has met; who did not, has not [round.met]") {
  RoundStage r(8);
  r.start(r.options(4, 1));
  const auto first = r.people_at(largest_table(r));
  r.pass_ms(limits::met_ms - 1);
  r.bye(first[0]);
  CHECK_FALSE(r.event().meetings.find(first[0], first[1]));
  r.pass_ms(1);
  r.end_round();
  CHECK(r.event().meetings.times_in_series(r.round().plan, first[1], first[2]) == 1);
  CHECK_FALSE(r.event().meetings.find(first[0], first[1]));

  // Outside of rounds too, but not on the sofa.
  const TableId table = r.table("Table 1");
  for (std::size_t i = 0; i < 2; ++i) r.act(first[i + 1], TableSit{table});
  r.pass_ms(limits::met_ms);
  r.act(first[1], TableSit{r.sofa()});
  CHECK(r.event().meetings.find(first[1], first[2])->in_all == 2);
  CHECK(r.event().meetings.times_in_series(r.round().plan, first[1], first[2]) == 0);
  r.act(first[2], TableSit{r.sofa()});
  r.pass_ms(limits::met_ms);
  r.act(first[1], TableStand{});
  CHECK(r.event().meetings.find(first[1], first[2])->in_all == 2);
}

TEST_CASE("who lost their connection was not there from then on [round.met]") {
  RoundStage r(4);
  r.start(r.options(4, 1));
  r.pass_ms(limits::met_ms / 2);
  r.drop(r.members[0]);
  r.pass_ms(limits::met_ms);
  r.end_round();
  CHECK_FALSE(r.event().meetings.find(r.members[0], r.members[1]));
  CHECK(r.event().meetings.find(r.members[1], r.members[2]));
}

TEST_CASE("an opener is drawn, never the one that lies there [opener.draw]") {
  RoundStage r(4);
  RoundOptions options = r.options(4, 1);
  options.opener = "What surprised you this week?";
  r.start(options);
  CHECK(r.last<RoundStarted>().data.opener == Opener{0, "What surprised you this week?"});
  const TableId table = r.table_of(r.members[0]);
  CHECK(outcome(r.act(r.fia, OpenerDraw{table})) == "forbidden table");
  for (int draw = 0; draw < 100; ++draw) {
    const auto before = r.event().find(table)->opener;
    const auto drawn = pushed<OpenerDrawn>(r.act(r.members[0], OpenerDraw{table}));
    REQUIRE(drawn.size() == 1);
    CHECK(drawn[0].opener != before.value_or(Opener{}));
    CHECK(drawn[0].opener.card >= 1);
    CHECK(drawn[0].opener.card <= limits::opener_cards);
  }
  r.end_round();
  CHECK_FALSE(r.event().find(table)->opener);
}

}  // namespace hallway
