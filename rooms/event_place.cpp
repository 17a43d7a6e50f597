// The event as a place: who may ask what, arrivals and departures. See event_place.hpp.
#include "rooms/event_place.hpp"

#include <type_traits>
#include <utility>

#include "rooms/invariant.hpp"
#include "rooms/nonce.hpp"

namespace hallway {
namespace {

/// Commands that other places or the caller answer, and those of chat, which have their own way.
template <class T>
concept DecidedElsewhere =
    std::is_same_v<T, Hello> || std::is_same_v<T, StreamSync> || std::is_same_v<T, Clock> ||
    std::is_same_v<T, Bye> || std::is_same_v<T, MessageSearch> || std::is_same_v<T, Read> ||
    std::is_same_v<T, ConversationStart> || std::is_same_v<T, ConversationAnswer> ||
    std::is_same_v<T, PersonBlock> || std::is_same_v<T, PersonUnblock> ||
    std::is_same_v<T, MessageSend> || std::is_same_v<T, MessageEdit> ||
    std::is_same_v<T, MessageDelete> || std::is_same_v<T, MessageReact> ||
    std::is_same_v<T, MessagePin> || std::is_same_v<T, MessageUnpin> ||
    std::is_same_v<T, MessageHistory> || std::is_same_v<T, Typing>;

std::string_view name_of(const Command& command) {
  return std::visit([](const auto& asked) { return asked.name; }, command);
}

Error not_of_an_event() {
  return refuse(ErrorCode::bad_request, "This is not something to ask of an event.");
}

}  // namespace

EventPlace::EventPlace(EventId event, const Settings& settings)
    : Place(place_of(event)), settings_(settings), event_(event), pace_(settings) {}

void EventPlace::seed_person(const PersonView& person) {
  event_.seed(person);
}

void EventPlace::fold(const Push& push) {
  event_.fold(push, [this](StreamId stream) { return top(stream); });
  pace_.apply(push);
}

void EventPlace::restarted(TimeMs now) {
  event_.restarted(now);
}

// --- Commands

bool EventPlace::Actor::may(Capability capability) const {
  return !member || hallway::may(member->view.role, capability) ||
         (is_chair && capability == "round.run");
}

bool EventPlace::Actor::is_staff() const {
  return !member || member->view.role != Role::member;
}

Decision EventPlace::decide(const Command& command, PersonId actor, const Context& context) const {
  const Member* member = event_.find(actor);
  if (!member) {
    return refused(refuse(ErrorCode::not_found, "There is no such event, or you are not in it."));
  }
  return decide_for(command, Actor{actor, member, event_.led_by(actor) != nullptr}, context);
}

Decision EventPlace::decide_as_operator(const Command& command, const Context& context) const {
  return decide_for(command, Actor{}, context);
}

Decision EventPlace::decide_for(const Command& command, const Actor& actor,
                                const Context& context) const {
  const Need* need = find_need(name_of(command));
  if (!need) return refused(not_of_an_event());
  if (auto again = repeated(command, actor, context.now)) return std::move(*again);
  if (auto error = refuse_actor(*need, actor)) return refused(std::move(*error));
  if (const auto stream = chat_stream_of(command)) {
    return chat(command, *stream, *need, actor, context);
  }
  if (auto error = refuse_phase(*need, actor)) return refused(std::move(*error));
  return std::visit(
      [&](const auto& asked) {
        if constexpr (DecidedElsewhere<std::decay_t<decltype(asked)>>) {
          return refused(not_of_an_event());
        } else {
          return on(asked, actor, context);
        }
      },
      command);
}

std::optional<Error> EventPlace::refuse_actor(const Need& need, const Actor& actor) const {
  if (actor.member && (actor.member->removed || actor.member->refused)) {
    return refuse(ErrorCode::banned, "You are no longer part of this event.");
  }
  if (!need.absent && !(actor.member && actor.member->present)) {
    return refuse(ErrorCode::forbidden, "Only people who are in the event can do this.");
  }
  if (!need.waiting && actor.member && actor.member->waiting) {
    return refuse(ErrorCode::forbidden, "Please wait in the lobby until you are let in.");
  }
  const bool has_capability = need.capability.empty() || actor.may(need.capability) ||
                              (!need.or_else.empty() && actor.may(need.or_else));
  if (!has_capability) {
    return refuse(ErrorCode::forbidden, "Your role in this event does not allow this.");
  }
  return std::nullopt;
}

std::optional<Error> EventPlace::refuse_phase(const Need& need, const Actor& actor) const {
  const bool is_early = event_.life == EventState::planned && !actor.is_staff();
  const bool is_over = event_.life == EventState::over;
  const bool needs_opening = need.during == During::opened || need.during == During::live;
  const bool needs_writing = need.during == During::before_end || need.during == During::live;
  if (is_early && needs_opening) {
    return refuse(ErrorCode::room_closed, "The event has not opened yet.");
  }
  if (is_over && needs_writing) {
    return refuse(ErrorCode::room_closed, "The event is over; it can still be read.");
  }
  return std::nullopt;
}

Decision EventPlace::receive(const FollowUp& follow_up, const Context& context) const {
  const auto* erased = std::get_if<PersonErased>(&follow_up.data);
  if (erased) return erase(erased->person, context);
  return refused(not_of_an_event());
}

// --- Arrivals and departures

Decision EventPlace::arrive(const Arrival& arrival, const Context& context) const {
  const PersonView& person = arrival.person;
  const Member* known = event_.find(person.id);
  if (known && known->removed) {
    return refused(refuse(ErrorCode::banned, "You were removed from this event."));
  }
  if (known && known->refused) {
    return refused(refuse(ErrorCode::forbidden, "You were not let in to this event."));
  }
  const auto unreadable_at = event_.unreadable_at();
  if (unreadable_at && context.now >= *unreadable_at) {
    return refused(refuse(ErrorCode::forbidden, "The event is over and can no longer be read."));
  }

  EventDraft draft(event_, person.id, context.now);
  if (!known || known->view.role != person.role) draft.fact(RoleGiven{person.id, person.role});
  draft.local(Connected{person});
  const bool is_staff = person.role != Role::member;
  const bool was_waiting = known && event_.waiting.contains(person.id);
  const bool is_admitted = is_staff || (known && known->admitted) ||
                           (known && known->room && !was_waiting) ||
                           event_.admission == Admission::open;
  if (!(known && known->present)) {
    const Room* last = known ? event_.find(known->room) : nullptr;
    const bool may_return = last && is_admitted && event_.life != EventState::over &&
                            (is_staff || event_.life == EventState::live);
    const Room& room = may_return ? *last : event_.lobby();
    draft.fact(PersonEntered{person.id, room.id, !is_admitted});
    seat_late(draft, person, room);
    if (!is_admitted && !was_waiting) draft.push(desk_of(event_.id), PersonWaiting{person});
  }
  tell_chair_is_back(draft, person.id);
  if (is_admitted && was_waiting) draft.push_by({}, desk_of(event_.id), PersonAdmitted{person.id});
  return draft.replied(NothingReply{});
}

/// The chair was offered to others meanwhile: it is theirs again.
void EventPlace::tell_chair_is_back(EventDraft& draft, PersonId person) const {
  const Room* room = event_.led_by(person);
  if (!room || room->rounds.round->offered.empty()) return;
  draft.push_by({}, stream_of(room->id), ChairTaken{person});
}

Decision EventPlace::depart(PersonId person, bool bye, const Context& context) const {
  const Member* member = event_.find(person);
  if (!member || member->connections == 0) return {};
  EventDraft draft(event_, person, context.now);
  draft.local(Disconnected{person});
  if (bye && member->connections == 1 && member->present) {
    draft.leave(*member);
  }
  return draft.replied(NothingReply{});
}

// --- Reading

std::vector<StreamId> EventPlace::streams_of(PersonId person) const {
  return event_.streams_of(person);
}

std::vector<PersonId> EventPlace::concerned(const Push& push) const {
  std::vector<PersonId> people = Place::concerned(push);
  const auto add_seated = [&](TableId table) {
    for (const auto& [seat, person] : event_.find(table)->seats) people.push_back(person);
  };
  if (const auto* started = std::get_if<RoundStarted>(&push.data)) {
    for (const auto& [table, seated] : started->seats) {
      people.insert(people.end(), seated.begin(), seated.end());
    }
  } else if (const auto* ended = std::get_if<RoundEnded>(&push.data)) {
    const Room& room = *event_.find(RoomId{push.stream.value});
    for (const TableId table : ended->tables.empty() ? room.tables : ended->tables) {
      add_seated(table);
    }
  }
  return people;
}

std::optional<TimeMs> EventPlace::next_deadline() const {
  return event_.next_deadline();
}

bool EventPlace::person_known(PersonId person) const {
  return event_.find(person) != nullptr;
}

PersonView EventPlace::person_view(PersonId person) const {
  const Member* member = event_.find(person);
  invariant(member != nullptr, "only who is known is shown");
  return member->view;
}

PlaceView EventPlace::where(PersonId person) const {
  const Member* member = event_.find(person);
  if (!member || !member->present) return {};
  return {member->room, member->table, member->waiting};
}

Role EventPlace::role_of(PersonId person) const {
  const Member* member = event_.find(person);
  return member ? member->view.role : Role::member;
}

std::optional<MuteView> EventPlace::mute_of(PersonId person, TimeMs now) const {
  const Member* member = event_.find(person);
  if (!member) return std::nullopt;
  if (member->muted_chat && member->muted_chat->until_at > now) return *member->muted_chat;
  if (member->muted_voice && member->muted_voice->until_at > now) return *member->muted_voice;
  return std::nullopt;
}

}  // namespace hallway
