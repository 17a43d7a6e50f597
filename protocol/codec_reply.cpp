// Replies and refusals, and the objects that HTTP answers with.
#include "protocol/codec.hpp"
#include "protocol/codec_snapshot.hpp"
#include "protocol/codec_writer.hpp"
#include "protocol/limits.hpp"

// Not in an unnamed namespace: the archive finds these by argument-dependent look-up.
namespace hallway::shapes {

template <class A>
void describe(A&, const NothingReply&) {}

template <class A>
void describe(A& a, const PostedReply& reply) {
  a.field("offset", reply.offset);
  a.field("at", reply.at);
  a.maybe("dup", reply.dup);
  a.maybe("room", reply.room);
  a.maybe("table", reply.table);
  a.maybe("conversation", reply.conversation);
  a.maybe("plan", reply.plan);
  a.maybe("knock", reply.knock);
  a.maybe("move", reply.move);
  a.maybe("unseen", reply.unseen);
  a.maybe("report", reply.report);
  a.maybe("held", reply.held);
}

template <class A>
void describe(A& a, const RoomReply& reply) {
  a.field("room", reply.room);
}

template <class A>
void describe(A& a, const TableReply& reply) {
  a.field("table", reply.table);
}

template <class A>
void describe(A& a, const PreviewReply& reply) {
  a.field("plan", reply.plan);
  a.field("rounds", reply.rounds);
  a.field("quality", reply.quality);
}

template <class A>
void describe(A& a, const PlanReply& reply) {
  a.field("rounds", reply.rounds);
}

template <class A>
void describe(A& a, const ClockReply& reply) {
  a.field("sent_at", reply.sent_at);
  a.field("now", reply.now);
}

template <class A>
void describe(A& a, const PeopleReply& reply) {
  a.field("people", reply.people);
  a.field("more", reply.more);
}

template <class A>
void describe(A& a, const MessagesReply& reply) {
  a.field("messages", reply.messages);
  a.field("more", reply.more);
}

template <class A>
void describe(A& a, const SearchMatch& match) {
  a.field("stream", match.stream);
  a.field("message", match.message);
}

template <class A>
void describe(A& a, const SearchReply& reply) {
  a.field("matches", reply.matches);
  a.field("more", reply.more);
  a.maybe("before", reply.before);
}

template <class A>
void describe(A& a, const AuditReply& reply) {
  a.field("entries", reply.entries);
  a.field("more", reply.more);
  a.maybe("before", reply.before);
}

template <class A>
void describe(A& a, const SyncReply& reply) {
  a.field("from", reply.from);
  a.field("to", reply.to);
}

template <class A>
void describe(A& a, const SnapshotReply& reply) {
  describe(a, reply.snapshot);
}

template <class A>
void describe(A& a, const PlaceView& place) {
  a.nullable("room", place.room);
  a.nullable("table", place.table);
  a.field("waiting", place.waiting);
}

template <class A>
void describe(A& a, const LimitsView& view) {
  a.field("body_max", limits::body_max);
  a.field("name_max", limits::name_max);
  a.field("about_max", limits::about_max);
  a.field("ask_max", limits::about_max);
  a.field("offer_max", limits::about_max);
  a.field("topic_max", limits::about_max);
  a.field("org_max", limits::org_max);
  a.field("title_max", limits::org_max);
  a.field("line_max", limits::line_max);
  a.field("reason_max", limits::reason_max);
  a.field("query_max", limits::query_max);
  a.field("request_max", limits::request_max);
  a.field("emoji_bytes_max", limits::emoji_bytes_max);
  a.field("message_bytes_max", limits::message_bytes_max);
  a.field("objects_max", limits::objects_max);
  a.field("conversation_people_max", limits::conversation_people_max);
  a.field("connections_max", view.connections_max);
  a.field("commands_per_s", view.commands_per_s);
  a.field("commands_burst", view.commands_burst);
  a.field("messages_per_s", view.messages_per_s);
  a.field("messages_burst", view.messages_burst);
  a.field("round_people_max", limits::round_people_max);
  a.field("announce_s", view.announce_s);
  a.field("wrap_s", view.wrap_s);
}

/// A list of things with a stream each, as an object keyed by the stream.
template <class A, class T, class Write>
void describe_by_stream(A& a, std::string_view key, const std::vector<T>& list, Write write) {
  a.object(key, [&](A& inner) {
    for (const T& entry : list) write(inner, to_text(entry.stream), entry);
  });
}

template <class A>
void describe(A& a, const HelloReply& reply) {
  a.field("session", reply.session);
  a.field("person", reply.person);
  a.field("now", reply.now);
  a.field("heartbeat_s", reply.heartbeat_s);
  a.field("limits", reply.limits);
  a.field("capabilities", reply.capabilities);
  if (!reply.room_capabilities.empty()) a.map("room_capabilities", reply.room_capabilities);
  a.field("event", reply.event);
  a.field("place", reply.place);
  describe_by_stream(a, "streams", reply.streams,
                     [](A& inner, const std::string& stream, const StreamTop& top) {
                       inner.object(stream, [&](A& entry) {
                         entry.field("epoch", top.epoch);
                         entry.field("offset", top.offset);
                       });
                     });
  describe_by_stream(a, "recovered", reply.recovered,
                     [](A& inner, const std::string& stream, const Recovered& recovered) {
                       inner.object(stream, [&](A& entry) {
                         entry.field("from", recovered.from);
                         entry.field("to", recovered.to);
                       });
                     });
  describe_by_stream(a, "reset", reply.reset,
                     [](A& inner, const std::string& stream, const Reset& reset) {
                       inner.field(stream, reset.reason);
                     });
  a.field("conversations", reply.conversations);
  a.map("reads", reply.reads);
  a.field("muted", reply.muted);
}

}  // namespace hallway::shapes

namespace hallway {
namespace {

void write_id(json::Writer& out, std::optional<std::int64_t> id) {
  out.key("id");
  if (id) {
    out.integer(*id);
  } else {
    out.null();
  }
}

template <class Thing>
std::string object_of(const Thing& thing) {
  std::string text;
  json::Writer writer(text);
  shapes::WireWriter(writer).write(thing);
  return text;
}

}  // namespace

void encode_reply(std::string& out, std::optional<std::int64_t> id, const Reply& reply) {
  json::Writer writer(out);
  writer.begin_object();
  write_id(writer, id);
  writer.key("ok");
  shapes::WireWriter archive(writer);
  std::visit([&](const auto& answer) { archive.write(answer); }, reply);
  writer.end_object();
}

void encode_refusal(std::string& out, std::optional<std::int64_t> id, const Error& error) {
  json::Writer writer(out);
  writer.begin_object();
  write_id(writer, id);
  writer.key("err");
  writer.begin_object();
  shapes::WireWriter archive(writer);
  archive.field("code", error.code);
  archive.field("message", error.message);
  archive.field("retry", may_retry(error.code));
  archive.maybe("retry_after_ms", error.retry_after_ms);
  archive.maybe("field", error.field);
  writer.end_object();
  writer.end_object();
}

std::string encode_person(const PersonView& person) {
  return object_of(person);
}
std::string encode_event(const EventView& event) {
  return object_of(event);
}

std::size_t encoded_bytes(const MessageView& message) {
  return object_of(message).size();
}

}  // namespace hallway
