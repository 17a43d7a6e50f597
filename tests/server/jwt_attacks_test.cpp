// S15: what attackers send in place of a signed link. Each token differs from a good one in one
// thing, and is refused; the good one is let in, so that nothing here is refused for another
// reason.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "protocol/limits.hpp"
#include "server/jwt.hpp"
#include "server/sso_claims.hpp"
#include "server/tokens.hpp"
#include "tests/server/account_house.hpp"

namespace hallway::test {
namespace {

const std::string issuer = "https://club.example";
const std::string audience = "https://meet.example.org";
const std::string secret = "a secret of thirty-two bytes or more";
constexpr std::int64_t now_s = noon / 1000;

using Key = std::shared_ptr<EVP_PKEY>;

Key rsa() {
  static const Key key(EVP_RSA_gen(2048), EVP_PKEY_free);
  return key;
}
Key p256() {
  static const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  return key;
}
Key other_p256() {
  static const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  return key;
}

std::string pem_of(const Key& key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(bio, key.get());
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  std::string pem(bytes, static_cast<std::size_t>(size));
  BIO_free(bio);
  return pem;
}

std::string hmac(const std::string& key, const std::string& text) {
  std::string signature(32, '\0');
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(signature.data()), &size);
  return signature;
}

std::string sign(const Key& key, const std::string& text, bool with_pss = false) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* details = nullptr;
  EVP_DigestSignInit(context, &details, EVP_sha256(), nullptr, key.get());
  if (with_pss) {
    EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST);
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  EVP_DigestSign(context, nullptr, &size, bytes, text.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                 text.size());
  signature.resize(size);
  EVP_MD_CTX_free(context);
  return signature;
}

/// r and s as a token has them, of OpenSSL's DER.
std::string raw_of(const std::string& der) {
  std::string raw;
  for (std::size_t at = 2; raw.size() < 64;) {
    const auto length = static_cast<std::size_t>(der[at + 1]);
    std::string number = der.substr(at + 2, length);
    number.erase(0, number.size() > 32 ? number.size() - 32 : 0);
    raw += std::string(32 - number.size(), '\0') + number;
    at += 2 + length;
  }
  return raw;
}

/// A good link by ES256; each test changes what it is about.
struct Link {
  std::string header = R"({"alg":"ES256","typ":"JWT"})";
  std::string claims = claims_with("");
  std::function<std::string(const std::string&)> signed_by = [](const std::string& text) {
    return raw_of(sign(p256(), text));
  };

  static std::string claims_with(const std::string& more, const std::string& without = "") {
    const std::vector<std::pair<std::string, std::string>> all{
        {"iss", "\"" + issuer + "\""},
        {"aud", "\"" + audience + "\""},
        {"sub", "\"42\""},
        {"name", "\"Ada\""},
        {"jti", "\"one\""},
        {"iat", std::to_string(now_s)},
        {"exp", std::to_string(now_s + 300)}};
    std::string text = "{" + more;
    for (const auto& [name, value] : all) {
      if (name == without) continue;
      text += (text.size() > 1 ? ",\"" : "\"") + name + "\":" + value;
    }
    return text + "}";
  }
  /// A good one, but for one claim.
  static Link with(const std::string& name, const std::string& value) {
    Link link;
    link.claims = claims_with(value.empty() ? "" : "\"" + name + "\":" + value, name);
    return link;
  }
  static Link with_header(const std::string& header) {
    Link link;
    link.header = header;
    return link;
  }
  std::string text() const { return encode_base64url(header) + "." + encode_base64url(claims); }
  std::string token() const { return text() + "." + encode_base64url(signed_by(text())); }
};

JwsKeys public_keys(const Key& key) {
  return {*JwsKey::of_pem(pem_of(key))};
}

