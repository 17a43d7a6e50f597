// What the codec refuses of the commands of rounds, and what their options are when not named.
#include <catch2/catch.hpp>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "tests/protocol/refused.hpp"
#include "tests/protocol/things.hpp"

namespace hallway::test {
namespace {

using Json = nlohmann::json;

const Json room{{"room", "rm_8g4j2n7m9r5sb"}};

Json with(Json data, const std::string& key, const Json& value) {
  data[key] = value;
  return data;
}

std::string preview(const Json& options) {
  return frame("round.preview", with(room, "options", options));
}

/// A preview with a single option.
std::string preview(const std::string& key, const Json& value) {
  return preview(Json{{key, value}});
}

RoundOptions read_options(const Json& options) {
  const Decoded decoded = decode_command(preview(options));
  REQUIRE(decoded.command.has_value());
  return std::get<RoundPreview>(*decoded.command).options;
}

std::vector<std::string> people(std::size_t count, std::size_t first = 1) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < count; ++i) ids.push_back(to_text(PersonId{first + i}));
  return ids;
}

TEST_CASE("RO-15: options not named have their defaults") {
  const RoundOptions options = read_options(Json::object());
  CHECK((options.size == 4 && options.size_min == 3 && options.minutes == 10));
  CHECK((options.rounds == 1 && !options.match_asks));
  CHECK((options.avoid_met && options.avoid_org && options.avoid_came_with));
  CHECK((options.together.empty() && options.apart.empty() && options.hosts.empty()));
  CHECK((!options.seed && options.opener.empty()));
  const RoundOptions partly =
      read_options({{"avoid", {{"org", false}}}, {"match", Json::object()}});
  CHECK((partly.avoid_met && !partly.avoid_org && partly.avoid_came_with && !partly.match_asks));
}

TEST_CASE("RO-15: the least size is 3, or 2 where pairs are asked for, and at most the size") {
  CHECK(read_options({{"size", 2}}).size_min == 2);
  CHECK(read_options({{"size", 3}}).size_min == 3);
  CHECK(read_options({{"size", 20}}).size_min == 3);
  CHECK(read_options({{"size", 6}, {"size_min", 6}}).size_min == 6);
  CHECK(read_options({{"size", 6}, {"size_min", 2}}).size_min == 2);
  CHECK(refused(preview({{"size", 5}, {"size_min", 6}})) == bad("options.size_min"));
  CHECK(refused(preview({{"size_min", 5}})) == bad("options.size_min"));
  CHECK(refused(preview({{"size", 2}, {"size_min", 3}})) == bad("options.size_min"));
}

TEST_CASE("RO-15: numbers among the options are whole, and within their bounds") {
  struct Bounded {
    std::string key;
    std::int64_t min, max;
  };
  for (const auto& [key, min, max] : {Bounded{"size", 2, 20}, Bounded{"minutes", 1, 240},
                                      Bounded{"rounds", 1, 50}, Bounded{"seed", 0, 1LL << 53}}) {
    INFO(key);
    CHECK(is_accepted(preview(key, min)));
    CHECK(is_accepted(preview(key, max)));
    for (const Json& wrong : {Json(min - 1), Json(max + 1), Json(2.5), Json("4"), Json(true),
                              Json(nullptr), Json({4})}) {
      INFO(wrong);
      CHECK(refused(preview(key, wrong)) == bad("options." + key));
    }
  }
  CHECK(refused(preview("size_min", 1)) == bad("options.size_min"));
  CHECK(refused(preview({{"size", 20}, {"size_min", 21}})) == bad("options.size_min"));
  CHECK(refused(preview("size_min", "3")) == bad("options.size_min"));
}

TEST_CASE("RO-15: switches are true or false, in an object of their own") {
  for (const std::string key : {"met", "org", "came_with"}) {
    CHECK(is_accepted(preview("avoid", {{key, false}})));
    CHECK(refused(preview("avoid", {{key, 0}})) == bad("options.avoid." + key));
    CHECK(refused(preview("avoid", {{key, nullptr}})) == bad("options.avoid." + key));
  }
  CHECK(refused(preview("match", {{"asks", "yes"}})) == bad("options.match.asks"));
  for (const std::string key : {"avoid", "match"}) {
    for (const Json& wrong : {Json(true), Json::array(), Json(nullptr), Json("met")}) {
      CHECK(refused(preview(key, wrong)) == bad("options." + key));
    }
  }
}

