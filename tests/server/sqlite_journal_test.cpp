// What any journal promises, held against SQLite's and against the one in memory that other tests
// use; then what SQLite's alone does.
#include <catch2/catch.hpp>
#include <thread>

#include "tests/support/memory_journal.hpp"
#include "tests/support/stored_things.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

const EventId event{0x8000000000000001};  // Its highest bit shows that ids survive being signed.
const PlaceId place = place_of(event);
const StreamId stream = stream_of(event);
const StreamId room_stream = stream_of(RoomId{2});

/// A journal, and the same again after its process has ended.
struct SqliteJournal {
  StoreInFolder files;
  Journal& journal() { return *files.store; }
  void restart() {
    files.store.reset();
    files.open();
  }
};
struct JournalInMemory {
  MemoryJournal memory;
  Journal& journal() { return memory; }
  void restart() { memory.crash(); }
};

std::vector<Push> read(Journal& journal, PlaceId of = place) {
  auto pushes = journal.read_place(of);
  REQUIRE(pushes);
  return *pushes;
}

}  // namespace

TEMPLATE_TEST_CASE("A journal gives back what was committed, in the order of application",
                   "[journal]", SqliteJournal, JournalInMemory) {
  TestType made;
  Push first = message(stream, 1, "one");
  first.nonce = "nonce-0001";
  first.digest = 0xffffffffffffffffULL;
  REQUIRE_FALSE(append(made.journal(), batch_of(place, {first, message(room_stream, 1, "two")})));
  REQUIRE_FALSE(append(made.journal(), batch_of(place, {message(stream, 2, "three")})));
  made.restart();

  const std::vector<Push> pushes = read(made.journal());
  REQUIRE(pushes.size() == 3);
  CHECK(pushes[0].stream == stream);
  CHECK(pushes[0].offset == 1);
  CHECK(pushes[0].at == noon + 1);
  CHECK(pushes[0].by == PersonId{7});
  CHECK(pushes[0].nonce == "nonce-0001");
  CHECK(pushes[0].digest == 0xffffffffffffffffULL);
  CHECK(body_of(pushes[0]) == "one");
  CHECK(pushes[1].stream == room_stream);
  CHECK(body_of(pushes[1]) == "two");
  CHECK(body_of(pushes[2]) == "three");
}

TEMPLATE_TEST_CASE("A journal keeps places apart", "[journal]", SqliteJournal, JournalInMemory) {
  TestType made;
  const PlaceId same_number_other_kind{PlaceKind::person, event.value};
  REQUIRE_FALSE(append(made.journal(), batch_of(place, {message(stream, 1, "here")})));
  CHECK(read(made.journal(), same_number_other_kind).empty());
  CHECK(read(made.journal()).size() == 1);
}

TEMPLATE_TEST_CASE("A batch that does not fit leaves nothing of itself", "[journal]", SqliteJournal,
                   JournalInMemory) {
  TestType made;
  REQUIRE_FALSE(append(made.journal(), batch_of(place, {message(stream, 1, "one")})));
  JournalBatch twice = batch_of(place, {message(room_stream, 1, "x"), message(stream, 1, "again")});
  twice.follow_ups.push_back({5, place, {place, PersonId{1}, PersonBlocked{PersonId{2}}}});
  const auto error = append(made.journal(), std::move(twice));
  REQUIRE(error);
  CHECK(error->code == ErrorCode::unavailable);
  CHECK(read(made.journal()).size() == 1);
  CHECK(made.journal().pending_follow_ups()->empty());
}

TEMPLATE_TEST_CASE("After a failed batch its writer's later ones fail, until a later term",
                   "[journal]", SqliteJournal, JournalInMemory) {
  TestType made;
  const auto batch = [](std::uint16_t writer, std::uint64_t term, Push push) {
    JournalBatch made_batch = batch_of(place, {std::move(push)});
    made_batch.writer = writer;
    made_batch.term = term;
    return made_batch;
  };
  REQUIRE_FALSE(append(made.journal(), batch(1, 4, message(stream, 1, "one"))));
  REQUIRE(append(made.journal(), batch(1, 4, message(stream, 1, "clash"))));
  CHECK(append(made.journal(), batch(1, 4, message(stream, 2, "behind the hole"))));
  CHECK_FALSE(append(made.journal(), batch(2, 4, message(room_stream, 1, "another writer"))));
  CHECK_FALSE(append(made.journal(), batch(1, 5, message(stream, 2, "replayed since"))));
  CHECK(read(made.journal()).size() == 3);
}

