// How simulated people treat others: reactions, private letters, and a polite word to a person.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bots/bot.hpp"

namespace hallway::load {

/// Whether a message opens with a greeting, in one of the languages one hears in a Nordic hallway.
[[nodiscard]] bool is_greeting(std::string_view body);

/// Part of the crowd.
class Manners {
 public:
  explicit Manners(Crowd& crowd) : crowd_(crowd) {}

  /// Two simulated people begin to write privately now and then.
  void begin();
  /// One simulated person saw a message; the same message is heard by several.
  void hear(Bot& bot, const SeenMessage& message);
  /// A conversation opened for a simulated person, with what stands in it.
  void meet(Bot& bot, const wire::Value& conversation, const wire::Value& messages);

 private:
  struct Letters {
    const std::vector<std::string_view>* script = nullptr;
    std::size_t next = 0;
  };

  void write_letter();
  void go_on(Bot& bot, const std::string& stream, const std::string& other);
  void answer_person(Bot& bot, const SeenMessage& message);
  void maybe_react(Bot& bot, const SeenMessage& message);
  [[nodiscard]] bool is_addressed(const Bot& bot, const std::string& body) const;
  [[nodiscard]] bool may_answer(const std::string& person, const std::string& stream);

  Crowd& crowd_;
  std::map<std::string, Letters> letters_;  // by conversation stream
  std::map<std::pair<std::string, std::string>, std::int64_t> answered_us_;
  std::set<std::pair<std::string, std::uint64_t>> heard_;
};

}  // namespace hallway::load