/// Why it is refused; empty: it is let in.
std::string refusal(const std::string& token, const JwsKeys& keys = public_keys(p256()),
                    JwsAlgorithm algorithm = JwsAlgorithm::es256) {
  JwtRules rules;
  rules.algorithms = {algorithm};
  rules.issuer = issuer;
  rules.audience = audience;
  rules.ahead_s = limits::jwt_ahead_s;
  rules.needs_id = true;
  const auto jwt = read_jwt(token);
  if (!jwt) return jwt.error().message;
  if (!is_signed(*jwt, keys)) return "not signed";
  const auto wrong = judge_jwt(*jwt, rules, noon);
  return wrong ? wrong->message : "";
}

TEST_CASE("S15: a good link is good, by each algorithm") {
  CHECK(refusal(Link{}.token()) == "");
  Link link;
  link.header = R"({"alg":"RS256"})";
  link.signed_by = [](const std::string& text) { return sign(rsa(), text); };
  CHECK(refusal(link.token(), public_keys(rsa()), JwsAlgorithm::rs256) == "");
  link.header = R"({"alg":"PS256"})";
  link.signed_by = [](const std::string& text) { return sign(rsa(), text, true); };
  CHECK(refusal(link.token(), public_keys(rsa()), JwsAlgorithm::ps256) == "");
  link.header = R"({"alg":"HS256"})";
  link.signed_by = [](const std::string& text) { return hmac(secret, text); };
  CHECK(refusal(link.token(), {*JwsKey::of_secret(secret)}, JwsAlgorithm::hs256) == "");
}

TEST_CASE("S15: no signature, however it is called") {
  for (const std::string word : {"none", "None", "NONE", "nOnE", "", "HS512", "es256", "ES256 "}) {
    const Link link = Link::with_header(R"({"alg":")" + word + "\"}");
    INFO(word);
    CHECK(refusal(link.token()) == "an algorithm that is not allowed");
    CHECK(refusal(link.text() + ".") != "");
  }
  CHECK(refusal(Link::with_header("{}").token()) == "an algorithm that is not allowed");
  CHECK(refusal(Link::with_header(R"({"alg":null})").token()) != "");
  CHECK(refusal(Link::with_header(R"({"alg":["ES256"]})").token()) != "");
  CHECK(refusal(Link{}.text() + ".") == "no signature");
}

TEST_CASE("S15: a public key is never taken for a shared secret, nor one algorithm for another") {
  Link confused = Link::with_header(R"({"alg":"HS256"})");
  for (const std::string& key : {pem_of(rsa()), pem_of(p256())}) {
    confused.signed_by = [&key](const std::string& text) { return hmac(key, text); };
    CHECK(refusal(confused.token(), public_keys(rsa()), JwsAlgorithm::rs256) == "not signed");
    CHECK(refusal(confused.token(), public_keys(p256())) == "not signed");
  }
  // The right key, and an algorithm of its kind that is not the one agreed on.
  Link other = Link::with_header(R"({"alg":"PS256"})");
  other.signed_by = [](const std::string& text) { return sign(rsa(), text, true); };
  CHECK(refusal(other.token(), public_keys(rsa()), JwsAlgorithm::rs256) == "another algorithm");
  // What was signed in one way and says another.
  other.header = R"({"alg":"RS256"})";
  CHECK(refusal(other.token(), public_keys(rsa()), JwsAlgorithm::rs256) == "not signed");
}

TEST_CASE("S15: another's signature, a changed one and a borrowed one") {
  Link forged;
  forged.signed_by = [](const std::string& text) { return raw_of(sign(other_p256(), text)); };
  CHECK(refusal(forged.token()) == "not signed");
  const std::string good = Link{}.token();
  const std::string signature = good.substr(good.rfind('.'));
  CHECK(refusal(Link::with("sub", "\"1\"").text() + signature) == "not signed");
  Link odd;
  odd.signed_by = [](const std::string&) { return std::string(64, '\0'); };
  CHECK(refusal(odd.token()) == "not signed");  // CVE-2022-21449
  odd.signed_by = [](const std::string& text) { return sign(p256(), text); };
  CHECK(refusal(odd.token()) == "not signed");  // DER where the two numbers belong
  odd.signed_by = [](const std::string& text) { return raw_of(sign(p256(), text)) + "x"; };
  CHECK(refusal(odd.token()) == "not signed");
  odd.signed_by = [](const std::string& text) { return hmac("", text); };
  CHECK(refusal(odd.token()) == "not signed");
}

