// Tokens, their hashes, and the clock and chance they come from.
#include <catch2/catch.hpp>
#include <set>

#include "server/clock.hpp"
#include "server/tokens.hpp"

using namespace hallway;

TEST_CASE("A token is hashed with SHA-256", "[tokens]") {
  // The example of FIPS 180-4.
  CHECK(to_hex(hash_token("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK_FALSE(equal_in_constant_time(hash_token("abc"), hash_token("abd")));
  CHECK(equal_in_constant_time(hash_token("abc"), hash_token("abc")));
}

TEST_CASE("A hash is read back from its hexadecimal, whole or not at all", "[tokens]") {
  const std::string hex = to_hex(hash_token("abc"));
  CHECK(parse_token_hash(hex) == hash_token("abc"));
  CHECK_FALSE(parse_token_hash(hex.substr(2)));
  CHECK_FALSE(parse_token_hash(hex + "00"));
  CHECK_FALSE(parse_token_hash(std::string(64, 'g')));
  // One hash has one spelling: what names a token to operators is compared as text elsewhere.
  CHECK_FALSE(parse_token_hash(std::string(64, 'B')));
  CHECK(parse_token_hash(std::string(64, 'b')));
  CHECK_FALSE(parse_token_hash(""));
}

TEST_CASE("S2: a token is 256 bits, safe in a link, and never the same twice", "[tokens][S2]") {
  MachineClock clock;
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) {
    const std::string token = clock.random_token();
    CHECK(token.size() == 43);  // 256 bits at 6 a character.
    CHECK(token.find_first_not_of(
              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
          std::string::npos);
    tokens.insert(token);
  }
  CHECK(tokens.size() == 100);
}

TEST_CASE("The machine's steady clock does not go back, and its chance is never 0", "[tokens]") {
  MachineClock clock;
  const auto before = clock.steady_ns();
  CHECK(clock.random_u64() != 0);
  CHECK(clock.steady_ns() >= before);
  CHECK(clock.now() > 1'700'000'000'000);  // Milliseconds, not seconds.
}

TEST_CASE("The test clock moves when told, and its chance follows from its seed", "[tokens]") {
  TestClock clock(1000, 5);
  TestClock same(0, 5);
  TestClock other(0, 6);
  const std::uint64_t drawn = clock.random_u64();
  CHECK(drawn == same.random_u64());
  CHECK(drawn != other.random_u64());
  clock.advance(20);
  CHECK(clock.now() == 1020);
  CHECK(clock.steady_ns() == 20'000'000);
  clock.jump(-500);
  CHECK(clock.now() == 520);
  CHECK(clock.steady_ns() == 20'000'000);
}
