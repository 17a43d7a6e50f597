// What moderators see: reports, held messages, who is muted or out, roles, and the audit log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"

namespace hallway {

/// Where a role holds: in the whole event, or in one room.
struct RoleScope {
  EventId event;
  RoomId room;  ///< 0: the whole event.
  friend auto operator<=>(const RoleScope&, const RoleScope&) = default;
};
/// `ev_…` or `rm_…`.
std::string to_text(RoleScope scope);
std::optional<RoleScope> parse_role_scope(std::string_view text);

enum class ReportState : std::uint8_t { open, claimed, resolved };
std::string_view to_text(ReportState state);
enum class ReportOutcome : std::uint8_t {
  dismissed,
  warned,
  muted,
  moved,
  removed,
  banned,
  deleted,
  other
};
std::string_view to_text(ReportOutcome outcome);
std::optional<ReportOutcome> parse_report_outcome(std::string_view text);

/// A message as it stood when somebody reported it or one beside it.
struct EvidenceView {
  Offset offset = 0;
  TimeMs at = 0;
  PersonId by;
  std::string body;
};

struct ReportView {
  std::int64_t report = 0;
  TimeMs at = 0;
  PersonId by;
  PersonId person;
  StreamId stream;
  Offset of = 0;
  std::string reason;
  std::vector<EvidenceView> messages;
  ReportState state = ReportState::open;
  PersonId owner = {};
  std::optional<ReportOutcome> outcome = {};
};

struct HeldView {
  std::int64_t held = 0;
  TimeMs at = 0;
  PersonId by;
  StreamId stream;
  std::string body;
  EventId event = {};  ///< 0 on the desk's stream.
};

struct MutedView {
  PersonId person;
  TimeMs until_at = 0;
  bool voice = false;
  std::string reason;
  RoomId room = {};  ///< 0: in the whole event.
};

/// Removed, banned, or not let in.
struct OutsiderView {
  PersonId person;
  TimeMs at = 0;
  bool banned = false;
  std::optional<TimeMs> until_at;
  std::string reason;
  bool refused = false;  ///< Not let in; `at` is 0.
};

struct RoleView {
  PersonId person;
  Role role = Role::member;
  RoleScope scope;
};

struct FilterView {
  bool on = false;
  std::vector<std::string> words;
};

/// Who did what to whom, and why.
struct AuditView {
  std::int64_t n = 0;  ///< From 1 in the event.
  TimeMs at = 0;
  PersonId by;         ///< 0: the community's own token, or the server.
  std::string action;  ///< The name of the command.
  PersonId person = {};
  RoomId room = {};
  std::optional<StreamId> stream = {};
  Offset offset = 0;
  std::string reason = {};
  std::string detail = {};  ///< What else tells it from others of its kind: `60`, `moderator`.
};

}  // namespace hallway
