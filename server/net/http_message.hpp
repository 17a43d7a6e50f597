// One HTTP request and its answer as the API sees them: plain values, no sockets and no Beast.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hallway {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;     ///< As sent, e.g. `GET`.
  std::string path;       ///< Begins with `/`; not decoded: no route of ours needs an escape.
  std::string query;      ///< Behind the `?`, without it.
  HttpFields fields;      ///< Names in lower case, in the order of the request.
  std::string body;       ///< At most `HttpLimits::body_bytes_max`.
  std::string address;    ///< Of the client, behind trusted proxies too; no port.
  std::string limit_key;  ///< What limits by address count by (of IPv6 the /64).
  std::string local;      ///< `host:port` at which the connection was accepted.
  bool secure = false;    ///< The connection itself is TLS.

  /// The value of the first such field, or nullptr. `name` in lower case.
  const std::string* field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
      if (key == name) return &value;
    }
    return nullptr;
  }
};

struct HttpResponse {
  unsigned status = 200;
  HttpFields fields;
  std::string body;
  /// Instead of `body`: bytes that live as long as the program, e.g. a file of the client.
  std::string_view fixed_body = {};
  /// The route's pattern, for metrics and the log: never a token, always one of a few.
  std::string_view route = "none";
};

}  // namespace hallway
