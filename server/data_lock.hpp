// Who may write in a data folder: one process at a time, by a lock that ends with the process
// (flock(2)), however that ends.
#pragma once

#include <filesystem>
#include <optional>

#include "protocol/error.hpp"

namespace hallway {

/// The files in a data folder.
inline std::filesystem::path database_file(const std::filesystem::path& data) {
  return data / "hallway.db";
}
inline std::filesystem::path admin_socket_file(const std::filesystem::path& data) {
  return data / "admin.sock";
}

class DataLock {
 public:
  /// Makes the folder if it is not there (readable by its owner alone). Refused with a sentence
  /// where it cannot be written, and `conflict` where another process holds the lock.
  static Result<DataLock> take(const std::filesystem::path& data);
  ~DataLock();
  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&&) = delete;

 private:
  explicit DataLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace hallway
