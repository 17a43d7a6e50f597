// The scenarios "fanout" (one room, a few senders) and "tables" (many tables, everyone talks).
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "load/audience.hpp"
#include "load/machine.hpp"
#include "load/pace.hpp"
#include "load/tally.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t line_limit_ms = 300'000;

/// Keeps `window` messages of every sender under way, or sends at a fixed rate.
class Sending {
 public:
  Sending(Loop& loop, Audience& audience, std::size_t senders, const FanoutOptions& options)
      : loop_(loop), audience_(audience), senders_(senders), options_(options) {}

  void begin() {
    going_ = true;
    if (options_.rate > 0) {
      pace_.emplace(loop_, some_of(audience_, senders_), options_.rate);
      pace_->begin();
      return;
    }
    for (Attendee* const sender : some_of(audience_, senders_)) {
      sender->set_on_echo([this, sender] { send(*sender); });
      for (int j = 0; j < options_.window; ++j) {
        send(*sender);
      }
    }
  }

  void end() {
    going_ = false;
    pace_.reset();
  }

 private:
  void send(Attendee& sender) {
    const bool more = options_.messages == 0 || begun_ < options_.messages;
    if (going_ && more) {
      ++begun_;
      sender.send_marked();
    }
  }

  Loop& loop_;
  Audience& audience_;
  std::size_t senders_;
  FanoutOptions options_;
  std::optional<Pace> pace_;
  bool going_ = false;
  std::int64_t begun_ = 0;
};

/// A line on standard input, or its end. Meanwhile everybody stays alive.
class NextLine final : private Loop::Handler {
 public:
  static void wait(Loop& loop, const char* why) {
    std::fprintf(stderr, "%s\n", why);
    NextLine line;
    const Loop::Watch watch = loop.watch(STDIN_FILENO, EPOLLIN, line);
    loop.run_until([&] { return line.came_; }, line_limit_ms);
    loop.forget(watch, STDIN_FILENO);
  }

 private:
  void on_ready(std::uint32_t) override {
    char letter = '\n';
    came_ = ::read(STDIN_FILENO, &letter, 1) <= 0 || letter == '\n';
  }

  bool came_ = false;
};

/// What was measured between two moments.
struct Span {
  std::uint64_t deliveries;
  std::uint64_t frames;
  std::uint64_t reads;
  std::uint64_t bytes;

  explicit Span(const Audience& audience)
      : deliveries(audience.meter.deliveries),
        frames(audience.traffic.messages_in),
        reads(audience.traffic.reads),
        bytes(audience.traffic.bytes_in) {}

  void end(const Audience& audience) {
    const Span now(audience);
    deliveries = now.deliveries - deliveries;
    frames = now.frames - frames;
    reads = now.reads - reads;
    bytes = now.bytes - bytes;
  }
};

void report(const char* scenario, const FanoutOptions& options, const Audience& audience,
            const CpuMeter& cpu, const Span& span, const Tally& tally) {
  const auto per = [](double a, std::uint64_t b) {
    return b == 0 ? 0.0 : a / static_cast<double>(b);
  };
  const Meter& meter = audience.meter;
  const auto counted = static_cast<double>(span.deliveries);
  wire::Fields fields;
  fields.add("scenario", scenario).add("people", audience.size());
  fields.add("senders", options.senders).add("window", options.window);
  fields.add("rate", options.rate).add("body_bytes", options.body_bytes);
  fields.add("seconds", cpu.seconds()).add("sent", audience.sent());
  fields.add("deliveries", tally.delivered);
  fields.add("deliveries_per_s", counted / cpu.seconds());
  fields.add("p50_us", meter.latency.quantile_us(0.5));
  fields.add("p99_us", meter.latency.quantile_us(0.99));
  fields.add("max_us", meter.latency.max_us());
  tally.report(fields);
  fields.add("server_cores", cpu.server_cores()).add("load_cores", cpu.load_cores());
  fields.add("foreign_cores", cpu.foreign_cores());
  fields.add("server_us_per_delivery", per(cpu.server_cpu_s() * 1e6, span.deliveries));
  fields.add("messages_per_frame", per(counted, span.frames));
  fields.add("bytes_per_message", per(static_cast<double>(span.bytes), span.deliveries));
  fields.add("messages_per_read", per(counted, span.reads));
  std::printf("%s\n", fields.str().c_str());
}

int measure(const char* scenario, Loop& loop, const CommonOptions& common,
            const FanoutOptions& options, Audience& audience, std::size_t senders,
            std::size_t listeners_each) {
  audience.meter.counting = true;
  audience.keep_alive();
  Sending sending(loop, audience, senders, options);
  if (options.wait) {
    NextLine::wait(loop, "ready");
  }
  sending.begin();
  loop.run_for(options.messages > 0 ? 0 : options.warm_up_ms, common.spin);
  audience.meter.latency = Histogram();
  Span span(audience);
  CpuMeter cpu(common.server_pid);
  if (options.messages > 0) {
    audience.drain(static_cast<std::uint64_t>(options.messages) * listeners_each, common.spin);
  } else {
    loop.run_for(static_cast<std::int64_t>(options.seconds * 1'000), common.spin);
  }
  cpu.stop();
  span.end(audience);
  sending.end();
  const std::uint64_t expected = audience.sent() * listeners_each;
  audience.drain(expected, common.spin);
  if (options.wait) {
    NextLine::wait(loop, "done");
  }
  const Tally tally(expected, audience.meter);
  report(scenario, options, audience, cpu, span, tally);
  return tally.is_whole() ? 0 : 1;
}

}  // namespace

int run_fanout(const CommonOptions& common, const FanoutOptions& options) {
  Loop loop;
  const Venue venue = common.floor ? Venue{} : make_venue(loop, common, 0, 0);
  Audience audience(loop, common, static_cast<std::size_t>(options.people), measuring_settings());
  audience.go_to(venue);
  audience.arrive();
  const auto senders = std::min(static_cast<std::size_t>(options.senders), audience.size());
  for (Attendee* const sender : some_of(audience, senders)) {
    sender->prepare_to_send(venue.stream(), static_cast<std::size_t>(options.body_bytes));
  }
  return measure("fanout", loop, common, options, audience, senders, audience.size());
}

int run_tables(const CommonOptions& common, const FanoutOptions& options) {
  constexpr int chairs_min = 2;  // of a table, even where one person alone is to sit
  Loop loop;
  const Venue venue =
      common.floor ? Venue{"", std::vector<std::string>(static_cast<std::size_t>(options.tables))}
                   : make_venue(loop, common, options.tables, std::max(options.seats, chairs_min));
  const auto seats = static_cast<std::size_t>(options.seats);
  Audience audience(loop, common, venue.tables.size() * seats, measuring_settings());
  for (std::size_t i = 0; i < audience.size(); ++i) {
    if (common.floor) {
      audience[i].go_to_group(i / seats);
    } else {
      audience[i].go_to({venue.room, venue.tables[i / seats]});
    }
  }
  audience.arrive();
  for (std::size_t i = 0; i < audience.size(); ++i) {
    audience[i].prepare_to_send("table:" + venue.tables[i / seats],
                                static_cast<std::size_t>(options.body_bytes));
  }
  return measure("tables", loop, common, options, audience, audience.size(), seats);
}

}  // namespace hallway::load
