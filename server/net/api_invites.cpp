// Invitations over HTTP: made and revoked by organisers, looked at by whoever holds the link.
#include "protocol/json_writer.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::int64_t uses_max = 1'000'000;
constexpr std::string_view manage = "invite.manage";

void write_event(json::Writer& json, const EventView& event) {
  json.begin_object();
  json.key("id");
  json.text(to_text(event.id));
  json.key("title");
  json.text(event.title);
  json.key("starts_at");
  json.integer(event.starts_at);
  json.key("ends_at");
  json.integer(event.ends_at);
  json.key("timezone");
  json.text(event.timezone);
  json.key("state");
  json.text(to_text(event.state));
  json.key("admission");
  json.text(to_text(event.admission));
  json.end_object();
}

}  // namespace

Api::Awaited Api::post_invite(Call call) {
  const auto in = authorise(call, manage);
  if (!in) co_return problem(in.error());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  const TimeMs now = clock_.now();
  Invitation invitation;
  invitation.event = in->event;
  invitation.created_at = now;
  invitation.role = fields.word<Role>("role", parse_role);
  invitation.expires_at = fields.optional_integer("expires_at", Bounds{now, integer_max});
  invitation.uses = fields.optional_integer("uses", Bounds{1, uses_max});
  if (fields.refusal()) co_return problem(*fields.refusal());

  auto noting = note(call, *in, "invite.create", std::string(to_text(invitation.role)));
  if (const auto error = co_await std::move(noting)) co_return problem(*error);
  const std::string token = clock_.random_token();
  invitation.hash = hash_token(token);
  Question<bool> question(*call.home, settings_.backend_ms);
  backend_.registry().put_invitation(invitation, question.done());
  const auto kept = co_await question.answer();
  if (!kept) co_return problem(kept.error());
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("invite");
  json.text(token);
  json.key("id");
  json.text(to_hex(invitation.hash));
  json.key("role");
  json.text(to_text(invitation.role));
  if (invitation.expires_at) {
    json.key("expires_at");
    json.integer(*invitation.expires_at);
  }
  if (invitation.uses) {
    json.key("uses");
    json.integer(*invitation.uses);
  }
  json.end_object();
  co_return json_answer(201, std::move(text));
}

Api::Awaited Api::get_invites(Call call) {
  const auto in = authorise(call, manage);
  if (!in) co_return problem(in.error());
  const auto invitations = backend_.registry().invitations(in->event);
  if (!invitations) co_return problem(invitations.error());
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("invites");
  json.begin_array();
  for (const Invitation& invitation : *invitations) {
    json.begin_object();
    json.key("id");
    json.text(to_hex(invitation.hash));
    json.key("role");
    json.text(to_text(invitation.role));
    json.key("created_at");
    json.integer(invitation.created_at);
    if (invitation.expires_at) {
      json.key("expires_at");
      json.integer(*invitation.expires_at);
    }
    if (invitation.uses) {
      json.key("uses");
      json.integer(*invitation.uses + invitation.used);  // As when it was made.
    }
    json.key("used");
    json.integer(invitation.used);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  co_return json_answer(200, std::move(text));
}

Api::Awaited Api::delete_invite(Call call) {
  const auto in = authorise(call, manage);
  if (!in) co_return problem(in.error());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  const std::string token = fields.raw_text("invite", limits::invite_bytes_max);
  if (fields.refusal()) co_return problem(*fields.refusal());
  co_return co_await revoke_invite(call, *in, hash_token(token));
}

Api::Awaited Api::delete_invite_by_id(Call call) {
  const auto in = authorise(call, manage);
  if (!in) co_return problem(in.error());
  const auto hash = parse_token_hash(call.args[1]);
  if (!hash) co_return problem(refuse(ErrorCode::not_found, "There is no such invitation."));
  co_return co_await revoke_invite(call, *in, *hash);
}

Api::Awaited Api::revoke_invite(Call call, InEvent in, TokenHash hash) {
  const auto invitation = backend_.registry().invitation(hash, clock_.now());
  if (!invitation || invitation->event != in.event) {
    co_return problem(refuse(ErrorCode::not_found, "There is no such invitation."));
  }
  auto noting = note(call, in, "invite.revoke", std::string(to_text(invitation->role)));
  if (const auto error = co_await std::move(noting)) co_return problem(*error);
  Question<bool> question(*call.home, settings_.backend_ms);
  backend_.registry().revoke_invitation(hash, question.done());
  const auto revoked = co_await question.answer();
  if (!revoked) co_return problem(revoked.error());
  co_return empty_answer();
}

Api::Awaited Api::get_invite(Call call) {
  const auto invitation = backend_.registry().invitation(hash_token(call.args[0]), clock_.now());
  if (!invitation) {
    if (invitation.error().code == ErrorCode::not_found) co_return problem(dead_link());
    co_return problem(invitation.error());
  }
  Question<Glimpse> question(*call.home, settings_.backend_ms);
  backend_.glimpse(*call.home, invitation->event, {}, question.done());
  const auto glimpse = co_await question.answer();
  if (!glimpse) co_return problem(glimpse.error());
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("event");
  write_event(json, glimpse->event);
  json.key("role");
  json.text(to_text(invitation->role));
  json.key("people");
  json.begin_array();
  for (const std::string& name : glimpse->names) json.text(name);
  json.end_array();
  json.key("count");
  json.integer(glimpse->count);
  json.end_object();
  co_return json_answer(200, std::move(text));
}

}  // namespace hallway
