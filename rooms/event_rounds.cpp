// Decisions about rounds: preview, announcement, and the course of the one that runs.
// See event_place.hpp; round.hpp for the state, event_round_time.cpp for what time brings.
#include <algorithm>
#include <memory>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"
#include "rooms/nonce.hpp"
#include "rooms/refusals.hpp"
#include "rooms/round_seating.hpp"

namespace hallway {
namespace {

std::uint64_t digest_of(const RoundOptions& options) {
  Digest digest("options");
  for (const std::int64_t number :
       {options.size, options.size_min, options.minutes, options.rounds}) {
    digest.add(static_cast<std::uint64_t>(number));
  }
  for (const bool flag :
       {options.avoid_met, options.avoid_org, options.avoid_came_with, options.match_asks}) {
    digest.add(std::uint64_t{flag});
  }
  for (const auto* groups : {&options.together, &options.apart}) {
    digest.add(groups->size());
    for (const auto& group : *groups) {
      digest.add(group.size());
      for (const PersonId person : group) digest.add(person.value);
    }
  }
  for (const auto& [person, table] : options.hosts) digest.add(person.value).add(table.value);
  return digest.add(options.seed.value_or(0)).add(options.opener).value();
}

/// As many of the first rounds as an answer holds.
std::vector<SeatingView> first_told(const std::vector<SeatingView>& rounds) {
  std::vector<SeatingView> told;
  std::size_t people = 0;
  for (const SeatingView& round : rounds) {
    for (const auto& [table, seated] : round) people += seated.size();
    const bool fits = told.empty() || people <= limits::plan_people_told;
    if (told.size() == limits::plan_rounds_told || !fits) break;
    told.push_back(round);
  }
  return told;
}

Error no_round() {
  return refuse(ErrorCode::conflict, "No round is running in this room.", "room");
}

}  // namespace

std::uint64_t digest_of(const RoundAnnounce& command) {
  return Digest(RoundAnnounce::name)
      .add(command.room.value)
      .add(command.options ? digest_of(*command.options) : 0)
      .add(command.plan ? command.plan->value : 0)
      .add(std::uint64_t{command.same_groups})
      .value();
}

std::uint64_t digest_of(const Broadcast& command) {
  return Digest(Broadcast::name).add(command.room.value).add(command.body).value();
}

// --- Who may, and where

bool EventPlace::leads(const Actor& actor, const Room& room) const {
  if (!actor.member || hallway::may(actor.member->view.role, "round.run") ||
      hallway::may(actor.member->role_in(room.id), "round.run")) {
    return true;
  }
  return room.rounds.round && room.rounds.round->chair == actor.id;
}

Result<const Room*> EventPlace::room_to_lead(RoomId id, const Actor& actor) const {
  const Room* room = event_.find(id);
  if (!room) return no_such_room();
  if (!leads(actor, *room)) {
    return refuse(ErrorCode::forbidden, "You do not lead the rounds of this room.", "room");
  }
  if (room->kind != RoomKind::tables) {
    return refuse(ErrorCode::conflict, "This room has no tables.", "room");
  }
  return room;
}

std::optional<Error> EventPlace::refuse_options(const Room& room,
                                                const RoundOptions& options) const {
  const auto unknown = [&](const std::vector<std::vector<PersonId>>& groups) {
    return std::any_of(groups.begin(), groups.end(), [&](const auto& group) {
      return std::any_of(group.begin(), group.end(),
                         [&](PersonId person) { return !event_.find(person); });
    });
  };
  if (unknown(options.together)) return not_in_event("options.together");
  if (unknown(options.apart)) return not_in_event("options.apart");
  for (const auto& [person, table] : options.hosts) {
    if (!event_.find(person)) return not_in_event("options.hosts");
    const Table* known = event_.find(table);
    if (!known || known->room != room.id) return no_such_table("options.hosts");
    if (known->sofa()) {
      return refuse(ErrorCode::bad_request, "Nobody hosts the sofa.", "options.hosts");
    }
  }
  const std::size_t people = people_to_seat(event_, room, options).size();
  if (people > limits::round_people_max) {
    return refuse(ErrorCode::too_large, "A round seats at most 2,000 people.", "room");
  }
  if (people < 2) {
    return refuse(ErrorCode::conflict, "A round needs two people at least.", "room");
  }
  return std::nullopt;
}

// --- Planning

Decision EventPlace::on(const RoundPreview& command, const Actor& actor,
                        const Context& context) const {
  const auto room = room_to_lead(command.room, actor);
  if (!room) return refused(room.error());
  if (auto error = refuse_options(**room, command.options)) return refused(std::move(*error));
  SeatingTask task =
      seating_task(event_, **room, {drawn_id(context.seed, 0)}, command.options,
                   people_to_seat(event_, **room, command.options), command.options.rounds, {});
  task.purpose = SeatingTask::Purpose::preview;
  task.budget = {preview_proposals, command.options.seed.value_or(context.seed)};
  Decision decision;
  decision.work = std::make_shared<SeatingTask>(std::move(task));
  decision.answers_later = true;
  return decision;
}

Decision EventPlace::on(const RoundPlan& command, const Actor& actor,
                        const Context& context) const {
  const PlanKept* kept = find_plan(command.plan, context.now);
  std::vector<SeatingView> wanted;
  if (kept) {
    if (const auto room = room_to_lead(kept->room, actor); !room) return refused(room.error());
    const auto first = std::min(static_cast<std::size_t>(command.from - 1), kept->rounds->size());
    wanted.assign(kept->rounds->begin() + static_cast<std::ptrdiff_t>(first), kept->rounds->end());
  } else {
    const auto room = std::find_if(event_.rooms.begin(), event_.rooms.end(), [&](const auto& each) {
      const auto& round = each.second.rounds.round;
      return round && round->plan == command.plan && leads(actor, each.second);
    });
    if (room == event_.rooms.end()) return refused(no_such_plan());
    const auto& planned = room->second.rounds.round->planned;
    for (auto each = planned.lower_bound(command.from); each != planned.end(); ++each) {
      wanted.push_back(each->second);
    }
  }
  PlanReply reply{first_told(wanted)};
  return EventDraft(event_, actor.id, context.now).replied(std::move(reply));
}

const PlanKept* EventPlace::find_plan(PlanId plan, TimeMs now) const {
  for (const auto& [kept_at, kept] : event_.plans) {
    if (kept.plan == plan && now < kept_at + limits::plan_ms) return &kept;
  }
  return nullptr;
}

Decision EventPlace::worked(const SeatingOutcome& outcome, const Context& context) const {
  const Room* room = event_.find(outcome.room);
  if (!room) return refused(no_such_room());
  EventDraft draft(event_, {}, context.now);
  if (outcome.purpose == SeatingTask::Purpose::preview) {
    draft.local(
        PlanKept{outcome.room, outcome.plan, outcome.options, outcome.rounds, outcome.apart});
    return draft.replied(PreviewReply{outcome.plan, first_told(*outcome.rounds), outcome.quality});
  }
  const auto& round = room->rounds.round;
  const bool is_awaited = round && round->plan == outcome.plan &&
                          round->phase == RoundPhase::announced && round->number == outcome.first;
  const bool is_new = is_awaited && (!round->planned.contains(outcome.first) ||
                                     round->planned.at(outcome.first) != outcome.rounds->front());
  if (is_new) {
    draft.fact(
        RoundsPlanned{outcome.room, outcome.plan, outcome.first, *outcome.rounds, outcome.apart});
  }
  return draft.replied(NothingReply{});
}

// --- Announcing

Decision EventPlace::on(const RoundAnnounce& command, const Actor& actor,
                        const Context& context) const {
  const auto found = room_to_lead(command.room, actor);
  if (!found) return refused(found.error());
  const Room& room = **found;
  const Round* last = room.rounds.round ? &*room.rounds.round : nullptr;
  if (last && last->pending()) {
    return refused(refuse(ErrorCode::conflict, "A round is announced or running here.", "room"));
  }
  if (command.options) {
    if (auto error = refuse_options(room, *command.options)) return refused(std::move(*error));
    return begin_series(command, room, {drawn_id(context.seed, 0)}, *command.options, nullptr,
                        actor, context);
  }
  if (command.plan) {
    const PlanKept* kept = find_plan(*command.plan, context.now);
    if (!kept || kept->room != room.id) return refused(no_such_plan());
    if (auto error = refuse_options(room, kept->options)) return refused(std::move(*error));
    return begin_series(command, room, kept->plan, kept->options, kept, actor, context);
  }
  if (!last || (last->series_over() && !command.same_groups)) {
    return refused(
        refuse(ErrorCode::conflict, "There is no next round; plan a new series.", "room"));
  }
  if (command.same_groups && last->seated.empty()) {
    return refused(
        refuse(ErrorCode::conflict, "No round has been seated here yet.", "same_groups"));
  }
  return continue_series(command, room, *last, actor, context);
}

void EventPlace::announce(EventDraft& draft, const RoundAnnounce& command, const Round* last,
                          RoundAnnounced announced, const Actor& actor) const {
  announced.starts_at = draft.now() + settings_.announce_ms;
  draft.push(stream_of(command.room), announced);
  draft.mark(command.nonce, digest_of(command));
  if (!last || last->chair != actor.id) {
    draft.push(stream_of(command.room), ChairTaken{actor.id});
  }
}

Decision EventPlace::begin_series(const RoundAnnounce& command, const Room& room, PlanId plan,
                                  const RoundOptions& options, const PlanKept* kept,
                                  const Actor& actor, const Context& context) const {
  EventDraft draft(event_, actor.id, context.now);
  draft.fact(SeriesBegun{room.id, plan, options});
  const Round* last = room.rounds.round ? &*room.rounds.round : nullptr;
  announce(draft, command, last, {plan, 0, 1, options.rounds, options.minutes, options.size},
           actor);
  PostedReply reply;
  reply.plan = plan;
  if (kept) {
    draft.fact(RoundsPlanned{room.id, plan, 1, *kept->rounds, kept->apart});
    return draft.replied(std::move(reply));
  }
  SeatingTask task = seating_task(event_, room, plan, options,
                                  people_to_seat(event_, room, options), options.rounds, {});
  task.purpose = SeatingTask::Purpose::series;
  task.budget = {announced_proposals, options.seed.value_or(context.seed)};
  Decision decision = draft.replied(std::move(reply));
  decision.work = std::make_shared<SeatingTask>(std::move(task));
  return decision;
}

Decision EventPlace::continue_series(const RoundAnnounce& command, const Room& room,
                                     const Round& last, const Actor& actor,
                                     const Context& context) const {
  EventDraft draft(event_, actor.id, context.now);
  const std::int64_t number = last.number + 1;
  announce(
      draft, command, &last,
      {last.plan, 0, number, std::max(last.of, number), last.options.minutes, last.options.size},
      actor);
  PostedReply reply;
  reply.plan = last.plan;
  if (command.same_groups) {
    draft.fact(RoundsPlanned{room.id, last.plan, number, {last.seated}, last.apart});
    return draft.replied(std::move(reply));
  }
  std::vector<PersonId> people = people_to_seat(event_, room, last.options);
  Decision decision = draft.replied(std::move(reply));
  if (people.size() < 2) return decision;  // who comes until the start is seated then
  SeatingTask task =
      seating_task(event_, room, last.plan, last.options, std::move(people), 1, last.apart);
  task.purpose = SeatingTask::Purpose::next;
  task.first = number;
  task.budget = {announced_proposals, last.options.seed.value_or(context.seed)};
  const auto planned = last.planned.find(number);
  if (planned != last.planned.end()) task.planned = seats_of(task, planned->second);
  decision.work = std::make_shared<SeatingTask>(std::move(task));
  return decision;
}

// --- The round that runs

Result<const Room*> EventPlace::room_with_round(RoomId id, const Actor& actor) const {
  const auto room = room_to_lead(id, actor);
  if (!room) return room.error();
  if (!(*room)->rounds.running()) return no_round();
  return *room;
}

Decision EventPlace::on(const RoundCancel& command, const Actor& actor,
                        const Context& context) const {
  const auto room = room_to_lead(command.room, actor);
  if (!room) return refused(room.error());
  const auto& round = (*room)->rounds.round;
  if (!round || round->phase != RoundPhase::announced) {
    return refused(refuse(ErrorCode::conflict, "No round is announced in this room.", "room"));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(command.room), RoundCancelled{round->number, RoundCancelReason::asked});
  return draft.posted();
}

Decision EventPlace::on(const RoundExtend& command, const Actor& actor,
                        const Context& context) const {
  const auto room = room_with_round(command.room, actor);
  if (!room) return refused(room.error());
  const Round& round = *(*room)->rounds.round;
  RoundExtended extended;
  const TimeMs now = round.paused_at.value_or(context.now);
  const std::int64_t more = command.seconds * 1000;
  if (command.table) {
    const auto run = round.tables.find(*command.table);
    if (run == round.tables.end()) {
      return refused(refuse(ErrorCode::conflict, "No round is running at this table.", "table"));
    }
    const bool wraps =
        run->second.ends_at ? run->second.wrapping : round.phase == RoundPhase::wrapping;
    extended.table = *command.table;
    extended.ends_at = (wraps ? now : round.end_of(run->second)) + more;
  } else {
    extended.ends_at = (round.phase == RoundPhase::wrapping ? now : round.ends_at) + more;
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(command.room), extended);
  for (const auto& [table, run] : round.tables) {
    if (!command.table || *command.table == table) draft.drop_wish(*event_.find(table));
  }
  return draft.posted();
}

Decision EventPlace::on(const RoundPause& command, const Actor& actor,
                        const Context& context) const {
  const auto room = room_with_round(command.room, actor);
  if (!room) return refused(room.error());
  const Round& round = *(*room)->rounds.round;
  if (round.paused_at) return {};
  if (round.phase != RoundPhase::seated) {
    return refused(refuse(ErrorCode::conflict, "The round is wrapping up already.", "room"));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(command.room), RoundPaused{});
  return draft.posted();
}

Decision EventPlace::on(const RoundResume& command, const Actor& actor,
                        const Context& context) const {
  const auto room = room_with_round(command.room, actor);
  if (!room) return refused(room.error());
  const Round& round = *(*room)->rounds.round;
  if (!round.paused_at) return {};
  const std::int64_t paused_ms = context.now - *round.paused_at;
  RoundResumed resumed;
  resumed.ends_at = round.ends_at + paused_ms;
  for (const auto& [table, run] : round.tables) {
    if (run.ends_at) resumed.tables.emplace_back(table, *run.ends_at + paused_ms);
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(command.room), std::move(resumed));
  return draft.posted();
}

Decision EventPlace::on(const RoundEnd& command, const Actor& actor, const Context& context) const {
  const auto room = room_with_round(command.room, actor);
  if (!room) return refused(room.error());
  const Round& round = *(*room)->rounds.round;
  const bool wraps_everywhere =
      round.phase == RoundPhase::wrapping &&
      std::none_of(round.tables.begin(), round.tables.end(), [](const auto& entry) {
        return entry.second.ends_at && !entry.second.wrapping;
      });
  if (wraps_everywhere) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(command.room), RoundWrapping{context.now + settings_.wrap_ms, {}});
  return draft.posted();
}

}  // namespace hallway
