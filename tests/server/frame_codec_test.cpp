// The frames of RFC 6455 as the server reads and writes them: every length, every fault with its
// close code, fragments with control frames between them, and any split of the bytes.
#include <catch2/catch.hpp>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/utf8_check.hpp"
#include "server/core/frame_codec.hpp"

using namespace hallway;
using Kind = Received::Kind;
using namespace std::string_literals;

namespace {

constexpr std::size_t message_max = 16 * 1024;

struct Made {
  int opcode = 1;
  bool final = true;
  int reserved = 0;
  bool masked = true;
  std::string payload = {};
  std::optional<std::uint64_t> length = {};  ///< As the header tells it, where it lies.
  std::size_t length_bytes = 0;              ///< 0: the shortest form.
};

std::string bytes_of(const Made& made) {
  const std::uint64_t length = made.length.value_or(made.payload.size());
  const std::size_t length_bytes = made.length_bytes > 0 ? made.length_bytes
                                   : length < 126        ? 1
                                   : length <= 0xffff    ? 2
                                                         : 8;
  std::string out;
  out.push_back(static_cast<char>((made.final ? 0x80 : 0) | (made.reserved << 4) | made.opcode));
  const std::uint64_t second =
      length_bytes == 1 ? length : std::uint64_t{length_bytes == 2 ? 126U : 127U};
  out.push_back(static_cast<char>((made.masked ? 0x80U : 0U) | second));
  for (std::size_t i = length_bytes > 1 ? length_bytes : 0; i-- > 0;) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(length >> (8 * i))));
  }
  const std::string mask = "\x37\xfa\x21\x3d";
  if (made.masked) out += mask;
  for (std::size_t i = 0; i < made.payload.size(); ++i) {
    out.push_back(made.masked ? static_cast<char>(made.payload[i] ^ mask[i % 4]) : made.payload[i]);
  }
  return out;
}

std::string bytes_of(const std::vector<Made>& frames) {
  std::string out;
  for (const Made& made : frames) out += bytes_of(made);
  return out;
}

struct Seen {
  Kind kind = Kind::nothing;
  std::string bytes;
  std::uint16_t code = 0;
  friend bool operator==(const Seen&, const Seen&) = default;
};

/// What is understood when the bytes come in pieces, the first of `first` bytes, the others of
/// `others`.
std::vector<Seen> read(std::string_view bytes, std::size_t first, std::size_t others) {
  FrameReader reader(message_max);
  std::vector<Seen> seen;
  std::size_t size = first;
  while (!bytes.empty()) {
    std::string piece(bytes.substr(0, size));  // Its own memory, so that reading on is found out.
    bytes.remove_prefix(piece.size());
    size = others;
    std::span<char> input(piece);
    for (;;) {
      const Received received = reader.next(input);
      if (received.kind == Kind::nothing) break;
      seen.push_back({received.kind, std::string(received.bytes), received.code});
      if (received.kind == Kind::close || received.kind == Kind::fault) return seen;
    }
    REQUIRE(input.empty());
  }
  return seen;
}

std::vector<Seen> read(std::string_view bytes) {
  const std::vector<Seen> seen = read(bytes, bytes.size(), 1);
  CHECK(read(bytes, 1, 1) == seen);
  return seen;
}

Seen only(std::string_view bytes) {
  const std::vector<Seen> seen = read(bytes);
  REQUIRE(seen.size() == 1);
  return seen.front();
}

const Seen protocol_error{Kind::fault, "", 1002};
const Seen bad_payload{Kind::fault, "", 1007};
const Seen too_big{Kind::fault, "", 1009};

std::string close_of(std::uint16_t code, std::string_view reason = {}) {
  return bytes_of(Made{.opcode = 8, .payload = close_payload(code, reason)});
}

}  // namespace

TEST_CASE("messages of every length up to the bound come whole") {
  for (const unsigned size : {0U, 1U, 7U, 8U, 9U, 125U, 126U, 127U, 4096U, 16384U}) {
    const std::string text(size, 'x');
    CHECK(only(bytes_of(Made{.payload = text})) == Seen{Kind::text, text, 0});
    CHECK(only(bytes_of(Made{.opcode = 2, .payload = text})) == Seen{Kind::binary, text, 0});
  }
}

