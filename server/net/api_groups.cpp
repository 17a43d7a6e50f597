// Groups over HTTP: who is in them, and whose turn it is to facilitate.
#include "protocol/json_writer.hpp"
#include "server/log.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"

namespace hallway {

const std::array<Api::Route, 22> Api::group_routes{{
    {"GET", "/g/{group}", &Api::get_page},
    {"POST", "/api/v1/groups", &Api::post_group},
    {"GET", "/api/v1/groups", &Api::get_groups},
    {"GET", "/api/v1/groups/{group}", &Api::get_group},
    {"PATCH", "/api/v1/groups/{group}", &Api::patch_group},
    {"DELETE", "/api/v1/groups/{group}", &Api::delete_group},
    {"PUT", "/api/v1/groups/{group}/members/{person}", &Api::put_group_member},
    {"DELETE", "/api/v1/groups/{group}/members/{person}", &Api::delete_group_member},
    {"DELETE", "/api/v1/groups/{group}/bans/{person}", &Api::delete_group_ban},
    {"PUT", "/api/v1/groups/{group}/rota", &Api::put_rota},
    {"POST", "/api/v1/groups/{group}/rota/handover", &Api::post_handover},
    {"POST", "/api/v1/groups/{group}/events", &Api::post_group_events},
    {"POST", "/api/v1/groups/{group}/sessions", &Api::post_group_session},
    {"GET", "/api/v1/groups/{group}/calendar.ics", &Api::get_group_calendar},
    {"POST", "/api/v1/groups/{group}/calendar", &Api::post_group_calendar},
    {"DELETE", "/api/v1/groups/{group}/calendar", &Api::delete_group_calendar},
    {"GET", "/api/v1/events/{event}/attendance.csv", &Api::get_attendance},
    {"GET", "/api/v1/events/{event}/export", &Api::get_event_export},
    {"GET", "/api/v1/me/export", &Api::get_my_export},
    {"DELETE", "/api/v1/me", &Api::delete_me},
    {"DELETE", "/api/v1/me/memory", &Api::delete_my_memory},
    {"GET", "/me", &Api::get_page},
}};

namespace {

// Of a group's events as many are told, the latest to start.
constexpr std::size_t events_told_max = 100;

Error for_organisers() {
  return refuse(ErrorCode::forbidden, "This is for the organisers of the group.");
}

Result<Role> read_group_role(Fields& fields) {
  const Role role = fields.word<Role>("role", parse_role);
  if (role == Role::moderator) {
    fields.refuse_field("role", "A group has members, facilitators and organisers.");
  }
  if (fields.refusal()) return *fields.refusal();
  return role;
}

void write_id_or_null(json::Writer& json, std::string_view key, PersonId person) {
  json.key(key);
  if (person) {
    json.text(to_text(person));
  } else {
    json.null();
  }
}

void write_members(json::Writer& json, const Group& group) {
  json.key("members");
  json.begin_array();
  for (const GroupMember& member : group.members) {
    json.begin_object();
    json.key("person");
    json.text(to_text(member.person));
    json.key("name");
    json.text(member.name);
    json.key("role");
    json.text(to_text(member.role));
    json.key("since_at");
    json.integer(member.since_at);
    json.end_object();
  }
  json.end_array();
  json.key("rota");
  json.begin_array();
  for (const PersonId person : group.rota) json.text(to_text(person));
  json.end_array();
  write_id_or_null(json, "facilitator", group.facilitator);
  write_id_or_null(json, "next_facilitator", group.next_facilitator());
}

void write_events(json::Writer& json, const std::vector<DatedEvent>& events) {
  json.key("events");
  json.begin_array();
  const std::size_t first = events.size() > events_told_max ? events.size() - events_told_max : 0;
  for (std::size_t i = first; i < events.size(); ++i) {
    const EventView& event = events[i].event;
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
    json.end_object();
  }
  json.end_array();
}

void write_bans(json::Writer& json, const std::vector<GroupBan>& bans) {
  json.key("bans");
  json.begin_array();
  for (const GroupBan& ban : bans) {
    json.begin_object();
    json.key("person");
    json.text(to_text(ban.person));
    json.key("name");
    json.text(ban.name);
    json.key("until_at");
    if (ban.until_at) {
      json.integer(*ban.until_at);
    } else {
      json.null();
    }
    json.key("reason");
    json.text(ban.reason);
    if (!ban.title.empty()) {
      json.key("event");
      json.text(to_text(ban.event));
      json.key("title");
      json.text(ban.title);
    }
    json.end_object();
  }
  json.end_array();
}

}  // namespace

bool Api::InGroup::may_manage() const {
  return !role || *role == Role::organiser;
}

bool Api::InGroup::may_lead() const {
  return may_manage() || *role == Role::facilitator || group.facilitator == caller.owner.person;
}

Result<Api::InGroup> Api::in_group(const Call& call) const {
  const auto caller = authenticate(*call.request);
  if (!caller) return caller.error();
  auto group = backend_.groups().group(parse_id<GroupTag>(call.args[0]));
  if (!group) return group.error();
  InGroup in{*caller, std::move(*group), std::nullopt};
  if (caller->owner.is_operator) return in;
  const GroupMember* member = in.group.find(caller->owner.person);
  if (member == nullptr) return refuse(ErrorCode::not_found, "There is no such group.");
  in.role = member->role;
  return in;
}

Result<std::string> Api::encode_group(const Caller& caller, GroupId id) const {
  const auto group = backend_.groups().group(id);
  if (!group) return group.error();
  const auto events = backend_.groups().events_of(id);
  if (!events) return events.error();
  const GroupMember* member = caller.owner.is_operator ? nullptr : group->find(caller.owner.person);
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("id");
  json.text(to_text(id));
  json.key("name");
  json.text(group->name);
  json.key("about");
  json.text(group->about);
  if (member != nullptr) {
    json.key("role");
    json.text(to_text(member->role));
  }
  write_members(json, *group);
  write_events(json, *events);
  if (member == nullptr || member->role == Role::organiser) {
    const auto bans = backend_.groups().bans(id, clock_.now());
    if (!bans) return bans.error();
    write_bans(json, *bans);
  }
  json.key("calendar");
  if (member != nullptr && !member->calendar_key.empty()) {
    json.text(origins_.public_origin() + "/api/v1/groups/" + to_text(id) +
              "/calendar.ics?key=" + member->calendar_key);
  } else {
    json.null();
  }
  json.key("memory_meetings");
  json.integer(group->memory_meetings);
  json.end_object();
  return text;
}

HttpResponse Api::group_answer(const Call& call, GroupId group, unsigned status) const {
  const auto caller = authenticate(*call.request);
  if (!caller) return problem(caller.error());
  auto text = encode_group(*caller, group);
  if (!text) return problem(text.error());
  return json_answer(status, std::move(*text));
}

Api::Awaited Api::post_group(Call call) {
  const auto caller = authenticate(*call.request);
  if (!caller) co_return problem(caller.error());
  if (!may_create_events(*caller)) {
    co_return problem(refuse(ErrorCode::forbidden, "Only organisers can make a group."));
  }
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  std::string name = fields.name("name");
  std::string about = fields.optional_line("about", limits::about_max).value_or("");
  if (fields.refusal()) co_return problem(*fields.refusal());
  const GroupId id{clock_.random_u64()};
  Question<bool> made(*call.home, settings_.backend_ms);
  backend_.groups().put_group(id, std::move(name), std::move(about), caller->owner.person,
                              clock_.now(), made.done());
  const auto done = co_await made.answer();
  if (!done) co_return problem(done.error());
  auto group = encode_group(*caller, id);
  if (!group) co_return problem(group.error());
  co_return json_answer(201, "{\"group\":" + *group + "}");
}

Api::Awaited Api::get_groups(Call call) {
  const auto caller = authenticate(*call.request);
  if (!caller) co_return problem(caller.error());
  Groups& groups = backend_.groups();
  const auto ids =
      caller->owner.is_operator ? groups.groups() : groups.groups_of(caller->owner.person);
  if (!ids) co_return problem(ids.error());
  std::string text = "{\"groups\":[";
  for (const GroupId id : *ids) {
    const auto group = encode_group(*caller, id);
    if (!group) continue;  // Deleted meanwhile.
    if (text.back() != '[') text += ',';
    text += *group;
  }
  co_return json_answer(200, text + "]}");
}

Api::Awaited Api::get_group(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  co_return group_answer(call, in->group.id, 200);
}

Api::Awaited Api::patch_group(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->may_manage()) co_return problem(for_organisers());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  GroupChange change;
  change.name = fields.optional_name("name");
  change.about = fields.optional_line("about", limits::about_max);
  change.memory_meetings =
      fields.optional_integer("memory_meetings", Bounds{0, limits::memory_meetings_max});
  if (fields.refusal()) co_return problem(*fields.refusal());
  Question<bool> changed(*call.home, settings_.backend_ms);
  backend_.groups().change_group(in->group.id, std::move(change), changed.done());
  const auto done = co_await changed.answer();
  if (!done) co_return problem(done.error());
  co_return group_answer(call, in->group.id, 200);
}

