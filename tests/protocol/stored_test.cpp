// The journal's form: every push that is kept reads back as it was, and keeps no names of people.
#include <catch2/catch.hpp>
#include <set>

#include "protocol/codec.hpp"
#include "tests/protocol/things.hpp"

namespace hallway::test {
namespace {

TableUpdated partly_updated() {
  TableUpdated updated;
  updated.table = table_1_id;
  updated.topic = "";
  updated.capacity = 4;
  return updated;
}

TableUpdated wholly_updated() {
  return {table_1_id, "Table one", "Hiring", 8, Mood::deep};
}

EventView event_without_rooms() {
  EventView view = event();
  view.rooms.clear();
  return view;
}

PersonView only_id(PersonId id) {
  PersonView view;
  view.id = id;
  return view;
}

/// One or more of every push that is kept, with and without what may be left out.
std::vector<PushData> kept_pushes() {
  const TimeMs until_at = now + 60000;
  return {
      MessagePosted{lines_body, 12, {bo_id, cara_id}},
      MessagePosted{"hi", 0, {}},
      MessageEdited{14, mention_body},
      MessageDeleted{15, "Names a customer"},
      MessageDeleted{15, ""},
      MessageReacted{12, "👩🏽‍💻", false},
      MessagePinned{12},
      MessageUnpinned{12},
      EventUpdated{event_without_rooms()},
      RoomCreated{tables_room(false)},
      RoomCreated{tables_room(true)},
      RoomUpdated{plenary_id, "Main stage"},
      RoomClosed{plenary_id},
      PersonUpdated{only_id(anna_id)},
      SeatTaken{anna_id, table_1_id, dev_id, 3},
      SeatTaken{anna_id, table_1_id, {}, 0, true},
      SeatTaken{anna_id, table_1_id, {}, 0, false, true},
      SeatTaken{anna_id, table_1_id, {}},
      SeatLeft{anna_id, table_1_id, SeatLeftReason::table_removed},
      TableCreated{table_1(false)},
      TableCreated{empty_table(sofa_id, "Sofa", "", std::nullopt)},
      partly_updated(),
      wholly_updated(),
      TableRemoved{table_1_id},
      TableLocked{table_1_id},
      TableUnlocked{table_1_id},
      TableKnocked{3, bo_id, "May I?"},
      TableVisited{dev_id, false},
      HelpCalled{table_1_id, anna_id, ""},
      HelpDone{table_1_id},
      PersonWaiting{only_id(fay_id)},
      PersonAdmitted{fay_id},
      PersonRefused{fay_id},
      PersonMuted{cara_id, until_at, true, "Noise", tables_id, event_id},
      PersonMuted{cara_id, until_at, false, "Advertising"},
      PersonUnmuted{cara_id, ""},
      PersonRemoved{cara_id, "Harassment"},
      TableInvited{table_2_id, tables_id, event_id, bo_id},
      ConversationStarted{conversation_id, {anna_id, bo_id}},
      PersonBlocked{cara_id},
      PersonUnblocked{cara_id},
      ConversationAccepted{bo_id},
      PersonEntered{anna_id, lobby_id, true},
      PersonLeft{anna_id},
      PersonLeft{anna_id, until_at},
      PersonErased{anna_id},
      RoleGiven{dev_id, Role::facilitator},
      ReadMarked{room_stream, 1843},
      NonceClaimed{conversation_id},
      ConversationDeclined{bo_id},
      BlockSet{anna_id, cara_id, false},
      ConversationOpened{{anna_id, bo_id}, bo_id, true},
  };
}

std::vector<PushData> kept_moderation_pushes() {
  const RoleScope whole{event_id, {}};
  RoomUpdated slow{tables_id, ""};
  slow.slow_s = 0;
  RoomUpdated locked{tables_id, ""};
  locked.locked = false;
  AuditView entry{0, 0, {}, "message.delete"};
  entry.person = cara_id;
  entry.stream = room_stream;
  entry.offset = 1839;
  entry.reason = "Names a customer";
  return {
      slow,
      locked,
      PersonWarned{cara_id, "Please", {}},
      PersonMoved{cara_id, lobby_id, "", event_id},
      PersonBanned{cara_id, now, "Threats", {}},
      PersonBanned{cara_id, std::nullopt, "Threats", event_id},
      PersonUnbanned{cara_id, "", {}},
      RoleGranted{bo_id, Role::moderator, {{}, tables_id}, "", std::nullopt},
      RoleGranted{bo_id, Role::organiser, whole, "New", std::vector<std::string>{"round.run"}},
      RoleRevoked{bo_id, whole, "", std::vector<std::string>{}},
      ReportFiled{3, cara_id, room_stream, 1839, "Spam", {{1839, now, cara_id, lines_body}}},
      ReportClaimed{3, eli_id},
      ReportResolved{3, ReportOutcome::other, ""},
      ReportResolved{3, ReportOutcome::other, "", cara_id},
      ReportChanged{event_id, 3},
      ReportAnswered{event_id, 3, ReportOutcome::dismissed},
      FilterUpdated{false, {}},
      FilterUpdated{true, {"casino", "free money"}},
      MessageHeld{2, room_stream, mention_body, 12, {}},
      MessageReviewed{2, false, "Not here", event_id},
      Audited{entry},
      Audited{{0, 0, {}, "event.lockdown"}},
  };
}

std::vector<PushData> kept_round_pushes() {
  const SeatingView seats{{table_1_id, {anna_id, bo_id}}, {{}, {cara_id, fay_id}}, {sofa_id, {}}};
  const TimeMs ends_at = round_ends_at;
  return {
      RoundAnnounced{plan_id, round_starts_at, 2, 3, 8, 4},
      RoundCancelled{2, RoundCancelReason::asked},
      RoundCancelled{2, RoundCancelReason::missed},
      RoundCancelled{2, RoundCancelReason::too_few},
      RoundStarted{plan_id, 2, 3, ends_at, seats, 1, Opener{60, ""}},
      RoundStarted{plan_id, 2, 3, ends_at, {}, 0, std::nullopt},
      RoundWarned{300, {}},
      RoundWarned{10, table_1_id},
      RoundWrapping{ends_at, {}},
      RoundWrapping{ends_at, {table_1_id, table_2_id}},
      RoundEnded{2, {}},
      RoundEnded{2, {table_1_id}},
      RoundExtended{ends_at, {}},
      RoundExtended{ends_at, table_2_id},
      RoundPaused{},
      RoundResumed{ends_at, {}},
      RoundResumed{ends_at, {{table_1_id, ends_at + 1}, {table_2_id, ends_at + 2}}},
      RoundSatOut{bo_id, false},
      BroadcastPosted{broadcast_body},
      ChairOffered{{eli_id, anna_id}},
      ChairOffered{{}},
      ChairTaken{anna_id},
      RoundTimeAsked{table_1_id, 2, 3},
      TableShrunk{table_1_id, 1, table_2_id, now + 10'000, 0, 0},
      TableShrunk{table_1_id, 0, {}, std::nullopt, 0, 0},
      OpenerDrawn{table_1_id, Opener{0, own_opener}},
      SeatLeft{anna_id, table_1_id, SeatLeftReason::round},
      SeatLeft{anna_id, table_1_id, SeatLeftReason::merged},
      SeriesBegun{tables_id, plan_id, round_options()},
      SeriesBegun{tables_id, plan_id, {}},
      RoundsPlanned{tables_id, plan_id, 2, {seats, {}, seats}, {{anna_id, bo_id}}},
      PeopleMet{plan_id, {{anna_id, bo_id}, {anna_id, cara_id}}},
      PeopleMet{{}, {{anna_id, bo_id}}},
  };
}

std::vector<PushData> all_kept_pushes() {
  std::vector<PushData> all = kept_pushes();
  for (PushData& data : kept_round_pushes()) all.push_back(std::move(data));
  for (PushData& data : kept_moderation_pushes()) all.push_back(std::move(data));
  return all;
}

TEST_CASE("every push that is kept reads back as it was") {
  for (const PushData& data : all_kept_pushes()) {
    const std::string stored = encode_stored(data);
    INFO(name_of(data) << ' ' << stored);
    const auto read = decode_stored(name_of(data), stored_version, stored);
    REQUIRE(read);
    CHECK(read->index() == data.index());
    CHECK(encode_stored(*read) == stored);
    if (lasting_of(data) == Lasting::durable) {
      // The wire shows every field, so equal frames mean equal structs.
      std::string before, after;
      encode_push(before, {room_stream, 1, now, anna_id, data});
      encode_push(after, {room_stream, 1, now, anna_id, *read});
      CHECK(before == after);
    }
  }
}

template <class Fact>
Fact read(const Fact& fact) {
  return std::get<Fact>(decode_stored(Fact::name, 1, encode_stored(fact)).value());
}

TEST_CASE("facts read back field by field") {
  const auto entered = read(PersonEntered{anna_id, lobby_id, true});
  CHECK((entered.person == anna_id && entered.room == lobby_id && entered.waiting));
  const auto role = read(RoleGiven{dev_id, Role::organiser});
  CHECK((role.person == dev_id && role.role == Role::organiser));
  const auto mark = read(ReadMarked{room_stream, 1843});
  CHECK((mark.stream == room_stream && mark.offset == 1843));
  const auto block = read(BlockSet{anna_id, cara_id, false});
  CHECK((block.by == anna_id && block.person == cara_id && !block.on));
  const auto opened = read(ConversationOpened{{anna_id, bo_id}, bo_id, true});
  CHECK((opened.people == std::vector{anna_id, bo_id} && opened.by == bo_id && opened.requested));
  CHECK(read(PersonLeft{anna_id}).person == anna_id);
  CHECK(read(NonceClaimed{conversation_id}).conversation == conversation_id);
  CHECK(read(ConversationDeclined{bo_id}).person == bo_id);
}

TEST_CASE("facts of rounds read back field by field") {
  const RoundOptions asked = round_options();
  const auto begun = read(SeriesBegun{tables_id, plan_id, asked});
  CHECK((begun.room == tables_id && begun.plan == plan_id));
  const RoundOptions& kept = begun.options;
  CHECK((kept.size == 4 && kept.size_min == 3 && kept.minutes == 8 && kept.rounds == 3));
  CHECK((kept.avoid_met && kept.avoid_org && !kept.avoid_came_with && kept.match_asks));
  CHECK((kept.together == asked.together && kept.apart == asked.apart));
  CHECK((kept.hosts == asked.hosts && kept.seed == asked.seed && kept.opener == own_opener));
  CHECK_FALSE(read(SeriesBegun{tables_id, plan_id, {}}).options.seed);

  const SeatingView seats{{table_1_id, {anna_id, bo_id}}, {{}, {cara_id, fay_id}}};
  const auto planned = read(RoundsPlanned{tables_id, plan_id, 2, {seats}, {{anna_id, fay_id}}});
  CHECK((planned.room == tables_id && planned.plan == plan_id && planned.first == 2));
  CHECK(planned.rounds == std::vector<SeatingView>{seats});
  CHECK(planned.apart == std::vector{std::pair{anna_id, fay_id}});
  const auto met = read(PeopleMet{{}, {{anna_id, bo_id}}});
  CHECK((!met.plan && met.pairs == std::vector{std::pair{anna_id, bo_id}}));
}

TEST_CASE("rows from before there were rounds still read") {
  const auto taken = decode_stored(
      "seat.taken", 1,
      R"({"person":"p_0d3k7vz2m8qrt","table":"tb_3e6a9d2k5h8qz","moved_by":"p_9mz4r6a1p3vxd"})");
  REQUIRE(taken);
  const auto& seat = std::get<SeatTaken>(*taken);
  CHECK((seat.moved_by == dev_id && seat.move == 0 && !seat.late && !seat.merged));
  const auto created = decode_stored(
      "room.created", 1,
      R"({"room":"rm_8g4j2n7m9r5sb",)"
      R"("name":"Tables","kind":"tables","confidential":false,"equality":false,"locked":false,)"
      R"("slow_s":0,"count":0,"tables":[],"round":null})");
  REQUIRE(created);
  CHECK_FALSE(std::get<RoomCreated>(*created).room.round);
}

template <class... All>
std::set<std::string_view> kept_names(std::type_identity<std::variant<All...>>) {
  std::set<std::string_view> names;
  const auto add = [&names](std::string_view name, Lasting lasting) {
    if (lasting == Lasting::durable || lasting == Lasting::fact) names.insert(name);
  };
  (add(All::name, All::lasting), ...);
  return names;
}

TEST_CASE("no kept push is missing from these tests") {
  std::set<std::string_view> tested;
  for (const PushData& data : all_kept_pushes()) tested.insert(name_of(data));
  CHECK(tested == kept_names(std::type_identity<PushData>{}));
}

template <class... All>
std::size_t distinct_names(std::type_identity<std::variant<All...>>) {
  return std::set<std::string_view>{All::name...}.size();
}

TEST_CASE("no two pushes share a name") {
  CHECK(distinct_names(std::type_identity<PushData>{}) == std::variant_size_v<PushData>);
}

TEST_CASE("the journal keeps ids of people, not their cards") {
  CHECK(encode_stored(PersonUpdated{anna()}) == R"({"person":"p_0d3k7vz2m8qrt"})");
  CHECK(encode_stored(PersonWaiting{fay()}) == R"({"person":"p_1y6s3d0k4jtzn"})");
}

TEST_CASE("a row that is none of ours is told apart") {
  const std::string good = R"({"of":12})";
  CHECK(decode_stored("message.pinned", 1, good));
  CHECK(decode_stored("message.pinned", 1, R"({"of":12,"later":true})"));
  CHECK_FALSE(decode_stored("message.pinned", 0, good));
  CHECK_FALSE(decode_stored("message.pinned", stored_version + 1, good));
  CHECK_FALSE(decode_stored("message.nailed", 1, good));
  CHECK_FALSE(decode_stored("presence", 1, R"({"count":1})"));
  CHECK_FALSE(decode_stored("connected", 1, "{}"));
  CHECK_FALSE(decode_stored("plan.kept", 1, R"({"room":"rm_x","plan":"pl_x"})"));
  CHECK_FALSE(decode_stored("broadcast.seen", 1, R"({"room":"rm_x","of":1})"));
  for (const std::string broken :
       {"", "[]", "{}", R"({"of":-1})", R"({"of":"12"})", "{\"of\":12"}) {
    INFO(broken);
    CHECK_FALSE(decode_stored("message.pinned", 1, broken));
  }
  CHECK_FALSE(decode_stored("seat.left", 1, R"({"person":"p_x","table":"tb_x","reason":"bored"})"));
  CHECK_FALSE(decode_stored("round.cancelled", 1, R"({"number":1,"reason":"bored"})"));
  for (const std::string pairs : {R"([["p_x"]])", R"([["p_x","p_y","p_z"]])", R"(["p_x"])",
                                  R"([{"p_x":"p_y"}])", R"([["p_x",null]])", R"([[1,"p_y"]])"}) {
    INFO(pairs);
    CHECK_FALSE(decode_stored("people.met", 1, "{\"pairs\":" + pairs + "}"));
  }
  CHECK_FALSE(decode_stored("person.muted", 1,
                            R"({"person":"p_x","scope":"both","until_at":1,"reason":"x"})"));
  CHECK_FALSE(decode_stored("event.updated", 1, R"({"event":{"id":"ev_x"}})"));
  CHECK_FALSE(decode_stored("conversation.started", 1, R"({"conversation":"cv_x","people":[1]})"));
}

}  // namespace
}  // namespace hallway::test
