// What a run cost: see machine.hpp.
#include "load/machine.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "load/loop.hpp"

namespace hallway::load {
namespace {

double ticks_to_s(double ticks) {
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

ProcessUse process_use(int pid) {
  ProcessUse use;
  if (pid <= 0) {
    return use;
  }
  const std::string folder = "/proc/" + std::to_string(pid);
  std::string line;
  std::ifstream stat(folder + "/stat");
  std::getline(stat, line);
  // The name in brackets may hold spaces; utime and stime are the 12th and 13th field after it.
  if (const std::size_t bracket = line.rfind(')'); bracket != std::string::npos) {
    std::istringstream fields(line.substr(bracket + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) {
      fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    use.cpu_s = ticks_to_s(user + system);
  }
  std::ifstream memory(folder + "/smaps_rollup");
  while (std::getline(memory, line)) {
    std::istringstream fields(line);
    std::string name;
    std::int64_t kb = 0;
    fields >> name >> kb;
    if (name == "Rss:") {
      use.rss_kb = kb;
    } else if (name == "Private_Clean:" || name == "Private_Dirty:") {
      use.private_kb += kb;
    }
  }
  return use;
}

double machine_busy_s() {
  std::ifstream stat("/proc/stat");
  std::string name;
  double user = 0;
  double nice = 0;
  double system = 0;
  double idle = 0;
  double wait = 0;
  double irq = 0;
  double soft = 0;
  stat >> name >> user >> nice >> system >> idle >> wait >> irq >> soft;
  return ticks_to_s(user + nice + system + irq + soft);
}

std::string machine_name() {
  std::ifstream info("/proc/cpuinfo");
  std::string line;
  while (std::getline(info, line)) {
    if (line.starts_with("model name")) {
      return line.substr(line.find(':') + 2) + " x " +
             std::to_string(std::thread::hardware_concurrency());
    }
  }
  return "unknown";
}

int own_pid() {
  return static_cast<int>(::getpid());
}

CpuMeter::CpuMeter(int server_pid)
    : server_pid_(server_pid),
      began_us_(now_us()),
      server_s_(process_use(server_pid).cpu_s),
      load_s_(process_use(own_pid()).cpu_s),
      foreign_s_(machine_busy_s()) {}

void CpuMeter::stop() {
  seconds_ = static_cast<double>(now_us() - began_us_) / 1e6;
  server_s_ = process_use(server_pid_).cpu_s - server_s_;
  load_s_ = process_use(own_pid()).cpu_s - load_s_;
  const double busy_s = machine_busy_s() - foreign_s_;
  foreign_s_ = std::max(0.0, busy_s - server_s_ - load_s_);
}

}  // namespace hallway::load
