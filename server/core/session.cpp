#include "server/core/session.hpp"

#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "server/core/hub.hpp"
#include "server/core/session_greeting.hpp"

namespace hallway {
namespace {

constexpr std::int64_t refusals_window_ms = 10'000;
constexpr Ticket no_reply = 0;

}  // namespace

Session::Session(Hub& hub, Transport& transport, Principal principal, std::uint64_t serial,
                 TimeMs now)
    : transport_(transport),
      hub_(hub),
      serial_(serial),
      token_(principal.cookie),
      heard_at_(now),
      commands_(hub.settings_.limits.commands_per_s, hub.settings_.limits.commands_burst),
      refusals_since_(now) {}

Session::~Session() = default;

void Session::on_text(std::string_view message) {
  if (state_ == State::closing) return;
  heard_at_ = hub_.ports_.now();
  std::size_t objects = 0;
  while (!message.empty() && state_ != State::closing) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    const std::string_view object = message.substr(0, end);
    message.remove_prefix(std::min(end + 1, message.size()));
    if (object.empty()) continue;
    if (++objects > limits::objects_max) {
      close(CloseCode::protocol);
      return;
    }
    on_object(object);
  }
}

void Session::on_binary() {
  close(CloseCode::unsupported_data);
}

void Session::on_object(std::string_view json) {
  Decoded decoded = decode_command(json);
  if (decoded.pong) return;
  if (!admit(decoded)) return;
  if (!decoded.command) {
    refuse_command(decoded.id, "invalid", decoded.command.error());
    return;
  }
  on_command(decoded.id, std::move(*decoded.command));
}

bool Session::admit(const Decoded& decoded) {
  if (decoded.id) {
    if (*decoded.id <= last_id_) {
      refuse_command(decoded.id, "invalid",
                     refuse(ErrorCode::bad_request, "Ids must rise on a connection.", "id"));
      return false;
    }
    last_id_ = *decoded.id;
  }
  const std::int64_t wait_ms = commands_.take(heard_at_);
  if (wait_ms == 0) return true;
  Error error = refuse(ErrorCode::rate_limited, "That is a lot at once. Please slow down.");
  error.retry_after_ms = wait_ms;
  refuse_command(decoded.id, "invalid", std::move(error));
  return false;
}

void Session::on_command(std::optional<std::int64_t> id, Command command) {
  if (const auto* hello = std::get_if<Hello>(&command)) {
    if (state_ == State::fresh) {
      on_hello(*id, *hello);
    } else {
      refuse_command(id, Hello::name, refuse(ErrorCode::conflict, "Hello was said already."));
    }
    return;
  }
  if (state_ == State::fresh) {
    refuse_command(id, std::visit([](const auto& c) { return c.name; }, command),
                   refuse(ErrorCode::unauthenticated, "Say hello first."));
    close(CloseCode::authentication);
    return;
  }
  if (state_ == State::greeting) {
    greeting_->commands.emplace_back(id.value_or(no_reply), std::move(command));
    return;
  }
  dispatch(id.value_or(no_reply), std::move(command));
}

void Session::reply(std::optional<std::int64_t> id, const Reply& reply) {
  std::string text;
  encode_reply(text, id, reply);
  deliver(Frame(text));
}

void Session::refuse_command(std::optional<std::int64_t> id, std::string_view command,
                             Error error) {
  hub_.ports_.observer.command_answered(command, to_text(error.code));
  if (error.code == ErrorCode::rate_limited) count_refusal(heard_at_);
  std::string text;
  encode_refusal(text, id, error);
  deliver(Frame(text));
}

void Session::count_refusal(TimeMs now) {
  if (now - refusals_since_ >= refusals_window_ms) {
    refusals_since_ = now;
    refusals_ = 0;
  }
  if (++refusals_ >= limits::refusals_max) close(CloseCode::flood);
}

