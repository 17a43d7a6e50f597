// Signing in by another site's word: a signed link (JWT), or a visit to an OpenID Connect provider.
// What exactly was wrong with a token goes to the log; the browser is told that it will not do.
#include <algorithm>
#include <utility>

#include "protocol/json_writer.hpp"
#include "server/log.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/identity.hpp"
#include "server/net/query.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::string_view visit_cookie = "sso";
constexpr unsigned found = 302;

Error refused_token(const Error& reason, const std::string& provider) {
  log::info("sso.refused", {{"provider", provider}, {"reason", reason.message}});
  if (reason.code == ErrorCode::session_expired) {
    return refuse(ErrorCode::session_expired,
                  "This link is too old. Please go back to where you found it.", "jwt");
  }
  return refuse(ErrorCode::unauthenticated, "This link does not sign anybody in.", "jwt");
}

template <class Provider>
const Provider* find_provider(const std::vector<Provider>& providers,
                              std::string SsoProvider::*member, const std::string& value) {
  const auto found_one = std::find_if(providers.begin(), providers.end(),
                                      [&](const Provider& each) { return each.*member == value; });
  return found_one == providers.end() ? nullptr : &*found_one;
}

HttpResponse redirect(std::string to) {
  HttpResponse answer;
  answer.status = found;
  answer.fields = {{"Location", std::move(to)}, {"Cache-Control", "no-store"}};
  return answer;
}

/// Precondition: the token was judged, so that both claims are there.
SpentLink spent_link_of(const SsoProvider& provider, const Jwt& jwt) {
  const TimeMs until = (*integer_of_claim(jwt.claims, "exp") + limits::jwt_leeway_s + 1) * 1000;
  return {hash_token(provider.id + " " + *text_of_claim(jwt.claims, "jti")), until};
}

/// `/e/ev_…`: into that event.
std::optional<EventId> event_of_path(std::string_view path) {
  constexpr std::string_view prefix = "/e/";
  if (!path.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = path.substr(prefix.size());
  return parse_id<EventTag>(rest.substr(0, rest.find_first_of("/?#")));
}

}  // namespace

/// The scheme and host by which the browser knows this server.
Result<std::string> Api::base_of(const HttpRequest& request) const {
  if (!settings_.public_url.empty()) return settings_.public_url;
  const std::string* const host = request.field("host");
  const std::string base = (request.secure ? "https://" : "http://") + (host ? *host : "");
  const OwnAddress own{host ? std::string_view(*host) : std::string_view(), request.local,
                       request.secure};
  if (!host || !origins_.allows(base, own)) {
    return refuse(ErrorCode::bad_request, "This server does not know by which name it is reached.");
  }
  return base;
}

/// Limits the people that an address may bring, as joining does.
std::optional<Error> Api::begin_visit(const HttpRequest& request) {
  const std::int64_t wait_ms =
      identity_->visits_limit.take_ms(request.limit_key, clock_.steady_ns());
  if (wait_ms <= 0) return std::nullopt;
  Error error = refuse(ErrorCode::rate_limited, "Many people are coming in at once right now.");
  error.retry_after_ms = wait_ms;
  return error;
}

/// Verified and judged; that it is used up is for the sign-in to find.
Result<Vouched> Api::verify_link(const HttpRequest& request, const JwtProvider& provider,
                                 const Jwt& jwt) {
  JwtRules rules;
  rules.algorithms = {provider.algorithm};
  rules.issuer = provider.issuer;
  rules.audience = provider.audience;
  if (rules.audience.empty()) {
    const auto base = base_of(request);
    if (!base) return base.error();
    rules.audience = *base;
  }
  rules.ahead_s = limits::jwt_ahead_s;
  rules.needs_id = true;
  // The cheap look first, but nothing is believed before the signature.
  if (!is_signed(jwt, provider.keys)) {
    return refused_token(refuse(ErrorCode::unauthenticated, "not signed"), provider.id);
  }
  if (const auto wrong = judge_jwt(jwt, rules, clock_.now()))
    return refused_token(*wrong, provider.id);
  auto vouched = read_vouched(jwt.claims, provider.mapping);
  if (!vouched) return refused_token(vouched.error(), provider.id);
  return vouched;
}

