// What is told when: after the commit, or at once; and what happens to those who were told what was
// lost.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/core_stage.hpp"
#include "tests/support/stored_things.hpp"

namespace hallway::test {
namespace {

const std::vector<Role> three{Role::member, Role::member, Role::moderator};

std::string lobby(const CoreStage& stage) {
  return to_text(stream_of(stage.room(RoomKind::lobby)));
}

Json sent(const CoreStage& stage, int number) {
  return {{"stream", lobby(stage)},
          {"nonce", "nonce-" + std::to_string(1000 + number)},
          {"body", "word " + std::to_string(number)}};
}

std::size_t messages(const std::vector<Json>& said) {
  return static_cast<std::size_t>(std::count_if(said.begin(), said.end(), [](const Json& object) {
    return object.value("push", "") == "message.posted";
  }));
}

JournalBatch early(std::vector<Push> pushes) {
  JournalBatch batch = batch_of(place_of(EventId{5}), std::move(pushes));
  batch.is_awaited = false;
  return batch;
}

}  // namespace

TEST_CASE("durability commit: nothing is told before it is durable [P9]") {
  CoreStage stage(three, Durability::commit);
  Peer& author = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(2));
  other.take();
  stage.journal().hold();
  const auto id = stage.command(author, "message.send", sent(stage, 1));
  CHECK(author.answer(id).is_null());
  CHECK(messages(other.take()) == 0);
  CHECK(stage.journal().is_oldest_awaited());
  stage.journal().release();
  stage.settle();
  CHECK(author.answer(id)["ok"]["offset"] == 1);
  CHECK(messages(other.take()) == 1);
}

TEST_CASE("durability relaxed: told at once, and committed behind it") {
  CoreStage stage(three, Durability::relaxed);
  Peer& author = stage.enter(stage.person(1));
  Peer& other = stage.enter(stage.person(2));
  other.take();
  stage.journal().hold();
  const auto id = stage.command(author, "message.send", sent(stage, 1));
  CHECK(author.answer(id)["ok"]["offset"] == 1);
  CHECK(messages(other.take()) == 1);
  REQUIRE(stage.journal().waiting() == 1);
  CHECK_FALSE(stage.journal().is_oldest_awaited());
  stage.journal().release();
  stage.settle();
  CHECK(messages(other.take()) == 0);
  CHECK(stage.journal().entries().back().push.offset == 1);
}

TEST_CASE("durability relaxed: what is behind is told after its commit") {
  CoreStage stage(three, Durability::relaxed);
  Peer& author = stage.enter(stage.person(1));
  stage.journal().hold();
  std::size_t told = 0;
  std::int64_t last = 0;
  // More than a journal that stands still is given in advance.
  for (int i = 0; i < 5'000 && told == static_cast<std::size_t>(i); ++i) {
    stage.advance(1'000);  // Within the limits of how fast one may write.
    stage.say(author, R"({"pong":1})");
    last = stage.command(author, "message.send", sent(stage, i));
    if (!author.answer(last).is_null()) ++told;
  }
  CHECK(told == 4'096);
  stage.journal().release();
  stage.settle();
  CHECK(author.answer(last)["ok"]["offset"] == 4'097);
}

TEST_CASE("durability relaxed: who was told what is lost comes back to other epochs [R3]") {
  CoreStage stage(three, Durability::relaxed);
  Peer& author = stage.enter(stage.person(1));
  const Json hello = author.take().front();
  stage.journal().fail_all(refuse(ErrorCode::storage_full, "The disk is full."));
  const auto id = stage.command(author, "message.send", sent(stage, 1));
  CHECK(author.answer(id)["ok"]["offset"] == 1);
  CHECK(author.closed() == CloseCode::state_lost);

  stage.journal().fail_all(std::nullopt);
  stage.advance(1'000);
  const Json epoch = hello["ok"]["streams"][lobby(stage)]["epoch"];
  Peer& back = stage.enter(stage.person(1), {{lobby(stage), {{"epoch", epoch}, {"offset", 1}}}});
  CHECK(back.take().front()["ok"]["reset"][lobby(stage)] == "epoch");
  const auto again = stage.command(back, "message.send", sent(stage, 1));
  CHECK(back.answer(again)["ok"]["offset"] == 1);
}

TEST_CASE("durability relaxed: a store that ended well keeps its epochs, one that was cut does not",
          "[journal]") {
  SqliteOptions relaxed;
  relaxed.durability = Durability::relaxed;
  StoreInFolder files(relaxed);
  const std::uint64_t generation = files.store->generation();
  const StreamId stream = stream_of(EventId{5});
  REQUIRE_FALSE(append(*files.store, early({message(stream, 1, "one")})));

  SECTION("ended well") {
    files.store.reset();
    files.open(relaxed);
    CHECK(files.store->generation() == generation);
  }
  SECTION("cut: whatever durability it has next") {
    // The files as a dying machine leaves them.
    StoreInFolder left;
    left.store.reset();
    for (const char* end : {"", "-wal"}) {
      std::filesystem::copy_file(files.file().string() + end, left.file().string() + end,
                                 std::filesystem::copy_options::overwrite_existing);
    }
    left.open();
    CHECK(left.store->generation() != generation);
    const std::uint64_t renewed = left.store->generation();
    left.store.reset();
    left.open();
    CHECK(left.store->generation() == renewed);
  }
}

TEST_CASE("durability relaxed: a batch that was told and is refused changes the generation",
          "[journal]") {
  SqliteOptions relaxed;
  relaxed.durability = Durability::relaxed;
  StoreInFolder files(relaxed);
  const std::uint64_t generation = files.store->generation();
  const StreamId stream = stream_of(EventId{5});
  REQUIRE_FALSE(append(*files.store, early({message(stream, 1, "one")})));
  CHECK(files.store->generation() == generation);
  REQUIRE(append(*files.store, early({message(stream, 1, "a clash")})));
  const std::uint64_t renewed = files.store->generation();
  CHECK(renewed != generation);
  files.store.reset();
  files.open(relaxed);
  CHECK(files.store->generation() != generation);
}

TEST_CASE("durability relaxed: what is told early is never one too many", "[journal]") {
  SqliteOptions narrow;
  narrow.durability = Durability::relaxed;
  narrow.bounds.jobs = 0;
  StoreInFolder files(narrow);
  const StreamId stream = stream_of(EventId{5});
  CHECK_FALSE(append(*files.store, early({message(stream, 1, "one")})));
  CHECK(append(*files.store, batch_of(place_of(EventId{5}), {message(stream, 2, "two")})));
}

}  // namespace hallway::test
