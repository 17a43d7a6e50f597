#include "rooms/attendance.hpp"

#include <algorithm>

namespace hallway {

void Attendance::apply(const Push& push) {
  if (const auto* updated = std::get_if<EventUpdated>(&push.data)) {
    const bool is_live = updated->event.state == EventState::live;
    if (is_live == is_live_) return;
    for (auto& [person, entry] : entries_) {
      if (!entry.is_present) continue;
      if (is_live_) count(entry, push.at);
      entry.since_at = push.at;
    }
    is_live_ = is_live;
  } else if (const auto* entered = std::get_if<PersonEntered>(&push.data)) {
    entries_[entered->person].is_waiting = entered->waiting;
    if (!entered->waiting) come(entered->person, push.at);
  } else if (const auto* admitted = std::get_if<PersonAdmitted>(&push.data)) {
    Entry& entry = entries_[admitted->person];
    if (entry.is_waiting) come(admitted->person, push.at);
    entry.is_waiting = false;
  } else if (const auto* left = std::get_if<PersonLeft>(&push.data)) {
    go(left->person, left->gone_at != 0 ? left->gone_at : push.at);
  } else if (const auto* refused = std::get_if<PersonRefused>(&push.data)) {
    go(refused->person, push.at);
  } else if (const auto* removed = std::get_if<PersonRemoved>(&push.data)) {
    go(removed->person, push.at);
  } else if (const auto* banned = std::get_if<PersonBanned>(&push.data)) {
    go(banned->person, push.at);
  }
}

void Attendance::come(PersonId person, TimeMs at) {
  Entry& entry = entries_[person];
  if (entry.is_present) return;
  entry.is_present = true;
  entry.since_at = at;
}

void Attendance::go(PersonId person, TimeMs at) {
  Entry& entry = entries_[person];
  if (entry.is_present && is_live_) count(entry, at);
  entry.is_present = entry.is_waiting = false;
}

void Attendance::count(Entry& entry, TimeMs until) {
  Row& row = entry.row;
  const TimeMs end = std::max(until, entry.since_at);
  if (row.first_at == 0) row.first_at = entry.since_at;
  row.last_at = end;
  row.present_ms += end - entry.since_at;
}

std::vector<Attendance::Row> Attendance::rows(TimeMs now) const {
  std::vector<Row> found;
  for (const auto& [person, known] : entries_) {
    Entry entry = known;
    if (entry.is_present && is_live_) count(entry, now);
    if (entry.row.first_at == 0) continue;
    entry.row.person = person;
    found.push_back(entry.row);
  }
  std::sort(found.begin(), found.end(), [](const Row& one, const Row& other) {
    return std::pair(one.first_at, one.person) < std::pair(other.first_at, other.person);
  });
  return found;
}

}  // namespace hallway
