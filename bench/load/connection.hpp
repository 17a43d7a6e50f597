// One WebSocket connection of the load client: socket, handshake, frames in and out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "load/loop.hpp"
#include "load/tls_line.hpp"
#include "load/ws_frames.hpp"

namespace hallway::load {

/// A loopback address; anything else is refused, since this program exists to make load.
struct Endpoint {
  std::string host;  // "127.0.0.1" or "localhost"
  std::uint16_t port = 0;
  bool tls = false;

  [[nodiscard]] std::string authority() const { return host + ":" + std::to_string(port); }
};

/// Begins a non-blocking connect to the endpoint with TCP_NODELAY; -1 when the machine refuses.
[[nodiscard]] int open_socket(const Endpoint& endpoint, int receive_buffer_bytes = 0);

struct LineSettings {
  int receive_buffer_bytes = 0;  // 0: as the system gives it
  bool urgent = false;           // read before the others: see Loop::watch
};

struct TrafficCount {
  std::uint64_t reads = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t messages_in = 0;
  std::uint64_t frames_out = 0;
};

/// Owned by a member, reusable after it has gone. Holds a buffer only for incomplete frames.
class Connection final : private Loop::Handler {
 public:
  class Events {
   public:
    virtual void on_open() = 0;
    virtual void on_text(std::string_view message) = 0;
    /// The close code the server gave, or 0 when the connection was simply lost.
    virtual void on_gone(int close_code) = 0;

   protected:
    ~Events() = default;
  };

  Connection(Loop& loop, Endpoint endpoint, Events& events, TrafficCount& traffic,
             LineSettings settings = {});
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void connect(std::string_view path);
  void send_text(std::string_view message);
  /// A whole frame built beforehand with append_frame.
  void send_frame(std::string_view frame);
  /// Says goodbye; on_gone follows when the server has answered.
  void close(std::uint16_t code);
  /// Loses the connection at once, without a word; on_gone is not called.
  void drop();
  /// While paused nothing is read and nothing answered: a reader that stopped, or a dead link.
  void pause(bool paused);

  [[nodiscard]] bool is_open() const { return state_ == State::open; }
  [[nodiscard]] bool is_idle() const { return state_ == State::idle; }

 private:
  enum class State { idle, connecting, upgrading, open };

  void on_ready(std::uint32_t events) override;
  void read_some();
  void consume(std::string_view bytes);
  std::size_t consume_upgrade(std::string_view bytes);
  std::size_t consume_frames(std::string_view bytes);
  void handle_frame(const FrameHeader& header, std::string_view payload);
  void write(std::string_view bytes);
  [[nodiscard]] ssize_t send_some(std::string_view bytes);
  void flush_backlog();
  void update_interest();
  void release();
  void lose(int close_code);

  Loop& loop_;
  Endpoint endpoint_;
  Events& events_;
  TrafficCount& traffic_;
  LineSettings settings_;
  State state_ = State::idle;
  int fd_ = -1;
  std::unique_ptr<TlsLine> tls_;
  Loop::Watch watch_ = 0;
  std::uint32_t interest_ = 0;
  bool paused_ = false;
  int close_code_ = 0;
  std::string partial_;    // an incomplete frame, or the handshake's header
  std::string fragments_;  // the parts of a fragmented message
  std::string backlog_;    // what the socket did not take
  std::string scratch_;
};

}  // namespace hallway::load
