// What a person sees of themselves over HTTP: their card, where they belong, and where they are
// signed in, which they can end.
#include <algorithm>
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/json_writer.hpp"
#include "server/log.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/identity.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

std::string session_id(const TokenHash& hash) {
  return to_hex(hash).substr(0, short_id_chars);
}

void write_account(json::Writer& json, const Result<Account>& account) {
  json.key("account");
  if (!account) {
    json.null();
    return;
  }
  json.begin_object();
  json.key("login");
  json.text(account->login);
  json.end_object();
}

void write_sessions(json::Writer& json, const std::vector<KnownSession>& sessions,
                    const TokenHash& current) {
  json.key("sessions");
  json.begin_array();
  for (const KnownSession& session : sessions) {
    json.begin_object();
    json.key("id");
    json.text(session_id(session.hash));
    json.key("created_at");
    json.integer(session.created_at);
    json.key("seen_at");
    json.integer(session.seen_at);
    json.key("client");
    json.text(session.client);
    json.key("current");
    json.boolean(session.hash == current);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void Api::write_my_events(json::Writer& json, PersonId person) const {
  json.key("events");
  json.begin_array();
  const auto mine = backend_.accounts().events_of(person, limits::my_events_max);
  for (const auto& [id, role] : mine ? *mine : std::vector<std::pair<EventId, Role>>{}) {
    const auto event = backend_.registry().event(id);
    if (!event) continue;
    json.begin_object();
    json.key("id");
    json.text(to_text(id));
    json.key("title");
    json.text(event->title);
    json.key("starts_at");
    json.integer(event->starts_at);
    json.key("ends_at");
    json.integer(event->ends_at);
    json.key("state");
    json.text(to_text(event->state));
    json.key("role");
    json.text(to_text(role));
    if (event->group.value) {
      json.key("group");
      json.text(to_text(event->group));
    }
    json.end_object();
  }
  json.end_array();
}

void Api::write_my_groups(json::Writer& json, PersonId person) const {
  json.key("groups");
  json.begin_array();
  const auto mine = backend_.groups().groups_of(person);
  for (const GroupId id : mine ? *mine : std::vector<GroupId>{}) {
    const auto group = backend_.groups().group(id);
    const GroupMember* member = group ? group->find(person) : nullptr;
    if (!member) continue;
    json.begin_object();
    json.key("id");
    json.text(to_text(id));
    json.key("name");
    json.text(group->name);
    json.key("role");
    json.text(to_text(member->role));
    json.end_object();
  }
  json.end_array();
}

Api::Awaited Api::get_me(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  const PersonId person = caller->owner.person;
  const auto people = backend_.registry().people({person});
  if (!people) co_return problem(people.error());
  if (people->empty()) co_return problem(refuse(ErrorCode::not_found, "You are not known here."));
  const auto sessions = backend_.accounts().sessions_of(person, clock_.now());
  if (!sessions) co_return problem(sessions.error());
  const PersonView& me = people->front();
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("person");
  json.json(encode_person(me));
  write_account(json, backend_.accounts().account_of(person));
  json.key("guest");
  json.boolean(me.guest);
  write_sessions(json, *sessions, caller->session);
  write_my_events(json, person);
  write_my_groups(json, person);
  json.key("can_create_events");
  json.boolean(may_create_events(*caller));
  json.end_object();
  co_return json_answer(200, std::move(text));
}

Api::Awaited Api::delete_my_session(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  const auto sessions = backend_.accounts().sessions_of(caller->owner.person, clock_.now());
  if (!sessions) co_return problem(sessions.error());
  const auto found = std::find_if(
      sessions->begin(), sessions->end(),
      [&](const KnownSession& session) { return session_id(session.hash) == call.args[0]; });
  if (found == sessions->end()) {
    co_return problem(refuse(ErrorCode::not_found, "There is no such session of yours."));
  }
  Question<bool> question(*call.home, settings_.backend_ms);
  backend_.registry().drop_session(found->hash, question.done());
  const auto dropped = co_await question.answer();
  if (!dropped) co_return problem(dropped.error());
  backend_.revoke_session(found->hash);
  HttpResponse answer = empty_answer();
  if (found->hash == caller->session) forget_slot(*call.request, *caller, answer);
  co_return answer;
}

Api::Awaited Api::delete_my_sessions(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  Question<Accounts::Hashes> question(*call.home, settings_.backend_ms);
  backend_.accounts().end_sessions(caller->owner.person, question.done());
  const auto ended = co_await question.answer();
  if (!ended) co_return problem(ended.error());
  revoke(*ended);
  log::info("sessions.ended", {{"person", to_text(caller->owner.person)}});
  HttpResponse answer = empty_answer();
  forget_slot(*call.request, *caller, answer);
  co_return answer;
}

void Api::forget_slot(const HttpRequest& request, const Caller& caller,
                      HttpResponse& answer) const {
  if (!caller.slot) return;
  answer.fields.emplace_back("Set-Cookie", forget_cookie(*caller.slot, is_secure(request)));
}

/// What a page for signing in has to offer.
Api::Awaited Api::get_sign_in(Call) {
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("accounts");
  json.boolean(true);
  json.key("sso");
  json.begin_array();
  for (const OidcProvider& provider : settings_.sso.oidc) {
    json.begin_object();
    json.key("id");
    json.text(provider.id);
    json.key("name");
    json.text(provider.name);
    json.end_object();
  }
  json.end_array();
  if (!settings_.sso.contact.empty()) {
    json.key("contact");
    json.text(settings_.sso.contact);
  }
  json.end_object();
  co_return json_answer(200, std::move(text));
}

}  // namespace hallway
