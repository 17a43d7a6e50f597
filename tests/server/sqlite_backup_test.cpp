// R18 of the reliability rows: a backup taken under load is one moment, whole; what is restored has
// new epochs.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "server/sqlite_backup.hpp"
#include "tests/support/stored_things.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

const PlaceId place = place_of(EventId{1});
const StreamId room = stream_of(RoomId{2});
const StreamId table = stream_of(TableId{3});

/// Both streams grow together: a copy of one moment has as many of one as of the other.
JournalBatch pair_of(Offset offset) {
  return batch_of(place, {message(room, offset, std::string(500, 'r')),
                          message(table, offset, std::string(500, 't'))});
}

std::vector<Push> pushes_in(const std::filesystem::path& file) {
  TestClock clock(noon);
  auto store = SqliteStore::open(file, clock);
  REQUIRE(store);
  auto pushes = (*store)->read_place(place);
  REQUIRE(pushes);
  return *pushes;
}

}  // namespace

TEST_CASE("R18: a backup under load is consistent", "[backup][R18]") {
  StoreInFolder files;
  REQUIRE_FALSE(append(*files.store, pair_of(1)));
  std::atomic<bool> is_over = false;
  std::thread writer([&] {
    for (Offset offset = 2; !is_over; ++offset) {
      if (append(*files.store, pair_of(offset))) return;
    }
  });
  std::vector<std::filesystem::path> copies;
  for (int i = 0; i < 3; ++i) {
    copies.push_back(files.folder / ("copy-" + std::to_string(i)));
    const auto failure = back_up(files.file(), copies.back());
    CHECK(failure.value_or("") == "");
  }
  is_over = true;
  writer.join();
  std::size_t size_before = 0;
  for (const auto& copy : copies) {
    const std::vector<Push> pushes = pushes_in(copy);
    CHECK(pushes.size() >= size_before);
    CHECK(pushes.size() % 2 == 0);
    for (std::size_t i = 0; i < pushes.size(); ++i) CHECK(pushes[i].offset == i / 2 + 1);
    size_before = pushes.size();
  }
  CHECK(size_before >= 2);
}

TEST_CASE("A backup is its owner's alone, and never replaces a file", "[backup]") {
  StoreInFolder files;
  REQUIRE_FALSE(back_up(files.file(), files.folder / "copy"));
  struct stat status {};
  REQUIRE(::stat((files.folder / "copy").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const auto again = back_up(files.file(), files.folder / "copy");
  REQUIRE(again);
  CHECK(again->find("exists already") != std::string::npos);
  const auto nothing = back_up(files.folder / "nowhere", files.folder / "other");
  REQUIRE(nothing);
  CHECK_FALSE(std::filesystem::exists(files.folder / "other"));
  CHECK_FALSE(std::filesystem::exists(files.folder / "other.partial"));
}

TEST_CASE("R18: a restore brings back that moment with new epochs, and keeps what it replaces",
          "[backup][R18]") {
  StoreInFolder files;
  REQUIRE_FALSE(append(*files.store, pair_of(1)));
  const std::uint64_t generation = files.store->generation();
  REQUIRE_FALSE(back_up(files.file(), files.folder / "copy"));
  REQUIRE_FALSE(append(*files.store, pair_of(2)));
  files.store.reset();

  const auto failure = restore(files.folder / "copy", files.file(), files.clock);
  CHECK(failure.value_or("") == "");
  files.open();
  CHECK(files.store->read_place(place)->size() == 2);
  CHECK(files.store->generation() != generation);
  CHECK_FALSE(append(*files.store, pair_of(2)));
  CHECK(pushes_in(files.file().string() + ".before-restore").size() == 4);
  CHECK(pushes_in(files.folder / "copy").size() == 2);  // It serves again another day.
}

TEST_CASE("Nothing is restored from what is no sound backup", "[backup]") {
  StoreInFolder files;
  REQUIRE_FALSE(append(*files.store, pair_of(1)));
  files.store.reset();
  const std::filesystem::path source = files.folder / "copy";
  SECTION("no file") {}
  SECTION("not a database") {
    std::ofstream(source) << std::string(10'000, 'x');
  }
  SECTION("another program's") {
    auto other = Database::open(source.string(), Database::Mode::write, "", 0);
    REQUIRE(other);
    (*other)->execute("CREATE TABLE t(x)");
  }
  SECTION("a damaged one") {
    REQUIRE_FALSE(back_up(files.file(), source));
    std::fstream file(source, std::ios::binary | std::ios::in | std::ios::out);
    for (int page = 2; page < 8; ++page) {
      file.seekp(page * 4096);
      file << std::string(200, 'x');
    }
  }
  const auto failure = restore(source, files.file(), files.clock);
  REQUIRE(failure);
  files.open();
  CHECK(files.store->read_place(place)->size() == 2);
}

TEST_CASE("A restore that was cut short is not taken for a new, empty database", "[backup]") {
  StoreInFolder files;
  REQUIRE_FALSE(append(*files.store, pair_of(1)));
  REQUIRE_FALSE(back_up(files.file(), files.folder / "copy"));
  files.store.reset();
  // As if the machine had stopped after the old database was set aside.
  std::filesystem::copy(files.folder / "copy", files.file().string() + ".restoring");
  std::filesystem::rename(files.file(), files.file().string() + ".before-restore");
  TestClock clock(noon);
  const auto refused = SqliteStore::open(files.file(), clock);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("cut short") != std::string::npos);
  REQUIRE_FALSE(restore(files.folder / "copy", files.file(), clock));
  files.open();
  CHECK(files.store->read_place(place)->size() == 2);
}
