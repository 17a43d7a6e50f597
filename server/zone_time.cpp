#include "server/zone_time.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <limits>

namespace hallway {
namespace {

constexpr std::int64_t day_s = 86'400;
constexpr std::size_t file_bytes_max = 1 << 20;

/// Big-endian numbers one after the other; past the end everything is 0 and `broken`.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  bool broken() const { return broken_; }
  std::string_view rest() const { return bytes_; }
  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) {
      broken_ = true;
      bytes_ = {};
      return {};
    }
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::int64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    const std::string_view taken = take(bytes);
    for (const char byte : taken) value = value << 8 | static_cast<unsigned char>(byte);
    const bool is_negative = bytes == 4 && (value & 0x80000000U) != 0;
    return static_cast<std::int64_t>(is_negative ? value | 0xffffffff00000000ULL : value);
  }
  std::size_t count() { return static_cast<std::size_t>(number(4)); }

 private:
  std::string_view bytes_;
  bool broken_ = false;
};

struct Header {
  std::size_t utc = 0, standard = 0, leaps = 0, times = 0, types = 0, letters = 0;
};

std::optional<Header> read_header(Bytes& bytes, char& version) {
  if (bytes.take(4) != "TZif") return std::nullopt;
  const std::string_view told = bytes.take(1);
  version = told.empty() ? '\0' : told[0];
  bytes.take(15);
  Header header;
  header.utc = bytes.count();
  header.standard = bytes.count();
  header.leaps = bytes.count();
  header.times = bytes.count();
  header.types = bytes.count();
  header.letters = bytes.count();
  const bool is_sound = !bytes.broken() && header.types > 0 && header.times < file_bytes_max &&
                        header.types <= 256 && header.letters < file_bytes_max &&
                        header.leaps < file_bytes_max && header.utc <= 256 &&
                        header.standard <= 256;
  return is_sound ? std::optional(header) : std::nullopt;
}

// --- The footer's text: `CET-1CEST,M3.5.0,M10.5.0/3`

bool take_name(std::string_view& text) {
  if (text.starts_with('<')) {
    const std::size_t end = text.find('>');
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
    return true;
  }
  std::size_t letters = 0;
  while (letters < text.size() && ((text[letters] >= 'a' && text[letters] <= 'z') ||
                                   (text[letters] >= 'A' && text[letters] <= 'Z'))) {
    ++letters;
  }
  text.remove_prefix(letters);
  return letters >= 3;
}

std::int64_t take_number(std::string_view& text, bool& broken) {
  std::int64_t value = 0;
  std::size_t digits = 0;
  for (; digits < text.size() && digits < 4 && text[digits] >= '0' && text[digits] <= '9'; ++digits)
    value = value * 10 + (text[digits] - '0');
  broken = broken || digits == 0;
  text.remove_prefix(digits);
  return value;
}

bool take_char(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// `[+-]hh[:mm[:ss]]`.
std::int64_t take_time(std::string_view& text, bool& broken) {
  const bool is_negative = take_char(text, '-');
  if (!is_negative) take_char(text, '+');
  std::int64_t seconds = take_number(text, broken) * 3600;
  if (take_char(text, ':')) seconds += take_number(text, broken) * 60;
  if (take_char(text, ':')) seconds += take_number(text, broken);
  return is_negative ? -seconds : seconds;
}

ZoneRule take_rule(std::string_view& text, bool& broken) {
  ZoneRule rule;
  if (take_char(text, 'M')) {
    rule.month = take_number(text, broken);
    broken = broken || !take_char(text, '.');
    rule.week = take_number(text, broken);
    broken = broken || !take_char(text, '.');
    rule.day = take_number(text, broken);
    broken = broken || rule.month < 1 || rule.month > 12 || rule.week < 1 || rule.week > 5 ||
             rule.day > 6;
  } else {
    rule.kind = take_char(text, 'J') ? 'J' : 'n';
    rule.day = take_number(text, broken);
    broken = broken || rule.day > 366;
  }
  if (take_char(text, '/')) rule.time_s = take_time(text, broken);
  return rule;
}

/// Seconds of the wall, since 1970, at which the rule applies in this year.
std::int64_t wall_of_rule(const ZoneRule& rule, int year) {
  using namespace std::chrono;
  const auto days_of = [](sys_days days) { return std::int64_t{days.time_since_epoch().count()}; };
  const std::chrono::year y{year};
  std::int64_t days = 0;
  if (rule.kind == 'M') {
    const std::chrono::month m{static_cast<unsigned>(rule.month)};
    const weekday d{static_cast<unsigned>(rule.day)};
    days = rule.week == 5 ? days_of(sys_days{y / m / d[last]})
                          : days_of(sys_days{y / m / d[static_cast<unsigned>(rule.week)]});
  } else {
    days = days_of(sys_days{y / January / 1}) + rule.day - (rule.kind == 'J' ? 1 : 0);
    if (rule.kind == 'J' && y.is_leap() && rule.day >= 60) ++days;
  }
  return days * day_s + rule.time_s;
}

int year_of(std::int64_t at_s) {
  using namespace std::chrono;
  const auto days = floor<std::chrono::days>(sys_seconds{seconds{at_s}});
  return static_cast<int>(year_month_day{days}.year());
}

std::int64_t floor_s(TimeMs at) {
  return at >= 0 ? at / 1000 : -((-at + 999) / 1000);
}

}  // namespace

