// See lonely_watch.hpp.
#include "tests/simulation/lonely_watch.hpp"

#include <algorithm>
#include <string>

#include "protocol/limits.hpp"

namespace hallway::simulation {
namespace {

constexpr std::int64_t alone_max_ms = limits::merge_ms + 3'000;
/// A connection that was lost silently is noticed by the second ping at the latest.
constexpr std::int64_t away_ms =
    limits::reconnecting_ms + 2 * limits::ping_ms + limits::pong_ms + 3'000;

}  // namespace

void LonelyWatch::note_connections() {
  connected_.clear();
  last_connected_.clear();
  for (const auto& client : clients_) {
    if (client->online()) connected_.insert(client->person());
    TimeMs& last = last_connected_[client->person()];
    last = std::max(last, client->connected_at());
  }
}

bool LonelyWatch::has_connected(const Table& table) const {
  return std::any_of(table.seats.begin(), table.seats.end(),
                     [&](const auto& seat) { return connected_.contains(seat.second); });
}

bool LonelyWatch::are_others_away(const Table& table, PersonId person) const {
  const TimeMs served_since = world_.monitor().outages().last_end();
  return std::all_of(table.seats.begin(), table.seats.end(), [&](const auto& seat) {
    if (seat.second == person) return true;
    const TimeMs since = std::max(last_connected_.at(seat.second), served_since);
    return since + away_ms < world_.now();
  });
}

void LonelyWatch::look_at(const Room& room, std::set<PersonId>& alone) const {
  const Event& event = world_.monitor().event().event();
  const Round& round = *room.rounds.round;
  std::vector<const Table*> talking;
  for (const auto& [table, run] : round.tables) {
    if (!run.wrapping) talking.push_back(event.find(table));
  }
  for (const Table* table : talking) {
    const bool has_others = std::any_of(talking.begin(), talking.end(), [&](const Table* other) {
      return other != table && has_connected(*other);
    });
    if (!has_others) continue;
    for (const auto& [seat, person] : table->seats) {
      if (connected_.contains(person) && are_others_away(*table, person)) alone.insert(person);
    }
  }
}

std::set<PersonId> LonelyWatch::who_is_alone() const {
  std::set<PersonId> alone;
  for (const auto& [id, room] : world_.monitor().event().event().rooms) {
    const auto& round = room.rounds.round;
    if (round && round->phase == RoundPhase::seated) look_at(room, alone);
  }
  return alone;
}

void LonelyWatch::look() {
  note_connections();
  const TimeMs now = world_.now();
  const Outages& outages = world_.monitor().outages();
  std::set<PersonId> alone = who_is_alone();
  std::erase_if(alone_since_, [&](const auto& entry) { return !alone.contains(entry.first); });
  for (const PersonId person : alone) {
    const TimeMs since = alone_since_.emplace(person, now).first->second;
    if (outages.late_ms(since, now) <= alone_max_ms) continue;
    // What was decided may still be on its way.
    world_.run_until_idle();
    note_connections();
    must(!who_is_alone().contains(person),
         to_text(person) + " sits alone for " + std::to_string(now - since) + " ms");
    return;
  }
}

}  // namespace hallway::simulation
