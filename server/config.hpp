// What an operator may set: one table of keys, from which the file, the flags, the environment and
// the documentation all follow. A flag outranks the environment, the environment the file, the file
// the default. Whatever nobody knows is an error that names it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.hpp"
#include "server/journal.hpp"
#include "server/log.hpp"
#include "server/net/address.hpp"
#include "server/sso_settings.hpp"

namespace hallway {

/// `HOST:PORT`, an IPv6 host in brackets. Port 0 takes a free one.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};
Result<Endpoint> parse_endpoint(std::string_view text);

struct TlsConfig {
  std::string listen;  ///< An endpoint; empty: no TLS.
  std::string certificate;
  std::string key;
};

struct LimitsConfig {
  double commands_per_s = 10;
  std::int64_t commands_burst = 40;
  double messages_per_s = 1;
  std::int64_t messages_burst = 20;
  double joins_per_s = 20;
  std::int64_t joins_burst = 500;
  std::int64_t connections_per_person = 10;
  std::int64_t hello_sockets_per_address = 500;
};

struct RoundsConfig {
  std::int64_t announce_s = 30;
  std::int64_t wrap_s = 30;
};

struct Config {
  std::string listen = "127.0.0.1:8080";  ///< An endpoint.
  std::string data = "./hallway-data";
  std::string public_url;
  std::vector<std::string> origins;
  TrustedProxies trusted_proxies;
  std::int64_t shards = 0;  ///< 0: one a core that the process may use.
  bool demo = false;
  Durability durability = Durability::commit;
  log::Level log_level = log::Level::info;
  log::Format log_format = log::Format::text;
  TlsConfig tls;
  LimitsConfig limits;
  RoundsConfig rounds;
  std::int64_t drain_s = 10;
  std::int64_t session_days = 30;
  SsoSettings sso;  ///< The file's alone.
};

/// A key as flags and documentation need it.
struct ConfigKey {
  std::string name;      ///< `log.level`: section and key of the file, and the flag behind `--`.
  std::string variable;  ///< `HALLWAY_LOG_LEVEL`.
  std::string kind;      ///< What is expected, in words.
  std::string fallback;  ///< The default as one would write it; empty: none.
  std::string help;
  bool is_switch = false;
};
std::vector<ConfigKey> config_keys();

/// What was given beside the file. Lists are written with commas.
struct ConfigSources {
  std::filesystem::path file;                      ///< Empty: none.
  std::map<std::string, std::string> environment;  ///< All of it; only HALLWAY_ counts.
  std::map<std::string, std::string> flags;        ///< By name of the key.
};

/// The refusal's message names the key and where it came from.
Result<Config> load_config(const ConfigSources& sources);

/// For `hallway help config`.
std::string config_help();

}  // namespace hallway
