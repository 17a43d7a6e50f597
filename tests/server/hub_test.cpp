// Who is served when: everyone once a turn, a large crowd in slices, and those in a hurry before
// it.
#include <array>
#include <catch2/catch.hpp>
#include <deque>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "server/core/hub.hpp"
#include "tests/simulation/memory_registry.hpp"

namespace hallway::test {
namespace {

/// Takes everything at once, or nothing.
class Line final : public Transport {
 public:
  bool send(const Frame& frame) override {
    sent.emplace_back(frame.text());
    is_under_way = !takes_all;
    return takes_all;
  }
  void close(CloseCode) override { is_closed = true; }

  std::vector<std::string> sent;
  bool takes_all = true;
  bool is_under_way = false;
  bool is_closed = false;
  Session* session = nullptr;
};

class NoRouter final : public Router {
 public:
  void to_place(PlaceMessage) override {}
  void to_shard(ShardIndex, Release) override {}
  void post(std::function<void()>) override {}
  ShardIndex shards() const override { return 1; }
};

/// A hub with people in one room of it.
struct Room {
  explicit Room(std::size_t people) {
    Release enter;
    for (std::size_t i = 0; i < people; ++i) {
      lines.emplace_back();
      lines.back().session = &hub.open(lines.back(), Principal{});
      enter.emplace_back(Open{caller(i), stream, Frame("opened")});
    }
    hub.apply(std::move(enter));
    while (hub.flush() || hub.is_serving_crowd()) {
    }
    for (Line& line : lines) line.sent.clear();
  }

  CallerId caller(std::size_t i) const { return {0, lines[i].session->serial()}; }
  void say(const std::string& text) {
    Release release;
    release.emplace_back(Deliver{stream, Frame(text)});
    hub.apply(std::move(release));
  }
  void tell(std::size_t i, const std::string& text) {
    Release release;
    release.emplace_back(Direct{caller(i), Frame(text)});
    hub.apply(std::move(release));
  }
  std::size_t served() const {
    std::size_t count = 0;
    for (const Line& line : lines) count += line.sent.empty() ? 0 : 1;
    return count;
  }

  const StreamId stream = stream_of(RoomId{7});
  simulation::MemoryRegistry registry{EventId{1}, {}};
  NoRouter router;
  Observer observer;
  std::deque<Line> lines;
  Hub hub{0, SessionSettings{},
          HubPorts{registry, router, observer, [] { return TimeMs{1}; },
                   [] { return std::uint64_t{4}; }, [](auto) {}}};
};

using Texts = std::vector<std::string>;

TEST_CASE("what came in one turn goes out as one message each, to all of a small room at once") {
  Room room(256);
  room.say("a");
  room.say("b");
  CHECK(room.hub.flush());
  CHECK_FALSE(room.hub.is_serving_crowd());
  for (const Line& line : room.lines) CHECK(line.sent == Texts{"a\nb"});
  CHECK_FALSE(room.hub.flush());
}

TEST_CASE("a private word goes before a large crowd, which is served in slices, each once") {
  Room room(300);
  room.say("to all");
  room.tell(299, "to you");
  room.hub.flush();
  CHECK(room.lines[299].sent == Texts{"to all\nto you"});
  CHECK(room.served() == 65);
  room.tell(298, "to you, too");
  room.hub.flush();
  CHECK(room.lines[298].sent == Texts{"to all\nto you, too"});
  while (room.hub.is_serving_crowd()) room.hub.flush();
  CHECK(room.served() == 300);
  for (const Line& line : room.lines) CHECK(line.sent.size() == 1);
}

TEST_CASE("what is said while a crowd is served joins what waits, and comes again to the served") {
  Room room(300);
  room.say("a");
  room.hub.flush();
  room.say("b");
  while (room.hub.is_serving_crowd()) room.hub.flush();
  CHECK(room.lines[0].sent == Texts{"a", "b"});
  CHECK(room.lines[299].sent == Texts{"a\nb"});
}

TEST_CASE("who goes while a crowd is served is not served, and the others are") {
  Room room(300);
  room.say("a");
  room.hub.flush();
  for (const unsigned gone : {100U, 150U, 299U}) {
    room.hub.closed(*room.lines[gone].session);
  }
  room.tell(200, "b");
  room.hub.closed(*room.lines[200].session);
  while (room.hub.is_serving_crowd()) room.hub.flush();
  CHECK(room.served() == 296);
  CHECK(room.lines[299].sent.empty());
  CHECK(room.lines[298].sent == Texts{"a"});
}

TEST_CASE("while a message is under way the next ones wait, and go together when it is sent") {
  Room room(2);
  room.lines[0].takes_all = false;
  room.say("a");
  room.hub.flush();
  room.say("b");
  room.say("c");
  room.hub.flush();
  CHECK(room.lines[0].sent == Texts{"a"});
  CHECK(room.lines[1].sent == Texts{"a", "b\nc"});
  room.lines[0].session->on_sent();
  CHECK(room.lines[0].sent == Texts{"a", "b\nc"});
}

/// Three streams, whose listeners come, go, stop reading and go on, by chance.
struct Commotion {
  static constexpr std::size_t people = 320;

