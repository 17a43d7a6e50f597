// Who goes first where threads of this process want the same core.
#pragma once

#include <chrono>

namespace hallway {

/// By how much the calling thread is nicer than it was, and how long it wants to run at a time (0.1
/// to 100 ms): of two that are as nice, Linux from 6.12 on lets the one with the shorter slice go
/// first when it wakes. An older kernel knows the nice value alone; one that refuses changes
/// nothing.
void schedule_thread(int nicer_by, std::chrono::microseconds slice);

/// What a reply waits for.
inline constexpr std::chrono::microseconds disk_slice{100};
inline constexpr std::chrono::microseconds shard_slice{500};
/// Seatings and searches: nobody's word waits for them.
inline constexpr int slow_nice = 10;
inline constexpr std::chrono::microseconds slow_slice{5'000};

}  // namespace hallway
