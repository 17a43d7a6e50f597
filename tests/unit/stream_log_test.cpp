// A stream's memory: messages as they are now, what is kept for whoever was away, spent nonces.
#include "rooms/stream_log.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "protocol/codec.hpp"
#include "rooms/slices.hpp"

namespace hallway {
namespace {

constexpr PersonId anna{1};
constexpr PersonId bo{2};
const StreamId room = stream_of(RoomId{7});

class Log {
 public:
  StreamLog& operator*() { return log_; }
  StreamLog* operator->() { return &log_; }
  Offset add(PushData data, PersonId by = anna, std::string nonce = {}, TimeMs at = 1000) {
    Push push;
    push.stream = room;
    push.offset = log_.top() + 1;
    push.at = at;
    push.by = by;
    push.data = std::move(data);
    push.nonce = std::move(nonce);
    push.digest = 99;
    log_.apply(push);
    return push.offset;
  }
  Offset say(std::string body) { return add(MessagePosted{std::move(body), 0, {}}); }

 private:
  StreamLog log_;
};

std::vector<Offset> offsets_of(const std::vector<MessageView>& messages) {
  std::vector<Offset> offsets;
  for (const MessageView& message : messages) offsets.push_back(message.offset);
  return offsets;
}

TEST_CASE("an edit and a deletion change the message that they name") {
  Log log;
  const Offset first = log.say("helo");
  const Offset second = log.say("world");
  log.add(MessageEdited{first, "hello"});
  log.add(MessageDeleted{second, ""});
  CHECK(log->find_message(first)->body == "hello");
  CHECK(log->find_message(first)->edited);
  CHECK(log->find_message(second)->body.empty());
  CHECK(log->find_message(second)->deleted);
  CHECK(log->top() == 4);
}

TEST_CASE("a deletion blanks the words in what is kept for recovery, edits too") {
  Log log;
  const Offset secret = log.say("secret");
  const Offset other = log.say("other");
  log.add(MessageEdited{secret, "secret still"});
  log.add(MessageEdited{other, "another"});
  log.add(MessageDeleted{secret, "rude"});
  const auto kept = log->since(0);
  REQUIRE(kept);
  REQUIRE(kept->size() == 5);
  CHECK(std::get<MessagePosted>((*kept)[0].data).body.empty());
  CHECK(std::get<MessagePosted>((*kept)[1].data).body == "other");
  CHECK(std::get<MessageEdited>((*kept)[2].data).body.empty());
  CHECK(std::get<MessageEdited>((*kept)[3].data).body == "another");
}

TEST_CASE("reactions keep the order of first use and leave with their last person") {
  Log log;
  const Offset of = log.say("hi");
  log.add(MessageReacted{of, "👍", true}, anna);
  log.add(MessageReacted{of, "🎉", true}, bo);
  log.add(MessageReacted{of, "👍", true}, bo);
  const auto& reactions = log->find_message(of)->reactions;
  REQUIRE(reactions.size() == 2);
  CHECK(reactions[0].first == "👍");
  CHECK(reactions[0].second == std::vector{anna, bo});
  log.add(MessageReacted{of, "👍", false}, anna);
  log.add(MessageReacted{of, "👍", false}, bo);
  REQUIRE(reactions.size() == 1);
  CHECK(reactions[0].first == "🎉");
}

TEST_CASE("pins are counted") {
  Log log;
  const Offset of = log.say("hi");
  log.add(MessagePinned{of});
  CHECK(log->pinned_count() == 1);
  CHECK(log->find_message(of)->pinned);
  log.add(MessageUnpinned{of});
  CHECK(log->pinned_count() == 0);
}

TEST_CASE("history goes back from `before`, oldest first, and says whether there is more") {
  Log log;
  for (int i = 0; i < 10; ++i) log.say("m");
  bool more = false;
  CHECK(offsets_of(log->messages(everything(), 0, 3, more)) == std::vector<Offset>{8, 9, 10});
  CHECK(more);
  CHECK(offsets_of(log->messages(everything(), 4, 3, more)) == std::vector<Offset>{1, 2, 3});
  CHECK_FALSE(more);
  CHECK(offsets_of(log->messages(everything(), 999, 2, more)) == std::vector<Offset>{9, 10});
  CHECK(log->messages(everything(), 1, 3, more).empty());
  CHECK_FALSE(more);
}

TEST_CASE("history skips what lies outside the slices") {
  Log log;
  for (int i = 0; i < 10; ++i) log.say("m");
  const Slices visible{{2, 3}, {6, 7}};
  bool more = false;
  CHECK(offsets_of(log->messages(visible, 0, 3, more)) == std::vector<Offset>{3, 6, 7});
  CHECK(more);
  CHECK(offsets_of(log->messages(visible, 3, 3, more)) == std::vector<Offset>{2});
  CHECK_FALSE(more);
  CHECK(log->messages(Slices{}, 0, 3, more).empty());
}

TEST_CASE("history stops where an answer would be too large, but always moves on") {
  Log log;
  for (int i = 0; i < 5; ++i) log.say(std::string(1000, 'x'));
  const std::size_t each = encoded_bytes(*log->find_message(1));
  bool more = false;
  CHECK(log->messages(everything(), 0, 100, more, 3 * each).size() == 2);
  CHECK(more);
  CHECK(log->messages(everything(), 0, 100, more, 10).size() == 1);
}

TEST_CASE("exactly the latest pushes are kept for recovery") {
  Log log;
  const std::size_t total = limits::recovery_pushes_max + 5;
  for (std::size_t i = 0; i < total; ++i) log.say("m");
  const auto kept = log->since(5);
  REQUIRE(kept);
  CHECK(kept->size() == limits::recovery_pushes_max);
  CHECK(kept->front().offset == 6);
  CHECK_FALSE(log->since(4));
  CHECK(log->since(total)->empty());
}

TEST_CASE("a nonce is remembered for its person and forgotten after a day") {
  Log log;
  log.add(MessagePosted{"hi", 0, {}}, anna, "nonce-01", 1000);
  REQUIRE(log->find_nonce(anna, "nonce-01"));
  CHECK(log->find_nonce(anna, "nonce-01")->offset == 1);
  CHECK(log->find_nonce(anna, "nonce-01")->digest == 99);
  CHECK_FALSE(log->find_nonce(bo, "nonce-01"));
  log.add(MessagePosted{"hi", 0, {}}, bo, "nonce-02", 1000 + limits::nonce_ms - 1);
  CHECK(log->find_nonce(anna, "nonce-01"));
  log.add(MessagePosted{"hi", 0, {}}, bo, "nonce-03", 1000 + limits::nonce_ms);
  CHECK_FALSE(log->find_nonce(anna, "nonce-01"));
  CHECK(log->find_nonce(bo, "nonce-02"));
}

TEST_CASE("slices contain what lies whole in one of them") {
  const Slices slices{{2, 4}, {7, 9}};
  CHECK(contains(slices, 2));
  CHECK(contains(slices, 9));
  CHECK_FALSE(contains(slices, 5));
  CHECK(contains_all(slices, 2, 4));
  CHECK_FALSE(contains_all(slices, 4, 7));
  CHECK_FALSE(contains_all(slices, 1, 2));
  CHECK(contains_all(slices, 6, 5));
  CHECK_FALSE(contains_all(slices, 10, 11));
}

}  // namespace
}  // namespace hallway
