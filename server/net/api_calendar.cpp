// The lines of a calendar, escaped and folded.
#include "server/net/api_calendar.hpp"

#include "server/net/api_answer.hpp"

namespace hallway {
namespace {

/// RFC 5545 section 3.3.11.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else if (c != '\r') {
      result += c;
    }
  }
  return result;
}

/// RFC 5545 section 3.1: the blank of a continuation counts as one of its 75 bytes.
void add_line(std::string& out, std::string_view line) {
  constexpr std::size_t bytes_max = 75;
  std::size_t room = bytes_max;
  while (line.size() > room) {
    std::size_t cut = room;
    while ((static_cast<unsigned char>(line[cut]) & 0xc0) == 0x80) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = bytes_max - 1;
  }
  out.append(line).append("\r\n");
}

void add_text(std::string& out, std::string_view name, std::string_view value) {
  add_line(out, std::string(name) + ":" + escaped(value));
}

void add_item(std::string& out, const EventView& event, const ProgrammeItem& item,
              std::size_t number, TimeMs now) {
  add_line(out, "BEGIN:VEVENT");
  add_text(out, "UID", to_text(event.id) + "-" + std::to_string(number) + "@hallway");
  add_line(out, "DTSTAMP:" + utc_stamp(now));
  add_line(out, "DTSTART:" + utc_stamp(item.at));
  add_line(out, "DTEND:" + utc_stamp(item.at + item.minutes * 60'000));
  add_text(out, "SUMMARY", item.title);
  add_line(out, "END:VEVENT");
}

}  // namespace

std::string calendar_of(const EventView& event, std::string_view link, TimeMs now) {
  std::string out;
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Hallway//Hallway//EN");
  add_line(out, "BEGIN:VEVENT");
  add_text(out, "UID", to_text(event.id) + "@hallway");
  add_line(out, "DTSTAMP:" + utc_stamp(now));
  add_line(out, "DTSTART:" + utc_stamp(event.starts_at));
  add_line(out, "DTEND:" + utc_stamp(event.ends_at));
  add_text(out, "SUMMARY", event.title);
  if (!link.empty()) add_line(out, "URL:" + std::string(link));
  add_line(out, "END:VEVENT");
  for (std::size_t i = 0; i < event.programme.size(); ++i) {
    add_item(out, event, event.programme[i], i + 1, now);
  }
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace hallway
