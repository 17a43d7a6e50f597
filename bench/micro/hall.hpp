// An event to measure in: it holds one speaker, and its limits are lifted.
#pragma once

#include <vector>

#include "rooms/event_place.hpp"

namespace hallway {

inline constexpr TimeMs start_ms = 1'790'000'000'000;
inline constexpr PersonId speaker{7};

class Hall {
 public:
  /// `told`: gets what a journal would keep, if not null; outlives the hall.
  explicit Hall(std::vector<Push>* told = nullptr) : told_(told), place_(id, settings()) {
    EventSpec spec;
    spec.title = "A measured event";
    spec.starts_at = start_ms;
    spec.ends_at = start_ms + 3'600'000;
    spec.timezone = "Europe/Copenhagen";
    fold(place_.create(spec, context()));
    PersonView person;
    person.id = speaker;
    person.card.name = "Ingrid";
    fold(place_.arrive(Arrival{person}, context()));
    for (const StreamId stream : place_.streams_of(speaker)) {
      if (stream.kind == StreamKind::room) lobby_ = stream;
    }
  }

  static constexpr EventId id{3};
  static Settings settings() { return Settings{1e9, 1'000'000'000, 10}; }

  [[nodiscard]] StreamId lobby() const { return lobby_; }

  bool say(const Command& command) {
    const Decision decision = place_.decide(command, speaker, context());
    const bool accepted = !decision.refusal;
    fold(decision);
    return accepted;
  }

 private:
  Context context() {
    ++turns_;
    return Context{.now = start_ms + turns_, .seed = static_cast<std::uint64_t>(turns_)};
  }

  void fold(Decision decision) {
    for (Push& push : decision.pushes) {
      const Lasting lasting = lasting_of(push.data);
      if (lasting == Lasting::fact) push.stream = facts_of(place_.id());
      push.at = start_ms;
      if (lasting == Lasting::fact || lasting == Lasting::durable) {
        push.offset = place_.top(push.stream) + 1;
      }
      place_.apply(push);
      if (told_ != nullptr && push.offset > 0) told_->push_back(push);
    }
  }

  std::vector<Push>* told_;
  EventPlace place_;
  StreamId lobby_;
  std::int64_t turns_ = 0;
};

}  // namespace hallway