Api::Awaited Api::sign_in_by_jwt(Call call, json::Object body) {
  const HttpRequest& request = *call.request;
  if (const auto refused = begin_visit(request)) co_return problem(*refused);
  Fields fields(body);
  const std::string token = fields.raw_text("jwt", limits::jwt_bytes_max);
  std::optional<EventId> event;
  if (fields.has("event")) event = fields.id<EventId>("event");
  if (fields.refusal()) co_return problem(*fields.refusal());
  const auto jwt = read_jwt(token);
  if (!jwt) co_return problem(refused_token(jwt.error(), "none"));
  const std::string issuer = text_of_claim(jwt->claims, "iss").value_or("");
  const JwtProvider* const provider =
      find_provider(settings_.sso.jwt, &SsoProvider::issuer, issuer);
  if (!provider) {
    const Error unknown = refuse(ErrorCode::unauthenticated, "an unknown issuer");
    co_return problem(refused_token(unknown, "none"));
  }
  auto vouched = verify_link(request, *provider, *jwt);
  if (!vouched) co_return problem(vouched.error());
  if (!event) event = vouched->event;
  const bool may_enter = provider->any_event || (event && event == vouched->event);
  IdentitySignIn sign_in = identity_of(*provider, std::move(*vouched), event, may_enter);
  sign_in.link = spent_link_of(*provider, *jwt);
  const Beginning beginning = begin_identity(request, sign_in);
  auto claimed = sign_in.groups;
  Question<SignedIn> question(*call.home, settings_.backend_ms);
  backend_.accounts().sign_in_by_identity(std::move(sign_in), question.done());
  const auto signed_in = co_await question.answer();
  if (!signed_in) {
    log::info("sso.refused", {{"provider", provider->id}, {"reason", signed_in.error().message}});
    co_return problem(signed_in.error());
  }
  revoke(signed_in->ended);
  auto joining = join_groups(call, signed_in->person.id, std::move(claimed));
  co_await std::move(joining);
  co_return session_answer(request, beginning.token, beginning.slot, signed_in->event,
                           signed_in->person);
}

IdentitySignIn Api::identity_of(const SsoProvider& provider, Vouched vouched,
                                std::optional<EventId> event, bool may_enter) {
  IdentitySignIn sign_in;
  sign_in.issuer = provider.issuer;
  sign_in.subject = std::move(vouched.subject);
  sign_in.newcomer = PersonId{clock_.random_u64()};
  sign_in.card = std::move(vouched.card);
  sign_in.groups = std::move(vouched.groups);
  sign_in.event = event;
  if (event && may_enter) sign_in.role = vouched.role.value_or(Role::member);
  return sign_in;
}

boost::asio::awaitable<void> Api::join_groups(Call call, PersonId person,
                                              std::vector<std::pair<std::string, Role>> claimed) {
  for (const auto& [id, role] : claimed) {
    const GroupId group = parse_id<GroupTag>(id);
    Question<bool> question(*call.home, settings_.backend_ms);
    backend_.groups().join_by_claim(person, group, role, clock_.now(), question.done());
    const auto joined = co_await question.answer();
    if (!joined) log::warning("sso.group", {{"group", id}, {"error", joined.error().message}});
  }
}

Api::Beginning Api::begin_identity(const HttpRequest& request, IdentitySignIn& sign_in) {
  const auto known = backend_.accounts().person_of(sign_in.issuer, sign_in.subject);
  Beginning beginning = begin_session(request, known ? *known : PersonId{});
  sign_in.session = beginning.session;
  return beginning;
}

// --- OpenID Connect

