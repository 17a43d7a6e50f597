// Accounts over HTTP: made, signed in to, changed and recovered.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "server/passphrase.hpp"
#include "server/tokens.hpp"
#include "tests/server/account_house.hpp"

namespace hallway::test {
namespace {

const std::string account_path = "/api/v1/me/account";
const std::string sessions = "/api/v1/sessions";
const std::string me = "/api/v1/me";

bool is_signed_in(const HttpHouse& house, const std::string& token) {
  return house.ask({"GET", me, {bearer(token)}}).status == 200;
}

TEST_CASE("a guest makes an account, is a member from then on, and signs in elsewhere") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string token = house.person(event, Role::member);
  CHECK(house.ask({"GET", me, {bearer(token)}}).body.find("\"guest\":true") != std::string::npos);
  const Answer made =
      house.ask({"POST", account_path, {bearer(token)}, credentials(" Ada", "loom and engine")});
  CHECK(made.status == 400);
  const Answer account =
      house.ask({"POST", account_path, {bearer(token)}, credentials("ADA", passphrase_of_ada)});
  CHECK(account.status == 201);
  CHECK(text_in(account.body, "login") == "ada");
  const auto codes = codes_in(account.body);
  CHECK(codes.size() == 10);
  CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == 10);
  CHECK(codes.front().size() == 19);

  Browser browser(house);
  const Answer answer = browser.sign_in("aDa", passphrase_of_ada);
  CHECK(answer.status == 201);
  CHECK(answer.body.find("\"event\"") == std::string::npos);
  CHECK(answer.body.find("\"guest\"") == std::string::npos);
  CHECK(text_in(answer.body, "name") == "Ada");
  CHECK(text_in(answer.body, "token") == browser.cookie("hallway_0"));
  CHECK(browser.cookie("hallway_device").size() == 43);
  const Answer mine = browser.ask({"GET", me + "?as=0"});
  CHECK(mine.status == 200);
  CHECK(text_in(mine.body, "login") == "ada");
  CHECK(mine.body.find("\"guest\":false") != std::string::npos);
  CHECK(mine.body.find("\"events\":[{\"id\":\"" + to_text(event)) != std::string::npos);
  CHECK(mine.body.find("\"client\":\"Firefox on Linux\",\"current\":true") != std::string::npos);
}

TEST_CASE("whom another site vouches for makes no account: no open session leaves a way in") {
  HttpHouse house;
  IdentitySignIn vouched;
  vouched.issuer = "https://club.example";
  vouched.subject = "42";
  vouched.newcomer = PersonId{42};
  vouched.card.name = "Ada";
  vouched.session = {hash_token("open"), {}, noon, noon + 3'600'000, "", {}};
  REQUIRE(answer_of<Result<SignedIn>>(
      [&](auto done) { house.stored.store->sign_in_by_identity(vouched, std::move(done)); }));
  const Answer refused = house.ask(
      {"POST", account_path, {bearer("open")}, credentials(login_of_ada, passphrase_of_ada)});
  CHECK(refused.status == 409);
  CHECK(text_in(refused.body, "code") == "conflict");
  CHECK(text_in(refused.body, "field").empty());
  CHECK(house.ask({"GET", me, {bearer("open")}}).body.find("\"account\":null") !=
        std::string::npos);
  Browser thief(house);
  CHECK(thief.sign_in(login_of_ada, passphrase_of_ada).status == 401);
}

TEST_CASE("a login and a passphrase that will not do are refused, naming the field") {
  HttpHouse house;
  const std::string token = house.person(house.make_event(), Role::member);
  const std::string fine = "a long passphrase";
  const std::vector<std::pair<std::string, std::string>> corpus{
      {credentials("ad", fine), "login"},
      {credentials(std::string(65, 'a'), fine), "login"},
      {credentials("ada lovelace", fine), "login"},
      {credentials("ada\\u00a0l", fine), "login"},
      {credentials("ada\\u202el", fine), "login"},
      {credentials("ada\\nl", fine), "login"},
      {R"({"passphrase":"a long passphrase"})", "login"},
      {R"({"login":["ada"],"passphrase":"a long passphrase"})", "login"},
      {R"({"login":"ada"})", "passphrase"},
      {credentials("ada", "too short"), "passphrase"},
      {credentials("ada", std::string(257, 'x')), "passphrase"},
      {credentials("lovelace-ada", "Lovelace-ADA"), "passphrase"},
  };
  for (const auto& [body, field] : corpus) {
    const Answer answer = house.ask({"POST", account_path, {bearer(token)}, body});
    INFO(body);
    CHECK(answer.status == 400);
    CHECK(text_in(answer.body, "field") == field);
  }
  CHECK(house.ask({"POST", account_path, {bearer(token)}, credentials("åda", "ti tegn æøå")})
            .status == 201);
}

