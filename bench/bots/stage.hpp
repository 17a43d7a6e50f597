// Replays real conversations: one whole talk in the room, its threads at the tables.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bots/conversations.hpp"

namespace hallway::load {

class Bot;
class Crowd;

/// Part of the crowd. A speaker of a talk is played by one simulated person for as long as that
/// person stays; then somebody else at the same place goes on.
class Stage {
 public:
  Stage(Crowd& crowd, std::vector<Talk> talks);

  /// Begins to look for tables with people and nothing to talk about, again and again.
  void begin();
  void forget_everything() { plays_.clear(); }

 private:
  struct Play {
    std::string stream;
    const Talk* talk = nullptr;
    std::size_t next = 0;
    std::map<std::string, Bot*> cast;
    std::map<std::size_t, std::uint64_t> offsets;  // of the lines that stand
    int patience = 0;                              // turns spent waiting for somebody
  };
  using PlayPtr = std::shared_ptr<Play>;

  void look_around();
  void start(const std::string& stream, const Talk& talk);
  void prepare(const PlayPtr& play);
  void speak(const PlayPtr& play);
  void end(const PlayPtr& play);
  [[nodiscard]] bool is_running(const PlayPtr& play) const;
  [[nodiscard]] Bot* speaker(Play& play, const std::string& name);
  [[nodiscard]] const Talk* thread_for(std::size_t people);
  [[nodiscard]] double pause_before_s(const Play& play);

  Crowd& crowd_;
  std::vector<Talk> talks_;
  std::vector<Talk> threads_;
  std::vector<const Talk*> waiting_threads_;
  std::size_t next_talk_ = 0;
  std::map<std::string, PlayPtr> plays_;  // by stream
};

}  // namespace hallway::load
