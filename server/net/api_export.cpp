// What organisers take along: who was there, and all of an event.
#include <map>

#include "protocol/codec.hpp"
#include "protocol/json_writer.hpp"
#include "rooms/attendance.hpp"
#include "server/net/api.hpp"
#include "server/net/api_answer.hpp"
#include "server/net/api_ask.hpp"
#include "server/net/api_export.hpp"
#include "server/net/query.hpp"

namespace hallway {
namespace {

constexpr std::int64_t export_retry_ms = 3'000;

// An answer holds so much of what was said; the rest by `after`.
constexpr std::size_t page_bytes = 16 * 1024 * 1024;
constexpr TimeMs minute_ms = 60'000;

/// A field of RFC 4180, and nothing that a spreadsheet would take for a formula.
std::string csv_field(std::string_view text) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  std::string field = is_formula ? "'" : "";
  field += text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string iso_time(TimeMs at) {
  // From 20261122T115500Z to 2026-11-22T11:55:00Z.
  const std::string stamp = utc_stamp(at);
  return stamp.substr(0, 4) + "-" + stamp.substr(4, 2) + "-" + stamp.substr(6, 5) + ":" +
         stamp.substr(11, 2) + ":" + stamp.substr(13);
}

Result<std::vector<Attendance::Row>> read_attendance(Privacy& privacy, EventId event, TimeMs now) {
  const auto pushes = privacy.attendance_pushes(event);
  if (!pushes) return pushes.error();
  Attendance attendance;
  for (const Push& push : *pushes) attendance.apply(push);
  return attendance.rows(now);
}

std::string attendance_csv(const std::vector<Attendance::Row>& rows,
                           const std::vector<PersonView>& members) {
  std::map<PersonId, const PersonView*> known;
  for (const PersonView& member : members) known.emplace(member.id, &member);
  std::string csv = "name,organisation,role,first_at,last_at,minutes\r\n";
  for (const Attendance::Row& row : rows) {
    const auto member = known.find(row.person);
    const PersonView nobody;
    const PersonView& person = member == known.end() ? nobody : *member->second;
    csv += csv_field(person.card.name) + "," + csv_field(person.card.org) + "," +
           std::string(to_text(person.role)) + "," + iso_time(row.first_at) + "," +
           iso_time(row.last_at) + "," +
           std::to_string((row.present_ms + minute_ms / 2) / minute_ms) + "\r\n";
  }
  return csv;
}

Result<std::string> export_event(Backend& backend, EventId id, std::uint64_t after, TimeMs now) {
  const auto event = backend.registry().event(id);
  if (!event) return event.error();
  const auto members = backend.registry().members(id);
  if (!members) return members.error();
  const auto attendance = read_attendance(backend.privacy(), id, now);
  if (!attendance) return attendance.error();
  const auto page = backend.privacy().stored_pushes(place_of(id), after, page_bytes);
  if (!page) return page.error();
  std::string text;
  json::Writer json(text);
  json.begin_object();
  json.key("exported_at");
  json.integer(now);
  json.key("event");
  json.json(encode_event(*event));
  json.key("people");
  json.begin_array();
  for (const PersonView& member : *members) json.json(encode_person(member));
  json.end_array();
  json.key("attendance");
  json.begin_array();
  for (const Attendance::Row& row : *attendance) {
    json.begin_object();
    json.key("person");
    json.text(to_text(row.person));
    json.key("first_at");
    json.integer(row.first_at);
    json.key("last_at");
    json.integer(row.last_at);
    json.key("present_s");
    json.integer(row.present_ms / 1000);
    json.end_object();
  }
  json.end_array();
  write_pushes(json, page->pushes);
  json.key("more");
  json.boolean(page->more);
  json.key("after");
  json.integer(page->pushes.empty() ? after : page->pushes.back().row);
  json.end_object();
  return text;
}

}  // namespace

void write_pushes(json::Writer& json, const std::vector<StoredPush>& pushes) {
  json.key("pushes");
  json.begin_array();
  for (const StoredPush& push : pushes) {
    json.begin_object();
    json.key("push");
    json.text(push.type);
    json.key("stream");
    json.text(to_text(push.stream));
    json.key("offset");
    json.integer(push.offset);
    json.key("at");
    json.integer(push.at);
    if (push.by) {
      json.key("by");
      json.text(to_text(push.by));
    }
    json.key("data");
    json.json(push.data);
    json.end_object();
  }
  json.end_array();
}

HttpResponse download_answer(std::string type, const std::string& name, std::string body) {
  HttpResponse answer;
  answer.fields = {{"Content-Type", std::move(type)},
                   {"Content-Disposition", "attachment; filename=\"" + name + "\""},
                   {"Cache-Control", "no-store"}};
  answer.body = std::move(body);
  return answer;
}

boost::asio::awaitable<Result<std::string>> Api::exported(
    Call call, Exports under_way, std::function<Result<std::string>()> make) {
  if (under_way->fetch_add(1) > 0) {
    under_way->fetch_sub(1);
    Error error = refuse(ErrorCode::rate_limited, "Another export is being made; try again.");
    error.retry_after_ms = export_retry_ms;
    co_return error;
  }
  Question<std::string> question(*call.home, settings_.backend_ms);
  backend_.aside([under_way, make = std::move(make), done = question.done()] {
    Result<std::string> text = make();
    under_way->fetch_sub(1);
    done(std::move(text));
  });
  co_return co_await question.answer();
}

Api::Awaited Api::get_attendance(Call call) {
  const auto in = authorise(call, "data.export");
  if (!in) co_return problem(in.error());
  auto noting = note(call, *in, "data.export", "attendance");
  if (const auto error = co_await std::move(noting)) co_return problem(*error);
  std::function<Result<std::string>()> make = [this, event = in->event,
                                               now = clock_.now()]() -> Result<std::string> {
    const auto rows = read_attendance(backend_.privacy(), event, now);
    if (!rows) return rows.error();
    const auto members = backend_.registry().members(event);
    if (!members) return members.error();
    return attendance_csv(*rows, *members);
  };
  auto exporting = exported(call, exports_, std::move(make));
  auto csv = co_await std::move(exporting);
  if (!csv) co_return problem(csv.error());
  co_return download_answer("text/csv; charset=utf-8; header=present", "attendance.csv",
                            std::move(*csv));
}

Api::Awaited Api::get_event_export(Call call) {
  const auto in = authorise(call, "data.export");
  if (!in) co_return problem(in.error());
  std::uint64_t after = 0;
  const std::string wanted = query_value(call.request->query, "after").value_or("0");
  for (const char digit : wanted) {
    if (digit < '0' || digit > '9' || wanted.size() > 18) {
      co_return problem(refuse(ErrorCode::bad_request, "This must be a number.", "after"));
    }
    after = after * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  if (after == 0) {  // Once, however many pages it has.
    auto noting = note(call, *in, "data.export", "all");
    if (const auto error = co_await std::move(noting)) co_return problem(*error);
  }
  std::function<Result<std::string>()> make = [this, event = in->event, after, now = clock_.now()] {
    return export_event(backend_, event, after, now);
  };
  auto exporting = exported(call, exports_, std::move(make));
  auto text = co_await std::move(exporting);
  if (!text) co_return problem(text.error());
  co_return download_answer("application/json", "event.json", std::move(*text));
}

}  // namespace hallway
