// The scenario "crowd": a very large room talks, and beside it a few pairs write in private. Does a
// private word wait behind the crowd?
#include <algorithm>
#include <cstdio>

#include "load/audience.hpp"
#include "load/letters.hpp"
#include "load/machine.hpp"
#include "load/pace.hpp"
#include "load/tally.hpp"

namespace hallway::load {
namespace {

/// This program reads ten thousand sockets, too; what is private must not wait for that.
MemberSettings private_settings() {
  MemberSettings settings = measuring_settings();
  settings.line.urgent = true;
  return settings;
}

void add_times(wire::Fields& fields, const std::string& whose, const Histogram& times) {
  fields.add(whose + "p50_us", times.quantile_us(0.5))
      .add(whose + "p99_us", times.quantile_us(0.99));
  fields.add(whose + "max_us", times.max_us());
}

}  // namespace

int run_crowd(const CommonOptions& common, const CrowdLoad& options) {
  Loop loop;
  const Venue venue = common.floor ? Venue{} : make_venue(loop, common, 0, 0);
  Audience crowd(loop, common, static_cast<std::size_t>(options.people), measuring_settings());
  const auto pairs = static_cast<std::size_t>(options.pairs);
  Audience few(loop, common, 2 * pairs, private_settings());
  Letters letters(loop, few, pairs, options.private_rate);
  crowd.go_to(venue);
  if (common.floor) {
    letters.meet_in_groups(1);
  }
  few.arrive();
  letters.open(common.floor);
  crowd.arrive();

  const auto senders = std::min(static_cast<std::size_t>(options.senders), crowd.size());
  for (Attendee* const sender : some_of(crowd, senders)) {
    sender->prepare_to_send(venue.stream(), static_cast<std::size_t>(options.body_bytes));
  }
  crowd.meter.counting = true;
  crowd.keep_alive();
  Pace talk(loop, some_of(crowd, senders), options.rate);
  talk.begin();
  letters.write();
  loop.run_for(options.warm_up_ms, common.spin);
  crowd.meter.latency = Histogram();
  few.meter.latency = Histogram();
  CpuMeter cpu(common.server_pid);
  loop.run_for(static_cast<std::int64_t>(options.seconds * 1'000), common.spin);
  cpu.stop();
  talk.stop();
  letters.stop();
  const std::uint64_t expected = crowd.sent() * crowd.size();
  crowd.drain(expected, common.spin);
  few.drain(letters.expected(), common.spin);

  Tally tally(expected, crowd.meter);
  tally.add(Tally(letters.expected(), few.meter));
  wire::Fields fields;
  fields.add("scenario", "crowd").add("people", crowd.size()).add("rate", options.rate);
  fields.add("pairs", pairs).add("private_rate", options.private_rate);
  fields.add("seconds", cpu.seconds()).add("sent", crowd.sent()).add("letters", few.sent());
  add_times(fields, "", crowd.meter.latency);
  add_times(fields, "private_", few.meter.latency);
  fields.add("private_late_p99_us", letters.late_p99_us());
  tally.report(fields);
  fields.add("server_cores", cpu.server_cores()).add("load_cores", cpu.load_cores());
  fields.add("foreign_cores", cpu.foreign_cores());
  std::printf("%s\n", fields.str().c_str());
  return tally.is_whole() ? 0 : 1;
}

}  // namespace hallway::load
