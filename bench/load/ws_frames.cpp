// The client's side of RFC 6455 without I/O: see ws_frames.hpp.
#include "load/ws_frames.hpp"

#include <algorithm>
#include <cctype>

namespace hallway::load {
namespace {

constexpr std::string_view sample_key = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view sample_accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) {
    value = (value << 8U) | static_cast<std::uint8_t>(byte);
  }
  return value;
}

void append_big_endian(std::string& out, std::uint64_t value, unsigned bytes) {
  for (unsigned i = bytes; i-- > 0;) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> (8U * i))));
  }
}

}  // namespace

std::string upgrade_request(std::string_view host, std::string_view path) {
  std::string out = "GET ";
  out.append(path).append(" HTTP/1.1\r\nHost: ").append(host);
  out.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ");
  out.append(sample_key);
  out.append("\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: hallway.v1\r\n\r\n");
  return out;
}

bool upgrade_accepted(std::string_view header) {
  return header.starts_with("HTTP/1.1 101") &&
         header.find(sample_accept) != std::string_view::npos &&
         lower(header).find("sec-websocket-protocol: hallway.v1") != std::string::npos;
}

void append_frame(std::string& out, Opcode opcode, std::string_view payload) {
  constexpr std::uint8_t final_bit = 0x80;
  constexpr std::uint8_t mask_bit = 0x80;
  out.push_back(static_cast<char>(final_bit | static_cast<std::uint8_t>(opcode)));
  if (payload.size() < 126) {
    out.push_back(static_cast<char>(mask_bit | static_cast<std::uint8_t>(payload.size())));
  } else if (payload.size() <= 0xffff) {
    out.push_back(static_cast<char>(mask_bit | 126U));
    append_big_endian(out, payload.size(), 2);
  } else {
    out.push_back(static_cast<char>(mask_bit | 127U));
    append_big_endian(out, payload.size(), 8);
  }
  out.append(4, '\0');
  out.append(payload);
}

void append_close_frame(std::string& out, std::uint16_t code) {
  std::string payload;
  append_big_endian(payload, code, 2);
  append_frame(out, Opcode::close, payload);
}

std::optional<FrameHeader> read_frame_header(std::string_view bytes) {
  if (bytes.size() < 2) {
    return std::nullopt;
  }
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  const auto second = static_cast<std::uint8_t>(bytes[1]);
  FrameHeader header;
  header.final = (first & 0x80U) != 0;
  header.opcode = static_cast<Opcode>(first & 0x0fU);
  header.masked = (second & 0x80U) != 0;
  const unsigned short_length = second & 0x7fU;
  const std::size_t extra = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
  header.header_bytes = 2 + extra + (header.masked ? 4 : 0);
  if (bytes.size() < header.header_bytes) {
    return std::nullopt;
  }
  header.payload_bytes = extra == 0 ? short_length : big_endian(bytes.substr(2, extra));
  return header;
}

}  // namespace hallway::load
