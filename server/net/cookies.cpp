// Reading and writing of cookies (RFC 6265, and its `__Host-` prefix).
#include "server/net/cookies.hpp"

#include "server/net/http_header.hpp"
#include "server/net/query.hpp"

#include <algorithm>

namespace hallway {
namespace {

constexpr std::string_view prefix = "hallway_";
constexpr std::string_view secure_prefix = "__Host-hallway_";

std::string cookie_name(int slot, bool secure) {
  return std::string(secure ? secure_prefix : prefix) + std::to_string(slot);
}

std::string attributes(std::int64_t lifetime_s, bool secure) {
  std::string text = "; Path=/; Max-Age=" + std::to_string(lifetime_s) + "; HttpOnly; SameSite=Lax";
  if (secure) text += "; Secure";
  return text;
}

/// Each `name=value` of a Cookie field.
template <class Take>
void for_each_pair(std::string_view field, Take take) {
  while (!field.empty()) {
    const std::size_t end = std::min(field.find(';'), field.size());
    const std::string_view pair = stripped(field.substr(0, end));
    field.remove_prefix(std::min(end + 1, field.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) take(pair.substr(0, equals), pair.substr(equals + 1));
  }
}

}  // namespace

std::array<std::string, slots_max> read_cookies(std::string_view field, bool secure) {
  std::array<std::string, slots_max> tokens;
  std::array<int, slots_max> seen{};
  const std::string_view expected = secure ? secure_prefix : prefix;
  for_each_pair(field, [&](std::string_view name, std::string_view token) {
    if (!name.starts_with(expected)) return;
    const auto slot = parse_slot(name.substr(expected.size()));
    if (!slot || token.size() > cookie_token_bytes_max) return;
    const auto index = static_cast<std::size_t>(*slot);
    tokens[index] = ++seen[index] == 1 ? std::string(token) : std::string();
  });
  return tokens;
}

std::string read_named_cookie(std::string_view field, std::string_view name, bool secure) {
  const std::string expected = std::string(secure ? secure_prefix : prefix).append(name);
  std::string found;
  int seen = 0;
  for_each_pair(field, [&](std::string_view each, std::string_view value) {
    if (each != expected || value.size() > cookie_token_bytes_max) return;
    found = ++seen == 1 ? std::string(value) : std::string();
  });
  return found;
}

std::string write_named_cookie(std::string_view name, std::string_view value,
                               std::int64_t lifetime_s, bool secure) {
  return std::string(secure ? secure_prefix : prefix).append(name) + "=" + std::string(value) +
         attributes(lifetime_s, secure);
}

std::string write_cookie(int slot, std::string_view token, std::int64_t lifetime_s, bool secure) {
  return cookie_name(slot, secure) + "=" + std::string(token) + attributes(lifetime_s, secure);
}

std::string forget_cookie(int slot, bool secure) {
  return cookie_name(slot, secure) + "=" + attributes(0, secure);
}

std::optional<int> parse_slot(std::string_view text) {
  if (text.size() != 1 || text[0] < '0' || text[0] >= '0' + slots_max) return std::nullopt;
  return text[0] - '0';
}

std::optional<int> slot_of_query(std::string_view query) {
  const auto slot = query_value(query, "as");
  if (!slot) return std::nullopt;
  return parse_slot(*slot).value_or(-1);
}

}  // namespace hallway
