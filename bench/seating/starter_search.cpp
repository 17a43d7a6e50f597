// Searches for starters: rounds that, developed over a cyclic group, give a whole plan. What it
// finds is kept in rooms/seating/designs/catalogue.cpp.
//
//   hallway-starters TABLES SIZE GROUP[+] STRIDE,STRIDE,… [SEED] [SECONDS]
//
// The people are orbits of the group Z_GROUP, (orbit, x) numbered orbit·GROUP + x; those that are
// left at the end, fewer than GROUP, it leaves alone, or with a + turns around too. For each
// STRIDE, a divisor of GROUP, a base round is sought that adding STRIDE to all x does not change;
// adding 0, 1, …, STRIDE−1 makes as many rounds of it. Of tables that are the same but for
// multiples of STRIDE the first is kept.
//
// What a pair costs depends on its orbit alone, so that there is GROUP times less to look at than a
// plan has. Simulated annealing by swaps (and, below GROUP, by adding STRIDE to one person),
// started anew until nothing is left but the repeats that counting forces.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "rooms/seating/random.hpp"

namespace {

using hallway::seating::Random;

struct Shape {
  unsigned tables, size, group;
  bool is_rest_turning;  ///< The people beyond the last whole orbit are an orbit as well.
  std::vector<unsigned> strides;

  unsigned people() const { return tables * size; }
  unsigned rest() const { return people() % group; }
  unsigned moving() const { return people() - rest(); }
  unsigned rounds() const { return std::accumulate(strides.begin(), strides.end(), 0u); }
};

/// The person that `by` makes of somebody.
unsigned shifted(const Shape& shape, unsigned person, unsigned by) {
  if (person < shape.moving()) {
    const unsigned x = person % shape.group;
    return person - x + (x + by) % shape.group;
  }
  if (!shape.is_rest_turning) return person;
  return shape.moving() + (person - shape.moving() + by) % shape.rest();
}

/// The first of the people whom adding multiples of `stride` makes of one another.
bool is_first(const Shape& shape, unsigned person, unsigned stride) {
  for (unsigned by = stride; by < shape.group; by += stride) {
    if (shifted(shape, person, by) < person) return false;
  }
  return true;
}

/// Pairs of people by the orbit of the group they are in.
class Orbits {
 public:
  explicit Orbits(const Shape& shape)
      : people_(shape.people()), of_(std::size_t{people_} * people_, none) {
    for (unsigned a = 0; a < people_; ++a) {
      for (unsigned b = 0; b < people_; ++b) {
        if (a != b && of_[a * people_ + b] == none) add(shape, a, b);
      }
    }
  }

  unsigned of(unsigned a, unsigned b) const { return of_[a * people_ + b]; }
  std::size_t count() const { return sizes_.size(); }
  unsigned size(unsigned orbit) const { return sizes_[orbit]; }

 private:
  static constexpr unsigned none = ~0u;

  void add(const Shape& shape, unsigned a, unsigned b) {
    const auto orbit = static_cast<unsigned>(sizes_.size());
    sizes_.push_back(0);
    for (unsigned by = 0; by < shape.group; ++by) {
      const unsigned c = shifted(shape, a, by);
      const unsigned d = shifted(shape, b, by);
      if (of_[c * people_ + d] != none) continue;
      of_[c * people_ + d] = orbit;
      of_[d * people_ + c] = orbit;
      ++sizes_[orbit];
    }
  }

  unsigned people_;
  std::vector<unsigned> of_;
  std::vector<unsigned> sizes_;
};

class Search {
 public:
  Search(const Shape& shape, std::uint64_t seed)
      : shape_(shape), orbits_(shape), random_(seed), met_(orbits_.count()) {
    std::size_t first = 0;
    for (const unsigned stride : shape.strides) {
      const std::size_t seats = shape.people() / (shape.group / stride);
      bases_.push_back({first, seats, stride});
      first += seats;
    }
    seats_.resize(first);
  }

  /// The repeats that counting alone forces.
  long forced() const {
    const long people = shape_.people();
    const long slots = static_cast<long>(shape_.rounds()) * people * (shape_.size - 1) / 2;
    const long pairs = people * (people - 1) / 2;
    return slots > pairs ? slots - pairs : 0;
  }

  /// One annealing; true when nothing but what is forced is left.
  bool anneal(std::size_t steps, double hottest, double coldest) {
    scramble();
    for (std::size_t step = 0; step < steps; ++step) {
      const double share = static_cast<double>(step) / static_cast<double>(steps);
      propose(hottest * std::pow(coldest / hottest, share));
      if (cost_ <= static_cast<double>(forced()) + 0.01) return true;
    }
    return false;
  }

  double cost() const { return cost_; }

  void print() const {
    std::printf("// %u tables of %u, %u rounds.\n{%u, %u, %u, %s, {", shape_.tables, shape_.size,
                shape_.rounds(), shape_.tables, shape_.size, shape_.group,
                shape_.is_rest_turning ? "true" : "false");
    for (std::size_t base = 0; base < bases_.size(); ++base) {
      std::printf("%s%u", base == 0 ? "" : ", ", bases_[base].stride);
    }
    std::printf("}, {");
    for (std::size_t seat = 0; seat < seats_.size(); ++seat) {
      std::printf("%s%u", seat == 0 ? "" : ", ", seats_[seat]);
    }
    std::printf("}},\n");
    std::fflush(stdout);
  }

 private:
  struct Base {
    std::size_t first, seats;  ///< Where its seats are in `seats_`.
    unsigned stride;
  };

