// Counting and judging text.
#include <catch2/catch.hpp>

#include "protocol/checks.hpp"
#include "protocol/text.hpp"

namespace hallway::text {
namespace {

TEST_CASE("code points are counted, not bytes") {
  CHECK(code_points("") == 0);
  CHECK(code_points("abc") == 3);
  CHECK(code_points("æøå") == 3);
  CHECK(code_points("👍🏿") == 2);
}

TEST_CASE("NFC composes, and leaves compatibility characters alone") {
  CHECK(nfc("A\u030a") == "\u00c5");
  CHECK(nfc("\u212b") == "\u00c5");
  CHECK(nfc("ﬁ²") == "ﬁ²");
  CHECK(nfc("plain") == "plain");
}

TEST_CASE("trimming takes Unicode's white space from both ends") {
  CHECK(trimmed("\u00a0\u3000 a b\u2029\r\n\t\u0085") == "a b");
  CHECK(trimmed(" \u2003 ").empty());
  CHECK(trimmed("ø") == "ø");
}

TEST_CASE("valid UTF-8 alone is valid") {
  CHECK(valid_utf8("ø漢👍"));
  CHECK(valid_utf8(""));
  CHECK_FALSE(valid_utf8("\xc3"));
  CHECK_FALSE(valid_utf8("\xed\xa0\x80"));
  CHECK_FALSE(valid_utf8("\xc0\x80"));
  CHECK(mended_utf8("ø\xc3") == "ø\ufffd");
}

TEST_CASE("graphemes hold together: flags, families, keycaps") {
  CHECK(is_one_visible_grapheme("👨‍👩‍👧‍👦"));
  CHECK(is_one_visible_grapheme("🇩🇰"));
  CHECK(is_one_visible_grapheme("1️⃣"));
  CHECK_FALSE(is_one_visible_grapheme("🇩🇰🇩🇰"));
  CHECK_FALSE(is_one_visible_grapheme("\r\n"));
  CHECK_FALSE(is_one_visible_grapheme(""));
}

TEST_CASE("an Arabic number sign is visible, though Unicode calls it a format character") {
  CHECK(has_visible("\u0600"));
  CHECK_FALSE(has_forbidden_in_line("\u0600"));
}

}  // namespace
}  // namespace hallway::text

namespace hallway {
namespace {

TEST_CASE("TH-3: bytes that are no text are refused, not thrown at") {
  CHECK(checked_name("\xff", "name").error().field == "name");
  CHECK(checked_line("\xff", 10, "line").error().field == "line");
  CHECK(checked_body("\xff", 10, "body").error().field == "body");
}

TEST_CASE("ME-10: a body's bound is its caller's") {
  CHECK(checked_body("12345", 5, "body").value() == "12345");
  CHECK(checked_body("123456", 5, "body").error().code == ErrorCode::too_large);
}

}  // namespace
}  // namespace hallway