TEST_CASE("RO-15: together and apart are lists of 2 to 20 different people, 200 at most") {
  for (const std::string key : {"together", "apart"}) {
    INFO(key);
    const Refusal wrong = bad("options." + key);
    const auto group = [&key](const Json& one) { return preview(key, Json::array({one})); };
    CHECK(is_accepted(preview(key, Json::array())));
    CHECK(is_accepted(group(people(2))));
    CHECK(is_accepted(group(people(limits::round_group_people_max))));
    CHECK(refused(group(people(limits::round_group_people_max + 1))) == wrong);
    CHECK(refused(group(people(1))) == wrong);
    CHECK(refused(group(Json::array())) == wrong);
    CHECK(refused(group({"p_0d3k7vz2m8qrt", "p_4hn9c1xw6y2sg", "p_0d3k7vz2m8qrt"})) == wrong);
    CHECK(refused(group({"p_0d3k7vz2m8qrt", 4})) == wrong);
    CHECK(refused(group("p_0d3k7vz2m8qrt")) == wrong);
    CHECK(refused(group(nullptr)) == wrong);
    CHECK(refused(preview(key, people(2))) == wrong);
    CHECK(refused(preview(key, Json::object())) == wrong);
    CHECK(refused(preview(key, nullptr)) == wrong);

    const std::vector<std::vector<std::string>> many(limits::round_groups_max, people(2));
    CHECK(is_accepted(preview(key, many)));
    CHECK(refused(preview(key, std::vector(limits::round_groups_max + 1, people(2)))) == wrong);
  }
  CHECK(refused(preview({{"together", {people(2), people(1)}}})) == bad("options.together"));
}

TEST_CASE("TH-1: people and tables among the options that nobody has are read as nobody") {
  const Json strangers = Json::array({"anna", "bo"});
  const RoundOptions options =
      read_options({{"together", Json::array({strangers})}, {"hosts", {{"x", "y"}}}});
  CHECK(options.together == std::vector<std::vector<PersonId>>{{{}, {}}});
  CHECK(options.hosts == std::vector{std::pair{PersonId{}, TableId{}}});
}

TEST_CASE("RO-15: hosts are an object from people to tables, 1,000 at most") {
  const std::string table = to_text(table_1_id);
  Json hosts = Json::object();
  for (const std::string& person : people(limits::round_hosts_max)) hosts[person] = table;
  CHECK(is_accepted(preview("hosts", Json::object())));
  CHECK(is_accepted(preview("hosts", hosts)));
  hosts["p_0d3k7vz2m8qrt"] = table;
  CHECK(refused(preview("hosts", hosts)) == bad("options.hosts"));
  for (const Json& wrong : {Json::array(), Json(nullptr), Json(table), Json{{"p_0d3k7vz2m8qrt", 1}},
                            Json{{"p_0d3k7vz2m8qrt", nullptr}}}) {
    INFO(wrong);
    CHECK(refused(preview("hosts", wrong)) == bad("options.hosts"));
  }
  const std::string twice = R"({"p_0d3k7vz2m8qrt":"tb_x","p_0d3k7vz2m8qrt":"tb_y"})";
  CHECK(refused(R"({"id":7,"cmd":"round.preview","d":{"room":"rm_x","options":{"hosts":)" + twice +
                "}}}")
            .code == ErrorCode::bad_request);
}

TEST_CASE("RO-15: one's own opener is a line of at most 200 code points") {
  CHECK(read_options({{"opener", "  Why IT?\n"}}).opener == "Why IT?");
  CHECK(read_options({{"opener", " "}}).opener.empty());
  CHECK(is_accepted(preview("opener", std::string(200, 'x'))));
  CHECK(refused(preview("opener", std::string(201, 'x'))) == bad("options.opener"));
  CHECK(refused(preview("opener", "two\nlines")) == bad("options.opener"));
  CHECK(refused(preview("opener", 17)) == bad("options.opener"));
}

TEST_CASE("RO-1: a preview names its room and its options") {
  CHECK(refused(frame("round.preview", room)) == bad("options"));
  CHECK(refused(frame("round.preview", with(room, "options", Json::array()))) == bad("options"));
  CHECK(refused(frame("round.preview", {{"options", Json::object()}})) == bad("room"));
}

TEST_CASE("RO-2: the rounds of a plan are asked for from one of its numbers on") {
  const Json plan{{"plan", "pl_d5r0h8w2b7k3q"}};
  const Decoded decoded = decode_command(frame("round.plan", plan));
  REQUIRE(decoded.command.has_value());
  CHECK(std::get<RoundPlan>(*decoded.command).from == 1);
  CHECK(is_accepted(frame("round.plan", with(plan, "from", 50))));
  CHECK(refused(frame("round.plan", with(plan, "from", 0))) == bad("from"));
  CHECK(refused(frame("round.plan", with(plan, "from", 51))) == bad("from"));
  CHECK(refused(frame("round.plan", Json::object())) == bad("plan"));
}

