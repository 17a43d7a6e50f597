// S10: headers that two readers might understand differently are refused before they are parsed.
#include "server/net/http_header.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace hallway {
namespace {

unsigned status_of(const std::string& header) {
  const auto fault = check_header(header);
  return fault ? fault->status : 200;
}

/// The request line and a host, then these lines.
unsigned status_with(const std::string& lines) {
  return status_of("POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n");
}

TEST_CASE("a sound header passes") {
  CHECK(status_of("GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n") == 200);
  CHECK(status_of("GET / HTTP/1.1\r\nhost: [::1]:8080\r\nX-Empty:\r\n\r\n") == 200);
  CHECK(status_of("GET / HTTP/1.0\r\n\r\n") == 200);
  CHECK(status_with("Content-Length: 12\r\n") == 200);
  CHECK(status_with("Transfer-Encoding: Chunked\r\n") == 200);
  CHECK(status_with("X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n") == 200);
}

TEST_CASE("S10: one host, and one that can be read") {
  CHECK(status_of("GET / HTTP/1.1\r\n\r\n") == 400);
  CHECK(status_with("Host: b\r\n") == 400);
  CHECK(status_with("hOST: a\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost:\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n") == 400);
}

TEST_CASE("S10: where the body ends has one reading") {
  CHECK(status_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") == 400);
  CHECK(status_with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n") == 400);
  CHECK(status_with("Content-Length: 3\r\nContent-Length: 3\r\n") == 400);
  CHECK(status_with("Content-Length: 3\r\nContent-Length: 4\r\n") == 400);
  CHECK(status_with("Content-Length: 3, 3\r\n") == 400);
  CHECK(status_with("Content-Length: +3\r\n") == 400);
  CHECK(status_with("Content-Length: -3\r\n") == 400);
  CHECK(status_with("Content-Length: 0x3\r\n") == 400);
  CHECK(status_with("Content-Length: 3 3\r\n") == 400);
  CHECK(status_with("Content-Length:\r\n") == 400);
  CHECK(status_with("Content-Length: 99999999999999999999\r\n") == 400);
}

TEST_CASE("S10: the only transfer coding is chunked, once") {
  CHECK(status_with("Transfer-Encoding: identity\r\n") == 501);
  CHECK(status_with("Transfer-Encoding: gzip, chunked\r\n") == 501);
  CHECK(status_with("Transfer-Encoding: chunked, chunked\r\n") == 501);
  CHECK(status_with("Transfer-Encoding: chunked, identity\r\n") == 501);
  CHECK(status_with("Transfer-Encoding: xchunked\r\n") == 501);
  CHECK(status_with("Transfer-Encoding: \"chunked\"\r\n") == 501);
  CHECK(status_with("Transfer-Encoding:\r\n") == 501);
  CHECK(status_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") == 400);
  CHECK(status_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n") == 400);
  CHECK(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
}

TEST_CASE("S10: lines are whole: no folds, no bare ends, no blanks before the colon") {
  CHECK(status_with("X-A: 1\r\n folded\r\n") == 400);
  CHECK(status_with("X-A: 1\r\n\tfolded\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\n Host: a\r\n\r\n") == 400);
  CHECK(status_with("Transfer-Encoding : chunked\r\n") == 400);
  CHECK(status_with("Transfer-Encoding\t: chunked\r\n") == 400);
  CHECK(status_with(": chunked\r\n") == 400);
  CHECK(status_with("no colon\r\n") == 400);
  CHECK(status_with("X-A: 1\nTransfer-Encoding: chunked\r\n") == 400);
  CHECK(status_with("X-A: 1\rTransfer-Encoding: chunked\r\n") == 400);
  CHECK(status_with(std::string("X-A: 1\0 2\r\n", 11)) == 400);
  CHECK(status_with("X-A: \x01\r\n") == 400);
  CHECK(status_with("X-A: \x7f\r\n") == 400);
  CHECK(status_with("X\x80: 1\r\n") == 400);
}

TEST_CASE("S10: fields that say who asks stand once") {
  CHECK(status_with("Cookie: a=1\r\nCookie: a=2\r\n") == 400);
  CHECK(status_with("Origin: http://a\r\nOrigin: http://b\r\n") == 400);
  CHECK(status_with("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n") == 400);
  CHECK(status_with("Content-Type: a\r\nContent-Type: b\r\n") == 400);
}

TEST_CASE("S10: the request line is of HTTP/1.1 and names a path") {
  const std::string rest = "\r\nHost: a\r\n\r\n";
  CHECK(status_of("GET http://a/ HTTP/1.1" + rest) == 400);
  CHECK(status_of("CONNECT a:80 HTTP/1.1" + rest) == 400);
  CHECK(status_of("OPTIONS * HTTP/1.1" + rest) == 400);
  CHECK(status_of("GET  / HTTP/1.1" + rest) == 400);
  CHECK(status_of("GET / a HTTP/1.1" + rest) == 400);
  CHECK(status_of("GET /\x80 HTTP/1.1" + rest) == 400);
  CHECK(status_of("GET /#x HTTP/1.1" + rest) == 400);
  CHECK(status_of("GET /" + rest) == 400);
  CHECK(status_of("G(T / HTTP/1.1" + rest) == 400);
  CHECK(status_of("\r\nGET / HTTP/1.1" + rest) == 400);
  CHECK(status_of("GET / HTTP/2.0" + rest) == 505);
  CHECK(status_of("GET / HTTP/1.2" + rest) == 505);
  CHECK(status_of("GET / http/1.1" + rest) == 505);
  CHECK(status_of("GET /" + std::string(target_bytes_max, 'a') + " HTTP/1.1" + rest) == 414);
}

TEST_CASE("S10: fields are counted") {
  std::string lines;
  for (std::size_t i = 1; i < header_fields_max; ++i) lines += "X: 1\r\n";
  CHECK(status_with(lines) == 200);
  CHECK(status_with(lines + "X: 1\r\n") == 431);
}

}  // namespace
}  // namespace hallway
