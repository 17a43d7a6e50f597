// A private conversation: see conversation_place.hpp.
#include "rooms/conversation_place.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "rooms/invariant.hpp"
#include "rooms/nonce.hpp"

namespace hallway {
namespace {

std::vector<PersonId> each_once(std::vector<PersonId> people) {
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

bool holds(const std::vector<PersonId>& people, PersonId person) {
  return std::binary_search(people.begin(), people.end(), person);
}

Error unknown_conversation() {
  return refuse(ErrorCode::not_found, "There is no such conversation.", "conversation");
}

Error not_answered_yet() {
  return refuse(ErrorCode::conflict, "You can write again once your request is answered.");
}

Error nobody_is_left() {
  return refuse(ErrorCode::conflict, "Nobody else is left in this conversation.");
}

}  // namespace

ConversationId conversation_of(std::vector<PersonId> people) {
  Digest digest("conversation");
  for (const PersonId person : each_once(std::move(people))) digest.add(person.value);
  const std::uint64_t value = digest.value();
  return {value == 0 ? 1 : value};  // 0 is nothing's id
}

std::vector<PersonId> people_of(const ConversationStart& command, PersonId starter) {
  std::vector<PersonId> people = command.people;
  people.push_back(starter);
  return each_once(std::move(people));
}

ConversationPlace::ConversationPlace(ConversationId id, const Settings& settings)
    : Place(place_of(id)), pace_(settings) {}

// --- Who sees what

const StreamLog& ConversationPlace::talk() const {
  static const StreamLog nothing_said;
  const StreamLog* found = find_log(stream());
  return found ? *found : nothing_said;
}

bool ConversationPlace::is_member(PersonId person) const {
  return holds(people_, person);
}

bool ConversationPlace::is_unbegun_for(PersonId person) const {
  const auto entry = hidden_.find(person);
  if (entry == hidden_.end()) return false;
  const auto& [first, last] = entry->second.front();
  return first == 1 && last >= talk().top();
}

bool ConversationPlace::has_company(PersonId person) const {
  return std::any_of(people_.begin(), people_.end(),
                     [&](PersonId other) { return other != person && !erased_.contains(other); });
}

bool ConversationPlace::receives(PersonId person) const {
  return is_member(person) && !declined_.contains(person) && !erased_.contains(person) &&
         !is_blocking(person) && !is_unbegun_for(person);
}

std::vector<StreamId> ConversationPlace::streams_of(PersonId person) const {
  if (!receives(person)) return {};
  return {stream()};
}

Slices ConversationPlace::visible_to(PersonId reader) const {
  Slices visible;
  Offset next = 1;
  if (const auto entry = hidden_.find(reader); entry != hidden_.end()) {
    for (const auto& [first, last] : entry->second) {
      if (next < first) visible.emplace_back(next, first - 1);
      next = last + 1;
    }
  }
  const auto blocked = blocked_from_.find(reader);
  const Offset last =
      blocked == blocked_from_.end() ? std::numeric_limits<Offset>::max() : blocked->second - 1;
  if (next <= last) visible.emplace_back(next, last);
  return visible;
}

Slices ConversationPlace::readable(StreamId asked, PersonId viewer) const {
  return asked == stream() && receives(viewer) ? visible_to(viewer) : Slices{};
}

bool ConversationPlace::may_read_slice(StreamId, PersonId viewer, Offset after, Offset to) const {
  return contains_all(visible_to(viewer), after + 1, to);
}

ConversationView ConversationPlace::view(PersonId reader) const {
  invariant(receives(reader), "a conversation is shown to those who have it");
  ConversationView view;
  view.id = conversation();
  view.people = people_;
  view.state = is_requested_ ? ConversationState::requested : ConversationState::open;
  view.requested_by = waiting_for_answer();
  view.offset = talk().top();
  bool more = false;
  view.latest = talk().messages(visible_to(reader), 0, 1, more);
  return view;
}

Snapshot ConversationPlace::snapshot(StreamId asked, PersonId viewer, std::int64_t limit) const {
  Snapshot snapshot;
  snapshot.stream = asked;
  snapshot.offset = talk().top();
  snapshot.messages = talk().messages(visible_to(viewer), 0, limit, snapshot.more);
  snapshot.state = ConversationStreamState{view(viewer)};
  return snapshot;
}

// --- Deciding

Decision ConversationPlace::decide(const Command& command, PersonId actor,
                                   const Context& context) const {
  if (const auto* asked = std::get_if<ConversationStart>(&command)) {
    return start(*asked, actor, context);
  }
  if (const auto* asked = std::get_if<ConversationAnswer>(&command)) {
    return answer(*asked, actor, context);
  }
  if (chat_stream_of(command)) return talk_about(command, actor, context);
  if (const auto* asked = std::get_if<StreamSnapshot>(&command)) {
    if (asked->stream != stream() || !receives(actor)) return refused(unknown_stream());
    Decision decision;
    decision.reply = SnapshotReply{snapshot(asked->stream, actor, asked->limit)};
    return decision;
  }
  return refused(unknown_conversation());
}

Decision ConversationPlace::arrive(const Arrival& arrival, const Context&) const {
  return is_member(arrival.person.id) ? Decision{} : refused(unknown_conversation());
}

Decision ConversationPlace::depart(PersonId, bool, const Context&) const {
  return {};
}

Push ConversationPlace::push_of(PersonId by, PushData data, const Context& context) const {
  Push push;
  push.stream = lasting_of(data) == Lasting::fact ? facts_of(id()) : stream();
  push.at = context.now;
  push.by = by;
  push.data = std::move(data);
  return push;
}

Chat ConversationPlace::chat_of(const std::vector<PersonId>& people, PersonId actor,
                                ChatRights rights, const Context& context) const {
  rights.people = people.size();
  // Whether one of them declined or blocks is nobody's business: all of them see what is written
  // here.
  auto mentioned = [&people](PersonId person) {
    return holds(people, person) ? Mentioned::sees : Mentioned::nobody;
  };
  return Chat{stream(),          talk(), actor,     std::move(rights),
              visible_to(actor), pace_,  mentioned, context};
}

Decision ConversationPlace::start(const ConversationStart& command, PersonId actor,
                                  const Context& context) const {
  const std::vector<PersonId> people = people_of(command, actor);
  if (people.size() < 2) {
    return refused(refuse(ErrorCode::bad_request, "Name somebody else to write to.", "people"));
  }
  if (people.size() > limits::conversation_people_max) {
    return refused(refuse(ErrorCode::too_large, "A conversation has at most 8 people.", "people"));
  }
  invariant(conversation_of(people) == conversation(), "a conversation is asked by its own people");

  const bool is_new = people_.empty();
  ChatRights rights;
  if (is_blocking(actor)) {
    rights.send = refuse(ErrorCode::conflict, "You have blocked this person.", "people");
  } else if (waiting_for_answer() == actor && !context.met) {
    rights.send = not_answered_yet();
  } else if (!is_new && !has_company(actor)) {
    rights.send = nobody_is_left();
  }
  if (is_new && !context.met) rights.body_max = limits::request_max;

  // The first message is a message like any other, so the same nonce and words sent again to the
  // conversation itself are known again.
  const MessageSend message{command.nonce, stream(), command.body, 0};
  Decision decision = decide_chat(message, chat_of(people, actor, rights, context));
  if (auto* reply = std::get_if<PostedReply>(&decision.reply)) {
    reply->conversation = conversation();
  }
  if (decision.pushes.empty()) return decision;
  if (is_new) {
    const ConversationOpened opened{people, actor, !context.met};
    decision.pushes.insert(decision.pushes.begin(), push_of(actor, opened, context));
    for (const PersonId person : people) {
      if (!is_blocking(person)) tell_started(decision, people, person, actor);
    }
    return decision;
  }
  for (const PersonId person : people_) {
    if (receives(person)) tell_started(decision, people_, person, actor);
  }
  follow_message(decision, actor, context);
  if (waiting_for_answer() == actor) {
    // They have met since: the request needs no answer any more.
    decision.pushes.push_back(push_of(actor, ConversationAccepted{actor}, context));
  }
  return decision;
}

Decision ConversationPlace::answer(const ConversationAnswer& command, PersonId actor,
                                   const Context& context) const {
  const bool has_it = is_member(actor) && !is_blocking(actor) && !is_unbegun_for(actor);
  const bool has_declined = declined_.contains(actor);
  if (!has_it || command.conversation != conversation() || (has_declined && command.accept)) {
    return refused(unknown_conversation());
  }
  if (actor == opened_by_) {
    return refused(refuse(ErrorCode::conflict, "Your request is for the others to answer."));
  }
  const bool has_accepted = !was_requested_ || accepted_.contains(actor);
  Decision decision;
  if (command.accept) {
    if (has_accepted) return decision;
    decision.pushes.push_back(push_of(actor, ConversationAccepted{actor}, context));
    decision.reply = PostedReply{};
  } else {
    if (has_declined) return decision;
    if (has_accepted) {
      return refused(refuse(ErrorCode::conflict, "This conversation is accepted already."));
    }
    decision.pushes.push_back(push_of(actor, ConversationDeclined{actor}, context));
  }
  return decision;
}

Decision ConversationPlace::talk_about(const Command& command, PersonId actor,
                                       const Context& context) const {
  if (chat_stream_of(command) != stream() || !receives(actor)) return refused(unknown_stream());
  ChatRights rights;
  if (waiting_for_answer() == actor) rights.send = not_answered_yet();
  if (!has_company(actor)) rights.send = nobody_is_left();
  Decision decision = decide_chat(command, chat_of(people_, actor, rights, context));
  const bool is_message = !decision.pushes.empty() &&
                          std::holds_alternative<MessagePosted>(decision.pushes.front().data);
  if (is_message) follow_message(decision, actor, context);
  return decision;
}

void ConversationPlace::follow_message(Decision& decision, PersonId actor,
                                       const Context& context) const {
  if (was_requested_ && actor != opened_by_ && !accepted_.contains(actor)) {
    decision.pushes.push_back(push_of(actor, ConversationAccepted{actor}, context));
    if (declined_.contains(actor)) tell_started(decision, people_, actor, actor);
  }
  bool is_begun_anew = false;
  for (const PersonId person : people_) {
    if (!is_unbegun_for(person) || is_blocking(person) || declined_.contains(person)) continue;
    is_begun_anew = true;
    tell_started(decision, people_, person, actor);
  }
  if (is_begun_anew) {
    // Said once more, behind the message, so that the streams of all its people are looked at
    // again.
    const ConversationOpened opened{people_, opened_by_, was_requested_};
    decision.pushes.push_back(push_of(actor, opened, context));
  }
}

void ConversationPlace::tell_started(Decision& decision, const std::vector<PersonId>& people,
                                     PersonId person, PersonId by) const {
  decision.follow_ups.push_back(
      FollowUp{place_of(person), by, ConversationStarted{conversation(), people}});
}

Decision ConversationPlace::receive(const FollowUp& follow_up, const Context& context) const {
  Decision decision;
  const auto* erased = std::get_if<PersonErased>(&follow_up.data);
  if (erased && is_member(erased->person)) {
    decision.pushes.push_back(push_of({}, *erased, context));
  }
  const auto* block = std::get_if<BlockSet>(&follow_up.data);
  if (block && block->on != is_blocking(block->by)) {
    decision.pushes.push_back(push_of(block->by, *block, context));
  }
  return decision;
}

// --- Folding

void ConversationPlace::fold(const Push& push) {
  pace_.apply(push);
  if (const auto* opened = std::get_if<ConversationOpened>(&push.data)) {
    if (!people_.empty()) return;
    people_ = each_once(opened->people);
    opened_by_ = opened->by;
    was_requested_ = is_requested_ = opened->requested;
  } else if (const auto* accepted = std::get_if<ConversationAccepted>(&push.data)) {
    accepted_.insert(accepted->person);
    declined_.erase(accepted->person);
    is_requested_ = false;
  } else if (const auto* declined = std::get_if<ConversationDeclined>(&push.data)) {
    declined_.insert(declined->person);
  } else if (const auto* erased = std::get_if<PersonErased>(&push.data)) {
    erased_.insert(erased->person);
  } else if (const auto* block = std::get_if<BlockSet>(&push.data)) {
    fold_block(*block);
  }
}

void ConversationPlace::fold_block(const BlockSet& block) {
  const Offset top = talk().top();
  if (block.on) {
    blocked_from_.try_emplace(block.by, top + 1);
    return;
  }
  const auto entry = blocked_from_.find(block.by);
  if (entry == blocked_from_.end()) return;
  const Offset from = entry->second;
  blocked_from_.erase(entry);
  if (from > top) return;  // nothing was said meanwhile
  Slices& hidden = hidden_[block.by];
  if (!hidden.empty() && hidden.back().second + 1 == from) {
    hidden.back().second = top;
  } else {
    hidden.emplace_back(from, top);
  }
}

}  // namespace hallway
