// The rules of talk, the same on every stream: send, edit, delete, react, pin, history, typing.
// The place says who the actor is there; nothing here knows rooms, tables or conversations.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/command.hpp"
#include "protocol/limits.hpp"
#include "rooms/decision.hpp"
#include "rooms/rate_limit.hpp"
#include "rooms/slices.hpp"
#include "rooms/stream_log.hpp"

namespace hallway {

/// What a mentioned id is to this stream.
enum class Mentioned : std::uint8_t { nobody, sees, unseeing };

/// What the actor may do on the stream. An error says why not; the default is a member who may
/// talk. One who may not even read it is answered `not_found` by the place (`unknown_stream`).
struct ChatRights {
  std::optional<Error> send;  ///< Also for edits and typing: `muted`, `forbidden`, `conflict` …
  std::optional<Error> pace;  ///< For new messages and edits.
  std::optional<Error> react;
  std::optional<Error> pin;
  bool may_delete_others = false;
  std::size_t body_max = limits::body_max;  ///< Fewer for a request to someone one has not met.
  std::size_t people = 0;  ///< Who receive the stream; beyond limits::typing_people_max no typing.
};

/// One stream as one person has it, for the length of one decision.
struct Chat {
  StreamId stream;
  const StreamLog& log;
  PersonId actor;
  ChatRights rights;
  Slices visible =
      everything();  ///< Of the offsets; what lies outside does not exist for the actor.
  const ChatPace& pace;
  std::function<Mentioned(PersonId)> mentioned;
  const Context& context;
};

/// The stream that a command of this file names; nullopt for every other command (also search and
/// read).
std::optional<StreamId> chat_stream_of(const Command& command);

/// What the nonce of a message stands for, to tell a repeat from a clash.
std::uint64_t digest_of_send(const MessageSend& command);

/// Precondition: `chat_stream_of(command) == chat.stream`, and the actor receives the stream. A
/// repeated nonce is answered before any right to write is asked for.
Decision decide_chat(const Command& command, const Chat& chat);

/// The answer for a stream that the actor does not receive, or that does not exist.
Error unknown_stream();

/// Ids written as `<@p_…>` in a body, each once, in order, at most limits::mentions_max.
std::vector<PersonId> mentioned_in(std::string_view body);

}  // namespace hallway
