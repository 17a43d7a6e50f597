// A person's account over HTTP: made by a guest who is signed in, its passphrase changed, its
// recovery codes renewed and spent. Passphrases are hashed on a thread of their own.
#include <utility>

#include "protocol/json_writer.hpp"
#include "server/log.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/credentials.hpp"
#include "server/net/identity.hpp"

namespace hallway {
namespace {

using Hashes = Accounts::Hashes;

constexpr std::size_t code_bytes_max = 64;

struct Codes {
  std::vector<std::string> told;
  Hashes kept;
};

Codes make_codes(ClockSource& clock) {
  Codes codes;
  for (std::size_t i = 0; i < limits::recovery_codes; ++i) {
    codes.told.push_back(make_recovery_code(clock));
    codes.kept.push_back(hash_recovery_code(codes.told.back()));
  }
  return codes;
}

void write_codes(json::Writer& json, const Codes& codes) {
  json.key("recovery_codes");
  json.begin_array();
  for (const std::string& code : codes.told) json.text(code);
  json.end_array();
}

Error wrong_passphrase() {
  return refuse(ErrorCode::forbidden, "This is not your passphrase.", "passphrase");
}

}  // namespace

Result<Api::Caller> Api::authenticate_person(const HttpRequest& request) const {
  auto caller = authenticate(request);
  if (caller && caller->owner.is_operator) {
    return refuse(ErrorCode::forbidden, "An operator is no person.");
  }
  return caller;
}

/// The account of whoever asks, once they have said its passphrase.
boost::asio::awaitable<Result<Account>> Api::prove_account(Call call, Caller caller,
                                                           std::string passphrase) {
  auto account = backend_.accounts().account_of(caller.owner.person);
  if (!account) {
    if (account.error().code != ErrorCode::not_found) co_return account.error();
    co_return refuse(ErrorCode::not_found, "You have no account.");
  }
  // Counted by session: whoever found one open may guess no more often than any other.
  const AttemptLimit::Attempt attempt{call.request->limit_key, account->login, caller.session};
  if (auto refused = begin_attempt(attempt)) co_return std::move(*refused);
  Question<bool> question(*call.home, settings_.backend_ms);
  identity_->passphrases.check(account->passphrase, std::move(passphrase), question.done());
  const auto fits = co_await question.answer();
  if (!fits || *fits) identity_->attempts.give_back(attempt);
  if (!fits) co_return fits.error();
  if (!*fits) co_return wrong_passphrase();
  co_return account;
}

Api::Awaited Api::post_account(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  Account account;
  account.person = caller->owner.person;
  account.login = read_new_login(fields);
  std::string passphrase = read_new_passphrase(fields, "passphrase", account.login);
  if (fields.refusal()) co_return problem(*fields.refusal());
  // Which logins there are can be learned here by trying, as often as passphrases may be tried.
  const AttemptLimit::Attempt attempt{call.request->limit_key, to_text(account.person), {}};
  if (const auto refused = begin_attempt(attempt)) co_return problem(*refused);
  Question<std::string> hashing(*call.home, settings_.backend_ms);
  identity_->passphrases.hash(std::move(passphrase), hashing.done());
  auto hash = co_await hashing.answer();
  if (!hash) {
    identity_->attempts.give_back(attempt);
    co_return problem(hash.error());
  }
  account.passphrase = std::move(*hash);
  account.created_at = clock_.now();
  const std::string login = account.login;
  const Codes codes = make_codes(clock_);
  Question<bool> making(*call.home, settings_.backend_ms);
  backend_.accounts().make_account(std::move(account), codes.kept, making.done());
  const auto made = co_await making.answer();
  if (!made) co_return problem(made.error());
  identity_->attempts.give_back(attempt);
  log::info("account.made", {{"person", to_text(caller->owner.person)}});
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("login");
  json.text(login);
  write_codes(json, codes);
  json.end_object();
  co_return json_answer(201, std::move(text));
}

Api::Awaited Api::patch_account(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  const auto mine = backend_.accounts().account_of(caller->owner.person);
  Fields fields(*body);
  std::string passphrase = read_passphrase(fields);
  std::string wanted = read_new_passphrase(fields, "new_passphrase", mine ? mine->login : "");
  if (fields.refusal()) co_return problem(*fields.refusal());
  const auto account = co_await prove_account(call, *caller, std::move(passphrase));
  if (!account) co_return problem(account.error());
  Question<std::string> hashing(*call.home, settings_.backend_ms);
  identity_->passphrases.hash(std::move(wanted), hashing.done());
  auto hash = co_await hashing.answer();
  if (!hash) co_return problem(hash.error());
  Question<Hashes> changing(*call.home, settings_.backend_ms);
  backend_.accounts().set_passphrase(account->person, std::move(*hash), caller->session,
                                     changing.done());
  const auto ended = co_await changing.answer();
  if (!ended) co_return problem(ended.error());
  revoke(*ended);
  log::info("account.passphrase_changed", {{"person", to_text(account->person)}});
  co_return empty_answer();
}

Api::Awaited Api::post_recovery_codes(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  std::string passphrase = read_passphrase(fields);
  if (fields.refusal()) co_return problem(*fields.refusal());
  const auto account = co_await prove_account(call, *caller, std::move(passphrase));
  if (!account) co_return problem(account.error());
  const Codes codes = make_codes(clock_);
  Question<bool> question(*call.home, settings_.backend_ms);
  backend_.accounts().put_recovery_codes(account->person, codes.kept, question.done());
  const auto kept = co_await question.answer();
  if (!kept) co_return problem(kept.error());
  std::string text;
  json::Writer json(text);
  json.begin_object();
  write_codes(json, codes);
  json.end_object();
  co_return json_answer(200, std::move(text));
}

/// Whether the login or the code is wrong cannot be told: both take a hash and a transaction.
Api::Awaited Api::post_recovery(Call call) {
  const HttpRequest& request = *call.request;
  if (request.field("origin") && !origin_fits(request)) {
    co_return problem(refuse(ErrorCode::forbidden, "This page may not sign in here."));
  }
  const auto body = read_body(request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  AccountRecovery recovery;
  recovery.login = read_login(fields);
  recovery.code = hash_recovery_code(fields.raw_text("code", code_bytes_max));
  std::string passphrase = read_new_passphrase(fields, "passphrase", recovery.login);
  if (fields.refusal()) co_return problem(*fields.refusal());
  // Codes cannot be guessed, so that no stranger's tries stand in the owner's way here: what is
  // limited is the work.
  const AttemptLimit::Attempt attempt{request.limit_key, "recovery " + request.limit_key, {}};
  if (const auto refused = begin_attempt(attempt)) co_return problem(*refused);
  Question<std::string> hashing(*call.home, settings_.backend_ms);
  identity_->passphrases.hash(std::move(passphrase), hashing.done());
  auto hash = co_await hashing.answer();
  if (!hash) {
    identity_->attempts.give_back(attempt);
    co_return problem(hash.error());
  }
  recovery.passphrase = std::move(*hash);
  const auto account = backend_.accounts().account(recovery.login);
  const Beginning beginning = begin_session(request, account ? account->person : PersonId{});
  recovery.session = beginning.session;
  recovery.device = beginning.device;
  Question<SignedIn> question(*call.home, settings_.backend_ms);
  backend_.accounts().recover(std::move(recovery), question.done());
  const auto signed_in = co_await question.answer();
  if (!signed_in) co_return problem(signed_in.error());
  identity_->attempts.give_back(attempt);
  revoke(signed_in->ended);
  log::info("account.recovered", {{"person", to_text(signed_in->person.id)}});
  co_return signed_in_answer(request, beginning, *signed_in);
}

}  // namespace hallway
