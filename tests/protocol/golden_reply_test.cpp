// Every reply and refusal encodes to exactly its golden frame, and none is without one.
#include <catch2/catch.hpp>
#include <set>

#include "protocol/codec.hpp"
#include "tests/protocol/golden.hpp"
#include "tests/protocol/things.hpp"

namespace hallway::test {
namespace {

HelloReply hello() {
  HelloReply reply;
  reply.session = "s_2kf84";
  reply.person = anna();
  reply.now = now;
  reply.event = event();
  reply.place = PlaceView{lobby_id, {}, false};
  reply.streams = {{event_stream, epoch_of(event_stream), 9},
                   {lobby_stream, epoch_of(lobby_stream), 120},
                   {anna_stream, epoch_of(anna_stream), 2}};
  return reply;
}

HelloReply hello_recovered() {
  HelloReply reply = hello();
  reply.person = devika();
  reply.capabilities = {"event.open",   "event.announce", "table.manage",
                        "person.admit", "message.pin",    "round.run"};
  reply.place = PlaceView{tables_id, table_1_id, false};
  reply.streams.clear();
  const std::vector<std::pair<StreamId, Offset>> tops{{event_stream, 9},
                                                      {room_stream, 1843},
                                                      {table_stream, 30},
                                                      {desk_stream, 4},
                                                      {conversation_stream, 6}};
  for (const auto& [stream, offset] : tops) {
    reply.streams.push_back({stream, epoch_of(stream), offset});
  }
  reply.recovered = {{event_stream, 9, 9}, {room_stream, 1839, 1843}};
  reply.reset = {{table_stream, ResetReason::sitting}};
  ConversationView latest = conversation();
  MessageView message;
  message.offset = 6;
  message.at = now - 5000;
  message.by = bo_id;
  message.body = "See you at table 1";
  latest.latest = {message};
  reply.conversations = {latest};
  reply.reads = {{room_stream, 1839}, {conversation_stream, 5}};
  reply.muted = MuteView{now + 600000, "Advertising after a warning", false};
  return reply;
}

HelloReply hello_waiting() {
  HelloReply reply = hello();
  reply.person = fay();
  reply.event->admission = Admission::approval;
  reply.event->rooms.resize(1);
  reply.place->waiting = true;
  reply.streams = {{lobby_stream, epoch_of(lobby_stream), 120}};
  return reply;
}

HelloReply hello_without_event() {
  HelloReply reply = hello();
  reply.event.reset();
  reply.place.reset();
  reply.streams = {{anna_stream, epoch_of(anna_stream), 2}};
  return reply;
}

SearchReply search() {
  MessageView match;
  match.offset = 3;
  match.at = now - 86400000;
  match.by = bo_id;
  match.body = "About that mainframe …";
  return {{{room_stream, edited_message()}, {conversation_stream, match}}, true, 48127};
}

PreviewReply preview() {
  PreviewReply reply;
  reply.plan = plan_id;
  reply.rounds = {{{table_1_id, {anna_id, cara_id, eli_id}}, {{}, {bo_id, fay_id}}},
                  {{table_1_id, {anna_id, fay_id, bo_id}}, {{}, {cara_id, eli_id}}},
                  {{table_1_id, {anna_id, bo_id, cara_id}}, {{}, {eli_id, fay_id}}}};
  PlanQualityView& quality = reply.quality;
  quality.people = 5;
  quality.tables = 2;
  quality.sizes = {3, 2};
  quality.rounds = 3;
  quality.pairs_repeated = 4;
  quality.people_met_min = 3;
  quality.people_met_mean = 16.0 / 5;
  quality.met_before = 1;
  quality.asks_met = 2;
  quality.by_round = {{4, 0, 0, 1}, {4, 2, 0, 0}, {4, 2, 0, 0}};
  quality.bound_repeated = 2;
  quality.impossible = ImpossibleView{"repeats", std::nullopt, 1};
  return reply;
}

PreviewReply preview_possible() {
  PreviewReply reply;
  reply.plan = plan_id;
  reply.rounds = {{{table_1_id, {anna_id, cara_id}}, {table_2_id, {bo_id, fay_id}}},
                  {{table_1_id, {anna_id, fay_id}}, {table_2_id, {bo_id, cara_id}}}};
  reply.quality.people = 4;
  reply.quality.tables = 2;
  reply.quality.sizes = {2, 2};
  reply.quality.rounds = 2;
  reply.quality.people_met_min = 2;
  reply.quality.people_met_mean = 2;
  reply.quality.by_round = {{2, 0, 0, 0}, {2, 0, 0, 0}};
  return reply;
}

PreviewReply preview_of_colleagues() {
  PreviewReply reply;
  reply.plan = plan_id;
  reply.rounds = {{{table_1_id, {anna_id, bo_id, cara_id, fay_id}}}};
  reply.quality.people = 4;
  reply.quality.tables = 1;
  reply.quality.sizes = {4};
  reply.quality.rounds = 1;
  reply.quality.people_met_min = 3;
  reply.quality.people_met_mean = 3;
  reply.quality.same_org = 2;
  reply.quality.asks_met = 1;
  reply.quality.by_round = {{6, 0, 2, 0}};
  reply.quality.bound_same_org = 2;
  reply.quality.impossible = ImpossibleView{"org", 2, std::nullopt};
  return reply;
}

PlanReply plan() {
  return {{{{table_1_id, {anna_id, cara_id, eli_id}}, {table_2_id, {bo_id, fay_id}}},
           {{table_1_id, {anna_id, fay_id, bo_id}}, {table_2_id, {cara_id, eli_id}}}}};
}

PostedReply posted(Offset offset) {
  PostedReply reply;
  reply.offset = offset;
  reply.at = now;
  return reply;
}

std::map<std::string, Reply> all_replies() {
  PostedReply dup = posted(1843), unseen = posted(1844), room = posted(10), table = posted(1850),
              knock = posted(31), started = posted(1), announced = posted(1843),
              moved = posted(1843);
  dup.dup = true;
  PostedReply held = posted(0), report = posted(8);
  held.held = 2;
  report.report = 3;
  AuditView muted{41,
                  now,
                  eli_id,
                  "person.mute",
                  cara_id,
                  {},
                  {},
                  0,
                  "Advertising after a warning",
                  "30 min, chat"};
  AuditView deleted{40, now - 1000, {}, "message.delete", cara_id, {}, room_stream, 1839, "", ""};
  unseen.unseen = {cara_id};
  room.room = plenary_id;
  table.table = table_2_id;
  knock.knock = 1;
  started.conversation = conversation_id;
  announced.plan = plan_id;
  moved.move = 3;
  const Snapshot snapshot{
      table_stream,
      epoch_of(table_stream),
      30,
      TableStreamState{table_1(true), {anna(), cara()}, {dev_id}, {}, {}, {}, {}},
      {pinned_message(), edited_message()},
      true};
  return {
      {"nothing", NothingReply{}},
      {"audit", AuditReply{{muted, deleted}, true, 40}},
      {"posted.held", held},
      {"posted.report", report},
      {"posted", posted(1843)},
      {"posted.dup", dup},
      {"posted.unseen", unseen},
      {"posted.room", room},
      {"posted.table", table},
      {"posted.knock", knock},
      {"posted.conversation", started},
      {"posted.plan", announced},
      {"posted.move", moved},
      {"preview", preview()},
      {"preview.possible", preview_possible()},
      {"preview.colleagues", preview_of_colleagues()},
      {"plan", plan()},
      {"room", RoomReply{tables_id}},
      {"table", TableReply{table_1_id}},
      {"clock", ClockReply{now - 40, now}},
      {"people", PeopleReply{{bo(), cara()}, false}},
      {"messages", MessagesReply{{pinned_message(), edited_message(), deleted_message()}, true}},
      {"search", search()},
      {"sync", SyncReply{1840, 1843}},
      {"snapshot", SnapshotReply{snapshot}},
      {"hello", hello()},
      {"hello.recovered", hello_recovered()},
      {"hello.waiting", hello_waiting()},
      {"hello.no_event", hello_without_event()},
  };
}

TEST_CASE("SH-2: every reply encodes to its golden frame") {
  const auto frames = golden_frames("replies");
  const auto replies = all_replies();
  std::set<std::size_t> kinds;
  for (const auto& [name, reply] : replies) {
    INFO(name);
    REQUIRE(frames.contains(name));
    std::string text;
    encode_reply(text, frames.at(name).at("id").get<std::int64_t>(), reply);
    CHECK(nlohmann::json::parse(text) == frames.at(name));
    kinds.insert(reply.index());
  }
  CHECK(kinds.size() == std::variant_size_v<Reply>);
  for (const auto& [name, frame] : frames) {
    INFO("golden frame without a struct in this test: " << name);
    CHECK(replies.contains(name));
  }
}

TEST_CASE("SH-3: every refusal encodes to its golden frame") {
  for (const auto& [name, frame] : golden_frames("refusals")) {
    INFO(name);
    const auto& err = frame.at("err");
    std::optional<ErrorCode> code;
    for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
      if (err.at("code") == to_text(static_cast<ErrorCode>(i))) code = static_cast<ErrorCode>(i);
    }
    REQUIRE(code);
    Error error = refuse(*code, err.at("message"), err.value("field", ""));
    error.retry_after_ms = err.value("retry_after_ms", 0);
    std::optional<std::int64_t> id;
    if (!frame.at("id").is_null()) id = frame.at("id").get<std::int64_t>();
    std::string text;
    encode_refusal(text, id, error);
    CHECK(nlohmann::json::parse(text) == frame);
  }
}

TEST_CASE("ER-1: every error code has a golden refusal") {
  const auto frames = golden_frames("refusals");
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const auto code = to_text(static_cast<ErrorCode>(i));
    INFO("error code without a golden frame: " << code);
    CHECK(has_example(frames, code));
  }
}

