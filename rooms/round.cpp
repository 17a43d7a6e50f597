// See round.hpp.
#include "rooms/round.hpp"

#include <algorithm>
#include <array>

#include "protocol/limits.hpp"

namespace hallway {
namespace {

constexpr std::array<std::int64_t, 3> warnings_s{300, 60, 10};

}  // namespace

bool Round::has_common_tables() const {
  return std::any_of(tables.begin(), tables.end(),
                     [](const auto& entry) { return !entry.second.ends_at; });
}

std::int64_t Round::left_ms(TimeMs now) const {
  return std::max<std::int64_t>(0, ends_at - paused_at.value_or(now));
}

bool Round::worth_joining(TimeMs now) const {
  return phase == RoundPhase::seated && left_ms(now) > options.minutes * 30'000;
}

std::optional<std::pair<TimeMs, std::int64_t>> Round::next_warning() const {
  if (phase != RoundPhase::seated || paused_at) return std::nullopt;
  for (const std::int64_t left_s : warnings_s) {
    if (left_s * 2 >= options.minutes * 60 || warned.contains(left_s)) continue;
    return std::pair(ends_at - left_s * 1000, left_s);
  }
  return std::nullopt;
}

std::optional<TimeMs> Round::offer_at() const {
  if (!chair_gone_at || series_over() || offers >= 2) return std::nullopt;
  return *chair_gone_at + (offers == 0 ? limits::chair_staff_ms : limits::chair_hosts_ms);
}

std::optional<TimeMs> Round::next_deadline() const {
  std::optional<TimeMs> next = offer_at();
  const auto add = [&](TimeMs at) {
    if (!next || at < *next) next = at;
  };
  if (phase == RoundPhase::announced) add(starts_at);
  if (running() && tables.empty()) add(starts_at);  // all have gone: it ends at once
  if (!running()) return next;
  for (const auto& [table, run] : tables) {
    if (run.shrunk && run.shrunk->view.at) add(*run.shrunk->view.at);  // also while paused
    if (run.ends_at && !paused_at) add(*run.ends_at);
  }
  if (paused_at || !has_common_tables()) return next;
  add(ends_at);
  if (const auto warning = next_warning()) add(warning->first);
  return next;
}

RoundView Round::view(bool with_tables) const {
  RoundView told;
  told.plan = plan;
  told.number = number;
  told.of = of;
  told.phase = phase;
  told.starts_at = starts_at;
  told.ends_at = ends_at;
  told.minutes = options.minutes;
  told.size = options.size;
  told.paused_at = paused_at;
  told.opener = opener;
  told.repeats = repeats;
  told.chair = chair;
  told.chair_offered = offered;
  if (!with_tables) return told;
  auto& ends = told.tables.emplace();
  for (const auto& [table, run] : tables) ends.emplace_back(table, end_of(run));
  return told;
}

void Meetings::add(PlanId plan, PersonId one, PersonId other) {
  Count& count = counts_[std::minmax(one, other)];
  ++count.in_all;
  count.in_series = count.plan == plan ? count.in_series + 1 : 1;
  count.plan = plan;
}

const Meetings::Count* Meetings::find(PersonId one, PersonId other) const {
  const auto entry = counts_.find(std::minmax(one, other));
  return entry == counts_.end() ? nullptr : &entry->second;
}

std::int64_t Meetings::times_in_series(PlanId plan, PersonId one, PersonId other) const {
  const Count* count = find(one, other);
  return count && plan && count->plan == plan ? count->in_series : 0;
}

}  // namespace hallway
