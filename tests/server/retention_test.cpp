// The hourly job, by a clock that the test winds on.
#include <catch2/catch.hpp>

#include "server/retention.hpp"
#include "server/tokens.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

constexpr TimeMs day = 24LL * 3'600'000;

Retired retire(HttpHouse& house) {
  return answer_of<Retired>(
      [&](auto done) { enforce_retention(house.backend, house.io, house.clock.now(), done); });
}

EventId event_kept_for(HttpHouse& house, std::int64_t days) {
  EventView event;
  event.id = EventId{house.clock.random_u64()};
  event.title = "Meeting";
  event.starts_at = noon;
  event.ends_at = noon + 3'600'000;
  event.timezone = "UTC";
  event.retention_days = days;
  house.backend.keep(event);
  return event.id;
}

TEST_CASE("an event past its days goes with its place, its rows and its guests; others stay") {
  HttpHouse house;
  const EventId short_lived = event_kept_for(house, 10);
  const EventId kept = event_kept_for(house, 0);
  const std::string guest = house.person(short_lived, Role::member, "Ada");
  const std::string regular = house.person(kept, Role::member, "Ben");
  CHECK(retire(house).events == 0);
  house.clock.advance(10 * day);
  CHECK(retire(house).events == 0);  // It ends by itself half an hour after its end.
  house.clock.advance(2 * 3'600'000);
  const Retired retired = retire(house);
  CHECK(retired.events == 1);
  CHECK(retired.people == 1);
  CHECK(house.backend.forgotten == std::vector<EventId>{short_lived});
  CHECK_FALSE(house.stored.store->event(short_lived));
  CHECK(house.stored.store->event(kept));
  CHECK(house.stored.store->session(hash_token(guest), house.clock.now()).error().code ==
        ErrorCode::unauthenticated);
  CHECK(house.stored.store->session(hash_token(regular), house.clock.now()));
  REQUIRE(house.backend.erased.size() == 1);
  CHECK(house.backend.erased[0].second.sessions == std::vector<TokenHash>{hash_token(guest)});
  const Retired again = retire(house);
  CHECK(again.events == 0);
  CHECK(again.people == 0);
}

TEST_CASE("what cannot be deleted now is deleted by the next run, and holds nothing up") {
  HttpHouse house;
  const EventId one = event_kept_for(house, 1);
  const EventId other = event_kept_for(house, 1);
  house.clock.advance(3 * day);
  house.backend.unforgettable = one;
  CHECK(retire(house).events == 1);
  CHECK(house.stored.store->event(one));
  CHECK_FALSE(house.stored.store->event(other));
  house.backend.unforgettable = {};
  CHECK(retire(house).events == 1);
  CHECK_FALSE(house.stored.store->event(one));
}

}  // namespace
}  // namespace hallway::test
