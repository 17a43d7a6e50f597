// Runs one place as the server does, without the server: numbers what is decided, applies it, and
// keeps the journal that a restart would replay.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "rooms/place.hpp"

namespace hallway::test {

class PlaceRunner {
 public:
  explicit PlaceRunner(Place& place, TimeMs now = 1'790'000'000'000) : place_(&place), now_(now) {}

  TimeMs now() const { return now_; }
  void wait_ms(std::int64_t ms) { now_ += ms; }
  Context context(bool met = false) { return Context{.now = now_, .seed = ++seed_, .met = met}; }

  Decision command(const Command& command, PersonId actor, bool met = false) {
    return perform(place_->decide(command, actor, context(met)));
  }
  Decision receive(const FollowUp& follow_up) {
    return perform(place_->receive(follow_up, context()));
  }
  Decision arrive(const PersonView& person) {
    return perform(place_->arrive(Arrival{person}, context()));
  }
  Decision depart(PersonId person, bool bye = false) {
    return perform(place_->depart(person, bye, context()));
  }
  Decision tick() { return perform(place_->tick(context())); }

  /// The decision as it left the place: numbered, with its reply completed.
  Decision perform(Decision decision) {
    if (decision.refusal) return decision;
    std::optional<std::pair<Offset, TimeMs>> first;
    for (Push& push : decision.pushes) {
      const Lasting lasting = lasting_of(push.data);
      push.at = now_;
      if (lasting == Lasting::fact) push.stream = facts_of(place_->id());
      const bool is_numbered = lasting == Lasting::durable || lasting == Lasting::fact;
      if (is_numbered) push.offset = place_->top(push.stream) + 1;
      place_->apply(push);
      if (is_numbered) journal_.push_back(push);
      if (lasting == Lasting::durable && !first) first.emplace(push.offset, push.at);
    }
    auto* posted = std::get_if<PostedReply>(&decision.reply);
    if (posted && posted->offset == 0) {
      if (first) {
        posted->offset = first->first;
        posted->at = first->second;
      } else {
        decision.reply = NothingReply{};
      }
    }
    return decision;
  }

  const std::vector<Push>& journal() const { return journal_; }

  /// The same history again, into a new place: a restart.
  void replay_into(Place& fresh) const {
    for (const Push& push : journal_) fresh.apply(push);
  }

 private:
  Place* place_;
  TimeMs now_;
  std::uint64_t seed_ = 0;
  std::vector<Push> journal_;
};

}  // namespace hallway::test
