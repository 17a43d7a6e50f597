// The log of moderation against what was done: each act has one line of it, and each line its act;
// who did it might; and whoever reads the log reads all of it, and only what is theirs.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rooms/event_state.hpp"
#include "tests/simulation/standing_book.hpp"

namespace hallway::simulation {

class AuditWatch {
 public:
  explicit AuditWatch(const StandingBook& standings) : standings_(standings) {}

  /// Before the event's push is folded. Throws Broken where a rule does not hold.
  void look(const Event& event, const Push& push);
  /// A batch is whole.
  void settle() const;

  std::size_t lines() const { return lines_.size(); }
  /// Somebody was told that their act is durable.
  void must_stand(PersonId by, std::string_view action, TimeMs at) const;
  /// The entries that `reader` was told of all, or of `about`; asked when the log had `lines`.
  void must_be_whole(const nlohmann::json& entries, PersonId reader, std::optional<PersonId> about,
                     std::size_t lines) const;

 private:
  struct Line {
    std::string_view action;
    PersonId by;
    PersonId person = {};
    TimeMs at = 0;
  };
  /// In the event as a whole, or anywhere in it.
  enum class Reach { event, anywhere };

  void expect(const Push& push, std::string_view action, PersonId person);
  void expect_of_queue(const Event& event, const Push& push);
  void expect_of_places(const Event& event, const Push& push);
  void expect_of_admission(const Push& push);
  void must_outrank(PersonId by, PersonId person, std::string_view action) const;
  void check_off(const Audited& audited, const Push& push);
  bool is_told(const Line& line, PersonId reader, std::optional<PersonId> about) const;

  const StandingBook& standings_;
  std::vector<Line> lines_;
  std::vector<Line> due_;  ///< Acts whose lines are to come.
  PersonId shown_out_;     ///< What they left in the queue is settled without a line.
  std::map<std::pair<StreamId, Offset>, PersonId> authors_;
};

}  // namespace hallway::simulation
