// What tests of storage write, and waiting for an answer that comes on another thread.
#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/journal.hpp"
#include "server/log.hpp"
#include "server/sqlite_store.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/temporary_folder.hpp"

namespace hallway::test {

inline constexpr TimeMs noon = 1'790'000'000'000;

/// Calls `start` with a `done`, and waits for what that is told.
template <class T, class Start>
T answer_of(Start start) {
  auto promise = std::make_shared<std::promise<T>>();
  auto answer = promise->get_future();
  start([promise](T value) { promise->set_value(std::move(value)); });
  return answer.get();
}

inline std::optional<Error> append(Journal& journal, JournalBatch batch) {
  return answer_of<std::optional<Error>>(
      [&](auto done) { journal.append(std::move(batch), std::move(done)); });
}
inline std::optional<Error> probe(Journal& journal) {
  return answer_of<std::optional<Error>>([&](auto done) { journal.probe(std::move(done)); });
}
inline void index_all(SqliteStore& store) {
  answer_of<std::optional<Error>>([&](auto done) { store.index_messages(std::move(done)); });
}

inline Push push_of(StreamId stream, Offset offset, PushData data, PersonId by = PersonId{7}) {
  return Push{stream, offset, noon + static_cast<TimeMs>(offset), by, std::move(data)};
}
inline Push message(StreamId stream, Offset offset, std::string body, PersonId by = PersonId{7}) {
  return push_of(stream, offset, MessagePosted{std::move(body), 0, {}}, by);
}

inline JournalBatch batch_of(PlaceId place, std::vector<Push> pushes) {
  JournalBatch batch;
  for (Push& push : pushes) batch.entries.push_back({place, std::move(push)});
  return batch;
}

/// A store in a folder of its own.
struct StoreInFolder {
  TemporaryFolder folder;
  TestClock clock{noon};
  std::unique_ptr<SqliteStore> store;

  explicit StoreInFolder(SqliteOptions options = {}) {
    log::start(log::Level::nothing, log::Format::text);
    open(std::move(options));
  }
  void open(SqliteOptions options = {}) {
    auto opened = SqliteStore::open(file(), clock, std::move(options));
    if (!opened) throw std::runtime_error(opened.error().message);
    store = std::move(*opened);
  }
  std::filesystem::path file() const { return folder / "hallway.db"; }
};

inline std::string body_of(const Push& push) {
  if (const auto* posted = std::get_if<MessagePosted>(&push.data)) return posted->body;
  if (const auto* edited = std::get_if<MessageEdited>(&push.data)) return edited->body;
  return "?";
}

}  // namespace hallway::test
