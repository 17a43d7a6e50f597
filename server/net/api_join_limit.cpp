// The buckets of api_join_limit.hpp.
#include "server/net/api_join_limit.hpp"

#include <algorithm>
#include <cmath>

namespace hallway {

double JoinLimit::filled(const Bucket& bucket, std::int64_t now_ns) const {
  const double passed_s = static_cast<double>(now_ns - bucket.at_ns) / 1e9;
  return std::min(burst_, bucket.tokens + std::max(passed_s, 0.0) * per_s_);
}

void JoinLimit::forget_full(std::int64_t now_ns) {
  std::erase_if(buckets_,
                [&](const auto& entry) { return filled(entry.second, now_ns) >= burst_; });
}

std::int64_t JoinLimit::take_ms(const std::string& address, std::int64_t now_ns) {
  constexpr std::int64_t crowded_ms = 1'000;
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= addresses_max && !buckets_.contains(address)) {
    forget_full(now_ns);
    if (buckets_.size() >= addresses_max) return crowded_ms;
  }
  Bucket& bucket = buckets_.try_emplace(address, Bucket{burst_, now_ns}).first->second;
  bucket.tokens = filled(bucket, now_ns);
  bucket.at_ns = now_ns;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return 0;
  }
  return static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / per_s_ * 1000));
}

void JoinLimit::give_back(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto bucket = buckets_.find(address);
  if (bucket != buckets_.end()) bucket->second.tokens = std::min(burst_, bucket->second.tokens + 1);
}

}  // namespace hallway
