// S10 over the wire: what is malformed is answered once and the connection closes; what is slow is
// closed; what is sound is answered, however it is cut into pieces.
#include <sys/resource.h>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

const std::string second_request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_CASE(
    "S10: a request that could be read in two ways is refused, and what follows is not read") {
  const HttpHouse house;
  const std::string post = "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n";
  const std::vector<std::pair<std::string, int>> corpus{
      {post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400},
      {post + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n", 400},
      {post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
      {post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
      {post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400},
      {post + "X: 1\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {post + "Host: evil.example\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\n0\r\nHost: evil.example\r\n\r\n", 400},
      {post + "Content-Length: 2\r\nExpect: miracles\r\n\r\n{}", 417},
  };
  for (const auto& [bytes, status] : corpus) {
    INFO(bytes);
    WireClient client(house.port());
    client.send(bytes + second_request);
    const Answer answer = client.read_answer();
    CHECK(answer.status == status);
    CHECK(answer.field("connection") == "close");
    CHECK(answer.field("content-type") == "application/problem+json");
    CHECK(answer.field("x-content-type-options") == "nosniff");
    CHECK(client.is_closed_by_peer());
  }
}

TEST_CASE("S10: headers end at 8 KiB and bodies at 64 KiB") {
  const HttpHouse house;
  WireClient long_header(house.port());
  long_header.try_send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(9000, 'x'));
  CHECK(long_header.read_answer().status == 431);

  WireClient long_body(house.port());
  long_body.try_send(
      "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n");
  CHECK(long_body.read_answer().status == 413);

  WireClient long_chunks(house.port());
  long_chunks.try_send(
      "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      "10001\r\n" +
      std::string(0x10001, 'x') + "\r\n0\r\n\r\n");
  CHECK(long_chunks.read_answer().status == 413);

  Ask fits{"POST", "/api/v1/sessions", {}, std::string(65536, ' ')};
  CHECK(house.ask(fits).status == 400);
}

TEST_CASE("requests on one connection are answered in order, also when sent at once") {
  const HttpHouse house;
  WireClient client(house.port());
  client.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n" + second_request +
              "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(client.read_answer().body == "ready\n");
  CHECK(client.read_answer().body == "ok\n");
  CHECK(client.read_answer().status == 404);
  client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  CHECK(client.read_answer().field("connection") == "close");
  CHECK(client.is_closed_by_peer());
}

TEST_CASE("a request may come byte by byte, and in chunks") {
  const HttpHouse house;
  WireClient client(house.port());
  for (const char byte : second_request) client.send({&byte, 1});
  CHECK(client.read_answer().status == 200);
  client.send(
      "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;note=x\r\n}\r\n0\r\n\r\n");
  const Answer answer = client.read_answer();
  CHECK(answer.status == 400);
  CHECK(text_in(answer.body, "field") == "invite");
  client.send(second_request);
  CHECK(client.read_answer().status == 200);
}

TEST_CASE("HEAD is answered as GET, without the body") {
  const HttpHouse house;
  WireClient client(house.port());
  client.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + second_request);
  const Answer head = client.read_answer(false);
  CHECK(head.status == 200);
  CHECK(head.field("content-length") == "3");
  CHECK(client.read_answer().body == "ok\n");
}

TEST_CASE("HTTP/1.0 is answered and closed") {
  const HttpHouse house;
  WireClient client(house.port());
  client.send("GET /healthz HTTP/1.0\r\n\r\n");
  CHECK(client.read_answer().body == "ok\n");
  CHECK(client.is_closed_by_peer());
}

TEST_CASE("who expects 100-continue is told to go on") {
  const HttpHouse house;
  WireClient client(house.port());
  client.send(
      "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.read_answer().status == 100);
  client.send("{}");
  CHECK(client.read_answer().status == 400);
}

TEST_CASE("S10: a header that does not come in time closes the connection, dribbled or not") {
  HttpSettings settings;
  settings.header_ms = 100;
  const HttpHouse house(settings);
  WireClient silent(house.port());
  CHECK(silent.is_closed_by_peer());

  WireClient dribbling(house.port());
  dribbling.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
  int sent = 0;
  while (!dribbling.is_readable_within(5) && dribbling.try_send("X: 1\r\n")) ++sent;
  CHECK(sent > 1);
  CHECK(dribbling.read_answer().status == 0);
}

TEST_CASE("S10: a body that does not come in time closes the connection") {
  HttpSettings settings;
  settings.body_ms = 100;
  const HttpHouse house(settings);
  WireClient client(house.port());
  client.send("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{");
  CHECK(client.is_closed_by_peer());
}

TEST_CASE("an idle connection is closed, and not before it was answered") {
  HttpSettings settings;
  settings.idle_ms = 100;
  const HttpHouse house(settings);
  WireClient client(house.port());
  client.send(second_request);
  CHECK(client.read_answer().status == 200);
  CHECK(client.is_closed_by_peer());
}

TEST_CASE("connections are bounded, and the place of one that ends is free again") {
  HttpSettings settings;
  settings.connections_max = 2;
  HttpHouse house(settings);
  auto first = std::make_unique<WireClient>(house.port());
  WireClient second(house.port());
  first->send(second_request);
  second.send(second_request);
  CHECK(first->read_answer().status == 200);
  CHECK(second.read_answer().status == 200);
  WireClient third(house.port());
  CHECK(third.is_closed_by_peer());
  CHECK(house.metrics.http_connections_refused.value() == 1);
  first.reset();
  Answer answer;
  while (answer.status != 200) {
    WireClient next(house.port());
    if (next.try_send(second_request)) answer = next.read_answer();
  }
  CHECK(house.metrics.http_connections.value() <= 2);
}

TEST_CASE("S10: two thousand dribblers leave sign-in under a second") {
  rlimit files{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &files) == 0);
  files.rlim_cur = files.rlim_max;
  REQUIRE(setrlimit(RLIMIT_NOFILE, &files) == 0);
  REQUIRE(files.rlim_cur >= 4500);
  HttpHouse house;
  const std::string invite = house.invite(house.make_event());
  std::vector<std::unique_ptr<WireClient>> dribblers;
  for (int i = 0; i < 2000; ++i) {
    dribblers.push_back(std::make_unique<WireClient>(house.port()));
    dribblers.back()->send("GET / HTTP/1.1\r\nX: ");
  }
  MachineClock machine;
  const auto before = machine.steady_ns();
  const Answer answer =
      house.ask({"POST", "/api/v1/sessions", {}, R"({"invite":")" + invite + R"(","name":"Ada"})"});
  CHECK(answer.status == 201);
  CHECK(machine.steady_ns() - before < 1'000'000'000);
  CHECK(house.metrics.http_connections.value() >= 2000);
}

TEST_CASE("draining closes idle connections and accepts no more") {
  HttpHouse house;
  WireClient idle(house.port());
  idle.send(second_request);
  CHECK(idle.read_answer().status == 200);
  house.stop_listening();
  CHECK(idle.is_closed_by_peer());
  CHECK_THROWS(WireClient(house.port()));
}

TEST_CASE("a backend that never answers is unavailable, not a hung request") {
  HttpSettings settings;
  settings.backend_ms = 50;
  HttpHouse house(settings);
  house.backend.is_silent = true;
  const Answer answer = house.ask({"GET", "/api/v1/invites/" + house.invite(house.make_event())});
  CHECK(answer.status == 503);
  CHECK(text_in(answer.body, "code") == "unavailable");
}

}  // namespace
}  // namespace hallway::test
