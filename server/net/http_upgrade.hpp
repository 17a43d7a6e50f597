// May this request become a WebSocket? Decided before the upgrade, without sockets.
#pragma once

#include <optional>
#include <string>

#include "protocol/error.hpp"
#include "server/net/http_message.hpp"
#include "server/net/origin.hpp"
#include "server/registry.hpp"

namespace hallway {

inline constexpr std::string_view websocket_path = "/ws";
inline constexpr std::string_view websocket_subprotocol = "hallway.v1";

struct UpgradePermit {
  std::optional<TokenHash> cookie_session;
  std::optional<int> slot;
};

/// An answer instead of a permit is the refusal to send: 426 (not a WebSocket handshake of version
/// 13), 400 (no `hallway.v1`, a slot that is none, a body), 403 (a wrong Origin, or a cookie
/// without one).
struct UpgradeDecision {
  std::optional<UpgradePermit> permit;
  HttpResponse refusal = {};
};
/// `cookies_secure`: which cookies count, those with `__Host-` or those without.
UpgradeDecision judge_upgrade(const HttpRequest& request, const OriginRule& origins,
                              bool cookies_secure);

}  // namespace hallway
