#include "server/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace hallway {

Result<DataLock> DataLock::take(const std::filesystem::path& data) {
  const auto refused = [&data](int error) {
    return refuse(ErrorCode::unavailable,
                  "the data folder " + data.string() + " cannot be used: " + std::strerror(error));
  };
  std::error_code error;
  std::filesystem::create_directories(data.parent_path(), error);  // Told by mkdir, if it matters.
  if (::mkdir(data.c_str(), 0700) != 0 && errno != EEXIST) return refused(errno);
  const std::string file = (data / "hallway.lock").string();
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return refused(errno);
  DataLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return refused(errno);
  return refuse(ErrorCode::conflict,
                "another hallway is running on the data folder " + data.string());
}

DataLock::DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

DataLock::~DataLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace hallway
