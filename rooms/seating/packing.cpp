#include "rooms/seating/packing.hpp"

#include <algorithm>
#include <map>

namespace hallway::seating {
namespace {

/// The groups whose sizes add up to as much of `capacity` as possible; by dynamic programming over
/// sums, O(groups × capacity).
std::vector<std::size_t> best_fitting(const std::vector<Group>& groups, std::size_t capacity) {
  constexpr std::size_t none = ~std::size_t{0};
  std::vector<std::size_t> last(capacity + 1, none);  ///< The group that first reached each sum.
  std::vector<bool> is_reached(capacity + 1);
  is_reached[0] = true;
  for (std::size_t group = 0; group < groups.size() && !is_reached[capacity]; ++group) {
    const std::size_t size = groups[group].size();
    for (std::size_t sum = capacity; size > 0 && sum >= size; --sum) {
      if (is_reached[sum] || !is_reached[sum - size]) continue;
      is_reached[sum] = true;
      last[sum] = group;
    }
  }
  std::vector<std::size_t> chosen;
  std::size_t sum = capacity;
  while (!is_reached[sum]) --sum;
  while (sum > 0) {
    chosen.push_back(last[sum]);
    sum -= groups[last[sum]].size();
  }
  return chosen;
}

}  // namespace

std::vector<Person> pack_organisations(const std::vector<Person>& people,
                                       const std::vector<std::uint32_t>& org,
                                       const std::vector<std::size_t>& capacities) {
  std::map<std::uint32_t, Group> members;
  if (!org.empty()) {
    for (const Person person : people) {
      if (org[person] != 0) members[org[person]].push_back(person);
    }
  }
  std::vector<Group> groups;
  std::vector<bool> is_grouped(org.size());
  for (auto& [name, group] : members) {
    if (group.size() < 2) continue;
    for (const Person person : group) is_grouped[person] = true;
    groups.push_back(std::move(group));
  }
  std::vector<Person> fillers;
  for (const Person person : people) {
    if (org.empty() || !is_grouped[person]) fillers.push_back(person);
  }

  std::vector<Person> packed;
  const auto take = [&packed](Group& group, std::size_t count) {
    packed.insert(packed.end(), group.end() - static_cast<std::ptrdiff_t>(count), group.end());
    group.resize(group.size() - count);
  };
  std::vector<std::size_t> gaps;  // Positions that fillers get, once all columns have their share.
  for (std::size_t capacity : capacities) {
    const auto by_size = [](const Group& a, const Group& b) { return a.size() > b.size(); };
    std::stable_sort(groups.begin(), groups.end(), by_size);
    if (!groups.empty()) {
      const std::size_t count = std::min(groups.front().size(), capacity);
      take(groups.front(), count);
      capacity -= count;
    }
    for (const std::size_t group : best_fitting(groups, capacity)) {
      capacity -= groups[group].size();
      take(groups[group], groups[group].size());
    }
    for (; capacity > 0; --capacity) {
      gaps.push_back(packed.size());
      packed.push_back(0);
    }
  }
  // What fits nowhere in one piece fills gaps as well.
  for (const Group& group : groups) fillers.insert(fillers.end(), group.begin(), group.end());
  for (std::size_t gap = 0; gap < gaps.size(); ++gap) packed[gaps[gap]] = fillers[gap];
  return packed;
}

}  // namespace hallway::seating
