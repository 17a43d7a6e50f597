// A rate with a burst, kept as one time (the generic cell rate algorithm, ITU-T I.371).
#pragma once

#include <algorithm>
#include <cstdint>

#include "protocol/ids.hpp"

namespace hallway {

class TokenBucket {
 public:
  /// `per_s` > 0, `burst` ≥ 1.
  TokenBucket(double per_s, std::int64_t burst)
      : interval_ms_(1000.0 / per_s), burst_ms_(interval_ms_ * static_cast<double>(burst)) {}

  /// 0: taken. Otherwise how long to wait, and nothing is taken.
  std::int64_t take(TimeMs now) {
    const double at = static_cast<double>(now);
    const double full = std::max(full_at_, at);
    if (full + interval_ms_ - at > burst_ms_ + 0.5) {
      return static_cast<std::int64_t>(full + interval_ms_ - at - burst_ms_) + 1;
    }
    full_at_ = full + interval_ms_;
    return 0;
  }

 private:
  double interval_ms_;
  double burst_ms_;
  double full_at_ = 0;
};

}  // namespace hallway
