// What an event remembers of its moderation: reports that are not resolved, messages that wait,
// its word filter, and the latest of its audit log. Part of the event's state, folded from pushes.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/push.hpp"
#include "protocol/safety_view.hpp"

namespace hallway {

/// Words that hold a message back until somebody has looked at it. Compares letters alone: case,
/// marks and what has no glyph make no difference.
class WordFilter {
 public:
  WordFilter() = default;
  explicit WordFilter(FilterView view);
  const FilterView& view() const { return view_; }
  /// A whole word of the text is one of the filter's, or begins as one that ends with `*`; a phrase
  /// is found as its words in a row.
  bool holds(std::string_view text) const;

 private:
  struct Pattern {
    std::string words;  ///< Folded, one space between each and at either end.
    bool begins = false;
  };
  FilterView view_;
  std::vector<Pattern> patterns_;
};

struct HeldMessage {
  HeldView view;
  Offset reply_to = 0;
  std::string nonce;
  std::uint64_t digest = 0;
};

/// How often something happened within the last minute, by tens of seconds.
class Pulse {
 public:
  void beat(TimeMs at);
  std::int64_t last_minute(TimeMs now) const;

 private:
  static constexpr std::int64_t slot_ms = 10'000;
  static constexpr std::int64_t slots = 6;
  std::array<std::int64_t, slots> counts_{};
  std::int64_t latest_ = 0;  ///< Number of the slot that was counted last.
};

struct Moderation {
  std::map<std::int64_t, ReportView> reports;  ///< Open or claimed.
  std::int64_t next_report = 1;
  std::map<std::int64_t, HeldMessage> held;
  std::int64_t next_held = 1;
  std::map<Offset, std::int64_t> held_at;  ///< Numbers by their offsets on the desk's stream.
  WordFilter filter;
  std::deque<AuditView> audit;  ///< Oldest first, at most limits::audit_max.
  std::int64_t next_audit = 1;

  void file(const ReportFiled& data, const Push& push);
  void claim(const ReportClaimed& data);
  void hold(const MessageHeld& data, const Push& push);
  void note(const Audited& data, const Push& push);
  /// The words of a person who is nobody any more (event_erasure.cpp).
  void erase(PersonId person);

  /// Entries before number `before` (0: from the newest), newest first, at most `limit`; of
  /// `person` alone where one is named. Nobody reads what was done about a report of themselves.
  std::vector<AuditView> entries(PersonId reader, std::optional<PersonId> person,
                                 std::int64_t before, std::int64_t limit, bool& more) const;
  std::size_t reports_by(PersonId person) const;
  std::size_t held_by(PersonId person) const;
};

}  // namespace hallway
