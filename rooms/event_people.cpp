// Decisions about people: cards, lists and admission. See event_place.hpp.
#include <algorithm>
#include <tuple>
#include <utility>

#include "protocol/limits.hpp"
#include "protocol/look_alike.hpp"
#include "protocol/text.hpp"
#include "rooms/event_bytes.hpp"
#include "rooms/event_place.hpp"
#include "rooms/refusals.hpp"

namespace hallway {
namespace {

bool matches(const PersonView& person, const std::string& folded_query) {
  const Card& card = person.card;
  const auto finds = [&](const std::string& told) {
    return text::folded(told).find(folded_query) != std::string::npos;
  };
  return folded_query.empty() || finds(card.name) || finds(card.org) || finds(card.title) ||
         finds(card.about) || finds(card.ask) || finds(card.offer);
}

/// Fields not named stay.
Card changed_card(const Card& card, const CardUpdate& command) {
  Card changed = card;
  changed.name = command.person_name.value_or(card.name);
  changed.about = command.about.value_or(card.about);
  changed.ask = command.ask.value_or(card.ask);
  changed.offer = command.offer.value_or(card.offer);
  changed.org = command.org.value_or(card.org);
  changed.title = command.title.value_or(card.title);
  if (command.came_with) {
    changed.came_with = *command.came_with;
    std::sort(changed.came_with.begin(), changed.came_with.end());
    const auto twice = std::unique(changed.came_with.begin(), changed.came_with.end());
    changed.came_with.erase(twice, changed.came_with.end());
  }
  return changed;
}

}  // namespace

Decision EventPlace::on(const PersonGet& command, const Actor& actor,
                        const Context& context) const {
  PeopleReply reply;
  std::size_t bytes_left = people_bytes_max;
  for (const PersonId wanted : command.people) {
    const Member* member = event_.find(wanted);
    if (!member) continue;
    const bool is_waiting = actor.member && actor.member->waiting;
    if (is_waiting && !(member->present && member->room == actor.member->room)) continue;
    reply.more = !take_bytes(bytes_left, member->view);
    if (reply.more) break;
    reply.people.push_back(member->view);
  }
  return EventDraft(event_, actor.id, context.now).replied(std::move(reply));
}

Decision EventPlace::on(const PersonList& command, const Actor& actor,
                        const Context& context) const {
  if (command.room && !event_.find(*command.room)) {
    return refused(refuse(ErrorCode::not_found, "There is no such room.", "room"));
  }
  const std::string query = text::folded(command.query);
  PeopleReply reply;
  std::size_t bytes_left = people_bytes_max;
  for (auto entry = event_.members.upper_bound(command.after);
       entry != event_.members.end() && !reply.more; ++entry) {
    const Member& member = entry->second;
    if (!member.present || (command.room && member.room != *command.room)) continue;
    if (member.waiting && !actor.is_staff()) continue;
    if (!matches(member.view, query)) continue;
    reply.more = static_cast<std::int64_t>(reply.people.size()) >= command.limit ||
                 !take_bytes(bytes_left, member.view);
    if (!reply.more) reply.people.push_back(member.view);
  }
  return EventDraft(event_, actor.id, context.now).replied(std::move(reply));
}

Decision EventPlace::on(const CardUpdate& command, const Actor& actor,
                        const Context& context) const {
  const Member& member = *actor.member;
  Card card = changed_card(member.view.card, command);
  for (const PersonId companion : card.came_with) {
    if (companion == actor.id || !event_.find(companion)) {
      return refused(not_in_event("came_with"));
    }
  }
  if (command.person_name && !actor.is_staff()) {
    card.name = told_apart_from_staff(std::move(card.name), staff_besides(actor.id));
  }
  if (card == member.view.card) return {};
  const Card& old = member.view.card;
  for (const auto& [words, before, field] :
       {std::tuple(&card.name, &old.name, "name"), std::tuple(&card.about, &old.about, "about"),
        std::tuple(&card.ask, &old.ask, "ask"), std::tuple(&card.offer, &old.offer, "offer"),
        std::tuple(&card.org, &old.org, "org"), std::tuple(&card.title, &old.title, "title")}) {
    if (*words == *before) continue;
    if (auto error = refuse_words(*words, field, member.room, actor, context.now)) {
      return refused(std::move(*error));
    }
  }
  PersonUpdated updated{member.view};
  updated.person.card = std::move(card);
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(member.room), std::move(updated));
  return draft.posted();
}

std::vector<PersonView> EventPlace::staff_besides(PersonId person) const {
  std::vector<PersonView> staff;
  for (const auto& [id, member] : event_.members) {
    if (id != person && member.is_staff()) staff.push_back(member.view);
  }
  return staff;
}

// --- Admission

Result<std::vector<PersonId>> EventPlace::who_waits(const std::vector<PersonId>& people,
                                                    bool all) const {
  std::vector<PersonId> waiting;
  if (all) {
    for (const auto& [person, since] : event_.waiting) waiting.push_back(person);
    return waiting;
  }
  for (const PersonId person : people) {
    if (!event_.find(person)) return not_in_event("people");
    const bool is_named_twice = std::find(waiting.begin(), waiting.end(), person) != waiting.end();
    if (event_.waiting.contains(person) && !is_named_twice) waiting.push_back(person);
  }
  return waiting;
}

Decision EventPlace::on(const AdmissionAdmit& command, const Actor& actor,
                        const Context& context) const {
  const auto waiting = who_waits(command.people, command.all);
  if (!waiting) return refused(waiting.error());
  EventDraft draft(event_, actor.id, context.now);
  for (const PersonId person : *waiting) {
    draft.push(desk_of(event_.id), PersonAdmitted{person});
    draft.audit({.by = {},
                 .action = std::string(AdmissionAdmit::name),
                 .person = person,
                 .reason = command.reason});
  }
  return draft.posted();
}

Decision EventPlace::on(const AdmissionRefuse& command, const Actor& actor,
                        const Context& context) const {
  const auto waiting = who_waits(command.people, command.all);
  if (!waiting) return refused(waiting.error());
  EventDraft draft(event_, actor.id, context.now);
  for (const PersonId person : *waiting) {
    draft.push(desk_of(event_.id), PersonRefused{person});
    settle_queue(draft, person, actor);
    draft.audit({.by = {},
                 .action = std::string(AdmissionRefuse::name),
                 .person = person,
                 .reason = command.reason});
    draft.close(person, CloseCode::removed);
  }
  return draft.posted();
}

}  // namespace hallway
