// One simulated person: arrives, enters the room with tables, sits, hops, stands, leaves, returns;
// in a round, stays where they were seated.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "load/member.hpp"

namespace hallway::load {

class Crowd;

/// A message as a simulated person sees it.
struct SeenMessage {
  std::string stream;
  std::uint64_t offset = 0;
  std::string by;
  std::string body;
};

/// Owned by the crowd. All it does goes through the public protocol; a refusal is an answer like
/// any other and never ends it.
class Bot final : private Member::Events {
 public:
  Bot(Crowd& crowd, const Link& link, Profile profile, TrafficCount& traffic, std::uint64_t seed);
  Bot(const Bot&) = delete;
  Bot& operator=(const Bot&) = delete;

  void arrive() { member_.join(); }
  /// Says goodbye, for good unless come_back() follows.
  void go_home();
  void come_back();
  /// Loses the network without a word and resumes when it is back.
  void lose_line(std::int64_t back_after_ms);
  /// Out of this round, or the one announced.
  void sit_out();
  /// Looks for a chair, after a moment.
  void settle_later();

  using OnOffset = std::function<void(std::uint64_t)>;
  /// Sends a message, again after a lost connection; on_offset once it stands.
  void say(const std::string& stream, const std::string& body, std::uint64_t reply_to,
           OnOffset on_offset);
  void show_typing(const std::string& stream);
  void react(const SeenMessage& message, const std::string& emoji);
  void write_to(const std::string& person, const std::string& body,
                std::function<void(const std::string& conversation)> on_started);
  void ask_name(const std::string& person, std::function<void(const std::string& name)> on_name);
  void set_topic(const std::string& topic);

  [[nodiscard]] bool is_here() const { return member_.is_ready() && !room_.empty(); }
  /// Away on a break, or gone for good: nobody should wait for this person.
  [[nodiscard]] bool is_gone() const { return gone_; }
  [[nodiscard]] const std::string& person() const { return member_.person(); }
  [[nodiscard]] const std::string& room() const { return room_; }
  [[nodiscard]] const std::string& table() const { return table_; }
  [[nodiscard]] std::string given_name() const;
  [[nodiscard]] std::mt19937_64& chance() { return member_.chance(); }

 private:
  void on_joined() override;
  void on_refused(const std::string& why) override;
  void on_hello(const wire::Value& hello) override;
  void on_opened(const std::string& stream, const wire::Value& data) override;
  void on_closed(const std::string& stream) override;
  void on_push(const Push& push) override;

  void settle();
  void on_room_push(const Push& push);
  void sit_somewhere();
  void sit(const std::string& table);
  void move_later();
  void move();
  void take_a_break();
  void answer_invitation(const std::string& room, const std::string& table);
  void answer_knock(std::int64_t knock);
  void answer_shrunk(const wire::Value& shrunk);
  void see_broadcast(std::uint64_t offset);
  [[nodiscard]] double share();

  Crowd& crowd_;
  Member member_;
  std::string room_;
  std::string table_;
  std::string shrunk_;  // the table whose merging was thought about
  bool gone_ = false;
  bool home_ = false;
  bool moving_ = false;    // the first move is planned
  bool settling_ = false;  // a step of settling is planned
};

}  // namespace hallway::load
