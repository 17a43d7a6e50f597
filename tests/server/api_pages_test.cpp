// S13, the client's files, health, metrics, and what every answer carries.
#include <catch2/catch.hpp>
#include <string>

#include "server/net/assets.hpp"
#include "tests/server/http_house.hpp"

namespace hallway::test {
namespace {

TEST_CASE("S13: every answer carries the security headers") {
  const HttpHouse house;
  for (const char* path : {"/", "/j/x", "/e/x", "/healthz", "/metrics", "/nothing", "/assets/none",
                           "/api/v1/sessions", "/api/v1/invites/x", "/ws"}) {
    INFO(path);
    const Answer answer = house.ask({"GET", path});
    const std::string policy = answer.field("content-security-policy");
    CHECK(policy.starts_with("default-src 'self'; script-src 'self'; style-src 'self';"));
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(answer.field("x-content-type-options") == "nosniff");
    CHECK(answer.field("referrer-policy") == "no-referrer");
    CHECK(answer.field("strict-transport-security").empty());
    CHECK(answer.field("date") == "Mon, 21 Sep 2026 14:13:20 GMT");
  }
}

TEST_CASE("S13: behind https the browser is told to stay there, and where sockets may go") {
  HttpSettings settings;
  settings.public_url = "https://meet.example.org";
  const HttpHouse house(settings);
  const Answer answer = house.ask({"GET", "/"});
  CHECK(answer.field("strict-transport-security") == "max-age=31536000");
  CHECK(
      answer.field("content-security-policy").find("connect-src 'self' wss://meet.example.org;") !=
      std::string::npos);
}

TEST_CASE("every address of the client gives the same page, which is asked for anew") {
  const HttpHouse house;
  const Answer page = house.ask({"GET", "/"});
  CHECK(page.status == 200);
  CHECK(page.field("content-type") == "text/html; charset=utf-8");
  CHECK(page.field("cache-control") == "no-cache");
  CHECK_FALSE(page.body.empty());
  CHECK(page.body.find("<script>") == std::string::npos);
  CHECK(house.ask({"GET", "/j/some-link?x=1"}).body == page.body);
  CHECK(house.ask({"GET", "/e/ev_1"}).body == page.body);
  const Answer known = house.ask({"GET", "/", {{"If-None-Match", page.field("etag")}}});
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  CHECK(known.field("etag") == page.field("etag"));
  CHECK(house.ask({"GET", "/", {{"If-None-Match", "\"other\""}}}).status == 200);
}

TEST_CASE(
    "files with a hash in their name are cached for ever, and sent compressed where they may") {
  const HttpHouse house;
  for (const Asset& asset : embedded_assets()) {
    if (!asset.is_hashed) continue;
    const std::string path = "/" + std::string(asset.path);
    INFO(path);
    const Answer plain = house.ask({"GET", path});
    CHECK(plain.status == 200);
    CHECK(plain.body == asset.plain);
    CHECK(plain.field("content-type") == asset.type);
    CHECK(plain.field("cache-control") == "public, max-age=31536000, immutable");
    CHECK(plain.field("vary") == "Accept-Encoding");
    CHECK(plain.field("content-encoding").empty());
    const Answer small = house.ask({"GET", path, {{"Accept-Encoding", "gzip, br"}}});
    CHECK(small.field("content-encoding") == "br");
    CHECK(small.body == asset.brotli);
    const Answer zipped = house.ask({"GET", path, {{"Accept-Encoding", "gzip"}}});
    CHECK(zipped.field("content-encoding") == "gzip");
    CHECK(zipped.body == asset.gzip);
  }
}

TEST_CASE("nothing outside the client's files is served") {
  const HttpHouse house;
  for (const char* path : {"/assets/../index.html", "/assets/", "/assets", "/index.html", "//",
                           "/j/", "/e/", "/j/a/b", "/api/v1", "/assets/%2e%2e/index.html"}) {
    INFO(path);
    const Answer answer = house.ask({"GET", path});
    CHECK(answer.status == 404);
    CHECK(text_in(answer.body, "code") == "not_found");
  }
}

TEST_CASE("a wrong method is told which ones there are") {
  const HttpHouse house;
  const Answer answer = house.ask({"PUT", "/api/v1/sessions"});
  CHECK(answer.status == 405);
  CHECK(answer.field("allow") == "POST, GET");
  CHECK(house.ask({"POST", "/"}).status == 405);
  CHECK(house.ask({"TRACE", "/"}).status == 405);
}

TEST_CASE("RFC 9457: a problem tells type, title, status, detail and our code") {
  const HttpHouse house;
  const Answer answer = house.ask({"GET", "/nothing"});
  CHECK(answer.body == R"({"type":"about:blank","title":"Not Found","status":404,)"
                       R"("detail":"There is nothing here.","code":"not_found"})");
}

TEST_CASE("alive is not the same as ready") {
  HttpHouse house;
  CHECK(house.ask({"GET", "/healthz"}).status == 200);
  CHECK(house.ask({"GET", "/readyz"}).status == 200);
  house.backend.is_ready = false;
  CHECK(house.ask({"GET", "/healthz"}).status == 200);
  CHECK(house.ask({"GET", "/readyz"}).status == 503);
}

TEST_CASE("metrics count requests by route, so that no token is among them") {
  HttpHouse house;
  house.ask({"GET", "/j/secret-link"});
  house.ask({"GET", "/api/v1/invites/secret-link"});
  house.metrics.command_answered("message.send", "");
  house.metrics.command_answered("message.send", "rate_limited");
  house.metrics.command_answered("no.such", "unknown_cmd");
  house.metrics.command_answered("message.send", "no_such_code");
  house.metrics.connection_closed(CloseCode::slow);
  house.metrics.journal_commit_s.observe(0.0002);
  house.metrics.journal_commit_s.observe(60);
  const Answer answer = house.ask({"GET", "/metrics"});
  CHECK(answer.field("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  const std::string& text = answer.body;
  for (const char* line :
       {R"(hallway_http_requests_total{route="/j/{invite}",status="200"} 1)",
        R"(hallway_http_requests_total{route="/api/v1/invites/{invite}",status="404"} 1)",
        R"(hallway_commands_total{command="message.send",outcome="ok"} 1)",
        R"(hallway_commands_total{command="message.send",outcome="rate_limited"} 1)",
        R"(hallway_commands_total{command="unknown",outcome="unknown_cmd"} 1)",
        R"(hallway_websocket_closes_total{code="4110"} 1)",
        "hallway_journal_commit_seconds_count 2",
        R"(hallway_journal_commit_seconds_bucket{le="0.00025"} 1)",
        R"(hallway_journal_commit_seconds_bucket{le="10"} 1)",
        R"(hallway_journal_commit_seconds_bucket{le="+Inf"} 2)", "hallway_http_connections 1"}) {
    INFO(line);
    CHECK(text.find(line) != std::string::npos);
  }
  CHECK(text.find("secret-link") == std::string::npos);
  CHECK(text.find("no_such_code") == std::string::npos);
}

}  // namespace
}  // namespace hallway::test