TEST_CASE("RO-3: a round is announced from one thing at most, and the second is named") {
  const Json bare = with(room, "nonce", nonce);
  const auto announce = [&bare](Json change) {
    change.update(bare);
    return frame("round.announce", change);
  };
  const Json options = Json::object();
  const std::string plan = "pl_d5r0h8w2b7k3q";
  CHECK(is_accepted(announce(Json::object())));
  CHECK(is_accepted(announce({{"plan", plan}, {"same_groups", false}})));
  CHECK(refused(announce({{"options", options}, {"plan", plan}})) == bad("plan"));
  CHECK(refused(announce({{"options", options}, {"same_groups", true}})) == bad("same_groups"));
  CHECK(refused(announce({{"plan", plan}, {"same_groups", true}})) == bad("same_groups"));
  CHECK(refused(announce({{"options", options}, {"plan", plan}, {"same_groups", true}})) ==
        bad("plan"));
  CHECK(refused(announce({{"options", {{"size", 21}}}})) == bad("options.size"));
  CHECK(refused(announce({{"options", nullptr}})) == bad("options"));
  CHECK(refused(announce({{"plan", 5}})) == bad("plan"));
  CHECK(refused(announce({{"same_groups", "yes"}})) == bad("same_groups"));
  CHECK(refused(frame("round.announce", room)) == bad("nonce"));
  CHECK(refused(frame("round.announce", {{"nonce", nonce}})) == bad("room"));
}

TEST_CASE("RO-5: a round is extended by 10 to 3,600 seconds") {
  const auto extend = [](const Json& seconds) {
    return frame("round.extend", with(room, "seconds", seconds));
  };
  CHECK(is_accepted(extend(10)));
  CHECK(is_accepted(extend(3600)));
  for (const Json& wrong : {Json(9), Json(3601), Json(-60), Json(60.5), Json("60")}) {
    CHECK(refused(extend(wrong)) == bad("seconds"));
  }
  CHECK(refused(frame("round.extend", room)) == bad("seconds"));
  CHECK(refused(frame("round.extend", with(with(room, "seconds", 60), "table", nullptr))) ==
        bad("table"));
}

TEST_CASE("RO-10: a move is taken back by its number") {
  CHECK(refused(frame("seat.undo", Json::object())) == bad("move"));
  CHECK(refused(frame("seat.undo", {{"move", 0}})) == bad("move"));
  CHECK(refused(frame("seat.undo", {{"move", "3"}})) == bad("move"));
  CHECK(refused(frame("seat.move", {{"person", "p_0d3k7vz2m8qrt"}})) == bad("table"));
  CHECK(refused(frame("seat.move", {{"table", "tb_3e6a9d2k5h8qz"}})) == bad("person"));
}

TEST_CASE("RO-11: a broadcast is a message's body") {
  const auto broadcast = [](const Json& body) {
    return frame("broadcast", with(with(room, "nonce", nonce), "body", body));
  };
  CHECK(is_accepted(broadcast(std::string(4000, 'x'))));
  CHECK(refused(broadcast(std::string(4001, 'x'))) == Refusal{7, ErrorCode::too_large, "body"});
  CHECK(refused(broadcast(" \n")) == bad("body"));
  CHECK(refused(frame("broadcast", with(room, "body", "hi"))) == bad("nonce"));
  CHECK(refused(frame("broadcast.seen", with(room, "offset", 0))) == bad("offset"));
  CHECK(refused(frame("broadcast.seen", room)) == bad("offset"));
}

TEST_CASE("SH-7: the commands of rounds that name one thing need it") {
  for (const std::string cmd : {"round.cancel", "round.pause", "round.resume", "round.end",
                                "round.sit_out", "broadcast.seen", "chair.take"}) {
    INFO(cmd);
    CHECK(refused(frame(cmd, Json::object())) == bad("room"));
    CHECK(refused(frame(cmd, {{"room", 8}})) == bad("room"));
  }
  for (const std::string cmd : {"round.ask_time", "table.merge", "opener.draw"}) {
    INFO(cmd);
    CHECK(refused(frame(cmd, Json::object())) == bad("table"));
    CHECK(refused(frame(cmd, {{"table", nullptr}})) == bad("table"));
  }
  CHECK(refused(frame("round.sit_out", room)) == bad("on"));
  CHECK(refused(frame("round.sit_out", with(room, "on", 1))) == bad("on"));
}

}  // namespace
}  // namespace hallway::test
