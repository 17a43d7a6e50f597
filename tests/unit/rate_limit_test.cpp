// The token bucket a person and stream, and the pace of typing.
#include "rooms/rate_limit.hpp"

#include <catch2/catch.hpp>

#include "protocol/limits.hpp"

namespace hallway {
namespace {

constexpr PersonId anna{1};
constexpr PersonId bo{2};
const StreamId room = stream_of(RoomId{7});
const StreamId other_room = stream_of(RoomId{8});
constexpr Settings settings{.messages_per_s = 1, .messages_burst = 20};

void say(ChatPace& pace, TimeMs now, PersonId by = anna) {
  Push push;
  push.stream = room;
  push.at = now;
  push.by = by;
  push.data = MessagePosted{"hi", 0, {}};
  pace.apply(push);
}

TEST_CASE("a burst passes, the next message waits for one token") {
  ChatPace pace(settings);
  for (int i = 0; i < 20; ++i) {
    REQUIRE(pace.wait_ms(anna, room, 5000) == 0);
    say(pace, 5000);
  }
  CHECK(pace.wait_ms(anna, room, 5000) == 1000);
  CHECK(pace.wait_ms(anna, room, 5400) == 600);
  CHECK(pace.wait_ms(anna, room, 6000) == 0);
  CHECK(pace.wait_ms(anna, other_room, 5000) == 0);
  CHECK(pace.wait_ms(bo, room, 5000) == 0);
}

TEST_CASE("at the steady rate nobody waits") {
  ChatPace pace(settings);
  for (TimeMs now = 0; now < 100'000; now += 1000) {
    REQUIRE(pace.wait_ms(anna, room, now) == 0);
    say(pace, now);
  }
}

TEST_CASE("a clock set back silences nobody for longer than one interval") {
  ChatPace pace(settings);
  for (int i = 0; i < 20; ++i) say(pace, 10'000'000);
  CHECK(pace.wait_ms(anna, room, 1000) == 1000);
  say(pace, 2000);
  CHECK(pace.wait_ms(anna, room, 3000) <= 1000);
}

TEST_CASE("the sweep of idle buckets keeps the busy ones") {
  ChatPace pace(settings);
  for (int i = 0; i < 20; ++i) say(pace, 1'000'000, anna);
  for (std::uint64_t person = 10; person < 2000; ++person) {
    say(pace, 1'000'000, PersonId{person});
  }
  CHECK(pace.wait_ms(anna, room, 1'000'000) == 1000);
}

TEST_CASE("typing is told once in three seconds") {
  ChatPace pace(settings);
  CHECK(pace.may_type(anna, room, 1000));
  Push push;
  push.stream = room;
  push.at = 1000;
  push.by = anna;
  push.data = TypingPush{};
  pace.apply(push);
  CHECK_FALSE(pace.may_type(anna, room, 1000 + limits::typing_ms - 1));
  CHECK(pace.may_type(anna, room, 1000 + limits::typing_ms));
  CHECK(pace.may_type(bo, room, 1001));
}

}  // namespace
}  // namespace hallway