TEST_CASE("a login is one person's, whatever way it is composed, and a person has one account") {
  HttpHouse house;
  const EventId event = house.make_event();
  const std::string one = house.person(event, Role::member);
  const std::string two = house.person(event, Role::member, "Bo");
  CHECK(
      house.ask({"POST", account_path, {bearer(one)}, credentials("\u00e5se", "a long passphrase")})
          .status == 201);
  const Answer taken = house.ask(
      {"POST", account_path, {bearer(two)}, credentials("A\u030aSE", "another passphrase")});
  CHECK(taken.status == 409);
  CHECK(text_in(taken.body, "code") == "conflict");
  CHECK(text_in(taken.body, "field") == "login");
  const Answer again =
      house.ask({"POST", account_path, {bearer(one)}, credentials("ase2", "another passphrase")});
  CHECK(again.status == 409);
  CHECK(text_in(again.body, "field").empty());
}

TEST_CASE("only a person makes an account, from a page of ours") {
  HttpHouse house;
  const std::string body = credentials("ada", passphrase_of_ada);
  CHECK(house.ask({"POST", account_path, {}, body}).status == 401);
  CHECK(house.ask({"POST", account_path, {bearer(house.operator_token())}, body}).status == 403);
  const std::string token = house.person(house.make_event(), Role::member);
  CHECK(house
            .ask({"POST",
                  account_path + "?as=0",
                  {{"Cookie", "hallway_0=" + token}, {"Origin", "https://evil.example"}},
                  body})
            .status == 403);
}

TEST_CASE("signing in leads into an event one belongs to, or by an invitation into a new one") {
  HttpHouse house;
  const EventId event = house.make_event();
  const EventId other = house.make_event("Spring meeting");
  const Ada ada = make_ada(house, event);
  Browser browser(house);
  const Answer in =
      browser.sign_in("ada", passphrase_of_ada, R"(,"event":")" + to_text(event) + "\"");
  CHECK(in.status == 201);
  CHECK(text_in(in.body, "event") == to_text(event));
  const Answer foreign =
      browser.sign_in("ada", passphrase_of_ada, R"(,"event":")" + to_text(other) + "\"");
  CHECK(foreign.status == 404);
  CHECK(text_in(foreign.body, "field") == "event");
  const std::string invite = house.invite(other, Role::facilitator);
  const Answer joined = browser.sign_in("ada", passphrase_of_ada, R"(,"invite":")" + invite + "\"");
  CHECK(joined.status == 201);
  CHECK(text_in(joined.body, "event") == to_text(other));
  CHECK(text_in(joined.body, "role") == "facilitator");
  CHECK(browser.sign_in("ada", passphrase_of_ada, R"(,"invite":"dead")").status == 404);
  const Answer both =
      browser.sign_in("ada", passphrase_of_ada,
                      R"(,"invite":")" + invite + R"(","event":")" + to_text(event) + "\"");
  CHECK(text_in(both.body, "field") == "invite");
}

TEST_CASE("a person has one place in a browser: signing in again ends the session before") {
  HttpHouse house;
  make_ada(house, house.make_event());
  Browser browser(house);
  const std::string first = text_in(browser.sign_in("ada", passphrase_of_ada).body, "token");
  const Answer again = browser.sign_in("ada", passphrase_of_ada);
  CHECK(again.body.find("\"slot\":0") != std::string::npos);
  CHECK_FALSE(is_signed_in(house, first));
  CHECK(house.backend.revoked == std::vector<TokenHash>{hash_token(first)});
  CHECK(is_signed_in(house, text_in(again.body, "token")));
}

TEST_CASE("a foreign page signs nobody in by passphrase") {
  HttpHouse house;
  make_ada(house, house.make_event());
  const std::string body = credentials(login_of_ada, passphrase_of_ada);
  CHECK(house.ask({"POST", sessions, {{"Origin", "https://evil.example"}}, body}).status == 403);
  CHECK(house.ask({"POST", "/api/v1/recoveries", {{"Origin", "null"}}, body}).status == 403);
}

TEST_CASE("S4: a new passphrase ends every other session, and the old one is worth nothing") {
  HttpHouse house;
  const Ada ada = make_ada(house, house.make_event());
  Browser browser(house);
  const std::string elsewhere = text_in(browser.sign_in("ada", passphrase_of_ada).body, "token");
  const auto change = [&](const std::string& old, const std::string& wanted) {
    return house.ask({"PATCH",
                      account_path,
                      {bearer(ada.token)},
                      R"({"passphrase":")" + old + R"(","new_passphrase":")" + wanted + "\"}"});
  };
  const Answer wrong = change("not the passphrase", "a newer passphrase");
  CHECK(wrong.status == 403);
  CHECK(text_in(wrong.body, "field") == "passphrase");
  const Answer bad = change(passphrase_of_ada, "short");
  CHECK(text_in(bad.body, "field") == "new_passphrase");
  CHECK(is_signed_in(house, elsewhere));
  CHECK(change(passphrase_of_ada, "a newer passphrase").status == 204);
  CHECK(is_signed_in(house, ada.token));
  CHECK_FALSE(is_signed_in(house, elsewhere));
  CHECK(house.backend.revoked == std::vector<TokenHash>{hash_token(elsewhere)});
  CHECK(browser.sign_in("ada", passphrase_of_ada).status == 401);
  CHECK(browser.sign_in("ada", "a newer passphrase").status == 201);
}

