// What moderation must have come to: who is out does nothing, hears nothing and is nowhere; who is
// muted says nothing; what is held is said once it is approved and never else; locks, slow rooms
// and the lockdown hold; the desk's words reach the desk alone; and whom it concerns is told.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rooms/event_state.hpp"
#include "tests/simulation/standing_book.hpp"

namespace hallway::simulation {

struct ModerationTally {
  std::uint64_t held = 0;
  std::uint64_t approved = 0;
  std::uint64_t reported = 0;
};

class ModerationWatch {
 public:
  ModerationWatch(EventId event, const std::vector<PersonView>& people,
                  const StandingBook& standings);

  // --- What is committed. Each throws Broken where a rule does not hold.
  /// Before the push is folded into `event` and noted in the book.
  void look(const Event& event, const JournalEntry& entry);
  /// A batch is whole.
  void settle(const Event& event, TimeMs now);
  /// What waited is lost, and with it what the server knew of the pace of talk.
  void restarted() { wrote_at_.clear(); }

  // --- What clients are told
  void must_reach(PersonId person, StreamId stream, Offset offset, TimeMs now) const;
  void must_be_held(PersonId person, const std::string& nonce, std::int64_t held) const;
  void must_be_reported(PersonId person, std::int64_t report) const;
  /// At rest: nobody is left to be told.
  void must_have_told() const;
  const ModerationTally& tally() const { return tally_; }

 private:
  enum class Verdict { waits, approved, posted, kept_back };
  struct HeldBack {
    PersonId by;
    StreamId stream;
    std::string nonce;
    std::string body;
    Verdict verdict = Verdict::waits;
  };

  void look_at_event(const Event& event, const Push& push);
  void look_at_talk(const Event& event, const Push& push);
  void posted(const Event& event, const MessagePosted& message, const Push& push);
  void hold(const Event& event, const MessageHeld& message, const Push& push);
  void review(const MessageReviewed& reviewed);
  void look_at_reports(const Push& push);
  void look_at_doors(const Event& event, const Push& push);
  void owe(PersonId person, std::string_view push);
  void pay(PersonId person, const Push& push);
  /// Shown out: what they left in the queue is settled, and they are told no more of it.
  bool is_muted_at(const Event& event, const Push& push) const;
  bool is_held_back(const std::string& body) const;
  bool is_staff_at(const Event& event, PersonId person, StreamId stream) const;

  EventId event_;
  const StandingBook& standings_;
  std::set<PersonId> guests_;
  /// Numbers of the entries of each stream of the event, by offset - 1.
  std::map<StreamId, std::vector<std::uint64_t>> numbers_;
  /// Who was of the desk from each of its pushes until the next, by offset - 1.
  std::vector<std::uint64_t> desks_;
  std::map<std::int64_t, HeldBack> held_;
  std::map<std::pair<PersonId, std::string>, std::int64_t> held_by_nonce_;
  std::int64_t approved_ = 0;  ///< In this batch, and not yet posted.
  std::map<std::int64_t, PersonId> reporters_;
  std::set<std::int64_t> open_reports_;
  FilterView filter_;
  std::map<std::pair<RoomId, PersonId>, TimeMs> wrote_at_;  ///< In rooms that were slow.
  std::map<PersonId, RoomId> behind_lock_;  ///< Came in this batch, and must have been moved.
  std::map<std::pair<PersonId, std::string>, std::int64_t> owed_;
  ModerationTally tally_;
};

}  // namespace hallway::simulation
