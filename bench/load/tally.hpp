// What should have arrived and what did: a run is whole only when nothing is missing.
#pragma once

#include <cstdint>
#include <string>

#include "load/audience.hpp"
#include "load/wire.hpp"

namespace hallway::load {

struct Tally {
  std::uint64_t expected = 0;
  std::uint64_t delivered = 0;
  bool balanced = true;  // also of each part that was added
  std::uint64_t refusals = 0;
  std::uint64_t lost = 0;  // connections
  std::string first_refusal;

  Tally(std::uint64_t expected_deliveries, const Meter& meter)
      : expected(expected_deliveries),
        delivered(meter.deliveries),
        balanced(expected_deliveries == meter.deliveries),
        refusals(meter.refusals),
        lost(meter.lost),
        first_refusal(meter.first_refusal) {}

  void add(const Tally& other) {
    expected += other.expected;
    delivered += other.delivered;
    balanced = balanced && other.balanced;
    refusals += other.refusals;
    lost += other.lost;
    first_refusal = first_refusal.empty() ? other.first_refusal : first_refusal;
  }

  /// Below 0 when more came than was sent: something was doubled.
  [[nodiscard]] std::int64_t missing() const {
    return static_cast<std::int64_t>(expected) - static_cast<std::int64_t>(delivered);
  }
  [[nodiscard]] bool is_whole() const { return balanced && refusals == 0 && lost == 0; }

  void report(wire::Fields& fields) const {
    fields.add("expected_minus_delivered", missing());
    fields.add("refusals", refusals).add("first_refusal", first_refusal).add("lost", lost);
  }
};

}  // namespace hallway::load
