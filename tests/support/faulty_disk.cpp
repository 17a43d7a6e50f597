#include "tests/support/faulty_disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

namespace hallway::test {

/// SQLite allocates `szOsFile` bytes and gives them to xOpen: ours, then those of the real file.
struct FaultyFile {
  sqlite3_file base;
  FaultyDisk* disk;
  const char* path;  // SQLite's, valid until xClose; null for a temporary file.
  sqlite3_file* real;
};

namespace {

FaultyFile* faulty(sqlite3_file* file) {
  return reinterpret_cast<FaultyFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return faulty(file)->real;
}
const sqlite3_io_methods* methods(sqlite3_file* file) {
  return real(file)->pMethods;
}

}  // namespace

struct FaultyCalls {
  static FaultyDisk& disk(sqlite3_file* file) { return *faulty(file)->disk; }
  static FaultyDisk& disk(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }

  /// Before bytes are written at `at`, or (without bytes) everything from `at` on is cut off.
  static void remember(sqlite3_file* file, std::int64_t at, std::string after) {
    FaultyDisk::Change change;
    change.at = at;
    sqlite3_int64 size = 0;
    methods(file)->xFileSize(real(file), &size);
    change.size_before = size;
    const std::int64_t end =
        after.empty() ? size
                      : std::min<std::int64_t>(size, at + static_cast<std::int64_t>(after.size()));
    change.before.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, end - at)));
    if (!change.before.empty()) {
      methods(file)->xRead(real(file), change.before.data(), static_cast<int>(change.before.size()),
                           at);
    }
    change.after = std::move(after);
    const std::lock_guard lock(disk(file).mutex_);
    disk(file).unsynced_[faulty(file)->path].push_back(std::move(change));
  }

  // --- A file
  static int close(sqlite3_file* file) { return methods(file)->xClose(real(file)); }
  static int read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 at) {
    if (!disk(file).has_power()) return SQLITE_IOERR_READ;
    return methods(file)->xRead(real(file), bytes, count, at);
  }
  static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    if (const int code = disk(file).next_write(); code != SQLITE_OK) return code;
    if (faulty(file)->path != nullptr) {
      remember(file, at, {static_cast<const char*>(bytes), static_cast<std::size_t>(count)});
    }
    return methods(file)->xWrite(real(file), bytes, count, at);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (const int code = disk(file).next_write(); code != SQLITE_OK) return code;
    if (faulty(file)->path != nullptr) remember(file, size, {});
    return methods(file)->xTruncate(real(file), size);
  }
  static int sync(sqlite3_file* file, int) {
    if (const int code = disk(file).next_sync(); code != SQLITE_OK) return code;
    const std::lock_guard lock(disk(file).mutex_);
    if (faulty(file)->path != nullptr) disk(file).unsynced_.erase(faulty(file)->path);
    return SQLITE_OK;  // The power that may go is ours: the machine need not sync.
  }
  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return methods(file)->xFileSize(real(file), size);
  }
  static int lock(sqlite3_file* file, int level) { return methods(file)->xLock(real(file), level); }
  static int unlock(sqlite3_file* file, int level) {
    return methods(file)->xUnlock(real(file), level);
  }
  static int check_lock(sqlite3_file* file, int* held) {
    return methods(file)->xCheckReservedLock(real(file), held);
  }
  static int control(sqlite3_file* file, int what, void* argument) {
    return methods(file)->xFileControl(real(file), what, argument);
  }
  static int sector_size(sqlite3_file* file) { return methods(file)->xSectorSize(real(file)); }
  static int traits(sqlite3_file* file) {
    // Nothing is promised of writes that power cuts short.
    return methods(file)->xDeviceCharacteristics(real(file)) & ~SQLITE_IOCAP_POWERSAFE_OVERWRITE;
  }
  static int map_shared(sqlite3_file* file, int page, int bytes, int extend, void volatile** out) {
    return methods(file)->xShmMap(real(file), page, bytes, extend, out);
  }
  static int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    return methods(file)->xShmLock(real(file), offset, count, flags);
  }
  static void order_shared(sqlite3_file* file) { methods(file)->xShmBarrier(real(file)); }
  static int unmap_shared(sqlite3_file* file, int remove) {
    return methods(file)->xShmUnmap(real(file), remove);
  }

  // --- The file system
  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* told) {
    static const sqlite3_io_methods calls{
        2,           close,        read,         write,   truncate,    sync,   file_size,
        lock,        unlock,       check_lock,   control, sector_size, traits, map_shared,
        lock_shared, order_shared, unmap_shared, nullptr, nullptr};
    FaultyFile* made = faulty(file);
    made->base.pMethods = nullptr;
    made->disk = &disk(vfs);
    made->path = path;
    made->real = reinterpret_cast<sqlite3_file*>(made + 1);
    const int code = disk(vfs).real_->xOpen(disk(vfs).real_, path, made->real, flags, told);
    if (made->real->pMethods != nullptr) made->base.pMethods = &calls;
    return code;
  }
  static int remove(sqlite3_vfs* vfs, const char* path, int is_synced) {
    if (!disk(vfs).has_power()) return SQLITE_IOERR_DELETE;
    {
      const std::lock_guard lock(disk(vfs).mutex_);
      disk(vfs).unsynced_.erase(path);
    }
    return disk(vfs).real_->xDelete(disk(vfs).real_, path, is_synced);
  }
  static int access(sqlite3_vfs* vfs, const char* path, int flags, int* is_there) {
    return disk(vfs).real_->xAccess(disk(vfs).real_, path, flags, is_there);
  }
  static int full_path(sqlite3_vfs* vfs, const char* path, int count, char* out) {
    return disk(vfs).real_->xFullPathname(disk(vfs).real_, path, count, out);
  }
};

