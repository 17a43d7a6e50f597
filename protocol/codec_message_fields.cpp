// The fields of the commands that concern messages, conversations and blocks.
#include "protocol/codec_command_fields.hpp"

namespace hallway {
namespace {

/// The message meant: its identity is its stream and offset.
template <class T>
void read_message(Fields& in, T& out) {
  out.stream = in.stream();
  out.offset = in.offset("offset");
}

}  // namespace

void read_fields(Fields& in, MessageSend& out) {
  out.nonce = in.nonce();
  out.stream = in.stream();
  out.body = in.body("body");
  if (in.has("reply_to")) out.reply_to = in.offset("reply_to");
}

void read_fields(Fields& in, MessageEdit& out) {
  out.nonce = in.nonce();
  read_message(in, out);
  out.body = in.body("body");
}

void read_fields(Fields& in, MessageDelete& out) {
  out.nonce = in.nonce();
  read_message(in, out);
  out.reason = in.optional_line("reason", limits::reason_max).value_or("");
}

void read_fields(Fields& in, MessageReact& out) {
  read_message(in, out);
  out.emoji = in.emoji("emoji");
  out.on = in.boolean("on");
}

void read_fields(Fields& in, MessagePin& out) {
  read_message(in, out);
}
void read_fields(Fields& in, MessageUnpin& out) {
  read_message(in, out);
}

void read_fields(Fields& in, MessageHistory& out) {
  out.stream = in.stream();
  if (in.has("before")) out.before = in.offset("before");
  out.limit = in.optional_integer("limit", list_limit).value_or(out.limit);
}

void read_fields(Fields& in, MessageSearch& out) {
  out.query = in.line("query", limits::query_max);
  if (in.has("stream")) out.stream = in.stream();
  if (in.has("before")) out.before = in.offset("before");
  out.limit = in.optional_integer("limit", list_limit).value_or(out.limit);
}

void read_fields(Fields& in, Typing& out) {
  out.stream = in.stream();
}

void read_fields(Fields& in, Read& out) {
  out.stream = in.stream();
  out.offset = in.offset("offset", {0, integer_max});
}

void read_fields(Fields& in, ConversationStart& out) {
  out.nonce = in.nonce();
  out.people = in.ids<PersonId>("people", 1, limits::conversation_people_max - 1);
  out.body = in.body("body");
}

void read_fields(Fields& in, ConversationAnswer& out) {
  out.conversation = in.id<ConversationId>("conversation");
  out.accept = in.boolean("accept");
}

void read_fields(Fields& in, PersonBlock& out) {
  out.person = in.id<PersonId>("person");
}
void read_fields(Fields& in, PersonUnblock& out) {
  out.person = in.id<PersonId>("person");
}

}  // namespace hallway
