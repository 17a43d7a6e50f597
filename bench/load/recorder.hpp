// A member whose whole life is written to a history: the eyes of the history checker.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "load/history.hpp"
#include "load/member.hpp"

namespace hallway::load {

struct RunCount {
  std::uint64_t sent = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t resent = 0;
  std::uint64_t refused = 0;
  std::uint64_t lost = 0;
  std::uint64_t pushes = 0;
  std::uint64_t stopped = 0;  // members that may not come back
};

struct RunContext {
  Loop& loop;
  HistoryWriter& history;
  TrafficCount& traffic;
  RunCount& count;
};

/// Owned by its scenario. Derived classes act; this class only joins, records and reads.
class Recorder : public Member::Events {
 public:
  Recorder(const RunContext& run, const Link& link, Profile profile, std::string role,
           std::int64_t client, std::uint64_t seed, const MemberSettings& settings);
  virtual ~Recorder() = default;

  Member& member() { return member_; }
  [[nodiscard]] bool is_stopped() const { return stopped_; }

  /// Reads a held stream from its end to its beginning and records what stands.
  void read_stream(const std::string& stream, std::function<void()> done);
  /// Asks again while the answer is "not now".
  void ask_patiently(const std::string& cmd, const wire::Fields& data, OnAnswer on_answer);

 protected:
  void on_joined() override;
  void on_refused(const std::string& why) override;
  void on_resume(const std::map<std::string, StreamPoint>& points) override;
  void on_hello(const wire::Value& hello) override;
  void on_opened(const std::string& stream, const wire::Value& data) override;
  void on_closed(const std::string& stream) override;
  void on_push(const Push& push) override;
  void on_sent(const Kept& kept) override;
  void on_answered(const Kept& kept, const Answer& answer) override;
  void on_lost(int close_code) override;

  [[nodiscard]] Loop& loop() { return run_.loop; }
  [[nodiscard]] std::int64_t client() const { return client_; }

 private:
  [[nodiscard]] Record record(Record::Kind kind, const std::string& stream = {}) const;
  [[nodiscard]] std::string epoch_of(const std::string& stream) const;
  void record_opened(const std::string& stream, const StreamPoint& point);
  void record_people(const wire::Value& conversation);
  void read_page(const std::string& stream, std::int64_t before, std::function<void()> done);

  RunContext run_;
  std::string role_;
  std::int64_t client_;
  bool stopped_ = false;
  Member member_;
};

}  // namespace hallway::load
