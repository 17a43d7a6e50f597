#include "bench/seating/instances.hpp"

#include <algorithm>
#include <set>

#include "rooms/seating/random.hpp"

namespace seating_bench {
namespace {

using hallway::seating::Person;
using hallway::seating::Problem;
using hallway::seating::Random;
using hallway::seating::RoundSpec;
using hallway::seating::shuffle;
using hallway::seating::table_sizes;

constexpr std::uint64_t patience = 4'000'000;

std::vector<Person> everyone(std::uint32_t people) {
  std::vector<Person> present(people);
  for (Person person = 0; person < people; ++person) present[person] = person;
  return present;
}

/// The same people in every round, at tables whose sizes differ by one at most.
Problem steady(std::uint32_t people, std::uint32_t tables, std::size_t rounds) {
  Problem problem;
  problem.people = people;
  RoundSpec spec;
  for (std::uint32_t table = 0; table < tables; ++table) {
    spec.sizes.push_back(people / tables + (table < people % tables ? 1 : 0));
  }
  spec.present = everyone(people);
  problem.rounds.assign(rounds, spec);
  return problem;
}

/// Organisation k has a share proportional to 1/k.
void add_organisations(Problem& problem, std::uint32_t organisations, Random& random) {
  std::vector<double> shares;
  double sum = 0;
  for (std::uint32_t org = 1; org <= organisations; ++org) shares.push_back(sum += 1.0 / org);
  for (Person person = 0; person < problem.people; ++person) {
    const double drawn = sum * (random.below(1u << 30) / static_cast<double>(1u << 30));
    const auto at = std::lower_bound(shares.begin(), shares.end(), drawn);
    problem.org.push_back(static_cast<std::uint32_t>(at - shares.begin()) + 1);
  }
}

void add_hosts(Problem& problem, std::uint32_t hosts, Random& random) {
  std::vector<Person> people = everyone(problem.people);
  shuffle(people, random);
  for (std::uint32_t host = 0; host < hosts; ++host) problem.pins.push_back({people[host], host});
}

/// Distinct pairs, none of them seen before.
class Pairs {
 public:
  Pairs(std::uint32_t people, Random& random) : people_(people), random_(random) {}

  std::pair<Person, Person> draw() {
    for (;;) {
      const Person a = random_.below(people_);
      const Person b = random_.below(people_);
      if (a != b && seen_.insert(std::minmax(a, b)).second) return {a, b};
    }
  }

