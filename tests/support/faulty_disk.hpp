// A disk that fails as the test says, beneath SQLite: a VFS (sqlite.org/vfs.html) that passes
// everything on to the machine's own, but for writes that are to fail, and power that is to go.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace hallway::test {

class FaultyDisk {
 public:
  FaultyDisk();
  /// Every file on it must be closed.
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// For SqliteOptions::vfs.
  const std::string& name() const { return name_; }

  // --- Any thread.
  /// The `number`-th write from now (1: the next) and all later ones fail with SQLite's `code`.
  void fail_writes_from(std::int64_t number, int code);
  void heal();
  std::int64_t writes() const { return writes_; }
  /// The power goes at the `number`-th write or sync from now: nothing works any more.
  void cut_power_at(std::int64_t number);
  bool has_power() const { return powered_; }

  /// After the cut, with all files closed: of what was written but not synced, any part may be on
  /// the disk, also half of a write.
  void lose_unsynced(std::mt19937_64& chance);

 private:
  friend struct FaultyFile;
  friend struct FaultyCalls;
  /// What a write or a truncation replaced, to undo it, and what it wrote, to keep it after all.
  struct Change {
    std::int64_t at = 0;
    std::string before;
    std::int64_t size_before = 0;
    std::string after;  ///< Empty: the file was cut off at `at`.
  };

  /// The result code of the next write or sync, SQLITE_OK where it may go on.
  int next_write();
  int next_sync();
  void count_to_cut();

  std::string name_;
  sqlite3_vfs vfs_{};
  sqlite3_vfs* real_ = nullptr;
  std::atomic<std::int64_t> writes_ = 0;
  std::atomic<std::int64_t> failing_from_ = INT64_MAX;
  std::atomic<int> failing_code_ = SQLITE_OK;
  std::atomic<std::int64_t> left_to_cut_ = INT64_MAX;
  std::atomic<bool> powered_ = true;
  std::mutex mutex_;
  std::map<std::string, std::vector<Change>> unsynced_;  ///< By path, oldest first.
};

}  // namespace hallway::test
