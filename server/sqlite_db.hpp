// SQLite's C interface, held in RAII: a connection, and queries prepared once. No exceptions: the
// first failure sticks to the connection, whatever follows does nothing, and whoever began the work
// (one transaction, one read) asks `take_failure` once at its end and throws the outcome away.
// A connection is used by one thread at a time.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocol/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace hallway {

struct SqliteFailure {
  int code = 0;  ///< SQLite's extended result code.
  std::string message;
  /// A row that may not stand beside those that are there: a bug of the caller, not of the disk.
  bool is_constraint() const;
};

/// As callers of a port are told: `storage_full` where the disk refuses, else `unavailable`.
Error to_error(const SqliteFailure& failure);

class Database;

/// One run of a prepared statement. Ends (and frees its read lock) with its scope.
class Query {
 public:
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();
  /// True: a row is there to read. False: no more rows, or failed.
  bool step();
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  /// An id or another 64 unsigned bits; SQLite keeps them as a signed integer.
  std::uint64_t bits(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  std::string text(int column) const;
  /// Nothing but a blob of that very size is read; else zeros.
  std::array<std::uint8_t, 32> hash(int column) const;

 private:
  friend class Database;
  template <class... Values>
  Query(Database& database, sqlite3_stmt* statement, const Values&... values)
      : database_(database), statement_(statement) {
    (bind(values), ...);
  }
  template <class T>
  void bind(const T& value);
  template <class T>
  void bind(const std::optional<T>& value) {
    if (value) {
      bind(*value);
    } else {
      bind_null();
    }
  }
  void bind_integer(std::int64_t value);
  void bind_text(std::string_view value);
  void bind_hash(const std::array<std::uint8_t, 32>& value);
  void bind_null();

  Database& database_;
  sqlite3_stmt* statement_;  // Null when the connection has failed.
  int bound_ = 0;
};

class Database {
 public:
  enum class Mode : std::uint8_t { write, read };

  /// `vfs` names SQLite's file system, empty for the machine's own. A reader never checkpoints.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode,
                                                const std::string& vfs, int busy_timeout_ms);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// `sql` is kept prepared as long as the connection; a text bound must outlive the query. The
  /// same statement may not be under way twice.
  template <class... Values>
  Query query(std::string_view sql, const Values&... values) {
    return Query(*this, prepared(sql), values...);
  }
  /// A statement without rows. Answers how many rows it changed.
  template <class... Values>
  std::int64_t run(std::string_view sql, const Values&... values) {
    {
      Query once = query(sql, values...);
      while (once.step()) {
      }
    }
    return failed() ? 0 : changes();
  }
  /// Several statements, unprepared: migrations and pragmas.
  void execute(const std::string& sql);
  /// The first column of the first row of a pragma or the like; 0 without one.
  std::int64_t number(std::string_view sql);

  void begin() { run("BEGIN IMMEDIATE"); }
  void commit() { run("COMMIT"); }
  /// Also after a failure, which stays to be taken.
  void roll_back();

  /// Rows changed since the connection was opened, those inside the full-text index counted.
  std::int64_t changes_in_all() const;
  bool failed() const { return failure_.has_value(); }
  std::optional<SqliteFailure> take_failure();

  /// Moves the log into the database and cuts it to nothing, if nobody reads it; true if done.
  bool empty_log();
  /// A consistent copy of `source` as of now into this empty database, in one step: a copy in
  /// several steps would begin again whenever another process writes.
  void copy_from(Database& source);

 private:
  friend class Query;
  Database() = default;
  sqlite3_stmt* prepared(std::string_view sql);
  std::int64_t changes() const;
  void fail(int code);

  sqlite3* handle_ = nullptr;
  int busy_timeout_ms_ = 0;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
  std::optional<SqliteFailure> failure_;
};

template <class T>
void Query::bind(const T& value) {
  if constexpr (std::integral<T>) {
    bind_integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::convertible_to<T, std::string_view>) {
    bind_text(value);
  } else {
    bind_hash(value);
  }
}

}  // namespace hallway
