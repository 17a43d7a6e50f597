#include "rooms/seating/designs/field.hpp"

namespace hallway::seating {
namespace {

constexpr std::uint32_t order_max = 4096;

std::uint32_t smallest_factor(std::uint32_t number) {
  for (std::uint32_t factor = 2; factor * factor <= number; ++factor) {
    if (number % factor == 0) return factor;
  }
  return number;
}

}  // namespace

std::optional<Field> Field::of(std::uint32_t order) {
  if (order < 2 || order > order_max) return std::nullopt;
  const std::uint32_t prime = smallest_factor(order);
  std::uint32_t left = order;
  while (left % prime == 0) left /= prime;
  if (left != 1) return std::nullopt;

  Field field(order, prime);
  // x^k is some smaller polynomial; with one that makes x generate everything it is a field.
  for (std::uint32_t reduction = 1; reduction < order; ++reduction) {
    if (field.generate(reduction)) return field;
  }
  return std::nullopt;
}

std::uint32_t Field::add(std::uint32_t a, std::uint32_t b) const {
  std::uint32_t sum = 0;
  for (std::uint32_t place = 1; place < order_; place *= prime_) {
    sum += (a / place % prime_ + b / place % prime_) % prime_ * place;
  }
  return sum;
}

std::uint32_t Field::subtract(std::uint32_t a, std::uint32_t b) const {
  std::uint32_t difference = 0;
  for (std::uint32_t place = 1; place < order_; place *= prime_) {
    difference += (a / place % prime_ + prime_ - b / place % prime_) % prime_ * place;
  }
  return difference;
}

std::uint32_t Field::times_x(std::uint32_t element, std::uint32_t reduction) const {
  const std::uint32_t top = element / (order_ / prime_);
  std::uint32_t product = element % (order_ / prime_) * prime_;
  for (std::uint32_t time = 0; time < top; ++time) product = add(product, reduction);
  return product;
}

bool Field::generate(std::uint32_t reduction) {
  powers_.assign(1, 1);
  logarithms_.assign(order_, 0);
  for (std::uint32_t element = times_x(1, reduction); element != 1;
       element = times_x(element, reduction)) {
    if (element == 0 || powers_.size() == order_ - 1) return false;
    logarithms_[element] = static_cast<std::uint32_t>(powers_.size());
    powers_.push_back(element);
  }
  return powers_.size() == order_ - 1;
}

}  // namespace hallway::seating
