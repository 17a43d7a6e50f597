// The fields of the session's commands.
#include "protocol/codec_command_fields.hpp"

namespace hallway {
namespace {

constexpr Bounds any_offset{0, integer_max};

void read_resume(Fields& in, std::vector<ResumePoint>& out) {
  constexpr std::string_view key = "resume";
  const json::Object* streams = in.object(key);
  if (!streams) return;
  if (streams->members.size() > limits::resume_streams_max) {
    in.refuse_field(
        key, "This may name " + std::to_string(limits::resume_streams_max) + " streams at most.");
    return;
  }
  for (const auto& [name, value] : streams->members) {
    const auto stream = parse_stream(name);
    if (!stream || !value.object()) {
      in.refuse_field(key, "Each entry is a stream with its epoch and offset.");
      return;
    }
    Fields point(*value.object(), in.path(key) + ".");
    out.push_back({*stream, point.raw_text("epoch", limits::id_bytes_max),
                   point.offset("offset", any_offset)});
    in.adopt(point);
  }
}

}  // namespace

void read_fields(Fields& in, Hello& out) {
  if (in.has("token")) out.token = in.raw_text("token", limits::token_bytes_max);
  out.names_person = in.has("person");
  if (out.names_person) out.person = in.id<PersonId>("person");
  out.names_event = in.has("event");
  if (out.names_event) out.event = in.id<EventId>("event");
  if (const json::Object* object = in.object("client")) {
    Fields client(*object, in.path("client") + ".");
    out.client_name = client.line("name", limits::client_max);
    out.client_version = client.line("version", limits::client_max);
    in.adopt(client);
  }
  if (in.has("resume")) read_resume(in, out.resume);
}

void read_fields(Fields& in, StreamSync& out) {
  out.stream = in.stream();
  out.after = in.offset("after", any_offset);
}

void read_fields(Fields& in, StreamSnapshot& out) {
  out.stream = in.stream();
  out.limit = in.optional_integer("limit", list_limit).value_or(out.limit);
}

void read_fields(Fields& in, Clock& out) {
  out.sent_at = in.integer("sent_at");
}

void read_fields(Fields& in, PersonGet& out) {
  out.people = in.ids<PersonId>("people", 1, limits::person_get_max);
}

void read_fields(Fields& in, PersonList& out) {
  if (in.has("room")) out.room = in.id<RoomId>("room");
  out.query = in.optional_line("query", limits::query_max).value_or("");
  if (in.has("after")) out.after = in.id<PersonId>("after");
  out.limit = in.optional_integer("limit", list_limit).value_or(out.limit);
}

void read_fields(Fields&, Bye&) {}

}  // namespace hallway
