// Things that may be used once, in time: visits to a provider. Kept in memory until they expire,
// bounded.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "protocol/ids.hpp"

namespace hallway {

/// Any thread may call.
template <class T>
class OnceTable {
 public:
  explicit OnceTable(std::size_t max) : max_(max) {}

  /// False: there are too many. Precondition: nothing was put by this key before.
  bool put(const std::string& key, T value, TimeMs until, TimeMs now) {
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= max_) {
      std::erase_if(entries_, [now](const auto& entry) { return entry.second.second <= now; });
    }
    if (entries_.size() >= max_) return false;
    entries_.emplace(key, std::pair{std::move(value), until});
    return true;
  }
  /// What was put, once and in time.
  std::optional<T> take(const std::string& key, TimeMs now) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return std::nullopt;
    std::optional<T> value;
    if (found->second.second > now) value = std::move(found->second.first);
    entries_.erase(found);
    return value;
  }

 private:
  const std::size_t max_;
  std::mutex mutex_;
  std::map<std::string, std::pair<T, TimeMs>> entries_;
};

}  // namespace hallway
