// The real Transport: WebSocket frames on a socket that never blocks, plain or TLS, after the
// handshake. One thread (its shard's).
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "server/core/frame_codec.hpp"
#include "server/net/channel.hpp"
#include "server/net/shard.hpp"
#include "server/net/sockets.hpp"

namespace hallway {

/// The shard's sockets own it for as long as they are watched. Reads into the shard's buffer and
/// writes from what all who receive it share: of its own it has bytes only where a message is
/// incomplete or the peer does not take what is sent.
class WsTransport final : public Transport,
                          public SocketUser,
                          public std::enable_shared_from_this<WsTransport> {
 public:
  /// `silent`: counts this socket until it has said hello. The channel's socket never blocks.
  WsTransport(Shard& shard, Channel channel, std::unique_ptr<SilentSocket> silent);
  ~WsTransport() override;

  void start(Principal principal);

  bool send(const Frame& frame) override;
  void close(CloseCode code) override;

  void on_ready(Ready ready) override;

 private:
  /// open. closing: our close is sent or on its way, nothing is listened to but the peer's.
  /// ending: nothing more is said; what the peer still sends is thrown away until it stops.
  enum class State : std::uint8_t { open, closing, ending, gone };

  void readable();
  void understand(std::span<char> bytes);
  void answer_ping(std::string_view payload);

  bool write(std::string_view bytes);
  bool push(std::string_view& bytes);
  void write_waiting();

  void start_closing(std::uint16_t code, std::string_view reason);
  /// What waits is written, then nothing more.
  void end();
  /// At once, whatever waits.
  void give_up();

  Shard& shard_;
  Channel channel_;
  FrameReader reader_;
  Session* session_ = nullptr;
  std::unique_ptr<SilentSocket> silent_;
  std::unique_ptr<boost::asio::steady_timer> close_timer_;
  /// What the socket did not take, from `waiting_from_` on: the rest of one message of the
  /// session's and some control frames.
  std::string waiting_;
  std::size_t waiting_from_ = 0;
  std::unique_ptr<std::string> pong_;  ///< To follow: the answer to the latest ping.
  State state_ = State::open;
  bool is_session_waiting_ = false;  ///< For `on_sent`.
  bool has_peer_ended_ = false;
};

}  // namespace hallway
