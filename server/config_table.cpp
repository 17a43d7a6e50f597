#include "server/config_table.hpp"

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
std::string judge_listen(const std::string& text) {
  const Result<Endpoint> endpoint = parse_endpoint(text);
  return endpoint ? "" : endpoint.error().message;
}
std::string judge_tls_listen(const std::string& text) {
  return text.empty() ? "" : judge_listen(text);
}

// Where a value stands in a Config, and in a section of it.
template <auto Member>
auto& at(Config& config) {
  return config.*Member;
}
template <auto Section, auto Member>
auto& within(Config& config) {
  return (config.*Section).*Member;
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> table{
      {"listen", Text{at<&Config::listen>, judge_listen},
       "Where to listen for plain HTTP; port 0 takes a free one."},
      {"data", Text{at<&Config::data>, something},
       "The folder that holds everything that is kept."},
      {"public_url", Text{at<&Config::public_url>, judge_public_url},
       "How browsers reach this server, where that is not the listen address."},
      {"origins", List{at<&Config::origins>, judge_origin}, "Other sites whose pages may connect."},
      {"trusted_proxies", Networks{at<&Config::trusted_proxies>},
       "Proxies whose X-Forwarded-For is believed."},
      {"shards", WholeNumber{at<&Config::shards>, 0, 256},
       "Threads that serve; 0: one a core that the process may use."},
      {"durability", DurabilityWord{},
       "commit: what is said is told once it is on the disk. relaxed: at once, on the disk in 50 "
       "ms."},
      {"demo", Switch{at<&Config::demo>}, "Open a live event to try, and print links to it."},
      {"drain_s", WholeNumber{at<&Config::drain_s>, 1, 600},
       "Seconds in which a stop sends everyone away gently."},
      {"session_days", WholeNumber{at<&Config::session_days>, 1, 3650},
       "Days that a browser stays signed in."},
      {"log.level", LogLevel{}, "The least that is logged."},
      {"log.format", LogFormat{}, "Lines for people, or an object a line for machines."},
      {"tls.listen", Text{within<&Config::tls, &TlsConfig::listen>, judge_tls_listen},
       "Where to listen for HTTPS; empty: nowhere."},
      {"tls.certificate", Text{within<&Config::tls, &TlsConfig::certificate>, anything},
       "The file of the certificate and its chain, in PEM."},
      {"tls.key", Text{within<&Config::tls, &TlsConfig::key>, anything},
       "The file of the certificate's private key, in PEM."},
      {"rounds.announce_s", WholeNumber{within<&Config::rounds, &RoundsConfig::announce_s>, 1, 600},
       "Seconds from a round's announcement to its start."},
      {"rounds.wrap_s", WholeNumber{within<&Config::rounds, &RoundsConfig::wrap_s>, 1, 600},
       "Seconds in which a round is wrapped up."},
      {"limits.commands_per_s",
       Rate{within<&Config::limits, &LimitsConfig::commands_per_s>, 10'000},
       "Commands of a connection."},
      {"limits.commands_burst",
       WholeNumber{within<&Config::limits, &LimitsConfig::commands_burst>, 1, 100'000},
       "Commands of a connection at once."},
      {"limits.messages_per_s",
       Rate{within<&Config::limits, &LimitsConfig::messages_per_s>, 10'000},
       "Messages of a person in one stream."},
      {"limits.messages_burst",
       WholeNumber{within<&Config::limits, &LimitsConfig::messages_burst>, 1, 100'000},
       "Messages of a person in one stream at once."},
      {"limits.joins_per_s", Rate{within<&Config::limits, &LimitsConfig::joins_per_s>, 100'000},
       "New people of an address."},
      {"limits.joins_burst",
       WholeNumber{within<&Config::limits, &LimitsConfig::joins_burst>, 1, 1'000'000},
       "New people of an address at once: a whole venue can sit behind one."},
      {"limits.connections_per_person",
       WholeNumber{within<&Config::limits, &LimitsConfig::connections_per_person>, 1, 1000},
       "Tabs and devices of one person."},
      {"limits.hello_sockets_per_address",
       WholeNumber{within<&Config::limits, &LimitsConfig::hello_sockets_per_address>, 1, 1'000'000},
       "Sockets of an address that have not said hello."},
  };
  return table;
}

std::string kind_of(const Key& key) {
  if (const auto* number = std::get_if<WholeNumber>(&key.value)) {
    return "a whole number from " + std::to_string(number->min) + " to " +
           std::to_string(number->max);
  }
  if (std::holds_alternative<Rate>(key.value)) return "a number above 0";
  if (std::holds_alternative<Switch>(key.value)) return "true or false";
  if (is_list(key)) return "a list of texts";
  if (std::holds_alternative<LogLevel>(key.value)) return "debug, info, warning or error";
  if (std::holds_alternative<LogFormat>(key.value)) return "text or json";
  if (std::holds_alternative<DurabilityWord>(key.value)) return "commit or relaxed";
  return "a text";
}

}  // namespace hallway::config
