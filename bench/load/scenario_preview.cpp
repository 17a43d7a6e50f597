// The scenario "preview": what previewing rounds again and again takes, and what it takes from
// people who write meanwhile.
#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "load/audience.hpp"
#include "load/letters.hpp"
#include "load/machine.hpp"
#include "load/round_lead.hpp"
#include "load/tally.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t arrival_limit_ms = 120'000;
constexpr std::int64_t settle_ms = 300;  // between the turns, counted in neither

double ratio(std::uint64_t with, std::uint64_t without) {
  return without == 0 ? 0.0 : static_cast<double>(with) / static_cast<double>(without);
}

void add_times(wire::Fields& fields, const std::string& name, const Histogram& times) {
  fields.add(name + "_p50_us", times.quantile_us(0.5))
      .add(name + "_p99_us", times.quantile_us(0.99));
  fields.add(name + "_max_us", times.max_us());
}

}  // namespace

int run_preview(const CommonOptions& common, const PreviewOptions& options) {
  Loop loop;
  const Venue venue =
      make_venue(loop, common, std::max(1, options.people / options.size), options.size + 2);
  MemberSettings settings;
  settings.return_by_itself = false;
  Audience audience(loop, common, static_cast<std::size_t>(options.people), settings,
                    static_cast<std::size_t>(options.organisations));
  audience.go_to(venue);
  audience.arrive();
  RoundLead lead(loop, common);
  lead.enter(venue.room);
  const std::size_t pairs = std::min<std::size_t>(audience.size() / 2, 50);
  Letters letters(loop, audience, pairs, options.rate);
  letters.open(false);
  letters.write();
  loop.run_for(1'000, common.spin);

  Histogram without;
  Histogram with;
  CpuMeter cpu(common.server_pid);
  const auto turn = [&](Histogram& into) {
    loop.run_for(settle_ms, common.spin);
    audience.meter.latency = Histogram();
    loop.run_for(static_cast<std::int64_t>(options.seconds * 1'000), common.spin);
    into.add(audience.meter.latency);
  };
  for (int i = 0; i < options.turns; ++i) {
    turn(without);
    lead.preview_again_and_again(options.size, options.rounds);
    turn(with);
    lead.stop_previews();
    loop.run_until([&] { return !lead.is_waiting(); }, arrival_limit_ms);
  }
  cpu.stop();
  letters.stop();
  audience.drain(letters.expected(), common.spin);
  const Tally tally(letters.expected(), audience.meter);

  const Histogram& previews = lead.preview_times();
  wire::Fields fields;
  fields.add("scenario", "preview").add("people", audience.size()).add("size", options.size);
  fields.add("rounds", options.rounds).add("previews", previews.count());
  add_times(fields, "preview", previews);
  fields.add("pairs", pairs).add("rate", options.rate).add("letters", audience.sent());
  add_times(fields, "without", without);
  add_times(fields, "with", with);
  fields.add("p50_ratio", ratio(with.quantile_us(0.5), without.quantile_us(0.5)));
  fields.add("p99_ratio", ratio(with.quantile_us(0.99), without.quantile_us(0.99)));
  tally.report(fields);
  fields.add("lead_refusal", lead.first_refusal());
  const wire::Value quality = lead.latest_preview()["quality"];
  fields.add("pairs_repeated", quality["pairs_repeated"].number());
  fields.add("same_org", quality["same_org"].number());
  fields.add("server_cores", cpu.server_cores()).add("foreign_cores", cpu.foreign_cores());
  std::printf("%s\n", fields.str().c_str());
  const std::uint64_t must_us = options.people <= 300 ? 100'000 : 1'000'000;
  return tally.is_whole() && previews.count() > 0 && previews.quantile_us(0.99) <= must_us ? 0 : 1;
}

}  // namespace hallway::load