TEST_CASE("a message beyond the bound closes 1009 as soon as its header is there") {
  for (const std::uint64_t length : std::vector<std::uint64_t>{16385, 65535, 65536, 1ULL << 62U}) {
    CHECK(only(bytes_of(Made{.length = length})) == too_big);
  }
  CHECK(read(bytes_of({Made{.final = false, .payload = std::string(16384, 'x')},
                       Made{.opcode = 0, .payload = "x"}})) == std::vector{too_big});
  FrameReader long_messages(70'000);
  std::string bytes = bytes_of(Made{.payload = std::string(65536, 'y')});
  std::span<char> input(bytes);
  CHECK(long_messages.next(input).bytes.size() == 65536);
}

TEST_CASE("what is no sound frame closes 1002") {
  CHECK(only(bytes_of(Made{.masked = false, .payload = "{}"})) == protocol_error);
  CHECK(only(bytes_of(Made{.masked = false})) == protocol_error);
  for (const int reserved : {1, 2, 3, 4, 5, 6, 7}) {
    CHECK(only(bytes_of(Made{.reserved = reserved})) == protocol_error);
    CHECK(only(bytes_of(Made{.opcode = 9, .reserved = reserved})) == protocol_error);
  }
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    CHECK(only(bytes_of(Made{.opcode = opcode})) == protocol_error);
  }
  for (const int opcode : {8, 9, 10}) {
    CHECK(only(bytes_of(Made{.opcode = opcode, .final = false})) == protocol_error);
    CHECK(only(bytes_of(Made{.opcode = opcode, .payload = std::string(126, 'x')})) ==
          protocol_error);
  }
  CHECK(only(bytes_of(Made{.opcode = 0})) == protocol_error);
  for (const int opcode : {1, 2}) {
    CHECK(only(bytes_of({Made{.final = false}, Made{.opcode = opcode}})) == protocol_error);
  }
  CHECK(only(bytes_of(Made{.length = 1ULL << 63U})) == protocol_error);
  CHECK(only(bytes_of(Made{.length = ~0ULL})) == protocol_error);
  CHECK(only(bytes_of({Made{.final = false, .payload = "x"},
                       Made{.opcode = 0, .length = ~0ULL}})) == protocol_error);
}

TEST_CASE("a length has its shortest form") {
  CHECK(only(bytes_of(Made{.payload = "{}", .length_bytes = 2})) == protocol_error);
  CHECK(only(bytes_of(Made{.payload = std::string(125, 'x'), .length_bytes = 2})) ==
        protocol_error);
  CHECK(only(bytes_of(Made{.payload = "{}", .length_bytes = 8})) == protocol_error);
  CHECK(only(bytes_of(Made{.length = 65535, .length_bytes = 8})) == protocol_error);
}

TEST_CASE("pings and pongs of every length carry what they carry") {
  for (const unsigned size : {0U, 1U, 124U, 125U}) {
    const std::string payload(size, '\xff');  // They need not be text.
    CHECK(only(bytes_of(Made{.opcode = 9, .payload = payload})) == Seen{Kind::ping, payload, 0});
    CHECK(only(bytes_of(Made{.opcode = 10, .payload = payload})) == Seen{Kind::pong, payload, 0});
  }
}

TEST_CASE("a close frame names a code that a peer may send, or none") {
  CHECK(only(bytes_of(Made{.opcode = 8})) == Seen{Kind::close, "", 1000});
  CHECK(only(bytes_of(Made{.opcode = 8, .payload = "\x03"})) == protocol_error);
  for (unsigned number = 0; number <= 0xffff; ++number) {
    const auto code = static_cast<std::uint16_t>(number);
    const bool may =
        (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1013) || code >= 3000;
    const std::string bytes = close_of(code);
    const std::vector<Seen> seen = read(bytes, bytes.size(), 1);
    if (seen != std::vector{may ? Seen{Kind::close, "", code} : protocol_error}) FAIL(number);
  }
  CHECK(only(close_of(1000, "Goodbye, Zoë")) == Seen{Kind::close, "", 1000});
  CHECK(only(close_of(1000, std::string(123, 'x'))) == Seen{Kind::close, "", 1000});
  CHECK(only(close_of(1000, "\xff")) == protocol_error);
  CHECK(only(close_of(1000, "half a \xc3")) == protocol_error);
}

TEST_CASE("fragments are one message, with control frames between them, however the bytes come") {
  const std::string text = "Grüße aus dem Flur \U0001F6CB, 안녕";
  std::vector<Made> frames;
  std::vector<Seen> expected;
  for (std::size_t i = 0; i < text.size(); ++i) {  // Every code point is split between frames.
    frames.push_back(
        {.opcode = i == 0 ? 1 : 0, .final = i + 1 == text.size(), .payload = text.substr(i, 1)});
    if (i % 5 == 0) frames.push_back({.opcode = 0, .final = i + 1 == text.size()});
    if (i % 5 == 0 && i > 0) std::swap(frames.back().final, frames[frames.size() - 2].final);
    if (i + 1 == text.size()) break;
    const std::string payload = "ping " + std::to_string(i);
    frames.push_back({.opcode = i % 2 == 0 ? 9 : 10, .payload = payload});
    expected.push_back({i % 2 == 0 ? Kind::ping : Kind::pong, payload, 0});
  }
  expected.push_back({Kind::text, text, 0});
  frames.push_back({.payload = "the next"});
  expected.push_back({Kind::text, "the next", 0});
  frames.push_back({.opcode = 8, .payload = close_payload(1001, "away")});
  expected.push_back({Kind::close, "", 1001});
  const std::string bytes = bytes_of(frames);
  for (std::size_t first = 1; first <= bytes.size(); ++first) {
    if (read(bytes, first, bytes.size()) != expected) FAIL("split at " << first);
  }
  for (std::size_t size = 1; size < 40; ++size) {
    if (read(bytes, size, size) != expected) FAIL("pieces of " << size);
  }
}

