// Finite fields: what lines and difference families are drawn over.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace hallway::seating {

/// The field of p^k elements. Elements are numbers below p^k, read as polynomials over Z_p by their
/// digits to the base p; multiplication goes by logarithms.
class Field {
 public:
  /// Nothing unless `order` is a prime power, from 2 to 4,096.
  static std::optional<Field> of(std::uint32_t order);

  std::uint32_t order() const { return order_; }
  std::uint32_t add(std::uint32_t a, std::uint32_t b) const;
  std::uint32_t subtract(std::uint32_t a, std::uint32_t b) const;
  std::uint32_t multiply(std::uint32_t a, std::uint32_t b) const {
    if (a == 0 || b == 0) return 0;
    return powers_[(logarithms_[a] + logarithms_[b]) % (order_ - 1)];
  }
  /// Of an element whose powers are all but zero.
  std::uint32_t power(std::uint32_t exponent) const { return powers_[exponent % (order_ - 1)]; }

 private:
  Field(std::uint32_t order, std::uint32_t prime) : order_(order), prime_(prime) {}

  std::uint32_t times_x(std::uint32_t element, std::uint32_t reduction) const;
  bool generate(std::uint32_t reduction);

  std::uint32_t order_;
  std::uint32_t prime_;
  std::vector<std::uint32_t> powers_;
  std::vector<std::uint32_t> logarithms_;
};

}  // namespace hallway::seating
