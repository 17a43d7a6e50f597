// What one message costs on its way through the house, step by step and without any I/O: decoded,
// decided and folded, encoded for the wire and for the journal. Its frames: frames.cpp.
#include <benchmark/benchmark.h>

#include <string>

#include "bench/micro/hall.hpp"
#include "protocol/codec.hpp"

namespace hallway {
namespace {

const std::string body(150, 'w');

std::string send_command(std::int64_t id, StreamId stream) {
  return "{\"id\":" + std::to_string(id) + ",\"cmd\":\"message.send\",\"d\":{\"stream\":\"" +
         to_text(stream) + "\",\"nonce\":\"n-" + std::to_string(100'000'000 + id) +
         "\",\"body\":\"" + body + "\"}}";
}

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
