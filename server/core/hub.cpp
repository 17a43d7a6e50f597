#include "server/core/hub.hpp"

#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"

namespace hallway {
namespace {
/// What waits to be sent ahead of a close, and what is under way, may take so long.
constexpr std::int64_t closing_within_ms = 1'500;
/// A call to send takes 4–5 µs. An audience of so many is served at once, and a larger one a slice
/// at a time, so that a private word never waits behind ten thousand.
constexpr std::size_t crowd_at_once = 256;
constexpr std::size_t crowd_slice = 64;
}  // namespace

Hub::Hub(ShardIndex shard, const SessionSettings& settings, HubPorts ports)
    : shard_(shard), settings_(settings), ports_(std::move(ports)) {}

Hub::~Hub() = default;

Session& Hub::open(Transport& transport, Principal principal) {
  const TimeMs now = ports_.now();
  const std::uint64_t serial = next_serial_++;
  auto session = std::make_unique<Session>(*this, transport, std::move(principal), serial, now);
  Session& opened = *session;
  sessions_.emplace(serial, std::move(session));
  hellos_.push_back({now + limits::hello_ms, serial, 0});
  pings_.push_back({now + limits::ping_ms, serial, 0});
  ports_.observer.connections(1);
  if (draining_) opened.close(CloseCode::draining);
  return opened;
}

void Hub::closed(Session& session) {
  session.detach_all();
  clean(session);
  while (!session.listens_.empty()) remove(session, session.listens_.back().audience->stream());
  ports_.observer.connections(-1);
  sessions_.erase(session.serial());
}

void Hub::apply(Release release) {
  for (ReleaseOp& op : release) {
    if (auto* delivery = std::get_if<Deliver>(&op)) {
      deliver(*delivery);
    } else if (auto* answered = std::get_if<Answer>(&op)) {
      answer(std::move(*answered));
    } else if (auto* direct = std::get_if<Direct>(&op)) {
      if (Session* session = find(direct->caller.serial)) session->deliver(direct->frame);
    } else if (auto* opening = std::get_if<Open>(&op)) {
      if (Session* session = find(opening->caller.serial)) {
        session->opened(opening->stream, opening->frame);
      }
    } else if (auto* closing = std::get_if<Close>(&op)) {
      if (Session* session = find(closing->caller.serial)) {
        session->closed(closing->stream, closing->frame);
      }
    } else if (auto* kick = std::get_if<Kick>(&op)) {
      if (Session* session = find(kick->caller.serial)) session->close(kick->code);
    } else if (auto* enlist = std::get_if<Enlist>(&op)) {
      if (Session* session = find(enlist->caller.serial)) session->enlist(enlist->place);
    } else if (auto* hush = std::get_if<Hush>(&op)) {
      if (Session* session = find(hush->caller.serial)) session->hush(hush->on);
    } else if (auto* recheck = std::get_if<Recheck>(&op)) {
      if (Session* session = find(recheck->caller.serial)) session->recheck();
    }
  }
}

void Hub::answer(Answer answer) {
  if (Session* session = find(answer.caller.serial)) {
    session->on_answer(answer.ticket, std::move(answer.outcome));
    return;
  }
  const auto question = questions_.find(answer.caller.serial);
  if (question == questions_.end()) return;  // Its session is gone.
  const auto done = std::move(question->second);
  questions_.erase(question);
  done(std::move(answer.outcome));
}

void Hub::deliver(const Deliver& delivery) {
  const auto known = audiences_.find(delivery.stream);
  if (known == audiences_.end()) return;
  Audience& audience = known->second;
  const std::size_t count = audience.size();
  if (audience.say(delivery.frame, delivery.transient)) {
    if (count > crowd_at_once) {
      // It may stand there still: all of it was caught up, and its turn has not come since.
      std::erase(crowds_, &audience);
      crowds_.push_back(&audience);
    } else {
      waiting_.push_back(&audience);
    }
  }
  ports_.observer.frames_delivered(count, count * delivery.frame.size());
}

Session* Hub::find(std::uint64_t serial) {
  const auto session = sessions_.find(serial);
  return session == sessions_.end() ? nullptr : session->second.get();
}

void Hub::add(Session& session, StreamId stream) {
  auto& listens = session.listens_;
  const bool does = std::any_of(listens.begin(), listens.end(), [&](const auto& each) {
    return each.audience->stream() == stream;
  });
  if (does) return;
  Audience& audience = audiences_.try_emplace(stream, stream).first->second;
  listens.push_back({&audience, audience.add(session)});
}

void Hub::remove(Session& session, StreamId stream) {
  auto& listens = session.listens_;
  const auto listening = std::find_if(listens.begin(), listens.end(), [&](const auto& each) {
    return each.audience->stream() == stream;
  });
  if (listening == listens.end()) return;
  Audience* const audience = listening->audience;
  audience->remove(listening->slot);
  listens.erase(listening);
  if (audience->size() > 0) return;
  std::erase(waiting_, audience);
  std::erase(crowds_, audience);
  audiences_.erase(stream);
}

void Hub::dirty(Session& session) {
  if (std::exchange(session.is_dirty_, true)) return;
  session.dirty_at_ = dirty_.size();
  dirty_.push_back(&session);
}

/// It has nothing to send, or is gone.
void Hub::clean(Session& session) {
  if (std::exchange(session.is_dirty_, false)) dirty_[session.dirty_at_] = nullptr;
}

void Hub::expect_end(const Session& session) {
  ends_.push_back({ports_.now() + closing_within_ms, session.serial(), 0});
}

bool Hub::flush() {
  const bool moved = !dirty_.empty() || !waiting_.empty();
  std::swap(dirty_, flushed_);
  for (Session* session : flushed_) {
    if (session == nullptr) continue;
    session->catch_up();
    session->is_dirty_ = false;
    session->flush();
  }
  flushed_.clear();
  const bool others_wait = waiting_.size() > 1;
  for (Audience* audience : waiting_) audience->serve(audience->size(), others_wait);
  waiting_.clear();
  serve_crowd();
  return moved;
}

void Hub::serve_crowd() {
  if (crowds_.empty()) return;
  Audience* const crowd = crowds_.front();
  crowds_.pop_front();
  crowd->serve(crowd_slice, false);
  if (crowd->is_waiting()) crowds_.push_back(crowd);
}

CallerId Hub::caller(const Session& session) const {
  return {shard_, session.serial()};
}

void Hub::ask(PlaceMessage message, std::function<void(Result<Answered>)> done) {
  message.caller = {shard_, next_serial_++};
  questions_.emplace(message.caller.serial, std::move(done));
  ports_.router.to_place(std::move(message));
}

void Hub::search(const MessageSearch& command, std::vector<SearchScope> scopes,
                 std::uint64_t serial,
                 std::function<void(Result<std::vector<Registry::Hit>>)> done) {
  ports_.slow([this, command, scopes = std::move(scopes), serial, done = std::move(done)] {
    auto hits = ports_.registry.search(command.query, scopes, command.before, command.limit);
    return std::function<void()>([this, serial, hits = std::move(hits), done] {
      const Session* session = find(serial);
      if (session != nullptr && !session->closing()) done(hits);
    });
  });
}

void Hub::add_cards(ConversationView& conversation) {
  if (Result<std::vector<PersonView>> known = ports_.registry.people(conversation.people)) {
    conversation.cards = std::move(*known);
  }
}

void Hub::finish_snapshot(Snapshot& snapshot) {
  if (auto* state = std::get_if<ConversationStreamState>(&snapshot.state)) {
    add_cards(state->conversation);
  }
}

void Hub::revoke(const TokenHash& hash) {
  for (auto& [serial, session] : sessions_) {
    if (session->token() == hash) session->close(CloseCode::session_revoked);
  }
}

void Hub::drain(std::int64_t window_ms) {
  draining_ = true;
  const TimeMs now = ports_.now();
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(sessions_.size(), 1));
  std::int64_t nth = 0;
  for (const auto& [serial, session] : sessions_) {
    drains_.push_back({now + window_ms * nth++ / count, serial, 0});
  }
}