Api::Awaited Api::get_auth(Call call) {
  const HttpRequest& request = *call.request;
  const OidcProvider* const provider =
      find_provider(settings_.sso.oidc, &SsoProvider::id, call.args[0]);
  if (!provider) co_return problem(refuse(ErrorCode::not_found, "There is no such provider."));
  if (const auto refused = begin_visit(request)) co_return problem(*refused);
  const auto base = base_of(request);
  if (!base) co_return problem(base.error());
  const auto discovery = co_await discover(call, provider);
  if (!discovery) co_return problem(discovery.error());
  const std::string state = clock_.random_token();
  const std::string browser = clock_.random_token();
  OidcVisit visit;
  visit.provider = provider->id;
  visit.browser = hash_token(browser);
  visit.nonce = clock_.random_token();
  visit.verifier = clock_.random_token();
  visit.redirect_uri = *base + "/auth/" + provider->id + "/callback";
  visit.to = own_path(query_value(request.query, "to").value_or("/"));
  const std::string url = authorization_url(*provider, *discovery, visit, state);
  const TimeMs now = clock_.now();
  if (!identity_->visits.put(state, std::move(visit), now + limits::sso_visit_ms, now)) {
    co_return problem(refuse(ErrorCode::unavailable, "Many people are coming in at once."));
  }
  HttpResponse answer = redirect(url);
  answer.fields.emplace_back(
      "Set-Cookie",
      write_named_cookie(visit_cookie, browser, limits::sso_visit_ms / 1000, is_secure(request)));
  co_return answer;
}

boost::asio::awaitable<Result<Fetched>> Api::fetch(Call call, FetchRequest wanted) {
  Question<Fetched> question(*call.home, settings_.backend_ms);
  identity_->fetcher().fetch(std::move(wanted), question.done());
  co_return co_await question.answer();
}

boost::asio::awaitable<Result<OidcDiscovery>> Api::discover(Call call,
                                                            const OidcProvider* provider) {
  OidcMemory& memory = identity_->memory_of(provider->id);
  if (const auto known = memory.discovery(clock_.steady_ns())) co_return *known;
  FetchRequest wanted;
  wanted.url = discovery_url(provider->issuer);
  const auto fetched = co_await fetch(call, std::move(wanted));
  if (!fetched) co_return fetched.error();
  auto discovery = read_discovery(fetched->body, provider->issuer);
  if (!discovery) {
    log::warning("sso.discovery_failed",
                 {{"provider", provider->id}, {"error", discovery.error().message}});
    co_return discovery.error();
  }
  memory.keep(*discovery, clock_.steady_ns());
  co_return discovery;
}

/// The provider's keys, anew where a token names one that is not among them.
boost::asio::awaitable<Result<JwsKeys>> Api::keys_for(Call call, const OidcProvider* provider,
                                                      std::string jwks_uri, Jwt jwt) {
  OidcMemory& memory = identity_->memory_of(provider->id);
  const std::int64_t now_ns = clock_.steady_ns();
  const auto known = memory.keys(now_ns);
  if (known && !names_unknown_key(jwt, *known)) co_return *known;
  if (known && !memory.may_look_again(now_ns)) co_return *known;
  FetchRequest wanted;
  wanted.url = std::move(jwks_uri);
  const auto fetched = co_await fetch(call, std::move(wanted));
  if (!fetched) co_return fetched.error();
  auto keys = read_key_set(fetched->body);
  if (!keys) co_return keys.error();
  memory.keep(*keys, clock_.steady_ns());
  co_return keys;
}