std::optional<Zone> Zone::find(const std::string& name, const std::filesystem::path& folder) {
  // Names come from outside: nothing but a path below the folder is opened.
  if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos) {
    return std::nullopt;
  }
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(folder / name, ignored)) return std::nullopt;
  std::ifstream file(folder / name, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  Zone zone;
  if (bytes.size() > file_bytes_max || !zone.read(bytes)) return std::nullopt;
  return zone;
}

bool Zone::read(std::string_view text) {
  Bytes bytes(text);
  char version = '\0';
  const auto old_header = read_header(bytes, version);
  // The first block has 32 bits a time and is there for old readers; version 1 has no other.
  if (!old_header || version < '2') return false;
  bytes.take(old_header->times * 5 + old_header->types * 6 + old_header->letters +
             old_header->leaps * 8 + old_header->standard + old_header->utc);
  const auto header = read_header(bytes, version);
  if (!header) return false;
  for (std::size_t i = 0; i < header->times; ++i) transitions_s_.push_back(bytes.number(8));
  std::vector<std::size_t> kinds;
  for (std::size_t i = 0; i < header->times; ++i) {
    kinds.push_back(static_cast<std::size_t>(bytes.number(1)));
  }
  std::vector<std::int64_t> of_kind;
  for (std::size_t i = 0; i < header->types; ++i) {
    of_kind.push_back(bytes.number(4));
    bytes.take(2);
  }
  bytes.take(header->letters + header->leaps * 12 + header->standard + header->utc);
  if (bytes.broken() || !std::is_sorted(transitions_s_.begin(), transitions_s_.end())) return false;
  for (const std::size_t kind : kinds) {
    if (kind >= of_kind.size()) return false;
    offsets_s_.push_back(of_kind[kind]);
  }
  first_offset_s_ = of_kind.front();
  return read_footer(bytes.rest());
}

bool Zone::read_footer(std::string_view text) {
  if (!take_char(text, '\n')) return false;
  text = text.substr(0, text.find('\n'));
  if (text.empty()) return true;  // What held last holds on.
  bool broken = !take_name(text);
  Footer footer;
  footer.standard_s = -take_time(text, broken);  // POSIX counts west of Greenwich.
  if (!text.empty()) {
    footer.has_summer = true;
    broken = broken || !take_name(text);
    footer.summer_s = footer.standard_s + 3600;
    if (!text.empty() && text.front() != ',') footer.summer_s = -take_time(text, broken);
    broken = broken || !take_char(text, ',');
    footer.begin = take_rule(text, broken);
    broken = broken || !take_char(text, ',');
    footer.end = take_rule(text, broken);
  }
  if (broken || !text.empty()) return false;
  footer_ = footer;
  return true;
}

std::int64_t Zone::offset_by_footer(std::int64_t at_s) const {
  const Footer& footer = *footer_;
  if (!footer.has_summer) return footer.standard_s;
  // The last change before `at_s`, of those of three years.
  std::int64_t offset_s = footer.standard_s;
  std::int64_t latest_s = std::numeric_limits<std::int64_t>::min();
  const int year = year_of(at_s);
  for (int y = year - 1; y <= year + 1; ++y) {
    const std::int64_t begin_s = wall_of_rule(footer.begin, y) - footer.standard_s;
    const std::int64_t end_s = wall_of_rule(footer.end, y) - footer.summer_s;
    if (begin_s <= at_s && begin_s > latest_s) {
      latest_s = begin_s;
      offset_s = footer.summer_s;
    }
    if (end_s <= at_s && end_s > latest_s) {
      latest_s = end_s;
      offset_s = footer.standard_s;
    }
  }
  return offset_s;
}

std::int64_t Zone::offset_s(TimeMs at) const {
  const std::int64_t at_s = floor_s(at);
  const auto next = std::upper_bound(transitions_s_.begin(), transitions_s_.end(), at_s);
  if (next == transitions_s_.end() && footer_) return offset_by_footer(at_s);
  if (next == transitions_s_.begin()) return first_offset_s_;
  return offsets_s_[static_cast<std::size_t>(next - transitions_s_.begin()) - 1];
}

TimeMs Zone::instant_of(TimeMs wall) const {
  // No zone changes its clocks twice within two days.
  const std::int64_t before_s = offset_s(wall - day_s * 1000);
  const std::int64_t after_s = offset_s(wall + day_s * 1000);
  const TimeMs by_before = wall - before_s * 1000;
  const TimeMs by_after = wall - after_s * 1000;
  const bool fits_before = offset_s(by_before) == before_s;
  const bool fits_after = offset_s(by_after) == after_s;
  if (fits_before && fits_after) return std::min(by_before, by_after);
  return fits_after ? by_after : by_before;
}

std::vector<TimeMs> starts_of_series(const Zone& zone, TimeMs first, std::int64_t every_weeks,
                                     std::int64_t count) {
  const TimeMs wall = zone.wall_of(first);
  std::vector<TimeMs> starts{first};
  for (std::int64_t i = 1; i < count; ++i) {
    starts.push_back(zone.instant_of(wall + i * every_weeks * 7 * day_s * 1000));
  }
  return starts;
}

}  // namespace hallway
