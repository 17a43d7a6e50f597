// The rules about commands and streams, A1 to A4 and A6; those about each client are in
// checker_clients.cpp.
#include "load/checker.hpp"

#include <algorithm>
#include <set>

#include "load/checker_log.hpp"

namespace hallway::load {
namespace {

void find(Verdict& verdict, const char* rule, std::string text) {
  verdict.findings.push_back({rule, std::move(text)});
}

bool is_post(const Command& command) {
  return command.cmd == "message.send" || command.cmd == "conversation.start";
}

std::string describe(const std::string& nonce, const Command& command) {
  return command.cmd + " #" + nonce + " in " + command.stream + " at " +
         std::to_string(command.offset);
}

/// A1 for a message: at its offset stand its marker and its words.
void check_post(const std::string& nonce, const Command& command, const LogEntry* entry,
                Verdict& verdict) {
  if (entry == nullptr) {
    find(verdict, "A1", describe(nonce, command) + " was acknowledged and is nowhere");
  } else if (entry->name != "message.posted") {
    find(verdict, "A1", describe(nonce, command) + ": there stands " + entry->name);
  } else if (!entry->edited && !entry->deleted && !entry->nonce.empty() &&
             (entry->nonce != nonce || entry->digest != command.digest)) {
    find(verdict, "A1", describe(nonce, command) + ": there stands #" + entry->nonce);
  }
}

/// A1 for an edit or a deletion: its push names the message, or the message shows it.
void check_change(const std::string& nonce, const Command& command, const LogKey& key,
                  const Knowledge& known, Verdict& verdict) {
  const LogEntry* const entry = known.find(key, command.offset);
  const std::string push = command.cmd == "message.edit" ? "message.edited" : "message.deleted";
  if (entry != nullptr) {
    if (entry->name != push || entry->of != command.of) {
      find(verdict, "A1", describe(nonce, command) + ": there stands " + entry->name);
    }
    return;
  }
  const LogEntry* const message = known.find(key, command.of);
  if (message == nullptr || (!message->edited && !message->deleted)) {
    find(verdict, "A1", describe(nonce, command) + " was acknowledged and does not show");
  }
}

void check_commands(const Knowledge& known, Verdict& verdict) {
  for (const auto& [nonce, command] : known.commands) {
    verdict.resent += command.tries > 1 ? 1 : 0;
    if (command.answered_us == 0) {
      continue;
    }
    ++verdict.acknowledged;
    const std::string epoch =
        command.epoch.empty() ? known.only_epoch(command.stream) : command.epoch;
    const LogKey key{command.stream, epoch};
    if (is_post(command)) {
      check_post(nonce, command, known.find(key, command.offset), verdict);
    } else if (command.cmd == "message.edit" || command.cmd == "message.delete") {
      check_change(nonce, command, key, known, verdict);
    }
  }
}

/// A2, A4, and that a refused message does not stand.
void check_nonces(const Knowledge& known, Verdict& verdict) {
  std::map<std::string, std::set<std::pair<std::string, std::uint64_t>>> standing;
  for (const auto& [key, log] : known.logs) {
    for (const auto& [offset, entry] : log) {
      if (entry.name == "message.posted" && !entry.nonce.empty() && !entry.edited) {
        standing[entry.nonce].emplace(key.first, offset);
      }
    }
  }
  for (const auto& [nonce, places] : standing) {
    if (places.size() > 1) {
      find(verdict, "A2",
           "#" + nonce + " stands " + std::to_string(places.size()) + " times, first in " +
               places.begin()->first + " at " + std::to_string(places.begin()->second));
    }
    const auto command = known.commands.find(nonce);
    // Tried twice, the first try may have stood before the second was refused.
    if (command != known.commands.end() && command->second.refused_for_good &&
        command->second.tries == 1) {
      find(verdict, "A1", "#" + nonce + " was refused and yet stands");
    }
  }
  for (const auto& [nonce, command] : known.commands) {
    const bool settled = command.answered_us != 0 || command.refused_for_good;
    if (command.tries > 0 && !settled) {
      find(verdict, "A4", describe(nonce, command) + " was never answered");
    }
    const auto places = standing.find(nonce);
    const bool blanked = places == standing.end();
    if (command.tries > 1 && command.answered_us != 0 && is_post(command) && !blanked &&
        places->second.size() != 1) {
      find(verdict, "A4",
           describe(nonce, command) + " was sent again and stands " +
               std::to_string(places->second.size()) + " times");
    }
  }
}

/// A3: between the first and the last offset known of a stream nothing is unknown, unless a reset
/// carried everyone over it.
void check_offsets(const Knowledge& known, Verdict& verdict) {
  for (const auto& [key, log] : known.logs) {
    ++verdict.streams;
    std::uint64_t top = log.rbegin()->first;
    if (const auto read = known.tops.find(key); read != known.tops.end()) {
      top = std::max(top, read->second);
    }
    const auto skipped = known.skipped.find(key);
    const auto excused = [&](std::uint64_t offset) {
      return skipped != known.skipped.end() &&
             std::any_of(skipped->second.begin(), skipped->second.end(),
                         [offset](const auto& range) {
                           return range.first < offset && offset <= range.second;
                         });
    };
    for (std::uint64_t offset = log.begin()->first; offset <= top; ++offset) {
      if (!log.contains(offset) && !excused(offset)) {
        find(verdict, "A3",
             key.first + ": nobody knows offset " + std::to_string(offset) + " of " +
                 std::to_string(top));
        break;
      }
    }
  }
}

/// A6: walking through time, a command sent now gets an offset beyond all acknowledged before.
void check_order(const Knowledge& known, Verdict& verdict) {
  struct Moment {
    std::int64_t us;
    bool sent;
    const std::string* nonce;
    const Command* command;
  };
  std::map<LogKey, std::vector<Moment>> moments;
  for (const auto& [nonce, command] : known.commands) {
    if (command.answered_us != 0 && command.offset != 0) {
      std::vector<Moment>& list = moments[{command.stream, command.epoch}];
      list.push_back({command.first_sent_us, true, &nonce, &command});
      list.push_back({command.answered_us, false, &nonce, &command});
    }
  }
  for (auto& [key, list] : moments) {
    std::sort(list.begin(), list.end(), [](const Moment& a, const Moment& b) {
      // What happened in the same microsecond is taken as concurrent.
      return a.us != b.us ? a.us < b.us : a.sent && !b.sent;
    });
    std::uint64_t acknowledged = 0;
    for (const Moment& moment : list) {
      if (!moment.sent) {
        acknowledged = std::max(acknowledged, moment.command->offset);
      } else if (moment.command->offset <= acknowledged) {
        find(verdict, "A6",
             describe(*moment.nonce, *moment.command) + " was sent after " +
                 std::to_string(acknowledged) + " had been acknowledged");
      }
    }
  }
}

}  // namespace

Verdict check(const std::vector<Record>& records, const CheckOptions& options) {
  Verdict verdict;
  const Knowledge known = gather(records, verdict);
  verdict.clients = known.person_of.size();
  check_commands(known, verdict);
  check_nonces(known, verdict);
  check_offsets(known, verdict);
  check_order(known, verdict);
  check_clients(records, known, options, verdict);
  return verdict;
}

}  // namespace hallway::load
