// Every golden command decodes to its struct, field by field, and none is without one.
#include <catch2/catch.hpp>
#include <functional>

#include "protocol/codec.hpp"
#include "tests/protocol/golden.hpp"
#include "tests/protocol/things.hpp"

namespace hallway::test {
namespace {

using Check = std::function<void(const Command&)>;

/// A check of one kind of command; anything else fails.
template <class T, class Body>
Check is(Body body) {
  return [body](const Command& command) {
    REQUIRE(std::holds_alternative<T>(command));
    body(std::get<T>(command));
  };
}

template <class T>
Check is_room() {
  return is<T>(
      [](const T& c) { CHECK(c.room == (std::is_same_v<T, RoomEnter> ? tables_id : plenary_id)); });
}

/// Of the room with tables, where rounds are.
template <class T>
Check is_round() {
  return is<T>([](const T& c) { CHECK(c.room == tables_id); });
}

template <class T>
Check is_table(TableId table) {
  return is<T>([table](const T& c) { CHECK(c.table == table); });
}

template <class T>
Check is_person() {
  return is<T>([](const T& c) { CHECK(c.person == cara_id); });
}

template <class T>
Check is_message(Offset offset) {
  return is<T>([offset](const T& c) {
    CHECK(c.stream == room_stream);
    CHECK(c.offset == offset);
  });
}

std::map<std::string, Check> session_checks() {
  return {
      {"hello", is<Hello>([](const Hello& c) {
         CHECK(c.token.empty());
         CHECK_FALSE(c.names_person);
         CHECK(c.names_event);
         CHECK(c.event == event_id);
         CHECK(c.client_name == "hallway-web");
         CHECK(c.client_version == "0.1.0");
         CHECK(c.resume.empty());
       })},
      {"hello.resume", is<Hello>([](const Hello& c) {
         CHECK(c.token == "tk_4f9c2b7e1a6d8035");
         CHECK(c.names_person);
         CHECK(c.person == anna_id);
         REQUIRE(c.resume.size() == 3);  // In the order of the text: here, sorted by key.
         CHECK(c.resume[2].stream == room_stream);
         CHECK(c.resume[2].epoch == to_text(epoch_of(room_stream)));
         CHECK(c.resume[2].offset == 1843);
         CHECK(c.resume[0].offset == 0);
       })},
      {"stream.sync", is<StreamSync>([](const StreamSync& c) {
         CHECK(c.stream == room_stream);
         CHECK(c.after == 1840);
       })},
      {"stream.snapshot", is<StreamSnapshot>([](const StreamSnapshot& c) {
         CHECK(c.stream == room_stream);
         CHECK(c.limit == 20);
       })},
      {"clock", is<Clock>([](const Clock& c) { CHECK(c.sent_at == now - 40); })},
      {"person.get", is<PersonGet>([](const PersonGet& c) {
         CHECK(c.people == std::vector{bo_id, cara_id});
       })},
      {"person.list", is<PersonList>([](const PersonList& c) {
         CHECK(c.room == tables_id);
         CHECK(c.query == "erp");
         CHECK(c.after == bo_id);
         CHECK(c.limit == 50);
       })},
      {"bye", is<Bye>([](const Bye&) {})},
  };
}

std::map<std::string, Check> place_checks() {
  return {
      {"room.enter", is_room<RoomEnter>()},
      {"room.create", is<RoomCreate>([](const RoomCreate& c) {
         CHECK(c.nonce == "01J9ZQ4K7WROOM");
         CHECK(c.room_name == "Networking");
         CHECK(c.kind == RoomKind::tables);
         CHECK(c.tables == 12);
         CHECK(c.capacity == 6);
       })},
      {"room.update", is<RoomUpdate>([](const RoomUpdate& c) {
         CHECK(c.room == plenary_id);
         CHECK(c.room_name == "Main stage");
       })},
      {"room.close", is_room<RoomClose>()},
      {"table.create", is<TableCreate>([](const TableCreate& c) {
         CHECK(c.nonce == "01J9ZQ4K7WTABLE");
         CHECK(c.room == tables_id);
         CHECK(c.table_name == "Table 13");
         CHECK(c.topic == "Hiring");
         CHECK(c.capacity == 4);
         CHECK(c.mood == Mood::open);
       })},
      {"table.update", is<TableUpdate>([](const TableUpdate& c) {
         CHECK(c.table == table_1_id);
         CHECK_FALSE(c.table_name);
         CHECK(c.topic == "Retiring the mainframe");
         CHECK_FALSE(c.capacity);
         CHECK(c.mood == Mood::deep);
       })},
      {"table.remove", is_table<TableRemove>(table_2_id)},
      {"table.sit", is_table<TableSit>(table_1_id)},
      {"table.stand", is_table<TableStand>(table_1_id)},
      {"table.stand.own", is<TableStand>([](const TableStand& c) { CHECK_FALSE(c.table); })},
      {"table.invite", is<TableInvite>([](const TableInvite& c) {
         CHECK(c.table == table_1_id);
         CHECK(c.person == bo_id);
       })},
      {"table.knock", is<TableKnock>([](const TableKnock& c) {
         CHECK(c.table == table_2_id);
         CHECK(c.line == "May I listen in?");
       })},
      {"table.answer", is<TableAnswer>([](const TableAnswer& c) {
         CHECK_FALSE(c.table);
         CHECK(c.knock == 1);
         CHECK(c.admit);
       })},
      {"table.lock", is_table<TableLock>(table_1_id)},
      {"table.unlock", is_table<TableUnlock>(table_1_id)},
      {"table.visit", is<TableVisit>([](const TableVisit& c) {
         CHECK(c.table == table_1_id);
         CHECK(c.on);
       })},
      {"table.call_help", is<TableCallHelp>([](const TableCallHelp& c) {
         CHECK(c.table == table_1_id);
         CHECK(c.line == "We cannot hear Cara");
       })},
      {"table.help_done", is_table<TableHelpDone>(table_1_id)},
  };
}

std::map<std::string, Check> event_checks() {
  return {
      {"card.update", is<CardUpdate>([](const CardUpdate& c) {
         CHECK(c.person_name == "Anna Sørensen");
         CHECK(c.about == "Patient records");
         CHECK(c.ask == "Exit plans for cloud contracts?");
         CHECK(c.offer == "");
         CHECK(c.org == "Region Midtjylland");
         CHECK(c.title == "Head of IT");
         CHECK(c.came_with == std::vector{bo_id});
       })},
      {"event.update", is<EventUpdate>([](const EventUpdate& c) {
         CHECK(c.title == "IT leaders’ evening");
         CHECK(c.starts_at == 1790000000000);
         CHECK(c.ends_at == 1790009000000);
         CHECK(c.programme == programme());
         CHECK(c.state == EventState::live);
       })},
      {"admission.admit", is<AdmissionAdmit>([](const AdmissionAdmit& c) {
         CHECK(c.people == std::vector{fay_id, cara_id});
         CHECK_FALSE(c.all);
       })},
      {"admission.admit.all", is<AdmissionAdmit>([](const AdmissionAdmit& c) {
         CHECK(c.people.empty());
         CHECK(c.all);
       })},
      {"admission.refuse", is<AdmissionRefuse>([](const AdmissionRefuse& c) {
         CHECK(c.people == std::vector{fay_id});
       })},
  };
}

std::map<std::string, Check> message_checks() {
  return {
      {"message.send", is<MessageSend>([](const MessageSend& c) {
         CHECK(c.nonce == "01J9ZQ4K7W5E8M2X");
         CHECK(c.stream == room_stream);
         CHECK(c.body == mention_body);
         CHECK(c.reply_to == 12);
       })},
      {"message.send.lines", is<MessageSend>([](const MessageSend& c) {
         CHECK(c.stream == conversation_stream);
         CHECK(c.body == lines_body);
         CHECK(c.reply_to == 0);
       })},
      {"message.edit", is<MessageEdit>([](const MessageEdit& c) {
         CHECK(c.nonce == "01J9ZQ4K7WEDIT");
         CHECK(c.stream == room_stream);
         CHECK(c.offset == 14);
         CHECK(c.body == "How long did you run both side by side?");
       })},
      {"message.delete", is<MessageDelete>([](const MessageDelete& c) {
         CHECK(c.nonce == "01J9ZQ4K7WDELETE");
         CHECK(c.offset == 15);
         CHECK(c.reason == "Names a customer");
       })},
      {"message.react", is<MessageReact>([](const MessageReact& c) {
         CHECK(c.offset == 12);
         CHECK(c.emoji == "👩🏽‍💻");
         CHECK(c.on);
       })},
      {"message.pin", is_message<MessagePin>(12)},
      {"message.unpin", is_message<MessageUnpin>(12)},
      {"message.history", is<MessageHistory>([](const MessageHistory& c) {
         CHECK(c.stream == room_stream);
         CHECK(c.before == 1800);
         CHECK(c.limit == 50);
       })},
      {"message.search", is<MessageSearch>([](const MessageSearch& c) {
         CHECK(c.query == "mainframe");
         CHECK(c.stream == room_stream);
         CHECK(c.before == 48213);
         CHECK(c.limit == 20);
       })},
      {"typing", is<Typing>([](const Typing& c) { CHECK(c.stream == room_stream); })},
      {"read", is_message<Read>(1843)},
  };
}

std::map<std::string, Check> people_checks() {
  return {
      {"conversation.start", is<ConversationStart>([](const ConversationStart& c) {
         CHECK(c.nonce == "01J9ZQ4K7WSTART");
         CHECK(c.people == std::vector{bo_id});
         CHECK(c.body == "We have the same vendor. Shall we compare notes?");
       })},
      {"conversation.answer", is<ConversationAnswer>([](const ConversationAnswer& c) {
         CHECK(c.conversation == conversation_id);
         CHECK(c.accept);
       })},
      {"person.block", is_person<PersonBlock>()},
      {"person.unblock", is_person<PersonUnblock>()},
      {"person.mute", is<PersonMute>([](const PersonMute& c) {
         CHECK(c.person == cara_id);
         CHECK(c.minutes == 30);
         CHECK_FALSE(c.voice);
         CHECK(c.reason == "Advertising after a warning");
       })},
      {"person.unmute", is<PersonUnmute>([](const PersonUnmute& c) {
         CHECK(c.person == cara_id);
         CHECK(c.reason == "Settled");
       })},
      {"person.remove", is<PersonRemove>([](const PersonRemove& c) {
         CHECK(c.person == cara_id);
         CHECK(c.reason == "Harassment at table 2");
       })},
  };
}

void check_round_options(const RoundOptions& options) {
  CHECK(options.size == 4);
  CHECK(options.size_min == 3);
  CHECK(options.minutes == 8);
  CHECK(options.rounds == 3);
  CHECK((options.avoid_met && options.avoid_org && !options.avoid_came_with));
  CHECK(options.match_asks);
  CHECK(options.together == round_options().together);
  CHECK(options.apart == round_options().apart);
  CHECK(options.hosts == round_options().hosts);
  CHECK(options.seed == 42);
  CHECK(options.opener == own_opener);
}

/// What of the three a round is announced from: `options`, `plan`, the `same` groups, or none.
Check is_announced(const std::string& nonce, const std::string& from) {
  return is<RoundAnnounce>([=](const RoundAnnounce& c) {
    CHECK(c.nonce == nonce);
    CHECK(c.room == tables_id);
    CHECK(c.options.has_value() == (from == "options"));
    CHECK(c.plan.has_value() == (from == "plan"));
    CHECK(c.same_groups == (from == "same"));
    if (c.plan) CHECK(*c.plan == plan_id);
    if (c.options) {
      CHECK((c.options->size == 2 && c.options->size_min == 2));
      CHECK((c.options->minutes == 4 && c.options->rounds == 5));
    }
  });
}

std::map<std::string, Check> round_checks() {
  return {
      {"round.preview", is<RoundPreview>([](const RoundPreview& c) {
         CHECK(c.room == tables_id);
         check_round_options(c.options);
       })},
      {"round.preview.defaults", is<RoundPreview>([](const RoundPreview& c) {
         CHECK(c.room == tables_id);
         CHECK((c.options.size == 4 && c.options.rounds == 1));
       })},
      {"round.plan", is<RoundPlan>([](const RoundPlan& c) {
         CHECK(c.plan == plan_id);
         CHECK(c.from == 4);
       })},
      {"round.announce", is_announced("01J9ZQ4K7WNEXT", "")},
      {"round.announce.plan", is_announced("01J9ZQ4K7WPLAN", "plan")},
      {"round.announce.options", is_announced("01J9ZQ4K7WPAIRS", "options")},
      {"round.announce.same_groups", is_announced("01J9ZQ4K7WAGAIN", "same")},
      {"round.cancel", is_round<RoundCancel>()},
      {"round.extend", is<RoundExtend>([](const RoundExtend& c) {
         CHECK(c.room == tables_id);
         CHECK(c.seconds == 120);
         CHECK_FALSE(c.table);
       })},
      {"round.extend.table", is<RoundExtend>([](const RoundExtend& c) {
         CHECK(c.seconds == 60);
         CHECK(c.table == table_1_id);
       })},
      {"round.pause", is_round<RoundPause>()},
      {"round.resume", is_round<RoundResume>()},
      {"round.end", is_round<RoundEnd>()},
      {"round.sit_out", is<RoundSitOut>([](const RoundSitOut& c) {
         CHECK(c.room == tables_id);
         CHECK(c.on);
       })},
      {"round.ask_time", is_table<RoundAskTime>(table_1_id)},
  };
}

std::map<std::string, Check> facilitator_checks() {
  return {
      {"seat.move", is<SeatMove>([](const SeatMove& c) {
         CHECK(c.person == bo_id);
         CHECK(c.table == table_2_id);
       })},
      {"seat.undo", is<SeatUndo>([](const SeatUndo& c) { CHECK(c.move == 3); })},
      {"broadcast", is<Broadcast>([](const Broadcast& c) {
         CHECK(c.nonce == "01J9ZQ4K7WWORD");
         CHECK(c.room == tables_id);
         CHECK(c.body == broadcast_body);
       })},
      {"broadcast.seen", is<BroadcastSeen>([](const BroadcastSeen& c) {
         CHECK(c.room == tables_id);
         CHECK(c.offset == 1850);
       })},
      {"chair.take", is_round<ChairTake>()},
      {"table.merge", is_table<TableMerge>(table_1_id)},
      {"opener.draw", is_table<OpenerDraw>(table_1_id)},
  };
}

std::map<std::string, Check> moderator_checks() {
  return {
      {"person.warn", is<PersonWarn>([](const PersonWarn& c) {
         CHECK(c.person == cara_id);
         CHECK(c.reason == "No advertising, please");
       })},
      {"person.move", is<PersonMove>([](const PersonMove& c) {
         CHECK(c.person == cara_id);
         CHECK(c.room == lobby_id);
       })},
      {"person.ban", is<PersonBan>([](const PersonBan& c) {
         CHECK(c.person == cara_id);
         CHECK(c.until == 1790086400123);
       })},
      {"person.unban", is_person<PersonUnban>()},
      {"room.slow_mode", is<RoomSlowMode>([](const RoomSlowMode& c) {
         CHECK(c.room == tables_id);
         CHECK(c.seconds == 20);
       })},
      {"room.lock", is<RoomLock>([](const RoomLock& c) { CHECK((c.room == tables_id && c.on)); })},
      {"event.lockdown", is<EventLockdown>([](const EventLockdown& c) { CHECK(c.on); })},
      {"report.file", is<ReportFile>([](const ReportFile& c) {
         CHECK(c.stream == room_stream);
         CHECK(c.offset == 1839);
         CHECK(c.reason == "This is an advertisement");
       })},
      {"report.claim", is<ReportClaim>([](const ReportClaim& c) { CHECK(c.report == 3); })},
      {"report.resolve", is<ReportResolve>([](const ReportResolve& c) {
         CHECK((c.report == 3 && c.outcome == ReportOutcome::muted));
       })},
      {"filter.set", is<FilterSet>([](const FilterSet& c) {
         CHECK(c.on);
         CHECK(c.words == std::vector<std::string>{"casino", "free money", "crypto*"});
       })},
      {"message.review",
       is<MessageReview>([](const MessageReview& c) { CHECK((c.held == 2 && c.approve)); })},
      {"role.grant", is<RoleGrant>([](const RoleGrant& c) {
         CHECK((c.person == bo_id && c.role == Role::moderator));
         CHECK(c.scope == RoleScope{{}, tables_id});
       })},
      {"role.revoke",
       is<RoleRevoke>([](const RoleRevoke& c) { CHECK((c.person == dev_id && !c.scope)); })},
      {"audit.list", is<AuditList>([](const AuditList& c) {
         CHECK((c.person == cara_id && c.before == 41 && c.limit == 20));
       })},
  };
}

TEST_CASE("SH-1: every golden command decodes to its struct") {
  std::map<std::string, Check> checks;
  for (auto part : {session_checks(), place_checks(), event_checks(), message_checks(),
                    people_checks(), round_checks(), facilitator_checks(), moderator_checks()}) {
    checks.merge(part);
  }
  auto frames = golden_frames("commands");
  frames.erase("pong");
  for (const auto& [name, frame] : frames) {
    INFO(name);
    REQUIRE(checks.contains(name));
    const Decoded decoded = decode_command(frame.dump());
    INFO((decoded.command ? "" : decoded.command.error().message));
    REQUIRE(decoded.command.has_value());
    CHECK_FALSE(decoded.pong);
    CHECK(decoded.id.has_value() == frame.contains("id"));
    if (decoded.id) CHECK(*decoded.id == frame.at("id"));
    checks.at(name)(*decoded.command);
  }
  CHECK(frames.size() == checks.size());
}

template <class... All>
void require_examples(std::type_identity<std::variant<All...>>) {
  const auto frames = golden_frames("commands");
  const auto check = [&](std::string_view name) {
    INFO("command without a golden frame: " << name);
    CHECK(has_example(frames, name));
  };
  (check(All::name), ...);
}

TEST_CASE("every command has a golden frame") {
  require_examples(std::type_identity<Command>{});
}

TEST_CASE("SE-8: a pong is told apart from commands") {
  const Decoded decoded = decode_command(golden_frames("commands").at("pong").dump());
  CHECK(decoded.pong);
  CHECK_FALSE(decoded.id);
}

TEST_CASE("SH-9: fields that nobody knows are ignored") {
  const Decoded decoded = decode_command(
      R"({"id":1,"cmd":"table.sit","later":[1],"d":{"table":"tb_3e6a9d2k5h8qz","mood":7.5}})");
  REQUIRE(decoded.command.has_value());
  CHECK(std::get<TableSit>(*decoded.command).table == table_1_id);
}

TEST_CASE("TH-1: text that is no id of ours is the id of nobody") {
  for (const std::string id : {"", "tb_", "table 1", "p_3e6a9d2k5h8qz", "tb_3E6A9D2K5H8QZ"}) {
    INFO(id);
    const auto decoded =
        decode_command(R"({"id":1,"cmd":"table.sit","d":{"table":")" + id + R"("}})");
    REQUIRE(decoded.command.has_value());
    CHECK_FALSE(std::get<TableSit>(*decoded.command).table);
  }
  const auto list = decode_command(R"({"id":1,"cmd":"person.list","d":{"room":"nowhere"}})");
  REQUIRE(list.command.has_value());
  CHECK(std::get<PersonList>(*list.command).room == RoomId{});  // Named, and nowhere.
}

TEST_CASE("SH-8: defaults stand for what is left out") {
  const auto command = [](const std::string& text) {
    const Decoded decoded = decode_command(text);
    REQUIRE(decoded.command.has_value());
    return *decoded.command;
  };
  CHECK(std::holds_alternative<Bye>(command(R"({"id":1,"cmd":"bye"})")));
  const auto history =
      command(R"({"id":1,"cmd":"message.history","d":{"stream":"room:rm_8g4j2n7m9r5sb"}})");
  CHECK(std::get<MessageHistory>(history).before == 0);
  CHECK(std::get<MessageHistory>(history).limit == 50);
  const auto card = std::get<CardUpdate>(command(R"({"id":1,"cmd":"card.update","d":{}})"));
  CHECK_FALSE(card.person_name);
  CHECK_FALSE(card.about);
  CHECK_FALSE(card.came_with);
}

}  // namespace
}  // namespace hallway::test
