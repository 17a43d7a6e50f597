// The checks of http_upgrade.hpp, in the order in which a client can mend them.
#include "server/net/http_upgrade.hpp"

#include <algorithm>

#include "server/net/api_answer.hpp"
#include "server/net/cookies.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

/// Whether the comma-separated list in any field of that name holds `wanted`.
bool lists(const HttpRequest& request, std::string_view name, std::string_view wanted,
           bool ignoring_case) {
  for (const auto& [key, value] : request.fields) {
    if (key != name) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      std::string_view element = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (element.starts_with(' ')) element.remove_prefix(1);
      while (element.ends_with(' ')) element.remove_suffix(1);
      if (ignoring_case ? equals_ignoring_case(element, wanted) : element == wanted) return true;
    }
  }
  return false;
}

UpgradeDecision refused(HttpResponse answer) {
  return {std::nullopt, std::move(answer)};
}

UpgradeDecision refused(ErrorCode code, std::string message, std::string field = {}) {
  return refused(problem(refuse(code, std::move(message), std::move(field))));
}

}  // namespace

UpgradeDecision judge_upgrade(const HttpRequest& request, const OriginRule& origins,
                              bool cookies_secure) {
  const std::string* const version = request.field("sec-websocket-version");
  if (request.method != "GET" || !lists(request, "connection", "upgrade", true) ||
      !lists(request, "upgrade", "websocket", true) || !version || *version != "13" ||
      !request.field("sec-websocket-key")) {
    HttpResponse answer = problem(
        refuse(ErrorCode::bad_request, "This address answers WebSockets of version 13 alone."));
    answer.status = 426;
    answer.fields.emplace_back("Upgrade", "websocket");
    answer.fields.emplace_back("Sec-WebSocket-Version", "13");
    return refused(std::move(answer));
  }
  if (!request.body.empty()) {
    return refused(ErrorCode::bad_request, "A WebSocket handshake has no body.");
  }
  if (!lists(request, "sec-websocket-protocol", websocket_subprotocol, false)) {
    return refused(ErrorCode::bad_request, "The subprotocol must be hallway.v1.");
  }
  const std::string* const cookie_field = request.field("cookie");
  const auto tokens = read_cookies(cookie_field ? *cookie_field : std::string(), cookies_secure);
  const bool brings_cookie =
      std::any_of(tokens.begin(), tokens.end(), [](const auto& token) { return !token.empty(); });
  const std::string* const host = request.field("host");
  const std::string* const origin = request.field("origin");
  const OwnAddress own{host ? std::string_view(*host) : std::string_view(), request.local,
                       request.secure};
  if (origin ? !origins.allows(*origin, own) : brings_cookie) {
    return refused(ErrorCode::forbidden, "This page may not connect here.");
  }
  UpgradePermit permit;
  permit.slot = slot_of_query(request.query);
  if (permit.slot && *permit.slot < 0) {
    return refused(ErrorCode::bad_request, "The slot is a number from 0 to 7.", "as");
  }
  if (permit.slot && !tokens[static_cast<std::size_t>(*permit.slot)].empty()) {
    permit.cookie_session = hash_token(tokens[static_cast<std::size_t>(*permit.slot)]);
  }
  return {std::move(permit), {}};
}

}  // namespace hallway
