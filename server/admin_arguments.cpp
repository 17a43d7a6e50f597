#include "server/admin_arguments.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <sstream>
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace hallway {
namespace {

constexpr std::int64_t event_minutes_max = 366 * 24 * 60;

std::optional<std::int64_t> parse_whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || at != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `Z`, `+01:00` or `-05:30`, in minutes east of Greenwich.
std::optional<int> parse_zone(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = parse_whole(text.substr(1, 2));
  const auto minutes = parse_whole(text.substr(4, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int east = static_cast<int>(*hours * 60 + *minutes);
  return text[0] == '-' ? -east : east;
}

/// Of the shape of an IANA name; which there are, browsers know best.
bool is_timezone_name(const std::string& text) {
  constexpr std::size_t bytes_max = 64;
  constexpr std::string_view known =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/";
  return !text.empty() && text.size() <= bytes_max &&
         text.find_first_not_of(known) == std::string::npos;
}

Result<RoomSpec> parse_room(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  Result<std::string> name = checked_name(text.substr(0, equals), "rooms");
  if (!name) return name.error();
  RoomSpec room;
  room.name = std::move(*name);
  if (equals == std::string::npos) return room;
  const std::string tables = text.substr(equals + 1);
  const std::size_t times = tables.find('x');
  const auto count = parse_whole(tables.substr(0, times));
  const auto capacity = times == std::string::npos ? std::optional<std::int64_t>(room.capacity)
                                                   : parse_whole(tables.substr(times + 1));
  if (!count || !capacity) {
    return refuse(ErrorCode::bad_request, "must be names, or like Tables=12x6 for 12 tables of 6",
                  "rooms");
  }
  room.kind = RoomKind::tables;
  room.tables = *count;
  room.capacity = *capacity;
  return room;
}

}  // namespace

std::string argument(const Arguments& arguments, const std::string& name,
                     const std::string& fallback) {
  const auto found = arguments.find(name);
  return found == arguments.end() ? fallback : found->second;
}

Result<std::int64_t> whole_number(const Arguments& arguments, const std::string& name,
                                  std::int64_t fallback, std::int64_t min, std::int64_t max) {
  const auto found = arguments.find(name);
  if (found == arguments.end()) return fallback;
  const auto value = parse_whole(found->second);
  if (value && *value >= min && *value <= max) return *value;
  return refuse(ErrorCode::bad_request,
                "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max),
                name);
}

std::optional<TimeMs> parse_time(const std::string& text, TimeMs now) {
  if (text == "now") return now;
  std::tm parts{};
  const char* rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M", &parts);
  if (rest == nullptr) return std::nullopt;
  if (*rest == ':') rest = ::strptime(rest, ":%S", &parts);
  if (rest == nullptr) return std::nullopt;
  const auto east_minutes = parse_zone(rest);
  if (!east_minutes) return std::nullopt;
  const int day = parts.tm_mday;
  const std::time_t seconds = ::timegm(&parts);
  if (parts.tm_mday != day) return std::nullopt;  // The 31st of a month that has none.
  return (static_cast<TimeMs>(seconds) - TimeMs{*east_minutes} * 60) * 1000;
}

std::string utc_text(TimeMs at) {
  const auto seconds = static_cast<std::time_t>(at / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
  return {text.data(), length};
}

Result<EventSpec> event_spec(const Arguments& arguments, TimeMs now) {
  EventSpec spec;
  Result<std::string> title =
      checked_line(argument(arguments, "title", ""), limits::event_title_max, "title");
  if (!title) return title.error();
  if (title->empty()) return refuse(ErrorCode::bad_request, "must not be empty", "title");
  spec.title = std::move(*title);

  const auto starts_at = parse_time(argument(arguments, "starts", "now"), now);
  if (!starts_at) {
    return refuse(ErrorCode::bad_request, "must be like 2026-12-01T18:00+01:00, or now", "starts");
  }
  const auto minutes = whole_number(arguments, "minutes", 0, 1, event_minutes_max);
  if (!minutes) return minutes.error();
  if (*minutes == 0) return refuse(ErrorCode::bad_request, "is needed", "minutes");
  spec.starts_at = *starts_at;
  spec.ends_at = *starts_at + *minutes * 60'000;

  spec.timezone = argument(arguments, "timezone", "Etc/UTC");
  if (!is_timezone_name(spec.timezone)) {
    return refuse(ErrorCode::bad_request, "must be like Europe/Copenhagen", "timezone");
  }
  const auto admission = parse_admission(argument(arguments, "admission", "open"));
  if (!admission) return refuse(ErrorCode::bad_request, "must be open or approval", "admission");
  spec.admission = *admission;

  std::istringstream rooms(argument(arguments, "rooms", ""));
  for (std::string line; std::getline(rooms, line);) {
    Result<RoomSpec> room = parse_room(line);
    if (!room) return room.error();
    spec.rooms.push_back(std::move(*room));
  }
  return spec;
}

}  // namespace hallway
