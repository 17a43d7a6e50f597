#include "rooms/seating/construction.hpp"

#include <algorithm>
#include <limits>

#include "rooms/seating/fill.hpp"
#include "rooms/seating/labelling.hpp"

namespace hallway::seating {
namespace {

/// With fewer rounds than that a design is no better than seating person by person.
constexpr std::size_t design_rounds_min = 2;
constexpr std::uint64_t coolings = 4;
constexpr std::uint64_t proposals_each = 500;  ///< Of a cooling, for each point: enough to settle.

class Construction {
 public:
  Construction(const Problem& problem, PairCosts& costs, Random& random, const Budget& budget)
      : problem_(problem), costs_(costs), random_(random), budget_(budget) {}

  /// One design after the other, each labelled so that it repeats as little as possible of those
  /// before: the rounds that no design covers alone are covered by several.
  Constructed run() {
    find_people();
    while (result_.plan.rounds.size() < problem_.rounds.size()) {
      const std::size_t left = problem_.rounds.size() - result_.plan.rounds.size();
      const Design design =
          left < design_rounds_min || tables_ < 2 ? Design{} : best_design(tables_, size_, left);
      if (design.rounds.size() >= design_rounds_min) {
        seat_by(design);
      } else {
        seat_one_by_one();
      }
    }
    return std::move(result_);
  }

 private:
  /// Who is present in any round to come, and tables for all of them.
  void find_people() {
    std::vector<bool> is_present(problem_.people);
    for (const RoundSpec& spec : problem_.rounds) {
      tables_ = std::max(tables_, static_cast<std::uint32_t>(spec.sizes.size()));
      for (const Person person : spec.present) is_present[person] = true;
    }
    std::vector<bool> is_host(problem_.people);
    std::vector<bool> has_host(tables_);
    for (const Pin& pin : problem_.pins) {
      if (pin.table >= tables_ || has_host[pin.table] || !is_present[pin.person]) continue;
      has_host[pin.table] = true;
      is_host[pin.person] = true;
      hosts_.push_back(pin.person);
    }
    for (Person person = 0; person < problem_.people; ++person) {
      if (is_present[person] && !is_host[person]) others_.push_back(person);
    }
    const std::size_t people = hosts_.size() + others_.size();
    if (tables_ > 0) size_ = static_cast<std::uint32_t>((people + tables_ - 1) / tables_);
  }

  void seat_by(const Design& design) {
    const std::size_t first = result_.plan.rounds.size();
    // Later designs start from another order: it is the earlier one that they must not repeat.
    if (first > 0) shuffle(others_, random_);
    static const std::vector<std::uint32_t> of_none;
    Labelling labelling(design, costs_, hosts_, others_, first == 0 ? problem_.org : of_none,
                        random_);
    // Short coolings that start from the best so far find more than one long one.
    const Cost goal = goal_of(first, design.rounds.size());
    const std::uint64_t share =
        std::min(proposals_left() / coolings, proposals_each * design.points());
    for (std::uint64_t cooling = 0; cooling < coolings && labelling.cost() > goal; ++cooling) {
      result_.proposals += labelling.improve(share, goal, budget_);
    }
    for (const auto& tables : design.rounds) {
      const RoundSpec& spec = problem_.rounds[result_.plan.rounds.size()];
      keep(fill(problem_, spec, costs_, wishes(tables, design.tables, labelling.people(), spec)));
    }
  }

  std::uint64_t proposals_left() const {
    return budget_.proposals / 4 - std::min(budget_.proposals / 4, result_.proposals);
  }

