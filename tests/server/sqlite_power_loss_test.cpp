// R2 of the reliability rows: the power goes at any write, and what was acknowledged is there
// again. The same with a log that is not synced at each commit loses some, which shows that the
// test would see it. POWER_LOSS_SEEDS=1000 runs the long form.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/support/faulty_disk.hpp"
#include "tests/support/stored_things.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

const PlaceId place = place_of(EventId{1});
const StreamId stream = stream_of(EventId{1});

std::uint64_t seeds() {
  const char* wanted = std::getenv("POWER_LOSS_SEEDS");
  return wanted == nullptr ? 50 : std::strtoull(wanted, nullptr, 10);
}

/// Appends, some at once, until the power goes. The acknowledged ones' highest offset.
Offset append_until_the_end(SqliteStore& store, FaultyDisk& disk, std::mt19937_64& chance) {
  Offset acknowledged = 0;
  Offset next = 1;
  while (disk.has_power()) {
    const std::uint64_t at_once = 1 + chance() % 4;
    std::vector<std::future<bool>> answers;
    const Offset first = next;
    for (std::uint64_t i = 0; i < at_once; ++i, ++next) {
      auto answered = std::make_shared<std::promise<bool>>();
      answers.push_back(answered->get_future());
      const std::string body(1 + chance() % 2000, 'x');
      store.append(batch_of(place, {message(stream, next, body)}),
                   [answered](std::optional<Error> error) { answered->set_value(!error); });
    }
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i].get()) acknowledged = std::max<Offset>(acknowledged, first + i);
    }
  }
  return acknowledged;
}

/// How many acknowledged messages one power loss took.
Offset lost_by(std::uint64_t seed, bool is_fully_synced) {
  std::mt19937_64 chance(seed);
  FaultyDisk disk;
  SqliteOptions options;
  options.vfs = disk.name();
  options.is_fully_synced = is_fully_synced;
  options.checkpoint_pages = 16;  // So that the log is also emptied and begun anew.
  StoreInFolder files(options);
  disk.cut_power_at(static_cast<std::int64_t>(1 + chance() % 400));
  const Offset acknowledged = append_until_the_end(*files.store, disk, chance);
  files.store.reset();
  disk.lose_unsynced(chance);
  std::filesystem::remove(files.file().string() + "-shm");  // It was memory.

  files.open();
  const auto pushes = files.store->read_place(place);
  REQUIRE(pushes);
  for (std::size_t i = 0; i < pushes->size(); ++i) REQUIRE((*pushes)[i].offset == i + 1);
  return acknowledged - std::min<Offset>(acknowledged, pushes->size());
}

}  // namespace

TEST_CASE("R2: a power loss takes nothing that was acknowledged", "[fault][R2]") {
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
    CAPTURE(seed);
    REQUIRE(lost_by(seed, true) == 0);
  }
}

TEST_CASE("R2: without a sync at each commit the same power losses take some", "[fault][R2]") {
  Offset lost = 0;
  for (std::uint64_t seed = 1; seed <= seeds() && lost == 0; ++seed) lost += lost_by(seed, false);
  CHECK(lost > 0);
}
