// The command line: `hallway serve`, `hallway admin …`, `hallway seat …`, `hallway help …`.
// Exit codes: 0 done, 1 it could not be done, 2 the command line or a setting is wrong.
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server/admin.hpp"
#include "server/admin_socket.hpp"
#include "server/clock.hpp"
#include "server/config.hpp"
#include "server/data_lock.hpp"
#include "server/log.hpp"
#include "server/roles_print.hpp"
#include "server/seat_command.hpp"
#include "server/server.hpp"
#include "server/sqlite_backup.hpp"
#include "server/sqlite_store.hpp"

extern char** environ;

namespace hallway {
namespace {

constexpr int exit_done = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

int complain(int code, const std::string& message) {
  std::fprintf(stderr, "hallway: %s\n", message.c_str());
  return code;
}

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> found;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) found[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return found;
}

/// What was typed, gathered while CLI11 parses.
struct Typed {
  std::string config_file;
  std::map<std::string, std::string> flags;
  AdminRequest request;
  std::string backup_file;
  std::vector<std::string> rooms;
  std::vector<std::string> help_topic;
  SeatRequest seat;
};

Result<Config> load(const Typed& typed) {
  return load_config({typed.config_file, environment(), typed.flags});
}

// --- Commands

/// What stands before the path of a link; empty where it depends on the port that will be free.
std::string link_base(const Config& config) {
  if (!config.public_url.empty()) return config.public_url;
  const Result<Endpoint> endpoint = parse_endpoint(config.listen);
  return endpoint->port == 0 ? "" : "http://" + config.listen;
}

/// A connection is a descriptor: as many as the machine allows this process, not the thousand it
/// begins with.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int serve(const Typed& typed) {
  const Result<Config> config = load(typed);
  if (!config) return complain(exit_usage, config.error().message);
  log::start(config->log_level, config->log_format);
  raise_descriptor_limit();
  std::signal(SIGPIPE, SIG_IGN);  // A peer that went away is an error of that write alone.

  const std::filesystem::path data = config->data;
  const auto lock = DataLock::take(data);
  if (!lock) return complain(exit_failed, lock.error().message);
  MachineClock clock;
  SqliteOptions options;
  options.durability = config->durability;
  const auto store = SqliteStore::open(database_file(data), clock, options);
  if (!store) return complain(exit_failed, store.error().message);
  const auto admin = AdminSocket::open(admin_socket_file(data), **store, clock, link_base(*config));
  if (!admin) return complain(exit_failed, admin.error().message);
  return run_server(*config, **store, clock);
}

/// By the server that runs on the data, or by this process if none does.
Result<AdminAnswer> execute(const Config& config, const AdminRequest& request) {
  const std::filesystem::path data = config.data;
  const auto lock = DataLock::take(data);
  if (!lock && lock.error().code == ErrorCode::conflict) {
    return ask_admin_socket(admin_socket_file(data), request);
  }
  if (!lock) return lock.error();
  MachineClock clock;
  const auto store = SqliteStore::open(database_file(data), clock);
  if (!store) return store.error();
  return execute_admin(request, **store, clock, link_base(config));
}

int administer(Typed& typed, const std::string& action) {
  const Result<Config> config = load(typed);
  if (!config) return complain(exit_usage, config.error().message);
  log::start(log::Level::warning, config->log_format);
  AdminRequest& request = typed.request;
  request.action = action;
  // Else the server that runs knows where it listens.
  if (!config->public_url.empty()) request.arguments["link_base"] = config->public_url;
  for (const std::string& room : typed.rooms) {
    std::string& rooms = request.arguments["rooms"];
    rooms += (rooms.empty() ? "" : "\n") + room;
  }
  const Result<AdminAnswer> answer = execute(*config, request);
  if (!answer) return complain(exit_failed, answer.error().message);
  if (!answer->succeeded) return complain(exit_failed, answer->text);
  std::fputs(answer->text.c_str(), stdout);
  return exit_done;
}

int back_up_to(const Typed& typed) {
  const Result<Config> config = load(typed);
  if (!config) return complain(exit_usage, config.error().message);
  if (const auto failure = back_up(database_file(config->data), typed.backup_file)) {
    return complain(exit_failed, "no backup: " + *failure);
  }
  return exit_done;
}

int restore_from(const Typed& typed) {
  const Result<Config> config = load(typed);
  if (!config) return complain(exit_usage, config.error().message);
  const auto lock = DataLock::take(config->data);
  if (!lock) return complain(exit_failed, "nothing restored: " + lock.error().message);
  MachineClock clock;
  if (const auto failure = restore(typed.backup_file, database_file(config->data), clock)) {
    return complain(exit_failed, "nothing restored: " + *failure);
  }
  return exit_done;
}

// --- The command line

