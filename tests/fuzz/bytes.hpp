// The fuzzer's bytes as a source of small choices; zeros when they are used up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace hallway::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  bool empty() const { return left_ == 0; }
  std::size_t next() {
    if (left_ == 0) return 0;
    --left_;
    return *data_++;
  }
  /// 0 … `count` − 1.
  std::size_t below(std::size_t count) { return next() % count; }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

}  // namespace hallway::fuzz
