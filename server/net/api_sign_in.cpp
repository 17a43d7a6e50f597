// A session for whoever shows who they are: by passphrase here, by another site's word in
// api_sso.cpp. A browser holds one session a person.
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/json_writer.hpp"
#include "server/log.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/client_name.hpp"
#include "server/net/credentials.hpp"
#include "server/net/identity.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::string_view device_cookie = "device";
constexpr std::int64_t device_s = std::int64_t{365} * 24 * 3600;

/// What stands in a sign-in's body.
struct Passphrase {
  std::string login;
  std::string passphrase;
  std::optional<EventId> event;
  std::optional<TokenHash> invitation;
};

Result<Passphrase> read_sign_in(const json::Object& body) {
  Fields fields(body);
  Passphrase given;
  given.login = read_login(fields);
  given.passphrase = read_passphrase(fields);
  if (fields.has("event")) given.event = fields.id<EventId>("event");
  if (fields.has("invite")) {
    given.invitation = hash_token(fields.raw_text("invite", limits::invite_bytes_max));
    if (given.event) fields.refuse_field("invite", "Either an event or an invitation.");
  }
  if (fields.refusal()) return *fields.refusal();
  return given;
}

Error about_invitation(Error error) {
  if (error.code != ErrorCode::not_found) return error;
  return refuse(ErrorCode::not_found, "This link does not lead anywhere any more.", "invite");
}

}  // namespace

std::string Api::client_of(const HttpRequest& request) {
  const std::string* const agent = request.field("user-agent");
  return agent ? client_name(*agent) : std::string();
}

/// Counts an attempt, or says when there may be one.
std::optional<Error> Api::begin_attempt(const AttemptLimit::Attempt& attempt) {
  const std::int64_t wait_ms = identity_->attempts.take_ms(attempt, clock_.steady_ns());
  if (wait_ms <= 0) return std::nullopt;
  Error error =
      refuse(ErrorCode::rate_limited, "There were many attempts to sign in. Please wait.");
  error.retry_after_ms = wait_ms;
  return error;
}

void Api::revoke(const std::vector<TokenHash>& sessions) {
  for (const TokenHash& session : sessions) backend_.revoke_session(session);
}

/// The place that this person has in the browser already; else one as for any newcomer.
int Api::slot_for(const std::array<std::string, slots_max>& tokens, PersonId person) const {
  for (int slot = 0; slot < slots_max && person.value; ++slot) {
    const std::string& token = tokens[static_cast<std::size_t>(slot)];
    if (token.empty()) continue;
    const auto owner = backend_.registry().session(hash_token(token), clock_.now());
    if (owner && owner->person == person) return slot;
  }
  return slot_for_newcomer(tokens);
}

/// `person` 0: not known yet.
Api::Beginning Api::begin_session(const HttpRequest& request, PersonId person) {
  const auto tokens = cookies_of(request);
  Beginning beginning;
  beginning.slot = slot_for(tokens, person);
  beginning.token = clock_.random_token();
  beginning.device_token = clock_.random_token();
  beginning.session.hash = hash_token(beginning.token);
  beginning.session.person = person;
  beginning.session.now = clock_.now();
  beginning.session.expires_at = beginning.session.now + settings_.session_ms;
  beginning.session.client = client_of(request);
  const std::string& replaced = tokens[static_cast<std::size_t>(beginning.slot)];
  if (!replaced.empty()) beginning.session.replaced = hash_token(replaced);
  beginning.device.now = hash_token(beginning.device_token);
  beginning.device.before = device_of(request);
  return beginning;
}

std::optional<TokenHash> Api::device_of(const HttpRequest& request) const {
  const std::string* const cookies = request.field("cookie");
  if (!cookies) return std::nullopt;
  const std::string device = read_named_cookie(*cookies, device_cookie, is_secure(request));
  if (device.empty()) return std::nullopt;
  return hash_token(device);
}

HttpResponse Api::signed_in_answer(const HttpRequest& request, const Beginning& beginning,
                                   const SignedIn& signed_in) const {
  HttpResponse answer =
      session_answer(request, beginning.token, beginning.slot, signed_in.event, signed_in.person);
  answer.fields.emplace_back("Set-Cookie", write_named_cookie(device_cookie, beginning.device_token,
                                                              device_s, is_secure(request)));
  return answer;
}

Api::Awaited Api::sign_in_by_passphrase(Call call, json::Object body) {
  const HttpRequest& request = *call.request;
  auto given = read_sign_in(body);
  if (!given) co_return problem(given.error());
  // The same look-ups and the same hash, whether anybody has the login or nobody does.
  const auto account = backend_.accounts().account(given->login);
  if (!account && account.error().code != ErrorCode::not_found) {
    co_return problem(account.error());
  }
  const PersonId person = account ? account->person : PersonId{};
  AttemptLimit::Attempt attempt{request.limit_key, given->login, device_of(request)};
  if (attempt.device) {
    const auto knows = backend_.accounts().knows_device(person, *attempt.device);
    if (!knows || !*knows) attempt.device.reset();
  }
  if (const auto refused = begin_attempt(attempt)) co_return problem(*refused);
  Question<bool> question(*call.home, settings_.backend_ms);
  std::optional<std::string> hash;
  if (account) hash = account->passphrase;
  identity_->passphrases.check(std::move(hash), std::move(given->passphrase), question.done());
  const auto fits = co_await question.answer();
  if (!fits || *fits) identity_->attempts.give_back(attempt);
  if (!fits) co_return problem(fits.error());
  if (!*fits) {
    log::info("sign_in.refused", {{"address", request.address}});
    co_return problem(
        refuse(ErrorCode::unauthenticated, "The login or the passphrase is not right."));
  }
  co_return co_await let_in(call, person, account->passphrase, given->event, given->invitation);
}

/// Of somebody who has shown who they are.
Api::Awaited Api::let_in(Call call, PersonId person, std::string passphrase,
                         std::optional<EventId> event, std::optional<TokenHash> invitation) {
  const HttpRequest& request = *call.request;
  if (invitation) {
    const auto live = backend_.registry().invitation(*invitation, clock_.now());
    if (!live) co_return problem(about_invitation(live.error()));
  }
  const Beginning beginning = begin_session(request, person);
  SignIn sign_in{beginning.session, event, beginning.device, std::move(passphrase)};
  Question<SignedIn> question(*call.home, settings_.backend_ms);
  backend_.accounts().sign_in(std::move(sign_in), question.done());
  auto signed_in = co_await question.answer();
  if (!signed_in) co_return problem(signed_in.error());
  revoke(signed_in->ended);
  if (invitation) {
    Join join;
    join.invitation = *invitation;
    join.session = beginning.session.hash;
    join.person = person;
    join.returning = true;
    join.now = beginning.session.now;
    join.expires_at = beginning.session.expires_at;
    Question<Joined> joining(*call.home, settings_.backend_ms);
    backend_.registry().join(std::move(join), joining.done());
    const auto joined = co_await joining.answer();
    if (!joined) {
      // Between the look and the join the last use went.
      Question<bool> dropped(*call.home, settings_.backend_ms);
      backend_.registry().drop_session(beginning.session.hash, dropped.done());
      co_await dropped.answer();
      co_return problem(about_invitation(joined.error()));
    }
    signed_in->event = joined->event;
    signed_in->person = joined->person;
  }
  co_return signed_in_answer(request, beginning, *signed_in);
}

}  // namespace hallway
