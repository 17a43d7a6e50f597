// How many newcomers one address may bring: a bucket an address, since a whole venue can sit behind
// one.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace hallway {

/// Any thread may call. Bounded: beyond `addresses_max` remembered ones those whose bucket is full
/// again are forgotten, and if none is, newcomers from unknown addresses must wait.
class JoinLimit {
 public:
  static constexpr std::size_t addresses_max = 50'000;

  JoinLimit(double per_s, double burst) : per_s_(per_s), burst_(burst) {}
  /// 0: go ahead, one join is counted. Else: how long to wait, nothing is counted.
  std::int64_t take_ms(const std::string& address, std::int64_t now_ns);
  /// One that was taken counts no longer.
  void give_back(const std::string& address);

 private:
  struct Bucket {
    double tokens = 0;
    std::int64_t at_ns = 0;
  };
  double filled(const Bucket& bucket, std::int64_t now_ns) const;
  void forget_full(std::int64_t now_ns);

  const double per_s_;
  const double burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace hallway
