// Minutes present, from the pushes and facts of an event.
#include <catch2/catch.hpp>

#include "rooms/attendance.hpp"
#include "tests/unit/event_stage.hpp"

namespace hallway::test {
namespace {

constexpr std::int64_t minute = 60'000;

std::int64_t minutes_of(const EventStage& stage, PersonId person) {
  Attendance attendance;
  for (const Push& push : stage.journal()) attendance.apply(push);
  for (const auto& row : attendance.rows(stage.now())) {
    if (row.person == person) return row.present_ms / minute;
  }
  return -1;
}

TEST_CASE("minutes count from coming to going, over all devices once") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  stage.pass_ms(10 * minute);
  stage.arrive(anna);  // A second device.
  stage.pass_ms(5 * minute);
  stage.drop(anna);
  stage.pass_ms(5 * minute);
  CHECK(minutes_of(stage, anna) == 20);
  stage.act(bo, RoomEnter{stage.room("Tables")});
  CHECK(minutes_of(stage, bo) == 20);
  stage.bye(bo);
  stage.pass_ms(30 * minute);
  CHECK(minutes_of(stage, bo) == 20);
  CHECK(minutes_of(stage, anna) == 50);
}

TEST_CASE("a short loss of connection is no absence; whoever never came back left when it began") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  stage.pass_ms(10 * minute);
  stage.drop(anna);
  stage.drop(bo);
  stage.pass_ms(4 * minute);
  stage.arrive(anna);
  stage.pass_ms(26 * minute);
  CHECK(minutes_of(stage, anna) == 40);
  CHECK(minutes_of(stage, bo) == 10);
  stage.arrive(bo);
  stage.pass_ms(5 * minute);
  CHECK(minutes_of(stage, bo) == 15);
  // The same from a server that started again.
  stage.restart();
  stage.pass_ms(20 * minute);
  CHECK(minutes_of(stage, bo) == 15);
}

TEST_CASE("only while the event is live does anybody attend it") {
  EventStage stage;
  const PersonId anna = stage.come("Anna");
  const PersonId olga = stage.come("Olga", Role::organiser);
  stage.pass_ms(10 * minute);
  EventUpdate over;
  over.state = EventState::over;
  stage.act(olga, over);
  stage.pass_ms(60 * minute);
  CHECK(minutes_of(stage, anna) == 10);
  CHECK(minutes_of(stage, olga) == 10);
  CHECK(minutes_of(stage, PersonId{9}) == -1);
}

TEST_CASE("who waits at the door is there once they are let in") {
  EventSpec spec = small_event();
  spec.admission = Admission::approval;
  EventStage stage(spec);
  const PersonId mo = stage.come("Mo", Role::moderator);
  const PersonId anna = stage.come("Anna");
  const PersonId bo = stage.come("Bo");
  stage.pass_ms(5 * minute);
  stage.act(mo, AdmissionAdmit{{anna}, false});
  stage.pass_ms(5 * minute);
  CHECK(minutes_of(stage, anna) == 5);
  CHECK(minutes_of(stage, bo) == -1);
  stage.act(mo, PersonRemove{anna, "Noise"});
  stage.pass_ms(5 * minute);
  CHECK(minutes_of(stage, anna) == 5);
}

}  // namespace
}  // namespace hallway::test
