// One core's share of the server: its io_context and thread, the places it is home to, the sessions
// it accepted. The loop drains what is ready, then flushes what became dirty.
#pragma once

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/core/hub.hpp"
#include "server/core/place_host.hpp"
#include "server/net/sockets.hpp"

namespace hallway {

/// Borrowed by every shard; all outlive them.
struct ShardPorts {
  Journal& journal;
  Registry& registry;
  Observer& observer;
  boost::asio::thread_pool& slow;  ///< For searches: few threads, a bounded share of the machine.
  std::function<TimeMs()> now;     ///< Any thread.
  std::function<std::uint64_t()> random;
  Durability durability = Durability::commit;
  Groups* groups = nullptr;
};

class SilentSocket;

class Shard final : public Router {
 public:
  Shard(ShardIndex index, const Settings& settings, const SessionSettings& session_settings,
        std::size_t silent_sockets_max, ShardPorts ports);
  ~Shard() override;

  /// Told before `run`: all shards, this one among them, by index.
  void connect(std::vector<Shard*> shards) { shards_ = std::move(shards); }
  /// After every `run` has returned, before any shard goes: nothing more is sent between them.
  void disconnect() { shards_.clear(); }
  /// The thread's whole life; returns once stopped and out of work.
  void run();

  boost::asio::io_context& io() { return io_; }
  /// On this shard's thread only.
  Hub& hub() { return hub_; }
  PlaceHost& host() { return host_; }
  Sockets& sockets() { return sockets_; }

  /// Any thread: sessions are told to come back, spread over the window; `drained` is called once,
  /// on this shard's thread, when none is left and all that was decided is committed.
  void drain(std::int64_t window_ms, std::function<void()> drained);
  /// Any thread: `run` returns as soon as no work is left.
  void release();

  /// On this shard's thread: one more socket of an address that has not said hello, for as long as
  /// what it gives lives. Null: too many.
  std::unique_ptr<SilentSocket> count_silent(const std::string& address);
  /// Where all connections of this shard read to, each for one handler's time.
  std::span<char> read_buffer() { return read_buffer_; }
  /// So many bytes were read of a connection: what is said in one turn is bounded.
  void count_read(std::size_t bytes) { read_in_turn_ += bytes; }

  // --- Router, for what runs on this shard
  void to_place(PlaceMessage message) override;
  void to_shard(ShardIndex shard, Release release) override;
  void post(std::function<void()> work) override;
  ShardIndex shards() const override { return static_cast<ShardIndex>(shards_.size()); }

 private:
  friend class SilentSocket;

  /// What is ready has its turn, up to a bound.
  void serve_ready();
  void settle();
  void arm();
  void on_timer();
  void do_slowly(std::function<std::function<void()>()> work);

  const ShardIndex index_;
  const std::size_t silent_sockets_max_;
  ShardPorts ports_;
  std::vector<Shard*> shards_;
  std::vector<Release> own_;  ///< Releases to this shard itself, applied as the turn settles.
  std::unordered_map<std::string, std::size_t> silent_;
  std::array<char, 16 * 1024> read_buffer_;
  std::size_t read_in_turn_ = 0;
  std::function<void()> drained_;
  bool releasing_ = false;
  PlaceHost host_;
  Hub hub_;
  // Last, so that handlers which die with it (sockets, at a hard stop) still find the hub.
  boost::asio::io_context io_{1};
  Sockets sockets_{io_};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  boost::asio::steady_timer timer_;
  std::optional<TimeMs> armed_for_;
};

/// A socket of an address, counted until it has said hello.
class SilentSocket {
 public:
  SilentSocket(Shard& shard, std::string address);
  ~SilentSocket();
  SilentSocket(const SilentSocket&) = delete;
  SilentSocket& operator=(const SilentSocket&) = delete;

 private:
  Shard& shard_;
  const std::string address_;
};

}  // namespace hallway
