// Time and chance: the one place that asks the machine for either. Everything else is given a
// ClockSource (`Clock` is the command of that name).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>

#include "protocol/ids.hpp"

namespace hallway {

inline constexpr TimeMs day_ms = 24LL * 3'600'000;

/// Any thread may call all of it.
class ClockSource {
 public:
  virtual ~ClockSource() = default;
  /// The wall clock; may jump either way.
  virtual TimeMs now() const = 0;
  /// Never goes back; from an arbitrary start.
  virtual std::int64_t steady_ns() const = 0;
  virtual void fill_random(std::span<std::uint8_t> bytes) = 0;

  /// Never 0, so that it may be an id.
  std::uint64_t random_u64();
  /// 256 bits as 43 characters of base64url, without padding.
  std::string random_token();
};

/// The machine's clock and its cryptographic random numbers.
class MachineClock final : public ClockSource {
 public:
  MachineClock();
  TimeMs now() const override;
  std::int64_t steady_ns() const override;
  void fill_random(std::span<std::uint8_t> bytes) override;
};

/// CPU time that this process has used so far.
std::int64_t cpu_time_ns();

/// Stands still until told; its chance follows from the seed.
class TestClock final : public ClockSource {
 public:
  explicit TestClock(TimeMs now, std::uint64_t seed = 1) : now_(now), state_(seed) {}
  TimeMs now() const override { return now_; }
  std::int64_t steady_ns() const override { return steady_ns_; }
  void fill_random(std::span<std::uint8_t> bytes) override;

  void advance(std::int64_t ms);
  /// The wall clock alone, as when an operator sets it.
  void jump(std::int64_t ms) { now_ += ms; }

 private:
  std::atomic<TimeMs> now_;
  std::atomic<std::int64_t> steady_ns_ = 0;
  std::mutex mutex_;
  std::uint64_t state_;
};

}  // namespace hallway
