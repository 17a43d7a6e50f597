// Durations in microseconds, counted in buckets of at most 3 % width.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace hallway::load {

class Histogram {
 public:
  void add(std::int64_t value_us) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(value_us, 0));
    ++buckets_[bucket_of(value)];
    ++count_;
    max_us_ = std::max(max_us_, value);
  }

  void add(const Histogram& other) {
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      buckets_[i] += other.buckets_[i];
    }
    count_ += other.count_;
    max_us_ = std::max(max_us_, other.max_us_);
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t max_us() const { return max_us_; }

  /// The upper edge of the bucket that holds the share-th value; 0 when empty.
  [[nodiscard]] std::uint64_t quantile_us(double share) const {
    const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(count_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      seen += buckets_[i];
      if (seen > wanted || (seen == count_ && seen > 0)) {
        return std::min(upper_edge(i), max_us_);
      }
    }
    return max_us_;
  }

 private:
  static constexpr unsigned steps_bits = 5;  // 32 steps in each doubling
  static constexpr std::uint64_t steps = 1U << steps_bits;

  static std::size_t bucket_of(std::uint64_t value) {
    if (value < steps) {
      return static_cast<std::size_t>(value);
    }
    const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - steps_bits - 1;
    const std::size_t bucket = (shift + 1) * steps + ((value >> shift) - steps);
    return std::min(bucket, std::tuple_size_v<decltype(buckets_)> - 1);
  }

  static std::uint64_t upper_edge(std::size_t bucket) {
    if (bucket < steps) {
      return bucket;
    }
    const std::size_t shift = bucket / steps - 1;
    return ((steps + bucket % steps + 1) << shift) - 1;
  }

  std::array<std::uint64_t, 40 * steps> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t max_us_ = 0;
};

}  // namespace hallway::load
