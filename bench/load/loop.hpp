// The one epoll loop of the load client: descriptors, timers and the clock everything here reads.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

namespace hallway::load {

/// Monotonic time in microseconds; comparable between processes of one machine.
[[nodiscard]] std::int64_t now_us();
/// Wall clock in milliseconds since the Unix epoch, as the server stamps its pushes.
[[nodiscard]] std::int64_t wall_ms();

/// Owned by main, used by one thread. Handlers and timers may add and remove others at any time:
/// an event that was already fetched for a removed descriptor is recognised and dropped.
class Loop {
 public:
  class Handler {
   public:
    virtual void on_ready(std::uint32_t events) = 0;

   protected:
    ~Handler() = default;
  };
  using Watch = std::uint64_t;  // 0 is none
  using Timer = std::uint64_t;  // 0 is none

  static constexpr std::size_t read_buffer_bytes = 256 * 1024;

  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// What is urgent is served between any few of the others, however many of them are ready.
  [[nodiscard]] Watch watch(int fd, std::uint32_t events, Handler& handler, bool urgent = false);
  void change(Watch watch, int fd, std::uint32_t events);
  void forget(Watch watch, int fd);

  Timer after_ms(std::int64_t delay_ms, std::function<void()> action);
  /// At a time of now_us(); kept to the microsecond only by a loop that spins.
  Timer at_us(std::int64_t time_us, std::function<void()> action);
  void cancel(Timer timer);

  /// Runs until done() holds (true) or the time is up (false). Spinning never sleeps in the kernel.
  bool run_until(const std::function<bool()>& done, std::int64_t limit_ms, bool spin = false);
  void run_for(std::int64_t duration_ms, bool spin = false);

  /// One read buffer for all connections; valid until the next read.
  [[nodiscard]] char* read_buffer() { return read_buffer_.data(); }

 private:
  struct Slot {
    Handler* handler = nullptr;
    std::uint32_t generation = 0;
    bool urgent = false;
  };
  struct Due {
    std::int64_t at_us;
    Timer timer;
    bool operator>(const Due& other) const {
      return at_us != other.at_us ? at_us > other.at_us : timer > other.timer;
    }
  };

  void turn(std::int64_t deadline_us, bool spin);
  void handle(std::uint64_t watch, std::uint32_t events);
  void serve_urgent();
  void fire_due();
  [[nodiscard]] int epoll_of(Watch watch) const;

  int epoll_fd_;
  int urgent_fd_;  // a second epoll, itself watched by the first
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  std::unordered_map<Timer, std::function<void()>> actions_;
  Timer last_timer_ = 0;
  std::vector<char> read_buffer_;
};

}  // namespace hallway::load
