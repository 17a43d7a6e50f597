// JSON ⇄ structs, and nothing else: the one module that knows how the wire is written.
// All functions are pure and may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/checks.hpp"
#include "protocol/command.hpp"
#include "protocol/error.hpp"
#include "protocol/push.hpp"
#include "protocol/reply.hpp"

namespace hallway {

/// One object from a client. `id` is absent when it could not be read (answered with `"id":null`)
/// or when the command may do without (`typing`).
struct Decoded {
  std::optional<std::int64_t> id;
  Result<Command> command;
  bool pong = false;  ///< `{"pong":…}`: no command at all; `command` holds no meaning.
};

/// Never throws. Checks UTF-8, nesting, duplicate keys, NUL, types and every field's bounds; the
/// refusal names the field. Text fields come back normalised where the protocol says so (names:
/// NFC, trimmed).
Decoded decode_command(std::string_view json);

// Each appends one JSON object to `out`, without a newline.
void encode_reply(std::string& out, std::optional<std::int64_t> id, const Reply& reply);
void encode_refusal(std::string& out, std::optional<std::int64_t> id, const Error& error);
void encode_push(std::string& out, const Push& push);
void encode_opened(std::string& out, const Snapshot& snapshot);
void encode_closed(std::string& out, StreamId stream);
void encode_ping(std::string& out, TimeMs now);

/// For HTTP: the objects alone.
std::string encode_person(const PersonView& person);
std::string encode_event(const EventView& event);

/// How the journal keeps a push: its data alone, where people are ids (`person.updated` without the
/// card).
std::string encode_stored(const PushData& data);
/// nullopt: not a push of any version we know (a broken journal). `version` is that of the stored
/// row.
std::optional<PushData> decode_stored(std::string_view name, int version, std::string_view json);
inline constexpr int stored_version = 1;

/// Bytes that `message` takes on the wire, at most; to stop a reply before its bound.
std::size_t encoded_bytes(const MessageView& message);

}  // namespace hallway
