// A person's own affairs: see person_place.hpp.
#include "rooms/person_place.hpp"

#include <algorithm>

#include "rooms/conversation_place.hpp"
#include "rooms/nonce.hpp"

namespace hallway {
namespace {

Decision nobody_else() {
  return refused(refuse(ErrorCode::not_found, "There is no such person."));
}

std::uint64_t digest_of(const ConversationStart& command, PersonId starter) {
  Digest digest(ConversationStart::name);
  for (const PersonId person : people_of(command, starter)) digest.add(person.value);
  return digest.add(command.body).value();
}

template <class... Told>
bool is_one_of(const PushData& data) {
  return (std::holds_alternative<Told>(data) || ...);
}

bool is_told_by_moderators(const PushData& data) {
  return is_one_of<PersonWarned, PersonMuted, PersonUnmuted, PersonMoved, PersonRemoved,
                   PersonBanned, PersonUnbanned, RoleGranted, RoleRevoked, ReportAnswered,
                   ReportChanged, MessageHeld, MessageReviewed>(data);
}

}  // namespace

PersonPlace::PersonPlace(PersonId id, const Settings& settings)
    : Place(place_of(id)), pace_(settings) {}

// --- Deciding

Push PersonPlace::push_of(PersonId by, PushData data, const Context& context) const {
  Push push;
  push.stream = lasting_of(data) == Lasting::fact ? facts_of(id()) : stream();
  push.at = context.now;
  push.by = by;
  push.data = std::move(data);
  return push;
}

Decision PersonPlace::decide(const Command& command, PersonId actor, const Context& context) const {
  if (actor != self()) return nobody_else();
  if (const auto* asked = std::get_if<Read>(&command)) return mark_read(*asked, context);
  if (const auto* asked = std::get_if<PersonBlock>(&command)) {
    return block(asked->person, true, context);
  }
  if (const auto* asked = std::get_if<PersonUnblock>(&command)) {
    return block(asked->person, false, context);
  }
  if (const auto* asked = std::get_if<StreamSnapshot>(&command);
      asked != nullptr && asked->stream == stream()) {
    Decision decision;
    decision.reply = SnapshotReply{snapshot(asked->stream, actor, asked->limit)};
    return decision;
  }
  if (chat_stream_of(command) == stream()) {
    ChatRights rights;
    rights.send = rights.react = rights.pin =
        refuse(ErrorCode::forbidden, "Nobody writes here.", "stream");
    const auto mentioned = [](PersonId) { return Mentioned::nobody; };
    static const StreamLog nothing_said;
    const StreamLog* log = find_log(stream());
    const Chat chat{
        stream(), log ? *log : nothing_said, actor, rights, everything(), pace_, mentioned,
        context};
    return decide_chat(command, chat);
  }
  return refused(unknown_stream());
}

Decision PersonPlace::mark_read(const Read& command, const Context& context) const {
  Decision decision;
  if (command.offset > read_mark(command.stream)) {
    decision.pushes.push_back(push_of(self(), ReadPush{command.stream, command.offset}, context));
  }
  return decision;
}

Decision PersonPlace::block(PersonId person, bool on, const Context& context) const {
  if (!person) return refused(refuse(ErrorCode::not_found, "There is no such person.", "person"));
  if (person == self()) {
    return refused(refuse(ErrorCode::bad_request, "You cannot block yourself.", "person"));
  }
  Decision decision;
  if (blocks(person) == on) return decision;
  if (on && blocked_.size() >= limits::blocked_max) {
    return refused(refuse(ErrorCode::too_large, "You cannot block more people.", "person"));
  }
  if (on) {
    decision.pushes.push_back(push_of(self(), PersonBlocked{person}, context));
  } else {
    decision.pushes.push_back(push_of(self(), PersonUnblocked{person}, context));
  }
  decision.reply = PostedReply{};
  decision.follow_ups.push_back(
      FollowUp{place_of(conversation_of({self(), person})), self(), BlockSet{self(), person, on}});
  return decision;
}

Decision PersonPlace::claim(const ConversationStart& command, PersonId actor,
                            const Context& context) const {
  if (actor != self()) return nobody_else();
  const std::uint64_t digest = digest_of(command, actor);
  if (const StreamLog* facts = find_log(facts_of(id()))) {
    if (auto before = answered_before(*facts, actor, command.nonce, digest, context.now)) {
      if (before->refusal) return std::move(*before);
      return {};
    }
  }
  Decision decision;
  Push claimed = push_of(actor, NonceClaimed{conversation_of(people_of(command, actor))}, context);
  claimed.nonce = command.nonce;
  claimed.digest = digest;
  decision.pushes.push_back(std::move(claimed));
  return decision;
}

Decision PersonPlace::arrive(const Arrival& arrival, const Context&) const {
  return arrival.person.id == self() ? Decision{} : nobody_else();
}

Decision PersonPlace::depart(PersonId, bool, const Context& context) const {
  return flush_marks(context);
}

Decision PersonPlace::receive(const FollowUp& follow_up, const Context& context) const {
  Decision decision;
  const bool is_from_blocked = blocks(follow_up.by);
  if (const auto* invited = std::get_if<TableInvited>(&follow_up.data)) {
    if (is_from_blocked || blocks(invited->by)) return decision;  // a block is invisible
  } else if (const auto* started = std::get_if<ConversationStarted>(&follow_up.data)) {
    if (is_from_blocked && started->people.size() == 2) return decision;
  } else if (!is_told_by_moderators(follow_up.data)) {
    return decision;
  }
  decision.pushes.push_back(push_of(follow_up.by, follow_up.data, context));
  return decision;
}

Decision PersonPlace::tick(const Context& context) const {
  const auto deadline = next_deadline();
  if (!deadline || context.now < *deadline) return {};
  return flush_marks(context);
}

std::optional<TimeMs> PersonPlace::next_deadline() const {
  if (!dirty_since_) return std::nullopt;
  return *dirty_since_ + limits::read_flush_ms;
}

Decision PersonPlace::flush_marks(const Context& context) const {
  Decision decision;
  for (const auto& [marked, mark] : marks_) {
    if (mark.is_dirty) {
      decision.pushes.push_back(push_of(self(), ReadMarked{marked, mark.offset}, context));
    }
  }
  return decision;
}

// --- Reading

std::vector<StreamId> PersonPlace::streams_of(PersonId person) const {
  if (person != self()) return {};
  return {stream()};
}

Snapshot PersonPlace::snapshot(StreamId asked, PersonId, std::int64_t) const {
  Snapshot snapshot;
  snapshot.stream = asked;
  snapshot.offset = top(asked);
  snapshot.state = PersonStreamState{{blocked_.begin(), blocked_.end()}, held_};
  return snapshot;
}

std::vector<std::pair<StreamId, Offset>> PersonPlace::reads() const {
  std::vector<std::pair<StreamId, Offset>> reads;
  for (const auto& [marked, mark] : marks_) reads.emplace_back(marked, mark.offset);
  return reads;
}

Offset PersonPlace::read_mark(StreamId asked) const {
  const auto entry = marks_.find(asked);
  return entry == marks_.end() ? 0 : entry->second.offset;
}

// --- Folding

void PersonPlace::fold(const Push& push) {
  if (const auto* blocked = std::get_if<PersonBlocked>(&push.data)) {
    blocked_.insert(blocked->person);
  } else if (const auto* unblocked = std::get_if<PersonUnblocked>(&push.data)) {
    blocked_.erase(unblocked->person);
  } else if (const auto* read = std::get_if<ReadPush>(&push.data)) {
    raise_mark(read->stream, read->offset, push.at, true);
  } else if (const auto* marked = std::get_if<ReadMarked>(&push.data)) {
    raise_mark(marked->stream, marked->offset, push.at, false);
    const ConversationId conversation{marked->stream.value};
    const bool is_listed = std::find(conversations_.begin(), conversations_.end(), conversation) !=
                           conversations_.end();
    if (marked->stream == stream_of(conversation) && is_listed) touch(conversation);
  } else if (const auto* started = std::get_if<ConversationStarted>(&push.data)) {
    touch(started->conversation);
  } else if (const auto* held = std::get_if<MessageHeld>(&push.data)) {
    hold(*held, push.at);
  } else if (const auto* reviewed = std::get_if<MessageReviewed>(&push.data)) {
    std::erase_if(held_, [&](const HeldView& each) {
      return each.event == reviewed->event && each.held == reviewed->held;
    });
  }
}

void PersonPlace::hold(const MessageHeld& held, TimeMs at) {
  held_.push_back({held.held, at, self(), held.stream, held.body, held.event});
  if (held_.size() > limits::held_of_one_max) held_.erase(held_.begin());
}

void PersonPlace::raise_mark(StreamId marked, Offset offset, TimeMs at, bool is_dirty) {
  Mark& mark = marks_[marked];
  if (offset < mark.offset) return;
  mark = Mark{offset, at, is_dirty};
  if (is_dirty && !dirty_since_) dirty_since_ = at;
  if (marks_.size() > limits::reads_max) {
    marks_.erase(std::min_element(
        marks_.begin(), marks_.end(),
        [](const auto& one, const auto& other) { return one.second.at < other.second.at; }));
  }
  const bool is_any_dirty = std::any_of(marks_.begin(), marks_.end(),
                                        [](const auto& entry) { return entry.second.is_dirty; });
  if (!is_any_dirty) dirty_since_.reset();
}

void PersonPlace::touch(ConversationId conversation) {
  std::erase(conversations_, conversation);
  conversations_.insert(conversations_.begin(), conversation);
  if (conversations_.size() > limits::conversations_max) conversations_.pop_back();
}

}  // namespace hallway