Api::Awaited Api::delete_group(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->may_manage()) co_return problem(for_organisers());
  Question<bool> deleted(*call.home, settings_.backend_ms);
  backend_.groups().delete_group(in->group.id, deleted.done());
  const auto done = co_await deleted.answer();
  if (!done) co_return problem(done.error());
  co_return empty_answer();
}

Api::Awaited Api::put_group_member(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->may_manage()) co_return problem(for_organisers());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  const auto role = read_group_role(fields);
  if (!role) co_return problem(role.error());
  const PersonId person = parse_id<PersonTag>(call.args[1]);
  Question<bool> put(*call.home, settings_.backend_ms);
  backend_.groups().put_group_member(in->group.id, person, *role, clock_.now(), put.done());
  const auto done = co_await put.answer();
  if (!done) co_return problem(done.error());
  co_return group_answer(call, in->group.id, 200);
}

/// Organisers remove whom they like; anybody may go by themselves.
Api::Awaited Api::delete_group_member(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  const PersonId person = parse_id<PersonTag>(call.args[1]);
  const bool is_own = in->role && in->caller.owner.person == person;
  if (!in->may_manage() && !is_own) co_return problem(for_organisers());
  Question<bool> removed(*call.home, settings_.backend_ms);
  backend_.groups().remove_group_member(in->group.id, person, removed.done());
  const auto done = co_await removed.answer();
  if (!done) co_return problem(done.error());
  co_return empty_answer();
}

