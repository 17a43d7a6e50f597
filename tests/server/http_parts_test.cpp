// The small parts of HTTP: addresses behind proxies, origins, cookies, codings, calendars.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "server/net/address.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_calendar.hpp"
#include "server/net/api_join_limit.hpp"
#include "server/net/assets.hpp"
#include "server/net/cookies.hpp"
#include "server/net/origin.hpp"

namespace hallway {
namespace {

using boost::asio::ip::make_address;

std::string client_of(const std::string& peer, const std::vector<std::string_view>& fields,
                      const TrustedProxies& trusted) {
  return client_address(make_address(peer), fields, trusted).to_string();
}

TEST_CASE("an untrusted peer speaks for itself alone") {
  TrustedProxies trusted;
  REQUIRE(trusted.add("10.0.0.0/8"));
  CHECK(client_of("203.0.113.9", {"1.2.3.4"}, trusted) == "203.0.113.9");
  CHECK(client_of("::ffff:203.0.113.9", {"1.2.3.4"}, trusted) == "203.0.113.9");
}

TEST_CASE("behind trusted proxies the rightmost untrusted address counts") {
  TrustedProxies trusted;
  REQUIRE(trusted.add("10.0.0.0/8"));
  REQUIRE(trusted.add("fd00::/8"));
  CHECK(client_of("10.0.0.1", {}, trusted) == "10.0.0.1");
  CHECK(client_of("10.0.0.1", {"6.6.6.6, 1.2.3.4"}, trusted) == "1.2.3.4");
  CHECK(client_of("10.0.0.1", {"6.6.6.6, 1.2.3.4, 10.1.1.1"}, trusted) == "1.2.3.4");
  CHECK(client_of("::ffff:10.0.0.1", {"6.6.6.6", "1.2.3.4,10.1.1.1"}, trusted) == "1.2.3.4");
  CHECK(client_of("fd00::1", {"2001:db8::7"}, trusted) == "2001:db8::7");
  CHECK(client_of("10.0.0.1", {"1.2.3.4:5555"}, trusted) == "1.2.3.4");
  CHECK(client_of("10.0.0.1", {"[2001:db8::7]:5555"}, trusted) == "2001:db8::7");
  CHECK(client_of("10.0.0.1", {"1.2.3.4, unknown, 10.1.1.1"}, trusted) == "10.1.1.1");
  CHECK(client_of("10.0.0.1", {""}, trusted) == "10.0.0.1");
}

TEST_CASE("a network is an address with at most its own bits") {
  TrustedProxies trusted;
  CHECK(trusted.add("192.168.1.1"));
  CHECK(trusted.add("0.0.0.0/0"));
  CHECK_FALSE(trusted.add("10.0.0.0/33"));
  CHECK_FALSE(trusted.add("10.0.0.0/"));
  CHECK_FALSE(trusted.add("10.0.0.0/8x"));
  CHECK_FALSE(trusted.add("proxy.example.org"));
  CHECK_FALSE(trusted.add(""));
  TrustedProxies one;
  REQUIRE(one.add("192.168.1.1"));
  CHECK(one.contains(make_address("192.168.1.1")));
  CHECK_FALSE(one.contains(make_address("192.168.1.2")));
}

TEST_CASE("limits count IPv4 addresses whole and IPv6 by the network of 64 bits") {
  CHECK(limit_key(make_address("1.2.3.4")) == "1.2.3.4");
  CHECK(limit_key(make_address("2001:db8::1")) == limit_key(make_address("2001:db8::ffff:1")));
  CHECK(limit_key(make_address("2001:db8::1")) != limit_key(make_address("2001:db8:0:1::1")));
}

TEST_CASE("S1: the own origin is Host when that is a loopback name or the listen address") {
  const OriginRule rule("", {"https://www.example.org"});
  const std::string_view local = "192.168.7.7:8080";
  CHECK(rule.allows("http://localhost:8080", {"localhost:8080", local, false}));
  CHECK(rule.allows("http://127.0.0.1:9000", {"127.0.0.1:9000", local, false}));
  CHECK(rule.allows("http://[::1]:8080", {"[::1]:8080", local, false}));
  CHECK(rule.allows("http://192.168.7.7:8080", {"192.168.7.7:8080", local, false}));
  CHECK(rule.allows("https://localhost:8080", {"localhost:8080", local, true}));
  CHECK(rule.allows("https://192.168.7.7", {"192.168.7.7", "192.168.7.7:443", true}));
  CHECK(rule.allows("https://www.example.org", {"evil.example", local, false}));
}

TEST_CASE("S1: every other origin is foreign") {
  const OriginRule rule("", {"https://www.example.org"});
  const OwnAddress own{"localhost:8080", "192.168.7.7:8080", false};
  for (const char* origin :
       {"", "null", "http://evil.example", "http://localhost", "http://localhost:8081",
        "https://localhost:8080", "http://LOCALHOST:8080", "HTTP://localhost:8080",
        "http://localhost:8080/", "http://localhost:8080.evil.example", "http://evillocalhost:8080",
        "http://127.0.0.1:8080", "https://www.example.org.evil.example", "https://WWW.example.org",
        "https://www.example.org:443", "http://www.example.org", "https://sub.www.example.org"}) {
    INFO(origin);
    CHECK_FALSE(rule.allows(origin, own));
  }
  // A name of an attacker's that points here (DNS rebinding) is not ours, even where Host agrees.
  CHECK_FALSE(rule.allows("http://evil.example:8080", {"evil.example:8080", own.local, false}));
  CHECK_FALSE(rule.allows("http://localhost:8080", {"", own.local, false}));
}

TEST_CASE("S1: a public_url is the own origin, and the only one") {
  const OriginRule rule("https://meet.example.org/hall", {});
  CHECK(rule.public_origin() == "https://meet.example.org");
  CHECK(rule.allows("https://meet.example.org", {"anything", "10.0.0.1:80", false}));
  CHECK_FALSE(rule.allows("http://localhost:8080", {"localhost:8080", "127.0.0.1:8080", false}));
  CHECK_FALSE(rule.allows("https://meet.example.org:8443", {"anything", "10.0.0.1:80", false}));
}

TEST_CASE("S2: cookies are HttpOnly, SameSite=Lax, and secure ones have their prefix") {
  CHECK(write_cookie(3, "tok", 60, false) ==
        "hallway_3=tok; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  CHECK(write_cookie(0, "tok", 60, true) ==
        "__Host-hallway_0=tok; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
  CHECK(forget_cookie(7, true) ==
        "__Host-hallway_7=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
}

TEST_CASE("only our cookies are read, those of the connection's kind") {
  const auto plain = read_cookies("a=1; hallway_0=x;hallway_7=y ; hallway_8=z; hallway_=q", false);
  CHECK(plain[0] == "x");
  CHECK(plain[7] == "y");
  CHECK(read_cookies("hallway_0=x", true)[0].empty());
  CHECK(read_cookies("__Host-hallway_0=x", true)[0] == "x");
  CHECK(read_cookies("__Host-hallway_0=x", false)[0].empty());
  CHECK(read_cookies("hallway_1=x; hallway_1=y", false)[1].empty());
  CHECK(read_cookies("hallway_1=x; hallway_1=y; hallway_1=z", false)[1].empty());
  CHECK(read_cookies("hallway_1=" + std::string(500, 'x'), false)[1].empty());
  CHECK(slot_of_query("as=3") == 3);
  CHECK(slot_of_query("a=1&as=0&b") == 0);
  CHECK(slot_of_query("as=8") == -1);
  CHECK(slot_of_query("as=") == -1);
  CHECK_FALSE(slot_of_query("was=3"));
}

TEST_CASE("the smallest coding that is accepted is chosen") {
  const Asset asset{"a", "t", "e", true, "plain", "br", "gz"};
  CHECK(choose_coding(asset, "gzip, deflate, br").name == "br");
  CHECK(choose_coding(asset, "gzip;q=1.0,br;q=0").name == "gzip");
  CHECK(choose_coding(asset, "gzip;q=0.0, br;q=0.000").name.empty());
  CHECK(choose_coding(asset, "brotli, xgzip").name.empty());
  CHECK(choose_coding(asset, "").bytes == "plain");
  const Asset bare{"a", "t", "e", true, "plain", {}, {}};
  CHECK(choose_coding(bare, "br, gzip").bytes == "plain");
}

TEST_CASE("S8: an address joins in its burst, then at its pace; others are free") {
  JoinLimit limit(20, 3);
  const std::int64_t start = 1'000'000'000;
  for (int i = 0; i < 3; ++i) CHECK(limit.take_ms("a", start) == 0);
  CHECK(limit.take_ms("a", start) == 50);
  CHECK(limit.take_ms("b", start) == 0);
  CHECK(limit.take_ms("a", start + 49'000'000) > 0);
  CHECK(limit.take_ms("a", start + 50'000'000) == 0);
  CHECK(limit.take_ms("a", start + 50'000'000) == 50);
}

TEST_CASE("the memory of addresses is bounded, and full buckets make room") {
  JoinLimit limit(20, 1);
  for (std::size_t i = 0; i < JoinLimit::addresses_max; ++i) {
    REQUIRE(limit.take_ms(std::to_string(i), 0) == 0);
  }
  CHECK(limit.take_ms("one more", 0) == 1000);
  CHECK(limit.take_ms("0", 0) == 50);
  CHECK(limit.take_ms("one more", 1'000'000'000) == 0);
}

TEST_CASE("dates are written as HTTP and calendars want them") {
  CHECK(http_date(784'111'777'000) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(utc_stamp(784'111'777'999) == "19941106T084937Z");
  CHECK(utc_stamp(1'709'164'800'000) == "20240229T000000Z");
}

TEST_CASE("RFC 5545: a calendar escapes its text and folds its lines within no character") {
  EventView event;
  event.id = EventId{7};
  event.title = "Food; drinks, \\ and " + [] {
    std::string many;
    for (int i = 0; i < 40; ++i) many += "å";
    return many;
  }();
  event.starts_at = 784'111'777'000;
  event.ends_at = 784'115'377'000;
  event.programme = {{784'111'777'000, 30, "Welcome", {}}};
  const std::string text = calendar_of({event, 3, 784'000'000'000}, "https://meet.example.org/e/x");
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  CHECK(text.find("DTSTART:19941106T084937Z\r\n") != std::string::npos);
  CHECK(text.find("DTEND:19941106T091937Z\r\n") != std::string::npos);
  CHECK(text.find("URL:https://meet.example.org/e/x\r\n") != std::string::npos);
  std::string unfolded;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    const std::string line = text.substr(at, end - at);
    CHECK(line.size() <= 75);
    // A line that begins within a character would begin with a continuation byte.
    const char first = line.starts_with(' ') ? line[1] : line[0];
    CHECK((static_cast<unsigned char>(first) & 0xc0) != 0x80);
    unfolded += line.starts_with(' ') ? line.substr(1) : "\n" + line;
    at = end + 2;
  }
  CHECK(unfolded.find("\nSEQUENCE:3\nDTSTART:19941106T084937Z") != std::string::npos);
  CHECK(unfolded.find("DTSTAMP:19941105T") != std::string::npos);
  CHECK(unfolded.find("SUMMARY:Food\\; drinks\\, \\\\ and å") != std::string::npos);
  CHECK(unfolded.find("SUMMARY:Welcome") != std::string::npos);
}

}  // namespace
}  // namespace hallway
