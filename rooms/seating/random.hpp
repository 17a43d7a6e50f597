// The dice of the seating engine: small, fast, and the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hallway::seating {

/// SplitMix64 (Steele, Lea, Flood 2014): one addition and three mixing steps a number.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15u);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }

  /// 0 to count−1; count is 1 to 2³². Multiplied and shifted instead of divided: the bias is below
  /// count / 2³².
  std::uint32_t below(std::size_t count) {
    return static_cast<std::uint32_t>(((next() >> 32) * count) >> 32);
  }

 private:
  std::uint64_t state_;
};

template <class List>
void shuffle(List& list, Random& random) {
  for (std::size_t left = list.size(); left > 1; --left) {
    const std::uint32_t chosen = random.below(left);
    auto kept = list[left - 1];
    list[left - 1] = list[chosen];
    list[chosen] = kept;
  }
}

}  // namespace hallway::seating