TEST_CASE("a recovery code opens the account once, and ends all sessions") {
  HttpHouse house;
  const Ada ada = make_ada(house, house.make_event());
  Browser browser(house);
  const auto recover = [&](const std::string& login, const std::string& code,
                           const std::string& passphrase) {
    return browser.ask({"POST",
                        "/api/v1/recoveries",
                        {},
                        R"({"login":")" + login + R"(","code":")" + code + R"(","passphrase":")" +
                            passphrase + "\"}"});
  };
  const Answer unknown = recover("nobody", ada.codes[0], "a newer passphrase");
  const Answer wrong = recover("ada", "0000-0000-0000-0000", "a newer passphrase");
  CHECK(unknown.status == 401);
  CHECK(unknown.body == wrong.body);
  CHECK(text_in(recover("ada", ada.codes[0], "short").body, "field") == "passphrase");
  CHECK(is_signed_in(house, ada.token));
  std::string typed = ada.codes[0];
  for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
  const Answer in = recover("Ada", typed, "a newer passphrase");
  CHECK(in.status == 201);
  CHECK(is_signed_in(house, text_in(in.body, "token")));
  CHECK_FALSE(is_signed_in(house, ada.token));
  CHECK(recover("ada", ada.codes[0], "an even newer one").status == 401);
  CHECK(browser.sign_in("ada", "a newer passphrase").status == 201);
  CHECK(recover("ada", ada.codes[1], "an even newer one").status == 201);
}

TEST_CASE("new recovery codes need the passphrase, and the former are worth nothing") {
  HttpHouse house;
  const Ada ada = make_ada(house, house.make_event());
  const auto renew = [&](const std::string& passphrase) {
    return house.ask({"POST",
                      "/api/v1/me/recovery-codes",
                      {bearer(ada.token)},
                      R"({"passphrase":")" + passphrase + "\"}"});
  };
  CHECK(renew("not the passphrase").status == 403);
  const Answer renewed = renew(passphrase_of_ada);
  CHECK(renewed.status == 200);
  const auto codes = codes_in(renewed.body);
  CHECK(codes.size() == 10);
  const auto recover = [&](const std::string& code) {
    return house
        .ask({"POST",
              "/api/v1/recoveries",
              {},
              R"({"login":"ada","code":")" + code + R"(","passphrase":"a newer passphrase"})"})
        .status;
  };
  CHECK(recover(ada.codes[3]) == 401);
  CHECK(recover(codes[3]) == 201);
}

TEST_CASE("who has no account is told so") {
  HttpHouse house;
  const std::string token = house.person(house.make_event(), Role::member);
  CHECK(house.ask({"GET", me, {bearer(token)}}).body.find("\"account\":null") != std::string::npos);
  CHECK(house
            .ask({"POST",
                  "/api/v1/me/recovery-codes",
                  {bearer(token)},
                  R"({"passphrase":"whatever it is"})"})
            .status == 404);
}

TEST_CASE("sessions are listed with what holds them and when they were seen, to the hour") {
  HttpHouse house;
  const EventId event = house.make_event();
  const Ada ada = make_ada(house, event);
  Browser browser(house);
  house.clock.advance(2 * 3'600'000 + 1234);
  browser.sign_in("ada", passphrase_of_ada);
  const auto owner = house.stored.store->session(hash_token(ada.token), house.clock.now());
  REQUIRE(owner.has_value());
  const auto listed = house.stored.store->sessions_of(owner->person, house.clock.now());
  REQUIRE(listed.has_value());
  CHECK(listed->size() == 2);
  for (const KnownSession& session : *listed) CHECK(session.seen_at % 3'600'000 == 0);
  CHECK(listed->front().client == "Firefox on Linux");
}

