#include "server/config_table.hpp"

#include "server/net/address.hpp"

namespace hallway::config {
namespace {

std::string anything(const std::string&) {
  return {};
}
std::string something(const std::string& text) {
  return text.empty() ? "must not be empty" : "";
}

/// `scheme://host[:port]`, as browsers write an Origin (RFC 6454): nothing behind it.
std::string judge_origin(const std::string& text) {
  const std::string_view rest = text.starts_with("https://")  ? std::string_view(text).substr(8)
                                : text.starts_with("http://") ? std::string_view(text).substr(7)
                                                              : std::string_view();
  const bool is_plain = rest.find_first_of("/?#@ *") == std::string_view::npos;
  return !rest.empty() && is_plain
             ? ""
             : "must be like https://meet.example.org, without a path or a slash at its end";
}
std::string judge_public_url(const std::string& text) {
  return text.empty() ? "" : judge_origin(text);
}
std::string judge_network(const std::string& text) {
  TrustedProxies networks;
  return networks.add(text) ? "" : "must be networks like 10.0.0.0/8 or fd00::/8";
}
std::string judge_endpoint(const std::string& text) {
  if (text.empty()) return {};
  const Result<Endpoint> endpoint = parse_endpoint(text);
  return endpoint ? "" : endpoint.error().message;
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> table{{"listen", Address{[](Config & c) -> auto& {return c.listen;
}
}  // namespace hallway::config
, "Where to listen for plain HTTP; port 0 takes a free one."
}  // namespace hallway
, {"data", Text{[](Config & c) -> auto& {return c.data;
}
, something
}
, "The folder that holds everything that is kept."
}
, {"public_url", Text{[](Config & c) -> auto& {return c.public_url;
}
, judge_public_url
}
, "How browsers reach this server, where that is not the listen address."
}
, {"origins", List{[](Config & c) -> auto& {return c.origins;
}
, judge_origin
}
, "Other sites whose pages may connect."
}
, {"trusted_proxies", List{[](Config & c) -> auto& {return c.trusted_proxies;
}
, judge_network
}
, "Proxies whose X-Forwarded-For is believed."
}
, {"shards", WholeNumber{[](Config & c) -> auto& {return c.shards;
}
, 0, 256
}
, "Threads that serve; 0: one a core."
}
, {"demo", Switch{[](Config & c) -> auto& {return c.demo;
}
}
, "Open a live event to try, and print links to it."
}
, {"drain_s", WholeNumber{[](Config & c) -> auto& {return c.drain_s;
}
, 0, 600
}
, "Seconds in which a stop sends everyone away gently."
}
, {"session_days", WholeNumber{[](Config & c) -> auto& {return c.session_days;
}
, 1, 3650
}
, "Days that a browser stays signed in."
}
, {"log.level", LogLevel{}, "The least that is logged."},
    {"log.format", LogFormat{}, "Lines for people, or an object a line for machines."},
    {"tls.listen", Text{[](Config & c) -> auto& {return c.tls.listen;
}
, judge_endpoint
}
, "Where to listen for HTTPS; empty: nowhere."
}
, {"tls.certificate", Text{[](Config & c) -> auto& {return c.tls.certificate;
}
, anything
}
, "The file of the certificate and its chain, in PEM."
}
, {"tls.key", Text{[](Config & c) -> auto& {return c.tls.key;
}
, anything
}
, "The file of the certificate's private key, in PEM."
}
, {"limits.commands_per_s", Rate{[](Config & c) -> auto& {return c.limits.told.commands_per_s;
}
, 10'000
}
, "Commands of a connection."
}
, {"limits.commands_burst",
   WholeNumber{[](Config & c) -> auto& {return c.limits.told.commands_burst;
}
, 1, 100'000
}
, "Commands of a connection at once."
}
, {"limits.messages_per_s", Rate{[](Config & c) -> auto& {return c.limits.told.messages_per_s;
}
, 10'000
}
, "Messages of a person in one stream."
}
, {"limits.messages_burst",
   WholeNumber{[](Config & c) -> auto& {return c.limits.told.messages_burst;
}
, 1, 100'000
}
, "Messages of a person in one stream at once."
}
, {"limits.joins_per_s", Rate{[](Config & c) -> auto& {return c.limits.joins_per_s;
}
, 100'000
}
, "New people of an address."
}
, {"limits.joins_burst", WholeNumber{[](Config & c) -> auto& {return c.limits.joins_burst;
}
, 1, 1'000'000
}
, "New people of an address at once: a whole venue can sit behind one."
}
, {"limits.connections_per_person",
   WholeNumber{[](Config & c) -> auto& {return c.limits.connections_per_person;
}
, 1, 1000
}
, "Tabs and devices of one person."
}
, {"limits.hello_sockets_per_address",
   WholeNumber{[](Config & c) -> auto& {return c.limits.hello_sockets_per_address;
}
, 1, 1'000'000
}
, "Sockets of an address that have not said hello."
}
,
}
;
return table;
}

std::string kind_of(const Key& key) {
  if (const auto* number = std::get_if<WholeNumber>(&key.value)) {
    return "a whole number from " + std::to_string(number->min) + " to " +
           std::to_string(number->max);
  }
  if (std::holds_alternative<Rate>(key.value)) return "a number above 0";
  if (std::holds_alternative<Switch>(key.value)) return "true or false";
  if (std::holds_alternative<List>(key.value)) return "a list of texts";
  if (std::holds_alternative<Address>(key.value)) return "HOST:PORT";
  if (std::holds_alternative<LogLevel>(key.value)) return "debug, info, warning or error";
  if (std::holds_alternative<LogFormat>(key.value)) return "text or json";
  return "a text";
}

}  // namespace hallway::config
