// People who send at a fixed rate: see pace.hpp.
#include "load/pace.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hallway::load {

Pace::Pace(Loop& loop, std::vector<Attendee*> writers, double rate)
    : loop_(loop), writers_(std::move(writers)), step_us_(1e6 / rate) {}

void Pace::begin() {
  began_us_ = now_us();
  count_ = 0;
  send_due();
}

void Pace::stop() {
  loop_.cancel(timer_);
}

void Pace::send_due() {
  const auto due_us = [this] {
    return began_us_ + std::llround(static_cast<double>(count_) * step_us_);
  };
  while (due_us() <= now_us()) {
    late.add(now_us() - due_us());
    writers_[static_cast<std::size_t>(count_) % writers_.size()]->send_marked(due_us());
    ++count_;
  }
  timer_ = loop_.at_us(due_us(), [this] { send_due(); });
}

std::vector<Attendee*> some_of(Audience& audience, std::size_t count) {
  count = std::min(count, audience.size());
  std::vector<Attendee*> people;
  for (std::size_t i = 1; i <= count; ++i) {
    people.push_back(&audience[i * audience.size() / count - 1]);
  }
  return people;
}

}  // namespace hallway::load
