#include "server/clock.hpp"

#include <sodium.h>
#include <time.h>

#include <array>
#include <chrono>
#include <cstring>
#include <stdexcept>

namespace hallway {

std::uint64_t ClockSource::random_u64() {
  std::uint64_t value = 0;
  while (value == 0) {
    std::array<std::uint8_t, sizeof value> bytes{};
    fill_random(bytes);
    std::memcpy(&value, bytes.data(), sizeof value);
  }
  return value;
}

std::string ClockSource::random_token() {
  std::array<std::uint8_t, 32> bytes{};
  fill_random(bytes);
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string token(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
  sodium_bin2base64(token.data(), token.size(), bytes.data(), bytes.size(), variant);
  token.pop_back();  // The terminating zero that libsodium writes.
  return token;
}

MachineClock::MachineClock() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

TimeMs MachineClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

std::int64_t MachineClock::steady_ns() const {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since_start).count();
}

void MachineClock::fill_random(std::span<std::uint8_t> bytes) {
  // A decision draws a number, and a system call for each would cost more than the decision:
  // numbers come out of a supply. What is secret is longer, and never lies in it.
  static thread_local std::array<std::uint8_t, 2048> supply;
  static thread_local std::size_t used = supply.size();
  if (bytes.size() > sizeof(std::uint64_t)) {
    randombytes_buf(bytes.data(), bytes.size());
    return;
  }
  if (used + bytes.size() > supply.size()) {
    randombytes_buf(supply.data(), supply.size());
    used = 0;
  }
  std::memcpy(bytes.data(), supply.data() + used, bytes.size());
  used += bytes.size();
}

std::int64_t cpu_time_ns() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

void TestClock::fill_random(std::span<std::uint8_t> bytes) {
  const std::lock_guard lock(mutex_);
  for (std::uint8_t& byte : bytes) {
    // SplitMix64 (Steele, Lea, Flood 2014): every seed gives a sequence of its own.
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    byte = static_cast<std::uint8_t>((z ^ (z >> 31)) >> 56);
  }
}

void TestClock::advance(std::int64_t ms) {
  now_ += ms;
  steady_ns_ += ms * 1'000'000;
}

}  // namespace hallway