void add_settings(CLI::App& command, Typed& typed, const std::vector<std::string>& names) {
  command.add_option("--config", typed.config_file, "The file of settings, in TOML")
      ->type_name("FILE");
  for (const ConfigKey& key : config_keys()) {
    const bool is_wanted =
        names.empty() || std::find(names.begin(), names.end(), key.name) != names.end();
    if (!is_wanted) continue;
    const auto keep = [&typed, name = key.name](const std::string& value) {
      typed.flags[name] = value;
    };
    const std::string flag = "--" + key.name;
    if (key.is_switch) {
      command.add_flag_function(
          flag, [keep](std::int64_t count) { keep(count > 0 ? "true" : "false"); }, key.help);
    } else {
      command.add_option_function<std::string>(flag, keep, key.help)->type_name("VALUE");
    }
  }
}

CLI::Option* add_argument(CLI::App& command, Typed& typed, const std::string& name,
                          const std::string& help) {
  return command
      .add_option_function<std::string>(
          "--" + name,
          [&typed, name](const std::string& value) { typed.request.arguments[name] = value; }, help)
      ->type_name("VALUE");
}

/// What a parsed command line asks for; decided while parsing, done after it.
using Chosen = std::function<int()>;

CLI::App& add_action(CLI::App& group, Typed& typed, Chosen& chosen, const std::string& name,
                     const std::string& help) {
  CLI::App& command = *group.add_subcommand(name, help);
  add_settings(command, typed, {"data", "public_url", "listen"});
  const std::string action = group.get_name() + "." + name;
  command.callback([&typed, &chosen, action] {
    chosen = [&typed, action] { return administer(typed, action); };
  });
  return command;
}

void add_token_commands(CLI::App& admin, Typed& typed, Chosen& chosen) {
  CLI::App& token = *admin.add_subcommand("token", "Tokens that may create events over HTTP");
  token.require_subcommand(1);
  add_argument(add_action(token, typed, chosen, "create", "Make a token and print it, once"), typed,
               "days", "Days until it ends; 365 if not named");
  add_action(token, typed, chosen, "list", "The tokens that are valid, by their ids");
  add_argument(add_action(token, typed, chosen, "revoke", "End a token"), typed, "id",
               "Its id, as `list` shows it")
      ->required();
}

void add_event_commands(CLI::App& admin, Typed& typed, Chosen& chosen) {
  CLI::App& event = *admin.add_subcommand("event", "Events");
  event.require_subcommand(1);
  CLI::App& create =
      add_action(event, typed, chosen, "create", "Make an event and print a link for each role");
  add_argument(create, typed, "title", "What it is called")->required();
  add_argument(create, typed, "starts", "2026-12-01T18:00+01:00, or now")->required();
  add_argument(create, typed, "minutes", "How long it lasts")->required();
  add_argument(create, typed, "timezone", "In which its times are told, e.g. Europe/Copenhagen");
  add_argument(create, typed, "admission", "open, or approval: people wait until let in");
  create
      .add_option("--rooms", typed.rooms,
                  "Names of rooms; Tables=12x6 has 12 tables of 6. A lobby is always made")
      ->type_name("ROOM");
  add_action(event, typed, chosen, "list", "All events");
}

void add_invite_commands(CLI::App& admin, Typed& typed, Chosen& chosen) {
  CLI::App& invite = *admin.add_subcommand("invite", "Links to an event");
  invite.require_subcommand(1);
  CLI::App& create = add_action(invite, typed, chosen, "create", "Make a link and print it, once");
  add_argument(create, typed, "role", "member, facilitator, moderator or organiser");
  add_argument(create, typed, "uses", "How many people may join by it; any number if not named");
  add_argument(create, typed, "days", "Days until it ends; never if not named");
  CLI::App& list = add_action(invite, typed, chosen, "list", "The links of an event, by their ids");
  CLI::App& revoke = add_action(invite, typed, chosen, "revoke", "End a link");
  add_argument(revoke, typed, "id", "Its id, as `list` shows it")->required();
  for (CLI::App* command : {&create, &list, &revoke}) {
    add_argument(*command, typed, "event", "The event's id")->required();
  }
}

void add_copy_commands(CLI::App& admin, Typed& typed, Chosen& chosen) {
  CLI::App& backup =
      *admin.add_subcommand("backup", "Copy everything that is kept, also while a server runs");
  backup.add_option("DEST", typed.backup_file, "The file to make")->required();
  CLI::App& restore = *admin.add_subcommand("restore", "Put a backup in place; no server may run");
  restore.add_option("SRC", typed.backup_file, "A file that `backup` made")->required();
  for (CLI::App* command : {&backup, &restore}) add_settings(*command, typed, {"data"});
  backup.callback([&] { chosen = [&typed] { return back_up_to(typed); }; });
  restore.callback([&] { chosen = [&typed] { return restore_from(typed); }; });
}