/// Of the group's other events; of the one that said it, its own people decide.
Api::Awaited Api::delete_group_ban(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->may_manage()) co_return problem(for_organisers());
  const PersonId person = parse_id<PersonTag>(call.args[1]);
  Question<bool> lifted(*call.home, settings_.backend_ms);
  backend_.groups().lift_ban(in->group.id, person, lifted.done());
  const auto done = co_await lifted.answer();
  if (!done) co_return problem(done.error());
  log::info("group.ban_lifted", {{"group", to_text(in->group.id)},
                                 {"person", to_text(person)},
                                 {"by", to_text(in->caller.owner.person)}});
  co_return empty_answer();
}

Api::Awaited Api::put_rota(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->may_lead()) co_return problem(for_organisers());
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  std::vector<PersonId> people = fields.ids<PersonId>("people", 0, limits::rota_max);
  if (fields.refusal()) co_return problem(*fields.refusal());
  Question<bool> put(*call.home, settings_.backend_ms);
  backend_.groups().set_rota(in->group.id, std::move(people), put.done());
  const auto done = co_await put.answer();
  if (!done) co_return problem(done.error());
  co_return group_answer(call, in->group.id, 200);
}

Api::Awaited Api::post_handover(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->may_lead()) co_return problem(for_organisers());
  std::optional<PersonId> to;
  if (!call.request->body.empty()) {
    const auto body = read_body(*call.request);
    if (!body) co_return body_problem(body.error());
    Fields fields(*body);
    if (fields.has("to")) to = fields.id<PersonId>("to");
    if (fields.refusal()) co_return problem(*fields.refusal());
  }
  Question<bool> handed(*call.home, settings_.backend_ms);
  backend_.groups().hand_over(in->group.id, to, handed.done());
  const auto done = co_await handed.answer();
  if (!done) co_return problem(done.error());
  co_return group_answer(call, in->group.id, 200);
}

}  // namespace hallway
