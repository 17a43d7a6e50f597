#include "rooms/seating/acquaintance.hpp"

namespace hallway::seating {
namespace {

constexpr std::uint8_t is_apart = 1;
constexpr std::uint8_t is_met = 2;
constexpr std::uint8_t is_together = 4;
constexpr std::size_t conflicts_of_apart = 10;

}  // namespace

Acquaintance::Acquaintance(const Problem& problem, Person person)
    : problem_(problem), person_(person), relations_(problem.people) {
  const auto mark = [&](Person a, Person b, std::uint8_t relation) {
    if (a == person) relations_[b] |= relation;
    if (b == person) relations_[a] |= relation;
  };
  for (const auto& [a, b] : problem.apart) mark(a, b, is_apart);
  for (const auto& [a, b] : problem.together) mark(a, b, is_together);
  for (const MetPair& pair : problem.met_before) {
    if (pair.weight > 0) mark(pair.a, pair.b, is_met);
  }
  for (const SeriesPair& pair : problem.met) {
    if (pair.times > 0) mark(pair.a, pair.b, is_met);
  }
}

Reception Acquaintance::at(const Group& table) const {
  Reception reception;
  for (const Person other : table) {
    const std::uint8_t relation = relations_[other];
    if ((relation & is_together) != 0) continue;
    if ((relation & is_apart) != 0) reception.conflicts += conflicts_of_apart;
    if (org_of(person_) != 0 && org_of(person_) == org_of(other)) ++reception.conflicts;
    if ((relation & is_met) != 0) ++reception.met;
  }
  return reception;
}

std::uint32_t Acquaintance::org_of(Person person) const {
  return problem_.org.empty() ? 0 : problem_.org[person];
}

}  // namespace hallway::seating