TEST_CASE("S15: keys that a token brings along or points at are not looked at") {
  for (const std::string brought :
       {R"("jku":"https://evil.example/keys")", R"("x5u":"https://evil.example/cert")",
        R"("jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"})", R"("x5c":["MIIB"])",
        R"("crit":["exp"])", R"("crit":[])", R"("b64":false,"crit":["b64"])", R"("zip":"DEF")",
        R"("enc":"A256GCM")"}) {
    INFO(brought);
    CHECK(refusal(Link::with_header(R"({"alg":"ES256",)" + brought + "}").token()) ==
          "a header that is not allowed");
  }
  for (const std::string kid : {R"("../../../dev/null")", R"("' OR 1=1 --")", R"("|/bin/sh")"}) {
    // A name and no more: without a key of that name, any of ours must have signed.
    Link link = Link::with_header(R"({"alg":"ES256","kid":)" + kid + "}");
    CHECK(refusal(link.token()) == "");
    link.signed_by = [](const std::string& text) { return hmac("", text); };
    CHECK(refusal(link.token()) == "not signed");
  }
  CHECK(refusal(Link::with_header(R"({"alg":"ES256","kid":7})").token()) == "a kid that is none");
  CHECK(refusal(Link::with_header(R"({"alg":"ES256","kid":")" + std::string(300, 'k') + "\"}")
                    .token()) == "a kid that is none");
}

TEST_CASE("S15: a kid chooses among the keys of a set") {
  const std::string x(32, 'x');
  CHECK_FALSE(read_key_set(R"({"keys":[{"kty":"EC","crv":"P-256","x":")" + encode_base64url(x) +
                           R"(","y":")" + encode_base64url(x) + R"("}]})"));  // no point of it
  CHECK_FALSE(read_key_set(R"({"keys":[{"kty":"oct","k":"AAAA"}]})"));
  CHECK_FALSE(read_key_set(R"({"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]})"));
  CHECK_FALSE(read_key_set(R"({"keys":{}})"));
  CHECK_FALSE(read_key_set("[]"));
  CHECK_FALSE(JwsKey::of_secret("too short a secret"));
  CHECK_FALSE(JwsKey::of_pem("-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----\n"));
  const Key small(EVP_RSA_gen(1024), EVP_PKEY_free);
  CHECK_FALSE(JwsKey::of_pem(pem_of(small)));
  const Key ed(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
  CHECK_FALSE(JwsKey::of_pem(pem_of(ed)));
}

TEST_CASE("S15: times are there, are times, and hold to a minute") {
  const auto at = [](std::int64_t s) { return std::to_string(now_s + s); };
  CHECK(refusal(Link::with("exp", "").token()) == "no exp");
  CHECK(refusal(Link::with("exp", at(-59)).token()) == "");
  CHECK(refusal(Link::with("exp", at(-60)).token()) == "expired");
  CHECK(refusal(Link::with("exp", at(660)).token()) == "");
  CHECK(refusal(Link::with("exp", at(661)).token()) == "exp too far");
  CHECK(refusal(Link::with("nbf", at(60)).token()) == "");
  CHECK(refusal(Link::with("nbf", at(61)).token()) == "not yet good");
  CHECK(refusal(Link::with("iat", at(61)).token()) == "issued in the future");
  CHECK(refusal(Link::with("iat", "").token()) == "");
  for (const std::string name : {"exp", "nbf", "iat"}) {
    for (const std::string value : {"\"1790000100\"", "1790000100.5", "-1", "9223372036854775807",
                                    "null", "[]", "1e400", "99999999999999999999"}) {
      INFO(name << " " << value);
      CHECK(refusal(Link::with(name, value).token()) != "");
    }
  }
}

