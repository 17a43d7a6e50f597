// What the simulation knows better than any client: places built from what is committed, and
// nothing else. It says who may see what, and whether the event's own rules hold.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "rooms/conversation_place.hpp"
#include "rooms/event_place.hpp"
#include "rooms/person_place.hpp"
#include "server/journal.hpp"
#include "tests/simulation/audit_watch.hpp"
#include "tests/simulation/moderation_watch.hpp"
#include "tests/simulation/round_watch.hpp"
#include "tests/simulation/standing_book.hpp"

namespace hallway::simulation {

class Monitor {
 public:
  Monitor(EventId event, std::vector<PersonView> people, const Settings& settings);

  /// A batch became durable. Throws Broken where a rule of the event does not hold.
  void committed(const std::vector<JournalEntry>& entries, TimeMs now);

  /// A client shows this push, or a message of this offset.
  void must_be_entitled(PersonId person, StreamId stream, Offset offset) const;
  /// A client was told that this is durable.
  void must_stand(PersonId person, StreamId stream, const std::string& nonce, Offset offset) const;
  void must_stand_once(PersonId person, StreamId stream, const std::string& nonce) const;
  /// The greatest offset that this stream has among what is committed.
  Offset top(StreamId stream) const;

  const EventPlace& event() const { return *event_; }
  const StandingBook& standings() const { return standings_; }
  ModerationWatch& moderation() { return moderation_; }
  const AuditWatch& audit() const { return audit_; }
  Outages& outages() { return outages_; }
  const RoundTally& rounds() const { return round_watch_.tally(); }

 private:
  using NonceKey = std::tuple<PersonId, StreamId, std::string>;

  Place& shadow(PlaceId id);
  void note_readable(const Place& place, StreamId stream);
  void check_event() const;
  void check_table(const Table& table) const;

  EventId event_id_;
  std::vector<PersonView> people_;
  Settings settings_;
  std::map<PlaceId, std::unique_ptr<Place>> places_;
  const EventPlace* event_ = nullptr;
  /// What each person could read at some moment.
  std::map<std::pair<PersonId, StreamId>, std::set<Offset>> readable_;
  std::map<NonceKey, std::vector<Offset>> nonces_;
  std::map<StreamId, Offset> tops_;
  Outages outages_;
  RoundWatch round_watch_{outages_};
  StandingBook standings_;
  ModerationWatch moderation_;
  AuditWatch audit_{standings_};
};

}  // namespace hallway::simulation
