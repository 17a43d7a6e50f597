// Gathers what all clients know into one log: see checker_log.hpp.
#include "load/checker_log.hpp"

#include <algorithm>

namespace hallway::load {
namespace {

std::string place(const Record& record) {
  return record.stream + " at " + std::to_string(record.offset);
}

/// Puts one observation in the log; two that cannot be the same push are a finding.
void observe(const Record& record, Knowledge& known, Verdict& verdict) {
  LogEntry fresh{record.name,   record.by,     record.nonce,  record.digest,
                 record.person, record.table,  record.of,     record.at_ms,
                 record.bytes,  record.edited, record.deleted};
  const bool reading = record.kind == Record::Kind::stands;
  if (reading) {
    fresh.name = "message.posted";
  }
  StreamLog& log = known.logs[{record.stream, record.epoch}];
  const auto [found, is_new] = log.emplace(record.offset, fresh);
  if (is_new) {
    return;
  }
  LogEntry& entry = found->second;
  const bool words_fixed = !entry.edited && !entry.deleted && !fresh.edited && !fresh.deleted;
  // A deleted body is blanked in what is recovered: an empty marker says nothing.
  const bool words_differ = words_fixed && !entry.nonce.empty() && !fresh.nonce.empty() &&
                            (entry.nonce != fresh.nonce || entry.digest != fresh.digest);
  if (entry.name != fresh.name || entry.by != fresh.by || words_differ) {
    verdict.findings.push_back({"A5", "client " + std::to_string(record.client) + " saw " +
                                          fresh.name + " #" + fresh.nonce + " in " + place(record) +
                                          ", another saw " + entry.name + " #" + entry.nonce});
  }
  if (reading || entry.nonce.empty()) {
    entry.edited = entry.edited || fresh.edited;
    entry.deleted = entry.deleted || fresh.deleted;
  }
  if (entry.nonce.empty() && !fresh.nonce.empty() && !fresh.edited) {
    entry.nonce = fresh.nonce;
    entry.digest = fresh.digest;
  }
  entry.bytes = std::max(entry.bytes, fresh.bytes);
}

void note_command(const Record& record, Knowledge& known) {
  Command& command = known.commands[record.nonce];
  if (command.tries == 0) {
    command.client = record.client;
    command.cmd = record.cmd;
    command.stream = record.stream;
    command.digest = record.digest;
    command.of = record.of;
    command.first_sent_us = record.us;
  }
  ++command.tries;
}

void note_answer(const Record& record, Knowledge& known, Verdict& verdict) {
  Command& command = known.commands[record.nonce];
  verdict.duplicates += record.dup ? 1 : 0;
  if (command.answered_us == 0) {
    command.answered_us = record.us;
    command.offset = record.offset;
    command.epoch = record.epoch;
    if (command.stream.empty()) {
      command.stream = record.stream;
    }
    return;
  }
  if (command.offset != record.offset) {
    verdict.findings.push_back({"A1", "#" + record.nonce + " was acknowledged at " +
                                          std::to_string(command.offset) + " and again at " +
                                          std::to_string(record.offset)});
  }
}

/// Folds the room's seat pushes, in order, into who sat where from when to when.
void seat_people(Knowledge& known) {
  struct TableState {
    std::map<std::string, std::size_t> open;  // person to index in seatings
    std::size_t sitting = 0;
  };
  std::map<std::string, TableState> tables;
  for (const auto& [key, log] : known.logs) {
    if (!key.first.starts_with("room:")) {
      continue;
    }
    for (const auto& [offset, entry] : log) {
      if (entry.table.empty()) {
        continue;
      }
      TableState& table = tables[entry.table];
      std::vector<Seating>& seatings = known.seatings[entry.table];
      if (entry.name == "seat.taken") {
        if (table.open.empty()) {
          ++table.sitting;
        }
        if (table.open.emplace(entry.person, seatings.size()).second) {
          seatings.push_back({entry.person, entry.at_ms, INT64_MAX, table.sitting});
        }
      } else if (entry.name == "seat.left") {
        if (const auto open = table.open.extract(entry.person); !open.empty()) {
          seatings[open.mapped()].until_ms = entry.at_ms;
        }
      }
    }
  }
}

/// Offsets that a reset or an absence carried a client over.
void note_skips(const std::vector<Record>& records, Knowledge& known) {
  std::map<std::pair<std::int64_t, std::string>, Point> reset_from;
  std::map<std::int64_t, std::map<std::string, Point>> resumed;
  for (const Record& record : records) {
    if (record.kind == Record::Kind::resume) {
      resumed[record.client] = record.points;
    } else if (record.kind == Record::Kind::hello) {
      for (const auto& [stream, reason] : record.resets) {
        reset_from[{record.client, stream}] = resumed[record.client][stream];
      }
    } else if (record.kind == Record::Kind::opened) {
      const auto from = reset_from.extract({record.client, record.stream});
      if (!from.empty() && from.mapped().epoch == record.epoch) {
        known.skipped[{record.stream, record.epoch}].emplace_back(from.mapped().offset,
                                                                  record.offset);
      }
    }
  }
}

}  // namespace

const LogEntry* Knowledge::find(const LogKey& key, std::uint64_t offset) const {
  const auto log = logs.find(key);
  if (log == logs.end()) {
    return nullptr;
  }
  const auto entry = log->second.find(offset);
  return entry == log->second.end() ? nullptr : &entry->second;
}

std::string Knowledge::only_epoch(const std::string& stream) const {
  std::string epoch;
  for (auto log = logs.lower_bound({stream, ""}); log != logs.end(); ++log) {
    if (log->first.first != stream) {
      break;
    }
    if (!epoch.empty()) {
      return {};
    }
    epoch = log->first.second;
  }
  return epoch;
}

Knowledge gather(const std::vector<Record>& records, Verdict& verdict) {
  Knowledge known;
  for (const Record& record : records) {
    switch (record.kind) {
      case Record::Kind::person:
        known.person_of[record.client] = record.person;
        known.role_of[record.person] = record.role;
        break;
      case Record::Kind::sent:
        note_command(record, known);
        break;
      case Record::Kind::answered:
        note_answer(record, known, verdict);
        break;
      case Record::Kind::refused:
        known.commands[record.nonce].refused_for_good |= !record.retry;
        break;
      case Record::Kind::push:
      case Record::Kind::stands:
        observe(record, known, verdict);
        break;
      case Record::Kind::read: {
        std::uint64_t& top = known.tops[{record.stream, record.epoch}];
        top = std::max(top, record.offset);
        break;
      }
      case Record::Kind::people:
        known.people_of[record.stream].insert(record.members.begin(), record.members.end());
        break;
      default:
        break;
    }
  }
  seat_people(known);
  note_skips(records, known);
  return known;
}

}  // namespace hallway::load
