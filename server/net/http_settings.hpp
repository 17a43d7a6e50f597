// What an operator may set about HTTP. Read once at the start and shared, unchanging, by all
// shards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "server/net/address.hpp"
#include "server/sso_settings.hpp"

namespace hallway {

struct HttpSettings {
  std::string public_url;  ///< `https://meet.example.org`; empty: as the client reached us.
  std::vector<std::string> origins;  ///< Beside the own one, e.g. `https://www.example.org`.
  TrustedProxies trusted_proxies;

  // --- Bounds. At the bound: 431, 413, closed at once.
  std::size_t header_bytes_max = 8 * 1024;
  std::size_t body_bytes_max = 64 * 1024;
  std::size_t connections_max = 8192;  ///< Of HTTP; a WebSocket counts no longer.

  // --- Patience. At the end of it: the connection is closed.
  std::int64_t header_ms =
      10'000;  ///< From the first byte (or the accept) to the empty line; also TLS.
  std::int64_t body_ms = 10'000;
  std::int64_t idle_ms = 60'000;  ///< Between two requests.
  std::int64_t write_ms = 30'000;
  std::int64_t backend_ms = 15'000;  ///< For storage or a place; then `unavailable`.

  // --- People
  double joins_per_s = 20;  ///< An address.
  double joins_burst = 500;
  std::int64_t session_ms = std::int64_t{30} * 24 * 3'600'000;

  SsoSettings sso;

  bool is_public_https() const { return public_url.starts_with("https://"); }
};

}  // namespace hallway