  explicit Commotion(std::uint64_t seed) : chance(seed), room(people) {
    for (std::size_t i = 0; i < people; ++i) listens[0].insert(i);
  }

  StreamId stream(std::size_t which) const {
    return which == 0 ? room.stream : stream_of(TableId{which});
  }
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(chance);
  }

  void act() {
    const std::size_t which = below(3);
    const std::size_t person = below(people);
    const bool is_here = listens[which].contains(person);
    Release release;
    switch (below(8)) {
      case 0:
      case 1: {
        const std::string text = std::to_string(++said);
        for (const std::size_t i : listens[which]) expected[i][which].push_back(text);
        release.emplace_back(Deliver{stream(which), Frame(std::to_string(which) + text)});
        break;
      }
      case 2:
        if (is_here) {
          release.emplace_back(Close{room.caller(person), stream(which), Frame("-")});
          listens[which].erase(person);
        }
        break;
      case 3:
        if (!is_here) {
          release.emplace_back(Open{room.caller(person), stream(which), Frame("+")});
          listens[which].insert(person);
        }
        break;
      case 4:
        release.emplace_back(Direct{room.caller(person), Frame("!")});
        break;
      case 5:
        room.lines[person].takes_all = false;
        break;
      case 6:
        go_on(room.lines[person]);
        break;
      default:
        room.hub.flush();
    }
    room.hub.apply(std::move(release));
  }

  static void go_on(Line& line) {
    if (std::exchange(line.takes_all, true)) return;
    // It was told that its last message is under way only if it was sent one since.
    if (std::exchange(line.is_under_way, false)) line.session->on_sent();
  }

  void end() {
    for (Line& line : room.lines) go_on(line);
    while (room.hub.flush() || room.hub.is_serving_crowd()) {
    }
  }

  /// What came to a person on a stream.
  Texts heard(std::size_t person, std::size_t which) const {
    Texts texts;
    for (const std::string& message : room.lines[person].sent) {
      std::istringstream objects(message);
      for (std::string object; std::getline(objects, object);) {
        if (object.front() == static_cast<char>('0' + which)) texts.push_back(object.substr(1));
      }
    }
    return texts;
  }

  std::mt19937_64 chance;
  Room room;
  std::array<std::set<std::size_t>, 3> listens;
  std::array<std::array<Texts, 3>, people> expected;
  int said = 0;
};

TEST_CASE("whoever comes and goes, everyone hears what was said while they listened, in order") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Commotion commotion(seed);
    for (int i = 0; i < 3'000; ++i) commotion.act();
    commotion.end();
    for (std::size_t person = 0; person < Commotion::people; ++person) {
      for (std::size_t which = 0; which < 3; ++which) {
        INFO("seed " << seed << ", person " << person << ", stream " << which);
        REQUIRE(commotion.heard(person, which) == commotion.expected[person][which]);
      }
    }
  }
}

TEST_CASE("what is too much for one message comes in several, in order") {
  Room room(2);
  const std::string half(40'000, 'x');
  room.say(half + "1");
  room.say(half + "2");
  room.say("3");
  room.hub.flush();
  for (const Line& line : room.lines) CHECK(line.sent == Texts{half + "1", half + "2\n3"});
}

}  // namespace
}  // namespace hallway::test
