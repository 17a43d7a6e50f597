// A recorded person who lives a busy event: moves between rooms and tables, writes, edits, deletes,
// starts conversations, and loses the connection now and then.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "load/recorder.hpp"

namespace hallway::load {

struct WandererSettings {
  double actions_per_s = 1.0;
  double drop_share = 0.02;  // of the actions
  double hop_share = 0.15;
};

class Wanderer final : public Recorder {
 public:
  Wanderer(const RunContext& run, const Link& link, Profile profile, std::int64_t client,
           std::uint64_t seed, const MemberSettings& settings, const WandererSettings& habits,
           const std::vector<std::string>& everyone);

  /// Acts until told to stop; what is unacknowledged is still sent after that.
  void start();
  void stop() { acting_ = false; }
  /// Sits down again wherever it ever sat and reads; also its conversations and its room.
  void read_everything(std::function<void()> done);

 protected:
  void on_hello(const wire::Value& hello) override;
  void on_opened(const std::string& stream, const wire::Value& data) override;

 private:
  struct Said {
    std::string stream;
    std::uint64_t offset;
  };

  void act_later();
  void act();
  void move();
  void enter(const std::string& room);
  void sit(const std::string& table);
  void say();
  void say_in(const std::string& stream);
  void change_words(bool removing);
  void start_conversation();
  void read_next(std::vector<std::string> tables, std::function<void()> done);
  void read_held(std::vector<std::string> streams, std::function<void()> done);
  [[nodiscard]] std::size_t pick(std::size_t count);
  [[nodiscard]] double share();
  [[nodiscard]] std::string words();

  WandererSettings habits_;
  const std::vector<std::string>& everyone_;
  bool acting_ = false;
  std::string room_;
  std::string table_;
  std::string tables_room_;
  std::vector<std::string> rooms_;
  std::vector<std::string> tables_;  // of the room with tables
  std::set<std::string> sat_at_;
  std::vector<Said> said_;
  std::uint64_t number_ = 0;
};

/// Stays in one room from the beginning to the end and sees all that happens there.
class Observer final : public Recorder {
 public:
  Observer(const RunContext& run, const Link& link, Profile profile, std::int64_t client,
           std::uint64_t seed, const MemberSettings& settings, std::size_t room_index);

  [[nodiscard]] bool is_watching() const { return watching_; }
  [[nodiscard]] std::size_t rooms() const { return rooms_; }
  void read_everything(std::function<void()> done);

 protected:
  void on_hello(const wire::Value& hello) override;

 private:
  std::size_t room_index_;
  std::size_t rooms_ = 0;
  std::string room_;
  bool watching_ = false;
};

}  // namespace hallway::load
