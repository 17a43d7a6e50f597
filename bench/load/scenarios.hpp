// What hallway-load can do, one function a scenario. Each returns the exit code of the program.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hallway::load {

struct CommonOptions {
  std::string link;        // of a member
  std::string staff_link;  // of an organiser, where a scenario needs one
  std::uint64_t seed = 1;
  int server_pid = 0;             // for its processor time and memory; 0: not told
  bool spin = false;              // never sleep: the load client has a core of its own
  bool floor = false;             // the link leads to a floor server
  std::int64_t quiet_ms = 2'000;  // after so long without a delivery nothing more is expected
  std::uint16_t tls_port = 0;     // where WebSockets are spoken over TLS; 0: without it
};

struct HistoryOptions {
  std::string out = "history.jsonl";
  int people = 40;
  double seconds = 20;
  double actions_per_s = 1;
  double drop_share = 0.02;
  double hop_share = 0.15;
  std::int64_t answer_limit_ms = 3'000;
  std::int64_t backoff_max_ms = 2'000;
  std::int64_t drain_limit_ms = 60'000;
};
int run_history(const CommonOptions& common, const HistoryOptions& options);

struct CheckRunOptions {
  std::vector<std::string> files;
  bool epochs_may_change = false;
};
int run_check(const CheckRunOptions& options);

struct BotsOptions {
  int count = 30;
  double speed = 1;                      // how many times faster than real conversation
  std::string chat = "tests/data/chat";  // a folder of conversations
  double seconds = 86'400;
  // How many in rounds; below zero: a few, by the size of the crowd.
  int late = -1;
  int leave = -1;
  int drop = -1;
  int sit_out = -1;
};
int run_bots(const CommonOptions& common, const BotsOptions& options);

struct FanoutOptions {
  int people = 1'000;
  int senders = 10;
  int tables = 100;
  int seats = 10;
  int window = 3;   // messages of one sender under way
  double rate = 0;  // messages a second of all together; 0: closed loop
  int body_bytes = 150;
  double seconds = 10;
  std::int64_t warm_up_ms = 1'000;
  std::int64_t messages = 0;  // so many in all, then it ends by itself; 0: by time
  bool wait = false;          // for a line on standard input before the first and after the last
};
int run_fanout(const CommonOptions& common, const FanoutOptions& options);
int run_tables(const CommonOptions& common, const FanoutOptions& options);

struct CrowdLoad {
  int people = 10'000;
  double rate = 10;  // messages a second in the room
  int senders = 10;
  int pairs = 20;
  double private_rate = 200;  // of all pairs together
  int body_bytes = 150;
  double seconds = 8;
  std::int64_t warm_up_ms = 1'000;
};
int run_crowd(const CommonOptions& common, const CrowdLoad& options);

struct CrowdSize {
  int people = 1'000;
  double seconds = 5;
  double rate = 5;  // messages a second in the room, in a storm
};
int run_idle(const CommonOptions& common, const CrowdSize& size);
int run_join(const CommonOptions& common, const CrowdSize& size);
int run_storm(const CommonOptions& common, const CrowdSize& size);

struct TroubleOptions {
  int people = 200;
  double rate = 50;  // messages a second in the room
  int body_bytes = 150;
  int flooders = 5;
  double flood_rate = 100;  // messages a second of each flooder
};
int run_slow_reader(const CommonOptions& common, const TroubleOptions& options);
int run_half_open(const CommonOptions& common, const TroubleOptions& options);
int run_flood(const CommonOptions& common, const TroubleOptions& options);

struct RoundOptions {
  int people = 1'000;
  int size = 4;
  int rounds = 3;
  int organisations = 12;
};
int run_round(const CommonOptions& common, const RoundOptions& options);

struct PreviewOptions {
  int people = 300;
  int size = 4;
  int rounds = 8;
  int organisations = 12;
  double rate = 200;  // private messages a second of all pairs together
  double seconds = 3;
  int turns = 5;  // without and with previews, one after the other
};
int run_preview(const CommonOptions& common, const PreviewOptions& options);

}  // namespace hallway::load
