// What one message costs on its way through the house, step by step and without any I/O: decoded,
// decided and folded, encoded for the wire and for the journal. Its frames: frames.cpp.
#include <benchmark/benchmark.h>

#include <string>

#include "protocol/codec.hpp"
#include "rooms/event_place.hpp"

namespace hallway {
namespace {

constexpr TimeMs start_ms = 1'790'000'000'000;
constexpr PersonId speaker{7};
const std::string body(150, 'w');

std::string send_command(std::int64_t id, StreamId stream) {
  return "{\"id\":" + std::to_string(id) + ",\"cmd\":\"message.send\",\"d\":{\"stream\":\"" +
         to_text(stream) + "\",\"nonce\":\"n-" + std::to_string(100'000'000 + id) +
         "\",\"body\":\"" + body + "\"}}";
}

/// An event whose lobby holds one speaker; limits are lifted.
class Hall {
 public:
  Hall() : place_(EventId{3}, Settings{1e9, 1'000'000'000, 10}) {
    EventSpec spec;
    spec.title = "A measured event";
    spec.starts_at = start_ms;
    spec.ends_at = start_ms + 3'600'000;
    spec.timezone = "Europe/Copenhagen";
    fold(place_.create(spec, context()));
    PersonView person;
    person.id = speaker;
    person.card.name = "Ingrid";
    fold(place_.arrive(Arrival{person}, context()));
    for (const StreamId stream : place_.streams_of(speaker)) {
      if (stream.kind == StreamKind::room) lobby_ = stream;
    }
  }

  [[nodiscard]] StreamId lobby() const { return lobby_; }

  bool say(const Command& command) {
    const Decision decision = place_.decide(command, speaker, context());
    const bool accepted = !decision.refusal;
    fold(decision);
    return accepted;
  }

 private:
  Context context() {
    ++turns_;
    return Context{.now = start_ms + turns_, .seed = static_cast<std::uint64_t>(turns_)};
  }

  void fold(Decision decision) {
    for (Push& push : decision.pushes) {
      const Lasting lasting = lasting_of(push.data);
      if (lasting == Lasting::fact) push.stream = facts_of(place_.id());
      push.at = start_ms;
      if (lasting == Lasting::fact || lasting == Lasting::durable) {
        push.offset = place_.top(push.stream) + 1;
      }
      place_.apply(push);
    }
  }

  EventPlace place_;
  StreamId lobby_;
  std::int64_t turns_ = 0;
};

Push posted(StreamId stream) {
  return Push{stream, 1843, start_ms, speaker, MessagePosted{body, 0, {}}};
}

void decode_a_message(benchmark::State& state) {
  const std::string text = send_command(1, Hall().lobby());
  for (auto _ : state) {
    benchmark::DoNotOptimize(decode_command(text));
  }
}
BENCHMARK(decode_a_message);

void decide_and_fold_a_message(benchmark::State& state) {
  Hall hall;
  MessageSend command;
  command.stream = hall.lobby();
  command.body = body;
  std::int64_t number = 100'000'000;
  for (auto _ : state) {
    command.nonce = "n-" + std::to_string(++number);
    if (!hall.say(command)) {
      state.SkipWithError("the message was refused");
      break;
    }
  }
}
BENCHMARK(decide_and_fold_a_message)->Iterations(50'000);  // A place holds only so many.

void encode_a_push(benchmark::State& state) {
  const Push push = posted(Hall().lobby());
  std::string out;
  for (auto _ : state) {
    out.clear();
    encode_push(out, push);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(encode_a_push);

void encode_for_the_journal(benchmark::State& state) {
  const Push push = posted(Hall().lobby());
  for (auto _ : state) {
    benchmark::DoNotOptimize(encode_stored(push.data));
  }
}
BENCHMARK(encode_for_the_journal);

}  // namespace
}  // namespace hallway

BENCHMARK_MAIN();
