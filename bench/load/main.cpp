// hallway-load: the load client, the history checker and the simulated people of Hallway.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "load/scenarios.hpp"

namespace {

using namespace hallway::load;

void add_common(CLI::App& app, CommonOptions& common) {
  app.add_option("--link", common.link, "A member's link: http://127.0.0.1:PORT/j/…")->required();
  app.add_option("--seed", common.seed, "Chance is drawn from this number");
}

void add_history(CLI::App& app, int& result, CommonOptions& common, HistoryOptions& options) {
  CLI::App* const sub = app.add_subcommand("history", "Live a busy time and write it down");
  add_common(*sub, common);
  sub->add_option("--staff-link", common.staff_link, "An organiser's link")->required();
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
  sub->callback([&] { result = run_bots(common, options); });
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app("Load client, history checker and simulated people of Hallway; loopback only");
  app.require_subcommand(1);
  int result = 0;
  CommonOptions common;
  HistoryOptions history;
  CheckRunOptions check;
  BotsOptions bots;
  add_history(app, result, common, history);
  add_check(app, result, check);
  add_bots(app, result, common, bots);
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
