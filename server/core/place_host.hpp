// The places that live on one shard: decides and applies, gives each turn's pushes to the journal
// as one batch, and lets go of what was read from a place only behind the commit of what it was
// read from. One thread (the shard's); only `committed` is prepared elsewhere and posted here.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "rooms/place.hpp"
#include "server/core/messages.hpp"
#include "server/core/observer.hpp"
#include "server/core/turn.hpp"
#include "server/groups.hpp"
#include "server/journal.hpp"
#include "server/registry.hpp"

namespace hallway {

class EventPlace;
class PersonPlace;
class ConversationPlace;

/// Borrowed; all outlive the host.
struct HostPorts {
  Journal& journal;
  Registry& registry;
  Router& router;
  Observer& observer;
  std::function<TimeMs()> now;
  std::function<std::uint64_t()> random;
  /// Runs `work` off the shard (a small pool of low priority); what it returns runs here, later.
  std::function<void(std::function<std::function<void()>()> work)> slow;
  Durability durability = Durability::commit;
  Groups* groups = nullptr;  ///< Null: nothing is remembered from event to event.
};

/// What one turn changed, and all that waits for its commit.
struct TurnBatch {
  std::uint64_t number = 0;
  JournalBatch journal;
  std::vector<PendingFollowUp> follow_ups;  ///< Sent on once committed.
  std::vector<PendingFollowUp> received;    ///< Received again if the commit fails.
  std::unordered_set<PlaceId> places;
  Turn turn;
  std::size_t entries = 0;  ///< Pushes given to the journal.
  TimeMs appended_at = 0;
};

class PlaceHost {
 public:
  PlaceHost(ShardIndex shard, const Settings& settings, HostPorts ports);
  ~PlaceHost();

  /// Precondition: this shard is the place's home.
  void handle(PlaceMessage message);
  /// What is due by now, of all places.
  void tick();
  std::optional<TimeMs> next_deadline() const;
  /// Ends a turn: its batch goes to the journal, and what waits for no commit goes out.
  /// True if anything went out.
  bool end_turn();

  /// The journal refuses writes: the error it gave. Reading goes on.
  const std::optional<Error>& shut() const { return shut_; }
  /// Tries whether the journal takes writes again; called each second while shut.
  void probe();
  /// Nothing decided is still waiting for its commit.
  bool idle() const { return batches_.empty() && !open_batch_; }
  std::size_t places() const { return places_.size(); }

 private:
  using Batch = TurnBatch;
  struct Hosted {
    std::unique_ptr<Place> place;
    std::unordered_map<PersonId, std::vector<CallerId>> attached;
    /// The latest uncommitted batch that this place's changes are in; 0: none.
    std::uint64_t batch = 0;
    /// The latest uncommitted batch that what this place tells must wait for; 0: none.
    std::uint64_t awaited = 0;
    std::optional<TimeMs> deadline;
    bool hushed = false;          ///< An event's: its lockdown, as the sessions were told.
    EventPlace* event = nullptr;  ///< `place` by its own type; one of the three.
    PersonPlace* person = nullptr;
    ConversationPlace* conversation = nullptr;
  };

  // --- Loading and forgetting (place_host_load.cpp)
  /// Null: no such event, or the journal cannot be read (`error` says which).
  Hosted* hosted(PlaceId id, Error& error);
  Result<std::unique_ptr<Place>> load(PlaceId id, Hosted& into);
  /// After a failed commit: the state is again what the journal holds; connections stay.
  void reload(PlaceId id);
  void forget(PlaceId id, CloseCode code);
  void evict_idle(TimeMs now);

