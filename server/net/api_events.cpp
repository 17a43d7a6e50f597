// Events over HTTP: made by organisers and operators, read by their people.
#include <algorithm>
#include <map>

#include "protocol/codec.hpp"
#include "protocol/json_writer.hpp"
#include "rooms/permission.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/api_calendar.hpp"
#include "server/net/api_event_fields.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::array<Role, 4> all_roles{Role::member, Role::facilitator, Role::moderator,
                                        Role::organiser};

std::vector<ProgrammeItem> read_programme(Fields& fields, bool may_name_rooms) {
  std::vector<ProgrammeItem> programme;
  read_objects(fields, "programme", limits::programme_max, [&](Fields& element) {
    ProgrammeItem item;
    item.at = element.integer("at", times);
    item.minutes = element.integer("minutes", Bounds{1, minutes_max});
    item.title = element.line("title", limits::org_max);
    if (element.has("room")) {
      item.room = element.id<RoomId>("room");
      if (!may_name_rooms) {
        element.refuse_field("room", "The rooms of a new event have no names to be found by yet.");
      }
    }
    programme.push_back(std::move(item));
  });
  return programme;
}

Result<EventSpec> read_event(Fields& fields) {
  EventSpec spec;
  spec.title = fields.line("title", limits::org_max);
  spec.starts_at = fields.integer("starts_at", times);
  spec.ends_at = fields.integer("ends_at", times);
  if (spec.ends_at <= spec.starts_at) {
    fields.refuse_field("ends_at", "An event ends after it starts.");
  }
  spec.timezone = fields.timezone("timezone");
  spec.admission = fields.word<Admission>("admission", parse_admission);
  spec.rooms = read_rooms(fields);
  if (fields.has("programme")) spec.programme = read_programme(fields, false);
  spec.retention_days =
      fields.optional_integer("retention_days", retention_bounds).value_or(spec.retention_days);
  if (fields.has("group")) spec.group = fields.id<GroupId>("group");
  if (fields.refusal()) return *fields.refusal();
  return spec;
}

Result<EventUpdate> read_update(Fields& fields) {
  EventUpdate update;
  if (fields.has("title")) update.title = fields.line("title", limits::org_max);
  update.starts_at = fields.optional_integer("starts_at", times);
  update.ends_at = fields.optional_integer("ends_at", times);
  if (fields.has("programme")) update.programme = read_programme(fields, true);
  if (fields.has("state")) update.state = fields.word<EventState>("state", parse_event_state);
  if (fields.has("timezone")) update.timezone = fields.timezone("timezone");
  if (fields.has("admission")) {
    update.admission = fields.word<Admission>("admission", parse_admission);
  }
  update.retention_days = fields.optional_integer("retention_days", retention_bounds);
  if (fields.refusal()) return *fields.refusal();
  return update;
}

}  // namespace

/// Operators, and whoever organises an event.
bool Api::may_create_events(const Caller& caller) const {
  if (caller.owner.is_operator) return true;
  const auto mine = backend_.accounts().events_of(caller.owner.person, limits::my_events_max);
  return mine && std::any_of(mine->begin(), mine->end(),
                             [](const auto& each) { return may(each.second, "event.manage"); });
}

