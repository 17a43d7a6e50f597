// Many members at once, in one room or at tables: what the measuring scenarios have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "load/histogram.hpp"
#include "load/markers.hpp"
#include "load/member.hpp"
#include "load/scenarios.hpp"

namespace hallway::load {

/// Shared by all attendees of a run.
struct Meter {
  bool counting = false;  // from now on frames are scanned for markers, not parsed
  std::uint64_t deliveries = 0;
  std::uint64_t refusals = 0;
  std::uint64_t gaps = 0;
  std::uint64_t recovered = 0;
  std::uint64_t resets = 0;
  std::uint64_t lost = 0;
  std::string first_refusal;
  Histogram latency;  // from a stamp to its arrival: of the first, so the oldest, in each read
  std::uint64_t timed_reads = 0;
  std::size_t filler_bytes = 0;  // of a body, behind what is counted
};

/// The organisation of the index-th person where each sends as many as the others; empty for none.
[[nodiscard]] std::string org_of(std::size_t index, std::size_t organisations);

/// Where somebody should go after hello; empty names mean not at all.
struct Place {
  std::string room;
  std::string table;
};

class Attendee final : private Member::Events {
 public:
  Attendee(Loop& loop, const Link& link, std::size_t index, Meter& meter, TrafficCount& traffic,
           std::uint64_t seed, const MemberSettings& settings, std::string org = {});

  /// Goes to a group of a floor server, which asks for no name and speaks no protocol.
  void go_to_group(std::size_t group);
  /// Makes the person; afterwards enter() connects.
  void sign_in() { member_.sign_in(); }
  void go_to(Place place) { place_ = std::move(place); }
  void enter() { member_.connect(); }

  /// Builds the frame that send_marked patches; from here on messages go to this stream.
  void prepare_to_send(const std::string& stream, std::size_t body_bytes);
  /// Sends one message stamped with the given time, or now.
  void send_marked(std::int64_t stamp_us = 0);
  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  void set_on_echo(std::function<void()> on_echo) { on_echo_ = std::move(on_echo); }

  Member& member() { return member_; }
  [[nodiscard]] bool is_signed_in() const { return member_.is_joined(); }
  [[nodiscard]] bool is_placed() const { return placed_ && member_.is_ready(); }
  [[nodiscard]] bool is_stopped() const { return stopped_; }
  [[nodiscard]] int last_close_code() const { return last_close_code_; }
  [[nodiscard]] const wire::Value& room_state() const { return room_state_; }

 private:
  bool on_raw(std::string_view message) override;
  void on_refused(const std::string& why) override;
  void on_hello(const wire::Value& hello) override;
  void on_opened(const std::string& stream, const wire::Value& data) override;
  void on_push(const Push& push) override;
  void on_lost(int close_code) override;
  void take_place();
  void note_refusal(std::string_view text);

  std::size_t index_;
  Meter& meter_;
  TrafficCount& traffic_;
  Place place_;
  bool placed_ = false;
  bool stopped_ = false;
  int last_close_code_ = 0;
  wire::Value room_state_;
  std::string frame_;
  std::size_t id_at_ = 0;
  std::size_t nonce_at_ = 0;
  std::size_t stamp_at_ = 0;
  std::uint64_t sent_ = 0;
  std::function<void()> on_echo_;
  Member member_;
};

/// A fresh room made by an organiser for this run.
struct Venue {
  std::string room;
  std::vector<std::string> tables;
  [[nodiscard]] std::string stream() const { return "room:" + room; }
};

/// For sheer numbers: nothing is parsed that can be told by its first bytes.
[[nodiscard]] MemberSettings measuring_settings();

class Audience {
 public:
  /// With organisations, each of them sends as many people as the others.
  Audience(Loop& loop, const CommonOptions& common, std::size_t count,
           const MemberSettings& settings, std::size_t organisations = 0);

  [[nodiscard]] bool sign_in(std::int64_t limit_ms);
  /// All go to the room; of a floor server, to the group that stands for it.
  void go_to(const Venue& venue);
  /// All sign in, but for those of a floor server, and enter. Throws std::runtime_error with what
  /// was said when not all of them are in soon.
  void arrive();
  /// All connect, at most `at_once` under way, and go where they were told.
  [[nodiscard]] bool enter(std::int64_t limit_ms, std::size_t at_once = 200);
  /// What these have sent with a marker.
  [[nodiscard]] std::uint64_t sent() const;
  /// Until no marker has come for a while, or all expected have.
  void drain(std::uint64_t expected, bool spin);

  [[nodiscard]] std::size_t size() const { return attendees_.size(); }
  Attendee& operator[](std::size_t index) { return *attendees_[index]; }
  [[nodiscard]] std::size_t placed() const;
  /// Who listens only says a word now and then, so that the server knows that they live.
  void keep_alive();

  Meter meter;
  TrafficCount traffic;

 private:
  Loop& loop_;
  bool floor_;
  std::int64_t quiet_ms_;
  std::vector<std::unique_ptr<Attendee>> attendees_;
  std::size_t alive_next_ = 0;
};

/// Throws std::runtime_error with what the server said when it cannot be made.
[[nodiscard]] Venue make_venue(Loop& loop, const CommonOptions& common, std::int64_t tables,
                               std::int64_t capacity);

}  // namespace hallway::load
