// One device of one person: says hello with what it holds, keeps every stream by the specification,
// sends again what was not acknowledged, and throws Broken when the server breaks a promise.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/fold.hpp"
#include "tests/simulation/world.hpp"

namespace hallway::simulation {

StreamId stream_named(const std::string& text);

class Client final : public Listener {
 public:
  Client(World& world, EventId event, PersonId person)
      : world_(world), event_(event), person_(person) {}

  PersonId person() const { return person_; }
  bool online() const { return is_greeted_; }
  bool connected() const { return wire_ != nullptr; }
  /// When it last had a connection; 0: never.
  TimeMs connected_at() const { return connected() ? world_.now() : left_at_; }
  /// Told by the server to stay away, and not let in since.
  bool gone() const { return is_gone_; }
  const std::map<std::string, Fold>& streams() const { return streams_; }
  std::size_t unanswered() const { return unacknowledged_.size(); }
  /// The latest plan that was previewed for this person; "" before the first.
  const std::string& plan() const { return plan_; }
  /// Their latest move of somebody; 0 before the first.
  std::int64_t move() const { return move_; }

  void connect();
  void drop(bool silently);
  /// Closes the window: forgets what it held.
  void forget();
  void stall(bool is_stalled) {
    is_stalled_ = is_stalled;
    if (wire_ != nullptr) world_.stall(wire_, is_stalled);
  }
  /// Does not read: what was sent may wait, and a close behind it.
  bool stalled() const { return is_stalled_; }

  /// A command without a nonce, said once.
  void ask(const std::string& command, Json data);
  /// A command with a nonce, kept until it is answered.
  void insist(const std::string& command, Json data);
  void resend();
  /// Something that leaves a line in the log, or the log itself; said once.
  void moderate(const std::string& command, Json data);
  /// Looks at a stream whole and compares it with what pushes have made of it.
  void verify(const std::string& stream, bool with_presence = false);

  void on_text(const std::string& text) override;
  void on_close(CloseCode code) override;

 private:
  struct Pending {
    std::string command;
    Json data;
    std::map<std::string, Offset>
        floors;                ///< What this client knew of each stream when it first asked.
    std::int64_t sent_as = 0;  ///< Id on this connection; 0: not said on it.
  };
  struct Act {
    std::string command;
    std::optional<PersonId> about;  ///< nullopt: the whole log.
    std::size_t lines = 0;          ///< Of the log when it was asked.
    TimeMs asked_at = 0;
  };
  struct Look {
    std::string stream;
    bool with_presence = false;
  };

  void transmit(const std::string& command, const Json& data);
  void on_object(const Json& object);
  void on_reply(const Json& object);
  void on_hello(const Json& told);
  void on_push(const Json& push);
  void acknowledge(const Pending& pending, const Json& told);
  void acknowledge_act(const Act& act, const Json& told);
  void must_be_let_in() const;
  void must_be_reached(const std::string& stream, Offset offset) const;
  void tell_tables(const Json& push);
  /// What a room told of its tables may have been missed.
  void doubt_tables();
  bool sees_room_of(const std::string& table) const;
  void open(const std::string& stream, Fold fold);
  void look_at(Look look);
  void compare(const Look& look, const Json& told);
  std::string who() const;

  World& world_;
  EventId event_;
  PersonId person_;
  Wire* wire_ = nullptr;
  bool is_greeted_ = false;
  bool is_gone_ = false;
  bool is_stalled_ = false;
  TimeMs left_at_ = 0;
  std::int64_t last_id_ = 0;
  std::map<std::string, Fold> streams_;
  std::set<std::string> expected_;  ///< Streams that hello named and that are not told yet.
  std::deque<Pending> unacknowledged_;
  std::map<std::int64_t, Look> looks_;
  std::map<std::int64_t, Act> acts_;
  std::uint64_t shut_out_ = 0;  ///< Since when, as they connected; 0: they were not.
  std::uint64_t nonces_ = 0;
  std::string plan_;
  std::int64_t move_ = 0;
};

}  // namespace hallway::simulation