  /// What no labelling can fall below: of a design that stands alone its organisations; of one that
  /// completes the plan the repeats as well, since the plan so far has none of what it lacks.
  Cost goal_of(std::size_t first, std::size_t rounds) const {
    const bool is_last = first + rounds == problem_.rounds.size();
    if (costs_.has_asks() || (first > 0 && !is_last)) return std::numeric_limits<Cost>::min();
    Problem covered;
    covered.people = problem_.people;
    covered.org = problem_.org;
    covered.together = problem_.together;
    covered.rounds.assign(problem_.rounds.begin() + static_cast<std::ptrdiff_t>(first),
                          problem_.rounds.begin() + static_cast<std::ptrdiff_t>(first + rounds));
    const Cost of_organisations =
        static_cast<Cost>(lower_bounds(covered).same_org) * costs_.of_organisation();
    if (first == 0) return of_organisations;
    return of_organisations +
           static_cast<Cost>(lower_bounds(problem_).repeats) * costs_.of_repeat();
  }

  /// The tables of one round of the design, numbered so that hosts are at theirs, and larger ones
  /// where there are more seats.
  std::vector<std::uint32_t> wishes(const std::vector<std::uint16_t>& tables, std::uint32_t count,
                                    const std::vector<Person>& people,
                                    const RoundSpec& spec) const {
    std::vector<bool> is_present(problem_.people);
    for (const Person person : spec.present) is_present[person] = true;
    std::vector<Group> groups(count);
    for (std::size_t point = 0; point < people.size(); ++point) {
      const Person person = people[point];
      if (person != nobody && is_present[person]) groups[tables[point]].push_back(person);
    }
    const std::vector<std::uint32_t> numbers = numbered(groups, spec);
    std::vector<std::uint32_t> wanted(problem_.people, no_table);
    for (std::size_t group = 0; group < groups.size(); ++group) {
      for (const Person person : groups[group]) wanted[person] = numbers[group];
    }
    return wanted;
  }

  std::vector<std::uint32_t> numbered(const std::vector<Group>& groups,
                                      const RoundSpec& spec) const {
    const std::vector<std::uint32_t> pinned = pinned_tables(problem_, spec);
    std::vector<std::uint32_t> numbers(groups.size(), no_table);
    std::vector<bool> is_taken(spec.sizes.size());
    for (std::size_t group = 0; group < groups.size(); ++group) {
      for (const Person person : groups[group]) {
        const std::uint32_t table = pinned[person];
        if (table == no_table || is_taken[table] || numbers[group] != no_table) continue;
        numbers[group] = table;
        is_taken[table] = true;
      }
    }
    std::vector<std::uint32_t> free_groups;
    std::vector<std::uint32_t> free_tables;
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
      if (numbers[group] == no_table) free_groups.push_back(group);
    }
    for (std::uint32_t table = 0; table < spec.sizes.size(); ++table) {
      if (!is_taken[table]) free_tables.push_back(table);
    }
    std::stable_sort(free_groups.begin(), free_groups.end(), [&](std::size_t a, std::size_t b) {
      return groups[a].size() > groups[b].size();
    });
    std::stable_sort(free_tables.begin(), free_tables.end(),
                     [&](std::size_t a, std::size_t b) { return spec.sizes[a] > spec.sizes[b]; });
    for (std::size_t at = 0; at < std::min(free_groups.size(), free_tables.size()); ++at) {
      numbers[free_groups[at]] = free_tables[at];
    }
    return numbers;
  }

  void seat_one_by_one() {
    RoundSpec spec = problem_.rounds[result_.plan.rounds.size()];
    shuffle(spec.present, random_);
    keep(fill(problem_, spec, costs_, {}));
  }

  void keep(Seats seats) {
    count_meetings(seats, costs_);
    result_.plan.rounds.push_back(std::move(seats));
  }

  const Problem& problem_;
  PairCosts& costs_;
  Random& random_;
  const Budget& budget_;
  Constructed result_;
  std::vector<Person> hosts_;  ///< One a table at most; other hosts are put there at the end.
  std::vector<Person> others_;
  std::uint32_t tables_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace

Constructed construct(const Problem& problem, PairCosts& costs, Random& random,
                      const Budget& budget) {
  return Construction(problem, costs, random, budget).run();
}

}  // namespace hallway::seating
