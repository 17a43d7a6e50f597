// The scenario "bots": simulated people for a living demonstration.
#include <csignal>
#include <cstdio>

#include "bots/crowd.hpp"
#include "load/scenarios.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t goodbye_ms = 500;
volatile std::sig_atomic_t asked_to_stop = 0;

}  // namespace

int run_bots(const CommonOptions& common, const BotsOptions& options) {
  std::signal(SIGINT, [](int) { asked_to_stop = 1; });
  std::signal(SIGTERM, [](int) { asked_to_stop = 1; });
  Loop loop;
  CrowdOptions crowd_options;
  crowd_options.count = static_cast<std::size_t>(options.count);
  crowd_options.speed = options.speed;
  crowd_options.seed = common.seed;
  crowd_options.trouble = {options.late, options.leave, options.drop, options.sit_out};
  Crowd crowd(loop, parse_link(common.link), crowd_options, read_talks(options.chat));
  crowd.open_doors();
  std::fprintf(stderr, "%d people are on their way\n", options.count);
  loop.run_until([] { return asked_to_stop != 0; },
                 static_cast<std::int64_t>(options.seconds * 1'000));
  crowd.send_home();
  loop.run_for(goodbye_ms);
  return 0;
}

}  // namespace hallway::load
