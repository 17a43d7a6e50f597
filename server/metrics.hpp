// What is counted, for Prometheus: plain atomics that any thread may touch at the cost of one
// addition.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "protocol/command.hpp"
#include "protocol/error.hpp"

namespace hallway {

/// Only ever rises.
class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

/// How much there is now; each adds what it brings and takes it away again.
class Gauge {
 public:
  void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
  void set(std::int64_t to) { value_.store(to, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_ = 0;
};

/// Seconds, in buckets from 100 µs to 10 s.
class SecondsHistogram {
 public:
  static constexpr std::array<double, 16> bounds_s{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                   0.01,   0.025,   0.05,   0.1,   0.25,   0.5,
                                                   1,      2.5,     5,      10};
  void observe(double seconds);
  std::uint64_t in_bucket(std::size_t index) const { return buckets_[index].value(); }
  double sum_s() const { return static_cast<double>(sum_us_.value()) / 1e6; }

 private:
  std::array<Counter, bounds_s.size() + 1> buckets_;  // The last: beyond all bounds.
  Counter sum_us_;
};

/// One for the program; lives longer than all who count.
class Metrics {
 public:
  // --- Connections and people
  Gauge http_connections;
  Counter http_connections_refused;  ///< Beyond the bound.
  Gauge websocket_connections;
  Gauge sessions;  ///< Sockets that have said hello.

  // --- Traffic
  Counter frames_delivered;
  Counter bytes_delivered;
  Counter transients_dropped;

  // --- Storage
  SecondsHistogram journal_commit_s;
  Counter journal_commits_failed;
  Gauge journal_queue_batches;
  Gauge places;

  /// `code` is empty when the command was accepted; else the wire's word. Both are the protocol's
  /// own words; others are not counted.
  void command_answered(std::string_view command, std::string_view code);
  void connection_closed(CloseCode code);
  /// `route` is a pattern, one of a few, that lives as long as the program.
  void http_answered(std::string_view route, unsigned status);

  /// The text format of Prometheus, version 0.0.4.
  std::string render() const;

 private:
  static constexpr std::size_t commands = std::variant_size_v<Command>;
  static constexpr std::size_t outcomes = static_cast<std::size_t>(ErrorCode::internal) + 2;

  // By place in the variant; outcome 0 is `ok`, then the codes in their order.
  std::array<std::array<Counter, outcomes>, commands> command_outcomes_;
  std::array<Counter, outcomes> unknown_commands_;
  mutable std::mutex mutex_;  // Of the two below, which change seldom.
  std::map<CloseCode, std::uint64_t> closes_;
  std::map<std::pair<std::string_view, unsigned>, std::uint64_t> http_;
};

}  // namespace hallway
