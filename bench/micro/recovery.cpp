// What a restart waits for: a place that says much is read from the journal and folded again.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include "bench/micro/hall.hpp"
#include "server/clock.hpp"
#include "server/sqlite_store.hpp"

namespace hallway {
namespace {

constexpr int messages = 100'000;

/// The folder of a database, for as long as this lives.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "hallway-micro") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::filesystem::path file() const { return path_ / "hallway.db"; }

 private:
  std::filesystem::path path_;
};

bool append(Store& store, std::vector<Push> pushes) {
  JournalBatch batch;
  for (Push& push : pushes) batch.entries.push_back({place_of(Hall::id), std::move(push)});
  std::promise<bool> written;
  store.append(std::move(batch),
               [&](const std::optional<Error>& error) { written.set_value(!error); });
  return written.get_future().get();
}

/// The event with so many messages said in its lobby.
bool fill(Store& store) {
  std::vector<Push> told;
  Hall hall(&told);
  MessageSend command;
  command.stream = hall.lobby();
  command.body = std::string(150, 'w');
  for (int i = 0; i < messages; ++i) {
    command.nonce = "n-" + std::to_string(100'000'000 + i);
    if (!hall.say(command)) return false;
    if (told.size() >= 1'000 && !append(store, std::exchange(told, {}))) return false;
  }
  return append(store, std::move(told));
}

void recover_a_place_of_100000_messages(benchmark::State& state) {
  const Folder folder;
  MachineClock clock;
  const auto store = SqliteStore::open(folder.file(), clock);
  if (!store || !fill(**store)) {
    state.SkipWithError("the event could not be written");
    return;
  }
  for (auto _ : state) {
    const auto pushes = (*store)->read_place(place_of(Hall::id));
    EventPlace place(Hall::id, Hall::settings());
    if (!pushes || pushes->size() < messages) {
      state.SkipWithError("the event could not be read");
      break;
    }
    for (const Push& push : *pushes) place.apply(push);
    benchmark::DoNotOptimize(place.top(pushes->back().stream));
  }
}
BENCHMARK(recover_a_place_of_100000_messages)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hallway
