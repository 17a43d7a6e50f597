// The server's core on two shards without threads, sockets or a machine's clock: the seed says
// which shard runs next, how far commits have come, and what each wire does.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "server/core/hub.hpp"
#include "server/core/place_host.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/memory_journal.hpp"
#include "tests/simulation/memory_registry.hpp"
#include "tests/simulation/monitor.hpp"

namespace hallway::simulation {

/// The client's end of a connection.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_text(const std::string& text) = 0;
  virtual void on_close(CloseCode code) = 0;
};

class World;

/// One connection: a transport to the server, a wire to the client.
class Wire final : public Transport {
 public:
  bool send(const Frame& frame) override {
    under_way_ = frame;
    return false;
  }
  void close(CloseCode code) override {
    if (!closing_) closing_ = code;
  }

 private:
  friend class World;
  Session* session_ = nullptr;    ///< Null once the server has let go.
  Listener* listener_ = nullptr;  ///< Null once the client is gone.
  ShardIndex shard_ = 0;
  Frame under_way_;
  std::optional<CloseCode> closing_;
  bool stalled_ = false;  ///< The client does not read.
};

class World {
 public:
  World(std::uint64_t seed, EventId event, std::vector<PersonView> people);
  ~World();

  TimeMs now() const { return now_; }
  Chance& chance() { return chance_; }
  bool journal_waits() const { return journal_.waiting() > 0; }
  /// Every write fails from here on, until `heal_journal`.
  void fail_journal(ErrorCode code);
  void heal_journal();
  /// Somebody was greeted: the event is served again, if it was not.
  void served();
  /// Called at each moment that time stops at.
  void at_every_moment(std::function<void()> look) { look_ = std::move(look); }
  Monitor& monitor() { return monitor_; }

  /// The event is made, and is durable.
  void create(const EventSpec& spec);
  Wire* connect(Listener& listener, PersonId person);
  /// The client says something. Nothing happens on a wire that is gone.
  void say(Wire* wire, const std::string& text);
  /// The client is gone; the server notices at once, or (`silently`) when it next looks.
  void drop(Wire* wire, bool silently);
  void stall(Wire* wire, bool is_stalled) { wire->stalled_ = is_stalled; }
  bool is_open(const Wire* wire) const;

  /// One small thing happens somewhere: a task runs, a commit settles, a frame arrives. False:
  /// nothing is left that could.
  bool step();
  void run_until_idle();
  void advance(std::int64_t ms);
  /// The process ends here and now and begins again; all connections are lost.
  void crash();

 private:
  class Shard;
  void build();
  void settle();
  void note_blocks(const std::vector<JournalEntry>& entries);
  bool deliver(Wire& wire);
  void let_go(Wire& wire);

  Chance chance_;
  TimeMs now_ = 1'790'000'000'000;
  EventId event_;
  Monitor monitor_;
  MemoryJournal journal_;
  MemoryRegistry registry_;
  std::unique_ptr<Observer> observer_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::unique_ptr<Wire>> wires_;
  std::set<std::pair<PersonId, PersonId>> blocks_;
  std::function<void()> look_ = [] {};
};

}  // namespace hallway::simulation