  // --- Deciding (place_host.cpp)
  void command(Hosted& h, PlaceMessage& message, const PlaceCommand& body);
  void sync(Hosted& h, const PlaceMessage& message, const StreamSync& command);
  void detach(Hosted& h, const PlaceMessage& message, const Detach& body);
  void query(Hosted& h, const PlaceMessage& message);
  void create(Hosted& h, const PlaceMessage& message, const CreateEvent& body);
  void receive(Hosted& h, PendingFollowUp pending);
  /// Numbers, applies, journals and releases what was decided. False: refused, nothing changed.
  bool perform(Hosted& h, Decision decision, const PlaceMessage* asker);
  // --- Slow work (place_host_work.cpp)
  void start_work(const Hosted& h, std::shared_ptr<const SeatingTask> task,
                  const PlaceMessage* asker);
  void work_done(const PlaceMessage& asker, const Result<SeatingOutcome>& outcome);

  void apply_one(Hosted& h, Push push, std::optional<std::pair<Offset, TimeMs>>& first_durable);
  /// In a lockdown direct messages rest.
  void hush(Hosted& h, const Push& push);
  /// What a person's sessions do about what happens to the person.
  void tell_own(Hosted& h, const Push& push);
  void publish(Hosted& h, const Push& push);
  /// Ends a person's connections here, and tells them why where the pushes of the decision say it.
  void close_person(Hosted& h, PersonId person, CloseCode code, const std::vector<Push>& pushes);
  void change_audience(Hosted& h, PersonId person, const std::vector<StreamId>& before,
                       const std::vector<StreamId>& after);
  void answer(Hosted& h, const PlaceMessage& message, Result<Answered> outcome, bool in_order);
  Context context(bool met = false) const;
  void reschedule(Hosted& h);

  // --- Greeting (place_host_attach.cpp)
  void attach(Hosted& h, PlaceMessage& message, Attach& body);
  std::shared_ptr<PlaceWelcome> welcome(Hosted& h, PersonId person, const Attach& body);
  void recover(Hosted& h, PersonId person, const ResumePoint& point, const Attach& body,
               PlaceWelcome& welcome, std::vector<StreamId>& recovered);
  Frame opened(Hosted& h, PersonId person, StreamId stream, bool without_state = false);
  /// Presence is not recovered: who came and went meanwhile is told as who is there now.
  Frame presence(Hosted& h, StreamId room);
  static std::string encode_missed(const Recovery& recovery);

  // --- Committing (place_host_commit.cpp)
  Batch& open_batch(Hosted& h);
  /// Whether what changes now may be told before it is durable: only while few changes are on their
  /// way, so that the journal is never too far behind to take what was told.
  bool may_tell_early() const;
  /// Where what is now read from this place must wait.
  Turn& turn_of(Hosted& h);
  void committed(std::uint64_t number, std::uint64_t term, std::optional<Error> error);
  void fail_from(std::uint64_t number, const Error& error);
  void kick_all(PlaceId id);
  void send(std::vector<Release> releases);

  Epoch epoch_of(StreamId stream) const;
  /// Puts the epoch into a snapshot: places know nothing of epochs.
  void stamp(Snapshot& snapshot) const;

  const ShardIndex shard_;
  const Settings settings_;
  HostPorts ports_;
  std::unordered_map<PlaceId, Hosted> places_;
  std::set<std::pair<TimeMs, PlaceId>> deadlines_;
  std::deque<Batch> batches_;        ///< Given to the journal, oldest first.
  std::optional<Batch> open_batch_;  ///< Of this turn.
  Turn free_turn_;                   ///< What waits for nothing.
  std::size_t entries_waiting_ = 0;  ///< Of `batches_`.
  std::uint64_t next_batch_ = 1;
  std::uint64_t term_ = 1;  ///< Rises when a commit fails: answers for older terms are void.
  std::optional<Error> shut_;
  bool probing_ = false;
  std::vector<PendingFollowUp> stalled_;  ///< Follow-ups to receive once the journal is open again.
  std::size_t works_ = 0;                 ///< Under way off the shard.
  TimeMs evicted_at_ = 0;
};

}  // namespace hallway
