// The server's own time: the wall clock as it was at the start, carried on by the steady one.
// Somebody setting the machine's clock moves no deadline, and no time on the wire goes back.
#pragma once

#include "server/clock.hpp"

namespace hallway {

/// Any thread. Borrows the machine's clock, which outlives it.
class AnchoredClock final : public ClockSource {
 public:
  explicit AnchoredClock(ClockSource& machine)
      : machine_(machine), started_at_(machine.now()), started_ns_(machine.steady_ns()) {}

  TimeMs now() const override {
    return started_at_ + (machine_.steady_ns() - started_ns_) / 1'000'000;
  }
  std::int64_t steady_ns() const override { return machine_.steady_ns(); }
  void fill_random(std::span<std::uint8_t> bytes) override { machine_.fill_random(bytes); }

 private:
  ClockSource& machine_;
  const TimeMs started_at_;
  const std::int64_t started_ns_;
};

}  // namespace hallway
