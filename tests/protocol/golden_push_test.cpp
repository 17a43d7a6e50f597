// Every push encodes to exactly its golden frame, and none is without one.
#include <catch2/catch.hpp>
#include <functional>

#include "protocol/codec.hpp"
#include "tests/protocol/golden.hpp"
#include "tests/protocol/things.hpp"

namespace hallway::test {
namespace {

using Encoder = std::function<void(std::string&)>;

Encoder push(StreamId stream, PushData data, Offset offset = 1843, PersonId by = anna_id) {
  return [=](std::string& out) { encode_push(out, {stream, offset, now, by, data}); };
}

Encoder transient(StreamId stream, PushData data, PersonId by = {}) {
  return push(stream, std::move(data), 0, by);
}

Encoder opened(StreamId stream, Offset offset, StreamState state,
               std::vector<MessageView> messages = {}, bool more = false) {
  return [=](std::string& out) {
    encode_opened(out, {stream, epoch_of(stream), offset, state, messages, more});
  };
}

std::map<std::string, Encoder> chat_pushes() {
  return {
      {"message.posted", push(room_stream, MessagePosted{mention_body, 12, {bo_id}})},
      {"message.posted.lines",
       push(conversation_stream, MessagePosted{lines_body, 0, {}}, 6, bo_id)},
      {"message.edited",
       push(room_stream, MessageEdited{14, "How long did you run both side by side?"})},
      {"message.deleted", push(room_stream, MessageDeleted{15, "Names a customer"}, 1843, eli_id)},
      {"message.reacted", push(room_stream, MessageReacted{12, "👩🏽‍💻", true})},
      {"message.pinned", push(room_stream, MessagePinned{12}, 1843, dev_id)},
      {"message.unpinned", push(room_stream, MessageUnpinned{12}, 1843, dev_id)},
      {"typing", transient(room_stream, TypingPush{}, anna_id)},
  };
}

std::map<std::string, Encoder> event_pushes() {
  RoomView created = room(tables_id, "Tables", RoomKind::tables, 0);
  created.tables = {empty_table(table_1_id, "Table 1"),
                    empty_table(sofa_id, "Sofa", "", std::nullopt)};
  return {
      {"event.updated", push(event_stream, EventUpdated{event()}, 10, dev_id)},
      {"room.created", push(event_stream, RoomCreated{created}, 11, eli_id)},
      {"room.updated", push(event_stream, RoomUpdated{plenary_id, "Main stage"}, 12, eli_id)},
      {"room.closed", push(event_stream, RoomClosed{plenary_id}, 13, eli_id)},
      {"rooms.counted", transient(event_stream, RoomsCounted{{{lobby_id, 3}, {tables_id, 41}}})},
  };
}

std::map<std::string, Encoder> room_pushes() {
  Presence presence;
  presence.joined = {bo()};
  presence.left = {fay_id};
  presence.changed = {{cara_id, PersonState::reconnecting}, {dev_id, PersonState::online}};
  presence.count = 4;
  Presence all;
  all.all = true;
  all.joined = {bo()};
  all.count = 1;
  Presence crowd;
  crowd.count = 412;
  TableUpdated updated;
  updated.table = table_1_id;
  updated.topic = "";
  updated.mood = Mood::deep;
  const TableView table_13 = empty_table(table_2_id, "Table 13", "Hiring", 4);
  return {
      {"presence", transient(room_stream, presence)},
      {"presence.all", transient(room_stream, all)},
      {"presence.crowd", transient(lobby_stream, crowd)},
      {"person.updated", push(room_stream, PersonUpdated{anna()})},
      {"seat.taken", push(room_stream, SeatTaken{anna_id, table_1_id, {}})},
      {"seat.taken.moved",
       push(room_stream, SeatTaken{bo_id, table_1_id, dev_id, 3}, 1843, dev_id)},
      {"seat.left", push(room_stream, SeatLeft{anna_id, table_1_id, SeatLeftReason::stood})},
      {"seat.left.away",
       push(room_stream, SeatLeft{cara_id, table_1_id, SeatLeftReason::away}, 1843, {})},
      {"table.created", push(room_stream, TableCreated{table_13}, 1843, dev_id)},
      {"table.updated", push(room_stream, updated)},
      {"table.removed", push(room_stream, TableRemoved{table_2_id}, 1843, dev_id)},
      {"table.locked", push(room_stream, TableLocked{table_1_id})},
      {"table.unlocked", push(room_stream, TableUnlocked{table_1_id})},
  };
}

std::map<std::string, Encoder> table_and_desk_pushes() {
  const TimeMs until_at = now + 1800000;
  return {
      {"table.knocked", push(table_stream, TableKnocked{1, bo_id, "May I listen in?"}, 31, bo_id)},
      {"table.visited", push(table_stream, TableVisited{dev_id, true}, 32, dev_id)},
      {"help.called", push(desk_stream, HelpCalled{table_1_id, anna_id, "We cannot hear Cara"}, 4)},
      {"help.done", push(table_stream, HelpDone{table_1_id}, 33, dev_id)},
      {"person.waiting", push(desk_stream, PersonWaiting{fay()}, 5, fay_id)},
      {"person.admitted", push(desk_stream, PersonAdmitted{fay_id}, 6, eli_id)},
      {"person.refused", push(desk_stream, PersonRefused{fay_id}, 7, eli_id)},
      {"person.muted",
       push(desk_stream, PersonMuted{cara_id, until_at, false, "Advertising after a warning"}, 8,
            eli_id)},
      {"person.muted.room", push(stream_of(cara_id),
                                 PersonMuted{cara_id, until_at, false,
                                             "Advertising after a warning", tables_id, event_id},
                                 8, eli_id)},
      {"person.unmuted", push(desk_stream, PersonUnmuted{cara_id, "Settled"}, 9, eli_id)},
      {"person.erased", push(room_stream, PersonErased{fay_id}, 1844, {})},
      {"person.removed",
       push(desk_stream, PersonRemoved{cara_id, "Harassment at table 2"}, 10, eli_id)},
  };
}

std::map<std::string, Encoder> moderation_pushes() {
  const std::string ban_reason = "Advertising after two warnings";
  const RoleScope whole{event_id, {}};
  const RoleScope of_tables{event_id, tables_id};
  RoomUpdated closed{tables_id, ""};
  closed.locked = true;
  closed.slow_s = 20;
  const auto desk = [](PushData data, PersonId by = eli_id) {
    return push(desk_stream, std::move(data), 8, by);
  };
  const auto own = [](PersonId person, PushData data) {
    return push(stream_of(person), std::move(data), 8, eli_id);
  };
  const std::vector<EvidenceView> evidence{{1838, now - 10'000, bo_id, "Shall we start?"},
                                           {1839, now - 5'000, cara_id, "Buy now!"}};
  return {
      {"room.updated.safety", push(event_stream, closed, 12, eli_id)},
      {"person.warned", own(cara_id, PersonWarned{cara_id, "No advertising, please", event_id})},
      {"person.moved", desk(PersonMoved{cara_id, lobby_id, "Let us talk there"})},
      {"person.banned", desk(PersonBanned{cara_id, 1790086400123, ban_reason})},
      {"person.banned.for_good", desk(PersonBanned{cara_id, std::nullopt, ban_reason})},
      {"person.unbanned", desk(PersonUnbanned{cara_id, "A misunderstanding"})},
      {"role.granted",
       own(bo_id, RoleGranted{bo_id, Role::facilitator, whole, "",
                              std::vector<std::string>{"table.manage", "round.run"}})},
      {"role.granted.room",
       desk(RoleGranted{bo_id, Role::moderator, of_tables, "Helps out tonight"})},
      {"role.revoked", desk(RoleRevoked{dev_id, whole, ""})},
      {"report.filed",
       desk(ReportFiled{3, cara_id, room_stream, 1839, "This is an advertisement", evidence},
            anna_id)},
      {"report.claimed", desk(ReportClaimed{3, eli_id})},
      {"report.resolved", desk(ReportResolved{3, ReportOutcome::muted, "Half an hour", cara_id})},
      {"report.changed", own(eli_id, ReportChanged{event_id, 3})},
      {"report.answered", own(anna_id, ReportAnswered{event_id, 3, ReportOutcome::muted})},
      {"filter.updated", desk(FilterUpdated{true, {"casino", "free money", "crypto*"}})},
      {"message.held", desk(MessageHeld{2, room_stream, "My crypto talk is at ten", 1838}, bo_id)},
      {"message.reviewed", own(bo_id, MessageReviewed{2, true, "", event_id, bo_id})},
      {"desk.activity", transient(desk_stream, DeskActivity{{{tables_id, 42, 31}}, 3, 1})},
  };
}

DeskStreamState desk_state() {
  DeskStreamState desk;
  desk.help = {{table_1_id, anna_id, "We cannot hear Cara", now}, {table_2_id, bo_id, "", now + 1}};
  desk.waiting = {fay()};
  desk.time_asked = {{table_1_id, 1, 2}};
  ReportView report{3,
                    now,
                    anna_id,
                    cara_id,
                    room_stream,
                    1839,
                    "This is an advertisement",
                    {{1839, now - 5'000, cara_id, "Buy now!"}}};
  report.state = ReportState::claimed;
  report.owner = eli_id;
  desk.reports = {report};
  desk.reports_open = 1;
  desk.held = {{2, now, bo_id, room_stream, "My crypto talk is at ten"}};
  desk.held_open = 1;
  desk.muted = {{cara_id, now + 1'800'000, false, "Advertising after a warning"}};
  desk.removed = {{fay_id, now, true, std::nullopt, "Threats"}};
  desk.roles = {{eli_id, Role::moderator, {event_id, {}}},
                {bo_id, Role::moderator, {event_id, tables_id}}};
  desk.filter = {true, {"casino"}};
  return desk;
}

std::map<std::string, Encoder> private_pushes() {
  return {
      {"table.invited",
       push(anna_stream, TableInvited{table_2_id, tables_id, event_id, bo_id}, 3, bo_id)},
      {"conversation.started",
       push(anna_stream, ConversationStarted{conversation_id, {anna_id, bo_id}}, 4, bo_id)},
      {"person.blocked", push(anna_stream, PersonBlocked{cara_id}, 5)},
      {"person.unblocked", push(anna_stream, PersonUnblocked{cara_id}, 6)},
      {"read", transient(anna_stream, ReadPush{room_stream, 1843}, anna_id)},
      {"conversation.accepted", push(conversation_stream, ConversationAccepted{bo_id}, 2, bo_id)},
  };
}

std::map<std::string, Encoder> round_pushes() {
  const SeatingView seats{
      {table_1_id, {anna_id, cara_id}}, {table_2_id, {bo_id, fay_id}}, {sofa_id, {eli_id}}};
  const SeatingView seats_again{{table_1_id, {anna_id, bo_id}}, {table_2_id, {cara_id, fay_id}}};
  const TimeMs ends_at = round_ends_at, wraps_until = ends_at + 30'000, later = ends_at + 45'000;
  const auto led = [](PushData data) { return push(room_stream, std::move(data), 1843, dev_id); };
  const auto run = [](PushData data) { return push(room_stream, std::move(data), 1843, {}); };
  return {
      {"round.announced", led(RoundAnnounced{plan_id, round_starts_at, 1, 3, 8, 4})},
      {"round.cancelled", led(RoundCancelled{1, RoundCancelReason::asked})},
      {"round.cancelled.missed", run(RoundCancelled{2, RoundCancelReason::missed})},
      {"round.started", run(RoundStarted{plan_id, 1, 3, ends_at, seats, 0, Opener{17, ""}})},
      {"round.started.own_opener",
       run(RoundStarted{plan_id, 3, 3, ends_at, seats_again, 1, Opener{0, own_opener}})},
      {"round.warned", run(RoundWarned{60, {}})},
      {"round.warned.table", run(RoundWarned{10, table_1_id})},
      {"round.wrapping", run(RoundWrapping{wraps_until, {}})},
      {"round.wrapping.tables", run(RoundWrapping{wraps_until, {table_2_id}})},
      {"round.ended", run(RoundEnded{1, {}})},
      {"round.ended.tables", run(RoundEnded{1, {table_2_id}})},
      {"round.extended", led(RoundExtended{ends_at + 120'000, {}})},
      {"round.extended.table", led(RoundExtended{ends_at + 60'000, table_1_id})},
      {"round.paused", led(RoundPaused{})},
      {"round.resumed", led(RoundResumed{later, {}})},
      {"round.resumed.tables", led(RoundResumed{later, {{table_1_id, later + 60'000}}})},
      {"round.sat_out", push(room_stream, RoundSatOut{bo_id, true}, 1843, bo_id)},
      {"broadcast.posted", push(room_stream, BroadcastPosted{broadcast_body}, 1850, dev_id)},
      {"chair.offered", run(ChairOffered{{eli_id, anna_id}})},
      {"chair.taken", push(room_stream, ChairTaken{anna_id})},
      {"seat.taken.late", run(SeatTaken{fay_id, table_1_id, {}, 0, true})},
      {"seat.taken.merged", run(SeatTaken{anna_id, table_2_id, {}, 0, false, true})},
      {"seat.left.round",
       push(room_stream, SeatLeft{bo_id, table_1_id, SeatLeftReason::round}, 1843, bo_id)},
      {"seat.left.merged", run(SeatLeft{anna_id, table_1_id, SeatLeftReason::merged})},
  };
}

std::map<std::string, Encoder> round_table_pushes() {
  const TableShrunk alone{table_1_id, 1, table_2_id, now + 10'000, 0, 1};
  const TableShrunk asked{table_1_id, 2, table_2_id, std::nullopt, 1, 2};
  const TableShrunk over{table_1_id, 0, {}, std::nullopt, 0, 0};
  return {
      {"round.time_asked", push(table_stream, RoundTimeAsked{table_1_id, 1, 2}, 34)},
      {"table.shrunk", push(table_stream, alone, 35, {})},
      {"table.shrunk.asked", push(table_stream, asked, 36)},
      {"table.shrunk.over", push(table_stream, over, 37, {})},
      {"opener.drawn", push(table_stream, OpenerDrawn{table_1_id, Opener{41, ""}}, 38, cara_id)},
      {"broadcast.seen", transient(desk_stream, BroadcastSeenPush{tables_id, 1850, 1, 2})},
  };
}

RoomStreamState room_state() {
  RoomStreamState state;
  state.room = tables_room(true);
  state.people = {anna(), bo(), cara(), devika()};
  state.count = 4;
  return state;
}

std::map<std::string, Encoder> round_states() {
  RoomStreamState of_room = room_state();
  of_room.room.round = running_round();
  of_room.sitting_out = {bo_id};
  of_room.joining_in = {dev_id};
  of_room.broadcast = BroadcastView{1850, now - 1000, dev_id, broadcast_body};
  EventStreamState of_event{event()};
  of_event.event.rooms.back().round = announced_round();
  TableStreamState of_table;
  of_table.table = table_1(true);
  of_table.people = {anna(), cara()};
  of_table.visitors = {dev_id};
  of_table.opener = Opener{0, own_opener};
  of_table.shrunk = ShrunkView{2, table_2_id, std::nullopt, 1, 2};
  of_table.time_asked = TimeAskedView{table_1_id, 1, 2};
  return {
      {"stream.opened.room.round", opened(room_stream, 1851, of_room)},
      {"stream.opened.event.round", opened(event_stream, 9, of_event)},
      {"stream.opened.table.round", opened(table_stream, 31, of_table)},
  };
}

std::map<std::string, Encoder> server_frames() {
  ConversationView requested = conversation();
  requested.state = ConversationState::requested;
  requested.requested_by = bo_id;
  MessageView request;
  request.offset = 1;
  request.at = now;
  request.by = bo_id;
  request.body = "We have the same vendor. Shall we compare notes?";
  const std::vector<KnockView> knocks{{1, bo_id, "May I listen in?", now}};
  return {
      {"stream.opened.event", opened(event_stream, 9, EventStreamState{event()})},
      {"stream.opened.event_in_hello", opened(event_stream, 9, std::monostate{})},
      {"stream.opened.room", opened(room_stream, 1843, room_state(),
                                    {pinned_message(), edited_message(), deleted_message()}, true)},
      {"stream.opened.table",
       opened(table_stream, 31,
              TableStreamState{table_1(true), {anna(), cara()}, {dev_id}, knocks, {}, {}, {}})},
      {"stream.opened.desk", opened(desk_stream, 5, desk_state())},
      {"stream.opened.conversation",
       opened(conversation_stream, 6, ConversationStreamState{requested}, {request})},
      {"stream.opened.person", opened(anna_stream, 6,
                                      PersonStreamState{{cara_id},
                                                        {{2, now, anna_id, room_stream,
                                                          "My crypto talk is at ten", event_id}}})},
      {"stream.closed", [](std::string& out) { encode_closed(out, table_stream); }},
      {"ping", [](std::string& out) { encode_ping(out, now); }},
  };
}

std::map<std::string, Encoder> all_pushes() {
  std::map<std::string, Encoder> all;
  for (auto part : {chat_pushes(), event_pushes(), room_pushes(), table_and_desk_pushes(),
                    private_pushes(), moderation_pushes(), round_pushes(), round_table_pushes(),
                    round_states(), server_frames()}) {
    all.merge(part);
  }
  return all;
}

TEST_CASE("SH-5: every push encodes to its golden frame") {
  const auto frames = golden_frames("pushes");
  const auto pushes = all_pushes();
  for (const auto& [name, encode] : pushes) {
    INFO(name);
    REQUIRE(frames.contains(name));
    std::string text;
    encode(text);
    CHECK(nlohmann::json::parse(text) == frames.at(name));
    CHECK(text.find('\n') == std::string::npos);
  }
  for (const auto& [name, frame] : frames) {
    INFO("golden frame without a struct in this test: " << name);
    CHECK(pushes.contains(name));
  }
}

template <class... All>
void require_examples(std::type_identity<std::variant<All...>>) {
  const auto frames = golden_frames("pushes");
  const auto is_sent = [](Lasting lasting) {
    return lasting == Lasting::durable || lasting == Lasting::transient;
  };
  const auto check = [&](std::string_view name, Lasting lasting) {
    INFO("push without a golden frame: " << name);
    CHECK((!is_sent(lasting) || has_example(frames, name)));
  };
  (check(All::name, All::lasting), ...);
}

TEST_CASE("every push that reaches clients has a golden frame") {
  require_examples(std::type_identity<PushData>{});
}

TEST_CASE("RO-17: a table that is yet to be made has no id, in no other place does one lack") {
  std::string text;
  encode_reply(text, 7, PlanReply{{{{TableId{}, {anna_id, bo_id}}, {table_1_id, {}}}}});
  CHECK(nlohmann::json::parse(text).at("ok").at("rounds").dump() ==
        R"([[[null,["p_0d3k7vz2m8qrt","p_4hn9c1xw6y2sg"]],["tb_3e6a9d2k5h8qz",[]]]])");
}

TEST_CASE("frames are appended, so that many share one buffer") {
  std::string text = "before\n";
  encode_ping(text, 1);
  CHECK(text == "before\n{\"ping\":1}");
}

}  // namespace
}  // namespace hallway::test