 private:
  std::uint32_t people_;
  Random& random_;
  std::set<std::pair<Person, Person>> seen_;
};

struct Wishes {
  std::uint32_t organisations, hosts, couples, apart, met_before;
};

void add_wishes(Problem& problem, const Wishes& wishes, Random& random) {
  if (wishes.organisations > 0) add_organisations(problem, wishes.organisations, random);
  add_hosts(problem, wishes.hosts, random);
  std::vector<bool> is_host(problem.people);
  for (const auto& pin : problem.pins) is_host[pin.person] = true;
  Pairs pairs(problem.people, random);
  std::set<Person> coupled;
  while (problem.together.size() < wishes.couples) {
    const auto [a, b] = pairs.draw();
    // Two hosts of different tables cannot be together, and nobody is in two couples.
    if (is_host[a] || is_host[b] || coupled.count(a) != 0 || coupled.count(b) != 0) continue;
    coupled.insert({a, b});
    problem.together.emplace_back(a, b);
  }
  for (std::uint32_t pair = 0; pair < wishes.apart; ++pair) problem.apart.push_back(pairs.draw());
  for (std::uint32_t pair = 0; pair < wishes.met_before; ++pair) {
    const auto [a, b] = pairs.draw();
    problem.met_before.push_back({a, b, 1.0});
  }
}

/// Of `people`, about a hundred come to each round: 15 % more or fewer.
Problem changing(std::uint32_t people, std::size_t rounds, std::uint32_t size, Random& random) {
  Problem problem;
  problem.people = people + people * 15 / 100;
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::uint32_t spread = people * 30 / 100;
    const std::uint32_t count = people - spread / 2 + random.below(spread + 1);
    std::vector<Person> present = everyone(problem.people);
    shuffle(present, random);
    present.resize(count);
    problem.rounds.push_back({table_sizes(count, size, 3), present});
  }
  return problem;
}

std::string named(std::uint32_t tables, std::uint32_t size, std::size_t rounds) {
  return std::to_string(tables) + "×" + std::to_string(size) + " w" + std::to_string(rounds);
}

void add_frontier(std::vector<Instance>& list) {
  // Most rounds known without a repeat, for 3 to 10 tables; sizes 2 and up.
  const std::vector<std::vector<std::size_t>> known = {
      {5, 4},
      {7, 4, 5},
      {9, 7, 5, 6},
      {11, 8, 7, 6, 3},
      {13, 10, 9, 7, 7, 8},
      {15, 11, 10, 8, 8, 8, 9},
      {17, 13, 0, 9, 9, 9, 9, 10},
      {19, 14, 13, 0, 7, 7, 5, 5, 4},
  };
  for (std::uint32_t row = 0; row < known.size(); ++row) {
    for (std::uint32_t column = 0; column < known[row].size(); ++column) {
      const std::size_t rounds = known[row][column];
      if (rounds == 0) continue;
      const std::uint32_t tables = row + 3;
      const std::uint32_t size = column + 2;
      Instance instance{named(tables, size, rounds), "frontier",
                        steady(tables * size, tables, rounds), patience};
      instance.cpu_ms_max = 5000;
      instance.size = size;
      list.push_back(instance);
    }
  }
}

void add_plain(std::vector<Instance>& list) {
  struct Row {
    std::uint32_t tables, size;
    std::size_t rounds;
    double cpu_ms_max;
  };
  for (const Row& row : std::vector<Row>{{8, 4, 10, 50},
                                         {5, 5, 6, 50},
                                         {10, 4, 13, 50},
                                         {7, 4, 9, 50},
                                         {7, 3, 10, 1000},
                                         {6, 3, 8, 1000},
                                         {10, 3, 14, 1000},
                                         {6, 5, 6, 1000},
                                         {25, 4, 12, 20},
                                         {50, 6, 8, 20},
                                         {100, 8, 6, 20},
                                         {250, 6, 8, 20}}) {
    Instance instance{named(row.tables, row.size, row.rounds), "given",
                      steady(row.tables * row.size, row.tables, row.rounds), patience};
    instance.cpu_ms_max = row.cpu_ms_max;
    list.push_back(instance);
  }
  Instance uneven{"37 people, 8 tables, w8", "given", steady(37, 8, 8), patience};
  uneven.cpu_ms_max = 50;
  list.push_back(uneven);
  Instance tight24{"24 people, 6×4 w10", "given", steady(24, 6, 10), patience, 84, 2, 200};
  Instance tight32{"32 people, 8×4 w15", "given", steady(32, 8, 15), patience, 224, 2, 200};
  list.push_back(tight24);
  list.push_back(tight32);
}

void add_peopled(std::vector<Instance>& list, Random& random) {
  struct Row {
    std::string name;
    std::uint32_t people, tables;
    std::size_t rounds;
    Wishes wishes;
    double cpu_ms_max;
  };
  const std::vector<Row> rows = {
      {"60 people, 12 tables, w10, organisations", 60, 12, 10, {15, 0, 0, 0, 0}, 2000},
      {"120 people, 20 tables, w8, hosts, apart, history", 120, 20, 8, {30, 20, 0, 40, 300}, 500},
      {"300 people, 50 tables, w8, couples and all of it",
       300,
       50,
       8,
       {75, 20, 10, 100, 1500},
       1000},
      {"1000 people, 250 tables, w8, couples and all of it",
       1000,
       250,
       8,
       {75, 20, 10, 100, 1500},
       200},
  };
  for (const Row& row : rows) {
    Instance instance{row.name, "given", steady(row.people, row.tables, row.rounds), patience};
    add_wishes(instance.problem, row.wishes, random);
    instance.cpu_ms_max = row.cpu_ms_max;
    list.push_back(instance);
  }
  Instance online{"100 ± 15 people, tables of 5, w10, online", "online",
                  changing(100, 10, 5, random), 400'000};
  add_organisations(online.problem, 25, random);
  online.cpu_ms_max = 50;
  online.is_online = true;
  list.push_back(online);
}

}  // namespace

std::vector<Instance> instances(std::uint64_t variant) {
  Random random(variant);
  std::vector<Instance> list;
  add_frontier(list);
  add_plain(list);
  add_peopled(list, random);
  return list;
}

}  // namespace seating_bench
