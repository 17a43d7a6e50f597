#include "rooms/seating/cooling.hpp"

#include <array>
#include <cmath>

namespace hallway::seating {
namespace {

constexpr std::size_t dice_sides = 1024;
constexpr std::int32_t log_scale = 1024;

/// −ln of the middle of each side, rounded far coarser than libraries differ.
std::array<std::int32_t, dice_sides> negative_logarithms() {
  std::array<std::int32_t, dice_sides> logarithms{};
  for (std::size_t side = 0; side < dice_sides; ++side) {
    const double middle = (static_cast<double>(side) + 0.5) / dice_sides;
    logarithms[side] = static_cast<std::int32_t>(std::lround(-std::log(middle) * log_scale));
  }
  return logarithms;
}

}  // namespace

bool Cooling::accepts(Cost worse, Random& random) const {
  if (worse <= 0) return true;
  static const std::array<std::int32_t, dice_sides> logarithms = negative_logarithms();
  return worse * log_scale <= Cost{temperature_} * logarithms[random.below(dice_sides)];
}

}  // namespace hallway::seating
