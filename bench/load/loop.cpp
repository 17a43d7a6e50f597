// The epoll loop: see loop.hpp.
#include "load/loop.hpp"

#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace hallway::load {
namespace {

std::int64_t read_clock_us(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1'000;
}

constexpr std::uint64_t urgent_watch = 0;  // no descriptor's: those begin with 1
constexpr int urgent_every = 32;

constexpr std::uint32_t slot_of(Loop::Watch watch) {
  return static_cast<std::uint32_t>(watch & 0xffff'ffffU) - 1;
}

constexpr std::uint32_t generation_of(Loop::Watch watch) {
  return static_cast<std::uint32_t>(watch >> 32U);
}

}  // namespace

std::int64_t now_us() {
  return read_clock_us(CLOCK_MONOTONIC);
}

std::int64_t wall_ms() {
  return read_clock_us(CLOCK_REALTIME) / 1'000;
}

Loop::Loop()
    : epoll_fd_(epoll_create1(EPOLL_CLOEXEC)),
      urgent_fd_(epoll_create1(EPOLL_CLOEXEC)),
      read_buffer_(read_buffer_bytes) {
  if (epoll_fd_ < 0 || urgent_fd_ < 0) {
    throw std::runtime_error("epoll_create1 failed");
  }
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = urgent_watch;
  if (epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, urgent_fd_, &event) != 0) {
    throw std::runtime_error("epoll_ctl add failed");
  }
}

Loop::~Loop() {
  ::close(urgent_fd_);
  ::close(epoll_fd_);
}

int Loop::epoll_of(Watch watch) const {
  return slots_[slot_of(watch)].urgent ? urgent_fd_ : epoll_fd_;
}

Loop::Watch Loop::watch(int fd, std::uint32_t events, Handler& handler, bool urgent) {
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t index = free_slots_.back();
  free_slots_.pop_back();
  Slot& slot = slots_[index];
  slot.handler = &handler;
  slot.urgent = urgent;
  const Watch watch = (std::uint64_t{slot.generation} << 32U) | (std::uint64_t{index} + 1);
  epoll_event event{};
  event.events = events;
  event.data.u64 = watch;
  if (epoll_ctl(epoll_of(watch), EPOLL_CTL_ADD, fd, &event) != 0) {
    throw std::runtime_error("epoll_ctl add failed");
  }
  return watch;
}

void Loop::change(Watch watch, int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = watch;
  if (epoll_ctl(epoll_of(watch), EPOLL_CTL_MOD, fd, &event) != 0) {
    throw std::runtime_error("epoll_ctl mod failed");
  }
}

void Loop::forget(Watch watch, int fd) {
  epoll_ctl(epoll_of(watch), EPOLL_CTL_DEL, fd, nullptr);
  const std::uint32_t index = slot_of(watch);
  slots_[index].handler = nullptr;
  ++slots_[index].generation;
  free_slots_.push_back(index);
}

Loop::Timer Loop::after_ms(std::int64_t delay_ms, std::function<void()> action) {
  return at_us(now_us() + std::max<std::int64_t>(delay_ms, 0) * 1'000, std::move(action));
}

Loop::Timer Loop::at_us(std::int64_t time_us, std::function<void()> action) {
  const Timer timer = ++last_timer_;
  due_.push({time_us, timer});
  actions_.emplace(timer, std::move(action));
  return timer;
}

void Loop::cancel(Timer timer) {
  actions_.erase(timer);
}

void Loop::fire_due() {
  // What an action adds for "now" waits for the next turn, so that descriptors are never starved.
  if (due_.empty()) {
    return;
  }
  const std::int64_t now = now_us();
  const Timer newest = last_timer_;
  while (!due_.empty() && due_.top().at_us <= now && due_.top().timer <= newest) {
    const Timer timer = due_.top().timer;
    due_.pop();
    if (auto node = actions_.extract(timer); !node.empty()) {
      node.mapped()();
    }
  }
}

void Loop::turn(std::int64_t deadline_us, bool spin) {
  std::int64_t wake_us = deadline_us;
  if (!due_.empty()) {
    wake_us = std::min(wake_us, due_.top().at_us);
  }
  const std::int64_t wait_ms =
      spin ? 0 : std::clamp<std::int64_t>((wake_us - now_us() + 999) / 1'000, 0, 1'000);
  std::array<epoll_event, 512> events;
  const int count = epoll_wait(epoll_fd_, events.data(), static_cast<int>(events.size()),
                               static_cast<int>(wait_ms));
  // Ten thousand ready descriptors take a while: what is urgent or due does not wait for them.
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    handle(event.data.u64, event.events);
    if (i % urgent_every == urgent_every - 1) {
      serve_urgent();
      fire_due();
    }
  }
  fire_due();
}

void Loop::handle(std::uint64_t watch, std::uint32_t events) {
  if (watch == urgent_watch) {
    serve_urgent();
    return;
  }
  const Slot& slot = slots_[slot_of(watch)];
  if (slot.handler != nullptr && slot.generation == generation_of(watch)) {
    slot.handler->on_ready(events);
  }
}

void Loop::serve_urgent() {
  std::array<epoll_event, 64> events;
  const int count = epoll_wait(urgent_fd_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    handle(event.data.u64, event.events);
  }
}

bool Loop::run_until(const std::function<bool()>& done, std::int64_t limit_ms, bool spin) {
  const std::int64_t deadline_us = now_us() + limit_ms * 1'000;
  while (!done()) {
    if (now_us() >= deadline_us) {
      return false;
    }
    turn(deadline_us, spin);
  }
  return true;
}

void Loop::run_for(std::int64_t duration_ms, bool spin) {
  run_until([] { return false; }, duration_ms, spin);
}

}  // namespace hallway::load
