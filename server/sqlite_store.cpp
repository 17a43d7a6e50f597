#include "server/sqlite_store.hpp"

#include <string>
#include <utility>

#include "server/memory_key.hpp"
#include "server/sqlite_backup.hpp"
#include "server/sqlite_schema.hpp"

namespace hallway {

SqliteStore::SqliteStore(std::filesystem::path file, SqliteOptions options, const Secrets& secrets)
    : file_(std::move(file)), options_(std::move(options)), secrets_(secrets) {}

SqliteStore::~SqliteStore() {
  // Readers close first: the writer's connection is the last, and only it leaves the log in order.
  free_readers_.clear();
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& file,
                                                       ClockSource& clock, SqliteOptions options) {
  if (is_restore_unfinished(file)) {
    return refuse(ErrorCode::unavailable,
                  file.string() + ": a restore was cut short; run `hallway admin restore` again");
  }
  auto opened =
      Database::open(file.string(), Database::Mode::write, options.vfs, options.busy_timeout_ms);
  if (!opened) return opened.error();
  std::unique_ptr<Database> database = std::move(*opened);
  // Words that were deleted are overwritten with zeros, and temporary tables stay off the disk.
  database->execute("PRAGMA journal_mode = WAL");
  database->execute(options.is_fully_synced ? "PRAGMA synchronous = FULL"
                                            : "PRAGMA synchronous = NORMAL");
  database->execute("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
  database->execute("PRAGMA wal_autocheckpoint = " + std::to_string(options.checkpoint_pages));
  database->execute("PRAGMA cache_size = -" + std::to_string(options.writer_cache_kib));
  if (auto refusal = migrate(*database, clock)) {
    return refuse(ErrorCode::unavailable, file.string() + ": " + *refusal);
  }
  const auto key = read_memory_key(memory_key_file(file), clock);
  if (!key) return key.error();
  const Secrets secrets{*key, &clock};
  std::unique_ptr<SqliteStore> store(new SqliteStore(file, options, secrets));
  if (may_have_told_more(*database)) renew_generation(*database, clock);
  if (options.durability == Durability::relaxed) {
    remember_telling_early(*database);
  } else {
    forget_telling_early(*database);
  }
  // Sessions that ended a month ago are answered as unknown.
  constexpr TimeMs remembered_ms = 30LL * 24 * 3'600'000;
  database->run("DELETE FROM session WHERE expires_at < ?", clock.now() - remembered_ms);
  if (const auto failure = database->take_failure()) {
    return refuse(ErrorCode::unavailable, file.string() + ": " + failure->message);
  }
  store->writer_ = std::make_unique<SqliteWriter>(std::move(database), secrets, options.bounds);
  return store;
}

std::unique_ptr<Database> SqliteStore::borrow_reader(std::optional<Error>& error) {
  {
    std::unique_lock lock(mutex_);
    reader_is_free_.wait(
        lock, [this] { return !free_readers_.empty() || readers_ < options_.readers_max; });
    if (!free_readers_.empty()) {
      std::unique_ptr<Database> reader = std::move(free_readers_.back());
      free_readers_.pop_back();
      return reader;
    }
    ++readers_;
  }
  auto opened =
      Database::open(file_.string(), Database::Mode::read, options_.vfs, options_.busy_timeout_ms);
  if (opened) return std::move(*opened);
  error = opened.error();
  const std::lock_guard lock(mutex_);
  --readers_;
  reader_is_free_.notify_one();
  return nullptr;
}

void SqliteStore::give_back(std::unique_ptr<Database> reader) {
  {
    const std::lock_guard lock(mutex_);
    free_readers_.push_back(std::move(reader));
  }
  reader_is_free_.notify_one();
}

}  // namespace hallway
