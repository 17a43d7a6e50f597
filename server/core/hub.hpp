// The sessions of one shard and what each of them receives: lets releases out to them, keeps their
// deadlines, and holds the questions that wait for a place's answer. One thread (the shard's).
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "server/core/messages.hpp"
#include "server/core/observer.hpp"
#include "server/core/session.hpp"
#include "server/registry.hpp"

namespace hallway {

/// Borrowed; all outlive the hub.
struct HubPorts {
  Registry& registry;
  Router& router;
  Observer& observer;
  std::function<TimeMs()> now;
  std::function<std::uint64_t()> random;
  /// Runs `work` off the shard (a small pool of low priority); what it returns runs here, later.
  std::function<void(std::function<std::function<void()>()> work)> slow;
};

class Hub {
 public:
  Hub(ShardIndex shard, const SessionSettings& settings, HubPorts ports);
  ~Hub();

  /// A WebSocket was accepted. The hub owns the session until its transport has told `on_closed`.
  /// Valid until then; `transport` outlives it likewise.
  Session& open(Transport& transport, Principal principal);
  /// After `Session::on_closed`: forgets it and tells its places. Precondition: not within its own
  /// calls.
  void closed(Session& session);

  void apply(Release release);
  /// Sends what waits, in one message each: to all but the listeners of large crowds, and to some
  /// of those. True: something was sent that may lead to more.
  bool flush();
  /// Some of a crowd are still to be served: `flush` again when others had their turn.
  bool is_serving_crowd() const { return !crowds_.empty(); }
  /// Pings, missing pongs and hellos, by now.
  void tick();
  std::optional<TimeMs> next_deadline() const;

  /// A question to a place on behalf of this shard; `done` runs here, once.
  void ask(PlaceMessage message, std::function<void(Result<Answered>)> done);
  /// Closes the sessions that this token signed in (4002).
  void revoke(const TokenHash& hash);
  /// Tells every session to come back later, spread over `window_ms`; new ones are refused.
  void drain(std::int64_t window_ms);

  std::size_t sessions() const { return sessions_.size(); }

 private:
  friend class Session;
  enum class Due : std::uint8_t { hello, ping, pong, drain };
  struct Deadline {
    TimeMs at = 0;
    std::uint64_t serial = 0;
    TimeMs since = 0;  ///< pong: what the session must have been heard after.
  };

  // For sessions.
  void add(Session& session, StreamId stream);
  void remove(Session& session, StreamId stream);
  /// Has something queued of its own.
  void dirty(Session& session);
  void clean(Session& session);
  /// A session is closing: what it could not send within a moment is given up.
  void expect_end(const Session& session);
  CallerId caller(const Session& session) const;
  /// Looks into the index off the shard; `done` runs here if the session is still there.
  void search(const MessageSearch& command, std::vector<SearchScope> scopes, std::uint64_t serial,
              std::function<void(Result<std::vector<Registry::Hit>>)> done);
  /// Name cards beside the ids of a conversation's people, from the registry.
  void add_cards(ConversationView& conversation);
  void finish_snapshot(Snapshot& snapshot);

  void answer(Answer answer);
  void deliver(const Deliver& deliver);
  void serve_crowd();
  Session* find(std::uint64_t serial);
  void due_hello(TimeMs now);
  void due_ping(TimeMs now);
  void due_pong(TimeMs now);
  void due_drain(TimeMs now);
  void due_end(TimeMs now);

  const ShardIndex shard_;
  const SessionSettings settings_;
  HubPorts ports_;
  std::uint64_t next_serial_ = 1;
  std::unordered_map<std::uint64_t, std::unique_ptr<Session>> sessions_;
  std::unordered_map<std::uint64_t, std::function<void(Result<Answered>)>> questions_;
  std::unordered_map<StreamId, Audience> audiences_;
  std::vector<Session*> dirty_;    ///< Null: no longer.
  std::vector<Session*> flushed_;  ///< Empty between two flushes; spares an allocation.
  // Those that wait for something said.
  std::vector<Audience*> waiting_;
  std::deque<Audience*> crowds_;
  // Each of one length, so that the front is always the next.
  std::deque<Deadline> hellos_;
  std::deque<Deadline> pings_;
  std::deque<Deadline> pongs_;
  std::deque<Deadline> drains_;
  std::deque<Deadline> ends_;
  bool draining_ = false;
};

}  // namespace hallway
