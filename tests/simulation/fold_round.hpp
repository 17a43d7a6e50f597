// A small client's memory of a room's rounds and of what their tables are told: part of the fold of
// its streams (fold.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "protocol/ids.hpp"

namespace hallway::simulation {

using Json = nlohmann::json;

/// Everybody's role in every story: who is organiser, moderator and facilitator.
inline bool is_staff(PersonId person) {
  return person.value <= 3;
}
inline bool may_run_rounds(PersonId person) {
  return person.value == 1 || person.value == 3;
}

/// Of a room's stream.
class RoundFold {
 public:
  void open(const Json& round);
  void open_people(const Json& state);
  void start(const Json& started, const std::function<bool(const std::string&)>& is_sofa);
  /// Any push of the room but `round.started`.
  void apply(const Json& push);
  /// Its last person left: the round runs there no longer.
  void table_emptied(const std::string& table) {
    ends_.erase(table);
    own_.erase(table);
  }
  std::string differs_from(const RoundFold& server) const;
  /// Whether they sit out or join in hangs on a role that they had at the time.
  void forget(const std::string& person) {
    sitting_out_.erase(person);
    joining_in_.erase(person);
  }

  /// "" before the first round.
  std::string phase() const { return round_.is_null() ? "" : round_.at("phase"); }
  bool paused() const { return !round_.is_null() && !round_.at("paused_at").is_null(); }
  /// Another round of the series can be announced.
  bool has_next() const { return !round_.is_null() && round_.at("number") < round_.at("of"); }
  const std::map<std::string, std::int64_t>& ends() const { return ends_; }
  const Json& broadcast() const { return broadcast_; }

 private:
  /// A snapshot does not say how many rounds somebody sits out who does so while one runs.
  enum class Out { one_round, two_rounds, one_or_two, none_or_one };

  void wrap(const Json& data);
  void end(const Json& data);
  void extend(const Json& data);
  void resume(const Json& data);
  void sit_out(const Json& data);

  Json round_;                                ///< As in a snapshot, without `tables`.
  std::map<std::string, std::int64_t> ends_;  ///< Of the tables that still run.
  std::set<std::string> own_;                 ///< Those of them whose end is not the round's.
  std::map<std::string, Out> sitting_out_;
  std::set<std::string> joining_in_;
  Json broadcast_;
};

/// Of a table's stream: what it was told and what it asks for. Some of it ends with what the room
/// is told; streams come in no order between them, so that the times of pushes decide.
class TableWishes {
 public:
  void open(const Json& state);
  void apply(const Json& push);
  /// A push of the room, folded there: what was said at the table before it may be over. `runs`:
  /// the round at this table; `seat.left` is told where it was the last.
  void room_told(const std::string& table, const Json& push, bool runs);
  /// The room's pushes are not all seen.
  void doubt() { is_whole_ = false; }
  std::string differs_from(const TableWishes& server) const;

 private:
  struct Fact {
    Json value;
    std::int64_t at = 0;
    std::int64_t void_at = 0;  ///< What was said earlier than this is over.
    bool is_unsure = false;    ///< Said and ended in the same millisecond.

    void say(Json said, std::int64_t said_at);
    void end(std::int64_t ended_at, const Json& then = {});
  };
  Fact shrunk_;
  Fact opener_;
  Fact yes_;
  bool is_whole_ = true;
};

}  // namespace hallway::simulation
