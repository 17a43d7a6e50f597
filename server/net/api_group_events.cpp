// A group's events over HTTP: a series, the way in for members, and the feed for calendars.
#include "protocol/codec.hpp"
#include "protocol/json_writer.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/api_calendar.hpp"
#include "server/net/api_event_fields.hpp"
#include "server/net/query.hpp"
#include "server/zone_time.hpp"

namespace hallway {
namespace {

struct Series {
  EventSpec spec;  ///< Of the first.
  std::vector<TimeMs> starts;
  std::int64_t minutes = 0;
};

Result<Series> read_series(Fields& fields) {
  Series series;
  EventSpec& spec = series.spec;
  spec.title = fields.line("title", limits::org_max);
  spec.starts_at = fields.integer("starts_at", times);
  series.minutes = fields.integer("minutes", Bounds{1, minutes_max});
  spec.timezone = fields.timezone("timezone");
  const std::int64_t weeks =
      fields.optional_integer("every_weeks", Bounds{1, limits::series_weeks_max}).value_or(1);
  const std::int64_t count =
      fields.optional_integer("count", Bounds{1, limits::series_events_max}).value_or(1);
  if (count > 1 && !fields.has("every_weeks")) {
    fields.refuse_field("every_weeks", "A series needs to say how many weeks lie in between.");
  }
  spec.admission = fields.word<Admission>("admission", parse_admission);
  spec.rooms = read_rooms(fields);
  spec.retention_days =
      fields.optional_integer("retention_days", retention_bounds).value_or(spec.retention_days);
  if (fields.refusal()) return *fields.refusal();
  const auto zone = Zone::find(spec.timezone);
  if (!zone) {
    return refuse(ErrorCode::bad_request, "This server does not know that time zone.", "timezone");
  }
  series.starts = starts_of_series(*zone, spec.starts_at, weeks, count);
  return series;
}

}  // namespace

Api::Awaited Api::post_group_events(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->may_lead()) {
    co_return problem(refuse(ErrorCode::forbidden, "This is for who leads the group."));
  }
  const auto body = read_body(*call.request);
  if (!body) co_return body_problem(body.error());
  Fields fields(*body);
  auto series = read_series(fields);
  if (!series) co_return problem(series.error());
  std::string text = "{\"events\":[";
  for (const TimeMs starts_at : series->starts) {
    EventSpec spec = series->spec;
    spec.group = in->group.id;
    spec.starts_at = starts_at;
    spec.ends_at = starts_at + series->minutes * 60'000;
    Question<EventView> made(*call.home, settings_.backend_ms);
    backend_.create_event(*call.home, EventId{clock_.random_u64()}, std::move(spec), made.done());
    const auto event = co_await made.answer();
    // Those before it stand: they can be seen in the group, and deleted.
    if (!event) co_return problem(event.error());
    if (text.back() != '[') text += ',';
    text += encode_event(*event);
  }
  co_return json_answer(201, text + "]}");
}

Api::Awaited Api::post_group_session(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  if (!in->role) {
    co_return problem(refuse(ErrorCode::forbidden, "An operator is no person of a group."));
  }
  std::optional<EventId> wanted;
  if (!call.request->body.empty()) {
    const auto body = read_body(*call.request);
    if (!body) co_return body_problem(body.error());
    Fields fields(*body);
    if (fields.has("event")) wanted = fields.id<EventId>("event");
    if (fields.refusal()) co_return problem(*fields.refusal());
  }
  Question<EventId> entered(*call.home, settings_.backend_ms);
  backend_.groups().enter_group_event(in->group.id, in->caller.owner.person, wanted, clock_.now(),
                                      entered.done());
  const auto event = co_await entered.answer();
  if (!event) co_return problem(event.error());
  co_return json_answer(200, "{\"event\":\"" + to_text(*event) + "\"}");
}

/// Calendars know no sign-in: the key in the address is a member's own, and can be renewed.
Api::Awaited Api::get_group_calendar(Call call) {
  const GroupId id = parse_id<GroupTag>(call.args[0]);
  const std::string key = query_value(call.request->query, "key").value_or("");
  Groups& groups = backend_.groups();
  const auto reader = groups.calendar_reader(id, key);
  if (!reader) co_return problem(reader.error());
  const auto group = groups.group(id);
  if (!group) co_return problem(group.error());
  const auto events = groups.events_of(id);
  if (!events) co_return problem(events.error());
  const std::string& origin = origins_.public_origin();
  const std::string link = origin.empty() ? std::string() : origin + "/g/" + to_text(id);
  HttpResponse answer;
  answer.fields = {{"Content-Type", "text/calendar; charset=utf-8"},
                   {"Content-Disposition", "inline; filename=\"group.ics\""},
                   {"Cache-Control", "no-store"}};
  answer.body = calendar_feed(group->name, *events, link);
  co_return answer;
}

Api::Awaited Api::post_group_calendar(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  Question<bool> renewed(*call.home, settings_.backend_ms);
  backend_.groups().renew_calendar(in->group.id, in->caller.owner.person, true, renewed.done());
  const auto done = co_await renewed.answer();
  if (!done) co_return problem(done.error());
  co_return group_answer(call, in->group.id, 200);
}

Api::Awaited Api::delete_group_calendar(Call call) {
  const auto in = in_group(call);
  if (!in) co_return problem(in.error());
  Question<bool> revoked(*call.home, settings_.backend_ms);
  backend_.groups().renew_calendar(in->group.id, in->caller.owner.person, false, revoked.done());
  const auto done = co_await revoked.answer();
  if (!done) co_return problem(done.error());
  co_return empty_answer();
}

}  // namespace hallway
