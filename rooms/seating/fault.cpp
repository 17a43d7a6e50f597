// What a problem must hold before anything else looks at it.
#include <algorithm>
#include <set>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {
namespace {

bool is_weight(double weight) {
  return weight >= 0 && weight <= weight_max;
}

std::string fault_of_weights(const Weights& weights) {
  for (const double weight : {weights.repeat, weights.repeat_growth, weights.org,
                              weights.met_before, weights.apart, weights.together, weights.ask}) {
    if (!is_weight(weight)) return "weights: each is from 0 to 300";
  }
  return {};
}

std::string fault_of_round(const Problem& problem, std::size_t round) {
  const RoundSpec& spec = problem.rounds[round];
  const std::string where = "rounds[" + std::to_string(round) + "]";
  std::vector<bool> is_present(problem.people);
  for (const Person person : spec.present) {
    if (person >= problem.people) return where + ".present: there is no such person";
    if (is_present[person]) return where + ".present: a person twice";
    is_present[person] = true;
  }
  std::uint64_t seats = 0;
  for (const std::uint32_t size : spec.sizes) {
    if (size == 0) return where + ".sizes: a table has a seat at least";
    seats += size;
  }
  if (seats != spec.present.size()) {
    return where + ".sizes: together as many seats as people are present";
  }
  return {};
}

/// Pairs of any kind: who is in them exists, and is no pair with themselves.
template <class Pairs, class First, class Second>
std::string fault_of_pairs(const std::string& field, std::uint32_t people, const Pairs& pairs,
                           First first, Second second) {
  if (pairs.size() > pairs_max) return field + ": too many pairs";
  for (const auto& pair : pairs) {
    const Person a = pair.*first;
    const Person b = pair.*second;
    if (a >= people || b >= people) return field + ": there is no such person";
    if (a == b) return field + ": a person is no pair with themselves";
  }
  return {};
}

std::string fault_of_lists(const std::string& field, std::uint32_t people,
                           const std::vector<std::vector<std::uint32_t>>& lists) {
  if (!lists.empty() && lists.size() != people) return field + ": a list for each person, or none";
  const bool is_long = std::any_of(lists.begin(), lists.end(),
                                   [](const auto& list) { return list.size() > topics_max; });
  return is_long ? field + ": too many topics of one person" : std::string();
}

std::string fault_of_contradictions(const Problem& problem) {
  std::set<std::pair<Person, Person>> apart;
  for (const auto& [a, b] : problem.apart) apart.insert(std::minmax(a, b));
  for (const auto& [a, b] : problem.together) {
    if (apart.count(std::minmax(a, b)) != 0) return "together: a pair is also kept apart";
  }
  return {};
}

std::string fault_of_pins(const Problem& problem) {
  std::set<Person> pinned;
  for (const Pin& pin : problem.pins) {
    if (pin.person >= problem.people) return "pins: there is no such person";
    if (!pinned.insert(pin.person).second) return "pins: a person twice";
  }
  return {};
}

}  // namespace

std::string fault(const Problem& problem) {
  if (problem.people > people_max) return "people: too many";
  if (problem.rounds.size() > rounds_max) return "rounds: too many";
  if (!problem.org.empty() && problem.org.size() != problem.people) {
    return "org: one for each person, or none";
  }
  using Ends = std::pair<Person, Person>;
  const std::uint32_t people = problem.people;
  std::vector<std::string> faults = {
      fault_of_weights(problem.weights),
      fault_of_pairs("apart", people, problem.apart, &Ends::first, &Ends::second),
      fault_of_pairs("together", people, problem.together, &Ends::first, &Ends::second),
      fault_of_pairs("met_before", people, problem.met_before, &MetPair::a, &MetPair::b),
      fault_of_pairs("met", people, problem.met, &SeriesPair::a, &SeriesPair::b),
      fault_of_lists("ask", people, problem.ask),
      fault_of_lists("offer", people, problem.offer),
      fault_of_pins(problem),
      fault_of_contradictions(problem)};
  for (std::size_t round = 0; round < problem.rounds.size(); ++round) {
    faults.push_back(fault_of_round(problem, round));
  }
  for (const MetPair& pair : problem.met_before) {
    if (!(pair.weight >= 0 && pair.weight <= 1)) faults.push_back("met_before: a weight is 0 to 1");
  }
  for (const std::string& sentence : faults) {
    if (!sentence.empty()) return sentence;
  }
  return {};
}

}  // namespace hallway::seating
