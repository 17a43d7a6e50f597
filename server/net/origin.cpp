// The comparison of origins: text against text, as browsers write it (RFC 6454 section 6.2).
#include "server/net/origin.hpp"

#include <algorithm>
#include <array>

namespace hallway {
namespace {

std::string origin_of_url(std::string_view url) {
  const std::size_t host = url.find("://");
  if (host == std::string_view::npos) return {};
  return std::string(url.substr(0, url.find('/', host + 3)));
}

/// `localhost:8080` → `localhost`, `[::1]:8080` → `[::1]`.
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_loopback(std::string_view host) {
  constexpr std::array<std::string_view, 3> names{"localhost", "127.0.0.1", "[::1]"};
  return std::find(names.begin(), names.end(), without_port(host)) != names.end();
}

/// Browsers leave out the port that the scheme has by default.
bool is_listen_address(std::string_view host, const OwnAddress& own) {
  if (host == own.local) return true;
  const std::string_view default_port = own.secure ? ":443" : ":80";
  return own.local.ends_with(default_port) && host == without_port(own.local);
}

}  // namespace

OriginRule::OriginRule(std::string_view public_url, std::vector<std::string> allowed)
    : public_origin_(origin_of_url(public_url)), allowed_(std::move(allowed)) {}

bool OriginRule::allows(std::string_view origin, const OwnAddress& own) const {
  if (origin.empty()) return false;
  if (std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end()) return true;
  if (!public_origin_.empty()) return origin == public_origin_;
  const std::string_view host = own.host_field;
  if (host.empty() || !(is_loopback(host) || is_listen_address(host, own))) return false;
  const std::string_view scheme = own.secure ? "https://" : "http://";
  return origin.starts_with(scheme) && origin.substr(scheme.size()) == host;
}

}  // namespace hallway
