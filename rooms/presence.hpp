// Who came, went or changed in one room since its last `presence` push, gathered so that a room of
// thousands is told at most once a second. Not durable: a restart forgets it.
#pragma once

#include <optional>
#include <set>

#include "protocol/ids.hpp"
#include "protocol/limits.hpp"

namespace hallway {

class PresenceBatch {
 public:
  void joined(PersonId person) {
    left_.erase(person);
    changed_.erase(person);
    joined_.insert(person);
  }
  void left(PersonId person) {
    joined_.erase(person);
    changed_.erase(person);
    left_.insert(person);
  }
  void changed(PersonId person) {
    if (!joined_.contains(person)) changed_.insert(person);
  }
  /// The push with all of it was sent.
  void sent(TimeMs at) {
    *this = PresenceBatch{};
    next_at_ = at + limits::presence_ms;
  }

  /// When the next push is due (it may be past); nullopt while there is nothing to tell.
  std::optional<TimeMs> due_at() const {
    if (joined_.empty() && left_.empty() && changed_.empty()) return std::nullopt;
    return next_at_;
  }

  const std::set<PersonId>& who_joined() const { return joined_; }
  const std::set<PersonId>& who_left() const { return left_; }
  const std::set<PersonId>& who_changed() const { return changed_; }

 private:
  std::set<PersonId> joined_;
  std::set<PersonId> left_;
  std::set<PersonId> changed_;
  TimeMs next_at_ = 0;
};

}  // namespace hallway
