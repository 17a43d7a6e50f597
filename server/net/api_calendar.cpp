// The lines of a calendar, escaped and folded.
#include "server/net/api_calendar.hpp"

#include "server/net/api_answer.hpp"

namespace hallway {
namespace {

/// Control characters have no place in a calendar, escaped or not (RFC 5545 section 3.1, TEXT).
bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
}

/// RFC 5545 section 3.3.11.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else if (!is_control(c)) {
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

void add_head(std::string& out, const DatedEvent& dated, const std::string& uid, TimeMs starts_at,
              TimeMs ends_at) {
  add_line(out, "BEGIN:VEVENT");
  add_text(out, "UID", uid + "@hallway");
  add_line(out, "DTSTAMP:" + utc_stamp(dated.changed_at));
  add_line(out, "SEQUENCE:" + std::to_string(dated.changes));
  add_line(out, "DTSTART:" + utc_stamp(starts_at));
  if (ends_at > starts_at) add_line(out, "DTEND:" + utc_stamp(ends_at));
}

void add_event(std::string& out, const DatedEvent& dated, std::string_view link) {
  const EventView& event = dated.event;
  add_head(out, dated, to_text(event.id), event.starts_at, event.ends_at);
  add_text(out, "SUMMARY", event.title);
  if (!link.empty()) add_line(out, "URL:" + std::string(link));
  add_line(out, "END:VEVENT");
}

void add_item(std::string& out, const DatedEvent& dated, std::size_t index) {
  const ProgrammeItem& item = dated.event.programme[index];
  add_head(out, dated, to_text(dated.event.id) + "-" + std::to_string(index + 1), item.at,
           item.at + item.minutes * 60'000);
  add_text(out, "SUMMARY", item.title);
  add_line(out, "END:VEVENT");
}

void begin(std::string& out) {
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Hallway//Hallway//EN");
}

}  // namespace

std::string calendar_of(const DatedEvent& event, std::string_view link) {
  std::string out;
  begin(out);
  add_event(out, event, link);
  for (std::size_t i = 0; i < event.event.programme.size(); ++i) add_item(out, event, i);
  add_line(out, "END:VCALENDAR");
  return out;
}

std::string calendar_feed(std::string_view name, const std::vector<DatedEvent>& events,
                          std::string_view link) {
  std::string out;
  begin(out);
  add_text(out, "X-WR-CALNAME", name);
  for (const DatedEvent& event : events) add_event(out, event, link);
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace hallway
