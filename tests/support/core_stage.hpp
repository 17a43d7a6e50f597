// The server's core on one shard, without threads, sockets or a machine's clock: commits happen
// when the test says, connections are in memory, and everything that was said is there to be looked
// at.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/core/hub.hpp"
#include "server/core/place_host.hpp"
#include "tests/simulation/memory_registry.hpp"
#include "tests/support/memory_journal.hpp"

namespace hallway::test {

using Json = nlohmann::json;

/// The client's end of a connection, and its transport in one.
class Peer final : public Transport {
 public:
  explicit Peer(std::function<void(Peer&, CloseCode)> on_close) : on_close_(std::move(on_close)) {}

  bool send(const Frame& frame) override;
  void close(CloseCode code) override;

  /// What was said since the last call, as objects in order.
  std::vector<Json> take();
  /// The reply or refusal with this id among all that was said; null when there is none.
  Json answer(std::int64_t id) const;
  std::optional<CloseCode> closed() const { return closed_; }

  Session* session = nullptr;
  bool is_reading = true;  ///< False: nothing that is sent is ever taken.
  bool is_sending = false;

 private:
  friend class CoreStage;
  std::function<void(Peer&, CloseCode)> on_close_;
  std::vector<Json> said_;
  std::size_t taken_ = 0;
  std::optional<CloseCode> closed_;
};

/// What another event of the group would have caused is set by the test.
class StageRegistry final : public simulation::MemoryRegistry {
 public:
  using MemoryRegistry::MemoryRegistry;
  Result<std::optional<Ban>> ban(EventId event, PersonId person, TimeMs now) override {
    if (banned == person) return std::optional<Ban>{Ban{}};
    return MemoryRegistry::ban(event, person, now);
  }
  Result<bool> is_hushed(PersonId) override { return hushed; }

  PersonId banned;
  bool hushed = false;
};

class CoreStage {
 public:
  static constexpr TimeMs start = 1'790'000'000'000;
  static constexpr EventId event_id{77};

  /// People 1…n, the first a member; `roles` says who they are.
  explicit CoreStage(std::vector<Role> roles = {Role::member, Role::member, Role::moderator},
                     Durability durability = Durability::commit);
  ~CoreStage();

  MemoryJournal& journal() { return journal_; }
  TimeMs now() const { return now_; }
  void advance(std::int64_t ms);
  PersonId person(std::uint64_t number) const { return PersonId{number}; }
  RoomId room(RoomKind kind) const;
  TableId table(std::size_t index) const;

  /// A new connection, before hello. The reference is good for the stage's life.
  Peer& connect(std::optional<PersonId> cookie);
  /// Connects and says hello; `resume` as on the wire.
  Peer& enter(PersonId person, const Json& resume = Json::object());
  /// Said into the void where the connection has ended.
  void say(Peer& peer, const std::string& text);
  /// Says a command with the next id; that id.
  std::int64_t command(Peer& peer, const std::string& name, const Json& data = Json::object());
  void drop(Peer& peer);
  /// Runs what is ready.
  void settle();
  /// The place is told of something that was caused elsewhere.
  void tell(PlaceId place, PersonId by, PushData data);
  /// The place is told that this person erased themselves.
  void erase(PersonId person, PlaceId place) { tell(place, person, PersonErased{person}); }
  /// As the registry has it of this person.
  void set_banned(PersonId person) { registry_.banned = person; }
  /// As the registry has it of everybody.
  void set_hushed(bool on) { registry_.hushed = on; }
  /// The process dies and a new one starts on the same journal.
  void restart();

 private:
  class Core;

  const Durability durability_;
  TimeMs now_ = start;
  std::uint64_t chance_ = 1000;
  std::int64_t next_id_ = 0;
  MemoryJournal journal_{42};
  StageRegistry registry_;
  std::unique_ptr<Observer> observer_;
  std::unique_ptr<Core> core_;
  std::vector<std::unique_ptr<Peer>> peers_;
  EventView event_;
};

}  // namespace hallway::test
