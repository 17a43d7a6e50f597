// Deciding: from a message to pushes applied, journaled and queued for release.
#include "server/core/place_host.hpp"

#include <algorithm>
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "rooms/conversation_place.hpp"
#include "rooms/event_place.hpp"
#include "rooms/person_place.hpp"

namespace hallway {
namespace {

bool lasts(const Decision& decision) {
  return std::any_of(decision.pushes.begin(), decision.pushes.end(),
                     [](const Push& push) {
                       const Lasting lasting = lasting_of(push.data);
                       return lasting == Lasting::durable || lasting == Lasting::fact;
                     }) ||
         !decision.follow_ups.empty();
}

/// Replies that were read from the state keep their place between the pushes.
bool reads_state(const Reply& reply) {
  return std::holds_alternative<SnapshotReply>(reply) ||
         std::holds_alternative<MessagesReply>(reply) ||
         std::holds_alternative<PeopleReply>(reply) || std::holds_alternative<AuditReply>(reply);
}

}  // namespace

PlaceHost::PlaceHost(ShardIndex shard, const Settings& settings, HostPorts ports)
    : shard_(shard), settings_(settings), ports_(std::move(ports)) {}

PlaceHost::~PlaceHost() = default;

Context PlaceHost::context(bool met) const {
  return Context{.now = ports_.now(), .seed = ports_.random(), .met = met};
}

void PlaceHost::handle(PlaceMessage message) {
  if (auto* pending = std::get_if<PendingFollowUp>(&message.body); pending && shut_) {
    stalled_.push_back(std::move(*pending));
    return;
  }
  if (std::holds_alternative<Forget>(message.body)) {
    forget(message.place, CloseCode::removed);
    Answer answer{message.caller, message.ticket, Answered(true)};
    if (message.caller.serial != 0) free_turn_.answer_in_order(std::move(answer));
    return;
  }
  Error error;
  Hosted* h = hosted(message.place, error);
  if (h == nullptr) {
    if (auto* pending = std::get_if<PendingFollowUp>(&message.body)) {
      stalled_.push_back(std::move(*pending));
    } else if (message.caller.serial != 0) {
      free_turn_.answer_in_order(Answer{message.caller, message.ticket, error});
    }
    return;
  }
  if (const auto* body = std::get_if<PlaceCommand>(&message.body)) {
    command(*h, message, *body);
  } else if (auto* hello = std::get_if<Attach>(&message.body)) {
    attach(*h, message, *hello);
  } else if (const auto* gone = std::get_if<Detach>(&message.body)) {
    detach(*h, message, *gone);
  } else if (const auto* spec = std::get_if<CreateEvent>(&message.body)) {
    create(*h, message, *spec);
  } else if (auto* pending = std::get_if<PendingFollowUp>(&message.body)) {
    receive(*h, std::move(*pending));
  } else {
    query(*h, message);
  }
  reschedule(*h);
}

void PlaceHost::command(Hosted& h, PlaceMessage& message, const PlaceCommand& body) {
  if (const auto* wanted = std::get_if<StreamSync>(&body.command)) {
    sync(h, message, *wanted);
    return;
  }
  Context now = context(body.met);
  now.around = body.around;
  Decision decision = body.as_operator && h.event != nullptr
                          ? h.event->decide_as_operator(body.command, now)
                          : h.place->decide(body.command, message.person, now);
  perform(h, std::move(decision), &message);
}

void PlaceHost::sync(Hosted& h, const PlaceMessage& message, const StreamSync& wanted) {
  const ResumePoint point{wanted.stream, to_text(epoch_of(wanted.stream)), wanted.after};
  Recovery recovery =
      h.place->recover(point, message.person, epoch_of(wanted.stream), limits::recovery_pushes_max);
  std::string missed = recovery.reset ? std::string() : encode_missed(recovery);
  if (recovery.reset == ResetReason::forbidden) {
    answer(h, message, refuse(ErrorCode::not_found, "There is no such place here.", "stream"),
           true);
  } else if (recovery.reset || missed.size() > limits::recovery_bytes_max) {
    answer(h, message,
           refuse(ErrorCode::reset_required, "Too much was missed; ask for a snapshot.", "after"),
           true);
  } else {
    answer(h, message, Answered(Reply(SyncReply{recovery.from, recovery.to})), true);
    if (!missed.empty()) {
      turn_of(h).direct(message.caller, Frame(missed));
    }
  }
}

void PlaceHost::detach(Hosted& h, const PlaceMessage& message, const Detach& body) {
  const auto attached = h.attached.find(message.person);
  if (attached == h.attached.end()) return;
  std::erase(attached->second, message.caller);
  if (attached->second.empty()) h.attached.erase(attached);
  perform(h, h.place->depart(message.person, body.bye, context()), nullptr);
}

void PlaceHost::create(Hosted& h, const PlaceMessage& message, const CreateEvent& body) {
  PlaceMessage unanswered = message;
  unanswered.caller = {};
  Decision decision = h.event->create(body.spec, context());
  if (decision.refusal) {
    answer(h, message, *decision.refusal, true);
  } else if (shut_) {
    answer(h, message, *shut_, true);
  } else {
    perform(h, std::move(decision), &unanswered);
    answer(h, message, Answered(h.event->event_view()), true);
  }
}

void PlaceHost::query(Hosted& h, const PlaceMessage& message) {
  const auto say = [&](Answered answered) { answer(h, message, std::move(answered), true); };
  if (const auto* claim = std::get_if<ClaimNonce>(&message.body)) {
    perform(h, h.person->claim(claim->start, message.person, context()), &message);
  } else if (const auto* noted = std::get_if<NoteAct>(&message.body)) {
    perform(h, h.event->note(noted->act, message.person, context()), &message);
  } else if (std::holds_alternative<AskGlimpse>(message.body)) {
    say(Glimpse{message.person ? h.event->event_view_for(message.person) : h.event->event_view(),
                h.event->names_present(12), h.event->count_present()});
  } else if (const auto* met = std::get_if<AskMet>(&message.body)) {
    say(h.event->have_met(message.person, met->others));
  } else if (std::holds_alternative<AskScopes>(message.body)) {
    say(h.event->search_scopes(message.person));
  } else if (const auto* asked = std::get_if<AskMessages>(&message.body)) {
    say(h.place->messages_at(asked->stream, message.person, asked->offsets));
  } else if (const auto* near = std::get_if<AskAround>(&message.body)) {
    say(h.place->messages_around(near->stream, message.person, near->offset));
  }
}

void PlaceHost::receive(Hosted& h, PendingFollowUp pending) {
  Decision decision = h.place->receive(pending.follow_up, context());
  Batch& batch = open_batch(h);
  batch.journal.delivered.push_back(pending.id);
  batch.received.push_back(std::move(pending));
  perform(h, std::move(decision), nullptr);
}

bool PlaceHost::perform(Hosted& h, Decision decision, const PlaceMessage* asker) {
  const bool answers = asker != nullptr && asker->caller.serial != 0;
  if (!decision.refusal && shut_ && lasts(decision)) decision.refusal = *shut_;
  if (!decision.refusal && decision.answers_later && works_ >= limits::works_max) {
    decision.refusal = refuse(ErrorCode::rate_limited, "Other plans are being made; try again.");
    decision.refusal->retry_after_ms = limits::works_retry_ms;
  }
  if (decision.refusal) {
    if (answers) answer(h, *asker, *decision.refusal, false);
    return false;
  }
  // The batch is opened first, so that all of this decision waits for one commit.
  if (lasts(decision)) open_batch(h);
  std::optional<std::pair<Offset, TimeMs>> first_durable;
  const TimeMs now = ports_.now();
  for (Push& push : decision.pushes) {
    push.at = now;
    apply_one(h, push, first_durable);
  }
  for (FollowUp& follow_up : decision.follow_ups) {
    PendingFollowUp pending{ports_.random(), h.place->id(), std::move(follow_up)};
    Batch& batch = open_batch(h);
    batch.journal.follow_ups.push_back(pending);
    batch.follow_ups.push_back(std::move(pending));
  }
  if (decision.work) start_work(h, std::move(decision.work), asker);
  if (answers && !decision.answers_later) {
    Reply reply = std::move(decision.reply);
    if (auto* posted = std::get_if<PostedReply>(&reply);
        posted && posted->offset == 0 && posted->held == 0 && !posted->dup) {
      if (first_durable) {
        posted->offset = first_durable->first;
        posted->at = first_durable->second;
      } else {
        reply = NothingReply{};
      }
    }
    if (auto* read = std::get_if<SnapshotReply>(&reply)) stamp(read->snapshot);
    const bool in_order = reads_state(reply);
    answer(h, *asker, Answered(std::move(reply)), in_order);
  }
  for (const auto& [person, code] : decision.closes) close_person(h, person, code, decision.pushes);
  return true;
}

void PlaceHost::close_person(Hosted& h, PersonId person, CloseCode code,
                             const std::vector<Push>& pushes) {
  const auto attached = h.attached.find(person);
  if (attached == h.attached.end()) return;
  // Why, on their own stream and without an offset: the numbered push comes there by a follow-up,
  // and these connections will not live to see it.
  std::string why;
  for (const Push& push : pushes) {
    const auto* removed = std::get_if<PersonRemoved>(&push.data);
    const auto* banned = std::get_if<PersonBanned>(&push.data);
    const bool is_theirs =
        (removed && removed->person == person) || (banned && banned->person == person);
    if (!is_theirs) continue;
    Push told = push;
    told.stream = stream_of(person);
    told.offset = 0;
    encode_push(why, told);
  }
  for (const CallerId caller : attached->second) {
    if (!why.empty()) turn_of(h).direct(caller, Frame(why));
    turn_of(h).kick(caller, code);
  }
}

void PlaceHost::apply_one(Hosted& h, Push push,
                          std::optional<std::pair<Offset, TimeMs>>& first_durable) {
  const Lasting lasting = lasting_of(push.data);
  if (lasting == Lasting::fact) push.stream = facts_of(h.place->id());
  if (lasting == Lasting::durable || lasting == Lasting::fact) {
    push.offset = h.place->top(push.stream) + 1;
  }
  std::vector<std::pair<PersonId, std::vector<StreamId>>> before;
  for (const PersonId person : h.place->concerned(push)) {
    if (h.attached.contains(person)) before.emplace_back(person, h.place->streams_of(person));
  }
  h.place->apply(push);
  if (lasting == Lasting::durable && !first_durable) first_durable.emplace(push.offset, push.at);
  h.place->complete(push);
  publish(h, push);
  for (const auto& [person, streams] : before) {
    change_audience(h, person, streams, h.place->streams_of(person));
  }
  if (h.event != nullptr) hush(h, push);
  if (h.person != nullptr) tell_own(h, push);
  if (lasting == Lasting::durable || lasting == Lasting::fact) {
    open_batch(h).journal.entries.push_back({h.place->id(), std::move(push)});
  }
}

void PlaceHost::hush(Hosted& h, const Push& push) {
  const auto tell = [&](PersonId person, const std::vector<CallerId>& callers) {
    for (const CallerId caller : callers) turn_of(h).hush(caller, h.event->is_hushed(person));
  };
  if (const auto* updated = std::get_if<EventUpdated>(&push.data)) {
    if (updated->event.lockdown == h.hushed) return;
    h.hushed = updated->event.lockdown;
    for (const auto& [person, callers] : h.attached) tell(person, callers);
    return;
  }
  const auto* granted = std::get_if<RoleGranted>(&push.data);
  const auto* revoked = std::get_if<RoleRevoked>(&push.data);
  if (!h.hushed || (!granted && !revoked)) return;
  const auto attached = h.attached.find(granted ? granted->person : revoked->person);
  if (attached != h.attached.end()) tell(attached->first, attached->second);
}

void PlaceHost::tell_own(Hosted& h, const Push& push) {
  const auto* started = std::get_if<ConversationStarted>(&push.data);
  const bool is_banned = std::holds_alternative<PersonBanned>(push.data);
  if (started == nullptr && !is_banned) return;
  for (const auto& [person, callers] : h.attached) {
    for (const CallerId caller : callers) {
      if (started != nullptr) turn_of(h).enlist(caller, place_of(started->conversation));
      if (is_banned) turn_of(h).recheck(caller);
    }
  }
}

void PlaceHost::publish(Hosted& h, const Push& push) {
  const Lasting lasting = lasting_of(push.data);
  if (lasting == Lasting::fact || lasting == Lasting::local || h.attached.empty()) return;
  encode_push(turn_of(h).buffer(push.stream, lasting == Lasting::transient), push);
}

void PlaceHost::change_audience(Hosted& h, PersonId person, const std::vector<StreamId>& before,
                                const std::vector<StreamId>& after) {
  if (before == after) return;
  const std::vector<CallerId>& callers = h.attached.at(person);
  const auto holds = [](const std::vector<StreamId>& streams, StreamId stream) {
    return std::find(streams.begin(), streams.end(), stream) != streams.end();
  };
  for (const StreamId stream : before) {
    if (holds(after, stream)) continue;
    std::string text;
    encode_closed(text, stream);
    const Frame frame(text);
    for (const CallerId caller : callers) turn_of(h).close(caller, stream, frame);
  }
  for (const StreamId stream : after) {
    if (holds(before, stream)) continue;
    const Frame frame = opened(h, person, stream);
    for (const CallerId caller : callers) turn_of(h).open(caller, stream, frame);
  }
}

void PlaceHost::answer(Hosted& h, const PlaceMessage& message, Result<Answered> outcome,
                       bool in_order) {
  if (message.caller.serial == 0) return;
  Answer answer{message.caller, message.ticket, std::move(outcome)};
  if (in_order) {
    turn_of(h).answer_in_order(std::move(answer));
  } else {
    turn_of(h).answer_first(std::move(answer));
  }
}

void PlaceHost::tick() {
  const TimeMs now = ports_.now();
  if (!shut_) {
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
      const PlaceId id = deadlines_.begin()->second;
      deadlines_.erase(deadlines_.begin());
      Hosted& h = places_.at(id);
      h.deadline.reset();
      perform(h, h.place->tick(context()), nullptr);
      reschedule(h);
    }
  }
  evict_idle(now);
}

void PlaceHost::reschedule(Hosted& h) {
  const std::optional<TimeMs> next = h.place->next_deadline();
  if (next == h.deadline) return;
  if (h.deadline) deadlines_.erase({*h.deadline, h.place->id()});
  if (next) deadlines_.insert({*next, h.place->id()});
  h.deadline = next;
}

std::optional<TimeMs> PlaceHost::next_deadline() const {
  if (shut_ || deadlines_.empty()) return std::nullopt;
  return deadlines_.begin()->first;
}

}  // namespace hallway
