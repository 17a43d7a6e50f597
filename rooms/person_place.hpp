// What belongs to one person alone: whom they block, what they have read, their conversations, and
// what they are told wherever they are.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "rooms/chat.hpp"
#include "rooms/place.hpp"

namespace hallway {

class PersonPlace final : public Place {
 public:
  PersonPlace(PersonId id, const Settings& settings);

  /// `read`, `person.block`, `person.unblock`; the caller has made sure that a person who is named
  /// exists.
  Decision decide(const Command& command, PersonId actor, const Context& context) const override;
  Decision arrive(const Arrival& arrival, const Context& context) const override;
  Decision depart(PersonId person, bool bye, const Context& context) const override;
  /// What other places tell this person: invitations, conversations, and what moderators did.
  Decision receive(const FollowUp& follow_up, const Context& context) const override;
  Decision tick(const Context& context) const override;
  std::optional<TimeMs> next_deadline() const override;
  void restarted(TimeMs) override {}

  /// Asked before `conversation.start` goes to the conversation: spends its nonce, which belongs to
  /// the person and not to a stream. Refuses `nonce_conflict`; the same once more passes without a
  /// push.
  Decision claim(const ConversationStart& command, PersonId actor, const Context& context) const;

  std::vector<StreamId> streams_of(PersonId person) const override;
  Snapshot snapshot(StreamId stream, PersonId viewer, std::int64_t limit) const override;

  bool blocks(PersonId person) const { return blocked_.contains(person); }
  const std::set<PersonId>& blocked() const { return blocked_; }
  /// The latest limits::conversations_max, newest activity first.
  const std::vector<ConversationId>& conversations() const { return conversations_; }
  std::vector<std::pair<StreamId, Offset>> reads() const;
  Offset read_mark(StreamId stream) const;

 protected:
  void fold(const Push& push) override;

 private:
  struct Mark {
    Offset offset = 0;
    TimeMs at = 0;          // Of its last rise.
    bool is_dirty = false;  // Not journaled yet: the last two seconds of marks may be lost.
  };

  PersonId self() const { return {id().value}; }
  StreamId stream() const { return stream_of(self()); }
  Decision mark_read(const Read& command, const Context& context) const;
  Decision block(PersonId person, bool on, const Context& context) const;
  Decision flush_marks(const Context& context) const;
  Push push_of(PersonId by, PushData data, const Context& context) const;
  void raise_mark(StreamId stream, Offset offset, TimeMs at, bool is_dirty);
  void touch(ConversationId conversation);
  void hold(const MessageHeld& held, TimeMs at);

  std::set<PersonId> blocked_;
  std::map<StreamId, Mark> marks_;
  std::optional<TimeMs> dirty_since_;
  std::vector<ConversationId> conversations_;
  std::vector<HeldView> held_;  ///< Own messages that wait, the latest limits::held_of_one_max.
  ChatPace pace_;
};

}  // namespace hallway