TEMPLATE_TEST_CASE("A follow-up is pending until it is delivered", "[journal]", SqliteJournal,
                   JournalInMemory) {
  TestType made;
  const PlaceId target = place_of(PersonId{9});
  JournalBatch causes = batch_of(place, {message(stream, 1, "one")});
  const std::uint64_t first = 0xf000000000000000ULL;  // The larger id is the older.
  causes.follow_ups.push_back({first, place, {target, PersonId{7}, PersonBlocked{PersonId{3}}}});
  causes.follow_ups.push_back({5, place, {target, PersonId{7}, PersonUnblocked{PersonId{3}}}});
  REQUIRE_FALSE(append(made.journal(), std::move(causes)));
  made.restart();

  const auto pending = made.journal().pending_follow_ups();
  REQUIRE(pending);
  REQUIRE(pending->size() == 2);
  CHECK((*pending)[0].id == first);
  CHECK((*pending)[0].source == place);
  CHECK((*pending)[0].follow_up.target == target);
  CHECK((*pending)[0].follow_up.by == PersonId{7});
  CHECK(std::get<PersonBlocked>((*pending)[0].follow_up.data).person == PersonId{3});

  JournalBatch delivers = batch_of(target, {message(stream_of(PersonId{9}), 1, "effect")});
  delivers.delivered = {first};
  REQUIRE_FALSE(append(made.journal(), std::move(delivers)));
  REQUIRE(made.journal().pending_follow_ups()->size() == 1);
  CHECK(made.journal().pending_follow_ups()->front().id == 5);
}

TEMPLATE_TEST_CASE("A deleted message and its edits are blank when read", "[journal]",
                   SqliteJournal, JournalInMemory) {
  TestType made;
  Push posted = push_of(stream, 1, MessagePosted{"unkind", 0, {PersonId{3}}});
  REQUIRE_FALSE(
      append(made.journal(), batch_of(place, {posted, message(stream, 2, "kind"),
                                              push_of(stream, 3, MessageEdited{1, "still unkind"}),
                                              push_of(stream, 4, MessageEdited{2, "kinder"})})));
  REQUIRE_FALSE(
      append(made.journal(), batch_of(place, {push_of(stream, 5, MessageDeleted{1, ""})})));
  const std::vector<Push> pushes = read(made.journal());
  REQUIRE(pushes.size() == 5);
  CHECK(body_of(pushes[0]).empty());
  CHECK(std::get<MessagePosted>(pushes[0].data).mentions.empty());
  CHECK(body_of(pushes[1]) == "kind");
  CHECK(body_of(pushes[2]).empty());
  CHECK(std::get<MessageEdited>(pushes[2].data).of == 1);
  CHECK(body_of(pushes[3]) == "kinder");
}

TEMPLATE_TEST_CASE("A probe tells whether writing works", "[journal]", SqliteJournal,
                   JournalInMemory) {
  TestType made;
  CHECK_FALSE(probe(made.journal()));
}

TEST_CASE("The in-memory journal fails and waits as it is told", "[journal]") {
  MemoryJournal journal;
  const Error full = refuse(ErrorCode::storage_full, "Full.");
  journal.fail_at(2, full);
  CHECK_FALSE(append(journal, batch_of(place, {message(stream, 1, "one")})));
  CHECK(append(journal, batch_of(place, {message(stream, 2, "two")})) == full);

  journal.hold();
  bool is_answered = false;
  JournalBatch later = batch_of(place, {message(stream, 2, "two")});
  later.term = 1;
  journal.append(later, [&](std::optional<Error> error) {
    is_answered = true;
    CHECK_FALSE(error);
  });
  CHECK_FALSE(is_answered);
  CHECK(read(journal).size() == 1);
  journal.settle(1);
  CHECK(is_answered);
  CHECK(read(journal).size() == 2);

  journal.append(batch_of(place, {message(stream, 3, "lost")}), [](auto) { FAIL("it crashed"); });
  journal.crash();
  journal.release();
  CHECK(read(journal).size() == 2);

  journal.fail_all(full);
  CHECK(probe(journal) == full);
}

