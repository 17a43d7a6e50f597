// libFuzzer: the same bytes, split anyhow, through our reader of frames and through Beast's
// WebSocket: both must tell the same messages, pings and pongs, and end for the same reason.
#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/utf8_check.hpp"
#include "server/core/frame_codec.hpp"
#include "tests/fuzz/bytes.hpp"

namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using namespace hallway;

constexpr std::size_t message_max = 300;  // Small, so that the fuzzer finds the bound.

struct Outcome {
  std::vector<std::string> seen;  ///< A letter for the kind, then what it carries.
  std::uint16_t code = 0;         ///< What the server closes with; 0: it waits for more.
  bool operator==(const Outcome&) const = default;
};

Outcome ours(std::string bytes, const std::vector<std::size_t>& pieces) {
  FrameReader reader(message_max);
  Outcome outcome;
  std::size_t at = 0;
  for (std::size_t i = 0; at < bytes.size(); ++i) {
    const std::size_t size = std::min(bytes.size() - at, i < pieces.size() ? pieces[i] : 4096);
    std::string piece = bytes.substr(at, size);
    at += size;
    std::span<char> input(piece);
    for (;;) {
      const Received received = reader.next(input);
      const std::string carried(received.bytes);
      switch (received.kind) {
        case Received::Kind::nothing:
          break;
        case Received::Kind::text:
          outcome.seen.push_back("t" + carried);
          continue;
        case Received::Kind::binary:
          outcome.seen.push_back("b" + carried);
          continue;
        case Received::Kind::ping:
          outcome.seen.push_back("i" + carried);
          continue;
        case Received::Kind::pong:
          outcome.seen.push_back("o" + carried);
          continue;
        case Received::Kind::close:
        case Received::Kind::fault:
          outcome.code = received.code;
          return outcome;
      }
      break;
    }
    fuzz::require(input.empty());
  }
  return outcome;
}

/// The code of the last close frame among what Beast sent: the handshake's answer is left out.
std::uint16_t close_code_in(std::string_view sent) {
  std::uint16_t code = 0;
  while (sent.size() >= 2) {  // Pongs and a close: lengths of one byte.
    const auto size = static_cast<std::size_t>(static_cast<std::uint8_t>(sent[1]));
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(sent[i]); };
    if ((byte(0) & 0x0fU) == 8 && size >= 2) {
      code = static_cast<std::uint16_t>(byte(2) << 8U | byte(3));
    }
    sent.remove_prefix(2 + size);
  }
  return code;
}

Outcome beasts(std::string_view bytes) {
  boost::asio::io_context io;
  beast::test::stream client(io);
  websocket::stream<beast::test::stream, false> server(io);
  server.next_layer().connect(client);
  beast::http::request<beast::http::empty_body> request;
  request.method(beast::http::verb::get);
  request.version(11);
  request.target("/ws");
  request.set(beast::http::field::host, "x");
  request.set(beast::http::field::upgrade, "websocket");
  request.set(beast::http::field::connection, "upgrade");
  request.set(beast::http::field::sec_websocket_key, "dGhlIHNhbXBsZSBub25jZQ==");
  request.set(beast::http::field::sec_websocket_version, "13");
  server.accept(request);
  const std::size_t handshake_bytes = client.str().size();
  server.read_message_max(message_max);
  Outcome outcome;
  server.control_callback([&](websocket::frame_type kind, beast::string_view carried) {
    if (kind == websocket::frame_type::close) return;
    outcome.seen.push_back((kind == websocket::frame_type::ping ? "i" : "o") +
                           std::string(carried.data(), carried.size()));
  });
  server.next_layer().append(beast::string_view(bytes.data(), bytes.size()));
  client.close();
  for (;;) {
    beast::flat_buffer buffer;
    boost::system::error_code error;
    server.read(buffer, error);
    if (error) break;
    const auto data = buffer.cdata();
    outcome.seen.push_back((server.got_text() ? "t" : "b") +
                           std::string(static_cast<const char*>(data.data()), data.size()));
  }
  outcome.code = close_code_in(std::string_view(client.str()).substr(handshake_bytes));
  return outcome;
}

/// Half of the frames are made sound but for what the fuzzer changes, so that it gets far.
std::string stream_of(fuzz::Bytes& bytes) {
  std::string out;
  while (!bytes.empty() && out.size() < 4096) {
    const std::size_t choice = bytes.next();
    if (choice % 2 == 0) {
      out.push_back(static_cast<char>(bytes.next()));
      continue;
    }
    out.push_back(static_cast<char>(bytes.next()));
    const std::size_t size = bytes.below(choice % 8 == 1 ? 400 : 30);
    if (size < 126) {
      out.push_back(static_cast<char>(0x80U | size));
    } else {
      out.push_back('\xfe');
      out.push_back(static_cast<char>(size >> 8U));
      out.push_back(static_cast<char>(size & 0xffU));
    }
    for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(bytes.next()));
    for (std::size_t i = 0; i < size && !bytes.empty(); ++i) {
      out.push_back(static_cast<char>(bytes.next()));
    }
  }
  return out;
}

/// Where Beast departs from the RFC, and we do not.
void allow_for_known(const Outcome& told, Outcome& reference) {
  // A length with its highest bit set is no length (section 5.2); Beast finds it too big.
  if (told.code == close_protocol_error && reference.code == close_too_big) {
    reference.code = close_protocol_error;
  }
  // A message that ends within a code point, in a fragment that is empty: Beast lets it pass.
  const std::size_t at = told.seen.size();
  if (told.code == close_bad_payload && reference.seen.size() > at) {
    const std::string_view text(reference.seen[at]);
    Utf8Check check;
    fuzz::require(text.front() == 't' && check.take(text) && !check.complete());
    reference.seen.resize(at);
    reference.code = close_bad_payload;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  std::vector<std::size_t> pieces(bytes.below(32));
  for (std::size_t& piece : pieces) piece = 1 + bytes.next();
  const std::string stream = stream_of(bytes);
  const Outcome told = ours(stream, pieces);
  fuzz::require(told == ours(stream, {}));
  Outcome reference = beasts(stream);
  allow_for_known(told, reference);
  fuzz::require(told == reference);
  return 0;
}
