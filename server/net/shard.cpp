#include "server/net/shard.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "server/scheduling.hpp"

namespace hallway {
namespace {

/// Handlers and sockets served between two flushes, at most: a flood must not hold back what is
/// ready to go out.
constexpr int served_max = 4'096;
/// Sockets before Asio is asked again, which may be a system call.
constexpr int sockets_at_once = 64;
constexpr std::size_t read_in_turn_max = 512 * 1024;
constexpr std::int64_t probe_every_ms = 1'000;
constexpr std::int64_t idle_tick_ms = 30'000;

/// Whoever works off the shards leaves them the processor: what is said in a room must not wait
/// for a seating. Once a thread.
void yield_to_shards() {
  static thread_local const bool has_yielded = [] {
    schedule_thread(slow_nice, slow_slice);
    return true;
  }();
  (void)has_yielded;
}

}  // namespace

Shard::Shard(ShardIndex index, const Settings& settings, const SessionSettings& session_settings,
             std::size_t silent_sockets_max, ShardPorts ports)
    : index_(index),
      silent_sockets_max_(silent_sockets_max),
      ports_(std::move(ports)),
      host_(index, settings,
            HostPorts{ports_.journal, ports_.registry, *this, ports_.observer, ports_.now,
                      ports_.random, [this](auto work) { do_slowly(std::move(work)); },
                      ports_.durability, ports_.groups}),
      hub_(index, session_settings,
           HubPorts{ports_.registry, *this, ports_.observer, ports_.now, ports_.random,
                    [this](auto work) { do_slowly(std::move(work)); }}),
      guard_(io_.get_executor()),
      timer_(io_) {}

Shard::~Shard() = default;

void Shard::run() {
  schedule_thread(0, shard_slice);
  arm();
  for (;;) {
    // Between two slices of a crowd whatever is ready has its turn; nothing is waited for.
    const bool is_busy = hub_.is_serving_crowd() || sockets_.has_ready();
    const bool ran = (is_busy ? io_.poll_one() : io_.run_one()) > 0;
    if (!ran && !is_busy) return;
    serve_ready();
    settle();
    // A connection that goes tells its places, which have something to tell then.
    while (sockets_.bury()) settle();
    if (releasing_ && sockets_.size() == 0) sockets_.stop();
  }
}

void Shard::serve_ready() {
  read_in_turn_ = 0;
  int served = 0;
  const auto is_turn_over = [&] {
    return served >= served_max || read_in_turn_ >= read_in_turn_max;
  };
  for (int before = -1; served != before && !is_turn_over();) {
    before = served;
    while (!is_turn_over() && io_.poll_one() > 0) ++served;
    for (int i = 0; i < sockets_at_once && !is_turn_over() && sockets_.serve_one(); ++i) ++served;
  }
}

void Shard::settle() {
  bool moved = true;
  while (moved) {
    moved = host_.end_turn();
    for (Release& release : std::exchange(own_, {})) {
      hub_.apply(std::move(release));
      moved = true;
    }
    moved = hub_.flush() || moved;
  }
  arm();
  if (drained_ && hub_.sessions() == 0 && host_.idle()) std::exchange(drained_, nullptr)();
}

void Shard::arm() {
  if (releasing_) return;
  const TimeMs now = ports_.now();
  TimeMs next = now + idle_tick_ms;
  if (const auto due = host_.next_deadline()) next = std::min(next, *due);
  if (const auto due = hub_.next_deadline()) next = std::min(next, *due);
  if (host_.shut()) next = std::min(next, now + probe_every_ms);
  if (armed_for_ && *armed_for_ <= next) return;
  armed_for_ = next;
  timer_.expires_after(std::chrono::milliseconds(std::max<std::int64_t>(next - now, 0)));
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) on_timer();
  });
}

void Shard::on_timer() {
  armed_for_.reset();
  host_.probe();
  host_.tick();
  hub_.tick();
}

void Shard::drain(std::int64_t window_ms, std::function<void()> drained) {
  post([this, window_ms, drained = std::move(drained)]() mutable {
    drained_ = std::move(drained);
    hub_.drain(window_ms);
  });
}

void Shard::release() {
  post([this] {
    releasing_ = true;
    timer_.cancel();
    guard_.reset();
  });
}

std::unique_ptr<SilentSocket> Shard::count_silent(const std::string& address) {
  const auto counted = silent_.find(address);
  if (counted != silent_.end() && counted->second >= silent_sockets_max_) return nullptr;
  return std::make_unique<SilentSocket>(*this, address);
}

SilentSocket::SilentSocket(Shard& shard, std::string address)
    : shard_(shard), address_(std::move(address)) {
  ++shard_.silent_[address_];
}

SilentSocket::~SilentSocket() {
  const auto counted = shard_.silent_.find(address_);
  if (--counted->second == 0) shard_.silent_.erase(counted);
}

void Shard::to_place(PlaceMessage message) {
  if (shards_.empty()) return;
  Shard* home = shards_[home_of(message.place, shards())];
  if (home == this) {
    host_.handle(std::move(message));
    return;
  }
  boost::asio::post(home->io_, [home, message = std::move(message)]() mutable {
    home->host_.handle(std::move(message));
  });
}

void Shard::to_shard(ShardIndex shard, Release release) {
  if (shard == index_) {
    own_.push_back(std::move(release));
    return;
  }
  Shard* target = shards_[shard];
  boost::asio::post(target->io_, [target, release = std::move(release)]() mutable {
    target->hub_.apply(std::move(release));
  });
}

void Shard::post(std::function<void()> work) {
  boost::asio::post(io_, std::move(work));
}

void Shard::do_slowly(std::function<std::function<void()>()> work) {
  boost::asio::post(ports_.slow, [this, work = std::move(work)] {
    yield_to_shards();
    post(work());
  });
}

}  // namespace hallway
