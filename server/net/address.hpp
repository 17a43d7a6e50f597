// Who is at the other end: the client's address behind proxies that are trusted, and no others.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hallway {

/// Networks whose word about `X-Forwarded-For` is believed. Immutable: any thread may ask.
class TrustedProxies {
 public:
  TrustedProxies() = default;
  /// False when `network` is no address and no CIDR (`10.0.0.0/8`, `::1`, `fd00::/8`).
  bool add(std::string_view network);
  bool contains(const boost::asio::ip::address& address) const;

 private:
  struct Network {
    boost::asio::ip::address_v6::bytes_type bytes{};
    unsigned prefix_bits = 128;
  };
  std::vector<Network> networks_;
};

/// The peer, or, where the peer is a trusted proxy, the rightmost address in `forwarded_for` that
/// is not one. What cannot be read ends the walk: the hop that wrote it is then the client. IPv4 in
/// IPv6 is told as IPv4.
boost::asio::ip::address client_address(const boost::asio::ip::address& peer,
                                        const std::vector<std::string_view>& forwarded_for,
                                        const TrustedProxies& trusted);

/// What limits count by: an IPv4 address whole, of IPv6 the /64 that one household or host holds.
std::string limit_key(const boost::asio::ip::address& address);

}  // namespace hallway
