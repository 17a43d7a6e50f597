// A member whose whole life is written to a history: see recorder.hpp.
#include "load/recorder.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace hallway::load {
namespace {

constexpr std::int64_t page_messages = 100;

}  // namespace

Recorder::Recorder(const RunContext& run, const Link& link, Profile profile, std::string role,
                   std::int64_t client, std::uint64_t seed, const MemberSettings& settings)
    : run_(run),
      role_(std::move(role)),
      client_(client),
      member_(run.loop, link, std::move(profile), *this, run.traffic, seed, settings) {}

Record Recorder::record(Record::Kind kind, const std::string& stream) const {
  Record record;
  record.kind = kind;
  record.client = client_;
  record.stream = stream;
  record.epoch = epoch_of(stream);
  return record;
}

std::string Recorder::epoch_of(const std::string& stream) const {
  const auto found = member_.streams().find(stream);
  return found == member_.streams().end() ? std::string() : found->second.epoch;
}

void Recorder::on_joined() {
  Record line = record(Record::Kind::person);
  line.person = member_.person();
  line.role = role_;
  run_.history.write(std::move(line));
  member_.connect();
}

void Recorder::on_refused(const std::string& why) {
  stopped_ = true;
  ++run_.count.stopped;
  std::fprintf(stderr, "client %lld: %s\n", static_cast<long long>(client_), why.c_str());
}

void Recorder::on_resume(const std::map<std::string, StreamPoint>& points) {
  Record line = record(Record::Kind::resume);
  for (const auto& [stream, point] : points) {
    line.points[stream] = {point.epoch, point.offset};
  }
  run_.history.write(std::move(line));
}

void Recorder::on_hello(const wire::Value& hello) {
  Record line = record(Record::Kind::hello);
  const wire::Value tops = hello["streams"];
  for (const std::string& stream : tops.keys()) {
    line.points[stream] = {tops[stream]["epoch"].text(),
                           static_cast<std::uint64_t>(tops[stream]["offset"].number())};
  }
  line.recovered = hello["recovered"].keys();
  for (const std::string& stream : hello["reset"].keys()) {
    line.resets[stream] = hello["reset"][stream].text();
  }
  const std::vector<std::string> recovered = line.recovered;
  run_.history.write(std::move(line));

  // Hello itself opens the event's stream and the conversations that were not recovered.
  for (const wire::Value& conversation : hello["conversations"].items()) {
    record_people(conversation);
  }
  for (const auto& [stream, point] : member_.streams()) {
    const bool by_hello = stream.starts_with("conversation:") || stream.starts_with("event:");
    if (by_hello && std::find(recovered.begin(), recovered.end(), stream) == recovered.end()) {
      record_opened(stream, point);
    }
  }
}

void Recorder::record_opened(const std::string& stream, const StreamPoint& point) {
  Record line = record(Record::Kind::opened, stream);
  line.epoch = point.epoch;
  line.offset = point.offset;
  run_.history.write(std::move(line));
}

void Recorder::record_people(const wire::Value& conversation) {
  if (!conversation.is_object()) {
    return;
  }
  Record line;
  line.kind = Record::Kind::people;
  line.client = client_;
  line.stream = "conversation:" + conversation["id"].text();
  for (const wire::Value& person : conversation["people"].items()) {
    line.members.push_back(person.text());
  }
  run_.history.write(std::move(line));
}

void Recorder::on_opened(const std::string& stream, const wire::Value& data) {
  record_opened(stream,
                {data["epoch"].text(), static_cast<std::uint64_t>(data["offset"].number())});
  record_people(data["state"]["conversation"]);
}

void Recorder::on_closed(const std::string& stream) {
  run_.history.write(record(Record::Kind::closed, stream));
}