TEST_CASE("ER-2: exactly these codes may be tried again") {
  std::set<std::string_view> retried;
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    if (may_retry(code)) retried.insert(to_text(code));
  }
  CHECK(retried == std::set<std::string_view>{"rate_limited", "slow_mode", "unavailable",
                                              "storage_full", "internal"});
}

TEST_CASE("HT-2: HTTP's objects are those of the wire") {
  CHECK(nlohmann::json::parse(encode_person(anna())) ==
        golden_frames("replies").at("hello").at("ok").at("person"));
  CHECK(nlohmann::json::parse(encode_event(event())) ==
        golden_frames("replies").at("hello").at("ok").at("event"));
}

TEST_CASE("the bytes told of a message are those it takes") {
  const auto message = golden_frames("replies").at("messages").at("ok").at("messages").at(0);
  CHECK(encoded_bytes(pinned_message()) >= message.dump().size());
  MessageView large = pinned_message();
  large.body = std::string(4000, '\n');
  CHECK(encoded_bytes(large) > 8000);
}

TEST_CASE("RO-18: a mean has one decimal at most") {
  const auto told = [](double mean) {
    PreviewReply reply;
    reply.quality.people_met_mean = mean;
    std::string text;
    encode_reply(text, 7, reply);
    const std::size_t at = text.find("\"people_met_mean\":") + 18;
    return text.substr(at, text.find(',', at) - at);
  };
  CHECK(told(0) == "0");
  CHECK(told(3.25) == "3.3");
  CHECK(told(8.0 / 3) == "2.7");
  CHECK(told(11.96) == "12");
  CHECK(told(1999) == "1999");
}

}  // namespace
}  // namespace hallway::test
