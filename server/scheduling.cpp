#include "server/scheduling.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace hallway {
namespace {

/// sched_setattr(2), which the C library does not know.
struct Attributes {
  std::uint32_t size = sizeof(Attributes);
  std::uint32_t policy = 0;  // SCHED_OTHER
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t slice_ns = 0;  // from 0.1 to 100 ms
  std::uint64_t deadline_ns = 0;
  std::uint64_t period_ns = 0;
};
static_assert(sizeof(Attributes) == 48);

}  // namespace

void schedule_thread(int nicer_by, std::chrono::microseconds slice) {
  constexpr int nice_max = 19;
  Attributes attributes;
  attributes.nice = std::min(getpriority(PRIO_PROCESS, 0) + nicer_by, nice_max);
  attributes.slice_ns = static_cast<std::uint64_t>(std::chrono::nanoseconds(slice).count());
  ::syscall(SYS_sched_setattr, 0, &attributes, 0);
}

}  // namespace hallway
