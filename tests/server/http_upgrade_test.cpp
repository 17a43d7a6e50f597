// S1 over the wire, and what else must hold before a connection becomes a WebSocket.
#include <catch2/catch.hpp>
#include <string>

#include "server/tokens.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Ask handshake(Fields more = {}, std::string path = "/ws") {
  Ask ask{"GET",
          std::move(path),
          {{"Connection", "keep-alive, Upgrade"},
           {"Upgrade", "WebSocket"},
           {"Sec-WebSocket-Version", "13"},
           {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
           {"Sec-WebSocket-Protocol", "other, hallway.v1"}}};
  for (auto& field : more) ask.fields.push_back(std::move(field));
  return ask;
}

Ask without(Ask ask, const std::string& name) {
  std::erase_if(ask.fields, [&](const auto& field) { return field.first == name; });
  return ask;
}

TEST_CASE("a handshake without a cookie needs no Origin") {
  HttpHouse house;
  CHECK(house.ask(handshake()).status == 101);
  REQUIRE(house.upgrades.size() == 1);
  CHECK_FALSE(house.upgrades[0].cookie_session);
  CHECK_FALSE(house.upgrades[0].slot);
  CHECK(house.upgrades[0].address == "127.0.0.1");
  CHECK(house.upgrades[0].limit_key == "127.0.0.1");
  CHECK_FALSE(house.upgrades[0].secure);
}

TEST_CASE("the cookie of the slot that the tab names goes with the socket, as a hash") {
  HttpHouse house;
  const Fields fields{{"Origin", house.origin()}, {"Cookie", "hallway_0=zero; hallway_5=five"}};
  CHECK(house.ask(handshake(fields, "/ws?as=5")).status == 101);
  CHECK(house.ask(handshake(fields, "/ws?as=4")).status == 101);
  CHECK(house.ask(handshake(fields)).status == 101);
  REQUIRE(house.upgrades.size() == 3);
  CHECK(house.upgrades[0].cookie_session == hash_token("five"));
  CHECK(house.upgrades[0].slot == 5);
  CHECK_FALSE(house.upgrades[1].cookie_session);
  CHECK_FALSE(house.upgrades[2].cookie_session);
  CHECK(house.ask(handshake(fields, "/ws?as=9")).status == 400);
}

TEST_CASE("S1: a wrong Origin, or a cookie without one, is refused before the upgrade") {
  HttpSettings settings;
  settings.origins = {"https://www.example.org"};
  HttpHouse house(settings);
  const std::string port = std::to_string(house.port());
  for (const std::string& origin :
       {std::string("http://evil.example"), std::string("null"), house.origin() + ".evil.example",
        "http://localhost:" + std::to_string(house.port() + 1), "http://LOCALHOST:" + port,
        "https://localhost:" + port, std::string("https://www.example.org.evil.example"),
        std::string("https://WWW.example.org")}) {
    INFO(origin);
    CHECK(house.ask(handshake({{"Origin", origin}})).status == 403);
    CHECK(house.ask(handshake({{"Origin", origin}, {"Cookie", "hallway_0=x"}})).status == 403);
  }
  CHECK(house.ask(handshake({{"Cookie", "hallway_0=x"}})).status == 403);
  CHECK(house.ask(handshake({{"Cookie", "hallway_0=x"}}, "/ws?as=0")).status == 403);
  CHECK(house.upgrades.empty());
  CHECK(house.ask(handshake({{"Origin", "https://www.example.org"}})).status == 101);
  CHECK(house.ask(handshake({{"Cookie", "theme=dark"}})).status == 101);
}

TEST_CASE("S1: a name that points here is not ours") {
  const HttpHouse house;
  Ask ask = handshake({{"Origin", "http://evil.example"}});
  std::string bytes = house.bytes_of(ask);
  const std::string host = "localhost:" + std::to_string(house.port());
  bytes.replace(bytes.find(host), host.size(), "evil.example");
  WireClient client(house.port());
  client.send(bytes);
  CHECK(client.read_answer().status == 403);
}

TEST_CASE("the subprotocol must be hallway.v1") {
  const HttpHouse house;
  CHECK(house.ask(without(handshake(), "Sec-WebSocket-Protocol")).status == 400);
  for (const char* protocol : {"hallway.v2", "HALLWAY.V1", "hallway.v1x", "hallway"}) {
    const Ask ask = without(handshake(), "Sec-WebSocket-Protocol");
    Ask other = ask;
    other.fields.emplace_back("Sec-WebSocket-Protocol", protocol);
    INFO(protocol);
    CHECK(house.ask(other).status == 400);
  }
}

TEST_CASE("what is no handshake of version 13 is told what is wanted") {
  const HttpHouse house;
  for (const char* field :
       {"Connection", "Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key"}) {
    INFO(field);
    const Answer answer = house.ask(without(handshake(), field));
    CHECK(answer.status == 426);
    CHECK(answer.field("upgrade") == "websocket");
    CHECK(answer.field("sec-websocket-version") == "13");
  }
  Ask post = handshake();
  post.method = "POST";
  CHECK(house.ask(post).status == 426);
}

TEST_CASE("nothing may be sent before the handshake is answered") {
  const HttpHouse house;
  WireClient client(house.port());
  client.send(house.bytes_of(handshake()) + "\x81");
  CHECK(client.read_answer().status == 400);
  CHECK(house.upgrades.empty());
}

TEST_CASE("behind a trusted proxy the socket's address is the client's") {
  HttpSettings settings;
  REQUIRE(settings.trusted_proxies.add("127.0.0.0/8"));
  const HttpHouse house(settings);
  CHECK(house.ask(handshake({{"X-Forwarded-For", "6.6.6.6, 2001:db8::7"}})).status == 101);
  REQUIRE(house.upgrades.size() == 1);
  CHECK(house.upgrades[0].address == "2001:db8::7");
  CHECK(house.upgrades[0].limit_key == "2001:db8::/64");
}

}  // namespace
}  // namespace hallway::test