void add_seat_commands(CLI::App& app, Typed& typed, Chosen& chosen) {
  CLI::App& seat = *app.add_subcommand("seat", "Who sits with whom: plans for rounds at tables");
  seat.require_subcommand(1);
  SeatRequest& request = typed.seat;
  CLI::App& plan = *seat.add_subcommand("plan", "Print a plan for a problem");
  CLI::App& measure = *seat.add_subcommand("measure", "Print what a plan is worth");
  const auto add_problem = [&request](CLI::App& command) {
    return command.add_option("PROBLEM", request.problem_file,
                              "JSON, or people as CSV (name, organisation, ask, offer); - reads "
                              "standard input");
  };
  CLI::Option* problem = add_problem(plan);
  CLI::Option* online = plan.add_flag_callback(
      "--online", [&request] { request.action = SeatRequest::Action::online; },
      "Read the problem without rounds from standard input, then a round a line; answer each");
  online->excludes(problem);
  add_problem(measure)->required();
  measure.add_option("PLAN", request.plan_file, "The plan, as `plan` prints it")->required();
  SeatEffort& effort = request.effort;
  plan.add_option("--seed", effort.seed, "The same seed and proposals give the same plan");
  plan.add_option("--proposals", effort.proposals, "How many swaps to try; online, each round")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 40));
  plan.add_option("--budget-ms", effort.budget_ms, "Or how much CPU time to spend");
  for (CLI::App* command : {&plan, &measure}) {
    command->add_option("--format", request.format, "json, csv or text (tables and cards)");
    command->add_option("--size", request.layout.size, "People at a table, without `rounds`")
        ->check(CLI::Range(2u, seating::people_max));
    command->add_option("--size-min", request.layout.size_min, "No table has fewer")
        ->check(CLI::Range(2u, seating::people_max));
    command->add_option("--rounds", request.layout.rounds, "How many rounds, without `rounds`")
        ->check(CLI::Range(1u, seating::rounds_max));
  }
  const auto run_it = [&chosen, &request] {
    chosen = [&request] { return run_seat(request, std::cin, std::cout, std::cerr); };
  };
  plan.callback([&request, run_it, problem] {
    if (request.action == SeatRequest::Action::plan && problem->empty()) {
      throw CLI::RequiredError("PROBLEM");
    }
    run_it();
  });
  measure.callback([&request, run_it] {
    request.action = SeatRequest::Action::measure;
    run_it();
  });
}

int help(const CLI::App& app, const std::vector<std::string>& topic) {
  if (topic == std::vector<std::string>{"config"}) {
    std::fputs(config_help().c_str(), stdout);
    return exit_done;
  }
  if (topic == std::vector<std::string>{"roles"}) {
    std::fputs(roles_help().c_str(), stdout);
    return exit_done;
  }
  const CLI::App* command = &app;
  std::string path = "hallway";
  for (const std::string& word : topic) {
    const auto found = command->get_subcommands(
        [&word](const CLI::App* candidate) { return candidate->get_name() == word; });
    if (found.empty()) return complain(exit_usage, "there is no command " + word);
    command = found.front();
    path += " " + word;
  }
  // Not `command->help()`, which speaks of the subcommand that was typed: this one.
  const std::string text =
      command->get_formatter()->make_help(command, path, CLI::AppFormatMode::Normal);
  std::fputs(text.c_str(), stdout);
  return exit_done;
}

int run(int argc, char** argv) {
  ::umask(0077);  // All that is written is everybody's words, and for the owner's eyes alone.
  Typed typed;
  Chosen chosen;
  CLI::App app("Hallway: rooms and tables where people meet.", "hallway");
  app.set_version_flag("--version", std::string("hallway ") + HALLWAY_VERSION);
  app.require_subcommand(1);

  CLI::App& serving = *app.add_subcommand("serve", "Run the server until SIGTERM");
  add_settings(serving, typed, {});
  serving.callback([&] { chosen = [&typed] { return serve(typed); }; });

  CLI::App& admin = *app.add_subcommand("admin", "Tokens, events, links, backup and restore");
  admin.require_subcommand(1);
  add_token_commands(admin, typed, chosen);
  add_event_commands(admin, typed, chosen);
  add_invite_commands(admin, typed, chosen);
  add_copy_commands(admin, typed, chosen);

  add_seat_commands(app, typed, chosen);

  CLI::App& helping = *app.add_subcommand("help", "Help about a command, `config` or `roles`");
  helping.add_option("COMMAND", typed.help_topic, "e.g. admin event create");
  helping.callback([&] { chosen = [&] { return help(app, typed.help_topic); }; });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_done : exit_usage;
  }
  return chosen();
}

}  // namespace
}  // namespace hallway

int main(int argc, char** argv) {
  try {
    return hallway::run(argc, argv);
  } catch (const std::exception& error) {
    // Only a start may throw (no memory, no entropy).
    return hallway::complain(hallway::exit_failed, error.what());
  }
}
