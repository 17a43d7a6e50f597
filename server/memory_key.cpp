#include "server/memory_key.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::size_t key_chars = 64;

/// Whole and on the disk, readable by its owner alone; or it is not there.
bool write_key(const std::filesystem::path& file, const TokenHash& key) {
  const std::filesystem::path fresh = file.string() + ".new";
  const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const std::string text = to_hex(key) + "\n";
  const bool is_written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  ::close(descriptor);
  std::error_code failed;
  if (is_written) std::filesystem::rename(fresh, file, failed);
  return is_written && !failed;
}

std::optional<TokenHash> read_key(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::string text(key_chars, '\0');
  const auto bytes = ::read(descriptor, text.data(), text.size());
  ::close(descriptor);
  if (bytes != static_cast<ssize_t>(text.size())) return std::nullopt;
  return parse_token_hash(text);
}

}  // namespace

Result<TokenHash> read_memory_key(const std::filesystem::path& file, ClockSource& clock) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    TokenHash key{};
    clock.fill_random(key);
    if (!write_key(file, key)) {
      return refuse(ErrorCode::unavailable, file.string() + ": cannot be written");
    }
    return key;
  }
  // A broken key is no reason to make another: what it remembers would be lost unasked.
  const auto key = read_key(file);
  if (!key) return refuse(ErrorCode::unavailable, file.string() + ": holds no key of Hallway");
  return *key;
}

std::filesystem::path memory_key_file(const std::filesystem::path& database) {
  return database.parent_path() / "memory.key";
}

}  // namespace hallway