boost::asio::awaitable<Result<Vouched>> Api::redeem(Call call, const OidcProvider* provider,
                                                    OidcVisit visit, std::string code) {
  const auto discovery = co_await discover(call, provider);
  if (!discovery) co_return discovery.error();
  FetchRequest wanted = token_request(*provider, *discovery, visit, code);
  const auto answered = co_await fetch(call, std::move(wanted));
  if (!answered) co_return answered.error();
  const auto token = read_token_answer(*answered);
  if (!token) co_return refused_token(token.error(), provider->id);
  const auto jwt = read_jwt(*token);
  if (!jwt) co_return refused_token(jwt.error(), provider->id);
  // Judged before its keys are looked for: only a token that could be good is worth a question.
  const JwtRules rules = id_token_rules(*provider, visit);
  if (const auto wrong = judge_jwt(*jwt, rules, clock_.now())) {
    co_return refused_token(*wrong, provider->id);
  }
  const auto keys = co_await keys_for(call, provider, discovery->jwks_uri, *jwt);
  if (!keys) co_return keys.error();
  if (!is_signed(*jwt, *keys)) {
    co_return refused_token(refuse(ErrorCode::unauthenticated, "not signed"), provider->id);
  }
  auto vouched = read_vouched(jwt->claims, provider->mapping);
  if (!vouched) co_return refused_token(vouched.error(), provider->id);
  co_return vouched;
}

/// The visit that this browser comes back from; it is over with that, whatever follows.
Result<OidcVisit> Api::end_visit(const HttpRequest& request, const std::string& provider) {
  const Error unknown = refuse(ErrorCode::unauthenticated, "This sign-in has come too late.");
  const std::string state = query_value(request.query, "state").value_or("");
  const std::string* const cookies = request.field("cookie");
  const std::string browser =
      cookies ? read_named_cookie(*cookies, visit_cookie, is_secure(request)) : "";
  auto visit = identity_->visits.take(state, clock_.now());
  const bool fits = visit && visit->provider == provider && !browser.empty() &&
                    equal_in_constant_time(visit->browser, hash_token(browser));
  if (!fits) return unknown;
  return std::move(*visit);
}

Api::Awaited Api::get_auth_callback(Call call) {
  const HttpRequest& request = *call.request;
  const OidcProvider* const provider =
      find_provider(settings_.sso.oidc, &SsoProvider::id, call.args[0]);
  if (!provider) co_return problem(refuse(ErrorCode::not_found, "There is no such provider."));
  HttpResponse answer = co_await come_back_from(call, provider);
  answer.fields.emplace_back("Set-Cookie",
                             write_named_cookie(visit_cookie, "", 0, is_secure(request)));
  co_return answer;
}

/// Refusals lead to the page too: a browser stands there, not a program.
Api::Awaited Api::come_back_from(Call call, const OidcProvider* provider) {
  const HttpRequest& request = *call.request;
  const auto failed = [](const Error& error) {
    return redirect("/sso#error=" + std::string(to_text(error.code)));
  };
  auto visit = end_visit(request, provider->id);
  if (!visit) co_return failed(visit.error());
  const auto issuer = query_value(request.query, "iss");  // RFC 9207
  const auto code = query_value(request.query, "code");
  if (!code || (issuer && *issuer != provider->issuer)) {
    log::info("sso.refused", {{"provider", provider->id}, {"reason", "no code"}});
    co_return failed(refuse(ErrorCode::unauthenticated, "The provider did not let you in."));
  }
  const std::string to = visit->to;
  auto vouched = co_await redeem(call, provider, std::move(*visit), *code);
  if (!vouched) co_return failed(vouched.error());
  const auto event = provider->any_event ? event_of_path(to) : std::nullopt;
  IdentitySignIn sign_in = identity_of(*provider, std::move(*vouched), event, true);
  const Beginning beginning = begin_identity(request, sign_in);
  auto claimed = sign_in.groups;
  Question<SignedIn> question(*call.home, settings_.backend_ms);
  backend_.accounts().sign_in_by_identity(std::move(sign_in), question.done());
  const auto signed_in = co_await question.answer();
  if (!signed_in) co_return failed(signed_in.error());
  revoke(signed_in->ended);
  auto joining = join_groups(call, signed_in->person.id, std::move(claimed));
  co_await std::move(joining);
  HttpResponse answer = redirect(to);
  answer.fields.emplace_back(
      "Set-Cookie", write_cookie(beginning.slot, beginning.token, settings_.session_ms / 1000,
                                 is_secure(request)));
  co_return answer;
}

}  // namespace hallway
