// What the codec refuses, and that each refusal names its field (reliability: JSON and names).
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "tests/protocol/refused.hpp"

namespace hallway::test {
namespace {

std::string send(const nlohmann::json& change) {
  nlohmann::json data{{"stream", "room:rm_8g4j2n7m9r5sb"}, {"nonce", nonce}, {"body", "hi"}};
  data.update(change);
  return frame("message.send", data);
}

TEST_CASE("SH-4: what has no readable id is refused without one") {
  for (const std::string text : {"",
                                 " ",
                                 "{",
                                 "[]",
                                 "7",
                                 "\"hi\"",
                                 "null",
                                 "{}",
                                 "nul",
                                 "{\"id\":7",
                                 "{'id':7}",
                                 R"({"cmd":"bye"})",
                                 R"({"id":null,"cmd":"bye"})",
                                 R"({"id":"7","cmd":"bye"})",
                                 R"({"id":0,"cmd":"bye"})",
                                 R"({"id":-7,"cmd":"bye"})",
                                 R"({"id":7.0,"cmd":"bye"})",
                                 R"({"id":9007199254740993,"cmd":"bye"})",
                                 R"({"id":18446744073709551616,"cmd":"bye"})",
                                 R"({"id":1e3,"cmd":"bye"})",
                                 R"({"id":7,"id":8,"cmd":"bye"})",
                                 R"({"id":7,"cmd":"bye"}{"id":8,"cmd":"bye"})",
                                 R"({"id":7,"cmd":"bye",})"}) {
    CHECK_FALSE(refused(text).id);
    CHECK(refused(text).code == ErrorCode::bad_request);
  }
  CHECK(refused(R"({"cmd":"bye"})").field == "id");
  CHECK(refused(R"({"cmd":"bye","id":2.5})").field == "id");
  CHECK(refused(R"({"id":7,"id":8,"cmd":"bye"})").field == "id");
}

TEST_CASE("SH-4: the largest id is read") {
  CHECK(decode_command(R"({"id":9007199254740992,"cmd":"bye"})").id == 9007199254740992);
}

TEST_CASE("SH-3: a command is named, and its data is an object") {
  CHECK(refused(R"({"id":7})") == bad("cmd"));
  CHECK(refused(R"({"id":7,"cmd":5})") == bad("cmd"));
  CHECK(refused(R"({"id":7,"cmd":"bye","d":[]})") == bad("d"));
  CHECK(refused(R"({"id":7,"cmd":"bye","d":null})") == bad("d"));
}

TEST_CASE("SH-10: unknown commands, also those of later versions") {
  const Refusal unknown{7, ErrorCode::unknown_cmd, "cmd"};
  for (const std::string cmd : {"", "nope", "Hello", "hello ", "message.sendx", "round.preview.x",
                                "round", "rtc.signal", "note.add", "contact.offer", "topic.propose",
                                "hand.raise", "poll.create", "constructor", "__proto__"}) {
    CHECK(refused(frame(cmd, nlohmann::json::object())) == unknown);
  }
}

TEST_CASE("SE-8: a pong with a command is a command") {
  CHECK(decode_command(R"({"pong":true})").pong);
  CHECK(is_accepted(R"({"pong":1,"id":7,"cmd":"bye"})"));
}

TEST_CASE("ME-8: typing alone may omit its id, but not spoil it") {
  const std::string data = R"("d":{"stream":"room:rm_8g4j2n7m9r5sb"}})";
  CHECK(is_accepted(R"({"cmd":"typing",)" + data));
  CHECK(refused(R"({"id":"x","cmd":"typing",)" + data) == bad("id", std::nullopt));
}

TEST_CASE("TR-5: nesting, repeated keys and NUL are refused where they stand") {
  const auto nested = [](std::size_t lists) {
    return R"({"id":7,"cmd":"bye","d":{"deep":)" + std::string(lists, '[') +
           std::string(lists, ']') + "}}";
  };
  CHECK(is_accepted(nested(14)));
  CHECK(refused(nested(15)) == bad("deep"));
  CHECK(refused(nested(7000)) == bad("deep"));
  CHECK(refused(R"({"id":7,"cmd":"bye","d":{"a":1,"b":2,"a":3}})") == bad("a"));
  CHECK(refused(R"({"id":7,"cmd":"bye","cmd":"hello"})") == bad("cmd"));
  CHECK(refused(R"({"id":7,"cmd":"hello","d":{"client":{"name":"a","name":"b"}}})") ==
        bad("client.name"));
  CHECK(refused(R"({"id":7,"cmd":"bye","d":{"text":"a\u0000b"}})") == bad("text"));
  CHECK_FALSE(refused(std::string("{\"id\":7,\"cmd\":\"bye\"}\0", 22)).id);
  CHECK_FALSE(refused(std::string("{\"id\":7,\"cmd\":\"b\0e\"}", 20)).id);
}

TEST_CASE("TR-5: a key repeated among very many is found") {
  std::string text = R"({"id":7,"cmd":"bye","d":{)";
  for (int i = 0; i < 1500; ++i) text += "\"k" + std::to_string(i) + "\":1,";
  CHECK(is_accepted(text + R"("last":1}})"));
  CHECK(refused(text + R"("k77":1}})").code == ErrorCode::bad_request);
}

TEST_CASE("SH-7: numbers are whole, and within their bounds") {
  const auto history = [](const std::string& before) {
    return R"({"id":7,"cmd":"message.history","d":{"stream":"room:rm_8g4j2n7m9r5sb","before":)" +
           before + "}}";
  };
  CHECK(is_accepted(history("1")));
  CHECK(is_accepted(history("9007199254740992")));
  for (const std::string before :
       {"0", "-1", "1.0", "1e2", "9007199254740993", "9223372036854775808", "18446744073709551615",
        "18446744073709551616", "1e308", "1e999", "-1e999", "true", "\"1\"", "null", "[1]", "{}"}) {
    CHECK(refused(history(before)) == bad("before"));
  }
  CHECK(refused(frame("message.history", {{"stream", "room:rm_8g4j2n7m9r5sb"}, {"limit", 101}})) ==
        bad("limit"));
  CHECK(refused(frame("clock", {{"sent_at", -1}})) == bad("sent_at"));
}

TEST_CASE("SH-7: wrong types are refused by field") {
  CHECK(refused(frame("table.sit", {{"table", 5}})) == bad("table"));
  CHECK(refused(frame("table.sit", nlohmann::json::object())) == bad("table"));
  CHECK(refused(frame("table.stand", {{"table", nullptr}})) == bad("table"));
  CHECK(refused(frame("table.visit", {{"table", "tb_3e6a9d2k5h8qz"}, {"on", 1}})) == bad("on"));
  CHECK(refused(frame("table.visit", {{"table", "tb_3e6a9d2k5h8qz"}})) == bad("on"));
  CHECK(refused(frame("person.get", {{"people", "p_0d3k7vz2m8qrt"}})) == bad("people"));
  CHECK(refused(frame("person.get", {{"people", {1, 2}}})) == bad("people"));
  CHECK(refused(frame("person.get", {{"people", nlohmann::json::array()}})) == bad("people"));
  CHECK(refused(frame("admission.admit", {{"people", "some"}})) == bad("people"));
  CHECK(refused(frame("admission.refuse", {{"people", nlohmann::json::array()}})) == bad("people"));
  CHECK(refused(send({{"body", 5}})) == bad("body"));
  CHECK(refused(send({{"nonce", 12345678}})) == bad("nonce"));
  CHECK(refused(send({{"reply_to", 0}})) == bad("reply_to"));
}

TEST_CASE("ST-1: a stream is a known kind, a colon and an id") {
  for (const std::string stream : {"", "room", "rm_8g4j2n7m9r5sb", "facts:5b9e3h7n1r6vy",
                                   "Room:rm_8g4j2n7m9r5sb", "hall:rm_8g4j2n7m9r5sb"}) {
    CHECK(refused(frame("typing", {{"stream", stream}})) == bad("stream"));
  }
  CHECK(is_accepted(frame("typing", {{"stream", "room:"}})));  // A room nobody has.
}

TEST_CASE("ST-9: a nonce is 8 to 64 plain characters") {
  for (const std::string& wrong :
       {std::string(), std::string(7, 'a'), std::string(65, 'a'), std::string("12345678."),
        std::string("nonce nonce"), std::string("nøncenonce")}) {
    CHECK(refused(send({{"nonce", wrong}})) == bad("nonce"));
  }
  CHECK(is_accepted(send({{"nonce", std::string(8, '-')}})));
  CHECK(is_accepted(send({{"nonce", std::string(64, '_')}})));
  CHECK(refused(frame("message.delete", {{"stream", "room:rm_8g4j2n7m9r5sb"}, {"offset", 1}})) ==
        bad("nonce"));
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST_CASE("ME-10: a body has 1 to 4,000 code points, one of them visible") {
  CHECK(is_accepted(send({{"body", std::string(4000, 'x')}})));
  CHECK(is_accepted(send({{"body", repeated("🎉", 4000)}})));
  const Refusal too_large{7, ErrorCode::too_large, "body"};
  CHECK(refused(send({{"body", std::string(4001, 'x')}})) == too_large);
  CHECK(refused(send({{"body", repeated("ø", 4001)}})) == too_large);
  for (const std::string blank :
       {"", " ", "\n\t \r", "\u00a0\u2003\u3000", "\u200b\u200d\ufeff\u2060", "\u2800", "\u00ad",
        "\u3164\u115f", "\u202e\u2066", "\ufe0f", "\u034f", "\u2028"}) {
    CHECK(refused(send({{"body", blank}})) == bad("body"));
  }
  CHECK(is_accepted(send({{"body", "\u200b."}})));
}

TEST_CASE("ME-10: a body is kept character for character") {
  const std::string body = "  e\u0301 \u202e right to left \u200f\n\ttrailing  ";
  const Decoded decoded = decode_command(send({{"body", body}}));
  REQUIRE(decoded.command.has_value());
  CHECK(std::get<MessageSend>(*decoded.command).body == body);
}

TEST_CASE("TR-4: what is not UTF-8 is refused") {
  for (const std::string bytes : {"\xff", "\xc3", "\xc0\xaf", "\xe2\x28\xa1", "\xed\xa0\x80",
                                  "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80"}) {
    const std::string text = R"({"id":7,"cmd":"message.send","d":{"body":")" + bytes + "\"}}";
    CHECK_FALSE(refused(text).id);
  }
  CHECK(refused(R"({"id":7,"cmd":"message.send","d":{"body":"\ud800"}})").code ==
        ErrorCode::bad_request);  // Half a surrogate pair is no character.
}

std::string named(const std::string& name) {
  return frame("card.update", {{"name", name}});
}

std::string name_of_card(const std::string& name) {
  const Decoded decoded = decode_command(named(name));
  REQUIRE(decoded.command.has_value());
  return std::get<CardUpdate>(*decoded.command).person_name.value();
}

TEST_CASE("TH-3: names are normalised and trimmed, and never empty") {
  CHECK(name_of_card("  Zoe\u0308 \u3000") == "Zo\u00eb");
  CHECK(name_of_card(std::string(60, 'n')).size() == 60);
  CHECK(name_of_card(std::string(100, ' ') + "Ana" + std::string(100, '\n')) == "Ana");
  CHECK(name_of_card(repeated("e\u0301", 60)).size() == 120);  // 60 once composed.
  CHECK(name_of_card("شیرین\u200cبانو") == "شیرین\u200cبانو");
  CHECK(name_of_card("Zoë 👩‍👩‍👧‍👦") == "Zoë 👩‍👩‍👧‍👦");
  CHECK(name_of_card("🏴󠁧󠁢󠁥󠁮󠁧󠁿 Kim") == "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Kim");
  for (const std::string wrong :
       {"", " ", "\u200d\u200d", "\ufe0f", "\u3164", "\u2800", "An\nna", "An\tna", "An\u0007na",
        "An\u007fna", "An\u0085na", "\u202eannA", "An\u2066na", "An\u200ena", "An\u061cna",
        "An\u200bna", "An\ufeffna", "An\u2028na", "An\u00adna"}) {
    INFO(wrong);
    CHECK(refused(named(wrong)) == bad("name"));
  }
  CHECK(refused(named(std::string(61, 'n'))) == bad("name"));
}

TEST_CASE("TH-4: every text has its bound") {
  const std::vector<std::pair<std::string, std::size_t>> card_fields{
      {"about", 200}, {"ask", 200}, {"offer", 200}, {"org", 100}, {"title", 100}};
  for (const auto& [field, max] : card_fields) {
    CHECK(is_accepted(frame("card.update", {{field, ""}})));
    CHECK(is_accepted(frame("card.update", {{field, repeated("ø", static_cast<int>(max))}})));
    CHECK(refused(frame("card.update", {{field, std::string(max + 1, 'x')}})) == bad(field));
    CHECK(refused(frame("card.update", {{field, "two\nlines"}})) == bad(field));
  }
  const nlohmann::json table{{"table", "tb_3e6a9d2k5h8qz"}};
  const auto with = [&table](const std::string& key, const nlohmann::json& value) {
    nlohmann::json data = table;
    data[key] = value;
    return data;
  };
  CHECK(refused(frame("table.knock", with("line", std::string(141, 'x')))) == bad("line"));
  CHECK(refused(frame("table.update", with("topic", std::string(201, 'x')))) == bad("topic"));
  CHECK(refused(frame("table.update", with("capacity", 1))) == bad("capacity"));
  CHECK(refused(frame("table.update", with("capacity", 101))) == bad("capacity"));
  CHECK(refused(frame("table.update", with("mood", "locked"))) == bad("mood"));
  CHECK(refused(frame("message.search", {{"query", std::string(101, 'x')}})) == bad("query"));
  CHECK(refused(frame("message.search", {{"query", "  "}})) == bad("query"));
}

TEST_CASE("MO-1: a mute has a length, a scope and a reason") {
  const nlohmann::json whole{
      {"person", "p_7tq2e5b8j0fkm"}, {"minutes", 30}, {"scope", "voice"}, {"reason", "Noise"}};
  CHECK(is_accepted(frame("person.mute", whole)));
  const auto changed = [&whole](const std::string& key, const nlohmann::json& value) {
    nlohmann::json data = whole;
    data[key] = value;
    return frame("person.mute", data);
  };
  CHECK(refused(changed("minutes", 0)) == bad("minutes"));
  CHECK(refused(changed("minutes", 1441)) == bad("minutes"));
  CHECK(refused(changed("scope", "both")) == bad("scope"));
  CHECK(refused(changed("reason", " ")) == bad("reason"));
  CHECK(refused(changed("reason", std::string(301, 'x'))) == bad("reason"));
  CHECK(refused(frame("person.remove", {{"person", "p_7tq2e5b8j0fkm"}})) == bad("reason"));
}

std::string react(const std::string& emoji) {
  return frame(
      "message.react",
      {{"stream", "room:rm_8g4j2n7m9r5sb"}, {"offset", 12}, {"emoji", emoji}, {"on", true}});
}

TEST_CASE("ME-4: a reaction is exactly one grapheme of at most 32 bytes") {
  for (const std::string emoji :
       {"👍", "👍🏿", "❤️", "👨‍👩‍👧‍👦", "👩🏽‍💻", "🇩🇰",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "e\u0301"}) {
    INFO(emoji);
    CHECK(is_accepted(react(emoji)));
  }
  for (const std::string wrong : {"", " ", "👍👍", "👍 ", "ab", "🇩🇰🇸🇪", "\u200d", "\ufe0f", "\u200b",
                                  "\n", "👩🏽‍❤️‍💋‍👨🏿" /* 35 bytes */}) {
    INFO(wrong);
    CHECK(refused(react(wrong)) == bad("emoji"));
  }
}

TEST_CASE("PL-23: what later versions offer is refused plainly") {
  const nlohmann::json whole{{"nonce", nonce}, {"name", "Quiet room"}, {"kind", "plenary"}};
  CHECK(is_accepted(frame("room.create", whole)));
  const auto changed = [&whole](const std::string& key, const nlohmann::json& value) {
    nlohmann::json data = whole;
    data[key] = value;
    return frame("room.create", data);
  };
  CHECK(is_accepted(changed("confidential", false)));
  CHECK(refused(changed("confidential", true)) == bad("confidential"));
  CHECK(refused(changed("equality", true)) == bad("equality"));
  CHECK(refused(changed("equality", 1)) == bad("equality"));
  CHECK(refused(changed("rules", "No laptops")) == bad("rules"));
  CHECK(refused(changed("kind", "lobby")) == bad("kind"));
  CHECK(refused(changed("kind", "hall")) == bad("kind"));
  CHECK(refused(changed("tables", 1001)) == bad("tables"));
  CHECK(refused(frame("room.update", {{"room", "rm_6p1z8v3q5t0wy"}, {"confidential", true}})) ==
        bad("confidential"));
}

TEST_CASE("PL-16: a programme is a list of timed entries") {
  const auto programme = [](const nlohmann::json& items) {
    return frame("event.update", {{"programme", items}});
  };
  const nlohmann::json item{{"at", 1790000000000}, {"minutes", 15}, {"title", "Welcome"}};
  CHECK(is_accepted(programme(nlohmann::json::array({item}))));
  CHECK(is_accepted(programme(nlohmann::json::array())));
  CHECK(refused(programme(nlohmann::json::array({5}))) == bad("programme"));
  CHECK(refused(programme(nlohmann::json::array({{{"at", 1}, {"minutes", 15}}}))) ==
        bad("programme.title"));
  CHECK(refused(programme(nlohmann::json::array(
            {{{"at", 1}, {"minutes", 9999}, {"title", "x"}}}))) == bad("programme.minutes"));
  CHECK(refused(programme(std::vector<nlohmann::json>(101, item))) == bad("programme"));
  CHECK(refused(frame("event.update", {{"state", "paused"}})) == bad("state"));
}

TEST_CASE("CV-1: a conversation is with one to seven others") {
  const auto start = [](std::size_t people) {
    return frame(
        "conversation.start",
        {{"nonce", nonce}, {"people", std::vector<std::string>(people, "p_x")}, {"body", "hi"}});
  };
  CHECK(is_accepted(start(7)));
  CHECK(refused(start(0)) == bad("people"));
  CHECK(refused(start(8)) == bad("people"));
}

TEST_CASE("SE-1: hello names its client, and what it resumes") {
  const nlohmann::json client{{"name", "test"}, {"version", "1"}};
  CHECK(is_accepted(frame("hello", {{"client", client}})));
  CHECK(refused(frame("hello", nlohmann::json::object())) == bad("client"));
  CHECK(refused(frame("hello", {{"client", "test"}})) == bad("client"));
  CHECK(refused(frame("hello", {{"client", {{"name", "test"}}}})) == bad("client.version"));
  const auto resume = [&client](const nlohmann::json& streams) {
    return frame("hello", {{"client", client}, {"resume", streams}});
  };
  CHECK(refused(resume(nlohmann::json::array())) == bad("resume"));
  CHECK(refused(resume({{"nowhere", {{"epoch", "x"}, {"offset", 1}}}})) == bad("resume"));
  CHECK(refused(resume({{"room:rm_x", 5}})) == bad("resume"));
  CHECK(refused(resume({{"room:rm_x", {{"epoch", "x"}}}})) == bad("resume.offset"));
  CHECK(refused(resume({{"room:rm_x", {{"epoch", 1}, {"offset", 1}}}})) == bad("resume.epoch"));
  nlohmann::json many = nlohmann::json::object();
  for (std::size_t i = 0; i <= limits::resume_streams_max; ++i) {
    many["room:" + std::to_string(i)] = {{"epoch", "x"}, {"offset", 1}};
  }
  CHECK(refused(resume(many)) == bad("resume"));
}

TEST_CASE("SH-3: the first field at fault is the one named") {
  CHECK(refused(frame("message.send", {{"nonce", "short"}, {"stream", 5}})) == bad("nonce"));
}

}  // namespace
}  // namespace hallway::test