TEST_CASE("S4: one session is ended, or all of them, with their sockets") {
  HttpHouse house;
  const Ada ada = make_ada(house, house.make_event());
  const std::string bo = house.person(house.make_event(), Role::member, "Bo");
  Browser browser(house);
  const std::string elsewhere = text_in(browser.sign_in("ada", passphrase_of_ada).body, "token");
  const std::string id = to_hex(hash_token(elsewhere)).substr(0, short_id_chars);
  const auto end = [&](const std::string& token, const std::string& which) {
    return house.ask({"DELETE", me + "/sessions" + which, {bearer(token)}}).status;
  };
  CHECK(end(bo, "/" + id) == 404);
  CHECK(end(ada.token, "/000000000000") == 404);
  CHECK(end(ada.token, "/" + id.substr(0, 6)) == 404);
  CHECK(end(ada.token, "/" + id) == 204);
  CHECK_FALSE(is_signed_in(house, elsewhere));
  CHECK(house.backend.revoked == std::vector<TokenHash>{hash_token(elsewhere)});
  house.backend.revoked.clear();
  browser.sign_in("ada", passphrase_of_ada);
  const Answer all = browser.ask({"DELETE", me + "/sessions?as=1"});
  CHECK(all.status == 204);
  CHECK(browser.cookie("hallway_1").empty());
  CHECK(house.backend.revoked.size() == 2);
  CHECK_FALSE(is_signed_in(house, ada.token));
  CHECK(is_signed_in(house, bo));
}

TEST_CASE("one session too many ends the one that was seen least lately") {
  HttpHouse house;
  const Ada ada = make_ada(house, house.make_event());
  const auto owner = house.stored.store->session(hash_token(ada.token), house.clock.now());
  std::vector<TokenHash> ended;
  for (std::int64_t i = 0; i < Accounts::sessions_max; ++i) {
    house.clock.advance(3'600'000);
    SignIn sign_in;
    sign_in.session.hash = hash_token("session " + std::to_string(i));
    sign_in.session.person = owner->person;
    sign_in.session.now = house.clock.now();
    sign_in.session.expires_at = house.clock.now() + 1'000'000'000;
    const auto in =
        answer_of<Result<SignedIn>>([&](auto done) { house.stored.store->sign_in(sign_in, done); });
    REQUIRE(in.has_value());
    ended.insert(ended.end(), in->ended.begin(), in->ended.end());
  }
  CHECK(ended == std::vector<TokenHash>{hash_token(ada.token)});
}

TEST_CASE("S2: no passphrase, code, device or token stands in the database") {
  HttpHouse house;
  const Ada ada = make_ada(house, house.make_event());
  Browser browser(house);
  browser.sign_in("ada", passphrase_of_ada);
  std::string dump;
  for (const auto& entry : std::filesystem::directory_iterator(house.stored.folder.path())) {
    std::ifstream file(entry.path(), std::ios::binary);
    dump.append(std::istreambuf_iterator<char>(file), {});
  }
  std::vector<std::string> secrets = ada.codes;
  secrets.insert(secrets.end(), {passphrase_of_ada, ada.token, browser.cookie("hallway_0"),
                                 browser.cookie("hallway_device")});
  for (const std::string& secret : secrets) {
    REQUIRE_FALSE(secret.empty());
    CHECK(dump.find(secret) == std::string::npos);
  }
  CHECK(dump.find("$argon2id$v=19$m=19456,t=2,p=1$") != std::string::npos);
}

TEST_CASE("S2: over https the device's cookie is Secure, HttpOnly and of this host alone") {
  HttpSettings settings;
  settings.public_url = "https://meet.example.org";
  HttpHouse house(settings);
  make_ada(house, house.make_event());
  const Answer answer = house.ask({"POST",
                                   sessions,
                                   {{"Origin", "https://meet.example.org"}},
                                   credentials(login_of_ada, passphrase_of_ada)});
  const auto cookies = answer.all("set-cookie");
  REQUIRE(cookies.size() == 2);
  CHECK(cookies[1].starts_with("__Host-hallway_device="));
  CHECK(cookies[1].ends_with("; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"));
}

TEST_CASE("S6: a passphrase costs 19 MiB and two passes of Argon2id, with a salt of its own") {
  const auto one = hash_passphrase(passphrase_of_ada);
  const auto two = hash_passphrase(passphrase_of_ada);
  REQUIRE(one.has_value());
  CHECK(one->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(*one != *two);
  CHECK(fits_passphrase(*one, passphrase_of_ada));
  CHECK_FALSE(fits_passphrase(*one, passphrase_of_ada + " "));
  CHECK_FALSE(fits_passphrase("", passphrase_of_ada));
}

TEST_CASE("what an account offers is told before anybody signs in") {
  HttpHouse house;
  const Answer answer = house.ask({"GET", "/api/v1/sign-in"});
  CHECK(answer.status == 200);
  CHECK(answer.body == R"({"accounts":true,"sso":[]})");
  for (const std::string page : {"/me", "/sso", "/g/g_1"}) {
    CHECK(house.ask({"GET", page}).body == house.ask({"GET", "/"}).body);
  }
}

}  // namespace
}  // namespace hallway::test
