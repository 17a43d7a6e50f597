#include "server/sqlite_db.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace hallway {

bool SqliteFailure::is_constraint() const {
  return (code & 0xff) == SQLITE_CONSTRAINT;
}

Error to_error(const SqliteFailure& failure) {
  const int primary = failure.code & 0xff;
  if (primary == SQLITE_FULL || primary == SQLITE_IOERR) {
    return refuse(ErrorCode::storage_full, "The server cannot store anything right now.");
  }
  return refuse(ErrorCode::unavailable, "The server's storage is busy. Please try again.");
}

// --- Query

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);  // Its result repeats what `step` has told.
  sqlite3_clear_bindings(statement_);
}

bool Query::step() {
  if (statement_ == nullptr || database_.failed()) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail(code);
  return false;
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Query::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::array<std::uint8_t, 32> Query::hash(int column) const {
  std::array<std::uint8_t, 32> hash{};
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  if (bytes != nullptr && size == hash.size()) std::copy_n(bytes, size, hash.begin());
  return hash;
}

// Bound values outlive the query (`Database::query` says so), hence SQLITE_STATIC: no copies.
void Query::bind_integer(std::int64_t value) {
  ++bound_;
  if (statement_ != nullptr) sqlite3_bind_int64(statement_, bound_, value);
}

void Query::bind_text(std::string_view value) {
  ++bound_;
  // An empty view may point nowhere, which SQLite would take for NULL.
  const char* bytes = value.empty() ? "" : value.data();
  if (statement_ != nullptr) {
    sqlite3_bind_text64(statement_, bound_, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
}

void Query::bind_hash(const std::array<std::uint8_t, 32>& value) {
  ++bound_;
  if (statement_ != nullptr) {
    sqlite3_bind_blob64(statement_, bound_, value.data(), value.size(), SQLITE_STATIC);
  }
}

void Query::bind_null() {
  ++bound_;
  if (statement_ != nullptr) sqlite3_bind_null(statement_, bound_);
}

// --- Database

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode,
                                                 const std::string& vfs, int busy_timeout_ms) {
  // Counting every allocation takes a lock around each, and nobody asks for the count. Refused, and
  // without harm, where SQLite is in use already.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)configured;
  std::unique_ptr<Database> database(new Database);
  // One thread at a time uses a connection: SQLite need not lock it.
  const int flags =
      SQLITE_OPEN_NOMUTEX |
      (mode == Mode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  const int code =
      sqlite3_open_v2(path.c_str(), &database->handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (code != SQLITE_OK) {
    return refuse(ErrorCode::unavailable, "cannot open " + path + ": " + sqlite3_errstr(code));
  }
  sqlite3_extended_result_codes(database->handle_, 1);
  sqlite3_busy_timeout(database->handle_, busy_timeout_ms);
  database->busy_timeout_ms_ = busy_timeout_ms;
  sqlite3_db_config(database->handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (mode == Mode::read) {
    sqlite3_db_config(database->handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  return database;
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void Database::execute(const std::string& sql) {
  if (failed()) return;
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(std::string_view sql) {
  Query once = query(sql);
  return once.step() ? once.integer(0) : 0;
}

void Database::roll_back() {
  // SQLite has rolled back by itself after some failures; then there is nothing to do.
  if (sqlite3_get_autocommit(handle_) != 0) return;
  sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::optional<SqliteFailure> Database::take_failure() {
  return std::exchange(failure_, std::nullopt);
}

bool Database::empty_log() {
  // Without waiting: readers come first, and the next idle moment is near.
  sqlite3_busy_timeout(handle_, 0);
  const int code =
      sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(handle_, busy_timeout_ms_);
  return code == SQLITE_OK;
}

void Database::copy_from(Database& source) {
  if (failed()) return;
  sqlite3_backup* backup = sqlite3_backup_init(handle_, "main", source.handle_, "main");
  if (backup == nullptr) return fail(sqlite3_extended_errcode(handle_));
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) return fail(stepped);
  if (finished != SQLITE_OK) fail(finished);
}

sqlite3_stmt* Database::prepared(std::string_view sql) {
  if (failed()) return nullptr;
  const auto [entry, is_new] = statements_.try_emplace(std::string(sql), nullptr);
  if (!is_new) return entry->second;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &entry->second, nullptr);
  if (code != SQLITE_OK) {
    fail(code);
    statements_.erase(entry);
    return nullptr;
  }
  return entry->second;
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

std::int64_t Database::changes_in_all() const {
  return sqlite3_total_changes64(handle_);
}

void Database::fail(int code) {
  if (!failed()) failure_ = SqliteFailure{code, sqlite3_errmsg(handle_)};
}

}  // namespace hallway
