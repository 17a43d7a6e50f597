// The scenarios about one bad neighbour: "slow_reader" (stops reading), "half_open" (says nothing
// any more) and "flood" (sends far too much).
#include <charconv>
#include <cstdio>

#include "load/audience.hpp"
#include "load/machine.hpp"
#include "load/pace.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t baseline_ms = 5'000;
constexpr std::int64_t metrics_every_ms = 500;
constexpr std::int64_t patience_ms = 60'000;
constexpr std::size_t senders_max = 50;
constexpr int small_receive_buffer_bytes = 4'096;

/// A room where a part of the people talks at a fixed rate, each message stamped with the time at
/// which it should have been sent.
class TalkingRoom {
 public:
  TalkingRoom(Loop& loop, const CommonOptions& common, const TroubleOptions& options)
      : venue_(make_venue(loop, common, 0, 0)),
        audience_(loop, common, static_cast<std::size_t>(options.people), MemberSettings{}),
        talk_(loop, some_of(audience_, senders_max), options.rate) {
    place(audience_);
    for (Attendee* const sender : some_of(audience_, senders_max)) {
      sender->prepare_to_send(stream(), static_cast<std::size_t>(options.body_bytes));
    }
    audience_.meter.counting = true;
    audience_.keep_alive();
    talk_.begin();
  }

  void place(Audience& people) const {
    people.go_to(venue_);
    people.arrive();
  }

  /// The 99th percentile since the last time it was asked for.
  std::uint64_t take_p99_us() {
    const std::uint64_t p99 = audience_.meter.latency.quantile_us(0.99);
    audience_.meter.latency = Histogram();
    return p99;
  }

  [[nodiscard]] std::string stream() const { return venue_.stream(); }
  Audience& audience() { return audience_; }
  void stop() { talk_.stop(); }

 private:
  Venue venue_;
  Audience audience_;
  Pace talk_;
};

/// How often the server has closed with a code, as its metrics tell, asked for twice a second.
class CloseWatch {
 public:
  CloseWatch(Loop& loop, const CommonOptions& common, int code)
      : loop_(loop),
        endpoint_(parse_link(common.link).endpoint),
        line_("\nhallway_websocket_closes_total{code=\"" + std::to_string(code) + "\"} ") {}

  void begin() {
    loop_.after_ms(metrics_every_ms, [this] {
      call_ = std::make_unique<HttpCall>(loop_, endpoint_, "GET", "/metrics", "",
                                         [this](const HttpAnswer& answer) { read(answer); });
      begin();
    });
  }
  [[nodiscard]] int count() const { return count_; }

 private:
  void read(const HttpAnswer& answer) {
    const std::size_t at = answer.body.find(line_);
    if (at != std::string::npos) {
      const char* const number = answer.body.data() + at + line_.size();
      std::from_chars(number, answer.body.data() + answer.body.size(), count_);
    }
  }

  Loop& loop_;
  Endpoint endpoint_;
  std::string line_;
  std::unique_ptr<HttpCall> call_;
  int count_ = 0;
};

double ratio(std::uint64_t after, std::uint64_t before) {
  return before == 0 ? 0.0 : static_cast<double>(after) / static_cast<double>(before);
}

}  // namespace

int run_slow_reader(const CommonOptions& common, const TroubleOptions& options) {
  Loop loop;
  TalkingRoom room(loop, common, options);
  MemberSettings settings;
  settings.line.receive_buffer_bytes = small_receive_buffer_bytes;
  settings.return_by_itself = false;
  Audience slow(loop, common, 1, settings);
  room.place(slow);
  CloseWatch watch(loop, common, 4110);

  loop.run_for(baseline_ms);
  static_cast<void>(room.take_p99_us());
  const std::int64_t first_kb = process_use(common.server_pid).private_kb;
  loop.run_for(3 * baseline_ms);
  const std::uint64_t p99_before_us = room.take_p99_us();
  const std::int64_t paused_kb = process_use(common.server_pid).private_kb;
  // What the room's own history grows by is not the slow reader's doing.
  const double growth_kb_a_ms =
      static_cast<double>(paused_kb - first_kb) / static_cast<double>(3 * baseline_ms);

  // It still speaks: a reader that is silent as well would be let go for that.
  slow.keep_alive();
  slow[0].member().pause(true);
  watch.begin();
  CpuMeter cpu(common.server_pid);
  const std::int64_t began_us = now_us();
  // A reader that takes nothing does not see the close either: the server's own count tells.
  const bool closed = loop.run_until([&] { return watch.count() > 0; }, patience_ms);
  cpu.stop();
  const double closed_ms = static_cast<double>(now_us() - began_us) / 1'000;
  const double extra_kb =
      static_cast<double>(process_use(common.server_pid).private_kb - paused_kb) -
      growth_kb_a_ms * closed_ms;
  const std::uint64_t p99_during_us = room.take_p99_us();
  room.stop();

  wire::Fields fields;
  fields.add("scenario", "slow_reader").add("people", options.people).add("rate", options.rate);
  fields.add("closed_4110", closed).add("closed_after_ms", closed_ms).add("extra_kb", extra_kb);
  fields.add("p99_before_us", p99_before_us).add("p99_during_us", p99_during_us);
  fields.add("p99_ratio", ratio(p99_during_us, p99_before_us));
  fields.add("foreign_cores", cpu.foreign_cores());
  fields.add("others_lost", room.audience().meter.lost);
  fields.add("refusals", room.audience().meter.refusals);
  fields.add("first_refusal", room.audience().meter.first_refusal);
  std::printf("%s\n", fields.str().c_str());
  return closed && closed_ms <= 30'000 && room.audience().meter.lost == 0 ? 0 : 1;
}

