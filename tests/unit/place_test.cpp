// What every place does alike: recovery for whoever was away, and whom a push concerns.
#include "rooms/place.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "protocol/limits.hpp"

namespace hallway {
namespace {

constexpr PersonId anna{1};
constexpr PersonId bo{2};
constexpr Epoch epoch{5};
const StreamId room = stream_of(RoomId{7});

/// One stream that `anna` receives; some of its offsets are others' sittings.
class OneStream final : public Place {
 public:
  OneStream() : Place(place_of(EventId{3})) {}
  Decision decide(const Command&, PersonId, const Context&) const override { return {}; }
  Decision arrive(const Arrival&, const Context&) const override { return {}; }
  Decision depart(PersonId, bool, const Context&) const override { return {}; }
  Decision receive(const FollowUp&, const Context&) const override { return {}; }
  Decision tick(const Context&) const override { return {}; }
  std::optional<TimeMs> next_deadline() const override { return std::nullopt; }
  void restarted(TimeMs) override {}
  std::vector<StreamId> streams_of(PersonId person) const override {
    return person == anna ? std::vector{room} : std::vector<StreamId>{};
  }
  Snapshot snapshot(StreamId, PersonId, std::int64_t) const override { return {}; }
  Slices readable(StreamId, PersonId person) const override {
    return person == anna ? visible : Slices{};
  }
  void complete(Push& push) const override { push.nonce = "completed"; }

  void say(int count) {
    for (int i = 0; i < count; ++i) {
      Push push;
      push.stream = room;
      push.offset = top(room) + 1;
      push.by = anna;
      push.data = MessagePosted{"m" + std::to_string(push.offset), 0, {}};
      apply(push);
    }
  }
  Recovery resume(Offset after, PersonId viewer = anna, std::size_t pushes_left = 300) const {
    return recover({room, to_text(epoch), after}, viewer, epoch, pushes_left);
  }

  Slices visible = everything();

 protected:
  void fold(const Push&) override {}
  bool may_read_slice(StreamId, PersonId, Offset after, Offset to) const override {
    return contains_all(visible, after + 1, to);
  }
};

TEST_CASE("missed pushes come back in order, complete") {
  OneStream place;
  place.say(5);
  const Recovery recovery = place.resume(2);
  CHECK_FALSE(recovery.reset);
  CHECK(recovery.from == 2);
  CHECK(recovery.to == 5);
  REQUIRE(recovery.pushes.size() == 3);
  CHECK(recovery.pushes.front().offset == 3);
  CHECK(recovery.pushes.front().nonce == "completed");
}

TEST_CASE("nothing missed is an empty recovery, of an empty stream too") {
  OneStream place;
  CHECK_FALSE(place.resume(0).reset);
  place.say(5);
  const Recovery recovery = place.resume(5);
  CHECK_FALSE(recovery.reset);
  CHECK(recovery.pushes.empty());
  CHECK(recovery.to == 5);
}

TEST_CASE("another epoch, the future and a stream of others are resets") {
  OneStream place;
  place.say(5);
  CHECK(place.recover({room, to_text(Epoch{6}), 5}, anna, epoch, 300).reset == ResetReason::epoch);
  CHECK(place.recover({room, "garbage", 5}, anna, epoch, 300).reset == ResetReason::epoch);
  CHECK(place.resume(6).reset == ResetReason::future);
  CHECK(place.resume(5, bo).reset == ResetReason::forbidden);
}

TEST_CASE("exactly as many pushes as are kept and allowed are recovered") {
  OneStream place;
  place.say(static_cast<int>(limits::recovery_pushes_max) + 10);
  const Offset top = limits::recovery_pushes_max + 10;
  CHECK(place.resume(10).pushes.size() == limits::recovery_pushes_max);
  CHECK(place.resume(9).reset == ResetReason::gap);
  CHECK(place.resume(9, anna, 1000).reset == ResetReason::gap);
  CHECK(place.resume(0).reset == ResetReason::gap);
  CHECK(place.resume(top - 3, anna, 3).pushes.size() == 3);
  CHECK(place.resume(top - 3, anna, 2).reset == ResetReason::gap);
  CHECK_FALSE(place.resume(top, anna, 0).reset);
}

TEST_CASE("a sitting of others among what was missed is a reset") {
  OneStream place;
  place.say(9);
  place.visible = {{1, 3}, {6, 99}};
  CHECK(place.resume(2).reset == ResetReason::sitting);
  CHECK(place.resume(4).reset == ResetReason::sitting);
  CHECK_FALSE(place.resume(5).reset);
  CHECK_FALSE(place.resume(9).reset);
}

TEST_CASE("messages are read at offsets as they are, and only where one may") {
  OneStream place;
  place.say(5);
  place.visible = {{1, 3}};
  const auto messages = place.messages_at(room, anna, {2, 4, 77});
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].body == "m2");
  CHECK(place.messages_at(room, bo, {2}).empty());
  CHECK(place.messages_at(stream_of(RoomId{8}), anna, {2}).empty());
}

TEST_CASE("a push concerns those whose streams it may change") {
  const auto concerned = [](PushData data) {
    Push push;
    push.data = std::move(data);
    return OneStream().concerned(push);
  };
  CHECK(concerned(PersonEntered{bo, RoomId{7}, false}) == std::vector{bo});
  CHECK(concerned(SeatTaken{bo, TableId{5}, {}}) == std::vector{bo});
  CHECK(concerned(SeatLeft{bo, TableId{5}, SeatLeftReason::stood}) == std::vector{bo});
  CHECK(concerned(TableVisited{bo, true}) == std::vector{bo});
  CHECK(concerned(RoleGiven{bo, Role::moderator}) == std::vector{bo});
  CHECK(concerned(PersonAdmitted{bo}) == std::vector{bo});
  CHECK(concerned(PersonRemoved{bo, ""}) == std::vector{bo});
  CHECK(concerned(ConversationOpened{{anna, bo}, anna, true}) == std::vector{anna, bo});
  CHECK(concerned(ConversationDeclined{bo}) == std::vector{bo});
  CHECK(concerned(BlockSet{anna, bo, true}) == std::vector{anna});
  CHECK(concerned(MessagePosted{}).empty());
  CHECK(concerned(Presence{}).empty());
}

}  // namespace
}  // namespace hallway
