// What framing costs: a client's frame read and unmasked, its text checked, and the header of what
// is sent. Nothing is left in the reader between two frames.
#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "server/core/frame_codec.hpp"

namespace hallway {
namespace {

constexpr std::array<unsigned char, 4> mask{0x37, 0xfa, 0x21, 0x3d};
constexpr std::size_t message_bytes_max = 64 * 1024;

/// As a browser sends it: final, text, masked.
std::vector<char> client_frame(std::size_t payload_bytes) {
  std::vector<char> frame{'\x81'};
  if (payload_bytes < 126) {
    frame.push_back(static_cast<char>(0x80U | payload_bytes));
  } else {
    frame.insert(frame.end(),
                 {static_cast<char>(0x80U | 126U), static_cast<char>(payload_bytes >> 8U),
                  static_cast<char>(payload_bytes & 0xffU)});
  }
  for (const unsigned char byte : mask) {
    frame.push_back(static_cast<char>(byte));
  }
  for (std::size_t i = 0; i < payload_bytes; ++i) {
    frame.push_back(static_cast<char>('a' ^ mask[i % mask.size()]));
  }
  return frame;
}

void read_a_frame(benchmark::State& state) {
  const std::vector<char> frame = client_frame(static_cast<std::size_t>(state.range(0)));
  std::vector<char> buffer(frame.size());
  FrameReader reader(message_bytes_max);
  for (auto _ : state) {
    std::memcpy(buffer.data(), frame.data(), frame.size());  // It is unmasked in place.
    std::span<char> input(buffer);
    const Received received = reader.next(input);
    if (received.kind != Received::Kind::text) {
      state.SkipWithError("the frame was not understood");
      break;
    }
    benchmark::DoNotOptimize(received.bytes.data());
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(read_a_frame)->Arg(100)->Arg(250)->Arg(4'000);

void write_a_header(benchmark::State& state) {
  std::array<char, frame_header_bytes_max + 1> room{};
  for (auto _ : state) {
    benchmark::DoNotOptimize(write_frame_header(room.data() + frame_header_bytes_max, Opcode::text,
                                                static_cast<std::size_t>(state.range(0))));
    benchmark::ClobberMemory();
  }
}
BENCHMARK(write_a_header)->Arg(100)->Arg(4'000);

}  // namespace
}  // namespace hallway
