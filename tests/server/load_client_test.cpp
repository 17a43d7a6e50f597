// The load client's parts that need no server: frames, links, markers, durations, conversations.
#include <catch2/catch.hpp>

#include "bots/conversations.hpp"
#include "bots/manners.hpp"
#include "bots/profiles.hpp"
#include "load/audience.hpp"
#include "load/histogram.hpp"
#include "load/member.hpp"
#include "load/ws_frames.hpp"

namespace hallway::load {
namespace {

TEST_CASE("a frame that is written can be read, whatever its length") {
  const std::size_t size = GENERATE(as<std::size_t>{}, 0, 1, 125, 126, 65'535, 65'536);
  std::string frame;
  append_frame(frame, Opcode::text, std::string(size, 'x'));
  const auto header = read_frame_header(frame);
  REQUIRE(header);
  CHECK(header->final);
  CHECK(header->masked);
  CHECK(header->opcode == Opcode::text);
  CHECK(header->payload_bytes == size);
  CHECK(frame.size() == header->header_bytes + size);
}

TEST_CASE("an incomplete header is nothing yet") {
  std::string frame;
  append_frame(frame, Opcode::text, std::string(70'000, 'x'));
  const std::size_t whole = read_frame_header(frame)->header_bytes;
  for (std::size_t bytes = 0; bytes < whole; ++bytes) {
    CHECK_FALSE(read_frame_header(std::string_view(frame).substr(0, bytes)));
  }
}

TEST_CASE("an upgrade counts only with the right answer and the subprotocol") {
  const std::string good =
      "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
      "Sec-WebSocket-Protocol: hallway.v1\r\n";
  CHECK(upgrade_accepted(good));
  CHECK_FALSE(upgrade_accepted("HTTP/1.1 403 Forbidden\r\n"));
  CHECK_FALSE(upgrade_accepted(good.substr(0, good.find("Sec-WebSocket-Protocol"))));
}

TEST_CASE("load is made on this machine alone") {
  const Link link = parse_link("http://127.0.0.1:8080/j/abc");
  CHECK(link.endpoint.port == 8080);
  CHECK(link.invite == "abc");
  const std::string bad =
      GENERATE("http://example.org:80/j/abc", "https://127.0.0.1:8080/j/abc",
               "http://127.0.0.1/j/abc", "http://127.0.0.1:8080/abc", "http://127.0.0.1:x/j/abc");
  CHECK_THROWS_AS(parse_link(bad), std::invalid_argument);
}

TEST_CASE("a marked body tells its sender and has one marker only") {
  const std::string body = marker_body(417, 150);
  CHECK(body.size() == 150);
  CHECK(std::count(body.begin(), body.end(), marker) == 1);
  CHECK(read_digits(body.data() + 1 + stamp_digits, sender_digits) == 417);
}

TEST_CASE("quantiles are within three percent") {
  Histogram histogram;
  for (int i = 1; i <= 10'000; ++i) {
    histogram.add(i * 100);
  }
  CHECK(static_cast<double>(histogram.quantile_us(0.5)) == Approx(500'000).epsilon(0.04));
  CHECK(static_cast<double>(histogram.quantile_us(0.99)) == Approx(990'000).epsilon(0.04));
  CHECK(histogram.max_us() == 1'000'000);
  CHECK(Histogram().quantile_us(0.5) == 0);
}

TEST_CASE("a talk falls into threads, whose answers point within the thread") {
  const Talk talk = {{0, "speaker001", {}, "one"},
                     {0, "speaker002", {}, "another"},
                     {1, "speaker003", 0, "answer to one"},
                     {1, "speaker001", 2, "and back"}};
  const std::vector<Talk> threads = threads_of(talk, 2);
  REQUIRE(threads.size() == 1);
  CHECK(threads[0].size() == 3);
  CHECK(threads[0][1].answers == 0U);
  CHECK(threads[0][2].answers == 1U);
  CHECK(speakers_of(threads[0]) == std::vector<std::string>{"speaker001", "speaker003"});
}

TEST_CASE("speakers in a text get names, other words stay") {
  const auto name = [](const std::string& speaker) { return "<" + speaker + ">"; };
  CHECK(with_names("speaker004: hi, speaker012!", name) == "<speaker004>: hi, <speaker012>!");
  CHECK(with_names("my speaker is broken", name) == "my speaker is broken");
}

TEST_CASE("simulated people differ in name and are told within the limits") {
  const std::vector<Profile> profiles = make_profiles(200, 7);
  std::set<std::string> names;
  std::set<std::string> organisations;
  for (const Profile& profile : profiles) {
    names.insert(profile.name);
    CHECK(profile.name.size() <= 60);
    CHECK(profile.about.size() <= 200);
    CHECK(profile.org.size() <= 100);
    organisations.insert(profile.org);
  }
  CHECK(names.size() == 200);
  CHECK(organisations.size() == 12);
  CHECK_FALSE(organisations.contains(""));
}

TEST_CASE("a greeting is known by its first word") {
  CHECK(is_greeting("Hi all"));
  CHECK(is_greeting("hej!"));
  CHECK_FALSE(is_greeting("history repeats itself"));
  CHECK_FALSE(is_greeting(""));
}

}  // namespace
}  // namespace hallway::load