void Recorder::on_push(const Push& push) {
  if (push.offset == 0) {
    return;
  }
  ++run_.count.pushes;
  Record line = record(Record::Kind::push, push.stream);
  const std::string body = push.data["body"].text();
  line.offset = push.offset;
  line.at_ms = push.at_ms;
  line.name = push.name;
  line.by = push.by;
  line.nonce = marker_of(body);
  line.digest = line.nonce.empty() ? std::string() : digest_of(body);
  line.of = static_cast<std::uint64_t>(push.data["of"].number());
  line.person = push.data["person"].text();
  line.table = push.data["table"].text();
  line.bytes = push.bytes;
  run_.history.write(std::move(line));
}

void Recorder::on_sent(const Kept& kept) {
  ++(kept.tries == 1 ? run_.count.sent : run_.count.resent);
  Record line = record(Record::Kind::sent, kept.stream);
  line.nonce = kept.nonce;
  line.cmd = kept.cmd;
  line.tries = kept.tries;
  line.digest = kept.body.empty() ? std::string() : digest_of(kept.body);
  line.of = static_cast<std::uint64_t>(wire::parse(kept.data)["offset"].number());
  run_.history.write(std::move(line));
}

void Recorder::on_answered(const Kept& kept, const Answer& answer) {
  std::string stream = kept.stream;
  if (stream.empty() && answer.body["conversation"].is_string()) {
    stream = "conversation:" + answer.body["conversation"].text();
  }
  Record line = record(answer.ok ? Record::Kind::answered : Record::Kind::refused, stream);
  line.nonce = kept.nonce;
  if (answer.ok) {
    ++run_.count.acknowledged;
    line.offset = static_cast<std::uint64_t>(answer.body["offset"].number());
    line.dup = answer.body["dup"].flag();
  } else {
    ++run_.count.refused;
    line.code = answer.code();
    line.retry = answer.body["retry"].flag();
  }
  run_.history.write(std::move(line));
}

void Recorder::on_lost(int close_code) {
  ++run_.count.lost;
  Record line = record(Record::Kind::lost);
  line.code = std::to_string(close_code);
  run_.history.write(std::move(line));
}

void Recorder::ask_patiently(const std::string& cmd, const wire::Fields& data, OnAnswer on_answer) {
  member_.ask(cmd, data, [this, cmd, data, on_answer](const Answer& answer) {
    const bool later =
        !answer.ok && !stopped_ && (answer.body["retry"].flag() || answer.code() == "lost");
    if (!later) {
      on_answer(answer);
      return;
    }
    const std::int64_t wait_ms =
        std::max<std::int64_t>(answer.body["retry_after_ms"].number(200), 20);
    loop().after_ms(wait_ms, [this, cmd, data, on_answer] { ask_patiently(cmd, data, on_answer); });
  });
}

void Recorder::read_stream(const std::string& stream, std::function<void()> done) {
  const auto held = member_.streams().find(stream);
  const auto top = held == member_.streams().end() ? 0 : held->second.offset;
  read_page(stream, 0, [this, stream, top, done] {
    Record line = record(Record::Kind::read, stream);
    line.offset = top;
    run_.history.write(std::move(line));
    done();
  });
}

void Recorder::read_page(const std::string& stream, std::int64_t before,
                         std::function<void()> done) {
  wire::Fields data;
  data.add("stream", stream).add("limit", page_messages);
  if (before > 0) {
    data.add("before", before);
  }
  ask_patiently("message.history", data, [this, stream, done](const Answer& answer) {
    const wire::Value messages = answer.body["messages"];
    for (const wire::Value& message : messages.items()) {
      Record line = record(Record::Kind::stands, stream);
      const std::string body = message["body"].text();
      line.offset = static_cast<std::uint64_t>(message["offset"].number());
      line.at_ms = message["at"].number();
      line.by = message["by"].text();
      line.nonce = marker_of(body);
      line.digest = line.nonce.empty() ? std::string() : digest_of(body);
      line.edited = message["edited"].flag();
      line.deleted = message["deleted"].flag();
      run_.history.write(std::move(line));
    }
    if (answer.ok && answer.body["more"].flag() && messages.size() > 0) {
      read_page(stream, messages.at(0)["offset"].number(), done);
    } else {
      done();
    }
  });
}

}  // namespace hallway::load
