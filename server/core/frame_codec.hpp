// The frames of RFC 6455 from the server's side, without I/O: what a client's bytes mean, and the
// headers of what is sent to it. One thread (the connection's).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hallway {

enum class Opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  close = 0x8,
  ping = 0x9,
  pong = 0xa,
};

// The close codes of the RFC that framing itself gives (section 7.4.1).
inline constexpr std::uint16_t close_normal = 1000;
inline constexpr std::uint16_t close_protocol_error = 1002;
inline constexpr std::uint16_t close_bad_payload = 1007;
inline constexpr std::uint16_t close_too_big = 1009;

inline constexpr std::size_t control_bytes_max = 125;
/// The longest header of what a server sends: it masks nothing.
inline constexpr std::size_t frame_header_bytes_max = 10;

/// Writes the header of a final frame so that it ends just before `payload`, where there is room
/// for `frame_header_bytes_max`. Returns its size.
std::size_t write_frame_header(char* payload, Opcode opcode, std::size_t payload_bytes);
/// Appends a whole frame. Precondition: at most `control_bytes_max`.
void append_control_frame(std::string& out, Opcode opcode, std::string_view payload);
/// The payload of a close frame.
std::string close_payload(std::uint16_t code, std::string_view reason);

/// What was understood. Everything is sound: text is UTF-8, a control frame is whole.
struct Received {
  enum class Kind : std::uint8_t { nothing, text, binary, ping, pong, close, fault };
  Kind kind = Kind::nothing;
  /// A message, or what a ping or pong carries. Valid until the next call.
  std::string_view bytes = {};
  /// close: what the peer closes with, to be echoed (1000 where it gave none). fault: what to close
  /// with.
  std::uint16_t code = 0;
};

/// Keeps nothing between two calls but a frame or message that is incomplete.
class FrameReader {
 public:
  explicit FrameReader(std::size_t message_bytes_max);
  ~FrameReader();

  /// Takes bytes from the front of `input`, unmasking them in place, until something is complete.
  /// `nothing`: all of `input` is taken. Not to be called again after `close` or `fault`.
  Received next(std::span<char>& input);
  /// What is kept, in bytes.
  std::size_t kept_bytes() const;

 private:
  struct Header;
  struct Kept;

  bool take_header(std::span<char>& input, Header& header);
  std::uint16_t fault_of(const Header& header) const;
  Received whole_frame(const Header& header, std::span<char>& input);
  void begin(const Header& header);
  Received take_payload(std::span<char>& input);
  Received end_frame();
  Kept& kept();

  std::size_t message_bytes_max_;
  std::unique_ptr<Kept> kept_;
};

}  // namespace hallway
