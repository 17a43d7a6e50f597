// The rules of talk: see chat.hpp.
#include "rooms/chat.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>

#include "protocol/text.hpp"
#include "rooms/invariant.hpp"
#include "rooms/nonce.hpp"

namespace hallway {
namespace {

template <class T>
concept ChatCommand = std::is_same_v<T, MessageSend> || std::is_same_v<T, MessageEdit> ||
    std::is_same_v<T, MessageDelete> || std::is_same_v<T, MessageReact> ||
    std::is_same_v<T, MessagePin> || std::is_same_v<T, MessageUnpin> ||
    std::is_same_v<T, MessageHistory> || std::is_same_v<T, Typing>;

std::uint64_t digest_of_stream(Digest& digest, StreamId stream) {
  return digest.add(static_cast<std::uint64_t>(stream.kind)).add(stream.value).value();
}

std::uint64_t digest_of(const MessageEdit& command) {
  Digest digest(MessageEdit::name);
  digest.add(command.offset).add(command.body);
  return digest_of_stream(digest, command.stream);
}

std::uint64_t digest_of(const MessageDelete& command) {
  Digest digest(MessageDelete::name);
  digest.add(command.offset).add(command.reason);
  return digest_of_stream(digest, command.stream);
}

Error no_such_message(std::string field) {
  return refuse(ErrorCode::not_found, "There is no such message.", std::move(field));
}

Error message_is_deleted() {
  return refuse(ErrorCode::conflict, "This message was deleted.", "offset");
}

const MessageView* find_visible(const Chat& chat, Offset offset) {
  return contains(chat.visible, offset) ? chat.log.find_message(offset) : nullptr;
}

Push push_of(const Chat& chat, PushData data) {
  Push push;
  push.stream = chat.stream;
  push.at = chat.context.now;
  push.by = chat.actor;
  push.data = std::move(data);
  return push;
}

/// The first of a command's pushes carries the nonce: a repeat is answered with its offset.
Push push_of(const Chat& chat, PushData data, const Nonce& nonce, std::uint64_t digest) {
  Push push = push_of(chat, std::move(data));
  push.nonce = nonce;
  push.digest = digest;
  return push;
}

Decision posted(Push push) {
  Decision decision;
  decision.pushes.push_back(std::move(push));
  decision.reply = PostedReply{};
  return decision;
}

std::vector<PersonId> unseeing(const std::vector<PersonId>& mentions, const Chat& chat) {
  std::vector<PersonId> people;
  std::copy_if(mentions.begin(), mentions.end(), std::back_inserter(people),
               [&](PersonId person) { return chat.mentioned(person) == Mentioned::unseeing; });
  return people;
}

std::optional<Error> refuse_long(const std::string& body, const Chat& chat) {
  if (text::code_points(body) <= chat.rights.body_max) return std::nullopt;
  const std::string bound = std::to_string(chat.rights.body_max);
  return refuse(ErrorCode::too_large, "A message here has at most " + bound + " characters.",
                "body");
}

std::optional<Error> refuse_pace(const Chat& chat) {
  const std::int64_t wait_ms = chat.pace.wait_ms(chat.actor, chat.stream, chat.context.now);
  if (wait_ms == 0) return std::nullopt;
  Error error = refuse(ErrorCode::rate_limited, "That was quick. Please wait a moment.");
  error.retry_after_ms = wait_ms;
  return error;
}

std::optional<Error> refuse_send(const MessageSend& command, const Chat& chat) {
  if (chat.rights.send) return chat.rights.send;
  if (auto error = refuse_long(command.body, chat)) return error;
  if (command.reply_to != 0 && !find_visible(chat, command.reply_to)) {
    return no_such_message("reply_to");
  }
  if (chat.log.all_messages().size() >= limits::messages_max) {
    return refuse(ErrorCode::too_large, "This place holds as many messages as it can.");
  }
  if (chat.rights.pace) return chat.rights.pace;
  return refuse_pace(chat);
}

Decision decide(const MessageSend& command, const Chat& chat) {
  const std::uint64_t digest = digest_of_send(command);
  if (auto before =
          answered_before(chat.log, chat.actor, command.nonce, digest, chat.context.now)) {
    if (auto* reply = std::get_if<PostedReply>(&before->reply)) {
      const MessageView* message = chat.log.find_message(reply->offset);
      if (message) reply->unseen = unseeing(message->mentions, chat);
    }
    return std::move(*before);
  }
  if (auto error = refuse_send(command, chat)) return refused(std::move(*error));

  MessagePosted message{command.body, command.reply_to, mentioned_in(command.body)};
  std::erase_if(message.mentions,
                [&](PersonId person) { return chat.mentioned(person) == Mentioned::nobody; });
  PostedReply reply;
  reply.unseen = unseeing(message.mentions, chat);
  Decision decision = posted(push_of(chat, std::move(message), command.nonce, digest));
  decision.reply = std::move(reply);
  return decision;
}

Decision decide(const MessageEdit& command, const Chat& chat) {
  const std::uint64_t digest = digest_of(command);
  if (auto before =
          answered_before(chat.log, chat.actor, command.nonce, digest, chat.context.now)) {
    return std::move(*before);
  }
  const MessageView* message = find_visible(chat, command.offset);
  if (!message) return refused(no_such_message("offset"));
  if (message->by != chat.actor) {
    return refused(refuse(ErrorCode::forbidden, "You can only edit your own messages.", "offset"));
  }
  if (message->deleted) return refused(message_is_deleted());
  if (chat.rights.send) return refused(*chat.rights.send);
  if (auto error = refuse_long(command.body, chat)) return refused(std::move(*error));
  // Other words are said no faster by changing old ones.
  if (chat.rights.pace) return refused(*chat.rights.pace);
  if (auto error = refuse_pace(chat)) return refused(std::move(*error));
  return posted(push_of(chat, MessageEdited{command.offset, command.body}, command.nonce, digest));
}

Decision decide(const MessageDelete& command, const Chat& chat) {
  const std::uint64_t digest = digest_of(command);
  if (auto before =
          answered_before(chat.log, chat.actor, command.nonce, digest, chat.context.now)) {
    return std::move(*before);
  }
  const MessageView* message = find_visible(chat, command.offset);
  if (!message) return refused(no_such_message("offset"));
  if (message->by != chat.actor && !chat.rights.may_delete_others) {
    return refused(
        refuse(ErrorCode::forbidden, "You can only delete your own messages.", "offset"));
  }
  if (message->deleted) return Decision{};
  Decision decision =
      posted(push_of(chat, MessageDeleted{command.offset, command.reason}, command.nonce, digest));
  if (message->pinned) decision.pushes.push_back(push_of(chat, MessageUnpinned{command.offset}));
  return decision;
}

std::optional<Error> refuse_reaction(const MessageView& message, const std::string& emoji) {
  std::size_t people = 0;
  bool is_new = true;
  for (const auto& [known, reacted] : message.reactions) {
    people += reacted.size();
    is_new = is_new && known != emoji;
  }
  if (people >= limits::reaction_people_max ||
      (is_new && message.reactions.size() >= limits::reactions_max)) {
    return refuse(ErrorCode::too_large, "This message has as many reactions as it can hold.",
                  "emoji");
  }
  return std::nullopt;
}

Decision decide(const MessageReact& command, const Chat& chat) {
  const MessageView* message = find_visible(chat, command.offset);
  if (!message) return refused(no_such_message("offset"));
  if (chat.rights.react) return refused(*chat.rights.react);
  const bool is_on =
      std::any_of(message->reactions.begin(), message->reactions.end(), [&](const auto& reaction) {
        const auto& people = reaction.second;
        return reaction.first == command.emoji &&
               std::find(people.begin(), people.end(), chat.actor) != people.end();
      });
  if (is_on == command.on) return Decision{};
  if (command.on) {
    if (message->deleted) return refused(message_is_deleted());
    if (auto error = refuse_reaction(*message, command.emoji)) return refused(std::move(*error));
  }
  return posted(push_of(chat, MessageReacted{command.offset, command.emoji, command.on}));
}

Decision decide(const MessagePin& command, const Chat& chat) {
  const MessageView* message = find_visible(chat, command.offset);
  if (!message) return refused(no_such_message("offset"));
  if (chat.rights.pin) return refused(*chat.rights.pin);
  if (message->deleted) return refused(message_is_deleted());
  if (message->pinned) return Decision{};
  if (chat.log.pinned_count() >= limits::pins_max) {
    return refused(refuse(ErrorCode::too_large, "Unpin something first: no more pins fit here."));
  }
  return posted(push_of(chat, MessagePinned{command.offset}));
}

Decision decide(const MessageUnpin& command, const Chat& chat) {
  const MessageView* message = find_visible(chat, command.offset);
  if (!message) return refused(no_such_message("offset"));
  if (chat.rights.pin) return refused(*chat.rights.pin);
  if (!message->pinned) return Decision{};
  return posted(push_of(chat, MessageUnpinned{command.offset}));
}

Decision decide(const MessageHistory& command, const Chat& chat) {
  MessagesReply reply;
  reply.messages = chat.log.messages(chat.visible, command.before, command.limit, reply.more);
  Decision decision;
  decision.reply = std::move(reply);
  return decision;
}

Decision decide(const Typing&, const Chat& chat) {
  if (chat.rights.send) return refused(*chat.rights.send);
  Decision decision;
  if (chat.rights.people > limits::typing_people_max) return decision;
  if (!chat.pace.may_type(chat.actor, chat.stream, chat.context.now)) return decision;
  decision.pushes.push_back(push_of(chat, TypingPush{}));
  return decision;
}

}  // namespace

std::uint64_t digest_of_send(const MessageSend& command) {
  Digest digest(MessageSend::name);
  digest.add(command.body).add(command.reply_to);
  return digest_of_stream(digest, command.stream);
}

std::optional<StreamId> chat_stream_of(const Command& command) {
  return std::visit(
      [](const auto& asked) -> std::optional<StreamId> {
        if constexpr (ChatCommand<std::decay_t<decltype(asked)>>) return asked.stream;
        return std::nullopt;
      },
      command);
}

Decision decide_chat(const Command& command, const Chat& chat) {
  invariant(chat_stream_of(command) == chat.stream, "chat is asked about its own stream");
  return std::visit(
      [&](const auto& asked) {
        if constexpr (ChatCommand<std::decay_t<decltype(asked)>>) {
          return decide(asked, chat);
        } else {
          return refused(unknown_stream());
        }
      },
      command);
}

Error unknown_stream() {
  return refuse(ErrorCode::not_found, "There is no such place, or it is not yours to see.",
                "stream");
}

std::vector<PersonId> mentioned_in(std::string_view body) {
  constexpr std::string_view opening = "<@";
  std::vector<PersonId> people;
  for (std::size_t at = body.find(opening); at != std::string_view::npos;
       at = body.find(opening, at)) {
    at += opening.size();
    const std::size_t end = body.find('>', at);
    if (end == std::string_view::npos) break;
    const PersonId person = parse_id<PersonTag>(body.substr(at, end - at));
    const bool is_known = std::find(people.begin(), people.end(), person) != people.end();
    if (person && !is_known) people.push_back(person);
    if (people.size() == limits::mentions_max) break;
  }
  return people;
}

}  // namespace hallway
