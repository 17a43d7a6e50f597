// Reading and writing frames (frame_codec.hpp). The order of the checks is Beast's, so that both
// close with the same code where several things are wrong (tests/fuzz compares them).
#include "server/core/frame_codec.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "protocol/utf8_check.hpp"

namespace hallway {
namespace {

using Mask = std::array<char, 4>;

constexpr std::size_t client_header_bytes_max = 14;
constexpr std::uint8_t final_bit = 0x80;
constexpr std::uint8_t mask_bit = 0x80;
constexpr std::uint8_t two_byte_length = 126;
constexpr std::uint8_t eight_byte_length = 127;

bool is_control(Opcode opcode) {
  return (static_cast<std::uint8_t>(opcode) & 0x8U) != 0;
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = (value << 8U) | static_cast<std::uint8_t>(byte);
  return value;
}

void write_big_endian(char* out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0; value >>= 8U) {
    out[i] = static_cast<char>(static_cast<std::uint8_t>(value));
  }
}

/// By words: eight bytes are two masks. `mask` is turned so that it goes on behind these bytes.
void unmask(std::span<char> bytes, Mask& mask) {
  std::array<char, 8> twice{};
  std::memcpy(twice.data(), mask.data(), mask.size());
  std::memcpy(twice.data() + mask.size(), mask.data(), mask.size());
  std::uint64_t key = 0;
  std::memcpy(&key, twice.data(), sizeof key);
  std::size_t at = 0;
  for (; at + sizeof key <= bytes.size(); at += sizeof key) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    word ^= key;
    std::memcpy(bytes.data() + at, &word, sizeof word);
  }
  for (std::size_t i = at; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(bytes[i] ^ mask[i % mask.size()]);
  }
  const Mask before = mask;
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = before[(bytes.size() + i) % mask.size()];
}

/// RFC 6455 section 7.4: what a peer may send.
bool is_close_code(std::uint64_t code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1013) || code >= 3000;
}

Received fault(std::uint16_t code) {
  return {Received::Kind::fault, {}, code};
}

Received control_received(Opcode opcode, std::string_view payload) {
  if (opcode == Opcode::ping) return {Received::Kind::ping, payload, 0};
  if (opcode == Opcode::pong) return {Received::Kind::pong, payload, 0};
  if (payload.empty()) return {Received::Kind::close, {}, close_normal};
  if (payload.size() == 1) return fault(close_protocol_error);
  const std::uint64_t code = big_endian(payload.substr(0, 2));
  Utf8Check reason;
  if (!is_close_code(code) || !reason.take(payload.substr(2)) || !reason.complete()) {
    return fault(close_protocol_error);
  }
  return {Received::Kind::close, {}, static_cast<std::uint16_t>(code)};
}

