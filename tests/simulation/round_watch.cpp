// See round_watch.hpp.
#include "tests/simulation/round_watch.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string>

#include "protocol/limits.hpp"
#include "tests/simulation/broken.hpp"

namespace hallway::simulation {
namespace {

constexpr std::int64_t late_max_ms = 2'000;
/// After an outage the server looks once a second whether it is over.
constexpr std::int64_t recovering_ms = 3'000;

}  // namespace

void Outages::begin(Outage which, TimeMs at) {
  auto& open = open_[static_cast<std::size_t>(which)];
  if (!open) open = at;
}

void Outages::end(Outage which, TimeMs at) {
  auto& open = open_[static_cast<std::size_t>(which)];
  if (!open) return;
  spans_.emplace_back(*open, at + recovering_ms);
  open.reset();
}

std::int64_t Outages::late_ms(TimeMs due, TimeMs at) const {
  std::vector<std::pair<TimeMs, TimeMs>> away = spans_;
  for (const auto& open : open_) {
    if (open) away.emplace_back(*open, at);
  }
  std::sort(away.begin(), away.end());
  std::int64_t late = 0;
  TimeMs reached = due;
  for (const auto& [from, to] : away) {
    if (from >= at) break;
    late += std::max<std::int64_t>(0, from - reached);
    reached = std::max(reached, to);
  }
  return late + std::max<std::int64_t>(0, at - reached);
}

TimeMs Outages::last_end() const {
  const bool goes_on =
      std::any_of(open_.begin(), open_.end(), [](const auto& open) { return open.has_value(); });
  if (goes_on) return std::numeric_limits<TimeMs>::max() / 2;
  TimeMs last = 0;
  for (const auto& [from, to] : spans_) last = std::max(last, to);
  return last;
}

void RoundWatch::must_be_on_time(const char* what, TimeMs due, TimeMs at) const {
  must(at >= due, std::string(what) + " comes " + std::to_string(due - at) + " ms early");
  const std::int64_t late = outages_.late_ms(due, at);
  must(late <= late_max_ms, std::string(what) + " comes " + std::to_string(late) + " ms late");
}

void RoundWatch::look(const Event& event, const Push& push) {
  const Room* room =
      push.stream.kind == StreamKind::room ? event.find(RoomId{push.stream.value}) : nullptr;
  if (room == nullptr || !room->rounds.round) return;
  const Round& round = *room->rounds.round;
  if (const auto* announced = std::get_if<RoundAnnounced>(&push.data)) {
    must(!round.pending(), "one round at a time is announced");
    must(announced->starts_at > push.at, "a round is announced before it starts");
  } else if (const auto* cancelled = std::get_if<RoundCancelled>(&push.data)) {
    must(round.phase == RoundPhase::announced, "only what is announced is cancelled");
    must(cancelled->reason != RoundCancelReason::missed ||
             push.at > round.starts_at + limits::start_missed_ms,
         "a start is missed after a minute");
  } else if (const auto* begins = std::get_if<RoundStarted>(&push.data)) {
    started(event, round, *begins, push.at);
  } else if (const auto* wraps = std::get_if<RoundWrapping>(&push.data)) {
    wrapping(round, *wraps, push);
  } else if (const auto* ends = std::get_if<RoundEnded>(&push.data)) {
    ended(round, *ends, push.at);
  }
}

void RoundWatch::started(const Event& event, const Round& round, const RoundStarted& data,
                         TimeMs at) {
  must(round.phase == RoundPhase::announced, "a round starts once, behind its announcement");
  must(round.plan == data.plan && round.number == data.number, "it starts as it was announced");
  must_be_on_time("the start", round.starts_at, at);
  must(at <= round.starts_at + limits::start_missed_ms, "a start that was missed is cancelled");
  must(data.ends_at == at + round.options.minutes * 60'000, "a round has its full minutes");
  std::set<PersonId> seated;
  bool has_table = false;
  for (const auto& [id_of_table, people] : data.seats) {
    const Table* table = event.find(id_of_table);
    must(table != nullptr, "a round is at tables of its room");
    must(table->sofa() || people.size() >= 2, "nobody is seated alone");
    has_table = has_table || !table->sofa();
    for (const PersonId person : people) {
      must(seated.insert(person).second, "a round gives nobody two seats");
      const Member* member = event.find(person);
      must(member != nullptr && member->present && member->room == table->room,
           "a round seats who is there");
    }
  }
  must(has_table, "a round has a table");
  ++tally_.started;
}

void RoundWatch::wrapping(const Round& round, const RoundWrapping& data, const Push& push) const {
  must(round.running(), "what runs is wrapped up");
  must(data.ends_at > push.at, "a wrap-up has its time");
  if (push.by) return;  // Somebody asked for it.
  must(!round.paused_at, "a paused round does not wrap up by itself");
  if (data.tables.empty()) {
    must(round.phase == RoundPhase::seated, "a round wraps up once");
    must_be_on_time("the wrap-up", round.ends_at, push.at);
  }
  for (const TableId table : data.tables) {
    must(round.tables.contains(table), "a table wraps up where the round runs");
    must_be_on_time("a table's wrap-up", round.end_of(round.tables.at(table)), push.at);
  }
}

void RoundWatch::ended(const Round& round, const RoundEnded& data, TimeMs at) {
  must(round.running(), "a round ends once");
  must(round.number == data.number, "the round that runs ends");
  for (const TableId table : data.tables) {
    must(round.tables.contains(table), "a table's round ends once");
  }
  for (const auto& [table, run] : round.tables) {
    const bool is_named = data.tables.empty() || std::find(data.tables.begin(), data.tables.end(),
                                                           table) != data.tables.end();
    if (!is_named) continue;
    const bool is_wrapping = run.ends_at ? run.wrapping : round.phase == RoundPhase::wrapping;
    must(is_wrapping, "nobody is cut off: a wrap-up comes before the end");
    must_be_on_time("the end", round.end_of(run), at);
  }
  if (data.tables.empty()) ++tally_.ended;
}

}  // namespace hallway::simulation
