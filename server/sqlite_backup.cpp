#include "server/sqlite_backup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include "server/sqlite_db.hpp"
#include "server/sqlite_schema.hpp"

namespace hallway {
namespace {

namespace fs = std::filesystem;
constexpr int busy_timeout_ms = 5000;

fs::path with_suffix(const fs::path& file, const char* suffix) {
  return fs::path(file.string() + suffix);
}

std::string said_of(const fs::path& file, int error) {
  return file.string() + ": " + std::strerror(error);
}

std::optional<std::string> take_failure(Database& database, const fs::path& file) {
  const auto failure = database.take_failure();
  if (!failure) return std::nullopt;
  return file.string() + ": " + failure->message;
}

/// Makes a file's or folder's latest state survive a power loss.
std::optional<std::string> sync_to_disk(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return said_of(path, errno);
  const int synced = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (synced != 0) return said_of(path, error);
  return std::nullopt;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// Every page of the copy is read and its structure checked.
std::optional<std::string> check_whole(Database& database, const fs::path& file) {
  if (auto refusal = check_readable(database)) return file.string() + ": " + *refusal;
  std::string verdict;
  {
    Query query = database.query("PRAGMA quick_check(1)");
    if (query.step()) verdict = query.text(0);
  }
  if (auto failure = take_failure(database, file)) return failure;
  if (verdict != "ok") return file.string() + " is damaged: " + verdict;
  return std::nullopt;
}

/// One snapshot of `from` becomes the new file `to`, whole and synced.
std::optional<std::string> copy_database(const fs::path& from, const fs::path& to) {
  // A reader never writes or checkpoints: two who do so at once can damage the log (see
  // SqliteWriter).
  auto source = Database::open(from.string(), Database::Mode::read, "", busy_timeout_ms);
  if (!source) return source.error().message;
  if (auto refusal = check_readable(**source)) return from.string() + ": " + *refusal;
  auto target = Database::open(to.string(), Database::Mode::write, "", busy_timeout_ms);
  if (!target) return target.error().message;
  (*target)->copy_from(**source);
  if (auto failure = take_failure(**target, to)) return failure;
  if (auto failure = check_whole(**target, to)) return failure;
  return std::nullopt;
}

/// What an interrupted copy may have left.
void remove_database(const fs::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    fs::remove(with_suffix(file, suffix), ignored);
  }
}

fs::path restoring_file(const fs::path& database) {
  return with_suffix(database, ".restoring");
}

/// Out of the way, but kept: the database as it was, with the log that belongs to it.
std::optional<std::string> set_aside(const fs::path& database) {
  const fs::path kept = with_suffix(database, ".before-restore");
  std::error_code error;
  if (!fs::exists(database, error)) return std::nullopt;
  remove_database(kept);
  for (const char* suffix : {"-wal", ""}) {
    const fs::path part = with_suffix(database, suffix);
    if (!fs::exists(part, error)) continue;
    fs::rename(part, with_suffix(kept, suffix), error);
    if (error) return part.string() + ": " + error.message();
  }
  fs::remove(with_suffix(database, "-shm"), error);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> back_up(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error)) return to.string() + " exists already";
  if (!fs::exists(from, error)) return from.string() + ": there is no database";
  const fs::path partial = with_suffix(to, ".partial");
  remove_database(partial);
  const mode_t mask = ::umask(0077);  // It holds everybody's words.
  auto failure = copy_database(from, partial);
  ::umask(mask);
  if (!failure) failure = sync_to_disk(partial);
  if (!failure) {
    fs::rename(partial, to, error);
    if (error) failure = to.string() + ": " + error.message();
  }
  if (failure) {
    remove_database(partial);
    return failure;
  }
  remove_database(partial);  // Its log, empty by now.
  return sync_to_disk(folder_of(to));
}

bool is_restore_unfinished(const fs::path& database) {
  std::error_code ignored;
  return fs::exists(restoring_file(database), ignored);
}

std::optional<std::string> restore(const fs::path& from, const fs::path& to, ClockSource& clock) {
  std::error_code error;
  if (!fs::exists(from, error)) return from.string() + ": there is no such file";
  const fs::path incoming = with_suffix(to, ".incoming");
  remove_database(incoming);
  const mode_t mask = ::umask(0077);
  auto failure = copy_database(from, incoming);
  ::umask(mask);
  if (!failure) {
    auto opened = Database::open(incoming.string(), Database::Mode::write, "", busy_timeout_ms);
    if (!opened) return opened.error().message;
    renew_generation(**opened, clock);
    failure = take_failure(**opened, incoming);
    // All of it into the one file that is renamed.
    if (!failure && !(*opened)->empty_log()) failure = incoming.string() + " is in use";
  }
  if (!failure) failure = sync_to_disk(incoming);
  if (failure) {
    remove_database(incoming);
    return failure;
  }
  fs::rename(incoming, restoring_file(to), error);
  if (error) return restoring_file(to).string() + ": " + error.message();
  if (auto kept = set_aside(to)) return kept;
  // A log left over from an interrupted restore belongs to another database.
  fs::remove(with_suffix(to, "-wal"), error);
  fs::remove(with_suffix(to, "-shm"), error);
  fs::rename(restoring_file(to), to, error);
  if (error) return to.string() + ": " + error.message();
  return sync_to_disk(folder_of(to));
}

}  // namespace hallway