std::string_view view(std::span<const char> bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace

// --- What is sent

std::size_t write_frame_header(char* payload, Opcode opcode, std::size_t payload_bytes) {
  const std::size_t length_bytes = payload_bytes < two_byte_length ? 0
                                   : payload_bytes <= 0xffff       ? 2
                                                                   : 8;
  char* const header = payload - 2 - length_bytes;
  header[0] = static_cast<char>(final_bit | static_cast<std::uint8_t>(opcode));
  header[1] = static_cast<char>(length_bytes == 0   ? payload_bytes
                                : length_bytes == 2 ? two_byte_length
                                                    : eight_byte_length);
  write_big_endian(header + 2, payload_bytes, length_bytes);
  return 2 + length_bytes;
}

void append_control_frame(std::string& out, Opcode opcode, std::string_view payload) {
  out.append(2, '\0');
  write_frame_header(out.data() + out.size(), opcode, payload.size());
  out.append(payload);
}

std::string close_payload(std::uint16_t code, std::string_view reason) {
  std::string out(2, '\0');
  write_big_endian(out.data(), code, 2);
  out.append(reason);
  return out;
}

// --- What is received

struct FrameReader::Header {
  Opcode opcode = Opcode::continuation;
  bool final = false;
  bool reserved = false;
  bool masked = false;
  std::uint8_t short_length = 0;
  std::uint64_t payload_bytes = 0;
  Mask mask{};
  std::size_t header_bytes = 0;

  /// Nothing while bytes of it are missing.
  static std::optional<Header> read(std::string_view bytes) {
    if (bytes.size() < 2) return std::nullopt;
    const auto first = static_cast<std::uint8_t>(bytes[0]);
    const auto second = static_cast<std::uint8_t>(bytes[1]);
    Header header;
    header.masked = (second & mask_bit) != 0;
    header.short_length = second & 0x7fU;
    const std::size_t length_bytes = header.short_length == two_byte_length     ? 2
                                     : header.short_length == eight_byte_length ? 8
                                                                                : 0;
    header.header_bytes = 2 + length_bytes + (header.masked ? header.mask.size() : 0);
    if (bytes.size() < header.header_bytes) return std::nullopt;
    header.opcode = static_cast<Opcode>(first & 0x0fU);
    header.final = (first & final_bit) != 0;
    header.reserved = (first & 0x70U) != 0;
    header.payload_bytes =
        length_bytes == 0 ? header.short_length : big_endian(bytes.substr(2, length_bytes));
    if (header.masked) {
      bytes.substr(2 + length_bytes).copy(header.mask.data(), header.mask.size());
    }
    return header;
  }
};

struct FrameReader::Kept {
  // A header that is incomplete.
  std::array<char, client_header_bytes_max> header_bytes{};
  std::size_t header_size = 0;
  // A frame whose payload is incomplete.
  bool in_frame = false;
  Header frame;
  std::uint64_t left = 0;  ///< Of its payload.
  std::array<char, control_bytes_max> control{};
  std::size_t control_size = 0;
  // A message whose frames are incomplete.
  bool in_message = false;
  bool is_text = false;
  Utf8Check utf8;
  std::string message;

  bool is_idle() const { return header_size == 0 && !in_frame && !in_message; }
};

FrameReader::FrameReader(std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max) {}
FrameReader::~FrameReader() = default;

FrameReader::Kept& FrameReader::kept() {
  if (!kept_) kept_ = std::make_unique<Kept>();
  return *kept_;
}

std::size_t FrameReader::kept_bytes() const {
  return kept_ ? sizeof(Kept) + kept_->message.capacity() : 0;
}

Received FrameReader::next(std::span<char>& input) {
  if (kept_ && kept_->is_idle()) kept_.reset();  // What was given out of it has been used.
  for (;;) {
    if (!kept_ || !kept_->in_frame) {
      Header header;
      if (!take_header(input, header)) return {};
      if (const std::uint16_t code = fault_of(header); code != 0) return fault(code);
      const bool is_alone =
          is_control(header.opcode) || (header.final && !(kept_ && kept_->in_message));
      if (is_alone && header.payload_bytes <= input.size()) return whole_frame(header, input);
      begin(header);
    }
    const Received received = take_payload(input);
    if (received.kind != Received::Kind::nothing || input.empty()) return received;
  }
}

/// False: it is incomplete, and what there is of it is kept.
bool FrameReader::take_header(std::span<char>& input, Header& header) {
  const std::size_t before = kept_ ? kept_->header_size : 0;
  if (before == 0) {
    if (const auto read = Header::read(view(input))) {
      header = *read;
      input = input.subspan(header.header_bytes);
      return true;
    }
    if (input.empty()) return false;
  }
  Kept& some = kept();
  auto& bytes = some.header_bytes;
  const std::size_t more = std::min(input.size(), bytes.size() - before);
  std::copy_n(input.begin(), more, bytes.begin() + static_cast<std::ptrdiff_t>(before));
  const auto read = Header::read(view(std::span(bytes).first(before + more)));
  if (!read) {
    some.header_size = before + more;
    input = input.subspan(more);
    return false;
  }
  header = *read;
  some.header_size = 0;
  input = input.subspan(header.header_bytes - before);
  return true;
}

/// The code to close with, or 0.
std::uint16_t FrameReader::fault_of(const Header& header) const {
  const bool in_message = kept_ && kept_->in_message;
  const bool is_sound = [&] {
    switch (header.opcode) {
      case Opcode::text:
      case Opcode::binary:
        return !in_message;
      case Opcode::continuation:
        return in_message;
      case Opcode::close:
      case Opcode::ping:
      case Opcode::pong:
        return header.final && header.short_length <= control_bytes_max;
    }
    return false;  // Reserved.
  }();
  // The shortest form of a length is its only one, and its highest bit is 0.
  const bool is_length_sound =
      header.short_length == two_byte_length ? header.payload_bytes >= two_byte_length
      : header.short_length == eight_byte_length
          ? header.payload_bytes > 0xffff && header.payload_bytes >> 63U == 0
          : true;
  if (!is_sound || header.reserved || !header.masked || !is_length_sound) {
    return close_protocol_error;
  }
  const std::size_t before = in_message ? kept_->message.size() : 0;
  if (!is_control(header.opcode) && header.payload_bytes > message_bytes_max_ - before) {
    return close_too_big;
  }
  return 0;
}

/// All of it lies in `input`: what is given out is there, too.
Received FrameReader::whole_frame(const Header& header, std::span<char>& input) {
  const std::span<char> payload = input.first(static_cast<std::size_t>(header.payload_bytes));
  input = input.subspan(payload.size());
  Mask mask = header.mask;
  unmask(payload, mask);
  if (is_control(header.opcode)) return control_received(header.opcode, view(payload));
  if (header.opcode == Opcode::binary) return {Received::Kind::binary, view(payload), 0};
  Utf8Check utf8;
  if (!utf8.take(view(payload)) || !utf8.complete()) return fault(close_bad_payload);
  return {Received::Kind::text, view(payload), 0};
}

void FrameReader::begin(const Header& header) {
  Kept& some = kept();
  some.in_frame = true;
  some.frame = header;
  some.left = header.payload_bytes;
  if (is_control(header.opcode)) {
    some.control_size = 0;
  } else if (header.opcode != Opcode::continuation) {
    some.in_message = true;
    some.is_text = header.opcode == Opcode::text;
    some.utf8 = {};
    some.message.clear();
  }
}

Received FrameReader::take_payload(std::span<char>& input) {
  Kept& some = *kept_;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(some.left, input.size()));
  const std::span<char> piece = input.first(size);
  input = input.subspan(size);
  some.left -= size;
  unmask(piece, some.frame.mask);
  if (is_control(some.frame.opcode)) {
    std::copy(piece.begin(), piece.end(), some.control.data() + some.control_size);
    some.control_size += size;
  } else {
    some.message.append(piece.data(), piece.size());
    if (some.is_text && !some.utf8.take(view(piece))) return fault(close_bad_payload);
  }
  return some.left == 0 ? end_frame() : Received{};
}

Received FrameReader::end_frame() {
  Kept& some = *kept_;
  some.in_frame = false;
  if (is_control(some.frame.opcode)) {
    return control_received(some.frame.opcode, {some.control.data(), some.control_size});
  }
  if (!some.frame.final) return {};
  some.in_message = false;
  if (!some.is_text) return {Received::Kind::binary, some.message, 0};
  if (!some.utf8.complete()) return fault(close_bad_payload);
  return {Received::Kind::text, some.message, 0};
}

}  // namespace hallway