TEST_CASE("The generation stays over a restart", "[journal]") {
  StoreInFolder files;
  const std::uint64_t generation = files.store->generation();
  CHECK(generation != 0);
  files.store.reset();
  files.open();
  CHECK(files.store->generation() == generation);
}

TEST_CASE("A clash in a group commit fails alone", "[journal]") {
  StoreInFolder files;
  SqliteStore& store = *files.store;
  REQUIRE_FALSE(append(store, batch_of(place, {message(stream, 1, "one")})));

  // While this answer is given, the writer is busy and what follows gathers into one group.
  std::promise<void> gathered;
  auto is_gathered = gathered.get_future().share();
  store.probe([is_gathered](auto) { is_gathered.wait(); });

  std::promise<std::optional<Error>> clash, good, same_writer, joined;
  const auto tell = [](auto& promise) {
    return [&promise](std::optional<Error> error) { promise.set_value(std::move(error)); };
  };
  JournalBatch clashing = batch_of(place, {message(stream, 1, "again")});
  clashing.writer = 1;
  JournalBatch behind = batch_of(place, {message(stream, 2, "behind it")});
  behind.writer = 1;
  JournalBatch other = batch_of(place, {message(room_stream, 1, "unrelated")});
  other.writer = 2;
  store.append(std::move(clashing), tell(clash));
  store.append(std::move(other), tell(good));
  store.append(std::move(behind), tell(same_writer));
  gathered.set_value();

  CHECK(clash.get_future().get());
  CHECK_FALSE(good.get_future().get());
  CHECK(same_writer.get_future().get());
  CHECK(read(store).size() == 2);
}

TEST_CASE("Batches of many threads each commit whole and in order", "[journal]") {
  StoreInFolder files;
  constexpr int writers = 4;
  constexpr Offset batches = 200;
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&files, &failures, writer] {
      const RoomId room{static_cast<std::uint64_t>(writer) + 1};
      std::promise<void> last;
      for (Offset offset = 1; offset <= batches; ++offset) {
        JournalBatch batch = batch_of({PlaceKind::event, room.value},
                                      {message(stream_of(room), offset, std::to_string(offset))});
        batch.writer = static_cast<std::uint16_t>(writer);
        files.store->append(std::move(batch),
                            [&failures, &last, offset](std::optional<Error> error) {
                              if (error) ++failures;
                              if (offset == batches) last.set_value();
                            });
      }
      last.get_future().wait();
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  for (int writer = 0; writer < writers; ++writer) {
    const std::vector<Push> pushes =
        read(*files.store, {PlaceKind::event, static_cast<std::uint64_t>(writer) + 1});
    REQUIRE(pushes.size() == batches);
    for (Offset offset = 1; offset <= batches; ++offset) {
      CHECK(body_of(pushes[offset - 1]) == std::to_string(offset));
    }
  }
}

TEST_CASE("A database of a newer program, or of another one, is refused with a sentence",
          "[journal]") {
  TemporaryFolder folder;
  TestClock clock(noon);
  const std::filesystem::path file = folder / "hallway.db";
  {
    auto made = SqliteStore::open(file, clock);
    REQUIRE(made);
  }
  auto database = Database::open(file.string(), Database::Mode::write, "", 0);
  REQUIRE(database);
  SECTION("newer") {
    (*database)->execute("PRAGMA user_version = 999");
    const auto opened = SqliteStore::open(file, clock);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().message.find("newer Hallway") != std::string::npos);
  }
  SECTION("another program's") {
    (*database)->execute("PRAGMA application_id = 1");
    const auto opened = SqliteStore::open(file, clock);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().message.find("no database of Hallway") != std::string::npos);
  }
  SECTION("a folder that is not there") {
    const auto opened = SqliteStore::open(folder / "nowhere" / "hallway.db", clock);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().message.find("cannot open") != std::string::npos);
  }
}