void Hub::tick() {
  const TimeMs now = ports_.now();
  due_hello(now);
  due_ping(now);
  due_pong(now);
  due_drain(now);
  due_end(now);
}

void Hub::due_hello(TimeMs now) {
  while (!hellos_.empty() && hellos_.front().at <= now) {
    Session* session = find(hellos_.front().serial);
    hellos_.pop_front();
    if (session != nullptr && !session->said_hello()) session->close(CloseCode::no_hello);
  }
}

void Hub::due_ping(TimeMs now) {
  while (!pings_.empty() && pings_.front().at <= now) {
    const std::uint64_t serial = pings_.front().serial;
    pings_.pop_front();
    Session* session = find(serial);
    if (session == nullptr || session->closing()) continue;
    session->ping(now);
    pings_.push_back({now + limits::ping_ms, serial, 0});
    pongs_.push_back({now + limits::pong_ms, serial, now});
  }
}

void Hub::due_pong(TimeMs now) {
  while (!pongs_.empty() && pongs_.front().at <= now) {
    const Deadline due = pongs_.front();
    pongs_.pop_front();
    Session* session = find(due.serial);
    if (session != nullptr && session->heard_at() < due.since) session->close(CloseCode::no_pong);
  }
}

void Hub::due_drain(TimeMs now) {
  while (!drains_.empty() && drains_.front().at <= now) {
    Session* session = find(drains_.front().serial);
    drains_.pop_front();
    if (session != nullptr) session->close(CloseCode::draining);
  }
}

void Hub::due_end(TimeMs now) {
  while (!ends_.empty() && ends_.front().at <= now) {
    Session* session = find(ends_.front().serial);
    ends_.pop_front();
    if (session != nullptr) session->cut_off();
  }
}

std::optional<TimeMs> Hub::next_deadline() const {
  std::optional<TimeMs> next;
  for (const auto* queue : {&hellos_, &pings_, &pongs_, &drains_, &ends_}) {
    if (!queue->empty() && (!next || queue->front().at < *next)) next = queue->front().at;
  }
  return next;
}

}  // namespace hallway
