// What a session could not send: in order, bounded, and cheap where much of it waits.
#include "server/core/outbox.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "protocol/limits.hpp"

using namespace hallway;

namespace {

std::string take_all(Outbox& outbox) {
  std::string all;
  while (!outbox.empty()) {
    if (!all.empty()) all.push_back('\n');
    const Frame frame = outbox.take();
    CHECK(frame.size() <= 64 * 1024);
    all.append(frame.text());
    outbox.sent();
  }
  return all;
}

}  // namespace

TEST_CASE("what waits is told in order, joined into large messages, however much it is") {
  for (const std::size_t count : std::vector<std::size_t>{1, 2, 63, 64, 65, 1000}) {
    Outbox outbox;
    std::string expected;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string text = std::to_string(i) + std::string(i % 400 == 399 ? 3000 : 300, 'x');
      if (i > 0) expected.push_back('\n');
      expected.append(text);
      if (i == 70) {
        outbox.push_uncounted(Frame(text));
      } else {
        REQUIRE(outbox.push(Frame(text)) == Outbox::Outcome::queued);
      }
    }
    CHECK(take_all(outbox) == expected);
    CHECK(outbox.bytes() == 0);
  }
}

TEST_CASE("what comes while some is taken stays behind it") {
  Outbox outbox;
  std::string expected;
  std::string told;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = std::to_string(i) + std::string(100, 'y');
    REQUIRE(outbox.push(Frame(text)) == Outbox::Outcome::queued);
    expected += text + "\n";
    if (i % 37 != 0) continue;
    told.append(outbox.take().text()).push_back('\n');
    outbox.sent();
  }
  CHECK(told + take_all(outbox) + "\n" == expected);
  CHECK(outbox.bytes() == 0);
}

TEST_CASE("beyond half of the bound nothing transient is taken, beyond all of it nothing") {
  Outbox outbox;
  const Frame frame(std::string(1000, 'z'));
  while (outbox.push(frame, true) == Outbox::Outcome::queued) {
  }
  CHECK(outbox.push(frame, true) == Outbox::Outcome::dropped);
  CHECK(outbox.bytes() > limits::outbox_bytes_max / 2 - 2000);
  while (outbox.push(frame) == Outbox::Outcome::queued) {
  }
  CHECK(outbox.push(frame) == Outbox::Outcome::full);
  CHECK(outbox.bytes() <= limits::outbox_bytes_max + 1000);
  CHECK(outbox.bytes() > limits::outbox_bytes_max - 2000);
}
