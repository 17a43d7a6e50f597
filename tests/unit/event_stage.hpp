// An event on a stage: runs EventPlace as the server does, without the server, and holds after
// every push what must always hold. Tests say who does what and look at what came of it.
#pragma once

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "rooms/event_place.hpp"
#include "rooms/round_seating.hpp"

namespace hallway::test {

/// What the server would tell of a change of somebody's streams.
struct StreamChange {
  PersonId person;
  StreamId stream;
  bool opened = false;
  friend bool operator==(const StreamChange&, const StreamChange&) = default;
};

/// A live event: a lobby, a plenary "Stage", and "Tables" with two tables of two and a sofa.
EventSpec small_event();

class EventStage {
 public:
  static constexpr TimeMs start = 1'790'000'000'000;
  static constexpr EventId event_id{77};

  explicit EventStage(const EventSpec& spec = small_event());

  EventPlace& place() { return *place_; }
  const Event& event() const { return place_->event(); }
  TimeMs now() const { return now_; }
  void wait_ms(std::int64_t ms) { now_ += ms; }
  /// Who must not meet, without anybody knowing.
  std::vector<std::pair<PersonId, PersonId>> blocks;
  /// What the event's group remembers of earlier events.
  std::vector<MetBefore> met;
  /// Time passes as the server lets it: every deadline on the way is met.
  void pass_ms(std::int64_t ms);

  // --- Who does what. Each checks the invariants after each push.
  PersonId come(const std::string& name, Role role = Role::member);
  Decision arrive(PersonId person);
  Decision drop(PersonId person) { return perform(place_->depart(person, false, context())); }
  Decision bye(PersonId person) { return perform(place_->depart(person, true, context())); }
  Decision act(PersonId actor, const Command& command) {
    return perform(place_->decide(command, actor, context()));
  }
  Decision act_as_operator(const Command& command) {
    return perform(place_->decide_as_operator(command, context()));
  }
  /// Does the work that a decision asked for, and what it comes to.
  Decision work(const Decision& decision);
  Decision tick() { return perform(place_->tick(context())); }
  Decision perform(Decision decision);

  // --- What there is
  RoomId lobby() const { return event().lobby().id; }
  RoomId room(const std::string& name) const;
  TableId table(const std::string& name, const std::string& in = "Tables") const;
  TableId sofa(const std::string& in = "Tables") const { return table("Sofa", in); }
  bool receives(PersonId person, StreamId stream) const;
  /// What the last decision told of streams, in order.
  const std::vector<StreamChange>& changes() const { return changes_; }
  const std::vector<Push>& journal() const { return journal_; }

  /// A server that starts again from the journal, as stored; everyone is without a connection.
  std::unique_ptr<EventPlace> replayed() const;
  /// The stage goes on with such a server.
  void restart() { place_ = replayed(); }
  /// All that a restart must keep, as text that differs where it differs.
  static std::string portrait(const EventPlace& place);

 private:
  Context context() { return Context{.now = now_, .seed = ++seed_}; }
  void apply(Push& push);

  TimeMs now_ = start;
  std::uint64_t seed_ = 0;
  std::uint64_t next_person_ = 100;
  std::unique_ptr<EventPlace> place_;
  std::vector<Push> journal_;
  std::vector<StreamChange> changes_;
};

/// Fails the test where the event's rooms, seats and people contradict one another.
void check_consistent(const Event& event);

/// The pushes of one kind in a decision.
template <class Data>
std::vector<Data> pushed(const Decision& decision) {
  std::vector<Data> found;
  for (const Push& push : decision.pushes) {
    if (const auto* data = std::get_if<Data>(&push.data)) found.push_back(*data);
  }
  return found;
}

RoomCreate new_room_named(const std::string& name, RoomKind kind = RoomKind::plenary);
TableCreate new_table_in(RoomId room);
CardUpdate card_with_name(const std::string& name);
/// Says `body` on the stream, with a nonce of its own.
MessageSend saying(StreamId stream, const std::string& body);

/// The names of a decision's pushes in order, e.g. "seat.left seat.taken"; lines of the log are
/// left out.
std::string told(const Decision& decision);
/// "ok", or the code of the refusal and after a space the field, where one is named.
std::string outcome(const Decision& decision);

}  // namespace hallway::test
