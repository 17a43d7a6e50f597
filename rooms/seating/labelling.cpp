#include "rooms/seating/labelling.hpp"

#include <algorithm>

#include "rooms/seating/cooling.hpp"
#include "rooms/seating/packing.hpp"

namespace hallway::seating {
namespace {

constexpr std::int32_t hottest = 150;
constexpr std::int32_t coldest = 8;

}  // namespace

Labelling::Labelling(const Design& design, const PairCosts& costs, const std::vector<Person>& hosts,
                     const std::vector<Person>& people, const std::vector<std::uint32_t>& org,
                     Random& random)
    : costs_(costs), random_(random), people_(design.points(), nobody) {
  find_mates(design);
  std::vector<bool> is_empty(design.points());
  for (const std::uint32_t point :
       apart_points(design.points() - hosts.size() - people.size(), true)) {
    is_empty[point] = true;
  }
  std::size_t host = 0;
  // Where empty points leave too few for hosts, some hosts have points that share a table.
  for (const std::uint32_t point : apart_points(design.points(), false)) {
    if (host < hosts.size() && !is_empty[point]) people_[point] = hosts[host++];
  }
  std::vector<std::size_t> capacities(design.size);
  for (std::uint32_t point = 0; point < design.points(); ++point) {
    if (is_empty[point] || people_[point] != nobody) continue;
    free_points_.push_back(point);
    ++capacities[point / design.tables];
  }
  const std::vector<Person> packed = pack_organisations(people, org, capacities);
  for (std::size_t at = 0; at < packed.size(); ++at) people_[free_points_[at]] = packed[at];
  for (std::uint32_t point = 0; point < design.points(); ++point) cost_ += price(point);
  cost_ /= 2;
}

std::uint64_t Labelling::improve(std::uint64_t proposals, Cost goal, const Budget& budget) {
  if (free_points_.size() < 2) return 0;
  Cooling cooling(hottest, coldest, proposals);
  std::vector<Person> best = people_;
  Cost best_cost = cost_;
  bool is_best_saved = true;
  std::uint64_t taken = 0;
  for (; taken < proposals && best_cost > goal; ++taken) {
    if (taken % 64 == 0) cooling.at(taken);
    if (taken % (free_points_.size() + 1) == 0) find_bad_points();
    if (taken % proposals_between_looks == 0 && budget.aborted && budget.aborted()) break;
    const std::uint32_t one = choose();
    const std::uint32_t two = free_points_[random_.below(free_points_.size())];
    if (one == two) continue;
    const Cost worse = difference(one, two);
    if (!cooling.accepts(worse, random_)) continue;
    if (worse > 0 && !is_best_saved) {
      best = people_;
      is_best_saved = true;
    }
    std::swap(people_[one], people_[two]);
    cost_ += worse;
    if (cost_ >= best_cost) continue;
    best_cost = cost_;
    is_best_saved = false;
  }
  if (is_best_saved) people_ = best;
  cost_ = best_cost;
  return taken;
}

void Labelling::find_mates(const Design& design) {
  mates_count_ = design.rounds.size() * (design.size - 1);
  mates_.reserve(mates_count_ * design.points());
  std::vector<std::vector<std::vector<std::uint32_t>>> tables(design.rounds.size());
  for (std::size_t round = 0; round < design.rounds.size(); ++round) {
    tables[round].resize(design.tables);
    for (std::uint32_t point = 0; point < design.points(); ++point) {
      tables[round][design.rounds[round][point]].push_back(point);
    }
  }
  for (std::uint32_t point = 0; point < design.points(); ++point) {
    for (std::size_t round = 0; round < design.rounds.size(); ++round) {
      for (const std::uint32_t mate : tables[round][design.rounds[round][point]]) {
        if (mate != point) mates_.push_back(mate);
      }
    }
  }
}

/// Points of which no two share a table, from either end; then others, where those are too few.
std::vector<std::uint32_t> Labelling::apart_points(std::size_t count, bool is_from_the_end) const {
  const auto points = static_cast<std::uint32_t>(people_.size());
  std::vector<bool> is_touched(points);
  std::vector<std::uint32_t> chosen;
  for (const bool is_touched_wanted : {false, true}) {
    std::vector<bool> is_chosen(points);
    for (const std::uint32_t point : chosen) is_chosen[point] = true;
    for (std::uint32_t step = 0; step < points && chosen.size() < count; ++step) {
      const std::uint32_t point = is_from_the_end ? points - 1 - step : step;
      if (is_chosen[point] || is_touched[point] != is_touched_wanted) continue;
      chosen.push_back(point);
      if (is_touched_wanted) continue;
      for (std::size_t mate = 0; mate < mates_count_; ++mate) {
        is_touched[mates_[point * mates_count_ + mate]] = true;
      }
    }
  }
  return chosen;
}

Cost Labelling::price(Person person, std::uint32_t point, std::uint32_t except) const {
  Cost sum = 0;
  if (person == nobody) return sum;
  const std::uint32_t* mates = &mates_[point * mates_count_];
  for (std::size_t mate = 0; mate < mates_count_; ++mate) {
    const Person other = people_[mates[mate]];
    if (mates[mate] != except && other != nobody) sum += between(person, other);
  }
  return sum;
}

Cost Labelling::difference(std::uint32_t one, std::uint32_t two) const {
  return price(people_[two], one, two) + price(people_[one], two, one) -
         price(people_[one], one, two) - price(people_[two], two, one);
}

void Labelling::find_bad_points() {
  bad_points_.clear();
  for (const std::uint32_t point : free_points_) {
    if (price(point) > 0) bad_points_.push_back(point);
  }
}

/// Half of the time somebody who pays.
std::uint32_t Labelling::choose() {
  if (bad_points_.empty() || random_.below(2) == 0) {
    return free_points_[random_.below(free_points_.size())];
  }
  return bad_points_[random_.below(bad_points_.size())];
}

}  // namespace hallway::seating
