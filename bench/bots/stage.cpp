// Replays real conversations: see stage.hpp.
#include "bots/stage.hpp"

#include <algorithm>
#include <utility>

#include "bots/crowd.hpp"

namespace hallway::load {
namespace {

constexpr std::size_t thread_lines_min = 5;
constexpr double look_around_s = 4;
constexpr double letters_per_s = 9;  // how fast people type
constexpr double pause_max_s = 45;   // longer silences are shortened
constexpr double typing_shown_s = 2.5;
constexpr double patience_step_s = 1.5;
constexpr int patience_max = 20;
constexpr std::size_t reply_memory = 400;

}  // namespace

Stage::Stage(Crowd& crowd, std::vector<Talk> talks) : crowd_(crowd), talks_(std::move(talks)) {
  for (const Talk& talk : talks_) {
    for (Talk& thread : threads_of(talk, thread_lines_min)) {
      threads_.push_back(std::move(thread));
    }
  }
}

void Stage::begin() {
  next_talk_ = crowd_.pick(talks_.size());
  look_around();
}

void Stage::look_around() {
  const std::string room = "room:" + crowd_.tables_room();
  // In a round the talk is at the tables.
  const bool room_talks = !crowd_.is_round_running() && !plays_.contains(room);
  if (room_talks && crowd_.bots_at(room).size() >= 4) {
    start(room, talks_[next_talk_]);
    next_talk_ = (next_talk_ + 1) % talks_.size();
  }
  for (const std::string& table : crowd_.tables()) {
    const std::string stream = "table:" + table;
    const std::size_t people = crowd_.bots_at(stream).size();
    if (people >= 2 && !plays_.contains(stream) && crowd_.share() < 0.5) {
      start(stream, *thread_for(people));
    }
  }
  crowd_.after_s(look_around_s, [this] { look_around(); });
}

/// A thread that this many can play, none twice before all have been played.
const Talk* Stage::thread_for(std::size_t people) {
  if (waiting_threads_.empty()) {
    for (const Talk& thread : threads_) {
      waiting_threads_.push_back(&thread);
    }
    std::shuffle(waiting_threads_.begin(), waiting_threads_.end(), crowd_.chance());
  }
  const auto fits =
      std::find_if(waiting_threads_.begin(), waiting_threads_.end(), [people](const Talk* thread) {
        const std::size_t speakers = speakers_of(*thread).size();
        return speakers > 1 && speakers <= people;
      });
  const auto chosen = fits == waiting_threads_.end() ? waiting_threads_.begin() : fits;
  const Talk* const thread = *chosen;
  waiting_threads_.erase(chosen);
  return thread;
}

void Stage::start(const std::string& stream, const Talk& talk) {
  const auto play = std::make_shared<Play>();
  play->stream = stream;
  play->talk = &talk;
  plays_[stream] = play;
  prepare(play);
}

bool Stage::is_running(const PlayPtr& play) const {
  const auto found = plays_.find(play->stream);
  return found != plays_.end() && found->second == play;
}

/// The pause before the next line: what the log shows, shortened, and the time it takes to type.
double Stage::pause_before_s(const Play& play) {
  const Line& line = (*play.talk)[play.next];
  const double typing_s = 1 + static_cast<double>(line.text.size()) / letters_per_s;
  if (play.next == 0) {
    return typing_s;
  }
  const int minutes = line.minute - (*play.talk)[play.next - 1].minute;
  const double silence_s = std::min(pause_max_s, minutes * 60.0) * (0.4 + 0.6 * crowd_.share());
  return std::max(typing_s, silence_s) + 2 * crowd_.share();
}

void Stage::prepare(const PlayPtr& play) {
  if (play->next >= play->talk->size()) {
    crowd_.after_s(10 + 20 * crowd_.share(), [this, play] { end(play); });
    return;
  }
  const double pause_s = pause_before_s(*play);
  crowd_.after_s(std::max(0.0, pause_s - typing_shown_s), [this, play] {
    if (is_running(play) && play->stream.starts_with("table:")) {
      if (Bot* const bot = speaker(*play, (*play->talk)[play->next].speaker); bot != nullptr) {
        bot->show_typing(play->stream);
      }
    }
  });
  crowd_.after_s(pause_s, [this, play] { speak(play); });
}

Bot* Stage::speaker(Play& play, const std::string& name) {
  const std::vector<Bot*> here = crowd_.bots_at(play.stream);
  Bot*& cast = play.cast[name];
  if (cast != nullptr && std::find(here.begin(), here.end(), cast) != here.end()) {
    return cast;
  }
  std::vector<Bot*> free;
  for (Bot* const bot : here) {
    const bool taken = std::any_of(play.cast.begin(), play.cast.end(),
                                   [bot](const auto& role) { return role.second == bot; });
    if (!taken) {
      free.push_back(bot);
    }
  }
  const std::vector<Bot*>& from = free.empty() ? here : free;
  cast = from.empty() ? nullptr : from[crowd_.pick(from.size())];
  return cast;
}

void Stage::speak(const PlayPtr& play) {
  if (!is_running(play)) {
    return;
  }
  const Line& line = (*play->talk)[play->next];
  Bot* const bot = speaker(*play, line.speaker);
  const bool company = crowd_.bots_at(play->stream).size() >= 2;
  if (bot == nullptr || !company || !bot->is_here()) {
    // Somebody lost the line, or the table emptied: wait a little, then let the talk go.
    if (++play->patience > patience_max || bot == nullptr) {
      end(play);
    } else {
      crowd_.after_s(patience_step_s, [this, play] { speak(play); });
    }
    return;
  }
  play->patience = 0;
  const std::string text = with_names(line.text, [&](const std::string& name) {
    Bot* const named = speaker(*play, name);
    return named == nullptr ? std::string("everybody") : named->given_name();
  });
  std::uint64_t reply_to = 0;
  if (line.answers) {
    const auto answered = play->offsets.find(*line.answers);
    reply_to = answered == play->offsets.end() ? 0 : answered->second;
  }
  const std::size_t index = play->next++;
  bot->say(play->stream, text, reply_to, [play, index](std::uint64_t offset) {
    play->offsets[index] = offset;
    if (play->offsets.size() > reply_memory) {
      play->offsets.erase(play->offsets.begin());
    }
  });
  prepare(play);
}

void Stage::end(const PlayPtr& play) {
  if (is_running(play)) {
    plays_.erase(play->stream);
  }
}

}  // namespace hallway::load
