// Hello: who this is, then one place after another (the person's own, the event, the
// conversations), and one reply ahead of all that they tell.
#include <algorithm>
#include <utility>

#include "server/core/hub.hpp"
#include "server/core/session.hpp"
#include "server/core/session_greeting.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

CloseCode close_code_for(const Error& error) {
  switch (error.code) {
    case ErrorCode::unauthenticated:
    case ErrorCode::session_expired:
      return CloseCode::authentication;
    case ErrorCode::banned:
    case ErrorCode::forbidden:
      return CloseCode::removed;
    case ErrorCode::unavailable:
    case ErrorCode::storage_full:
      return CloseCode::storage_away;
    case ErrorCode::internal:
      return CloseCode::internal;
    default:
      return CloseCode::protocol;
  }
}

bool belongs(StreamId stream, PlaceId place) {
  switch (stream.kind) {
    case StreamKind::conversation:
      return place == place_of(ConversationId{stream.value});
    case StreamKind::person:
      return place.kind == PlaceKind::person;
    case StreamKind::facts:
      return false;
    default:
      return place.kind == PlaceKind::event;
  }
}

}  // namespace

void Session::on_hello(std::int64_t id, const Hello& hello) {
  state_ = State::greeting;
  greeting_ = std::make_unique<Greeting>();
  greeting_->id = id;
  greeting_->resume = hello.resume;
  if (!token_ && !hello.token.empty()) token_ = hash_token(hello.token);
  if (!token_) {
    fail_greeting(refuse(ErrorCode::unauthenticated, "Please open your link to come in."),
                  CloseCode::authentication);
    return;
  }
  const TimeMs now = hub_.ports_.now();
  const Result<SessionOwner> owner = hub_.ports_.registry.session(*token_, now);
  if (!owner) {
    fail_greeting(owner.error(), close_code_for(owner.error()));
    return;
  }
  if (owner->is_operator || (hello.names_person && hello.person != owner->person)) {
    fail_greeting(refuse(ErrorCode::unauthenticated, "This browser is signed in as somebody else.",
                         hello.names_person ? "person" : "token"),
                  CloseCode::authentication);
    return;
  }
  person_ = owner->person;
  PersonView self{.id = person_, .card = {}};
  if (hello.names_event) {
    Result<Membership> membership = hub_.ports_.registry.membership(hello.event, person_);
    if (!membership) {
      Error error = membership.error();
      error.field = "event";
      fail_greeting(error, close_code_for(error));
      return;
    }
    if (const auto error = refuse_shut_out(hello.event)) {
      fail_greeting(*error, close_code_for(*error));
      return;
    }
    event_ = hello.event;
    greeting_->role_at = membership->role_at;
    greeting_->vouched = membership->vouched;
    self = std::move(membership->person);
  } else if (Result<std::vector<PersonView>> known = hub_.ports_.registry.people({person_});
             known && !known->empty()) {
    self = std::move(known->front());
  }
  self.state = PersonState::online;
  HelloReply& reply = greeting_->reply;
  reply.session = base32(hub_.ports_.random());
  reply.person = std::move(self);
  reply.now = now;
  reply.heartbeat_s = limits::ping_ms / 1000;
  reply.limits = hub_.settings_.limits;
  greeting_->next.push_back(place_of(person_));
  if (event_) greeting_->next.push_back(place_of(event_));
  attach_next();
}

std::optional<Error> Session::refuse_shut_out(EventId event) const {
  const auto ban = hub_.ports_.registry.ban(event, person_, hub_.ports_.now());
  if (!ban) return ban.error();
  if (!*ban) return std::nullopt;
  return refuse(ErrorCode::banned, "You may not come to this event.");
}

void Session::recheck() {
  if (!event_ || closing()) return;
  const auto error = refuse_shut_out(event_);
  if (!error || error->code != ErrorCode::banned) return;
  said_bye_ = true;  // No seat is kept for them.
  close(CloseCode::removed);
}

void Session::attach_next() {
  Greeting& greeting = *greeting_;
  if (greeting.next.empty()) {
    finish_greeting();
    return;
  }
  const PlaceId place = greeting.next.front();
  greeting.next.pop_front();
  attached_.push_back(place);
  hub_.ports_.router.to_place(
      PlaceMessage{place, hub_.caller(*this), Greeting::ticket, person_,
                   Attach{greeting.reply.person, greeting.role_at, greeting.vouched,
                          resume_of(place), greeting.pushes_left, greeting.bytes_left}});
}

std::vector<ResumePoint> Session::resume_of(PlaceId place) const {
  std::vector<ResumePoint> points;
  for (const ResumePoint& point : greeting_->resume) {
    if (belongs(point.stream, place)) points.push_back(point);
  }
  return points;
}

