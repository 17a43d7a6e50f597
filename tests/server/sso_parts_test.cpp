// Small parts of single sign-on: paths that stay here, queries, what may be used once, what a
// provider says of itself, and the file's `[[sso.jwt]]` and `[[sso.oidc]]`.
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "server/config.hpp"
#include "server/net/oidc.hpp"
#include "server/net/once.hpp"
#include "server/net/query.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/temporary_folder.hpp"

namespace hallway::test {
namespace {

TEST_CASE("one goes on to a path of ours, or to the front page") {
  for (const std::string path : {"/", "/me", "/e/ev_1", "/g/g_1?x=y", "/j/x#y", "/a//b"}) {
    CHECK(own_path(path) == path);
  }
  const std::vector<std::string> evil{"",
                                      "//evil.example",
                                      "/\\evil.example",
                                      "me",
                                      "https://evil.example",
                                      "\\\\evil.example",
                                      "/a\tb",
                                      "/a\r\nb",
                                      std::string("/a\0b", 4),
                                      "/a b",
                                      "/\u202e",
                                      "/" + std::string(500, 'a'),
                                      "javascript:alert(1)",
                                      "///evil.example"};
  for (const std::string& path : evil) {
    INFO(path);
    CHECK(own_path(path) == "/");
  }
}

TEST_CASE("a query's values are decoded, and broken escapes are no value") {
  CHECK(query_value("a=b&to=%2Fe%2Fx+y", "to") == "/e/x y");
  CHECK(query_value("to&a=b", "to") == "");
  CHECK(query_value("to=1&to=2", "to") == "1");
  CHECK_FALSE(query_value("a=b", "to"));
  CHECK_FALSE(query_value("", "to"));
  for (const std::string broken : {"to=%", "to=%2", "to=%zz", "to=a%2"}) {
    CHECK_FALSE(query_value(broken, "to"));
  }
  const std::string odd = "a b&c=d/%\xc3\xa5+";
  CHECK(query_value("x=" + percent_encoded(odd), "x") == odd);
  CHECK(percent_encoded("aZ0-._~") == "aZ0-._~");
}

TEST_CASE("what is put is taken once and in time, and a full table says so") {
  OnceTable<int> table(2);
  CHECK(table.put("a", 1, 100, 0));
  CHECK(table.put("b", 2, 200, 0));
  CHECK_FALSE(table.put("c", 3, 300, 99));
  CHECK(table.put("c", 3, 300, 100));
  CHECK(table.take("b", 100) == 2);
  CHECK_FALSE(table.take("b", 100));
  CHECK_FALSE(table.take("c", 300));
}

TEST_CASE("a provider that names another issuer, or addresses that may not be asked, is refused") {
  const auto discovery = [](const std::string& issuer, const std::string& token_endpoint) {
    return R"({"issuer":")" + issuer + R"(","authorization_endpoint":"https://a.example/auth",)" +
           R"("token_endpoint":")" + token_endpoint + R"(","jwks_uri":"https://a.example/keys"})";
  };
  const std::string issuer = "https://a.example";
  CHECK(read_discovery(discovery(issuer, "https://a.example/token"), issuer));
  CHECK_FALSE(read_discovery(discovery("https://b.example", "https://a.example/token"), issuer));
  for (const std::string address : {"http://a.example/token", "http://127.0.0.1/token",
                                    "file:///etc/passwd", "gopher://a.example", ""}) {
    CHECK_FALSE(read_discovery(discovery(issuer, address), issuer));
  }
  CHECK_FALSE(read_discovery("<html>", issuer));
  CHECK_FALSE(read_discovery("[]", issuer));
  CHECK(discovery_url("https://a.example/x/") ==
        "https://a.example/x/.well-known/openid-configuration");
  CHECK(discovery_url("https://a.example") == "https://a.example/.well-known/openid-configuration");
}

TEST_CASE("in the clear only this very machine is asked") {
  CHECK(may_fetch("https://a.example/x"));
  CHECK(may_fetch("http://127.0.0.1:8080/x"));
  CHECK(may_fetch("http://localhost/x"));
  CHECK(may_fetch("http://[::1]:80/"));
  for (const std::string url :
       {"http://a.example", "http://localhost.evil.example", "ftp://127.0.0.1",
        "http://127.0.0.1@evil.example/", "file:///etc/passwd", "HTTPS://a", ""}) {
    INFO(url);
    CHECK_FALSE(may_fetch(url));
  }
}

TEST_CASE("keys are looked for anew once a minute, and are fresh for an hour") {
  OidcMemory memory;
  constexpr std::int64_t s = 1'000'000'000;
  CHECK(memory.keys(0) == nullptr);
  memory.keep(JwsKeys{}, 0);
  CHECK(memory.keys(3'599 * s) != nullptr);
  CHECK(memory.keys(3'600 * s) == nullptr);
  CHECK(memory.may_look_again(5 * s));
  CHECK_FALSE(memory.may_look_again(64 * s));
  CHECK(memory.may_look_again(65 * s));
}

// --- The file

Result<Config> load(const std::string& text) {
  const TemporaryFolder folder;
  std::ofstream(folder / "hallway.toml") << text;
  return load_config({folder / "hallway.toml", {}, {}});
}

const std::string jwt =
    "[[sso.jwt]]\nid = \"club\"\nissuer = \"https://club.example\"\nalgorithm = \"HS256\"\n"
    "secret = \"a secret of more than thirty-two bytes\"\n";
const std::string oidc =
    "[[sso.oidc]]\nid = \"club\"\nissuer = \"https://club.example\"\nclient_id = \"hallway\"\n";

TEST_CASE("providers stand in the file with what their claims mean", "[config]") {
  const auto config =
      load("[sso]\ncontact = \"help@club.example\"\n" + jwt +
           "any_event = true\n[sso.jwt.claims]\norg = \"company\"\n[sso.jwt.roles]\nboard = "
           "\"organiser\"\n[sso.jwt.groups]\nchess = \"g_1\"\ngo = \"g_2:facilitator\"\n" +
           oidc);
  REQUIRE(config);
  REQUIRE(config->sso.jwt.size() == 1);
  const JwtProvider& club = config->sso.jwt.front();
  CHECK(club.algorithm == JwsAlgorithm::hs256);
  CHECK(club.any_event);
  CHECK(club.mapping.org == "company");
  CHECK(club.mapping.role_of.at("board") == Role::organiser);
  CHECK(club.mapping.group_of.at("chess") == std::pair<std::string, Role>{"g_1", Role::member});
  CHECK(club.mapping.group_of.at("go") == std::pair<std::string, Role>{"g_2", Role::facilitator});
  CHECK(config->sso.oidc.front().scopes == "openid profile");
  CHECK(config->sso.oidc.front().name == "club");
  CHECK(config->sso.contact == "help@club.example");
}

TEST_CASE("a provider that will not do is refused, naming the setting", "[config]") {
  const auto without = [](std::string text, const std::string& line) {
    const std::size_t at = text.find(line + " =");
    text.erase(at, text.find('\n', at) - at + 1);
    return text;
  };
  const std::vector<std::pair<std::string, std::string>> corpus{
      {without(jwt, "id"), "sso.jwt.id"},
      {without(jwt, "issuer"), "sso.jwt.issuer"},
      {without(jwt, "algorithm"), "sso.jwt.algorithm"},
      {without(jwt, "secret"), "sso.jwt.key_file"},
      {without(jwt, "secret") + "secret = \"short\"\n", "sso.jwt.secret"},
      {jwt + "key_file = \"/dev/null\"\n", "sso.jwt.key_file"},
      {without(jwt, "secret") + "key_file = \"/nowhere\"\n", "sso.jwt.key_file"},
      {without(jwt, "algorithm") + "algorithm = \"none\"\n", "sso.jwt.algorithm"},
      {without(jwt, "algorithm") + "algorithm = \"RS256\"\n", "sso.jwt.secret"},
      {without(jwt, "id") + "id = \"The Club\"\n", "sso.jwt.id"},
      {jwt + "secrets = \"x\"\n", "sso.jwt.secrets"},
      {jwt + "any_event = \"yes\"\n", "sso.jwt.any_event"},
      {jwt + "[sso.jwt.claims]\nnick = \"x\"\n", "sso.jwt.claims.nick"},
      {jwt + "[sso.jwt.roles]\nboard = \"king\"\n", "sso.jwt.roles.board"},
      {jwt + "[sso.jwt.groups]\nchess = \"g_1:moderator\"\n", "sso.jwt.groups.chess"},
      {jwt + jwt, "sso.jwt.id"},
      {without(oidc, "client_id"), "sso.oidc.client_id"},
      {oidc + "algorithm = \"RS256\"\n", "sso.oidc.algorithm"},
      {"[sso]\nsaml = \"x\"\n", "sso.saml"},
      {"[sso]\njwt = \"x\"\n", "sso.jwt"},
      {"sso = true\n", "sso"},
  };
  for (const auto& [text, name] : corpus) {
    INFO(text);
    const auto config = load(text);
    REQUIRE_FALSE(config);
    CHECK(config.error().field == name);
    CHECK(config.error().message.find("hallway.toml: ") != std::string::npos);
  }
}

}  // namespace
}  // namespace hallway::test
