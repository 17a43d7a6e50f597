// A small client's memory of one stream: the fold of `stream.opened` and the pushes after it, as
// any client written from the specification would keep it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "protocol/ids.hpp"
#include "tests/simulation/fold_desk.hpp"
#include "tests/simulation/fold_round.hpp"

namespace hallway::simulation {

struct Fold {
  std::string epoch;
  Offset offset = 0;
  Offset known_from = 1;                      ///< Messages before this one may be unknown.
  std::map<Offset, Json> messages;            ///< As in a snapshot.
  std::map<std::string, Json> tables;         ///< Of a room.
  std::map<std::string, std::string> seats;   ///< Person → table.
  std::map<std::string, Json> rooms;          ///< Of an event: name, lock and pace of each.
  bool is_locked_down = false;                ///< Of an event.
  std::set<std::string> people;               ///< Of a room, by presence.
  std::set<std::string> others;               ///< Visitors of a table, the blocked of a person.
  std::string phase;                          ///< Of a conversation or an event.
  RoundFold rounds;                           ///< Of a room.
  TableWishes wishes;                         ///< Of a table.
  std::map<std::string, std::int64_t> asked;  ///< Of the desk: tables that ask for time, so many.
  DeskFold desk;                              ///< Of the desk.

  /// From `stream.opened`'s data or the reply to `stream.snapshot`.
  static Fold opened(const Json& data);
  /// The event as `hello` tells it.
  void open_event(const Json& event);
  void apply(const Json& push);

  /// Empty where both tell the same, else what differs. Presence is compared only on demand: it is
  /// told later than it happens.
  std::string differs_from(const Fold& server, bool with_presence, std::int64_t now,
                           const std::set<PersonId>& staff) const;

 private:
  void open_room(const Json& room);
  void open_table(const Json& table);
  void apply_message(const std::string& name, const Json& data, const Json& push);
  void apply_round(const Json& push);
  void apply_place(const std::string& name, const Json& data);
};

}  // namespace hallway::simulation
