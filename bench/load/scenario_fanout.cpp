// The scenarios "fanout" (one room, a few senders) and "tables" (many tables, everyone talks).
#include <cstdio>
#include <stdexcept>

#include "load/audience.hpp"
#include "load/machine.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t arrival_limit_ms = 120'000;

MemberSettings measuring_settings() {
  MemberSettings settings;
  settings.ignore_pushes = true;
  settings.return_by_itself = false;
  return settings;
}

/// Keeps `window` messages of every sender under way, or sends at a fixed rate with the intended
/// time in the stamp, so that a late server cannot hide that it was late.
class Sending {
 public:
  Sending(Loop& loop, Audience& audience, std::size_t senders, const FanoutOptions& options)
      : loop_(loop), audience_(audience), senders_(senders), options_(options) {}

  void begin() {
    going_ = true;
    if (options_.rate > 0) {
      next_us_ = now_us();
      tick();
      return;
    }
    for (std::size_t i = 0; i < senders_; ++i) {
      Attendee& sender = audience_[i];
      sender.set_on_echo([this, &sender] {
        if (going_) {
          sender.send_marked();
        }
      });
      for (int j = 0; j < options_.window; ++j) {
        sender.send_marked();
      }
    }
  }

  void end() { going_ = false; }

  [[nodiscard]] std::uint64_t sent() {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < senders_; ++i) {
      sum += audience_[i].sent();
    }
    return sum;
  }

 private:
  void tick() {
    const auto step_us = static_cast<std::int64_t>(1e6 / options_.rate);
    while (going_ && next_us_ <= now_us()) {
      audience_[turn_].send_marked(next_us_);
      turn_ = (turn_ + 1) % senders_;
      next_us_ += step_us;
    }
    if (going_) {
      loop_.after_ms(1, [this] { tick(); });
    }
  }

  Loop& loop_;
  Audience& audience_;
  std::size_t senders_;
  FanoutOptions options_;
  bool going_ = false;
  std::size_t turn_ = 0;
  std::int64_t next_us_ = 0;
};

void report(const char* scenario, const FanoutOptions& options, Audience& audience,
            const CpuMeter& cpu, std::uint64_t counted, std::uint64_t sent, std::uint64_t expected,
            const TrafficCount& traffic) {
  const Meter& meter = audience.meter;
  const auto per = [](std::uint64_t a, std::uint64_t b) {
    return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b);
  };
  wire::Fields fields;
  fields.add("scenario", scenario).add("people", audience.size());
  fields.add("senders", options.senders).add("window", options.window);
  fields.add("rate", options.rate).add("body_bytes", options.body_bytes);
  fields.add("seconds", cpu.seconds()).add("sent", sent);
  fields.add("deliveries_per_s", static_cast<double>(counted) / cpu.seconds());
  fields.add("p50_us", meter.latency.quantile_us(0.5));
  fields.add("p99_us", meter.latency.quantile_us(0.99));
  fields.add("max_us", meter.latency.max_us());
  fields.add("expected_minus_delivered",
             static_cast<std::int64_t>(expected) - static_cast<std::int64_t>(meter.deliveries));
  fields.add("refusals", meter.refusals).add("first_refusal", meter.first_refusal);
  fields.add("lost", meter.lost);
  fields.add("server_cores", cpu.server_cores()).add("load_cores", cpu.load_cores());
  fields.add("foreign_cores", cpu.foreign_cores());
  fields.add("server_us_per_delivery", per(1, counted) * cpu.server_cpu_s() * 1e6);
  fields.add("messages_per_frame", per(counted, traffic.messages_in));
  fields.add("messages_per_read", per(counted, traffic.reads));
  std::printf("%s\n", fields.str().c_str());
}

int measure(const char* scenario, Loop& loop, const CommonOptions& common,
            const FanoutOptions& options, Audience& audience, std::size_t senders,
            std::size_t listeners_each) {
  audience.meter.counting = true;
  audience.keep_alive();
  Sending sending(loop, audience, senders, options);
  sending.begin();
  loop.run_for(options.warm_up_ms, common.spin);
  audience.meter.latency = Histogram();
  const std::uint64_t before = audience.meter.deliveries;
  const TrafficCount traffic_before = audience.traffic;
  CpuMeter cpu(common.server_pid);
  loop.run_for(static_cast<std::int64_t>(options.seconds * 1'000), common.spin);
  cpu.stop();
  const std::uint64_t counted = audience.meter.deliveries - before;
  TrafficCount traffic = audience.traffic;
  traffic.reads -= traffic_before.reads;
  traffic.messages_in -= traffic_before.messages_in;
  sending.end();
  const std::uint64_t sent = sending.sent();
  const std::uint64_t expected = sent * listeners_each;
  audience.drain(expected, common.spin);
  report(scenario, options, audience, cpu, counted, sent, expected, traffic);
  const bool whole = audience.meter.deliveries == expected && audience.meter.refusals == 0;
  return whole ? 0 : 1;
}

void bring_in(Audience& audience, const CommonOptions& common) {
  const bool known = common.floor || audience.sign_in(arrival_limit_ms);
  if (!known || !audience.enter(arrival_limit_ms)) {
    throw std::runtime_error("only " + std::to_string(audience.placed()) +
                             " could arrive: " + audience.meter.first_refusal);
  }
}

}  // namespace

int run_fanout(const CommonOptions& common, const FanoutOptions& options) {
  Loop loop;
  const Venue venue = common.floor ? Venue{} : make_venue(loop, common, 0, 0);
  Audience audience(loop, common, static_cast<std::size_t>(options.people), measuring_settings());
  for (std::size_t i = 0; i < audience.size(); ++i) {
    audience[i].go_to({venue.room, ""});
    if (common.floor) {
      audience[i].member().be_bare("/0");
    }
  }
  bring_in(audience, common);
  const auto senders = static_cast<std::size_t>(options.senders);
  for (std::size_t i = 0; i < senders; ++i) {
    audience[i].prepare_to_send("room:" + venue.room, static_cast<std::size_t>(options.body_bytes));
  }
  return measure("fanout", loop, common, options, audience, senders, audience.size());
}

int run_tables(const CommonOptions& common, const FanoutOptions& options) {
  Loop loop;
  const Venue venue =
      common.floor ? Venue{"", std::vector<std::string>(static_cast<std::size_t>(options.tables))}
                   : make_venue(loop, common, options.tables, options.seats);
  const auto seats = static_cast<std::size_t>(options.seats);
  Audience audience(loop, common, venue.tables.size() * seats, measuring_settings());
  for (std::size_t i = 0; i < audience.size(); ++i) {
    audience[i].go_to({venue.room, venue.tables[i / seats]});
    if (common.floor) {
      audience[i].member().be_bare("/" + std::to_string(i / seats));
    }
  }
  bring_in(audience, common);
  for (std::size_t i = 0; i < audience.size(); ++i) {
    audience[i].prepare_to_send("table:" + venue.tables[i / seats],
                                static_cast<std::size_t>(options.body_bytes));
  }
  return measure("tables", loop, common, options, audience, audience.size(), seats);
}

}  // namespace hallway::load
