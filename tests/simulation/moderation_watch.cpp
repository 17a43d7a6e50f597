// See moderation_watch.hpp.
#include "tests/simulation/moderation_watch.hpp"

#include <algorithm>
#include <variant>

#include "tests/simulation/broken.hpp"

namespace hallway::simulation {
namespace {

/// The words of the simulation are of plain letters, and parted by spaces.
bool has_word(const std::string& body, const std::string& word) {
  const bool is_beginning = word.ends_with('*');
  const std::string wanted = " " + (is_beginning ? word.substr(0, word.size() - 1) : word + " ");
  return (" " + body + " ").find(wanted) != std::string::npos;
}

}  // namespace

ModerationWatch::ModerationWatch(EventId event, const std::vector<PersonView>& people,
                                 const StandingBook& standings)
    : event_(event), standings_(standings) {
  for (const PersonView& person : people) {
    if (person.guest) guests_.insert(person.id);
  }
}

void ModerationWatch::look(const Event& event, const JournalEntry& entry) {
  if (entry.place == place_of(event_)) {
    look_at_event(event, entry.push);
  } else if (entry.place.kind == PlaceKind::person) {
    pay(PersonId{entry.place.value}, entry.push);
  }
}

void ModerationWatch::look_at_event(const Event& event, const Push& push) {
  numbers_[push.stream].push_back(standings_.next_number());
  if (!desks_.empty()) desks_.back() |= standings_.desk();
  if (push.stream == desk_of(event_)) desks_.push_back(standings_.desk());
  must(standings_.out(push.by, push.at) == nullptr,
       "who is out does nothing: " + std::string(name_of(push.data)));
  look_at_talk(event, push);
  look_at_reports(push);
  look_at_doors(event, push);
  if (push.stream != desk_of(event_)) return;
  std::visit(
      [&](const auto& data) {
        using Data = std::decay_t<decltype(data)>;
        if constexpr (std::is_same_v<Data, PersonWarned> || std::is_same_v<Data, PersonMuted> ||
                      std::is_same_v<Data, PersonUnmuted> || std::is_same_v<Data, PersonMoved> ||
                      std::is_same_v<Data, PersonRemoved> || std::is_same_v<Data, PersonBanned> ||
                      std::is_same_v<Data, PersonUnbanned> || std::is_same_v<Data, RoleGranted> ||
                      std::is_same_v<Data, RoleRevoked>) {
          owe(data.person, Data::name);
        }
      },
      push.data);
}

// --- Talk

void ModerationWatch::look_at_talk(const Event& event, const Push& push) {
  if (const auto* message = as<MessagePosted>(push)) {
    posted(event, *message, push);
  } else if (const auto* edited = as<MessageEdited>(push)) {
    must(!is_muted_at(event, push), "who is muted edits nothing");
    must(!is_held_back(edited->body) || is_staff_at(event, push.by, push.stream),
         "nothing is edited to what the filter holds");
  } else if (const auto* message_held = as<MessageHeld>(push)) {
    hold(event, *message_held, push);
  } else if (const auto* reviewed = as<MessageReviewed>(push)) {
    review(*reviewed);
  } else if (const auto* updated = as<FilterUpdated>(push)) {
    filter_ = {updated->on, updated->words};
  }
}

void ModerationWatch::posted(const Event& event, const MessagePosted& message, const Push& push) {
  const Room* room = event.room_of(push.stream);
  const bool is_slow = room != nullptr && event.slow_s(*room) > 0;
  const auto known = held_by_nonce_.find({push.by, push.nonce});
  if (known != held_by_nonce_.end()) {
    HeldBack& held = held_.at(known->second);
    must(held.verdict == Verdict::approved, "what is held is said when it is approved, and once");
    must(held.stream == push.stream && held.body == message.body,
         "what is approved is said where and as it was to be said");
    held.verdict = Verdict::posted;
    approved_ = 0;
  } else {
    const bool is_staff = is_staff_at(event, push.by, push.stream);
    must(approved_ == 0, "what is approved is said by its author");
    must(!is_muted_at(event, push), "who is muted says nothing");
    must(is_staff || !is_held_back(message.body), "what the filter holds is not said");
    const auto wrote = room == nullptr ? wrote_at_.end() : wrote_at_.find({room->id, push.by});
    must(!is_slow || is_staff || wrote == wrote_at_.end() ||
             push.at - wrote->second >= event.slow_s(*room) * 1000,
         "a slow room is slow");
  }
  if (is_slow) wrote_at_[{room->id, push.by}] = push.at;
}

void ModerationWatch::hold(const Event& event, const MessageHeld& message, const Push& push) {
  must(is_held_back(message.body) && !is_staff_at(event, push.by, message.stream),
       "only what the filter holds is held, and not of staff");
  Push said = push;
  said.stream = message.stream;
  must(!is_muted_at(event, said), "who is muted has nothing held");
  const bool is_new =
      held_.emplace(message.held, HeldBack{push.by, message.stream, push.nonce, message.body})
          .second &&
      held_by_nonce_.emplace(std::pair(push.by, push.nonce), message.held).second;
  must(is_new, "a message is held once");
  ++tally_.held;
  owe(push.by, MessageHeld::name);
}

void ModerationWatch::review(const MessageReviewed& reviewed) {
  HeldBack& held = held_.at(reviewed.held);
  must(held.verdict == Verdict::waits, "what is held is reviewed once");
  held.verdict = reviewed.approved ? Verdict::approved : Verdict::kept_back;
  if (reviewed.approved) approved_ = reviewed.held;
  tally_.approved += reviewed.approved ? 1 : 0;
  owe(held.by, MessageReviewed::name);
}

bool ModerationWatch::is_muted_at(const Event& event, const Push& push) const {
  const Room* room = event.room_of(push.stream);
  return standings_.is_muted(push.by, room == nullptr ? RoomId{} : room->id, push.at);
}

bool ModerationWatch::is_held_back(const std::string& body) const {
  return filter_.on && std::any_of(filter_.words.begin(), filter_.words.end(),
                                   [&](const std::string& word) { return has_word(body, word); });
}

bool ModerationWatch::is_staff_at(const Event& event, PersonId person, StreamId stream) const {
  const Room* room = event.room_of(stream);
  return standings_.role_in(person, room == nullptr ? RoomId{} : room->id) != Role::member;
}

// --- Reports

void ModerationWatch::look_at_reports(const Push& push) {
  if (const auto* filed = as<ReportFiled>(push)) {
    must(filed->person != push.by, "nobody reports themselves");
    must(reporters_.emplace(filed->report, push.by).second, "a report is filed once");
    open_reports_.insert(filed->report);
    ++tally_.reported;
  } else if (const auto* claimed = as<ReportClaimed>(push)) {
    must(open_reports_.contains(claimed->report), "what is claimed is open");
  } else if (const auto* resolved = as<ReportResolved>(push)) {
    must(open_reports_.erase(resolved->report) == 1, "a report is resolved once");
    const PersonId reporter = reporters_.at(resolved->report);
    // Who is out is told no more; what they reported was settled as they were shown out.
    if (standings_.out(reporter, push.at) == nullptr) owe(reporter, ReportAnswered::name);
  }
}

// --- Doors

void ModerationWatch::look_at_doors(const Event& event, const Push& push) {
  if (const auto* moved = as<PersonMoved>(push)) {
    must(standings_.may_lock(push.by, moved->room) || !event.find(moved->room)->locked,
         "only who may lock a room moves others into it");
    behind_lock_.erase(moved->person);
    return;
  }
  const auto* entered = as<PersonEntered>(push);
  if (entered == nullptr) return;
  const PersonId person = entered->person;
  must(standings_.out(person, push.at) == nullptr, "who is out does not come in");
  const Member* member = event.find(person);
  const bool is_here = member != nullptr && member->present;
  if (is_here && event.find(entered->room)->locked && !standings_.may_lock(person, entered->room)) {
    behind_lock_[person] = entered->room;
  }
  const bool is_known = standings_.is_of_desk(person) || (member != nullptr && member->admitted);
  must(is_known || entered->waiting || !event.lockdown || !guests_.contains(person),
       "in a lockdown guests who come anew wait");
}

// --- Whom it concerns

void ModerationWatch::owe(PersonId person, std::string_view push) {
  ++owed_[{person, std::string(push)}];
}

void ModerationWatch::pay(PersonId person, const Push& push) {
  const auto entry = owed_.find({person, std::string(name_of(push.data))});
  if (entry == owed_.end()) return;
  must(entry->second > 0, "one is told once what was done: " + entry->first.second);
  --entry->second;
}

void ModerationWatch::must_have_told() const {
  for (const auto& [what, count] : owed_) {
    must(count == 0, to_text(what.first) + " is told what was done: " + what.second);
  }
}

void ModerationWatch::settle(const Event& event, TimeMs now) {
  if (!desks_.empty()) desks_.back() |= standings_.desk();
  must(approved_ == 0, "what is approved is said at once");
  must(behind_lock_.empty(), "nobody comes into a locked room");
  must(event.room_order.empty() || standings_.organisers() > 0, "somebody organises the event");
  for (const auto& [person, member] : event.members) {
    if (standings_.out(person, now) == nullptr) continue;
    must(!member.present && !member.table && !member.visiting && !event.waiting.contains(person),
         "who is out is nowhere: " + to_text(person));
  }
}

// --- What clients are told

void ModerationWatch::must_reach(PersonId person, StreamId stream, Offset offset,
                                 TimeMs now) const {
  const auto known = numbers_.find(stream);
  if (known == numbers_.end() || offset == 0) return;  // Of another place, or nothing yet.
  const auto index = static_cast<std::size_t>(offset) - 1;
  must(index < known->second.size(), "nothing is told before it is durable");
  const ShutOut* out = standings_.out(person, now);
  must(out == nullptr || known->second[index] <= out->since,
       "who is out hears nothing more: " + to_text(stream) + " to " + to_text(person));
  if (stream != desk_of(event_)) return;
  const bool was_of_desk = (desks_[index] >> person.value & 1) != 0;
  must(was_of_desk || standings_.is_of_desk(person),
       "what the desk is told reaches the desk alone: to " + to_text(person));
}

void ModerationWatch::must_be_held(PersonId person, const std::string& nonce,
                                   std::int64_t held) const {
  const auto known = held_by_nonce_.find({person, nonce});
  must(known != held_by_nonce_.end() && known->second == held,
       "what is said to be held is held: " + nonce);
}

void ModerationWatch::must_be_reported(PersonId person, std::int64_t report) const {
  const auto known = reporters_.find(report);
  must(known != reporters_.end() && known->second == person, "a report that is answered is filed");
}

}  // namespace hallway::simulation
