// Loading places from the journal, loading them again after a failed commit, and letting idle ones
// go.
#include "protocol/codec.hpp"
#include "rooms/conversation_place.hpp"
#include "rooms/event_place.hpp"
#include "rooms/person_place.hpp"
#include "server/core/place_host.hpp"

namespace hallway {
namespace {

constexpr std::int64_t evict_every_ms = 30'000;

}  // namespace

PlaceHost::Hosted* PlaceHost::hosted(PlaceId id, Error& error) {
  if (const auto known = places_.find(id); known != places_.end()) return &known->second;
  Hosted h;
  Result<std::unique_ptr<Place>> place = load(id, h);
  if (!place) {
    error = place.error();
    return nullptr;
  }
  h.place = std::move(*place);
  h.place->restarted(ports_.now());
  h.hushed = h.event != nullptr && h.event->event().lockdown;
  Hosted& kept = places_.emplace(id, std::move(h)).first->second;
  ports_.observer.places(1);
  reschedule(kept);
  return &kept;
}

Result<std::unique_ptr<Place>> PlaceHost::load(PlaceId id, Hosted& into) {
  Result<std::vector<Push>> pushes = ports_.journal.read_place(id);
  if (!pushes) {
    ports_.observer.place_failed("read", pushes.error());
    return pushes.error();
  }
  std::unique_ptr<Place> place;
  into.event = nullptr;
  into.person = nullptr;
  into.conversation = nullptr;
  switch (id.kind) {
    case PlaceKind::event: {
      auto event = std::make_unique<EventPlace>(EventId{id.value}, settings_);
      const Result<std::vector<PersonView>> members = ports_.registry.members(EventId{id.value});
      if (!members) return members.error();
      for (const PersonView& member : *members) event->seed_person(member);
      into.event = event.get();
      place = std::move(event);
      break;
    }
    case PlaceKind::person: {
      auto person = std::make_unique<PersonPlace>(PersonId{id.value}, settings_);
      into.person = person.get();
      place = std::move(person);
      break;
    }
    case PlaceKind::conversation: {
      auto conversation = std::make_unique<ConversationPlace>(ConversationId{id.value}, settings_);
      into.conversation = conversation.get();
      place = std::move(conversation);
      break;
    }
  }
  for (const Push& push : *pushes) place->apply(push);
  return place;
}

void PlaceHost::reload(PlaceId id) {
  const auto known = places_.find(id);
  if (known == places_.end()) return;
  Hosted& h = known->second;
  h.batch = 0;
  h.awaited = 0;
  Result<std::unique_ptr<Place>> place = load(id, h);
  if (!place) {
    forget(id, CloseCode::state_lost);
    return;
  }
  h.place = std::move(*place);
  h.place->restarted(ports_.now());
  // Connections are no part of the journal. Whoever has not come as far as this place now holds
  // comes again.
  std::vector<PersonId> strangers;
  for (const auto& [person, callers] : h.attached) {
    for (std::size_t i = 0; i < callers.size(); ++i) {
      Push connected{.stream = facts_of(id), .at = ports_.now(), .by = person, .data = Connected{}};
      if (h.event != nullptr && !h.event->person_known(person)) {
        free_turn_.kick(callers[i], CloseCode::state_lost);
        continue;
      }
      std::get<Connected>(connected.data).person =
          h.event != nullptr ? h.event->person_view(person) : PersonView{.id = person, .card = {}};
      h.place->apply(connected);
    }
    if (h.event != nullptr && !h.event->person_known(person)) strangers.push_back(person);
  }
  for (const PersonId person : strangers) h.attached.erase(person);
  reschedule(h);
}

void PlaceHost::forget(PlaceId id, CloseCode code) {
  const auto known = places_.find(id);
  if (known == places_.end()) return;
  Hosted& h = known->second;
  for (const auto& [person, callers] : h.attached) {
    for (const CallerId caller : callers) turn_of(h).kick(caller, code);
  }
  if (h.deadline) deadlines_.erase({*h.deadline, id});
  places_.erase(known);
  ports_.observer.places(-1);
}

void PlaceHost::evict_idle(TimeMs now) {
  if (now - evicted_at_ < evict_every_ms) return;
  evicted_at_ = now;
  const std::size_t evicted = std::erase_if(places_, [](const auto& entry) {
    const Hosted& h = entry.second;
    return h.event == nullptr && h.attached.empty() && h.batch == 0 && !h.deadline;
  });
  ports_.observer.places(-static_cast<std::int64_t>(evicted));
}

}  // namespace hallway
