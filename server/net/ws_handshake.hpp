// From an HTTP request that may become a WebSocket to a connection that is one.
#pragma once

#include "server/net/http_connection.hpp"
#include "server/net/shard.hpp"

namespace hallway {

/// Answers the handshake and serves the connection until it ends. On `shard`'s thread, where the
/// stream's executor is.
void serve_websocket(Shard& shard, PlainOrTlsStream stream, UpgradeRequest request,
                     UpgradeInfo info);

}  // namespace hallway
