// A time zone of the machine's database (TZif files, RFC 8536): what its clocks on the wall show,
// and when they show it. The C library knows one zone a process; this reads any, on any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"

namespace hallway {

/// A rule such as "02:00 on the last Sunday of March" (POSIX, TZ variable; `Mm.w.d` and `Jn`, `n`).
struct ZoneRule {
  char kind = 'M';  ///< `M`, `J` (1–365, no 29th of February) or `n` (0–365).
  std::int64_t month = 1, week = 1, day = 0;
  std::int64_t time_s = 7200;  ///< On the wall, after midnight; may be negative or beyond a day.
};

class Zone {
 public:
  /// Nothing where there is no such zone; `name` as `Europe/Copenhagen`, already of sound form.
  static std::optional<Zone> find(const std::string& name,
                                  const std::filesystem::path& folder = "/usr/share/zoneinfo");

  /// Seconds that the wall is ahead of UTC at this instant.
  std::int64_t offset_s(TimeMs at) const;
  /// Milliseconds since 1970-01-01 00:00 as the wall shows them.
  TimeMs wall_of(TimeMs at) const { return at + offset_s(at) * 1000; }
  /// When the wall shows this: the first time where it does so twice (in autumn); where it never
  /// does (in spring), as far behind the gap as it was meant to be behind its begin.
  TimeMs instant_of(TimeMs wall) const;

 private:
  struct Footer {
    std::int64_t standard_s = 0;
    bool has_summer = false;
    std::int64_t summer_s = 0;
    ZoneRule begin, end;
  };
  bool read(std::string_view bytes);
  bool read_footer(std::string_view text);
  std::int64_t offset_by_footer(std::int64_t at_s) const;

  std::vector<std::int64_t> transitions_s_;
  std::vector<std::int64_t> offsets_s_;  ///< From each transition on.
  std::int64_t first_offset_s_ = 0;
  std::optional<Footer> footer_;  ///< For what comes after the last transition.
};

/// Starts of a series, the first among them: every so many weeks at the same time on the wall.
std::vector<TimeMs> starts_of_series(const Zone& zone, TimeMs first, std::int64_t every_weeks,
                                     std::int64_t count);

}  // namespace hallway
