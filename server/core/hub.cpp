#include "server/core/hub.hpp"

#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"

namespace hallway {
namespace {
/// What waits to be sent ahead of a close, and what is under way, may take so long.
constexpr std::int64_t closing_within_ms = 1'500;
/// A call to send takes 4–5 µs. So many are served at once, and of more than these a slice at a
/// time, so that a private word never waits behind ten thousand.
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
  while (!session.streams_.empty()) remove(session, session.streams_.back());
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
      if (Session* session = find(direct->caller.serial)) session->deliver(direct->frame, false);
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
  const auto members = members_.find(delivery.stream);
  if (members == members_.end()) return;
  const std::size_t count = members->second.size();
  for (Session* session : members->second) {
    session->deliver(delivery.frame, delivery.transient, count > crowd_at_once);
  }
  ports_.observer.frames_delivered(count, count * delivery.frame.size());
}

Session* Hub::find(std::uint64_t serial) {
  const auto session = sessions_.find(serial);
  return session == sessions_.end() ? nullptr : session->second.get();
}

void Hub::add(Session& session, StreamId stream) {
  auto& streams = session.streams_;
  if (std::find(streams.begin(), streams.end(), stream) != streams.end()) return;
  streams.push_back(stream);
  members_[stream].push_back(&session);
}

void Hub::remove(Session& session, StreamId stream) {
  if (std::erase(session.streams_, stream) == 0) return;
  const auto members = members_.find(stream);
  auto& list = members->second;
  *std::find(list.begin(), list.end(), &session) = list.back();
  list.pop_back();
  if (list.empty()) members_.erase(members);
}

void Hub::dirty(Session& session, Haste haste) {
  if (session.haste_ >= haste) return;
  if (session.haste_ != Haste::none) clean(session);
  session.haste_ = haste;
  if (haste == Haste::soon) {
    session.dirty_at_ = soon_.size();
    soon_.push_back(&session);
  } else {
    session.dirty_at_ = crowd_from_ + crowd_.size();
    crowd_.push_back(&session);
  }
}

/// It has nothing to send, or is gone.
void Hub::clean(Session& session) {
  const Haste before = std::exchange(session.haste_, Haste::none);
  if (before == Haste::soon) soon_[session.dirty_at_] = nullptr;
  if (before == Haste::crowd) crowd_[session.dirty_at_ - crowd_from_] = nullptr;
}

void Hub::expect_end(const Session& session) {
  ends_.push_back({ports_.now() + closing_within_ms, session.serial(), 0});
}

bool Hub::flush() {
  const bool is_small = crowd_.size() <= crowd_at_once;
  const bool moved = !soon_.empty() || (is_small && !crowd_.empty());
  std::swap(soon_, served_);
  for (Session* session : served_) {
    if (session == nullptr) continue;
    session->haste_ = Haste::none;
    session->flush();
  }
  served_.clear();
  serve_crowd(is_small ? crowd_.size() : crowd_slice);
  return moved;
}

void Hub::serve_crowd(std::size_t count) {
  for (; count > 0 && !crowd_.empty(); --count) {
    Session* const session = crowd_.front();
    crowd_.pop_front();
    ++crowd_from_;
    if (session == nullptr) continue;
    session->haste_ = Haste::none;
    session->flush();
  }
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
