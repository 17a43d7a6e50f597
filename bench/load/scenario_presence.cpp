// The scenarios "idle" (memory of people who only listen), "join" (what arriving costs) and "storm"
// (everybody loses the line at once).
#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "load/audience.hpp"
#include "load/machine.hpp"
#include "load/pace.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t arrival_limit_ms = 180'000;
constexpr std::int64_t settle_ms = 2'000;
constexpr std::int64_t storm_limit_ms = 60'000;

double bytes_each(std::int64_t after_kb, std::int64_t before_kb, std::size_t people) {
  return static_cast<double>(after_kb - before_kb) * 1024.0 / static_cast<double>(people);
}

/// People who only listen, known to the server but not there yet.
void make_known(Audience& audience, const CommonOptions& common, const Venue& venue) {
  audience.go_to(venue);
  if (!common.floor && !audience.sign_in(arrival_limit_ms)) {
    throw std::runtime_error("not everyone could sign in: " + audience.meter.first_refusal);
  }
}

void let_in(Audience& audience) {
  if (!audience.enter(arrival_limit_ms)) {
    throw std::runtime_error("only " + std::to_string(audience.placed()) +
                             " could enter: " + audience.meter.first_refusal);
  }
}

std::uint64_t held_offset(Attendee& attendee, const std::string& stream) {
  const auto held = attendee.member().streams().find(stream);
  return held == attendee.member().streams().end() ? 0 : held->second.offset;
}

std::size_t caught_up(Audience& audience, const std::string& stream, std::uint64_t top) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < audience.size(); ++i) {
    count += audience[i].member().is_ready() && held_offset(audience[i], stream) >= top ? 1U : 0U;
  }
  return count;
}

}  // namespace

int run_idle(const CommonOptions& common, const CrowdSize& size) {
  Loop loop;
  const Venue venue = common.floor ? Venue{} : make_venue(loop, common, 0, 0);
  Audience audience(loop, common, static_cast<std::size_t>(size.people), measuring_settings());
  loop.run_for(settle_ms);
  const ProcessUse before = process_use(common.server_pid);
  make_known(audience, common, venue);
  const ProcessUse signed_in = process_use(common.server_pid);
  let_in(audience);
  loop.run_for(settle_ms);
  const ProcessUse present = process_use(common.server_pid);
  CpuMeter cpu(common.server_pid);
  loop.run_for(static_cast<std::int64_t>(size.seconds * 1'000));
  cpu.stop();
  const ProcessUse rested = process_use(common.server_pid);

  wire::Fields fields;
  fields.add("scenario", "idle").add("people", audience.size()).add("tls", common.tls_port > 0);
  fields.add("present", audience.placed()).add("lost", audience.meter.lost);
  fields.add("bytes_a_connection",
             bytes_each(rested.private_kb, signed_in.private_kb, audience.size()));
  fields.add("bytes_all_told", bytes_each(rested.private_kb, before.private_kb, audience.size()));
  fields.add("bytes_just_entered",
             bytes_each(present.private_kb, before.private_kb, audience.size()));
  fields.add("server_private_kb", rested.private_kb).add("server_rss_kb", rested.rss_kb);
  fields.add("server_cores", cpu.server_cores()).add("foreign_cores", cpu.foreign_cores());
  std::printf("%s\n", fields.str().c_str());
  return audience.placed() == audience.size() && audience.meter.lost == 0 ? 0 : 1;
}

int run_join(const CommonOptions& common, const CrowdSize& size) {
  Loop loop;
  const Venue venue = common.floor ? Venue{} : make_venue(loop, common, 0, 0);
  Audience audience(loop, common, static_cast<std::size_t>(size.people), measuring_settings());
  const double known_before_s = process_use(common.server_pid).cpu_s;
  make_known(audience, common, venue);
  const double sign_in_s = process_use(common.server_pid).cpu_s - known_before_s;
  loop.run_for(settle_ms);
  CpuMeter cpu(common.server_pid);
  let_in(audience);
  cpu.stop();

  const auto people = static_cast<double>(audience.size());
  wire::Fields fields;
  fields.add("scenario", "join").add("people", audience.size());
  fields.add("seconds", cpu.seconds()).add("joins_per_s", people / cpu.seconds());
  fields.add("server_us_a_person", cpu.server_cpu_s() * 1e6 / people);
  fields.add("server_us_a_sign_in", sign_in_s * 1e6 / people);
  fields.add("load_us_a_person", cpu.load_cores() * cpu.seconds() * 1e6 / people);
  fields.add("foreign_cores", cpu.foreign_cores()).add("lost", audience.meter.lost);
  std::printf("%s\n", fields.str().c_str());
  return audience.meter.lost == 0 ? 0 : 1;
}

int run_storm(const CommonOptions& common, const CrowdSize& size) {
  Loop loop;
  const Venue venue = make_venue(loop, common, 0, 0);
  const std::string stream = venue.stream();
  Audience audience(loop, common, static_cast<std::size_t>(size.people), MemberSettings{});
  make_known(audience, common, venue);
  let_in(audience);
  Audience stage(loop, common, 1, measuring_settings());
  make_known(stage, common, venue);
  let_in(stage);
  stage[0].prepare_to_send(stream, 150);
  Pace speaker(loop, some_of(stage, 1), size.rate);
  speaker.begin();
  loop.run_for(settle_ms);

  const ProcessUse before = process_use(common.server_pid);
  std::uint64_t top = 0;
  for (std::size_t i = 0; i < audience.size(); ++i) {
    top = std::max(top, held_offset(audience[i], stream));
  }
  CpuMeter cpu(common.server_pid);
  const std::int64_t began_us = now_us();
  for (std::size_t i = 0; i < audience.size(); ++i) {
    audience[i].member().drop(0);
  }
  std::int64_t most_us = 0;
  std::int64_t peak_kb = before.private_kb;
  std::int64_t looked_us = 0;
  const std::size_t most = (audience.size() * 95 + 99) / 100;
  const bool all = loop.run_until(
      [&] {
        if (now_us() - looked_us < 20'000) {
          return false;
        }
        looked_us = now_us();
        peak_kb = std::max(peak_kb, process_use(common.server_pid).private_kb);
        const std::size_t back = caught_up(audience, stream, top + 1);
        most_us = back >= most && most_us == 0 ? now_us() - began_us : most_us;
        return back == audience.size();
      },
      storm_limit_ms);
  const std::int64_t all_us = now_us() - began_us;
  cpu.stop();
  speaker.stop();
  loop.run_for(settle_ms);
  const std::uint64_t end = held_offset(audience[0], stream);
  const std::size_t level = caught_up(audience, stream, end);

  wire::Fields fields;
  fields.add("scenario", "storm").add("people", audience.size()).add("all_back", all);
  fields.add("back_95_ms", most_us / 1'000).add("back_all_ms", all_us / 1'000);
  fields.add("gaps", audience.meter.gaps).add("resets", audience.meter.resets);
  fields.add("recovered", audience.meter.recovered).add("at_the_top", level);
  fields.add("server_cores", cpu.server_cores()).add("foreign_cores", cpu.foreign_cores());
  fields.add("memory_before_kb", before.private_kb).add("memory_peak_kb", peak_kb);
  std::printf("%s\n", fields.str().c_str());
  const bool whole =
      all && audience.meter.gaps == 0 && audience.meter.resets == 0 && level == audience.size();
  return whole && most_us <= 20'000'000 && all_us <= 40'000'000 ? 0 : 1;
}

}  // namespace hallway::load
