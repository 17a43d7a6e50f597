// The writer's escapes and numbers, and the strict parse, against nlohmann's own reading.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "protocol/fields.hpp"
#include "protocol/json_value.hpp"
#include "protocol/json_writer.hpp"

namespace hallway::json {
namespace {

std::string written(std::string_view text) {
  std::string out;
  Writer(out).text(text);
  return out;
}

TEST_CASE("TR-4: every character reads back as it was written") {
  std::string all;
  for (int c = 1; c < 0x80; ++c) all += static_cast<char>(c);
  all += "ø 漢 👩‍👩‍👧‍👦 \u2028 \u202e";
  CHECK(nlohmann::json::parse(written(all)).get<std::string>() == all);
  CHECK(written(std::string("\0", 1)) == "\"\\u0000\"");
  CHECK(written("\x1f") == "\"\\u001f\"");
}

TEST_CASE("TR-4: broken bytes are replaced, so that no frame is broken") {
  CHECK(written("a\xff"
                "b\xc3") == "\"a\ufffdb\ufffd\"");
  CHECK(written("\xed\xa0\x80") == "\"\ufffd\ufffd\ufffd\"");
}

TEST_CASE("what is written stands behind what was there, and is whole once it is closed") {
  std::string out = "before ";
  Writer writer(out);
  writer.begin_object();
  writer.key("long");
  writer.text(std::string(5'000, 'x'));
  writer.key("made");
  writer.json("[1,2]");
  writer.end_object();
  CHECK(out == "before {\"long\":\"" + std::string(5'000, 'x') + "\",\"made\":[1,2]}");
}

TEST_CASE("numbers are written whole") {
  std::string out;
  Writer writer(out);
  writer.begin_array();
  writer.integer(std::numeric_limits<std::int64_t>::min());
  writer.integer(std::numeric_limits<std::uint64_t>::max());
  writer.integer(std::size_t{7});
  writer.number(10.0);
  writer.number(0.5);
  writer.end_array();
  CHECK(out == "[-9223372036854775808,18446744073709551615,7,10,0.5]");
}

TEST_CASE("commas stand between siblings alone") {
  std::string out;
  Writer writer(out);
  writer.begin_object();
  writer.key("a");
  writer.begin_array();
  writer.end_array();
  writer.key("b");
  writer.begin_object();
  writer.key_escaped("\"");
  writer.null();
  writer.end_object();
  writer.key("c");
  writer.boolean(true);
  writer.end_object();
  CHECK(out == R"({"a":[],"b":{"\"":null},"c":true})");
}

TEST_CASE("the parse keeps types apart") {
  const Parsed parsed = parse(R"([null,true,-3,9223372036854775807,2.0,"x",[],{"k":1}])");
  REQUIRE_FALSE(parsed.error);
  const Array& list = *parsed.value.array();
  REQUIRE(list.size() == 8);
  CHECK(std::holds_alternative<std::nullptr_t>(list[0].data));
  CHECK(*list[1].boolean());
  CHECK(*list[2].integer() == -3);
  CHECK(*list[3].integer() == 9223372036854775807);
  CHECK(std::holds_alternative<NotAnInteger>(list[4].data));
  CHECK(list[2].number() == -3.0);
  CHECK(parse("1e-999").value.number() == 0.0);
  CHECK(parse("0e99").value.number() == 0.0);
  CHECK(parse("9223372036854775808").value.number() == 9223372036854775808.0);
  CHECK(*parse("-9223372036854775808").value.integer() == std::numeric_limits<std::int64_t>::min());
  CHECK(list[4].number() == 2.0);
  CHECK_FALSE(list[5].number());
  CHECK(*list[5].text() == "x");
  CHECK(list[6].array());
  CHECK(*list[7].object()->find("k")->integer() == 1);
  CHECK_FALSE(list[7].object()->find("other"));
}

TEST_CASE("TR-5: a fault is named by its path, in plain keys alone") {
  CHECK(parse(R"({"d":{"client":{"x":1,"x":2}}})").error->field == "client.x");
  CHECK(parse(R"({"Odd Key":1,"Odd Key":2})").error->field.empty());
  CHECK(parse(R"({"people":[{"a":"\u0000"}]})").error->field == "people.a");
  CHECK(parse(R"({"d":1e999})").error->field == "d");
  CHECK(parse(R"({"d":1.9e308})").error->field == "d");
}

TEST_CASE("what stands inside too deep nesting is passed over") {
  const std::string deep = std::string(40, '[') + R"({"a":1,"a":"\u0041"})" + std::string(40, ']');
  const Parsed parsed = parse(R"({"before":1,"x":)" + deep + R"(,"after":2})");
  REQUIRE(parsed.error);
  CHECK(parsed.error->field == "x");
  CHECK(*parsed.value.object()->find("before")->integer() == 1);
  CHECK(*parsed.value.object()->find("after")->integer() == 2);
}

TEST_CASE("fields: the first refusal stays") {
  const Parsed parsed = parse(R"({"a":"x","b":-1})");
  Fields fields(*parsed.value.object(), "outer.");
  CHECK(fields.integer("b") == 0);
  CHECK(fields.boolean("a") == false);
  REQUIRE(fields.refusal());
  CHECK(fields.refusal()->field == "outer.b");
}

}  // namespace
}  // namespace hallway::json
