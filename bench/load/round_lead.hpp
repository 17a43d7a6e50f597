// Who leads the rounds of one room: previews, announces, ends, and keeps the server's clock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "load/histogram.hpp"
#include "load/member.hpp"
#include "load/scenarios.hpp"

namespace hallway::load {

/// An organiser in the room of a run. What it asks for is waited for on the loop.
class RoundLead final : private Member::Events {
 public:
  RoundLead(Loop& loop, const CommonOptions& common);

  /// Throws std::runtime_error when the room cannot be entered in time.
  void enter(const std::string& room);
  /// Measures the server's clock as clients do: the sample with the lowest round trip counts.
  void read_clock();
  /// Where a moment of the server's clock lies on the monotonic clock of this machine.
  [[nodiscard]] std::int64_t moment_us(std::int64_t server_ms) const {
    return server_ms * 1'000 + clock_offset_us_;
  }

  /// One preview and the time until its answer; 0 when it is refused.
  std::int64_t preview(std::int64_t size, std::int64_t rounds);
  /// Previews one after the other until told to stop.
  void preview_again_and_again(std::int64_t size, std::int64_t rounds);
  void stop_previews() { previewing_ = false; }
  [[nodiscard]] bool is_waiting() const { return !answer_prefix_.empty(); }
  [[nodiscard]] const Histogram& preview_times() const { return preview_times_; }

  /// Announces the plan of the latest preview.
  void announce();
  void end_round() { command("round.end"); }

  [[nodiscard]] std::int64_t starts_at_ms() const { return starts_at_ms_; }
  [[nodiscard]] wire::Value latest_preview() const;
  [[nodiscard]] const std::string& first_refusal() const { return first_refusal_; }

 private:
  bool on_raw(std::string_view message) override;
  void on_refused(const std::string& why) override { note(why); }
  void on_joined() override { member_.connect(); }
  void on_opened(const std::string& stream, const wire::Value& data) override;
  void on_push(const Push& push) override;
  void command(const std::string& name);
  void ask_preview();
  void note(const std::string& refusal);

  Loop& loop_;
  std::string room_;
  std::string entered_;
  std::int64_t clock_offset_us_ = 0;
  bool previewing_ = false;
  std::int64_t size_ = 0;
  std::int64_t rounds_ = 0;
  std::string answer_prefix_;  // of the answer that is awaited
  std::int64_t sent_us_ = 0;
  std::int64_t latest_preview_us_ = 0;
  std::string latest_preview_;  // the whole answer
  Histogram preview_times_;
  std::int64_t starts_at_ms_ = 0;
  std::string first_refusal_;
  TrafficCount traffic_;
  Member member_;
};

}  // namespace hallway::load