  /// Of one pair that meets `times` times, as the seating engine weighs it.
  static double price(double times) {
    return times < 2 ? 0 : (times - 1) + 0.75 * (times - 1) * (times - 2);
  }
  double price(unsigned orbit, int met) const {
    const double size = orbits_.size(orbit);
    return size * price(met * (shape_.group / size));
  }

  void change(unsigned orbit, int by) {
    cost_ -= price(orbit, met_[orbit]);
    met_[orbit] += by;
    cost_ += price(orbit, met_[orbit]);
  }

  /// The pairs of one seat with the rest of its table.
  void count(std::size_t seat, int by) {
    const std::size_t first = seat - seat % shape_.size;
    for (std::size_t other = first; other < first + shape_.size; ++other) {
      if (other != seat) change(orbits_.of(seats_[seat], seats_[other]), by);
    }
  }

  void scramble() {
    for (const Base& base : bases_) {
      std::vector<unsigned> order;
      for (unsigned person = 0; person < shape_.people(); ++person) {
        if (is_first(shape_, person, base.stride)) order.push_back(person);
      }
      hallway::seating::shuffle(order, random_);
      std::copy(order.begin(), order.end(),
                seats_.begin() + static_cast<std::ptrdiff_t>(base.first));
    }
    met_.assign(met_.size(), 0);
    for (std::size_t seat = 0; seat < seats_.size(); ++seat) {
      const std::size_t first = seat - seat % shape_.size;
      for (std::size_t other = first; other < seat; ++other) {
        ++met_[orbits_.of(seats_[seat], seats_[other])];
      }
    }
    cost_ = 0;
    for (unsigned orbit = 0; orbit < met_.size(); ++orbit) cost_ += price(orbit, met_[orbit]);
  }

  void swap(std::size_t one, std::size_t two) {
    count(one, -1);
    count(two, -1);
    std::swap(seats_[one], seats_[two]);
    count(one, 1);
    count(two, 1);
  }

  /// Adds to the person of a seat; the base round stays one, since the stride leaves it unchanged.
  void lift(std::size_t seat, unsigned by) {
    count(seat, -1);
    seats_[seat] = shifted(shape_, seats_[seat], by);
    count(seat, 1);
  }

  bool accepts(double before, double temperature) {
    const double worse = (cost_ - before) / shape_.group;
    const double dice = (static_cast<double>(random_.next() >> 11) + 1) / 9007199254740992.0;
    return worse <= 0 || worse <= -temperature * std::log(dice);
  }

  void propose(double temperature) {
    const Base& base = bases_[random_.below(bases_.size())];
    const std::size_t one = base.first + random_.below(base.seats);
    const double before = cost_;
    if (base.stride < shape_.group && random_.below(2) == 0) {
      const unsigned by = base.stride * random_.below(shape_.group / base.stride);
      lift(one, by);
      if (!accepts(before, temperature)) lift(one, shape_.group - by);
      return;
    }
    const std::size_t two = base.first + random_.below(base.seats);
    if (one / shape_.size == two / shape_.size) return;
    swap(one, two);
    if (!accepts(before, temperature)) swap(one, two);
  }

  Shape shape_;
  Orbits orbits_;
  Random random_;
  std::vector<Base> bases_;
  std::vector<unsigned> seats_;  ///< Base by base, table by table.
  std::vector<int> met_;         ///< By orbit.
  double cost_ = 0;
};

unsigned number(const char* text) {
  return static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

std::vector<unsigned> numbers(const std::string& text) {
  std::vector<unsigned> found;
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');) found.push_back(number(word.c_str()));
  return found;
}

bool is_sound(const Shape& shape) {
  if (shape.tables == 0 || shape.size == 0 || shape.people() > 255) return false;
  if (shape.group == 0 || shape.strides.empty()) return false;
  if (shape.is_rest_turning && (shape.rest() == 0 || shape.group % shape.rest() != 0)) return false;
  for (const unsigned stride : shape.strides) {
    if (stride == 0 || shape.group % stride != 0) return false;
    const bool are_all_moved = shape.rest() == 0 || shape.is_rest_turning;
    const bool are_tables_whole = shape.tables % (shape.group / stride) == 0;
    if (stride < shape.group && !(are_all_moved && are_tables_whole)) return false;
  }
  return true;
}

}  // namespace

int main(int count, char** words) {
  if (count < 5) {
    std::fprintf(stderr,
                 "hallway-starters TABLES SIZE GROUP[+] STRIDE,STRIDE,… [SEED] [SECONDS]\n");
    return 2;
  }
  const bool is_rest_turning = std::string(words[3]).back() == '+';
  const Shape shape{number(words[1]), number(words[2]), number(words[3]), is_rest_turning,
                    numbers(words[4])};
  if (!is_sound(shape)) {
    std::fprintf(stderr, "strides divide the group; below it, all people move and tables too\n");
    return 2;
  }
  Search search(shape, count > 5 ? number(words[5]) : 1);
  const double seconds = count > 6 ? std::atof(words[6]) : 60;
  const auto began = std::chrono::steady_clock::now();
  std::size_t steps = 20'000;
  double best = 1e18;
  while (std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() <
         seconds) {
    if (search.anneal(steps, 0.8, 0.12)) {
      search.print();
      return 0;
    }
    best = std::min(best, search.cost());
    steps += steps / 4;
    if (steps > 20'000'000) steps = 1'000'000;
  }
  std::fprintf(stderr, "nothing found; nearest cost %g, forced %ld\n", best, search.forced());
  return 1;
}
