// What all clients together know of the streams: the log that the checker's rules hold against
// each client. Internal to the checker.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "load/checker.hpp"

namespace hallway::load {

using LogKey = std::pair<std::string, std::string>;  // stream, epoch

struct LogEntry {
  std::string name;
  std::string by;
  std::string nonce;  // of a body the load client wrote; empty otherwise, and once blanked
  std::string digest;
  std::string person;  // of a seat push
  std::string table;   // of a seat push
  std::uint64_t of = 0;
  std::int64_t at_ms = 0;
  std::uint64_t bytes = 0;
  bool edited = false;
  bool deleted = false;
};

using StreamLog = std::map<std::uint64_t, LogEntry>;

struct Command {
  std::int64_t client = -1;
  std::string cmd;
  std::string stream;
  std::string epoch;
  std::string digest;
  std::uint64_t of = 0;
  std::int64_t first_sent_us = 0;
  std::int64_t answered_us = 0;  // 0: never
  std::uint64_t offset = 0;
  int tries = 0;
  bool refused_for_good = false;
};

/// Time at a table, by the seat pushes of its room.
struct Seating {
  std::string person;
  std::int64_t from_ms = 0;
  std::int64_t until_ms = INT64_MAX;
  std::size_t sitting = 0;  // counted per table
};

struct Knowledge {
  std::map<LogKey, StreamLog> logs;
  std::map<std::string, Command> commands;  // by nonce
  std::map<std::int64_t, std::string> person_of;
  std::map<std::string, std::string> role_of;
  std::map<std::string, std::set<std::string>> people_of;  // conversation stream to people
  std::map<std::string, std::vector<Seating>> seatings;    // by table
  std::map<LogKey, std::uint64_t> tops;
  /// Offsets that a reset carried some client over, so that nobody need have seen them.
  std::map<LogKey, std::vector<std::pair<std::uint64_t, std::uint64_t>>> skipped;

  [[nodiscard]] const LogEntry* find(const LogKey& key, std::uint64_t offset) const;
  /// The epoch of a stream that has only one; empty otherwise.
  [[nodiscard]] std::string only_epoch(const std::string& stream) const;
};

/// Gathers the log and reports where two clients saw different things at one offset (A5).
[[nodiscard]] Knowledge gather(const std::vector<Record>& records, Verdict& verdict);

/// A5, A7, A8: each client against the log, in the order it lived.
void check_clients(const std::vector<Record>& records, const Knowledge& known,
                   const CheckOptions& options, Verdict& verdict);

}  // namespace hallway::load