int run_half_open(const CommonOptions& common, const TroubleOptions& options) {
  Loop loop;
  TalkingRoom room(loop, common, options);
  Audience silent(loop, common, 1, MemberSettings{});
  room.place(silent);
  loop.run_for(1'000);
  silent[0].member().pause(true);
  const std::int64_t began_us = now_us();
  const bool let_go = loop.run_until([&] { return !silent[0].member().is_ready(); }, patience_ms);
  const std::int64_t let_go_ms = (now_us() - began_us) / 1'000;
  const bool back = loop.run_until([&] { return silent[0].member().is_ready(); }, patience_ms);
  room.stop();
  loop.run_for(2'000);

  Meter& meter = silent.meter;
  const auto& held = silent[0].member().streams();
  const auto own = held.find(room.stream());
  Audience witness(loop, common, 1, MemberSettings{});
  room.place(witness);
  const auto top = witness[0].member().streams().find(room.stream());
  const bool complete = own != held.end() && top != witness[0].member().streams().end() &&
                        own->second.offset == top->second.offset && meter.gaps == 0 &&
                        meter.resets == 0;

  wire::Fields fields;
  fields.add("scenario", "half_open").add("let_go", let_go).add("let_go_after_ms", let_go_ms);
  fields.add("back", back).add("complete", complete).add("gaps", meter.gaps);
  fields.add("resets", meter.resets).add("recovered", meter.recovered);
  fields.add("offset", own == held.end() ? 0 : own->second.offset);
  std::printf("%s\n", fields.str().c_str());
  return let_go && let_go_ms <= 40'000 && back && complete ? 0 : 1;
}

int run_flood(const CommonOptions& common, const TroubleOptions& options) {
  Loop loop;
  TalkingRoom room(loop, common, options);
  MemberSettings settings;
  settings.return_by_itself = false;
  Audience flood(loop, common, static_cast<std::size_t>(options.flooders), settings);
  room.place(flood);
  loop.run_for(1'000);
  static_cast<void>(room.take_p99_us());
  loop.run_for(baseline_ms);
  const std::uint64_t p99_before_us = room.take_p99_us();

  flood.meter.counting = true;
  for (std::size_t i = 0; i < flood.size(); ++i) {
    flood[i].prepare_to_send(room.stream(), 150);
  }
  CpuMeter cpu(common.server_pid);
  const std::int64_t began_us = now_us();
  std::uint64_t sent = 0;
  loop.run_until(
      [&] {
        const std::int64_t passed_us = now_us() - began_us;
        const auto due =
            static_cast<std::uint64_t>(static_cast<double>(passed_us) / 1e6 * options.flood_rate);
        for (; sent < due; ++sent) {
          for (std::size_t i = 0; i < flood.size(); ++i) {
            if (flood[i].member().is_ready()) {
              flood[i].send_marked();
            }
          }
        }
        return passed_us > 2 * baseline_ms * 1'000;
      },
      patience_ms);
  cpu.stop();
  const std::uint64_t p99_during_us = room.take_p99_us();
  room.stop();
  int closed_4006 = 0;
  for (std::size_t i = 0; i < flood.size(); ++i) {
    closed_4006 += flood[i].last_close_code() == 4006 ? 1 : 0;
  }

  wire::Fields fields;
  fields.add("scenario", "flood").add("people", options.people).add("flooders", flood.size());
  fields.add("flood_rate", options.flood_rate).add("refusals", flood.meter.refusals);
  fields.add("first_refusal", flood.meter.first_refusal).add("closed_4006", closed_4006);
  fields.add("p99_before_us", p99_before_us).add("p99_during_us", p99_during_us);
  fields.add("p99_ratio", ratio(p99_during_us, p99_before_us));
  fields.add("foreign_cores", cpu.foreign_cores());
  fields.add("others_lost", room.audience().meter.lost);
  fields.add("others_refusals", room.audience().meter.refusals);
  std::printf("%s\n", fields.str().c_str());
  return flood.meter.refusals > 0 && room.audience().meter.lost == 0 ? 0 : 1;
}

}  // namespace hallway::load
