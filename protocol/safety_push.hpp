// What keeps an event safe, as it happened: the pushes and facts of push.hpp that moderators cause.
// Those about one person stand on the desk's stream and, with `event`, on that person's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/lasting.hpp"
#include "protocol/safety_view.hpp"

namespace hallway {

// --- On the desk's and the person's own stream
struct PersonWarned {
  static constexpr std::string_view name = "person.warned";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  std::string reason;
  EventId event = {};  ///< 0 on the desk's stream, here and below.
};
struct PersonMoved {
  static constexpr std::string_view name = "person.moved";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  RoomId room;
  std::string reason;
  EventId event = {};
};
struct PersonBanned {
  static constexpr std::string_view name = "person.banned";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  std::optional<TimeMs> until_at;  ///< nullopt: until it is lifted.
  std::string reason;
  EventId event = {};
};
/// Also undoes a removal.
struct PersonUnbanned {
  static constexpr std::string_view name = "person.unbanned";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  std::string reason;
  EventId event = {};
};
struct RoleGranted {
  static constexpr std::string_view name = "role.granted";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  Role role = Role::member;
  RoleScope scope;
  std::string reason;
  /// On one's own stream: what one may do in the whole event from now on.
  std::optional<std::vector<std::string>> capabilities = {};
};
struct RoleRevoked {
  static constexpr std::string_view name = "role.revoked";
  static constexpr Lasting lasting = Lasting::durable;
  PersonId person;
  RoleScope scope;
  std::string reason;
  std::optional<std::vector<std::string>> capabilities = {};
};

// --- Reports: on the desk's stream
struct ReportFiled {
  static constexpr std::string_view name = "report.filed";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t report = 0;  ///< From 1 in the event.
  PersonId person;          ///< Whose message it is.
  StreamId stream;
  Offset of = 0;
  std::string reason;
  std::vector<EvidenceView> messages;  ///< Oldest first; the one reported is among them.
};
struct ReportClaimed {
  static constexpr std::string_view name = "report.claimed";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t report = 0;
  PersonId owner;
};
struct ReportResolved {
  static constexpr std::string_view name = "report.resolved";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t report = 0;
  ReportOutcome outcome = ReportOutcome::dismissed;
  std::string reason;
  PersonId person = {};  ///< Whose message it was.
};
/// On the own streams of those who may handle a report of which the whole desk is not told, since
/// it is about somebody of the desk: it was filed, claimed or resolved. What it says stands in
/// their snapshot of the desk alone.
struct ReportChanged {
  static constexpr std::string_view name = "report.changed";
  static constexpr Lasting lasting = Lasting::durable;
  EventId event;
  std::int64_t report = 0;
};
/// On the own stream of who reported.
struct ReportAnswered {
  static constexpr std::string_view name = "report.answered";
  static constexpr Lasting lasting = Lasting::durable;
  EventId event;
  std::int64_t report = 0;
  ReportOutcome outcome = ReportOutcome::dismissed;
};

// --- The word filter: on the desk's stream, a held message also on its author's own
struct FilterUpdated {
  static constexpr std::string_view name = "filter.updated";
  static constexpr Lasting lasting = Lasting::durable;
  bool on = false;
  std::vector<std::string> words;
};
struct MessageHeld {
  static constexpr std::string_view name = "message.held";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t held = 0;  ///< From 1 in the event.
  StreamId stream;
  std::string body;
  Offset reply_to = 0;
  EventId event = {};
};
struct MessageReviewed {
  static constexpr std::string_view name = "message.reviewed";
  static constexpr Lasting lasting = Lasting::durable;
  std::int64_t held = 0;
  bool approved = false;
  std::string reason;
  EventId event = {};
  PersonId person = {};  ///< Whose message it was.
};

// --- On the desk's stream
/// What is happening where, at most once in limits::activity_ms while something does.
struct DeskActivity {
  static constexpr std::string_view name = "desk.activity";
  static constexpr Lasting lasting = Lasting::transient;
  struct InRoom {
    RoomId room;
    std::int64_t messages = 0;  ///< Of the last minute, at its tables too.
    std::int64_t people = 0;
  };
  std::vector<InRoom> rooms;
  std::int64_t guests = 0;  ///< Who came in the last minute.
  std::int64_t waiting = 0;
};

// --- Facts
/// A line of the audit log: `by` and `at` of the push did it.
struct Audited {
  static constexpr std::string_view name = "audited";
  static constexpr Lasting lasting = Lasting::fact;
  AuditView entry;  ///< Without `n`, `at` and `by`.
};

}  // namespace hallway