void Session::on_welcome(Result<Answered> outcome) {
  if (state_ != State::greeting) return;
  if (!outcome) {
    attached_.pop_back();
    fail_greeting(outcome.error(), close_code_for(outcome.error()));
    return;
  }
  const auto told = std::get<std::shared_ptr<PlaceWelcome>>(std::move(*outcome));
  Greeting& greeting = *greeting_;
  HelloReply& reply = greeting.reply;
  welcome_stream(*told);
  greeting.pushes_left -= told->pushes_used;
  greeting.bytes_left -= told->bytes_used;
  if (told->event) {
    reply.event = std::move(told->event);
    reply.place = told->where;
    reply.muted = told->muted;
    reply.person.role = told->role;
    reply.capabilities = told->capabilities;
    reply.room_capabilities = std::move(told->room_capabilities);
    hushed_ = told->hushed;
  }
  for (const ConversationId id : told->conversations) greeting.next.push_back(place_of(id));
  if (told->place.kind == PlaceKind::person) {
    reply.reads = std::move(told->reads);
    // The event is asked before the conversations.
    const auto event = std::find(greeting.next.begin(), greeting.next.end(), place_of(event_));
    if (event != greeting.next.end() && event_)
      std::rotate(greeting.next.begin(), event, event + 1);
  }
  remember_people(*told);
  if (told->conversation) reply.conversations.push_back(std::move(*told->conversation));
  attach_next();
}

void Session::enlist(PlaceId place) {
  if (state_ == State::closing) return;
  if (std::find(attached_.begin(), attached_.end(), place) != attached_.end()) return;
  if (greeting_ != nullptr) {
    auto& next = greeting_->next;
    if (std::find(next.begin(), next.end(), place) == next.end()) next.push_back(place);
    return;
  }
  attached_.push_back(place);
  PersonView self{.id = person_, .card = {}};
  hub_.ports_.router.to_place(
      PlaceMessage{place, hub_.caller(*this), Greeting::late_ticket, person_,
                   Attach{.person = std::move(self), .resume = {}, .late = true}});
}

void Session::on_late_welcome(Result<Answered> outcome) {
  if (!outcome) {
    close(CloseCode::state_lost);  // Coming back tells it whole.
    return;
  }
  const auto told = std::get<std::shared_ptr<PlaceWelcome>>(std::move(*outcome));
  remember_people(*told);
  for (const StreamTop& top : told->streams) hub_.add(*this, top.stream);
  for (const Frame& frame : told->frames) deliver(frame);
}

void Session::welcome_stream(const PlaceWelcome& told) {
  HelloReply& reply = greeting_->reply;
  reply.streams.insert(reply.streams.end(), told.streams.begin(), told.streams.end());
  reply.recovered.insert(reply.recovered.end(), told.recovered.begin(), told.recovered.end());
  reply.reset.insert(reply.reset.end(), told.reset.begin(), told.reset.end());
  for (const StreamTop& top : told.streams) hub_.add(*this, top.stream);
  greeting_->held.insert(greeting_->held.end(), told.frames.begin(), told.frames.end());
}

void Session::finish_greeting() {
  const std::unique_ptr<Greeting> greeting = std::move(greeting_);
  HelloReply& reply = greeting->reply;
  // What was held of places that this person no longer sees.
  for (const ResumePoint& point : greeting->resume) {
    const bool asked = std::any_of(attached_.begin(), attached_.end(),
                                   [&](PlaceId place) { return belongs(point.stream, place); });
    if (!asked) reply.reset.push_back({point.stream, ResetReason::forbidden});
  }
  for (ConversationView& conversation : reply.conversations) {
    for (const auto& [stream, offset] : reply.reads) {
      if (stream == stream_of(conversation.id)) conversation.read = offset;
    }
    hub_.add_cards(conversation);
  }
  state_ = State::ready;
  counted_ = true;
  hub_.ports_.observer.sessions(1);
  hub_.ports_.observer.command_answered(Hello::name, {});
  std::string text;
  encode_reply(text, greeting->id, reply);
  outbox_.push_uncounted(Frame(text));
  for (Frame& frame : greeting->held) outbox_.push_uncounted(std::move(frame));
  hub_.dirty(*this);
  for (auto& [id, command] : greeting->commands) {
    if (state_ == State::ready) dispatch(id, std::move(command));
  }
}

void Session::fail_greeting(const Error& error, CloseCode code) {
  const std::int64_t id = greeting_->id;
  greeting_->held.clear();
  hub_.ports_.observer.command_answered(Hello::name, to_text(error.code));
  std::string text;
  encode_refusal(text, id, error);
  greeting_->held.push_back(Frame(text));
  close(code);
}

}  // namespace hallway
