// libFuzzer: what a client that was away is told, against a naive model that keeps every push for
// ever.
#include <string>
#include <vector>

#include "protocol/limits.hpp"
#include "rooms/conversation_place.hpp"
#include "tests/fuzz/bytes.hpp"
#include "tests/support/place_runner.hpp"

namespace {

using namespace hallway;

constexpr Epoch epoch{42};
constexpr PersonId author{1};
constexpr PersonId reader{2};
constexpr PersonId stranger{3};

struct Talk {
  Talk() : place(conversation_of({author, reader}), unhurried()), runner(place) {
    runner.command(ConversationStart{"nonce-first", {reader}, "first"}, author, true);
    stream = place.streams_of(reader).front();
  }
  static Settings unhurried() { return {.messages_per_s = 1000, .messages_burst = 1000}; }

  void say_something(fuzz::Bytes& bytes) {
    const std::string nonce = "nonce-" + std::to_string(1000 + ++said);
    const PersonId by = bytes.below(2) == 0 ? author : reader;
    switch (bytes.below(4)) {
      case 0:
        runner.command(MessageDelete{nonce, stream, bytes.below(40) + 1, ""}, by);
        break;
      case 1:
        runner.command(MessageEdit{nonce, stream, bytes.below(40) + 1, "else"}, by);
        break;
      default:
        for (std::size_t i = bytes.below(64); i < 64; ++i) {
          runner.command(MessageSend{nonce + "-" + std::to_string(i), stream, "words", 0}, by);
        }
    }
    runner.wait_ms(100'000);
  }

  /// Every push there ever was on the stream.
  std::vector<Push> log() const {
    std::vector<Push> pushes;
    for (const Push& push : runner.journal()) {
      if (push.stream == stream) pushes.push_back(push);
    }
    return pushes;
  }

  ConversationPlace place;
  test::PlaceRunner runner;
  StreamId stream;
  int said = 0;
};

void check(const Talk& talk, fuzz::Bytes& bytes) {
  const std::vector<Push> log = talk.log();
  const Offset top = log.size();
  const bool is_right_epoch = bytes.below(8) != 0;
  const bool is_stranger = bytes.below(8) == 0;
  const std::size_t left = bytes.below(2) == 0 ? limits::recovery_pushes_max : bytes.next();
  const Offset behind = bytes.next() * 2;
  const Offset after = bytes.below(8) == 0 ? top + 1 + bytes.next() : top - std::min(top, behind);
  const ResumePoint point{talk.stream, is_right_epoch ? to_text(epoch) : "other", after};
  const Recovery told = talk.place.recover(point, is_stranger ? stranger : reader, epoch, left);

  if (!is_right_epoch) {
    fuzz::require(told.reset == ResetReason::epoch);
  } else if (after > top) {
    fuzz::require(told.reset == ResetReason::future);
  } else if (is_stranger) {
    fuzz::require(told.reset == ResetReason::forbidden);
  } else if (top - after > left || top - after > limits::recovery_pushes_max) {
    fuzz::require(told.reset == ResetReason::gap);
  } else {
    fuzz::require(!told.reset && told.from == after && told.to == top);
    fuzz::require(told.pushes.size() == top - after);
    for (std::size_t i = 0; i < told.pushes.size(); ++i) {
      fuzz::require(told.pushes[i].offset == after + 1 + i);
      fuzz::require(name_of(told.pushes[i].data) == name_of(log[after + i].data));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  Talk talk;
  for (int steps = 0; steps < 40 && !bytes.empty(); ++steps) {
    if (bytes.below(2) == 0) {
      talk.say_something(bytes);
    } else {
      check(talk, bytes);
    }
  }
  return 0;
}
