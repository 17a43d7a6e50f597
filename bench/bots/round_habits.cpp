// How simulated people live through rounds: see round_habits.hpp.
#include "bots/round_habits.hpp"

#include <algorithm>

#include "bots/crowd.hpp"

namespace hallway::load {
namespace {

constexpr double gather_s = 60;  // after the last round, before people look for tables again
constexpr double latest_s = 600;
constexpr std::int64_t drop_min_ms = 5'000;
constexpr std::int64_t drop_max_ms = 100'000;

/// One in twenty, and at least one of ten.
std::size_t a_few(int told, std::size_t people) {
  if (told >= 0) {
    return std::min(static_cast<std::size_t>(told), people);
  }
  return people < 10 ? 0 : std::max<std::size_t>(1, people / 20);
}

}  // namespace

RoundHabits::RoundHabits(Crowd& crowd, const RoundTrouble& trouble, std::size_t people,
                         std::uint64_t seed)
    : crowd_(crowd),
      late_(a_few(trouble.late, people)),
      leave_(a_few(trouble.leave, people)),
      drop_(a_few(trouble.drop, people)),
      sit_out_(a_few(trouble.sit_out, people)),
      chance_(seed) {}

double RoundHabits::share() {
  return std::uniform_real_distribution<double>(0, 1)(chance_);
}

std::int64_t RoundHabits::moment_ms(std::int64_t length_ms, double from, double until) {
  return static_cast<std::int64_t>(static_cast<double>(length_ms) *
                                   (from + (until - from) * share()));
}

void RoundHabits::wait_outside(Bot& bot) {
  outside_.push_back(&bot);
  crowd_.after_s(latest_s * (1 + share()), [this, &bot] {
    if (std::erase(outside_, &bot) > 0) {
      bot.arrive();
    }
  });
}

void RoundHabits::learn_state(const wire::Value& round) {
  const std::string phase = round["phase"].text();
  number_ = round["number"].number();
  of_ = round["of"].number();
  ++changes_;
  if (phase == "announced") {
    phase_ = Phase::announced;
  } else if (phase == "seated" || phase == "wrapping") {
    phase_ = Phase::running;
  } else {
    phase_ = phase == "plenary" && number_ < of_ ? Phase::between : Phase::free;
  }
}

void RoundHabits::learn_push(const Push& push) {
  if (push.name == "round.announced") {
    number_ = push.data["number"].number();
    of_ = push.data["of"].number();
    announced();
  } else if (push.name == "round.started") {
    started(push.data["ends_at"].number() - push.at_ms);
  } else if (push.name == "round.cancelled") {
    ended(true);
  } else if (push.name == "round.ended" && !push.data.has("tables")) {
    ended(number_ >= of_);
  }
}

std::vector<Bot*> RoundHabits::choose(std::size_t count, std::vector<Bot*>& from) {
  std::vector<Bot*> chosen;
  while (chosen.size() < count && !from.empty()) {
    const std::size_t at = std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(chance_);
    chosen.push_back(from[at]);
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return chosen;
}

void RoundHabits::announced() {
  phase_ = Phase::announced;
  ++changes_;
  std::vector<Bot*> here = crowd_.bots_here();
  for (Bot* const bot : choose(sit_out_ / 2, here)) {
    crowd_.loop().after_ms(moment_ms(10'000, 0.1, 0.9), [bot] { bot->sit_out(); });
  }
}

void RoundHabits::started(std::int64_t length_ms) {
  phase_ = Phase::running;
  ++changes_;
  Loop& loop = crowd_.loop();
  const auto in_this_round = [this, now = changes_] { return changes_ == now; };
  std::vector<Bot*> here = crowd_.bots_here();
  for (Bot* const bot : choose(sit_out_ - sit_out_ / 2, here)) {
    loop.after_ms(moment_ms(length_ms, 0.2, 0.8), [bot, in_this_round] {
      if (in_this_round()) {
        bot->sit_out();
      }
    });
  }
  for (Bot* const bot : choose(leave_, here)) {
    const bool comes_back = share() < 0.5;
    loop.after_ms(moment_ms(length_ms, 0.2, 0.7), [this, bot, comes_back, in_this_round] {
      if (in_this_round()) {
        bot->go_home();
        if (comes_back) {
          left_.push_back(bot);
        }
      }
    });
  }
  for (Bot* const bot : choose(drop_, here)) {
    const std::int64_t away_ms =
        std::uniform_int_distribution<std::int64_t>(drop_min_ms, drop_max_ms)(chance_);
    loop.after_ms(moment_ms(length_ms, 0.1, 0.8), [bot, away_ms] { bot->lose_line(away_ms); });
  }
  // A third of those who are late come in each round: some to a table, some only to the sofa.
  for (Bot* const bot : choose((outside_.size() + 2) / 3, outside_)) {
    loop.after_ms(moment_ms(length_ms, 0.05, 0.7), [bot] { bot->arrive(); });
  }
}

void RoundHabits::ended(bool series_over) {
  phase_ = Phase::between;
  ++changes_;
  for (Bot* const bot : left_) {
    crowd_.after_s(5 + 20 * share(), [bot] { bot->come_back(); });
  }
  left_.clear();
  if (series_over) {
    crowd_.after_s(gather_s, [this, now = changes_] {
      if (changes_ == now) {
        phase_ = Phase::free;
        crowd_.settle_everyone();
      }
    });
  }
}

}  // namespace hallway::load