TEST_CASE("text that is not UTF-8 closes 1007, and at the first byte that cannot be") {
  for (const std::string& bad :
       {"\xff"s, "\x80"s, "\xc0\xaf"s, "\xc1\xbf"s, "\xe0\x9f\xbf"s, "\xed\xa0\x80"s,
        "\xf0\x8f\xbf\xbf"s, "\xf4\x90\x80\x80"s, "\xf5\x80\x80\x80"s, "\xc3("s, "\xe2\x82("s,
        "12345678\xf0\x9f\x9b"s}) {
    CHECK(only(bytes_of(Made{.payload = bad})) == bad_payload);
    CHECK(only(bytes_of(Made{.payload = "eight by" + bad})) == bad_payload);
    CHECK(only(bytes_of(Made{.opcode = 2, .payload = bad})) == Seen{Kind::binary, bad, 0});
  }
  // The frame goes on, and nobody waits for it.
  const std::string begun = bytes_of(Made{.payload = "\xf0\x8f", .length = 100});
  CHECK(read(begun, 1, 1) == std::vector{bad_payload});
  CHECK(only(bytes_of({Made{.final = false, .payload = "\xc3"},
                       Made{.opcode = 0, .payload = "("}})) == bad_payload);
  // Half a code point, then a fragment of nothing that ends the message.
  CHECK(only(bytes_of({Made{.final = false, .payload = "\xc3"}, Made{.opcode = 0}})) ==
        bad_payload);
}

TEST_CASE("every code point is UTF-8, and no surrogate is") {
  for (std::uint32_t point = 0; point <= 0x10ffff; point += point < 0x11000 ? 1 : 251) {
    std::string text;
    const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
      put(point);
    } else if (point < 0x800) {
      put(0xc0U | point >> 6U);
    } else if (point < 0x10000) {
      put(0xe0U | point >> 12U);
      put(0x80U | (point >> 6U & 0x3fU));
    } else {
      put(0xf0U | point >> 18U);
      put(0x80U | (point >> 12U & 0x3fU));
      put(0x80U | (point >> 6U & 0x3fU));
    }
    if (point >= 0x80) put(0x80U | (point & 0x3fU));
    Utf8Check check;
    const bool is_sound = check.take(text) && check.complete();
    if (is_sound != (point < 0xd800 || point > 0xdfff)) FAIL(point);
  }
}

TEST_CASE("nothing is kept of a connection but what is incomplete") {
  FrameReader reader(message_max);
  const auto take = [&](std::string bytes) {
    std::span<char> input(bytes);
    while (reader.next(input).kind != Kind::nothing) {
    }
  };
  const std::string frame = bytes_of(Made{.payload = "hello"});
  take(frame);
  CHECK(reader.kept_bytes() == 0);
  take(frame.substr(0, 3));
  CHECK(reader.kept_bytes() > 0);
  take(frame.substr(3));
  CHECK(reader.kept_bytes() == 0);
  take(bytes_of(Made{.final = false, .payload = "hel"}));
  CHECK(reader.kept_bytes() > 0);
  take(bytes_of(Made{.opcode = 0, .payload = "lo"}));
  CHECK(reader.kept_bytes() == 0);
}

TEST_CASE("the header of what is sent stands in the room before it, in its shortest form") {
  const auto header = [](std::size_t size) {
    std::string room(frame_header_bytes_max, '\0');
    const std::size_t bytes = write_frame_header(room.data() + room.size(), Opcode::text, size);
    return room.substr(room.size() - bytes);
  };
  CHECK(header(0) == "\x81\0"s);
  CHECK(header(125) == "\x81\x7d"s);
  CHECK(header(126) == "\x81\x7e\0\x7e"s);
  CHECK(header(65535) == "\x81\x7e\xff\xff"s);
  CHECK(header(65536) == "\x81\x7f\0\0\0\0\0\x01\0\0"s);
  std::string control;
  append_control_frame(control, Opcode::pong, "back");
  append_control_frame(control, Opcode::close, close_payload(4201, "2000"));
  CHECK(control ==
        "\x8a\x04"
        "back\x88\x06\x10\x69"
        "2000");
}
