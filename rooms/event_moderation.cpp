// Decisions of moderators about people and rooms, and roles. See event_place.hpp; reports, held
// messages and the log are in event_reports.cpp.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"
#include "rooms/refusals.hpp"

namespace hallway {
namespace {

/// A line of the log about what `command` asked to be done to its person.
template <class C>
AuditView done_to_person(const C& command) {
  AuditView entry;
  entry.action = C::name;
  entry.person = command.person;
  entry.reason = command.reason;
  return entry;
}

template <class C>
AuditView done_to_room(const C& command, std::string detail) {
  AuditView entry;
  entry.action = C::name;
  entry.room = command.room;
  entry.reason = command.reason;
  entry.detail = std::move(detail);
  return entry;
}

std::string on_or_off(bool on) {
  return on ? "on" : "off";
}

std::vector<std::string> words_of(Role role) {
  const auto words = capabilities_of(role);
  return {words.begin(), words.end()};
}

}  // namespace

std::optional<Error> EventPlace::refuse_rank(const Actor& actor, const Member& target) const {
  const Role rank = target.highest_role();
  if (!actor.member || rank == Role::member || rank < actor.member->highest_role()) {
    return std::nullopt;
  }
  return refuse(ErrorCode::forbidden, "This person's role is not below yours.", "person");
}

Result<const Member*> EventPlace::find_target(PersonId person, const Actor& actor) const {
  const Member* target = event_.find(person);
  if (!target) return not_in_event("person");
  if (auto error = refuse_rank(actor, *target)) return std::move(*error);
  return target;
}

Result<const Member*> EventPlace::find_insider(PersonId person, const Actor& actor,
                                               TimeMs now) const {
  auto target = find_target(person, actor);
  if (target && (*target)->is_out(now)) return not_in_event("person");
  return target;
}

template <class Done>
void EventPlace::tell_person(EventDraft& draft, Done done, const Actor& actor) const {
  draft.push(desk_of(event_.id), done);
  const PersonId person = done.person;
  if constexpr (requires { done.event; }) done.event = event_.id;
  draft.follow_ups().push_back({place_of(person), actor.id, std::move(done)});
}

void EventPlace::settle_queue(EventDraft& draft, PersonId person, const Actor& actor) const {
  for (const auto& [number, report] : event_.moderation.reports) {
    if (report.by != person) continue;
    tell_report(draft, report.person, number,
                ReportResolved{number, ReportOutcome::dismissed, "", report.person}, actor);
  }
  for (const auto& [number, held] : event_.moderation.held) {
    if (held.view.by != person) continue;
    MessageReviewed reviewed{number, false, "", {}, person};
    draft.push(desk_of(event_.id), reviewed);
    reviewed.event = event_.id;
    draft.follow_ups().push_back({place_of(person), actor.id, std::move(reviewed)});
  }
}

// --- People

Decision EventPlace::on(const PersonWarn& command, const Actor& actor,
                        const Context& context) const {
  const auto target = find_insider(command.person, actor, context.now);
  if (!target) return refused(target.error());
  EventDraft draft(event_, actor.id, context.now);
  tell_person(draft, PersonWarned{command.person, command.reason}, actor);
  draft.audit(done_to_person(command));
  return draft.posted();
}

Decision EventPlace::on(const PersonMute& command, const Actor& actor,
                        const Context& context) const {
  const auto target = find_insider(command.person, actor, context.now);
  if (!target) return refused(target.error());
  if (command.minutes < 1 || command.minutes > limits::mute_minutes_max) {
    return refused(refuse(ErrorCode::bad_request, "Between one minute and a day.", "minutes"));
  }
  EventDraft draft(event_, actor.id, context.now);
  // By a role for one room alone it counts there.
  const RoomId room = actor.may("person.mute") ? RoomId{} : (*target)->room;
  tell_person(draft,
              PersonMuted{command.person, context.now + command.minutes * 60'000, command.voice,
                          command.reason, room},
              actor);
  AuditView entry = done_to_person(command);
  entry.detail = std::to_string(command.minutes) + (command.voice ? " min, voice" : " min, chat");
  entry.room = room;
  draft.audit(std::move(entry));
  return draft.posted();
}

Decision EventPlace::on(const PersonUnmute& command, const Actor& actor,
                        const Context& context) const {
  const auto target = find_insider(command.person, actor, context.now);
  if (!target) return refused(target.error());
  const RoomId room = actor.may("person.mute") ? RoomId{} : (*target)->room;
  if (!(*target)->is_muted(room, context.now)) return {};
  EventDraft draft(event_, actor.id, context.now);
  tell_person(draft, PersonUnmuted{command.person, command.reason, room}, actor);
  AuditView entry = done_to_person(command);
  entry.room = room;
  draft.audit(std::move(entry));
  return draft.posted();
}

Decision EventPlace::on(const PersonMove& command, const Actor& actor,
                        const Context& context) const {
  const auto target = find_insider(command.person, actor, context.now);
  if (!target) return refused(target.error());
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  const Member& moved = **target;
  if (!moved.present) return refused(not_in_event("person"));
  if (moved.waiting) {
    return refused(refuse(ErrorCode::conflict, "Let them in first: they wait.", "person"));
  }
  if (moved.room == room->id) return {};
  if (room->locked && !actor.may_in("room.lock", room->id)) {
    return refused(refuse(ErrorCode::locked, "This room is closed for now.", "room"));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.end_visit(moved);
  draft.move(moved, *room, SeatLeftReason::moved);
  seat_late(draft, moved.view, *room);
  tell_person(draft, PersonMoved{command.person, room->id, command.reason}, actor);
  AuditView entry = done_to_person(command);
  entry.room = room->id;
  draft.audit(std::move(entry));
  return draft.posted();
}

Decision EventPlace::on(const PersonRemove& command, const Actor& actor,
                        const Context& context) const {
  const auto target = find_target(command.person, actor);
  if (!target) return refused(target.error());
  if ((*target)->is_out(context.now)) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.detach(**target, SeatLeftReason::removed);
  tell_person(draft, PersonRemoved{command.person, command.reason}, actor);
  settle_queue(draft, command.person, actor);
  draft.audit(done_to_person(command));
  draft.close(command.person, CloseCode::removed);
  return draft.posted();
}

/// Of somebody who is out already it is the ban that counts from now on.
Decision EventPlace::on(const PersonBan& command, const Actor& actor,
                        const Context& context) const {
  const auto target = find_target(command.person, actor);
  if (!target) return refused(target.error());
  if (command.until && *command.until <= context.now) {
    return refused(refuse(ErrorCode::bad_request, "A ban ends in the future.", "until"));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.detach(**target, SeatLeftReason::removed);
  tell_person(draft, PersonBanned{command.person, command.until, command.reason}, actor);
  settle_queue(draft, command.person, actor);
  AuditView entry = done_to_person(command);
  if (command.until) entry.detail = std::to_string(*command.until);
  draft.audit(std::move(entry));
  draft.close(command.person, CloseCode::removed);
  return draft.posted();
}

Decision EventPlace::on(const PersonUnban& command, const Actor& actor,
                        const Context& context) const {
  const auto target = find_target(command.person, actor);
  if (!target) return refused(target.error());
  const bool is_kept_out = (*target)->refused || ((*target)->standing && (*target)->standing->out);
  if (!is_kept_out) return {};
  EventDraft draft(event_, actor.id, context.now);
  tell_person(draft, PersonUnbanned{command.person, command.reason}, actor);
  draft.audit(done_to_person(command));
  return draft.posted();
}

// --- Rooms and the event

Decision EventPlace::on(const RoomSlowMode& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  if (room->slow_s == command.seconds) return {};
  EventDraft draft(event_, actor.id, context.now);
  RoomUpdated updated{room->id, ""};
  updated.slow_s = command.seconds;
  draft.push(stream_of(event_.id), std::move(updated));
  draft.audit(done_to_room(command, std::to_string(command.seconds)));
  return draft.posted();
}

Decision EventPlace::on(const RoomLock& command, const Actor& actor, const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  if (room->kind == RoomKind::lobby) {
    return refused(refuse(ErrorCode::conflict, "The lobby stays open.", "room"));
  }
  if (room->locked == command.on) return {};
  EventDraft draft(event_, actor.id, context.now);
  RoomUpdated updated{room->id, ""};
  updated.locked = command.on;
  draft.push(stream_of(event_.id), std::move(updated));
  draft.audit(done_to_room(command, on_or_off(command.on)));
  return draft.posted();
}

Decision EventPlace::on(const EventLockdown& command, const Actor& actor,
                        const Context& context) const {
  if (event_.lockdown == command.on) return {};
  EventUpdated updated{event_.view()};
  updated.event.lockdown = command.on;
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(event_.id), std::move(updated));
  // Whom it alone held comes in; where arrivals are let in one by one they go on waiting for that.
  if (!command.on && event_.admission == Admission::open) {
    for (const auto& [person, since] : event_.waiting) {
      draft.push(desk_of(event_.id), PersonAdmitted{person});
    }
  }
  AuditView entry;
  entry.action = EventLockdown::name;
  entry.reason = command.reason;
  entry.detail = on_or_off(command.on);
  draft.audit(std::move(entry));
  return draft.posted();
}

// --- Roles

Result<RoleScope> EventPlace::scope_of(const std::optional<RoleScope>& asked) const {
  const RoleScope scope = asked.value_or(RoleScope{event_.id, {}});
  if (scope.room ? !event_.find(scope.room) : scope.event != event_.id) {
    return refuse(ErrorCode::not_found, "There is no such event or room here.", "scope");
  }
  return scope;
}

std::optional<Error> EventPlace::refuse_last_organiser(const Member& target) const {
  if (target.view.role != Role::organiser || event_.organisers() > 1) return std::nullopt;
  return refuse(ErrorCode::conflict, "An event keeps one organiser at least.", "person");
}

Decision EventPlace::on(const RoleGrant& command, const Actor& actor,
                        const Context& context) const {
  const Member* target = event_.find(command.person);
  if (!target) return refused(not_in_event("person"));
  const auto scope = scope_of(command.scope);
  if (!scope) return refused(scope.error());
  const bool is_of_room = static_cast<bool>(scope->room);
  if (is_of_room && command.role == Role::organiser) {
    return refused(
        refuse(ErrorCode::bad_request, "An organiser answers for the whole event.", "role"));
  }
  if (command.role == Role::member) {
    return on(RoleRevoke{command.person, command.scope, command.reason}, actor, context);
  }
  const Role before = is_of_room ? target->role_in(scope->room) : target->view.role;
  if (before == command.role) return {};
  if (!is_of_room) {
    if (auto error = refuse_last_organiser(*target)) return refused(std::move(*error));
  }
  RoleGranted granted{command.person, command.role, *scope, command.reason};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(desk_of(event_.id), granted);
  if (target->waiting) draft.push(desk_of(event_.id), PersonAdmitted{command.person});
  granted.capabilities = words_of(is_of_room ? target->view.role : command.role);
  draft.follow_ups().push_back({place_of(command.person), actor.id, std::move(granted)});
  AuditView entry = done_to_person(command);
  entry.room = scope->room;
  entry.detail = to_text(command.role);
  draft.audit(std::move(entry));
  if (target->present) draft.push(stream_of(target->room), PersonUpdated{target->view});
  return draft.posted();
}

void EventPlace::revoke(EventDraft& draft, const Member& target, const RoleScope& scope,
                        const std::string& reason, const Actor& actor) const {
  const PersonId person = target.view.id;
  RoleRevoked revoked{person, scope, reason};
  if (target.visiting) draft.end_visit(target);
  draft.push(desk_of(event_.id), revoked);
  revoked.capabilities = words_of(scope.room ? target.view.role : Role::member);
  draft.follow_ups().push_back({place_of(person), actor.id, std::move(revoked)});
}

Decision EventPlace::on(const RoleRevoke& command, const Actor& actor,
                        const Context& context) const {
  const Member* target = event_.find(command.person);
  if (!target) return refused(not_in_event("person"));
  const auto scope = scope_of(command.scope);
  if (!scope) return refused(scope.error());
  const bool is_of_room = static_cast<bool>(scope->room);
  const Role before = is_of_room ? target->role_in(scope->room) : target->view.role;
  if (before == Role::member) return {};
  if (!is_of_room) {
    if (auto error = refuse_last_organiser(*target)) return refused(std::move(*error));
  }
  EventDraft draft(event_, actor.id, context.now);
  revoke(draft, *target, *scope, command.reason, actor);
  AuditView entry = done_to_person(command);
  entry.room = scope->room;
  entry.detail = to_text(before);
  draft.audit(std::move(entry));
  if (target->present) draft.push(stream_of(target->room), PersonUpdated{target->view});
  return draft.posted();
}

}  // namespace hallway
