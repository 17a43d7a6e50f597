// Seating problems to test with: plain ones, and random ones of every kind.
#pragma once

#include <algorithm>
#include <numeric>
#include <set>

#include "rooms/seating/random.hpp"
#include "rooms/seating/seating.hpp"

namespace hallway::seating::test {

inline std::vector<Person> everyone(std::uint32_t people) {
  std::vector<Person> present(people);
  std::iota(present.begin(), present.end(), 0u);
  return present;
}

/// The same people in each round, at tables of about that size.
inline Problem steady(std::uint32_t people, std::uint32_t size, std::size_t rounds) {
  Problem problem;
  problem.people = people;
  problem.rounds.assign(rounds, {table_sizes(people, size, 2), everyone(people)});
  return problem;
}

inline bool are_same(const Plan& one, const Plan& two) {
  return one.rounds == two.rounds;
}

/// What an unthinking shuffle makes: what Zoom does.
inline Plan shuffled(const Problem& problem, std::uint64_t seed) {
  Random random(seed);
  Plan plan;
  for (const RoundSpec& spec : problem.rounds) {
    std::vector<Person> people = spec.present;
    shuffle(people, random);
    Seats seats;
    auto next = people.begin();
    for (const std::uint32_t size : spec.sizes) {
      seats.emplace_back(next, next + size);
      next += size;
    }
    plan.rounds.push_back(std::move(seats));
  }
  return plan;
}

/// Any number of people from 3 up, tables of any size, some of every constraint, and people who
/// come and go. What can be kept for certain is: hosts have tables of their own, couples are
/// strangers to hosts and to other couples, and few are kept apart.
inline Problem random_problem(Random& random, std::uint32_t people_max) {
  Problem problem;
  problem.people = 3 + random.below(people_max - 2);
  const std::uint32_t people = problem.people;
  const std::uint32_t size = 2 + random.below(8);
  const std::size_t rounds = 1 + random.below(6);
  const bool has_churn = random.below(2) == 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<Person> present = everyone(people);
    shuffle(present, random);
    if (has_churn) present.resize(std::max(3u, people - random.below(people / 3 + 1)));
    const auto count = static_cast<std::uint32_t>(present.size());
    problem.rounds.push_back({table_sizes(count, size, 2 + random.below(2)), present});
  }
  std::vector<Person> order = everyone(people);
  shuffle(order, random);
  std::size_t tables = people;
  for (const RoundSpec& spec : problem.rounds) tables = std::min(tables, spec.sizes.size());
  const std::uint32_t hosts = random.below(tables + 1);
  for (std::uint32_t host = 0; host < hosts; ++host) problem.pins.push_back({order[host], host});
  if (random.below(2) == 0) {
    const std::uint32_t orgs = 1 + random.below(people);
    for (Person person = 0; person < people; ++person) problem.org.push_back(random.below(orgs));
  }
  for (std::uint32_t pair = random.below(people); pair > 0; --pair) {
    const Person a = random.below(people);
    const Person b = random.below(people);
    if (a != b) problem.met_before.push_back({a, b, random.below(101) / 100.0});
  }
  if (random.below(3) == 0) {
    problem.ask.resize(people);
    problem.offer.resize(people);
    for (Person person = 0; person < people; ++person) {
      problem.ask[person] = {random.below(10)};
      problem.offer[person] = {random.below(10)};
    }
  }
  return problem;
}

}  // namespace hallway::seating::test
