// Settings: where they come from, which source wins, and what is refused.
#include <catch2/catch.hpp>
#include <fstream>

#include "server/config.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

struct Given {
  TemporaryFolder folder;
  ConfigSources sources;

  void file(const std::string& text) {
    sources.file = folder / "hallway.toml";
    std::ofstream(sources.file) << text;
  }
  Config read() const {
    const auto config = load_config(sources);
    REQUIRE(config);
    return *config;
  }
  std::string refusal() const {
    const auto config = load_config(sources);
    REQUIRE_FALSE(config);
    return config.error().message;
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Without anything given, the documented defaults hold", "[config]") {
  const Config config = Given{}.read();
  CHECK(config.listen == "127.0.0.1:8080");
  CHECK(config.data == "./hallway-data");
  CHECK_FALSE(config.demo);
  CHECK(config.limits.messages_burst == 20);
  CHECK(config.drain_s == 10);
}

TEST_CASE("A flag outranks the environment, the environment the file", "[config]") {
  Given given;
  given.file("shards = 1\ndrain_s = 1\nsession_days = 1\n");
  given.sources.environment = {{"HALLWAY_SHARDS", "2"}, {"HALLWAY_DRAIN_S", "2"}, {"PATH", "/bin"}};
  given.sources.flags = {{"shards", "3"}};
  const Config config = given.read();
  CHECK(config.shards == 3);
  CHECK(config.drain_s == 2);
  CHECK(config.session_days == 1);
}

TEST_CASE("Every key can be set in the file", "[config]") {
  Given given;
  given.file(R"(
listen = "[::1]:0"
data = "/srv/hallway"
public_url = "https://meet.example.org"
origins = ["https://www.example.org", "http://localhost:3000"]
trusted_proxies = ["10.0.0.0/8", "fd00::/8"]
shards = 4
demo = true
drain_s = 5
session_days = 7
[log]
level = "debug"
format = "json"
[tls]
listen = "0.0.0.0:8443"
certificate = "chain.pem"
key = "key.pem"
[limits]
commands_per_s = 2.5
commands_burst = 3
messages_per_s = 4
messages_burst = 5
joins_per_s = 6
joins_burst = 7
connections_per_person = 8
hello_sockets_per_address = 9
)");
  const Config config = given.read();
  CHECK(config.listen == "[::1]:0");
  CHECK(config.origins.size() == 2);
  CHECK(config.trusted_proxies.contains(boost::asio::ip::make_address("10.1.2.3")));
  CHECK_FALSE(config.trusted_proxies.contains(boost::asio::ip::make_address("11.1.2.3")));
  CHECK(config.demo);
  CHECK(config.log_level == log::Level::debug);
  CHECK(config.log_format == log::Format::json);
  CHECK(config.tls.listen == "0.0.0.0:8443");
  CHECK(config.limits.commands_per_s == 2.5);
  CHECK(config.limits.messages_per_s == 4);
  CHECK(config.limits.hello_sockets_per_address == 9);
}

TEST_CASE("Every key can be set by the environment and by a flag", "[config]") {
  const std::map<std::string, std::string> values{
      {"listen", "127.0.0.1:1"},
      {"data", "d"},
      {"public_url", "http://a.example"},
      {"origins", "https://a.example, https://b.example"},
      {"trusted_proxies", "10.0.0.1"},
      {"demo", "true"},
      {"durability", "relaxed"},
      {"log.level", "error"},
      {"log.format", "json"},
      {"tls.listen", ""},
      {"tls.certificate", "c"},
      {"tls.key", "k"}};
  for (const ConfigKey& key : config_keys()) {
    CAPTURE(key.name);
    const auto value = values.find(key.name);
    const std::string text = value == values.end() ? "1" : value->second;
    Given by_environment;
    by_environment.sources.environment = {{key.variable, text}};
    CHECK(load_config(by_environment.sources));
    Given by_flag;
    by_flag.sources.flags = {{key.name, text}};
    CHECK(load_config(by_flag.sources));
  }
  Given hasty;
  hasty.sources.flags = {{"durability", "fast"}};
  CHECK_FALSE(load_config(hasty.sources));
  Given lists;
  lists.sources.environment = {{"HALLWAY_ORIGINS", "https://a.example, https://b.example"}};
  CHECK(lists.read().origins == std::vector<std::string>{"https://a.example", "https://b.example"});
}

TEST_CASE("What nobody knows is refused by its name", "[config]") {
  Given given;
  SECTION("in the file") {
    given.file("listne = \"127.0.0.1:1\"\n");
    CHECK(has(given.refusal(), "listne is no setting"));
  }
  SECTION("in a section of the file") {
    given.file("[limits]\nmessages_per_minute = 3\n");
    CHECK(has(given.refusal(), "limits.messages_per_minute is no setting"));
  }
  SECTION("a section") {
    given.file("[storage]\npath = \"x\"\n");
    CHECK(has(given.refusal(), "storage.path is no setting"));
  }
  SECTION("a key taken for a section") {
    given.file("[listen]\nhost = \"x\"\n");
    CHECK(has(given.refusal(), "listen.host is no setting"));
  }
  SECTION("in the environment") {
    given.sources.environment = {{"HALLWAY_LISTNE", "x"}};
    CHECK(has(given.refusal(), "HALLWAY_LISTNE is no setting"));
  }
}

TEST_CASE("A value of the wrong type or out of bounds is refused with its key", "[config]") {
  const auto [line, part] = GENERATE(table<std::string, std::string>({
      {"shards = \"2\"", "shards must be a whole number"},
      {"shards = -1", "shards must be a whole number from 0"},
      {"shards = 257", "shards must be a whole number from 0 to 256"},
      {"demo = 1", "demo must be true or false"},
      {"demo = \"true\"", "demo must be true or false"},
      {"origins = \"https://a.example\"", "origins must be a list"},
      {"origins = [1]", "origins must be a list"},
      {"origins = [\"https://a.example/\"]", "origins must be like"},
      {"origins = [\"*\"]", "origins must be like"},
      {"origins = [\"null\"]", "origins must be like"},
      {"public_url = \"meet.example.org\"", "public_url must be like"},
      {"public_url = \"https://a.example/path\"", "public_url must be like"},
      {"trusted_proxies = [\"10.0.0.0/33\"]", "trusted_proxies must be networks"},
      {"listen = \"8080\"", "listen must be HOST:PORT"},
      {"listen = \"localhost:99999\"", "listen must be HOST:PORT"},
      {"listen = \"::1:80\"", "listen must be HOST:PORT"},
      {"listen = \":80\"", "listen must be HOST:PORT"},
      {"data = \"\"", "data must not be empty"},
      {"log.level = \"loud\"", "log.level must be debug"},
      {"log.format = \"xml\"", "log.format must be text"},
      {"limits.messages_per_s = 0", "limits.messages_per_s must be a number above 0"},
      {"limits.messages_per_s = -1.5", "limits.messages_per_s must be a number above 0"},
      {"limits.messages_per_s = nan", "limits.messages_per_s must be a number above 0"},
      {"limits.messages_burst = 0", "limits.messages_burst must be a whole number from 1"},
      {"limits.joins_burst = 1.5", "limits.joins_burst must be a whole number"},
      {"limits.connections_per_person = 0", "limits.connections_per_person must be"},
      {"drain_s = 601", "drain_s must be a whole number from 1 to 600"},
      {"tls.listen = \"0.0.0.0:443\"", "tls.listen needs tls.certificate and tls.key"},
  }));
  Given given;
  given.file(line + "\n");
  CAPTURE(line);
  CHECK_THAT(given.refusal(), Catch::Contains(part));
}

TEST_CASE("A file that cannot be read or is no TOML is refused by its name", "[config]") {
  Given given;
  given.sources.file = given.folder / "missing.toml";
  CHECK(has(given.refusal(), "missing.toml"));
  given.file("shards = 1\nthis is not\n");
  CHECK(has(given.refusal(), "hallway.toml:2"));
}

TEST_CASE("An endpoint is a host and a port", "[config]") {
  CHECK(*parse_endpoint("127.0.0.1:8080") == Endpoint{"127.0.0.1", 8080});
  CHECK(*parse_endpoint("[::1]:0") == Endpoint{"::1", 0});
  CHECK(*parse_endpoint("localhost:65535") == Endpoint{"localhost", 65535});
  for (const char* text :
       {"", ":", "host:", "host:-1", "host:65536", "host:80x", "[]:80", "::1:80"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_endpoint(text));
  }
}

TEST_CASE("The help tells every key, its variable and its default", "[config]") {
  const std::string help = config_help();
  for (const ConfigKey& key : config_keys()) {
    CAPTURE(key.name);
    CHECK(has(help, key.name));
    CHECK(has(help, key.variable));
    CHECK(has(help, key.help));
  }
  CHECK(has(help, "default 127.0.0.1:8080."));
}
