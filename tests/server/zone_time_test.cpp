// Times on the wall, around the days on which clocks change.
#include <catch2/catch.hpp>
#include <fstream>

#include "server/zone_time.hpp"
#include "tests/support/temporary_folder.hpp"

namespace hallway::test {
namespace {

constexpr TimeMs hour = 3'600'000;
constexpr TimeMs day = 24 * hour;
// 2027-03-28 01:00 UTC: Copenhagen goes from 02:00 to 03:00. 2027-10-31 01:00 UTC: back from 03:00.
constexpr TimeMs spring = 1'806'195'600'000;
constexpr TimeMs autumn = 1'824'944'400'000;

TEST_CASE("a zone is ahead of UTC by another hour in summer") {
  const auto zone = Zone::find("Europe/Copenhagen");
  REQUIRE(zone);
  CHECK(zone->offset_s(spring - 1) == 3600);
  CHECK(zone->offset_s(spring) == 7200);
  CHECK(zone->offset_s(autumn - 1) == 7200);
  CHECK(zone->offset_s(autumn) == 3600);
}

TEST_CASE("a series keeps its time on the wall across both changes of clocks") {
  const auto zone = Zone::find("Europe/Copenhagen");
  REQUIRE(zone);
  // Wednesdays at 17:00 in Copenhagen, the first on 2027-03-24 (16:00 UTC).
  const TimeMs first = spring - 4 * day + 15 * hour;
  const auto starts = starts_of_series(*zone, first, 1, 3);
  REQUIRE(starts.size() == 3);
  CHECK(starts[0] == first);
  CHECK(starts[1] == first + 7 * day - hour);
  CHECK(starts[2] == first + 14 * day - hour);
  for (const TimeMs start : starts) CHECK(zone->wall_of(start) % day == 17 * hour);

  const auto autumnal = starts_of_series(*zone, autumn - day, 2, 2);
  CHECK(autumnal[1] == autumn - day + 14 * day + hour);
  CHECK(starts_of_series(*zone, first, 1, 1) == std::vector<TimeMs>{first});
}

TEST_CASE("what the wall shows twice is the first of both, what it never shows is after the gap") {
  const auto zone = Zone::find("Europe/Copenhagen");
  REQUIRE(zone);
  const TimeMs half_past_two_in_autumn = autumn + hour + 30 * 60'000;  // As the wall counts.
  CHECK(zone->instant_of(half_past_two_in_autumn) == autumn - 30 * 60'000);
  const TimeMs half_past_two_in_spring = spring + hour + 30 * 60'000;
  CHECK(zone->instant_of(half_past_two_in_spring) == spring + 30 * 60'000);
}

TEST_CASE("zones beyond the file's last change follow its rule, south of the equator too") {
  const auto zone = Zone::find("Australia/Sydney");
  REQUIRE(zone);
  const TimeMs in_2060_july = 2'856'000'000'000;
  const TimeMs in_2060_january = 2'840'200'000'000;
  CHECK(zone->offset_s(in_2060_july) == 10 * 3600);
  CHECK(zone->offset_s(in_2060_january) == 11 * 3600);
  const auto copenhagen = Zone::find("Europe/Copenhagen");
  CHECK(copenhagen->offset_s(in_2060_july) == 7200);
  CHECK(copenhagen->offset_s(in_2060_january) == 3600);
  CHECK(Zone::find("Asia/Kathmandu")->offset_s(in_2060_july) == 5 * 3600 + 45 * 60);
  CHECK(Zone::find("UTC")->offset_s(in_2060_july) == 0);
}

TEST_CASE("what is no zone is none") {
  for (const char* name : {"", "Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "Europe"}) {
    INFO(name);
    CHECK_FALSE(Zone::find(name));
  }
  const TemporaryFolder folder;
  std::ifstream original("/usr/share/zoneinfo/Europe/Copenhagen", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(original)),
                          std::istreambuf_iterator<char>());
  REQUIRE(bytes.size() > 200);
  // Cut anywhere, it is refused; whole, it is read.
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{30}, bytes.size() / 2, bytes.size() - 10}) {
    std::ofstream(folder / "cut", std::ios::binary | std::ios::trunc) << bytes.substr(0, size);
    CHECK_FALSE(Zone::find("cut", folder.path()));
  }
  std::ofstream(folder / "whole", std::ios::binary) << bytes;
  CHECK(Zone::find("whole", folder.path()));
}

}  // namespace
}  // namespace hallway::test
