// A private conversation of two to eight: requests, answers, blocks, and its talk.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "rooms/chat.hpp"
#include "rooms/place.hpp"

namespace hallway {

/// The same people, in whatever order, have the same conversation: its id is a stable mix of
/// theirs.
ConversationId conversation_of(std::vector<PersonId> people);

/// Everyone in the conversation that `starter` asks for, themselves too, each once, ascending.
std::vector<PersonId> people_of(const ConversationStart& command, PersonId starter);

class ConversationPlace final : public Place {
 public:
  ConversationPlace(ConversationId id, const Settings& settings);

  /// `conversation.start` comes here after the starter's own place let its nonce pass; the caller
  /// has made sure that the people exist and may know of one another.
  Decision decide(const Command& command, PersonId actor, const Context& context) const override;
  Decision arrive(const Arrival& arrival, const Context& context) const override;
  Decision depart(PersonId person, bool bye, const Context& context) const override;
  /// `BlockSet`, from a person's place; `PersonErased`, from the registry.
  Decision receive(const FollowUp& follow_up, const Context& context) const override;
  Decision tick(const Context&) const override { return {}; }
  std::optional<TimeMs> next_deadline() const override { return std::nullopt; }
  void restarted(TimeMs) override {}

  std::vector<StreamId> streams_of(PersonId person) const override;
  Snapshot snapshot(StreamId stream, PersonId viewer, std::int64_t limit) const override;
  Slices readable(StreamId stream, PersonId viewer) const override;

  /// The conversation as `reader` has it; the read mark and the cards are known elsewhere.
  /// Precondition: `reader` receives its stream.
  ConversationView view(PersonId reader) const;
  /// The offsets that are `reader`'s to see: all but what was said while they had the other
  /// blocked.
  Slices visible_to(PersonId reader) const;
  /// Empty until it is opened.
  const std::vector<PersonId>& people() const { return people_; }

 protected:
  void fold(const Push& push) override;
  bool may_read_slice(StreamId stream, PersonId viewer, Offset after, Offset to) const override;

 private:
  ConversationId conversation() const { return {id().value}; }
  StreamId stream() const { return stream_of(conversation()); }
  const StreamLog& talk() const;
  bool is_member(PersonId person) const;
  bool is_blocking(PersonId person) const { return blocked_from_.contains(person); }
  /// All that there is was said behind this person's back: for them it has not begun.
  bool is_unbegun_for(PersonId person) const;
  bool receives(PersonId person) const;
  /// The one who may say no more until somebody answers; 0 when nobody waits.
  PersonId waiting_for_answer() const { return is_requested_ ? opened_by_ : PersonId{}; }

  Decision start(const ConversationStart& command, PersonId actor, const Context& context) const;
  Decision answer(const ConversationAnswer& command, PersonId actor, const Context& context) const;
  /// There is somebody else left to read it.
  bool has_company(PersonId person) const;
  Decision talk_about(const Command& command, PersonId actor, const Context& context) const;
  Chat chat_of(const std::vector<PersonId>& people, PersonId actor, ChatRights rights,
               const Context& context) const;
  /// Adds what else a new message brings about: an acceptance, and the conversation's appearance
  /// for those who have not had it yet.
  void follow_message(Decision& decision, PersonId actor, const Context& context) const;
  void tell_started(Decision& decision, const std::vector<PersonId>& people, PersonId person,
                    PersonId by) const;
  void fold_block(const BlockSet& block);
  Push push_of(PersonId by, PushData data, const Context& context) const;

  std::vector<PersonId> people_;  // Ascending.
  PersonId opened_by_;
  bool was_requested_ = false;  // At its opening.
  bool is_requested_ = false;   // And nobody has answered yet.
  std::set<PersonId> accepted_;
  std::set<PersonId> declined_;
  std::set<PersonId> erased_;
  // In a conversation of two: since which offset a person has the other blocked, and the ranges of
  // blocks that are over.
  std::map<PersonId, Offset> blocked_from_;
  std::map<PersonId, Slices> hidden_;
  ChatPace pace_;
};

}  // namespace hallway
