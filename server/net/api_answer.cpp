// The shapes of answers, and the calendar arithmetic of their dates.
#include "server/net/api_answer.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

#include "protocol/json_writer.hpp"

namespace hallway {
namespace {

unsigned status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_request:
    case ErrorCode::version_unsupported:
      return 400;
    case ErrorCode::unauthenticated:
    case ErrorCode::session_expired:
      return 401;
    case ErrorCode::forbidden:
    case ErrorCode::banned:
    case ErrorCode::muted:
      return 403;
    case ErrorCode::not_found:
    case ErrorCode::unknown_cmd:
      return 404;
    case ErrorCode::room_closed:
    case ErrorCode::table_full:
    case ErrorCode::locked:
    case ErrorCode::nonce_conflict:
    case ErrorCode::conflict:
    case ErrorCode::reset_required:
      return 409;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::slow_mode:
    case ErrorCode::rate_limited:
      return 429;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::storage_full:
      return 507;
    case ErrorCode::internal:
      break;
  }
  return 500;
}

/// The words of RFC 9110 section 15, for those that problems use.
std::string_view title_of(unsigned status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Internal Server Error";
  }
}

struct Moment {
  std::chrono::year_month_day day;
  std::chrono::hh_mm_ss<std::chrono::seconds> time;
  std::chrono::weekday weekday;
};

Moment moment_of(TimeMs at) {
  using std::chrono::days, std::chrono::sys_days, std::chrono::sys_seconds;
  const auto whole = std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(at));
  const sys_seconds point(whole);
  const sys_days midnight = std::chrono::floor<days>(point);
  return {midnight, std::chrono::hh_mm_ss<std::chrono::seconds>(point - midnight), midnight};
}

}  // namespace

HttpResponse json_answer(unsigned status, std::string json) {
  HttpResponse answer;
  answer.status = status;
  answer.fields = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  answer.body = std::move(json);
  return answer;
}

HttpResponse empty_answer() {
  HttpResponse answer;
  answer.status = 204;
  answer.fields = {{"Cache-Control", "no-store"}};
  return answer;
}

HttpResponse problem(const Error& error, unsigned status) {
  HttpResponse answer;
  answer.status = status != 0 ? status : status_of(error.code);
  answer.fields = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  if (answer.status == 401) answer.fields.emplace_back("WWW-Authenticate", "Bearer");
  json::Writer json(answer.body);
  json.begin_object();
  json.key("type");
  json.text("about:blank");
  json.key("title");
  json.text(title_of(answer.status));
  json.key("status");
  json.integer(std::int64_t{answer.status});
  json.key("detail");
  json.text(error.message);
  json.key("code");
  json.text(to_text(error.code));
  if (!error.field.empty()) {
    json.key("field");
    json.text(error.field);
  }
  if (error.retry_after_ms > 0) {
    json.key("retry_after_ms");
    json.integer(error.retry_after_ms);
    const auto whole_s = (error.retry_after_ms + 999) / 1000;
    answer.fields.emplace_back("Retry-After", std::to_string(whole_s));
  }
  json.end_object();
  return answer;
}

Error dead_link(std::string field) {
  return refuse(ErrorCode::not_found, "This link does not lead anywhere any more.",
                std::move(field));
}

HttpResponse body_problem(const Error& error) {
  return problem(error, error.field == "content-type" ? 415 : 0);
}

void add_common_fields(HttpResponse& answer, std::string_view public_origin, bool is_secure,
                       TimeMs now) {
  // Some browsers do not count WebSockets to 'self', so the known one is named beside it.
  std::string sockets;
  if (public_origin.starts_with("http")) {
    sockets = " ws";
    sockets.append(public_origin.substr(4));
  }
  answer.fields.emplace_back(
      "Content-Security-Policy",
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
      "'self'" +
          sockets +
          "; object-src 'none'; base-uri 'none'; form-action 'self'; "
          "frame-ancestors 'none'");
  answer.fields.emplace_back("X-Content-Type-Options", "nosniff");
  answer.fields.emplace_back("Referrer-Policy", "no-referrer");
  answer.fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  answer.fields.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (is_secure) {
    answer.fields.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
  answer.fields.emplace_back("Date", http_date(now));
}

std::string http_date(TimeMs at) {
  static constexpr std::array<const char*, 7> weekdays{"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Moment moment = moment_of(at);
  std::array<char, 64> text{};
  const int bytes = std::snprintf(
      text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
      weekdays[moment.weekday.c_encoding()], static_cast<unsigned>(moment.day.day()),
      months[static_cast<unsigned>(moment.day.month()) - 1], static_cast<int>(moment.day.year()),
      static_cast<int>(moment.time.hours().count()),
      static_cast<int>(moment.time.minutes().count()),
      static_cast<int>(moment.time.seconds().count()));
  return std::string(text.data(), static_cast<std::size_t>(bytes));
}

std::string utc_stamp(TimeMs at) {
  const Moment moment = moment_of(at);
  std::array<char, 64> text{};
  const int bytes = std::snprintf(
      text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(moment.day.year()),
      static_cast<unsigned>(moment.day.month()), static_cast<unsigned>(moment.day.day()),
      static_cast<int>(moment.time.hours().count()),
      static_cast<int>(moment.time.minutes().count()),
      static_cast<int>(moment.time.seconds().count()));
  return std::string(text.data(), static_cast<std::size_t>(bytes));
}

}  // namespace hallway
