// What everybody may ask for themselves: all that is kept of them, and its end.
#include "protocol/codec.hpp"
#include "rooms/conversation_place.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/api_export.hpp"
#include "server/net/query.hpp"

namespace hallway {
namespace {

void write_card(json::Writer& json, const PersonView& person) {
  json.key("card");
  json.begin_object();
  const Card& card = person.card;
  const std::array<std::pair<std::string_view, const std::string*>, 6> lines{{
      {"name", &card.name},
      {"about", &card.about},
      {"ask", &card.ask},
      {"offer", &card.offer},
      {"org", &card.org},
      {"title", &card.title},
  }};
  for (const auto& [key, line] : lines) {
    json.key(key);
    json.text(*line);
  }
  json.key("came_with");
  json.begin_array();
  for (const PersonId other : card.came_with) json.text(to_text(other));
  json.end_array();
  json.end_object();
}

void write_account(json::Writer& json, const Holdings& held) {
  json.key("account");
  if (held.account) {
    json.begin_object();
    json.key("login");
    json.text(held.account->login);
    json.key("created_at");
    json.integer(held.account->created_at);
    json.key("recovery_codes");
    json.integer(held.account->recovery_codes);
    json.end_object();
  } else {
    json.null();
  }
  json.key("identities");
  json.begin_array();
  for (const Holdings::Identity& identity : held.identities) {
    json.begin_object();
    json.key("issuer");
    json.text(identity.issuer);
    json.key("subject");
    json.text(identity.subject);
    json.key("groups");
    json.json(identity.groups);
    json.key("seen_at");
    json.integer(identity.seen_at);
    json.end_object();
  }
  json.end_array();
}

void write_sessions(json::Writer& json, const Holdings& held) {
  json.key("sessions");
  json.begin_array();
  for (const Holdings::Session& session : held.sessions) {
    json.begin_object();
    json.key("created_at");
    json.integer(session.created_at);
    json.key("expires_at");
    json.integer(session.expires_at);
    json.key("seen_at");
    json.integer(session.seen_at);
    json.key("client");
    json.text(session.client);
    json.end_object();
  }
  json.end_array();
  json.key("devices");
  json.begin_array();
  for (const TimeMs seen_at : held.devices) {
    json.begin_object();
    json.key("seen_at");
    json.integer(seen_at);
    json.end_object();
  }
  json.end_array();
}

void write_bans(json::Writer& json, const Holdings& held) {
  json.key("bans");
  json.begin_array();
  for (const Holdings::BannedFrom& ban : held.bans) {
    json.begin_object();
    if (ban.group) {
      json.key("group");
      json.text(to_text(ban.group));
    }
    json.key("event");
    json.text(to_text(ban.event));
    json.key("until_at");
    if (ban.until_at) {
      json.integer(*ban.until_at);
    } else {
      json.null();
    }
    json.key("reason");
    json.text(ban.reason);
    json.end_object();
  }
  json.end_array();
}

/// Words and what was done, of one's own hand or about oneself; the rest of what is stored of an
/// event belongs to others.
Result<bool> write_events(json::Writer& json, Backend& backend, const Holdings& held) {
  json.key("events");
  json.begin_array();
  for (const Holdings::InEvent& in : held.events) {
    const auto pushes = backend.privacy().pushes_about(place_of(in.event), held.person.id);
    if (!pushes) return pushes.error();
    json.begin_object();
    json.key("id");
    json.text(to_text(in.event));
    json.key("title");
    json.text(in.title);
    json.key("role");
    json.text(to_text(in.role));
    json.key("joined_at");
    json.integer(in.joined_at);
    write_pushes(json, *pushes);
    json.end_object();
  }
  json.end_array();
  return true;
}

/// As its person sees it: without what was said while they had the other blocked.
Result<bool> write_conversation(json::Writer& json, Backend& backend, ConversationId id,
                                PersonId person) {
  const auto pushes = backend.journal().read_place(place_of(id));
  if (!pushes) return pushes.error();
  ConversationPlace place(id, Settings{});
  for (const Push& push : *pushes) place.apply(push);
  const Slices visible = place.readable(stream_of(id), person);
  json.begin_object();
  json.key("id");
  json.text(to_text(id));
  json.key("people");
  json.begin_array();
  const auto people = backend.registry().people(place.people());
  if (!people) return people.error();
  for (const PersonView& other : *people) {
    json.begin_object();
    json.key("id");
    json.text(to_text(other.id));
    json.key("name");
    json.text(other.card.name);
    json.end_object();
  }
  json.end_array();
  json.key("pushes");
  json.begin_array();
  for (const Push& push : *pushes) {
    if (push.stream != stream_of(id) || !contains(visible, push.offset)) continue;
    std::string text;
    encode_push(text, push);
    json.json(text);
  }
  json.end_array();
  json.end_object();
  return true;
}

Result<bool> write_groups(json::Writer& json, Backend& backend, PersonId person) {
  const auto ids = backend.groups().groups_of(person);
  if (!ids) return ids.error();
  json.key("groups");
  json.begin_array();
  for (const GroupId id : *ids) {
    const auto group = backend.groups().group(id);
    const GroupMember* member = group ? group->find(person) : nullptr;
    if (member == nullptr) continue;
    json.begin_object();
    json.key("id");
    json.text(to_text(id));
    json.key("name");
    json.text(group->name);
    json.key("role");
    json.text(to_text(member->role));
    json.key("since_at");
    json.integer(member->since_at);
    json.end_object();
  }
  json.end_array();
  return true;
}

Result<std::string> export_person(Backend& backend, PersonId person, TimeMs now) {
  const auto held = backend.privacy().holdings(person);
  if (!held) return held.error();
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("exported_at");
  json.integer(now);
  json.key("person");
  json.text(to_text(person));
  json.key("guest");
  json.boolean(held->person.guest);
  write_card(json, held->person);
  write_account(json, *held);
  write_sessions(json, *held);
  if (const auto done = write_groups(json, backend, person); !done) return done.error();
  if (const auto done = write_events(json, backend, *held); !done) return done.error();
  json.key("conversations");
  json.begin_array();
  for (const ConversationId id : held->conversations) {
    const auto done = write_conversation(json, backend, id, person);
    if (!done) return done.error();
  }
  json.end_array();
  json.key("blocked");
  json.begin_array();
  for (const PersonId other : held->blocked) json.text(to_text(other));
  json.end_array();
  write_bans(json, *held);
  const auto own = backend.privacy().stored_pushes(place_of(person), 0, 64 * 1024 * 1024);
  if (!own) return own.error();
  json.key("own_stream");
  json.begin_object();
  write_pushes(json, own->pushes);
  json.end_object();
  json.end_object();
  return text;
}

}  // namespace

Api::Awaited Api::get_my_export(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  const PersonId person = caller->owner.person;
  const std::int64_t wait_ms = own_exports_limit_.take_ms(to_text(person), clock_.steady_ns());
  if (wait_ms > 0) {
    Error error = refuse(ErrorCode::rate_limited, "You took it along just now; try again later.");
    error.retry_after_ms = wait_ms;
    co_return problem(error);
  }
  std::function<Result<std::string>()> make = [this, person, now = clock_.now()] {
    return export_person(backend_, person, now);
  };
  auto exporting = exported(call, own_exports_, std::move(make));
  auto text = co_await std::move(exporting);
  if (!text) {
    own_exports_limit_.give_back(to_text(person));
    co_return problem(text.error());
  }
  co_return download_answer("application/json", "me.json", std::move(*text));
}

Api::Awaited Api::delete_me(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  const std::string name = fields.name("confirm");
  if (fields.refusal()) co_return problem(*fields.refusal());
  const PersonId person = caller->owner.person;
  const auto known = backend_.registry().people({person});
  if (!known) co_return problem(known.error());
  if (known->empty() || known->front().card.name != name) {
    co_return problem(
        refuse(ErrorCode::bad_request, "Your card has another name than this.", "confirm"));
  }
  Question<Erasure> question(*call.home, settings_.backend_ms);
  backend_.privacy().erase_person(person, question.done());
  auto erasure = co_await question.answer();
  if (!erasure) co_return problem(erasure.error());
  backend_.carry_out(person, std::move(*erasure));
  HttpResponse answer = empty_answer();
  if (caller->slot) {
    answer.fields.emplace_back("Set-Cookie",
                               forget_cookie(*caller->slot, is_secure(*call.request)));
  }
  co_return answer;
}

Api::Awaited Api::delete_my_memory(Call call) {
  const auto caller = authenticate_person(*call.request);
  if (!caller) co_return problem(caller.error());
  GroupId group;
  if (const auto wanted = query_value(call.request->query, "group")) {
    group = parse_id<GroupTag>(*wanted);
    if (!group) {
      co_return problem(refuse(ErrorCode::not_found, "There is no such group.", "group"));
    }
  }
  Question<bool> question(*call.home, settings_.backend_ms);
  backend_.groups().forget_met(caller->owner.person, group, question.done());
  const auto done = co_await question.answer();
  if (!done) co_return problem(done.error());
  co_return empty_answer();
}

}  // namespace hallway
