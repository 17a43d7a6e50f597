// How long each person was in an event while it was live, over all their devices once: the fold of
// the pushes and facts that tell who came and went. Pure; the same from a journal at any time.
#pragma once

#include <map>
#include <vector>

#include "protocol/push.hpp"

namespace hallway {

class Attendance {
 public:
  struct Row {
    PersonId person;
    TimeMs first_at = 0;
    TimeMs last_at = 0;  ///< `now` for whoever is there.
    std::int64_t present_ms = 0;
  };

  /// In the order in which they were applied; pushes that tell nothing of this change nothing.
  void apply(const Push& push);
  /// Whoever was there, as of `now`, by when they came. A lost connection of less than ten minutes
  /// is no absence.
  std::vector<Row> rows(TimeMs now) const;

 private:
  struct Entry {
    bool is_present = false;  ///< In the event, and not waiting to be let in.
    bool is_waiting = false;
    TimeMs since_at = 0;
    Row row;
  };
  void come(PersonId person, TimeMs at);
  void go(PersonId person, TimeMs at);
  static void count(Entry& entry, TimeMs until);

  bool is_live_ = false;
  std::map<PersonId, Entry> entries_;
};

}  // namespace hallway
