// Feeds for calendars, with titles that no calendar should choke on. The file that this makes is
// kept, and read by another's parser in tests/protocol/calendar.test.js.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "server/net/api_calendar.hpp"

namespace hallway::test {
namespace {

constexpr TimeMs start = 1'806'422'400'000;

DatedEvent dated(std::uint64_t id, std::string title, std::int64_t changes) {
  DatedEvent dated;
  dated.event.id = EventId{id};
  dated.event.title = std::move(title);
  dated.event.starts_at = start + static_cast<TimeMs>(id) * 86'400'000;
  dated.event.ends_at = dated.event.starts_at + 5'400'000;
  dated.event.programme = {{dated.event.starts_at, 30, "Not in a feed", {}}};
  dated.changes = changes;
  dated.changed_at = start - 1000;
  return dated;
}

std::string feed() {
  std::string many;
  for (int i = 0; i < 60; ++i) many += "å👩🏽‍💻";
  std::vector<DatedEvent> events{
      dated(1, R"(Food; drinks, "talk" \ and more: 100%)", 0),
      dated(2, many, 3),
      dated(3, "END:VEVENT\nBEGIN:VEVENT", 1),
      dated(4, "A bell\a, a tab\t, a return\r and a line\nmore", 12),
      dated(5, "Ends never", 0),
  };
  events.back().event.ends_at = 0;
  return calendar_feed("Circle; of \"leaders\", 2027", events, "https://meet.example.org/g/g_1");
}

TEST_CASE("RFC 5545: a feed is as it was when another's parser read it") {
  std::ifstream kept(HALLWAY_TEST_DATA "/group.ics", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(kept)), std::istreambuf_iterator<char>());
  CHECK(feed() == bytes);
}

TEST_CASE("RFC 5545: no line of a feed is longer than 75 bytes or holds a control character") {
  const std::string text = feed();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    CHECK(end - at <= 75);
    for (const char c : text.substr(at, end - at)) {
      CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\t'));
    }
    at = end + 2;
  }
}

TEST_CASE("a feed of nothing is a calendar") {
  CHECK(calendar_feed("Circle", {}, "") ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hallway//Hallway//EN\r\n"
        "X-WR-CALNAME:Circle\r\nEND:VCALENDAR\r\n");
}

}  // namespace
}  // namespace hallway::test
