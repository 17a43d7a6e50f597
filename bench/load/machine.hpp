// What a run cost: processor time and memory, read from /proc.
#pragma once

#include <cstdint>
#include <string>

namespace hallway::load {

struct ProcessUse {
  double cpu_s = 0;
  std::int64_t private_kb = 0;  // memory of this process alone
  std::int64_t rss_kb = 0;
};

/// Zeroes for a process that is gone, or pid 0.
[[nodiscard]] ProcessUse process_use(int pid);

/// Processor time of the whole machine since it started, all cores together.
[[nodiscard]] double machine_busy_s();
[[nodiscard]] std::string machine_name();
[[nodiscard]] int own_pid();

/// Cores used between two moments, by the server, by this program and by everything else.
class CpuMeter {
 public:
  explicit CpuMeter(int server_pid);
  void stop();
  [[nodiscard]] double seconds() const { return seconds_; }
  [[nodiscard]] double server_cores() const { return server_s_ / seconds_; }
  [[nodiscard]] double server_cpu_s() const { return server_s_; }
  [[nodiscard]] double load_cores() const { return load_s_ / seconds_; }
  [[nodiscard]] double foreign_cores() const { return foreign_s_ / seconds_; }

 private:
  int server_pid_;
  std::int64_t began_us_;
  double seconds_ = 0;
  double server_s_;
  double load_s_;
  double foreign_s_;
};

}  // namespace hallway::load
