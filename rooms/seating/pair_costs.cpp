#include "rooms/seating/pair_costs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hallway::seating {
namespace {

std::int32_t scaled(double weight) {
  return static_cast<std::int32_t>(std::lround(weight * cost_scale));
}

/// People by what they have in `lists`, as (key, person) in order.
std::vector<std::pair<std::uint32_t, Person>> by_topic(
    const std::vector<std::vector<std::uint32_t>>& lists) {
  std::vector<std::pair<std::uint32_t, Person>> found;
  for (std::size_t person = 0; person < lists.size(); ++person) {
    for (const std::uint32_t topic : lists[person]) {
      found.emplace_back(topic, static_cast<Person>(person));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

PairCosts::PairCosts(const Problem& problem)
    : people_(problem.people),
      of_organisation_(scaled(problem.weights.org)),
      of_together_(-scaled(problem.weights.together)),
      cells_(std::size_t{problem.people} * problem.people) {
  fill_steps(problem.weights);
  add_organisations(problem);
  for (const MetPair& pair : problem.met_before) {
    add_fixed(pair.a, pair.b, scaled(problem.weights.met_before * pair.weight));
  }
  for (const auto& [a, b] : problem.apart) add_fixed(a, b, scaled(problem.weights.apart));
  add_asks(problem);
  for (const SeriesPair& pair : problem.met) {
    const std::uint32_t met = cell(pair.a, pair.b).met + pair.times;
    // Room is left for the rounds to come; that often met, nobody meets again if it can be helped.
    const auto kept = static_cast<std::uint8_t>(std::min<std::uint32_t>(met, 255 - rounds_max));
    mutable_cell(pair.a, pair.b).met = kept;
    mutable_cell(pair.b, pair.a).met = kept;
  }
  for (const auto& [a, b] : problem.together) {
    for (Cell* pair : {&mutable_cell(a, b), &mutable_cell(b, a)}) {
      pair->fixed = static_cast<std::int16_t>(of_together_);
      pair->kind = together_kind;
    }
  }
}

void PairCosts::fill_steps(const Weights& weights) {
  for (std::size_t met = 0; met < 256; ++met) {
    const double repeat =
        met == 0 ? 0 : weights.repeat + weights.repeat_growth * static_cast<double>(met - 1);
    steps_[0][met] = scaled(repeat);
    steps_[asks_kind][met] = met == 0 ? -scaled(weights.ask) : scaled(repeat);
  }
}

void PairCosts::add_fixed(Person a, Person b, std::int32_t cost) {
  constexpr std::int32_t most = std::numeric_limits<std::int16_t>::max();
  const std::int32_t sum = std::min(cell(a, b).fixed + cost, most);
  mutable_cell(a, b).fixed = static_cast<std::int16_t>(sum);
  mutable_cell(b, a).fixed = static_cast<std::int16_t>(sum);
}

void PairCosts::add_organisations(const Problem& problem) {
  std::vector<std::pair<std::uint32_t, Person>> members;
  for (std::size_t person = 0; person < problem.org.size(); ++person) {
    if (problem.org[person] != 0) members.emplace_back(problem.org[person], person);
  }
  std::sort(members.begin(), members.end());
  for (std::size_t first = 0; first < members.size(); ++first) {
    for (std::size_t other = first + 1;
         other < members.size() && members[other].first == members[first].first; ++other) {
      add_fixed(members[first].second, members[other].second, of_organisation_);
    }
  }
}

void PairCosts::add_asks(const Problem& problem) {
  const auto asks = by_topic(problem.ask);
  const auto offers = by_topic(problem.offer);
  for (const auto& [topic, asker] : asks) {
    const auto first = std::lower_bound(offers.begin(), offers.end(), std::pair{topic, Person{0}});
    for (auto offer = first; offer != offers.end() && offer->first == topic; ++offer) {
      if (offer->second == asker) continue;
      has_asks_ = true;
      mutable_cell(asker, offer->second).kind = asks_kind;
      mutable_cell(offer->second, asker).kind = asks_kind;
    }
  }
}

}  // namespace hallway::seating
