// libFuzzer: no bytes make the codec crash, what it refuses it refuses in a whole frame, and what
// it reads it writes back. An input is a command's frame, or a stored push: its name, a newline,
// its data.
#include <cstdlib>
#include <string>
#include <string_view>

#include "protocol/codec.hpp"
#include "protocol/json_value.hpp"
#include "protocol/limits.hpp"
#include "protocol/text.hpp"

namespace hallway {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// What was written is one line of JSON that our own strict parse takes.
json::Parsed read_back(const std::string& frame) {
  require(frame.find('\n') == std::string::npos);
  json::Parsed parsed = json::parse(frame);
  require(!parsed.error && parsed.value.object());
  return parsed;
}

void require_whole_refusal(const Decoded& decoded) {
  const Error& error = decoded.command.error();
  require(!error.message.empty());
  std::string frame;
  encode_refusal(frame, decoded.id, error);
  read_back(frame);
}

/// A message reaches the others as it was typed.
void require_body_kept(const MessageSend& command) {
  require(text::code_points(command.body) <= limits::body_max && text::has_visible(command.body));
  std::string frame;
  encode_push(frame, {command.stream, 1, 1, PersonId{1}, MessagePosted{command.body, 0, {}}});
  const json::Parsed parsed = read_back(frame);
  const json::Object& data = *parsed.value.object()->find("data")->object();
  require(*data.find("body")->text() == command.body);
}

/// A series remembers what was asked of it.
void require_options_kept(const RoundOptions& options) {
  const std::string once = encode_stored(SeriesBegun{RoomId{1}, PlanId{1}, options});
  const auto again = decode_stored(SeriesBegun::name, stored_version, once);
  require(again.has_value());
  require(encode_stored(*again) == once);
}

void fuzz_command(std::string_view input) {
  const Decoded decoded = decode_command(input);
  require(!decoded.id || *decoded.id > 0);
  if (decoded.pong) return;
  if (decoded.command.has_error()) {
    require_whole_refusal(decoded);
  } else if (const auto* command = std::get_if<MessageSend>(&*decoded.command)) {
    require_body_kept(*command);
  } else if (const auto* preview = std::get_if<RoundPreview>(&*decoded.command)) {
    require_options_kept(preview->options);
  }
}

void fuzz_stored(std::string_view input) {
  const std::size_t newline = input.find('\n');
  if (newline == std::string_view::npos) return;
  const std::string_view name = input.substr(0, newline);
  const auto push = decode_stored(name, stored_version, input.substr(newline + 1));
  if (!push) return;
  require(name_of(*push) == name);
  const std::string once = encode_stored(*push);
  const auto again = decode_stored(name, stored_version, once);
  require(again.has_value());
  require(encode_stored(*again) == once);
}

}  // namespace
}  // namespace hallway

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  hallway::fuzz_command(input);
  hallway::fuzz_stored(input);
  return 0;
}
