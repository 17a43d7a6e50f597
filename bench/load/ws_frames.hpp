// The client's side of RFC 6455 without I/O: the handshake's text and the frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hallway::load {

enum class Opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  close = 0x8,
  ping = 0x9,
  pong = 0xA,
};

struct FrameHeader {
  bool final = false;
  bool masked = false;
  Opcode opcode = Opcode::text;
  std::uint64_t payload_bytes = 0;
  std::size_t header_bytes = 0;
};

/// The key is the RFC's own example, so that the expected answer is a constant, too: this client
/// guards against a wrong server, not against a cache in between.
[[nodiscard]] std::string upgrade_request(std::string_view host, std::string_view path);
/// Whether the header block (ending in an empty line) accepts the upgrade to hallway.v1.
[[nodiscard]] bool upgrade_accepted(std::string_view header);

/// Appends one final frame with a mask of zero: the payload stands in clear and can be patched.
void append_frame(std::string& out, Opcode opcode, std::string_view payload);
void append_close_frame(std::string& out, std::uint16_t code);

/// Nothing while the header is incomplete.
[[nodiscard]] std::optional<FrameHeader> read_frame_header(std::string_view bytes);

}  // namespace hallway::load
