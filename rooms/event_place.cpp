// The event as a place: who may ask what, arrivals and departures. See event_place.hpp.
#include "rooms/event_place.hpp"

#include <concepts>
#include <type_traits>
#include <utility>

#include "protocol/look_alike.hpp"
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

template <class T>
concept AboutRoom = requires(const T& command) {
  { command.room } -> std::same_as<const RoomId&>;
};
template <class T>
concept AboutTable = requires(const T& command) {
  { command.table } -> std::same_as<const TableId&>;
};
template <class T>
concept AboutPerson = requires(const T& command) {
  { command.person } -> std::same_as<const PersonId&>;
  { command.reason } -> std::same_as<const std::string&>;
};

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

bool EventPlace::Actor::may_in(Capability capability, RoomId room) const {
  if (!member || hallway::may(member->view.role, capability)) return true;
  // Whoever has the chair leads the rounds of that room and of no other.
  const Room* there = event->find(room);
  const bool leads = there && there->rounds.round && there->rounds.round->chair == id;
  return (leads && capability == "round.run") ||
         (reaches_room(capability) && hallway::may(member->role_in(room), capability));
}

bool EventPlace::Actor::is_staff_in(RoomId room) const {
  return !member || member->view.role != Role::member || member->role_in(room) != Role::member;
}

bool EventPlace::Actor::is_staff() const {
  return !member || member->is_staff();
}

Decision EventPlace::decide(const Command& command, PersonId actor, const Context& context) const {
  const Member* member = event_.find(actor);
  if (!member) {
    return refused(refuse(ErrorCode::not_found, "There is no such event, or you are not in it."));
  }
  return decide_for(command, Actor{actor, member, event_.led_by(actor) != nullptr, &event_},
                    context);
}

Decision EventPlace::decide_as_operator(const Command& command, const Context& context) const {
  return decide_for(command, Actor{}, context);
}

Decision EventPlace::decide_for(const Command& command, const Actor& actor,
                                const Context& context) const {
  const Need* need = find_need(name_of(command));
  if (!need) return refused(not_of_an_event());
  if (auto again = repeated(command, actor, context.now)) return std::move(*again);
  if (auto error = refuse_actor(command, *need, actor, context.now)) {
    return refused(std::move(*error));
  }
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

RoomId EventPlace::room_of(const Command& command) const {
  const auto room_of_stream = [&](StreamId stream) {
    const Room* room = event_.room_of(stream);
    return room ? room->id : RoomId{};
  };
  return std::visit(
      [&](const auto& asked) -> RoomId {
        using Asked = std::decay_t<decltype(asked)>;
        if constexpr (std::is_same_v<Asked, ReportClaim> || std::is_same_v<Asked, ReportResolve>) {
          const auto report = find_report(asked.report);
          return report ? room_of_stream((*report)->stream) : RoomId{};
        } else if constexpr (std::is_same_v<Asked, MessageReview>) {
          const auto held = event_.moderation.held.find(asked.held);
          return held == event_.moderation.held.end() ? RoomId{}
                                                      : room_of_stream(held->second.view.stream);
        } else if constexpr (AboutPerson<Asked>) {
          const Member* member = event_.find(asked.person);
          return member ? member->room : RoomId{};
        } else if constexpr (AboutTable<Asked>) {
          const Table* table = event_.find(asked.table);
          return table ? table->room : RoomId{};
        } else if constexpr (AboutRoom<Asked>) {
          return asked.room;
        } else {
          return {};
        }
      },
      command);
}

std::optional<Error> EventPlace::refuse_actor(const Command& command, const Need& need,
                                              const Actor& actor, TimeMs now) const {
  if (actor.member && (actor.member->is_out(now) || actor.member->refused)) {
    return refuse(ErrorCode::banned, "You are no longer part of this event.");
  }
  if (!need.absent && !(actor.member && actor.member->present)) {
    return refuse(ErrorCode::forbidden, "Only people who are in the event can do this.");
  }
  if (!need.waiting && actor.member && actor.member->waiting) {
    return refuse(ErrorCode::forbidden, "Please wait in the lobby until you are let in.");
  }
  if (need.capability.empty()) return std::nullopt;
  const RoomId room = room_of(command);
  // In which room a chair leads is looked at where it is decided.
  const bool has_capability = actor.may(need.capability) || actor.may_in(need.capability, room) ||
                              (!need.or_else.empty() && actor.may_in(need.or_else, room));
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
  PersonView person = arrival.person;
  const Member* known = event_.find(person.id);
  if (known && known->is_out(context.now)) {
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
  // What was granted or revoked here meanwhile is newer than what the registry said.
  const bool is_old = known && arrival.role_at < known->role_at;
  const Role role = is_old ? known->view.role : person.role;
  if (!known || known->view.role != role) draft.fact(RoleGiven{person.id, role});
  // Whoever comes from elsewhere brings a name that was compared with nobody of this event.
  const bool is_new_name = !known || known->view.card.name != person.card.name;
  if (role == Role::member && is_new_name) {
    person.card.name = told_apart_from_staff(person.card.name, staff_besides(person.id));
  }
  draft.local(Connected{person});
  const bool is_staff = role != Role::member || (known && known->is_staff());
  const bool was_waiting = known && event_.waiting.contains(person.id);
  const bool is_admitted =
      is_staff || (known && known->admitted) ||
      (event_.admission == Admission::open && (arrival.vouched || !event_.lockdown));
  if (!(known && known->present)) {
    const Room* last = known ? event_.find(known->room) : nullptr;
    const bool may_lock =
        last && (may(role, "room.lock") || may(known->role_in(last->id), "room.lock"));
    if (last && last->locked && !may_lock) last = nullptr;
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
  if (event_.rooms.empty()) return std::nullopt;  // It was deleted, or is not made yet.
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

std::vector<std::pair<RoomId, std::vector<Capability>>> EventPlace::room_capabilities(
    PersonId person) const {
  std::vector<std::pair<RoomId, std::vector<Capability>>> told;
  const Member* member = event_.find(person);
  if (!member || !member->standing) return told;
  for (const auto& [room, role] : member->standing->room_roles) {
    told.emplace_back(room, capabilities_in_room(role));
  }
  return told;
}

bool EventPlace::is_hushed(PersonId person) const {
  const Member* member = event_.find(person);
  return event_.lockdown && !(member && member->is_staff());
}

Role EventPlace::role_of(PersonId person) const {
  const Member* member = event_.find(person);
  return member ? member->view.role : Role::member;
}

std::optional<MuteView> EventPlace::mute_of(PersonId person, TimeMs now) const {
  const Member* member = event_.find(person);
  if (!member) return std::nullopt;
  for (const bool voice : {false, true}) {
    if (const MuteView* mute = member->mute_in(member->room, voice, now)) return *mute;
  }
  return std::nullopt;
}

}  // namespace hallway