FaultyDisk::FaultyDisk() {
  static std::atomic<int> made = 0;
  name_ = "faulty-" + std::to_string(++made);
  real_ = sqlite3_vfs_find(nullptr);
  vfs_ = *real_;  // Time, chance and sleep are the machine's.
  vfs_.iVersion = 2;
  vfs_.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_->szOsFile;
  vfs_.pNext = nullptr;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = this;
  vfs_.xOpen = FaultyCalls::open;
  vfs_.xDelete = FaultyCalls::remove;
  vfs_.xAccess = FaultyCalls::access;
  vfs_.xFullPathname = FaultyCalls::full_path;
  if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK) throw std::runtime_error("no VFS");
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&vfs_);
}

void FaultyDisk::fail_writes_from(std::int64_t number, int code) {
  failing_code_ = code;
  failing_from_ = writes_ + number;
}

void FaultyDisk::heal() {
  failing_from_ = INT64_MAX;
}

void FaultyDisk::cut_power_at(std::int64_t number) {
  left_to_cut_ = number;
}

void FaultyDisk::count_to_cut() {
  if (--left_to_cut_ <= 0) powered_ = false;
}

int FaultyDisk::next_write() {
  count_to_cut();
  if (!powered_) return SQLITE_IOERR_WRITE;
  return ++writes_ >= failing_from_ ? failing_code_.load() : SQLITE_OK;
}

int FaultyDisk::next_sync() {
  count_to_cut();
  if (!powered_) return SQLITE_IOERR_FSYNC;
  return SQLITE_OK;
}

void FaultyDisk::lose_unsynced(std::mt19937_64& chance) {
  const auto put = [](int file, std::int64_t at, const std::string& bytes, std::size_t count) {
    if (::pwrite(file, bytes.data(), count, at) < 0) throw std::runtime_error("no undo");
  };
  for (const auto& [path, changes] : unsynced_) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) continue;  // Deleted since.
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
      put(file, change->at, change->before, change->before.size());
      if (::ftruncate(file, change->size_before) != 0) throw std::runtime_error("no undo");
    }
    for (const Change& change : changes) {
      if (chance() % 2 == 0) continue;
      if (change.after.empty()) {
        if (::ftruncate(file, change.at) != 0) throw std::runtime_error("no redo");
        continue;
      }
      const bool is_torn = chance() % 4 == 0;
      put(file, change.at, change.after,
          is_torn ? chance() % change.after.size() : change.after.size());
    }
    ::close(file);
  }
  unsynced_.clear();
}

}  // namespace hallway::test