Api::Awaited Api::post_event(Call call) {
  const auto caller = authenticate(*call.request);
  if (!caller) co_return problem(caller.error());
  if (!may_create_events(*caller)) {
    co_return problem(refuse(ErrorCode::forbidden, "Only organisers can make an event."));
  }
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  auto spec = read_event(fields);
  if (!spec) co_return problem(spec.error());

  if (fields.has("group")) {
    // As the route of the group's own events: whoever may lead there.
    const auto group = backend_.groups().group(spec->group);
    const GroupMember* member = group ? group->find(caller->owner.person) : nullptr;
    if (!group || (member == nullptr && !caller->owner.is_operator)) {
      co_return problem(refuse(ErrorCode::not_found, "There is no such group.", "group"));
    }
    // The answer holds links of every role: a facilitator makes dates on the group's own page.
    if (member != nullptr && member->role != Role::organiser) {
      co_return problem(
          refuse(ErrorCode::forbidden, "This is for the group's organisers.", "group"));
    }
  }

  const EventId id{clock_.random_u64()};
  Question<EventView> made(*call.home, settings_.backend_ms);
  backend_.create_event(*call.home, id, std::move(*spec), made.done());
  const auto event = co_await made.answer();
  if (!event) co_return problem(event.error());

  std::map<Role, std::string> tokens;
  for (const Role role : all_roles) {
    Invitation invitation;
    tokens[role] = clock_.random_token();
    invitation.hash = hash_token(tokens[role]);
    invitation.event = id;
    invitation.role = role;
    invitation.created_at = clock_.now();
    Question<bool> kept(*call.home, settings_.backend_ms);
    backend_.registry().put_invitation(std::move(invitation), kept.done());
    const auto done = co_await kept.answer();
    if (!done) co_return problem(done.error());
  }
  std::string text = "{\"event\":" + encode_event(*event) + ",\"invites\":";
  json::Writer json(text);
  json.begin_object();
  for (const auto& [role, token] : tokens) {
    json.key(to_text(role));
    json.text(token);
  }
  json.end_object();
  co_return json_answer(201, std::move(text) + "}");
}

/// As its caller may see it: whoever waits to be let in sees no further than the lobby.
boost::asio::awaitable<Result<EventView>> Api::look_at(Call call, InEvent in) {
  const bool is_plain_member = in.membership && in.membership->person.role == Role::member;
  const PersonId viewer = is_plain_member ? in.caller.owner.person : PersonId{};
  Question<Glimpse> question(*call.home, settings_.backend_ms);
  backend_.glimpse(*call.home, in.event, viewer, question.done());
  auto glimpse = co_await question.answer();
  if (!glimpse) co_return glimpse.error();
  co_return std::move(glimpse->event);
}

Api::Awaited Api::get_event(Call call) {
  const auto in = authorise(call, {});
  if (!in) co_return problem(in.error());
  auto looking = look_at(call, *in);
  const auto event = co_await std::move(looking);
  if (!event) co_return problem(event.error());
  co_return json_answer(200, encode_event(*event));
}

Api::Awaited Api::patch_event(Call call) {
  const auto in = authorise(call, "event.manage");
  if (!in) co_return problem(in.error());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  auto update = read_update(fields);
  if (!update) co_return problem(update.error());
  const PersonId person = in->caller.owner.person;
  const bool is_operator = in->caller.owner.is_operator;
  Question<Reply> question(*call.home, settings_.backend_ms);
  backend_.command(*call.home, in->event, person, is_operator, std::move(*update), question.done());
  const auto reply = co_await question.answer();
  if (!reply) co_return problem(reply.error());
  auto looking = look_at(call, *in);
  const auto event = co_await std::move(looking);
  if (!event) co_return problem(event.error());
  co_return json_answer(200, encode_event(*event));
}

Api::Awaited Api::delete_event(Call call) {
  const auto in = authorise(call, "event.manage");
  if (!in) co_return problem(in.error());
  Question<bool> forgotten(*call.home, settings_.backend_ms);
  backend_.forget_event(*call.home, in->event, forgotten.done());
  const auto closed = co_await forgotten.answer();
  if (!closed) co_return problem(closed.error());
  Question<bool> deleted(*call.home, settings_.backend_ms);
  backend_.registry().delete_event(in->event, deleted.done());
  const auto gone = co_await deleted.answer();
  if (!gone) co_return problem(gone.error());
  co_return empty_answer();
}

Api::Awaited Api::get_calendar(Call call) {
  const auto in = authorise(call, {});
  if (!in) co_return problem(in.error());
  auto event = backend_.groups().dated_event(in->event);
  if (!event) co_return problem(event.error());
  auto looking = look_at(call, *in);
  auto seen = co_await std::move(looking);
  if (!seen) co_return problem(seen.error());
  event->event.programme = std::move(seen->programme);
  const std::string& origin = origins_.public_origin();
  const std::string link = origin.empty() ? std::string() : origin + "/e/" + to_text(in->event);
  HttpResponse answer;
  answer.fields = {{"Content-Type", "text/calendar; charset=utf-8"},
                   {"Content-Disposition", "attachment; filename=\"event.ics\""},
                   {"Cache-Control", "no-store"}};
  answer.body = calendar_of(*event, link);
  co_return answer;
}

}  // namespace hallway
