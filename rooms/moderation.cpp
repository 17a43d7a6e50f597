// See moderation.hpp.
#include "rooms/moderation.hpp"

#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "protocol/text.hpp"

namespace hallway {
namespace {

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// ` word word `: folded; whatever is no letter or digit of ASCII, or a byte of another script,
/// parts words.
std::string words_of(std::string_view text) {
  std::string words = " ";
  for (const char c : text::folded(text)) {
    const bool is_part = is_ascii_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_part) {
      words.push_back(c);
    } else if (words.back() != ' ') {
      words.push_back(' ');
    }
  }
  if (words.back() != ' ') words.push_back(' ');
  return words;
}

}  // namespace

WordFilter::WordFilter(FilterView view) : view_(std::move(view)) {
  for (const std::string& word : view_.words) {
    Pattern pattern{words_of(word), word.ends_with('*')};
    if (pattern.words.size() < 2) continue;
    if (pattern.begins) pattern.words.pop_back();
    patterns_.push_back(std::move(pattern));
  }
}

bool WordFilter::holds(std::string_view text) const {
  if (!view_.on || patterns_.empty()) return false;
  const std::string words = words_of(text);
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const Pattern& pattern) {
    return words.find(pattern.words) != std::string::npos;
  });
}

void Pulse::beat(TimeMs at) {
  const std::int64_t slot = at / slot_ms;
  // What lies between the latest and now is empty; a clock set back counts as now.
  for (std::int64_t empty = latest_ + 1; empty <= slot && empty <= latest_ + slots; ++empty) {
    counts_[static_cast<std::size_t>(empty % slots)] = 0;
  }
  if (slot > latest_ + slots) counts_.fill(0);
  latest_ = std::max(latest_, slot);
  ++counts_[static_cast<std::size_t>(latest_ % slots)];
}

std::int64_t Pulse::last_minute(TimeMs now) const {
  const std::int64_t slot = now / slot_ms;
  std::int64_t count = 0;
  for (std::int64_t each = slot - slots + 1; each <= latest_; ++each) {
    if (each > latest_ - slots) count += counts_[static_cast<std::size_t>(each % slots)];
  }
  return count;
}

void Moderation::file(const ReportFiled& data, const Push& push) {
  ReportView& report = reports[data.report];
  report.report = data.report;
  report.at = push.at;
  report.by = push.by;
  report.person = data.person;
  report.stream = data.stream;
  report.of = data.of;
  report.reason = data.reason;
  report.messages = data.messages;
  next_report = data.report + 1;
}

void Moderation::claim(const ReportClaimed& data) {
  ReportView& report = reports.at(data.report);
  report.state = ReportState::claimed;
  report.owner = data.owner;
}

void Moderation::hold(const MessageHeld& data, const Push& push) {
  HeldMessage& waiting = held[data.held];
  waiting.view = {data.held, push.at, push.by, data.stream, data.body, {}};
  waiting.reply_to = data.reply_to;
  waiting.nonce = push.nonce;
  waiting.digest = push.digest;
  next_held = data.held + 1;
  held_at[push.offset] = data.held;
  if (held_at.size() > limits::held_max) held_at.erase(held_at.begin());
}

void Moderation::note(const Audited& data, const Push& push) {
  AuditView& entry = audit.emplace_back(data.entry);
  entry.n = next_audit++;
  entry.at = push.at;
  entry.by = push.by;
  if (audit.size() > limits::audit_max) audit.pop_front();
}

std::vector<AuditView> Moderation::entries(PersonId reader, std::optional<PersonId> person,
                                           std::int64_t before, std::int64_t limit,
                                           bool& more) const {
  std::vector<AuditView> found;
  more = false;
  for (auto entry = audit.rbegin(); entry != audit.rend() && !more; ++entry) {
    if (before != 0 && entry->n >= before) continue;
    if (person && entry->person != *person) continue;
    if (entry->person == reader && entry->action.starts_with("report.")) continue;
    more = static_cast<std::int64_t>(found.size()) >= limit;
    if (!more) found.push_back(*entry);
  }
  return found;
}

std::size_t Moderation::reports_by(PersonId person) const {
  return static_cast<std::size_t>(std::count_if(
      reports.begin(), reports.end(), [&](const auto& each) { return each.second.by == person; }));
}

std::size_t Moderation::held_by(PersonId person) const {
  return static_cast<std::size_t>(std::count_if(
      held.begin(), held.end(), [&](const auto& each) { return each.second.view.by == person; }));
}

}  // namespace hallway
