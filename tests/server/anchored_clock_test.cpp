// The server's own time, when somebody sets the clock of the machine.
#include <catch2/catch.hpp>

#include "server/anchored_clock.hpp"

namespace hallway {
namespace {

constexpr TimeMs start = 1'790'000'000'000;
constexpr std::int64_t hour_ms = 3'600'000;

}  // namespace

TEST_CASE("the machine's clock is set by an hour, either way: the server's goes on [R11]") {
  const std::int64_t jump_ms = GENERATE(as<std::int64_t>{}, hour_ms, -hour_ms);
  TestClock machine(start);
  const AnchoredClock clock(machine);
  CHECK(clock.now() == start);
  machine.advance(1'000);
  machine.jump(jump_ms);
  CHECK(clock.now() == start + 1'000);
  machine.advance(2'500);
  CHECK(clock.now() == start + 3'500);
}

TEST_CASE("a server that starts after the clock was set tells the new time [R11]") {
  TestClock machine(start);
  machine.jump(hour_ms);
  machine.advance(10);
  const AnchoredClock clock(machine);
  CHECK(clock.now() == start + hour_ms + 10);
}

}  // namespace hallway
