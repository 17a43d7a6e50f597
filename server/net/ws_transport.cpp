#include "server/net/ws_transport.hpp"

#include <chrono>
#include <utility>

#include "protocol/limits.hpp"

namespace hallway {
namespace {

using boost::system::error_code;

/// How long a peer may take to answer a close, or (a slow one) to take what is under way.
constexpr std::chrono::seconds close_within{2};
/// So often a connection reads before the others have their turn. TLS needs two: the second says
/// that there is no more.
constexpr int reads_in_turn = 2;

}  // namespace

WsTransport::WsTransport(Shard& shard, Channel channel, std::unique_ptr<SilentSocket> silent)
    : shard_(shard),
      channel_(std::move(channel)),
      reader_(limits::message_bytes_max),
      silent_(std::move(silent)) {}

WsTransport::~WsTransport() {
  if (session_ != nullptr) shard_.hub().closed(*session_);
}

void WsTransport::start(Principal principal) {
  if (!shard_.sockets().add(channel_.socket(), shared_from_this())) return;
  session_ = &shard_.hub().open(*this, std::move(principal));
  readable();  // TLS may hold bytes that the socket no longer tells of.
}

// --- Reading

void WsTransport::on_ready(Ready ready) {
  // TLS may have to read before it can write, and to write before it can read.
  const bool is_tls = channel_.is_tls();
  has_peer_ended_ = has_peer_ended_ || ready.ended;
  if ((ready.to_write || is_tls) && !waiting_.empty()) write_waiting();
  if ((ready.to_read || is_tls) && state_ != State::gone) readable();
}

void WsTransport::readable() {
  for (int i = 0; i < reads_in_turn; ++i) {
    const std::span<char> room = shard_.read_buffer();
    const Moved moved = channel_.read(room);
    shard_.count_read(moved.bytes);
    if (moved.bytes > 0) understand(room.first(moved.bytes));
    if (moved.then == Then::ended) give_up();
    if (state_ == State::gone) return;
    const bool is_all = moved.then != Then::again;
    // Whoever has ended is read until the socket says so: nobody will tell of it again.
    if (is_all && !(has_peer_ended_ && moved.bytes > 0)) {
      if (channel_.is_tls() && !waiting_.empty()) write_waiting();
      return;
    }
  }
  shard_.sockets().again(channel_.socket());
}

void WsTransport::understand(std::span<char> bytes) {
  while (state_ == State::open || state_ == State::closing) {
    const Received received = reader_.next(bytes);
    switch (received.kind) {
      case Received::Kind::nothing:
        return;
      case Received::Kind::text:
        session_->on_text(received.bytes);
        if (silent_ && session_->said_hello()) silent_.reset();
        break;
      case Received::Kind::binary:
        session_->on_binary();
        break;
      case Received::Kind::ping:
        answer_ping(received.bytes);
        break;
      case Received::Kind::pong:
        break;
      case Received::Kind::close:
      case Received::Kind::fault:
        if (state_ == State::open) start_closing(received.code, {});
        end();
        return;
    }
  }
}

void WsTransport::answer_ping(std::string_view payload) {
  if (state_ != State::open) return;
  if (!waiting_.empty()) {
    pong_ = std::make_unique<std::string>(payload);  // Of several, the latest is answered.
    return;
  }
  std::string frame;
  append_control_frame(frame, Opcode::pong, payload);
  write(frame);
}

// --- Writing

bool WsTransport::send(const Frame& frame) {
  if (state_ != State::open) return false;
  is_session_waiting_ = !write(frame.wire());
  return !is_session_waiting_;
}

/// True: all of it is gone. Else what is left waits, or the connection is gone.
bool WsTransport::write(std::string_view bytes) {
  if (waiting_.empty()) {
    if (!push(bytes)) return false;
    if (bytes.empty()) return true;
  }
  waiting_.append(bytes);
  return false;
}

/// Takes from the front of `bytes` what the socket takes. False: the connection is gone.
bool WsTransport::push(std::string_view& bytes) {
  while (!bytes.empty()) {
    const Moved moved = channel_.write(bytes);
    bytes.remove_prefix(moved.bytes);
    switch (moved.then) {
      case Then::again:
        break;
      case Then::when_readable:
      case Then::when_writable:
        return true;  // We are told.
      case Then::ended:
        give_up();
        return false;
    }
  }
  return true;
}

void WsTransport::write_waiting() {
  std::string_view left = std::string_view(waiting_).substr(waiting_from_);
  if (left.empty() || !push(left)) return;
  waiting_from_ = waiting_.size() - left.size();
  if (!left.empty()) return;
  waiting_ = std::string();
  waiting_from_ = 0;
  if (state_ == State::ending) {
    channel_.end_writing();
    return;
  }
  if (const auto payload = std::move(pong_)) answer_ping(*payload);
  if (state_ == State::open && waiting_.empty() && std::exchange(is_session_waiting_, false)) {
    session_->on_sent();
  }
}

// --- Ending

void WsTransport::close(CloseCode code) {
  if (state_ != State::open) return;
  const auto number = static_cast<std::uint16_t>(code);
  const bool comes_back = number >= 4200 && number < 4300;
  start_closing(number, comes_back ? std::to_string(limits::retry_ms) : std::string());
}

void WsTransport::start_closing(std::uint16_t code, std::string_view reason) {
  state_ = State::closing;
  close_timer_ = std::make_unique<boost::asio::steady_timer>(shard_.io(), close_within);
  close_timer_->async_wait([self = shared_from_this()](error_code error) {
    if (!error) self->give_up();
  });
  std::string frame;
  append_control_frame(frame, Opcode::close, close_payload(code, reason));
  write(frame);
}

void WsTransport::end() {
  if (state_ != State::closing) return;
  state_ = State::ending;
  if (waiting_.empty()) channel_.end_writing();
}

void WsTransport::give_up() {
  if (std::exchange(state_, State::gone) == State::gone) return;
  if (close_timer_) close_timer_->cancel();
  waiting_ = std::string();
  waiting_from_ = 0;
  shard_.sockets().remove(channel_.socket());
  channel_.close();
}

}  // namespace hallway
