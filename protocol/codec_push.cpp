// Pushes on their way to clients, and the server's own frames: stream.opened, stream.closed, ping.
#include <cassert>

#include "protocol/codec.hpp"
#include "protocol/codec_snapshot.hpp"
#include "protocol/codec_writer.hpp"

namespace hallway {
namespace {

void write_head(json::Writer& out, std::string_view name, StreamId stream) {
  out.key("push");
  out.text(name);
  out.key("stream");
  out.text(to_text(stream));
}

template <class Data>
void write_push(json::Writer& out, const Push& push, const Data& data) {
  out.begin_object();
  write_head(out, Data::name, push.stream);
  if constexpr (Data::lasting == Lasting::durable) {
    if (push.offset != 0) {  // else it is told beside its stream, to connections that end
      out.key("offset");
      out.integer(push.offset);
    }
    out.key("at");
    out.integer(push.at);
  }
  if (push.by) {
    out.key("by");
    out.text(to_text(push.by));
  }
  out.key("data");
  shapes::WireWriter(out).write(data);
  out.end_object();
}

}  // namespace

void encode_push(std::string& out, const Push& push) {
  json::Writer writer(out);
  std::visit(
      [&](const auto& data) {
        using Data = std::decay_t<decltype(data)>;
        if constexpr (Data::lasting == Lasting::durable || Data::lasting == Lasting::transient) {
          write_push(writer, push, data);
        } else {
          assert(false && "facts and local pushes are sent to nobody");
        }
      },
      push.data);
}

void encode_opened(std::string& out, const Snapshot& snapshot) {
  json::Writer writer(out);
  writer.begin_object();
  write_head(writer, "stream.opened", snapshot.stream);
  writer.key("data");
  writer.begin_object();
  shapes::WireWriter archive(writer);
  shapes::describe(archive, snapshot);
  writer.end_object();
  writer.end_object();
}

void encode_closed(std::string& out, StreamId stream) {
  json::Writer writer(out);
  writer.begin_object();
  write_head(writer, "stream.closed", stream);
  writer.key("data");
  writer.begin_object();
  writer.end_object();
  writer.end_object();
}

void encode_ping(std::string& out, TimeMs now) {
  json::Writer writer(out);
  writer.begin_object();
  writer.key("ping");
  writer.integer(now);
  writer.end_object();
}

}  // namespace hallway
