// Measures the seating engine and its rivals on every instance, one JSON line each:
//
//   hallway-seating [--variant N] [--no-rivals]
//
// CPU time is the process's own. What a plan is worth is what `measure` finds, and a target is met
// if it finds no more repeats than required, organisations at their bound, and all else kept.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "bench/seating/instances.hpp"
#include "bench/seating/rivals.hpp"
#include "rooms/seating/designs/design.hpp"
#include "rooms/seating/series.hpp"

namespace {

using namespace seating_bench;
using namespace hallway::seating;

constexpr std::uint64_t seed = 1;

double cpu_ms() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

struct Measured {
  Quality quality;
  double cpu_ms = 0;  ///< Online: of the slowest round.
};

Measured plan_ahead(const Instance& instance) {
  const double began = cpu_ms();
  const Plan plan = solve(instance.problem, {instance.proposals, seed, {}});
  const double used = cpu_ms() - began;
  return {measure(instance.problem, plan), used};
}

Measured plan_online(const Instance& instance) {
  Problem people = instance.problem;
  people.rounds.clear();
  Series series(people);
  Plan plan;
  double slowest = 0;
  for (const RoundSpec& spec : instance.problem.rounds) {
    const double began = cpu_ms();
    plan.rounds.push_back(series.next(spec, {instance.proposals, seed, {}}));
    slowest = std::max(slowest, cpu_ms() - began);
  }
  return {measure(instance.problem, plan), slowest};
}

bool is_met(const Instance& instance, const Measured& measured) {
  const Quality& quality = measured.quality;
  return quality.valid && quality.pairs_repeated <= instance.repeats_max &&
         quality.max_times <= instance.times_max && measured.cpu_ms <= instance.cpu_ms_max &&
         quality.same_org <= lower_bounds(instance.problem).same_org &&
         quality.met_before + quality.apart_broken == 0 &&
         quality.together_broken + quality.pins_broken == 0;
}

std::string method_of(const Instance& instance) {
  const Problem& problem = instance.problem;
  if (instance.is_online) return "round by round";
  const RoundSpec& spec = problem.rounds.front();
  const auto tables = static_cast<std::uint32_t>(spec.sizes.size());
  const Design design = best_design(tables, spec.sizes.front(), problem.rounds.size());
  std::string method = design.method;
  const bool is_whole = design.rounds.size() == problem.rounds.size();
  if (!is_whole) method += ", twice";
  if (!problem.org.empty() || !problem.pins.empty()) method += ", labelled";
  if (!problem.pins.empty()) method += ", swaps";
  return method;
}

void print_quality(const char* name, const Quality& quality, double used_ms) {
  std::printf(
      "\"%s\":{\"repeats\":%zu,\"same_org\":%zu,\"apart\":%zu,\"met_before\":%zu,"
      "\"together_broken\":%zu,\"pins_broken\":%zu,\"max_times\":%zu,\"cpu_ms\":%.3f}",
      name, quality.pairs_repeated, quality.same_org, quality.apart_broken, quality.met_before,
      quality.together_broken, quality.pins_broken, quality.max_times, used_ms);
}

void run(const Instance& instance, bool has_rivals) {
  const Measured measured = instance.is_online ? plan_online(instance) : plan_ahead(instance);
  const Bounds bounds = lower_bounds(instance.problem);
  std::printf(
      "{\"name\":\"%s\",\"group\":\"%s\",\"tables\":%zu,\"size\":%u,\"rounds\":%zu,"
      "\"people\":%u,\"met\":%s,\"method\":\"%s\",\"required\":{\"repeats\":%zu,"
      "\"max_times\":%zu,\"cpu_ms\":%g},\"bounds\":{\"repeats\":%zu,\"same_org\":%zu},",
      instance.name.c_str(), instance.group.c_str(), instance.problem.rounds.front().sizes.size(),
      instance.size.value_or(0), instance.problem.rounds.size(), instance.problem.people,
      is_met(instance, measured) ? "true" : "false", method_of(instance).c_str(),
      instance.repeats_max, instance.times_max, instance.cpu_ms_max, bounds.repeats,
      bounds.same_org);
  print_quality("hallway", measured.quality, measured.cpu_ms);
  if (has_rivals) {
    double began = cpu_ms();
    const Plan random = shuffled(instance.problem, seed);
    const double random_ms = cpu_ms() - began;
    std::printf(",");
    print_quality("random", measure(instance.problem, random), random_ms);
    began = cpu_ms();
    const Plan evolved = genetic(instance.problem, seed);
    const double genetic_ms = cpu_ms() - began;
    std::printf(",");
    print_quality("genetic", measure(instance.problem, evolved), genetic_ms);
  }
  std::printf("}\n");
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  std::uint64_t variant = 1;
  bool has_rivals = true;
  for (int index = 1; index < count; ++index) {
    if (std::strcmp(words[index], "--no-rivals") == 0) {
      has_rivals = false;
    } else if (std::strcmp(words[index], "--variant") == 0 && index + 1 < count) {
      variant = std::strtoull(words[++index], nullptr, 10);
    } else {
      std::fprintf(stderr, "hallway-seating [--variant N] [--no-rivals]\n");
      return 2;
    }
  }
  for (const Instance& instance : instances(variant)) run(instance, has_rivals);
  return 0;
}
