// R3 and R4 of the reliability rows, where they meet the database: a disk that is full or broken,
// and a database that another process has locked.
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/faulty_disk.hpp"
#include "tests/support/stored_things.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

const PlaceId place = place_of(EventId{1});
const StreamId stream = stream_of(EventId{1});

JournalBatch one_message(Offset offset, std::uint64_t term) {
  // Long enough for a few pages a batch.
  JournalBatch batch = batch_of(place, {message(stream, offset, std::string(3000, 'x'))});
  batch.term = term;
  return batch;
}

Offset top_of(Journal& journal) {
  const auto pushes = journal.read_place(place);
  REQUIRE(pushes);
  for (std::size_t i = 0; i < pushes->size(); ++i) CHECK((*pushes)[i].offset == i + 1);
  return pushes->size();
}

}  // namespace

TEST_CASE("R3: whichever write the disk refuses, nothing is half written and nothing lost",
          "[fault][R3]") {
  const int code = GENERATE(SQLITE_FULL, SQLITE_IOERR_WRITE);
  // The first batch may be refused at its first page, its commit, or not at all.
  const int number = GENERATE(range(1, 12));
  CAPTURE(code, number);
  FaultyDisk disk;
  SqliteOptions options;
  options.vfs = disk.name();
  StoreInFolder files(options);
  REQUIRE_FALSE(append(*files.store, one_message(1, 0)));

  disk.fail_writes_from(number, code);
  Offset acknowledged = 1;
  std::optional<Error> error;
  while (!error) {
    error = append(*files.store, one_message(acknowledged + 1, 0));
    if (!error) ++acknowledged;
  }
  CHECK(error->code == ErrorCode::storage_full);
  CHECK(top_of(*files.store) == acknowledged);  // Reading goes on.
  CHECK(probe(*files.store));

  disk.heal();
  CHECK_FALSE(probe(*files.store));
  CHECK_FALSE(append(*files.store, one_message(acknowledged + 1, 1)));
  files.store.reset();
  files.open();
  CHECK(top_of(*files.store) == acknowledged + 1);
}

TEST_CASE("R3: a full disk refuses a joining person, who may try again", "[fault][R3]") {
  FaultyDisk disk;
  SqliteOptions options;
  options.vfs = disk.name();
  StoreInFolder files(options);
  const auto put = [&files] {
    return answer_of<Result<bool>>([&](auto done) {
      files.store->put_invitation({TokenHash{1}, EventId{1}, Role::member, noon, {}, {}}, done);
    });
  };
  disk.fail_writes_from(1, SQLITE_FULL);
  const auto refused = put();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::storage_full);
  disk.heal();
  CHECK(put());
  CHECK(files.store->invitation(TokenHash{1}, noon));
}

TEST_CASE("R4: a database that is locked answers `unavailable`, and reading goes on",
          "[fault][R4]") {
  SqliteOptions options;
  options.busy_timeout_ms = 1;
  StoreInFolder files(options);
  REQUIRE_FALSE(append(*files.store, one_message(1, 0)));
  auto other = Database::open(files.file().string(), Database::Mode::write, "", 0);
  REQUIRE(other);
  (*other)->begin();
  REQUIRE_FALSE((*other)->failed());

  for (std::uint64_t term = 1; term < 4; ++term) {
    const auto error = append(*files.store, one_message(2, term));
    REQUIRE(error);
    CHECK(error->code == ErrorCode::unavailable);
  }
  CHECK(top_of(*files.store) == 1);

  (*other)->roll_back();
  CHECK_FALSE(probe(*files.store));
  CHECK_FALSE(append(*files.store, one_message(2, 4)));
  CHECK(top_of(*files.store) == 2);
}

TEST_CASE("R4: beyond what may wait, a batch is refused, and with it all of its writer behind it",
          "[fault][R4]") {
  SqliteOptions options;
  SECTION("too many") {
    options.bounds.jobs = 3;
  }
  SECTION("too large") {
    options.bounds.bytes = 13'000;
  }
  StoreInFolder files(options);

  // The writer waits here while the others gather.
  std::promise<void> gathered;
  auto is_gathered = gathered.get_future().share();
  std::promise<void> is_busy;
  files.store->probe([&is_busy, is_gathered](auto) {
    is_busy.set_value();
    is_gathered.wait();
  });
  is_busy.get_future().wait();

  constexpr Offset batches = 6;
  std::vector<std::promise<std::optional<Error>>> answers(batches);
  for (Offset offset = 1; offset <= batches; ++offset) {
    files.store->append(one_message(offset, 0), [&answers, offset](std::optional<Error> error) {
      answers[offset - 1].set_value(std::move(error));
    });
  }
  gathered.set_value();
  std::vector<bool> is_refused;
  for (auto& answer : answers) {
    const auto error = answer.get_future().get();
    if (error) CHECK(error->code == ErrorCode::unavailable);
    is_refused.push_back(error.has_value());
  }
  CHECK(is_refused == std::vector<bool>{false, false, false, true, true, true});
  CHECK(top_of(*files.store) == 3);
  CHECK_FALSE(append(*files.store, one_message(4, 1)));
}