TEST_CASE("S15: it is for us and by them") {
  for (const std::string value : {R"("https://evil.example")", R"("https://meet.example.org/")",
                                  R"(["https://evil.example"])", "[]", R"({"0":"x"})", "7",
                                  R"(["https://meet.example.org",7])"}) {
    INFO(value);
    CHECK(refusal(Link::with("aud", value).token()) == "another aud");
  }
  CHECK(refusal(Link::with("aud", "").token()) == "another aud");
  CHECK(refusal(Link::with("aud", "[\"x\",\"" + audience + "\"]").token()) == "");
  for (const std::string value : {R"("https://club.example/")", R"("https://CLUB.example")", "7",
                                  R"(["https://club.example"])"}) {
    CHECK(refusal(Link::with("iss", value).token()) == "another iss");
  }
  CHECK(refusal(Link::with("iss", "").token()) == "another iss");
  for (const std::string value : {"", R"("")", "42", R"(["42"])"}) {
    CHECK(refusal(Link::with("sub", value).token()) == "no sub");
    CHECK(refusal(Link::with("jti", value).token()) == "no jti");
  }
  CHECK(refusal(Link::with("jti", "\"" + std::string(256, 'j') + "\"").token()) == "no jti");
}

TEST_CASE("S15: what is no token, nearly one, or one inside another") {
  const std::string good = Link{}.token();
  const std::size_t second = good.rfind('.');
  for (std::size_t i = 0; i < good.size(); i += 7) CHECK(refusal(good.substr(0, i)) != "");
  CHECK(refusal(good.substr(0, good.size() - 1)) != "");
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("..."), good + ".",
        "." + good, good + "." + good, good.substr(0, second), good + "=", good + "==", good + "\n",
        " " + good, good + " ", std::string(100'000, '.')}) {
    CHECK(refusal(text) != "");
  }
  CHECK(refusal("e30" + good) != "");
  // Stray bits behind the last byte: the same bytes by other letters.
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string stray = good;
  const std::size_t last = letters.find(stray.back());
  stray.back() = letters[(last & ~std::size_t{3}) | ((last + 1) & 3)];
  CHECK(refusal(stray) == "no signature");
  std::string plus = good;
  plus[second + 3] = '+';
  CHECK(refusal(plus) == "no signature");
  // Distinct keys, or two readers see two tokens.
  CHECK(refusal(Link::with_header(R"({"alg":"none","alg":"ES256"})").token()) != "");
  Link twice;
  twice.claims.insert(1, R"("sub":"1",)");
  CHECK(refusal(twice.token()) == "not one JSON object with distinct keys");
  Link inner;
  inner.claims = "\"" + good + "\"";
  CHECK(refusal(inner.token()) == "not a JSON object");
  CHECK(refusal(Link::with_header(R"({"alg":"ES256","cty":"JWT"})").token()) ==
        "a header that is not allowed");
  CHECK(refusal(Link::with_header(R"({"alg":"ES256","typ":"at+jwt"})").token()) ==
        "not of type JWT");
  CHECK(refusal(Link::with_header(R"(["ES256"])").token()) == "not a JSON object");
  Link huge = Link::with("about", "\"" + std::string(9'000, 'x') + "\"");
  CHECK(refusal(huge.token()) == "too long");
  std::string deep = std::string(200, '[') + std::string(200, ']');
  CHECK(refusal(Link::with("deep", deep).token()) != "");
  Link bytes;
  bytes.claims = "{\"sub\":\"\xff\xfe\"}";
  CHECK(refusal(bytes.token()) != "");
}

TEST_CASE("S15: an ID token names one audience, or us as its party, and the visit's nonce") {
  OidcProvider provider;
  provider.issuer = issuer;
  provider.client_id = audience;
  OidcVisit visit;
  visit.nonce = "n-1";
  const JwtRules rules = id_token_rules(provider, visit);
  const auto judged = [&](const std::string& name, const std::string& value) {
    Link link = Link::with(name, value);
    if (name != "nonce") link.claims.insert(1, R"("nonce":"n-1",)");
    const auto jwt = read_jwt(link.token());
    REQUIRE(jwt.has_value());
    const auto wrong = judge_jwt(*jwt, rules, noon);
    return wrong ? wrong->message : "";
  };
  CHECK(judged("sub", "\"42\"") == "");
  CHECK(judged("exp", std::to_string(now_s + 3'600)) == "");
  CHECK(judged("iat", "") == "no iat");
  CHECK(judged("nonce", "") == "another nonce");
  CHECK(judged("nonce", "\"n-2\"") == "another nonce");
  CHECK(judged("azp", "\"" + audience + "\"") == "");
  CHECK(judged("azp", "\"another\"") == "another azp");
  CHECK(judged("azp", "7") == "another azp");
  CHECK(judged("aud", "[\"x\",\"" + audience + "\"]") == "another azp");
  Link shared = Link::with_header(R"({"alg":"HS256"})");
  shared.claims.insert(1, R"("nonce":"n-1",)");
  CHECK(judge_jwt(*read_jwt(shared.token()), rules, noon)->message == "another algorithm");
}

// --- Over HTTP

HttpSettings with_club(bool any_event = false) {
  HttpSettings settings;
  JwtProvider club;
  club.id = "club";
  club.issuer = issuer;
  club.audience = audience;
  club.any_event = any_event;
  club.keys = public_keys(p256());
  club.mapping.role_of = {{"board", Role::organiser}, {"host", Role::facilitator}};
  club.mapping.group_of = {{"chess", {"g_0000000000001", Role::facilitator}}};
  settings.sso.jwt = {club};
  return settings;
}

std::string link_body(const Link& link, const std::string& more = "") {
  return R"({"jwt":")" + link.token() + "\"" + more + "}";
}
Answer follow(const HttpHouse& house, const Link& link, const std::string& more = "") {
  return house.ask({"POST", "/api/v1/sessions", {}, link_body(link, more)});
}

TEST_CASE("S15: a link signs in once; whoever sends it again is told so") {
  HttpHouse house(with_club());
  const Answer in = follow(house, Link{});
  CHECK(in.status == 201);
  CHECK(text_in(in.body, "name") == "Ada");
  CHECK(in.body.find("\"guest\"") == std::string::npos);
  CHECK(in.body.find("\"event\"") == std::string::npos);
  CHECK(in.field("set-cookie").starts_with("hallway_0="));
  const Answer again = follow(house, Link{});
  CHECK(again.status == 409);
  CHECK(text_in(again.body, "field") == "jwt");
  const Answer me = house.ask({"GET", "/api/v1/me", {bearer(text_in(in.body, "token"))}});
  CHECK(me.body.find("\"guest\":false") != std::string::npos);
}

TEST_CASE("S15: why a link is refused is not told, but that it is too old is") {
  HttpHouse house(with_club());
  Link forged;
  forged.signed_by = [](const std::string& text) { return raw_of(sign(other_p256(), text)); };
  const Answer one = follow(house, forged);
  const Answer two = follow(house, Link::with("aud", "\"elsewhere\""));
  const Answer three = follow(house, Link::with("iss", "\"https://evil.example\""));
  CHECK(one.status == 401);
  CHECK(text_in(one.body, "field") == "jwt");
  CHECK(one.body == two.body);
  CHECK(one.body == three.body);
  const Answer old = follow(house, Link::with("exp", std::to_string(now_s - 61)));
  CHECK(text_in(old.body, "code") == "session_expired");
  const Answer huge =
      house.ask({"POST", "/api/v1/sessions", {}, R"({"jwt":")" + std::string(9'000, 'a') + "\"}"});
  CHECK(huge.status == 400);
  // None of them spent the good one.
  CHECK(follow(house, Link{}).status == 201);
  HttpHouse without;
  CHECK(follow(without, Link{}).status == 401);
}

TEST_CASE("the same subject is the same person, with the name that their site has for them now") {
  HttpHouse house(with_club());
  Browser browser(house);
  const auto come = [&](const std::string& jti, const std::string& name, const std::string& sub) {
    Link link;
    link.claims = Link::claims_with(
        R"("name":")" + name + R"(","org":"Club",)" + R"("title":"Board","jti":")" + jti + "\"",
        "name");
    link.claims.erase(link.claims.find(R"(,"jti":"one")"), 12);
    link.claims.replace(link.claims.find("\"42\""), 4, "\"" + sub + "\"");
    return browser.ask({"POST", "/api/v1/sessions", {}, link_body(link)});
  };
  const Answer first = come("1", "Ada", "42");
  const Answer again = come("2", "  Ada Lovelace ", "42");
  CHECK(again.status == 201);
  CHECK(text_in(again.body, "id") == text_in(first.body, "id"));
  CHECK(text_in(again.body, "name") == "Ada Lovelace");
  CHECK(text_in(again.body, "org") == "Club");
  CHECK(again.body.find("\"slot\":0") != std::string::npos);
  const Answer other = come("3", "Bo", "43");
  CHECK(text_in(other.body, "id") != text_in(first.body, "id"));
  CHECK(other.body.find("\"slot\":1") != std::string::npos);
  CHECK(text_in(come("4", std::string(80, 'x'), "44").body, "name") == std::string(60, 'x'));
  CHECK(come("5", "\\u202e", "45").status == 401);
}

TEST_CASE("a link leads into the event that it names, with the role that its claims have there") {
  HttpHouse house(with_club());
  const EventId event = house.make_event();
  const std::string id = to_text(event);
  // An event that the site did not name is closed to its people.
  const Answer closed = follow(house, Link{}, R"(,"event":")" + id + "\"");
  CHECK(closed.status == 404);
  CHECK(text_in(closed.body, "field") == "event");
  Link link;
  link.claims = Link::claims_with(
      R"("jti":"two","roles":["host","unknown","guest"],"event":")" + id + "\"", "jti");
  const Answer in = follow(house, link);
  CHECK(in.status == 201);
  CHECK(text_in(in.body, "event") == id);
  CHECK(text_in(in.body, "role") == "facilitator");
  // A role does not fall when they come without it.
  link.claims = Link::claims_with(R"("jti":"three","event":")" + id + "\"", "jti");
  CHECK(text_in(follow(house, link).body, "role") == "facilitator");
  link.claims = Link::claims_with(R"("jti":"four","roles":"board","event":")" + id + "\"", "jti");
  CHECK(text_in(follow(house, link).body, "role") == "organiser");
  // Theirs by now, whatever the next link says.
  CHECK(follow(house, Link::with("jti", "\"five\""), R"(,"event":")" + id + "\"").status == 201);
  HttpHouse open(with_club(true));
  const std::string any = to_text(open.make_event());
  CHECK(follow(open, Link{}, R"(,"event":")" + any + "\"").status == 201);
  CHECK(follow(open, Link::with("jti", "\"two\""), R"(,"event":"ev_1")").status == 404);
}

TEST_CASE("groups of a claim are kept with the identity, each with its highest role") {
  ClaimMapping mapping = with_club().sso.jwt[0].mapping;
  mapping.group_of["trainers"] = {"g_0000000000001", Role::organiser};
  const auto parsed =
      json::parse(R"({"sub":"42","name":"Ada","groups":["chess","trainers","unknown"]})");
  const auto vouched = read_vouched(*parsed.value.object(), mapping);
  REQUIRE(vouched.has_value());
  CHECK(vouched->groups ==
        std::vector<std::pair<std::string, Role>>{{"g_0000000000001", Role::organiser}});
}

}  // namespace
}  // namespace hallway::test
