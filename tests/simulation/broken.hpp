// What a simulation throws when a rule does not hold; and its one source of chance.
#pragma once

#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hallway::simulation {

/// Every frame is printed, for whoever looks into one seed.
inline bool is_traced = false;

struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void must(bool holds, const std::string& sentence) {
  if (!holds) throw Broken(sentence);
}

/// The same seed gives the same numbers on every machine (no standard distribution is used).
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t next() { return engine_(); }
  /// 0 … `bound` - 1.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
  bool one_in(std::size_t times) { return below(times) == 0; }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace hallway::simulation
