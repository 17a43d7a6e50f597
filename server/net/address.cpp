// Networks and forwarded addresses, all as IPv6 inside: an IPv4 address is its mapped form.
#include "server/net/address.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>

namespace hallway {
namespace {

namespace ip = boost::asio::ip;

ip::address_v6 as_v6(const ip::address& address) {
  return address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
}

ip::address unmapped(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  }
  return address;
}

std::optional<ip::address> parse(std::string_view text) {
  boost::system::error_code failed;
  const ip::address address = ip::make_address(text, failed);
  if (failed) return std::nullopt;
  return address;
}

/// One element of X-Forwarded-For; some proxies add the port.
std::optional<ip::address> parse_forwarded(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  if (const auto whole = parse(text)) return unmapped(*whole);
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    text = text.substr(1, end - 1);
  } else {
    text = text.substr(0, text.find(':'));
  }
  const auto address = parse(text);
  if (!address) return std::nullopt;
  return unmapped(*address);
}

/// All elements of all the fields, first to last.
std::vector<std::string_view> elements(const std::vector<std::string_view>& fields) {
  std::vector<std::string_view> all;
  for (std::string_view field : fields) {
    while (true) {
      const std::size_t comma = field.find(',');
      all.push_back(field.substr(0, comma));
      if (comma == std::string_view::npos) break;
      field.remove_prefix(comma + 1);
    }
  }
  return all;
}

}  // namespace

bool TrustedProxies::add(std::string_view network) {
  const std::size_t slash = network.find('/');
  const auto address = parse(network.substr(0, slash));
  if (!address) return false;
  const unsigned bits_max = address->is_v4() ? 32 : 128;
  unsigned bits = bits_max;
  if (slash != std::string_view::npos) {
    const std::string_view text = network.substr(slash + 1);
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, bits);
    if (failed != std::errc{} || stop != end || bits > bits_max) return false;
  }
  Network added;
  added.bytes = as_v6(*address).to_bytes();
  added.prefix_bits = bits + (128 - bits_max);
  networks_.push_back(added);
  return true;
}

bool TrustedProxies::contains(const ip::address& address) const {
  const auto bytes = as_v6(address).to_bytes();
  for (const Network& network : networks_) {
    bool is_inside = true;
    for (unsigned bit = 0; bit < network.prefix_bits && is_inside; ++bit) {
      const unsigned difference = bytes[bit / 8] ^ network.bytes[bit / 8];
      is_inside = (difference & (0x80U >> (bit % 8))) == 0;
    }
    if (is_inside) return true;
  }
  return false;
}

ip::address client_address(const ip::address& peer,
                           const std::vector<std::string_view>& forwarded_for,
                           const TrustedProxies& trusted) {
  ip::address client = unmapped(peer);
  if (!trusted.contains(client)) return client;
  const auto hops = elements(forwarded_for);
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const auto address = parse_forwarded(*hop);
    if (!address) break;
    client = *address;
    if (!trusted.contains(client)) break;
  }
  return client;
}

std::string limit_key(const ip::address& address) {
  const ip::address plain = unmapped(address);
  if (plain.is_v4()) return plain.to_string();
  auto bytes = plain.to_v6().to_bytes();
  for (std::size_t i = 8; i < bytes.size(); ++i) bytes[i] = 0;
  return ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace hallway
