// All simulated people together: what they know of the tables, and how fast their time runs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bots/bot.hpp"
#include "bots/manners.hpp"
#include "bots/round_habits.hpp"
#include "bots/stage.hpp"

namespace hallway::load {

struct CrowdOptions {
  std::size_t count = 30;
  double speed = 1;  // how many times faster than real conversation
  std::uint64_t seed = 1;
  RoundTrouble trouble;
};

/// Owned by the scenario, lives as long as the loop runs.
class Crowd {
 public:
  Crowd(Loop& loop, const Link& link, const CrowdOptions& options, std::vector<Talk> talks);

  /// People arrive one after the other from now on.
  void open_doors();
  void send_home();

  // For the simulated people:
  [[nodiscard]] Loop& loop() { return loop_; }
  /// Runs the action after this many seconds of conversation time, which may be compressed.
  void after_s(double seconds, std::function<void()> action);
  void learn_event(const wire::Value& event);
  void learn_room(const std::string& stream, const wire::Value& data);
  void learn_push(const Push& push);
  void hear(Bot& bot, const SeenMessage& message) { manners_.hear(bot, message); }
  void meet(Bot& bot, const wire::Value& conversation, const wire::Value& messages) {
    manners_.meet(bot, conversation, messages);
  }
  [[nodiscard]] const std::string& tables_room() const { return tables_room_; }
  /// A table with company and a chair left over for a guest; empty when there is none.
  [[nodiscard]] std::string inviting_table(const std::string& but_not);
  [[nodiscard]] std::string sofa() const;
  [[nodiscard]] bool has_topic(const std::string& table) const;
  /// No round is announced, running or about to follow.
  [[nodiscard]] bool is_free_time() const { return habits_.is_free_time(); }

  // For the stage, the manners and the habits:
  [[nodiscard]] Bot* bot_of(const std::string& person);
  [[nodiscard]] std::vector<Bot*> bots_at(const std::string& stream);
  /// Who is in the room with tables and has a line.
  [[nodiscard]] std::vector<Bot*> bots_here();
  [[nodiscard]] bool is_round_running() const { return habits_.is_running(); }
  void settle_everyone();
  [[nodiscard]] std::vector<std::string> tables() const;
  [[nodiscard]] std::mt19937_64& chance() { return chance_; }
  [[nodiscard]] std::size_t pick(std::size_t count);
  [[nodiscard]] double share();
  [[nodiscard]] Bot& any_bot() { return *bots_[pick(bots_.size())]; }

 private:
  struct Table {
    std::string topic;
    std::int64_t capacity = 0;  // 0: the sofa
    std::int64_t taken = 0;
    bool locked = false;
  };

  void learn_table(const std::string& id, const wire::Value& table);
  void learn_seat(const Push& push);
  void learn_round(const Push& push);

  Loop& loop_;
  CrowdOptions options_;
  std::mt19937_64 chance_;
  TrafficCount traffic_;
  std::string tables_room_;
  std::string room_epoch_;
  std::uint64_t room_offset_ = 0;
  std::map<std::string, Table> tables_;
  Stage stage_;
  Manners manners_;
  RoundHabits habits_;
  std::vector<std::unique_ptr<Bot>> bots_;
};

}  // namespace hallway::load
