// Coming in and going out: a session for whoever holds an invitation, kept in a cookie a person.
#include <algorithm>
#include <limits>

#include "protocol/codec.hpp"
#include "protocol/json_writer.hpp"
#include "protocol/look_alike.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

Result<Card> read_card(Fields& fields) {
  Card card;
  card.name = fields.name("name");
  card.about = fields.optional_line("about", limits::about_max).value_or("");
  card.ask = fields.optional_line("ask", limits::about_max).value_or("");
  card.offer = fields.optional_line("offer", limits::about_max).value_or("");
  card.org = fields.optional_line("org", limits::org_max).value_or("");
  card.title = fields.optional_line("title", limits::org_max).value_or("");
  if (fields.has("came_with")) {
    card.came_with = fields.ids<PersonId>("came_with", 0, limits::came_with_max);
  }
  if (fields.refusal()) return *fields.refusal();
  return card;
}

}  // namespace

Api::Awaited Api::post_session(Call call) {
  const HttpRequest& request = *call.request;
  // The answer sets a cookie: a foreign page must not sign a browser in as somebody else.
  if (request.field("origin") && !origin_fits(request)) {
    co_return problem(refuse(ErrorCode::forbidden, "This page may not sign in here."));
  }
  const auto body = read_body(request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  if (fields.has("login")) co_return co_await sign_in_by_passphrase(call, *body);
  if (fields.has("jwt")) co_return co_await sign_in_by_jwt(call, *body);
  const std::string invite = fields.raw_text("invite", limits::invite_bytes_max);
  if (fields.refusal()) co_return problem(*fields.refusal());
  const auto invitation = backend_.registry().invitation(hash_token(invite), clock_.now());
  if (!invitation) {
    if (invitation.error().code == ErrorCode::not_found) co_return problem(dead_link("invite"));
    co_return problem(invitation.error());
  }
  if (fields.has("slot")) {
    const std::int64_t slot = fields.integer("slot", Bounds{0, slots_max - 1});
    if (fields.refusal()) co_return problem(*fields.refusal());
    co_return co_await come_back(call, *invitation, static_cast<int>(slot));
  }
  auto card = read_card(fields);
  if (!card) co_return problem(card.error());
  co_return co_await join_as_new(call, *invitation, std::move(*card));
}

Api::Awaited Api::join_as_new(Call call, Invitation invitation, Card card) {
  const HttpRequest& request = *call.request;
  const std::int64_t wait_ms = join_limit_.take_ms(request.limit_key, clock_.steady_ns());
  if (wait_ms > 0) {
    Error error = refuse(ErrorCode::rate_limited, "Many people are coming in at once right now.");
    error.retry_after_ms = wait_ms;
    co_return problem(error);
  }
  if (invitation.role == Role::member) {
    const auto staff = backend_.registry().staff(invitation.event);
    if (staff) card.name = told_apart_from_staff(std::move(card.name), *staff);
  }
  const auto tokens = cookies_of(request);
  const int slot = slot_for_newcomer(tokens);
  const std::string token = clock_.random_token();
  Join join;
  join.invitation = invitation.hash;
  join.session = hash_token(token);
  join.person = PersonId{clock_.random_u64()};
  join.card = std::move(card);
  join.now = clock_.now();
  join.expires_at = join.now + settings_.session_ms;
  join.client = client_of(request);
  Question<Joined> question(*call.home, settings_.backend_ms);
  backend_.registry().join(std::move(join), question.done());
  const auto joined = co_await question.answer();
  if (!joined) {
    // Between the look and the join the last use went, or the organiser revoked it.
    if (joined.error().code == ErrorCode::not_found) co_return problem(dead_link("invite"));
    co_return problem(joined.error());
  }
  // Whoever had the slot can no longer be reached by this browser: they are signed out, not left
  // behind.
  const std::string& replaced = tokens[static_cast<std::size_t>(slot)];
  if (!replaced.empty()) {
    const TokenHash old = hash_token(replaced);
    Question<bool> dropped(*call.home, settings_.backend_ms);
    backend_.registry().drop_session(old, dropped.done());
    co_await dropped.answer();
    backend_.revoke_session(old);
  }
  co_return session_answer(request, token, slot, joined->event, joined->person);
}

/// The session stays the one of the cookie, so that other tabs of this person stay signed in.
Api::Awaited Api::come_back(Call call, Invitation invitation, int slot) {
  const HttpRequest& request = *call.request;
  const std::string token = cookies_of(request)[static_cast<std::size_t>(slot)];
  if (token.empty()) {
    co_return problem(
        refuse(ErrorCode::unauthenticated, "This browser knows nobody there.", "slot"));
  }
  if (!origin_fits(request)) {
    co_return problem(refuse(ErrorCode::forbidden, "This page may not sign in here."));
  }
  Join join;
  join.invitation = invitation.hash;
  join.session = hash_token(token);
  join.now = clock_.now();
  join.expires_at = join.now + settings_.session_ms;
  join.returning = true;
  const auto owner = backend_.registry().session(join.session, join.now);
  if (!owner) co_return problem(owner.error());
  if (owner->is_operator) {
    co_return problem(refuse(ErrorCode::forbidden, "An operator is no person of an event."));
  }
  join.person = owner->person;
  Question<Joined> question(*call.home, settings_.backend_ms);
  backend_.registry().join(std::move(join), question.done());
  const auto joined = co_await question.answer();
  if (!joined) {
    if (joined.error().code == ErrorCode::not_found) co_return problem(dead_link("invite"));
    co_return problem(joined.error());
  }
  co_return session_answer(request, token, slot, joined->event, joined->person);
}

/// A free one; else one whose session is dead; else the one whose event ends first.
int Api::slot_for_newcomer(const std::array<std::string, slots_max>& tokens) const {
  const auto free = std::find(tokens.begin(), tokens.end(), std::string());
  if (free != tokens.end()) return static_cast<int>(free - tokens.begin());
  int chosen = 0;
  TimeMs chosen_ends_at = std::numeric_limits<TimeMs>::max();
  for (int slot = 0; slot < slots_max; ++slot) {
    const TokenHash session = hash_token(tokens[static_cast<std::size_t>(slot)]);
    const auto owner = backend_.registry().session(session, clock_.now());
    if (!owner) return slot;
    const auto latest = backend_.registry().latest_event_of(owner->person);
    if (!latest) return slot;
    const auto event = backend_.registry().event(*latest);
    if (!event) return slot;
    if (event->ends_at < chosen_ends_at) {
      chosen = slot;
      chosen_ends_at = event->ends_at;
    }
  }
  return chosen;
}

HttpResponse Api::session_answer(const HttpRequest& request, const std::string& token, int slot,
                                 std::optional<EventId> event, const PersonView& person) const {
  std::string body;
  json::Writer json(body);
  json.begin_object();
  json.key("token");
  json.text(token);
  if (event) {
    json.key("event");
    json.text(to_text(*event));
  }
  json.key("slot");
  json.integer(std::int64_t{slot});
  json.key("person");
  json.json(encode_person(person));
  json.end_object();
  HttpResponse answer = json_answer(201, std::move(body));
  answer.fields.emplace_back(
      "Set-Cookie", write_cookie(slot, token, settings_.session_ms / 1000, is_secure(request)));
  return answer;
}

Api::Awaited Api::get_sessions(Call call) {
  const auto tokens = cookies_of(*call.request);
  Registry& registry = backend_.registry();
  std::string body;
  json::Writer json(body);
  json.begin_object();
  json.key("sessions");
  json.begin_array();
  for (int slot = 0; slot < slots_max; ++slot) {
    const std::string& token = tokens[static_cast<std::size_t>(slot)];
    if (token.empty()) continue;
    const auto owner = registry.session(hash_token(token), clock_.now());
    if (!owner || owner->is_operator) continue;
    const auto people = registry.people({owner->person});
    if (!people || people->empty()) continue;
    json.begin_object();
    json.key("slot");
    json.integer(std::int64_t{slot});
    json.key("person");
    json.text(to_text(owner->person));
    json.key("name");
    json.text(people->front().card.name);
    // Whoever signed in without an invitation may belong to none yet.
    const auto event = registry.latest_event_of(owner->person);
    const auto view = event ? registry.event(*event) : Result<EventView>(event.error());
    if (view) {
      json.key("event");
      json.text(to_text(*event));
      json.key("title");
      json.text(view->title);
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
  co_return json_answer(200, std::move(body));
}

Api::Awaited Api::delete_session(Call call) {
  const HttpRequest& request = *call.request;
  const auto caller = authenticate(request);
  if (!caller) co_return problem(caller.error());
  Question<bool> question(*call.home, settings_.backend_ms);
  backend_.registry().drop_session(caller->session, question.done());
  const auto dropped = co_await question.answer();
  if (!dropped) co_return problem(dropped.error());
  backend_.revoke_session(caller->session);
  HttpResponse answer = empty_answer();
  if (caller->slot) {
    answer.fields.emplace_back("Set-Cookie", forget_cookie(*caller->slot, is_secure(request)));
  }
  co_return answer;
}

}  // namespace hallway
