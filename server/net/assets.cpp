// Finding a file of the client, and the coding to send it in.
#include "server/net/assets.hpp"

#include <algorithm>

#include "server/net/http_header.hpp"

namespace hallway {
namespace {

/// `q=0`, `q=0.0` … say "not this one"; all other weights say yes (RFC 9110 section 12.5.3).
bool is_refused(std::string_view parameters) {
  const std::size_t weight = parameters.find("q=");
  if (weight == std::string_view::npos) return false;
  const std::string_view value = stripped(parameters.substr(weight + 2));
  return value.starts_with('0') && value.find_first_of("123456789") == std::string_view::npos;
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    const std::size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view element = accept_encoding.substr(0, end);
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(element.find(';'), element.size());
    if (stripped(element.substr(0, semicolon)) != coding) continue;
    return !is_refused(element.substr(semicolon));
  }
  return false;
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  const auto assets = embedded_assets();
  const auto found = std::lower_bound(
      assets.begin(), assets.end(), path,
      [](const Asset& asset, std::string_view wanted) { return asset.path < wanted; });
  return found != assets.end() && found->path == path ? &*found : nullptr;
}

ChosenCoding choose_coding(const Asset& asset, std::string_view accept_encoding) {
  if (!asset.brotli.empty() && accepts(accept_encoding, "br")) return {"br", asset.brotli};
  if (!asset.gzip.empty() && accepts(accept_encoding, "gzip")) return {"gzip", asset.gzip};
  return {{}, asset.plain};
}

}  // namespace hallway