void Session::on_answer(Ticket ticket, Result<Answered> outcome) {
  if (ticket == Greeting::ticket) {
    on_welcome(std::move(outcome));
    return;
  }
  if (ticket == Greeting::late_ticket) {
    on_late_welcome(std::move(outcome));
    return;
  }
  std::string_view command = "unknown";
  const auto under_way = std::find_if(under_way_.begin(), under_way_.end(),
                                      [&](const auto& entry) { return entry.first == ticket; });
  if (under_way != under_way_.end()) {
    command = under_way->second;
    under_way_.erase(under_way);
  }
  if (!outcome) {
    refuse_command(ticket, command, outcome.error());
    return;
  }
  hub_.ports_.observer.command_answered(command, {});
  if (auto* told = std::get_if<Reply>(&*outcome)) {
    if (auto* snapshot = std::get_if<SnapshotReply>(told)) hub_.finish_snapshot(snapshot->snapshot);
    reply(ticket, *told);
  }
}

void Session::deliver(const Frame& frame, bool transient) {
  catch_up();
  queue(frame, transient);
}

void Session::queue(const Frame& frame, bool transient) {
  if (state_ == State::closing && close_when_sent_ == CloseCode::slow) return;
  if (state_ == State::greeting) {
    // Presence too: the snapshots that it goes beyond have been read already.
    greeting_->held.push_back(frame);
    return;
  }
  switch (outbox_.push(frame, transient)) {
    case Outbox::Outcome::queued:
      break;
    case Outbox::Outcome::dropped:
      hub_.ports_.observer.transient_dropped();
      return;
    case Outbox::Outcome::full:
      close(CloseCode::slow);
      return;
  }
  hub_.dirty(*this);
}

void Session::hear(const Frame& frame, bool transient) {
  if (greeting_ != nullptr || closing() || sending_ || !outbox_.empty()) {
    queue(frame, transient);
  } else if (!transport_.send(frame)) {
    sending_ = true;
    outbox_.is_under_way(frame);
  }
}

void Session::catch_up() {
  for (const Listening& each : listens_) {
    if (each.audience->is_behind(each.slot)) each.audience->catch_up(each.slot);
  }
}

bool Session::is_behind_elsewhere(const Audience& here) const {
  return std::any_of(listens_.begin(), listens_.end(), [&](const Listening& each) {
    return each.audience != &here && each.audience->is_behind(each.slot);
  });
}

void Session::sits_at(const Audience& audience, std::size_t slot) {
  for (Listening& each : listens_) {
    if (each.audience == &audience) each.slot = slot;
  }
}

void Session::opened(StreamId stream, const Frame& frame) {
  hub_.add(*this, stream);
  deliver(frame);
}

void Session::closed(StreamId stream, const Frame& frame) {
  deliver(frame);
  hub_.remove(*this, stream);
}

void Session::close(CloseCode code) {
  if (state_ == State::closing) return;
  if (code != CloseCode::slow) catch_up();
  if (state_ == State::closing) return;  // Too slow for that.
  if (state_ == State::greeting) {
    for (const Frame& frame : std::exchange(greeting_->held, {})) outbox_.push_uncounted(frame);
  }
  state_ = State::closing;
  close_when_sent_ = code;
  hub_.ports_.observer.connection_closed(code);
  if (code == CloseCode::slow) {
    outbox_ = Outbox{};  // What it could not take it asks for when it comes back.
  }
  hub_.dirty(*this);
  hub_.expect_end(*this);
}

void Session::cut_off() {
  transport_.close(*close_when_sent_);
}

void Session::on_sent() {
  outbox_.sent();
  sending_ = false;
  flush();
}

void Session::flush() {
  if (sending_) {
    if (close_when_sent_ == CloseCode::slow) transport_.close(CloseCode::slow);
    return;
  }
  while (!outbox_.empty()) {
    if (!transport_.send(outbox_.take())) {
      sending_ = true;
      return;
    }
    outbox_.sent();
  }
  if (close_when_sent_) transport_.close(*close_when_sent_);
}

void Session::ping(TimeMs now) {
  std::string text;
  encode_ping(text, now);
  deliver(Frame(text));
}

void Session::detach_all() {
  if (std::exchange(counted_, false)) hub_.ports_.observer.sessions(-1);
  for (const PlaceId place : std::exchange(attached_, {})) {
    hub_.ports_.router.to_place(
        PlaceMessage{place, hub_.caller(*this), 0, person_, Detach{said_bye_}});
  }
}

}  // namespace hallway
