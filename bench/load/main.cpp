// hallway-load: the load client, the history checker and the simulated people of Hallway.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "load/scenarios.hpp"

namespace {

using namespace hallway::load;

constexpr int people_max = 15'000;

void add_common(CLI::App& app, CommonOptions& common) {
  app.add_option("--link", common.link, "A member's link: http://127.0.0.1:PORT/j/…")->required();
  app.add_option("--seed", common.seed, "Chance is drawn from this number");
  app.add_option("--staff-link", common.staff_link, "An organiser's link");
  app.add_option("--server-pid", common.server_pid, "For its processor time and memory");
  app.add_flag("--floor", common.floor, "The link leads to a floor server");
  app.add_option("--tls-port", common.tls_port, "Where WebSockets are spoken over TLS");
  app.add_flag("--spin", common.spin, "Never sleep: this program has a core of its own");
}

void add_history(CLI::App& app, int& result, CommonOptions& common, HistoryOptions& options) {
  CLI::App* const sub = app.add_subcommand("history", "Live a busy time and write it down");
  add_common(*sub, common);
  sub->add_option("--out", options.out, "The history file");
  sub->add_option("--people", options.people)->check(CLI::Range(1, 5'000));
  sub->add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 86'400.0));
  sub->add_option("--actions-per-s", options.actions_per_s, "Of each person");
  sub->add_option("--drop-share", options.drop_share, "Share of actions that lose the line");
  sub->add_option("--hop-share", options.hop_share, "Share of actions that change the place");
  sub->add_option("--answer-limit-ms", options.answer_limit_ms, "Then a command is sent again");
  sub->add_option("--drain-limit-ms", options.drain_limit_ms);
  sub->callback([&] { result = run_history(common, options); });
}

void add_check(CLI::App& app, int& result, CheckRunOptions& options) {
  CLI::App* const sub = app.add_subcommand("check", "Judge histories by the rules A1 to A8");
  sub->add_option("files", options.files, "History files")->required()->check(CLI::ExistingFile);
  sub->add_flag("--epochs-may-change", options.epochs_may_change, "After a restore");
  sub->callback([&] { result = run_check(options); });
}

void add_bots(CLI::App& app, int& result, CommonOptions& common, BotsOptions& options) {
  CLI::App* const sub = app.add_subcommand("bots", "Simulated people for a living demonstration");
  add_common(*sub, common);
  sub->add_option("--count", options.count)->check(CLI::Range(1, 1'000));
  sub->add_option("--speed", options.speed, "How many times faster than real conversation")
      ->check(CLI::Range(1.0, 60.0));
  sub->add_option("--chat", options.chat, "A folder of conversations");
  sub->add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 864'000.0));
  sub->add_option("--late", options.late, "People who come only while a round runs");
  sub->add_option("--leave", options.leave, "People of each round who leave in the middle");
  sub->add_option("--drop", options.drop, "People of each round who lose their network a while");
  sub->add_option("--sit-out", options.sit_out, "People of each round who sit it out");
  sub->callback([&] { result = run_bots(common, options); });
}

void add_fanout(CLI::App& app, int& result, CommonOptions& common, FanoutOptions& options) {
  const auto add = [&](const char* name, const char* about, auto run) {
    CLI::App* const sub = app.add_subcommand(name, about);
    add_common(*sub, common);
    sub->add_option("--people", options.people)->check(CLI::Range(1, people_max));
    sub->add_option("--senders", options.senders)->check(CLI::Range(1, people_max));
    sub->add_option("--tables", options.tables)->check(CLI::Range(1, 1'000));
    sub->add_option("--seats", options.seats)->check(CLI::Range(1, 100));
    sub->add_option("--window", options.window, "Messages of one sender under way")
        ->check(CLI::Range(1, 1'000));
    sub->add_option("--rate", options.rate, "Messages a second in all; 0: closed loop");
    sub->add_option("--body-bytes", options.body_bytes)->check(CLI::Range(30, 4'000));
    sub->add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 3'600.0));
    sub->add_option("--warm-up-ms", options.warm_up_ms)->check(CLI::Range(0, 60'000));
    sub->add_option("--messages", options.messages, "So many in all; 0: as long as it takes")
        ->check(CLI::Range(0, 100'000'000));
    sub->add_flag("--wait", options.wait,
                  "For a line of input before the first and after the last");
    sub->callback([&result, &common, &options, run] { result = run(common, options); });
  };
  add("fanout", "One room, a few senders", run_fanout);
  add("tables", "Many tables, everyone talks", run_tables);
}

void add_crowd(CLI::App& app, int& result, CommonOptions& common, CrowdLoad& options) {
  CLI::App* const sub = app.add_subcommand("crowd", "Pairs write in private beside a large room");
  add_common(*sub, common);
  sub->add_option("--people", options.people)->check(CLI::Range(1, people_max));
  sub->add_option("--rate", options.rate, "Messages a second in the room")
      ->check(CLI::Range(0.1, 10'000.0));
  sub->add_option("--senders", options.senders)->check(CLI::Range(1, people_max));
  sub->add_option("--pairs", options.pairs)->check(CLI::Range(1, 1'000));
  sub->add_option("--private-rate", options.private_rate, "Messages a second of all pairs together")
      ->check(CLI::Range(0.1, 100'000.0));
  sub->add_option("--body-bytes", options.body_bytes)->check(CLI::Range(30, 4'000));
  sub->add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 3'600.0));
  sub->add_option("--warm-up-ms", options.warm_up_ms)->check(CLI::Range(0, 60'000));
  sub->callback([&] { result = run_crowd(common, options); });
}

void add_presence(CLI::App& app, int& result, CommonOptions& common, CrowdSize& size) {
  const auto add = [&](const char* name, const char* about, auto run) {
    CLI::App* const sub = app.add_subcommand(name, about);
    add_common(*sub, common);
    sub->add_option("--people", size.people)->check(CLI::Range(1, people_max));
    sub->add_option("--seconds", size.seconds)->check(CLI::Range(0.1, 3'600.0));
    sub->add_option("--rate", size.rate)->check(CLI::Range(0.1, 1'000.0));
    sub->callback([&result, &common, &size, run] { result = run(common, size); });
  };
  add("idle", "Memory of people who only listen", run_idle);
  add("join", "What arriving costs", run_join);
  add("storm", "Everybody loses the line at once", run_storm);
}

void add_troubles(CLI::App& app, int& result, CommonOptions& common, TroubleOptions& options) {
  const auto add = [&](const char* name, const char* about, auto run) {
    CLI::App* const sub = app.add_subcommand(name, about);
    add_common(*sub, common);
    sub->add_option("--people", options.people)->check(CLI::Range(1, people_max));
    sub->add_option("--rate", options.rate)->check(CLI::Range(0.1, 10'000.0));
    sub->add_option("--body-bytes", options.body_bytes)->check(CLI::Range(30, 4'000));
    sub->add_option("--flooders", options.flooders)->check(CLI::Range(1, 100));
    sub->add_option("--flood-rate", options.flood_rate)->check(CLI::Range(1.0, 100'000.0));
    sub->callback([&result, &common, &options, run] { result = run(common, options); });
  };
  add("slow_reader", "One person stops reading", run_slow_reader);
  add("half_open", "One connection falls silent", run_half_open);
  add("flood", "A few people send far too much", run_flood);
}

void add_rounds(CLI::App& app, int& result, CommonOptions& common, RoundOptions& round,
                PreviewOptions& preview) {
  CLI::App* const start = app.add_subcommand("round", "A round begins for a large room");
  add_common(*start, common);
  start->add_option("--people", round.people)->check(CLI::Range(6, 2'000));
  start->add_option("--size", round.size, "People at a table")->check(CLI::Range(3, 20));
  start->add_option("--rounds", round.rounds, "In the series planned")->check(CLI::Range(1, 50));
  start->add_option("--organisations", round.organisations, "That people come from; 0: none");
  start->callback([&] { result = run_round(common, round); });
  CLI::App* const plan = app.add_subcommand("preview", "Previews beside private messages");
  add_common(*plan, common);
  plan->add_option("--people", preview.people)->check(CLI::Range(6, 2'000));
  plan->add_option("--size", preview.size, "People at a table")->check(CLI::Range(2, 20));
  plan->add_option("--rounds", preview.rounds)->check(CLI::Range(1, 50));
  plan->add_option("--organisations", preview.organisations, "That people come from; 0: none");
  plan->add_option("--rate", preview.rate)->check(CLI::Range(1.0, 10'000.0));
  plan->add_option("--seconds", preview.seconds, "Of each turn")->check(CLI::Range(0.1, 600.0));
  plan->add_option("--turns", preview.turns)->check(CLI::Range(1, 100));
  plan->callback([&] { result = run_preview(common, preview); });
}

/// Ten thousand people are ten thousand descriptors.
void lift_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  lift_descriptor_limit();
  CLI::App app("Load client, history checker and simulated people of Hallway; loopback only");
  app.require_subcommand(1);
  int result = 0;
  CommonOptions common;
  HistoryOptions history;
  CheckRunOptions check;
  BotsOptions bots;
  FanoutOptions fanout;
  CrowdLoad crowd;
  CrowdSize presence;
  TroubleOptions trouble;
  RoundOptions round;
  PreviewOptions preview;
  add_history(app, result, common, history);
  add_check(app, result, check);
  add_bots(app, result, common, bots);
  add_fanout(app, result, common, fanout);
  add_crowd(app, result, common, crowd);
  add_presence(app, result, common, presence);
  add_troubles(app, result, common, trouble);
  add_rounds(app, result, common, round, preview);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return result;
}
