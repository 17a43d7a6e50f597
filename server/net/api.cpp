// From a request to its route, and the checks that routes share: who asks, from which page, with
// what body.
#include "server/net/api.hpp"

#include <algorithm>
#include <span>

#include "rooms/permission.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/identity.hpp"
#include "server/tokens.hpp"

namespace hallway {

const std::array<Api::Route, 20> Api::routes{{
    {"GET", "/", &Api::get_page},
    {"GET", "/j/{invite}", &Api::get_page},
    {"GET", "/e/{event}", &Api::get_page},
    {"GET", "/assets/{file}", &Api::get_asset},
    {"GET", "/healthz", &Api::get_health},
    {"GET", "/readyz", &Api::get_readiness},
    {"GET", "/metrics", &Api::get_metrics},
    {"POST", "/api/v1/sessions", &Api::post_session},
    {"GET", "/api/v1/sessions", &Api::get_sessions},
    {"DELETE", "/api/v1/sessions/current", &Api::delete_session},
    {"POST", "/api/v1/events", &Api::post_event},
    {"GET", "/api/v1/events/{event}", &Api::get_event},
    {"PATCH", "/api/v1/events/{event}", &Api::patch_event},
    {"DELETE", "/api/v1/events/{event}", &Api::delete_event},
    {"GET", "/api/v1/events/{event}/calendar.ics", &Api::get_calendar},
    {"POST", "/api/v1/events/{event}/invites", &Api::post_invite},
    {"GET", "/api/v1/events/{event}/invites", &Api::get_invites},
    {"DELETE", "/api/v1/events/{event}/invites", &Api::delete_invite},
    {"DELETE", "/api/v1/events/{event}/invites/{id}", &Api::delete_invite_by_id},
    {"GET", "/api/v1/invites/{invite}", &Api::get_invite},
}};

const std::array<Api::Route, 13> Api::identity_routes{{
    {"GET", "/me", &Api::get_page},
    {"GET", "/sso", &Api::get_page},
    {"GET", "/g/{group}", &Api::get_page},
    {"GET", "/api/v1/sign-in", &Api::get_sign_in},
    {"GET", "/api/v1/me", &Api::get_me},
    {"POST", "/api/v1/me/account", &Api::post_account},
    {"PATCH", "/api/v1/me/account", &Api::patch_account},
    {"POST", "/api/v1/me/recovery-codes", &Api::post_recovery_codes},
    {"DELETE", "/api/v1/me/sessions/{id}", &Api::delete_my_session},
    {"DELETE", "/api/v1/me/sessions", &Api::delete_my_sessions},
    {"POST", "/api/v1/recoveries", &Api::post_recovery},
    {"GET", "/auth/{provider}", &Api::get_auth},
    {"GET", "/auth/{provider}/callback", &Api::get_auth_callback},
}};

namespace {

constexpr std::string_view bearer = "Bearer ";

/// The first segment, and the rest behind its slash; both begin without one.
std::pair<std::string_view, std::string_view> split(std::string_view path) {
  const std::size_t slash = std::min(path.find('/'), path.size());
  return {path.substr(0, slash), path.substr(std::min(slash + 1, path.size()))};
}

/// Whether `path` fits `pattern`; what stood for its `{…}` goes to `args`.
bool fits(std::string_view pattern, std::string_view path, std::array<std::string, 2>& args) {
  if (std::count(pattern.begin(), pattern.end(), '/') !=
      std::count(path.begin(), path.end(), '/')) {
    return false;
  }
  pattern.remove_prefix(1);
  path.remove_prefix(1);
  std::size_t arg = 0;
  while (!pattern.empty() || !path.empty()) {
    const auto [wanted, pattern_rest] = split(pattern);
    const auto [given, path_rest] = split(path);
    if (wanted.starts_with('{')) {
      if (given.empty()) return false;
      args[arg++] = std::string(given);
    } else if (wanted != given) {
      return false;
    }
    pattern = pattern_rest;
    path = path_rest;
  }
  return true;
}

bool is_json(const HttpRequest& request) {
  constexpr std::string_view json_type = "application/json";
  const std::string* const type = request.field("content-type");
  if (!type) return false;
  std::string_view media = std::string_view(*type).substr(0, type->find(';'));
  while (media.ends_with(' ')) media.remove_suffix(1);
  return std::equal(media.begin(), media.end(), json_type.begin(), json_type.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

}  // namespace

Api::Api(const HttpSettings& settings, Backend& backend, ClockSource& clock, Metrics& metrics)
    : settings_(settings),
      backend_(backend),
      clock_(clock),
      metrics_(metrics),
      origins_(settings.public_url, settings.origins),
      join_limit_(settings.joins_per_s, settings.joins_burst),
      own_exports_limit_(own_exports_per_s, 1),
      identity_(std::make_unique<Identity>(settings.sso)) {}

Api::~Api() = default;

boost::asio::awaitable<HttpResponse> Api::answer(std::shared_ptr<const HttpRequest> request,
                                                 boost::asio::io_context& home) {
  Call call;
  call.request = request;
  call.home = &home;
  const Match found = match(*request, call.args);
  HttpResponse response = found.refusal;
  if (found.route) {
    const Handler handler = found.route->handler;
    response = co_await (this->*handler)(std::move(call));
  }
  response.route = found.pattern;
  finish(*request, response);
  co_return response;
}

Api::Match Api::match(const HttpRequest& request, std::array<std::string, 2>& args) {
  const std::string_view method =
      request.method == "HEAD" ? "GET" : std::string_view(request.method);
  Match match;
  std::string allowed;
  for (const std::span<const Route> table :
       {std::span<const Route>(routes), std::span<const Route>(identity_routes),
        std::span<const Route>(group_routes)}) {
    for (const Route& route : table) {
      if (!fits(route.pattern, request.path, args)) continue;
      match.pattern = route.pattern;
      if (route.method == method) {
        match.route = &route;
        return match;
      }
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
  }
  if (allowed.empty()) {
    match.refusal = problem(refuse(ErrorCode::not_found, "There is nothing here."));
  } else {
    match.refusal =
        problem(refuse(ErrorCode::bad_request, "This cannot be done with that method."), 405);
    match.refusal.fields.emplace_back("Allow", allowed);
  }
  return match;
}

void Api::finish(const HttpRequest& request, HttpResponse& response) const {
  add_common_fields(response, origins_.public_origin(), is_secure(request), clock_.now());
}

bool Api::is_secure(const HttpRequest& request) const {
  return request.secure || settings_.is_public_https();
}

bool Api::origin_fits(const HttpRequest& request) const {
  const std::string* const origin = request.field("origin");
  const std::string* const host = request.field("host");
  const OwnAddress own{host ? std::string_view(*host) : std::string_view(), request.local,
                       request.secure};
  return origin && origins_.allows(*origin, own);
}

std::array<std::string, slots_max> Api::cookies_of(const HttpRequest& request) const {
  const std::string* const cookies = request.field("cookie");
  return read_cookies(cookies ? std::string_view(*cookies) : std::string_view(),
                      is_secure(request));
}

Result<Api::Caller> Api::authenticate(const HttpRequest& request) const {
  Caller caller;
  const std::string* const authorization = request.field("authorization");
  if (authorization) {
    if (!authorization->starts_with(bearer)) {
      return refuse(ErrorCode::unauthenticated, "Only bearer tokens are known here.");
    }
    caller.session = hash_token(std::string_view(*authorization).substr(bearer.size()));
  } else {
    caller.slot = slot_of_query(request.query);
    if (!caller.slot || *caller.slot < 0) {
      return refuse(ErrorCode::unauthenticated, "Please sign in first.");
    }
    const std::string token = cookies_of(request)[static_cast<std::size_t>(*caller.slot)];
    if (token.empty()) return refuse(ErrorCode::unauthenticated, "Please sign in first.");
    // A cookie is sent with whatever any page asks for, so the page must be one of ours.
    const bool reads_only = request.method == "GET" || request.method == "HEAD";
    if (!reads_only && !origin_fits(request)) {
      return refuse(ErrorCode::forbidden, "This page may not do that here.");
    }
    caller.session = hash_token(token);
  }
  auto owner = backend_.registry().session(caller.session, clock_.now());
  if (!owner) return owner.error();
  caller.owner = *owner;
  return caller;
}

Result<Api::InEvent> Api::authorise(const Call& call, std::string_view capability) const {
  auto caller = authenticate(*call.request);
  if (!caller) return caller.error();
  InEvent in;
  in.caller = *caller;
  in.event = parse_id<EventTag>(call.args[0]);
  if (caller->owner.is_operator) {
    if (!backend_.registry().event(in.event)) {
      return refuse(ErrorCode::not_found, "There is no such event.");
    }
    return in;
  }
  auto membership = backend_.registry().membership(in.event, caller->owner.person);
  if (!membership) return refuse(ErrorCode::not_found, "There is no such event.");
  const auto ban = backend_.registry().ban(in.event, caller->owner.person, clock_.now());
  if (!ban) return ban.error();
  if (*ban) return refuse(ErrorCode::banned, "You may not be in this event any more.");
  if (!capability.empty() && !may(membership->person.role, capability)) {
    return refuse(ErrorCode::forbidden, "This is for the organisers of the event.");
  }
  in.membership = std::move(*membership);
  return in;
}

boost::asio::awaitable<std::optional<Error>> Api::note(Call call, InEvent in, std::string action,
                                                       std::string detail) {
  AuditView act;
  act.action = std::move(action);
  act.detail = std::move(detail);
  Question<Reply> question(*call.home, settings_.backend_ms);
  backend_.note(*call.home, in.event, in.caller.owner.person, std::move(act), question.done());
  const auto noted = co_await question.answer();
  if (!noted) co_return noted.error();
  co_return std::nullopt;
}

Result<json::Object> Api::read_body(const HttpRequest& request) {
  if (!is_json(request)) {
    return refuse(ErrorCode::bad_request, "The body must be of type application/json.",
                  "content-type");
  }
  json::Parsed parsed = json::parse(request.body);
  if (parsed.error) return *parsed.error;
  json::Object* const object = std::get_if<json::Object>(&parsed.value.data);
  if (!object) return refuse(ErrorCode::bad_request, "The body must be a JSON object.");
  return std::move(*object);
}

}  // namespace hallway
