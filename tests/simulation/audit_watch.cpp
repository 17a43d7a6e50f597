// See audit_watch.hpp.
#include "tests/simulation/audit_watch.hpp"

#include <algorithm>

#include "tests/simulation/broken.hpp"

namespace hallway::simulation {
namespace {

/// Whoever has the least role for it: in the whole event, or in one of its rooms at least.
bool might(const StandingBook& standings, PersonId by, std::string_view action) {
  const bool is_of_places =
      action.starts_with("room.") || action == EventUpdate::name || action == TableRemove::name;
  const bool is_of_safety = action == RoomLock::name || action == RoomSlowMode::name;
  if (is_of_places && !is_of_safety) return standings.highest(by) >= Role::facilitator;
  if (action.starts_with("role.")) return standings.role(by) == Role::organiser;
  if (action.starts_with("admission.")) return standings.role(by) >= Role::facilitator;
  const bool is_of_event = action == PersonRemove::name || action == PersonBan::name ||
                           action == PersonUnban::name || action == EventLockdown::name ||
                           action == FilterSet::name;
  return (is_of_event ? standings.role(by) : standings.highest(by)) >= Role::moderator;
}

}  // namespace

void AuditWatch::look(const Event& event, const Push& push) {
  if (const auto* audited = as<Audited>(push)) return check_off(*audited, push);
  if (const auto* warned = as<PersonWarned>(push)) {
    expect(push, PersonWarn::name, warned->person);
  } else if (const auto* muted = as<PersonMuted>(push)) {
    expect(push, PersonMute::name, muted->person);
  } else if (const auto* unmuted = as<PersonUnmuted>(push)) {
    expect(push, PersonUnmute::name, unmuted->person);
  } else if (const auto* moved = as<PersonMoved>(push)) {
    expect(push, PersonMove::name, moved->person);
  } else if (const auto* removed = as<PersonRemoved>(push)) {
    expect(push, PersonRemove::name, shown_out_ = removed->person);
  } else if (const auto* banned = as<PersonBanned>(push)) {
    expect(push, PersonBan::name, shown_out_ = banned->person);
  } else if (const auto* back = as<PersonUnbanned>(push)) {
    expect(push, PersonUnban::name, back->person);
  } else if (const auto* granted = as<RoleGranted>(push)) {
    expect(push, RoleGrant::name, granted->person);
  } else if (const auto* revoked = as<RoleRevoked>(push)) {
    expect(push, RoleRevoke::name, revoked->person);
  } else {
    expect_of_queue(event, push);
    expect_of_places(event, push);
    expect_of_admission(push);
  }
}

void AuditWatch::expect_of_queue(const Event& event, const Push& push) {
  const Moderation& moderation = event.moderation;
  if (const auto* claimed = as<ReportClaimed>(push)) {
    expect(push, ReportClaim::name, moderation.reports.at(claimed->report).person);
  } else if (const auto* resolved = as<ReportResolved>(push)) {
    const ReportView& report = moderation.reports.at(resolved->report);
    if (shown_out_ && report.by == shown_out_) return;
    expect(push, ReportResolve::name, report.person);
  } else if (const auto* reviewed = as<MessageReviewed>(push)) {
    const PersonId author = moderation.held.at(reviewed->held).view.by;
    const bool is_settled = !push.by || (shown_out_ && author == shown_out_);
    if (is_settled) return;
    expect(push, MessageReview::name, author);
  } else if (as<FilterUpdated>(push)) {
    expect(push, FilterSet::name, {});
  }
}

void AuditWatch::expect_of_places(const Event& event, const Push& push) {
  if (const auto* room = as<RoomUpdated>(push)) {
    if (room->locked) expect(push, RoomLock::name, {});
    if (room->slow_s) expect(push, RoomSlowMode::name, {});
    if (!room->room_name.empty()) expect(push, RoomUpdate::name, {});
  } else if (const auto* updated = as<EventUpdated>(push)) {
    const bool is_safety = updated->event.lockdown != event.lockdown;
    // The clock opens and ends an event too, and so it begins.
    if (push.by) expect(push, is_safety ? EventLockdown::name : EventUpdate::name, {});
  } else if (as<RoomCreated>(push)) {
    if (push.by) expect(push, RoomCreate::name, {});
  } else if (as<TableRemoved>(push)) {
    expect(push, TableRemove::name, {});
  } else if (as<RoomClosed>(push)) {
    // The roles for a room go with it.
    std::erase_if(due_, [](const Line& line) { return line.action == RoleRevoke::name; });
    expect(push, RoomClose::name, {});
  } else if (as<MessagePosted>(push)) {
    authors_[{push.stream, push.offset}] = push.by;
  } else if (const auto* deleted = as<MessageDeleted>(push)) {
    const PersonId author = authors_.at({push.stream, deleted->of});
    if (author != push.by) expect(push, MessageDelete::name, author);
  }
}

void AuditWatch::expect_of_admission(const Push& push) {
  if (const auto* refused = as<PersonRefused>(push)) {
    expect(push, AdmissionRefuse::name, shown_out_ = refused->person);
  } else if (const auto* admitted = as<PersonAdmitted>(push); admitted && push.by) {
    // A role lets in whom it is given to, and the end of a lockdown whom it alone held.
    const bool is_by_the_way = !due_.empty() && (due_.back().action == RoleGrant::name ||
                                                 due_.back().action == EventLockdown::name);
    if (!is_by_the_way) expect(push, AdmissionAdmit::name, admitted->person);
  }
}

void AuditWatch::expect(const Push& push, std::string_view action, PersonId person) {
  const std::string told = std::string(action) + " by " + to_text(push.by);
  must(might(standings_, push.by, action), "who did it might: " + told);
  must_outrank(push.by, person, action);
  due_.push_back({action, push.by, person, push.at});
}

void AuditWatch::must_outrank(PersonId by, PersonId person, std::string_view action) const {
  const bool is_to_person = action.starts_with("person.");
  if (!is_to_person && !action.starts_with("report.")) return;
  const Role rank = standings_.highest(person);
  const bool is_organiser = standings_.role(by) == Role::organiser;
  must(rank == Role::member || rank < standings_.highest(by) || (!is_to_person && is_organiser),
       "nobody moderates a role that is not below their own: " + std::string(action));
  must(is_to_person || by != person, "nobody handles a report about themselves");
}

void AuditWatch::check_off(const Audited& audited, const Push& push) {
  const AuditView& entry = audited.entry;
  const auto act = std::find_if(due_.begin(), due_.end(), [&](const Line& line) {
    return line.action == entry.action && line.by == push.by && line.person == entry.person &&
           line.at == push.at;
  });
  must(act != due_.end(), "a line of the log tells of something that was done: " + entry.action);
  lines_.push_back(*act);
  due_.erase(act);
  shown_out_ = {};
}

void AuditWatch::settle() const {
  must(due_.empty(), "what is done stands in the log: " +
                         (due_.empty() ? std::string() : std::string(due_.front().action)));
}

void AuditWatch::must_stand(PersonId by, std::string_view action, TimeMs at) const {
  const bool stands = std::any_of(lines_.rbegin(), lines_.rend(), [&](const Line& line) {
    return line.by == by && line.action == action && line.at == at;
  });
  must(stands, "an act that is acknowledged is durable: " + std::string(action));
}

bool AuditWatch::is_told(const Line& line, PersonId reader, std::optional<PersonId> about) const {
  if (about && line.person != *about) return false;
  return line.person != reader || !line.action.starts_with("report.");
}

void AuditWatch::must_be_whole(const nlohmann::json& entries, PersonId reader,
                               std::optional<PersonId> about, std::size_t lines) const {
  // Backwards from the newest that was told; older than the oldest there may be more.
  std::size_t n = lines_.size();
  bool is_first = true;
  for (const nlohmann::json& entry : entries) {
    const std::size_t told = entry.at("n");
    must(told <= n, "the log is told from the newest on, and only what is durable of it");
    for (; n > told; --n) {
      const bool is_newer = is_first && n > lines;
      must(is_newer || !is_told(lines_[n - 1], reader, about), "no line of the log is left out");
    }
    const Line& line = lines_[n - 1];
    must(is_told(line, reader, about), "nobody reads what is not theirs in the log");
    must(entry.at("action") == line.action && entry.at("at") == line.at &&
             entry.value("by", "") == to_text(line.by) &&
             (!line.person || entry.value("person", "") == to_text(line.person)),
         "a line of the log is told as it stands: " + entry.dump());
    --n;
    is_first = false;
  }
  for (; entries.empty() && n > 0; --n) {
    must(n > lines || !is_told(lines_[n - 1], reader, about), "a log with lines is not empty");
  }
}

}  // namespace hallway::simulation
