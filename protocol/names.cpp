// The wire's words for what the structs count: one table an enumeration, read both ways.
#include <array>
#include <optional>
#include <string_view>

#include "protocol/error.hpp"
#include "protocol/push.hpp"
#include "protocol/reply.hpp"
#include "protocol/view.hpp"

namespace hallway {
namespace {

template <std::size_t N>
using Words = std::array<std::string_view, N>;

// Each in the order of its enumeration; the assertions hold the two to the same length.
constexpr Words<4> roles{"member", "facilitator", "moderator", "organiser"};
static_assert(roles.size() == static_cast<std::size_t>(Role::organiser) + 1);
constexpr Words<3> person_states{"online", "reconnecting", "away"};
static_assert(person_states.size() == static_cast<std::size_t>(PersonState::away) + 1);
constexpr Words<3> event_states{"planned", "live", "over"};
static_assert(event_states.size() == static_cast<std::size_t>(EventState::over) + 1);
constexpr Words<2> admissions{"open", "approval"};
static_assert(admissions.size() == static_cast<std::size_t>(Admission::approval) + 1);
constexpr Words<3> room_kinds{"lobby", "plenary", "tables"};
static_assert(room_kinds.size() == static_cast<std::size_t>(RoomKind::tables) + 1);
constexpr Words<2> moods{"open", "deep"};
static_assert(moods.size() == static_cast<std::size_t>(Mood::deep) + 1);
constexpr Words<2> conversation_states{"open", "requested"};
static_assert(conversation_states.size() ==
              static_cast<std::size_t>(ConversationState::requested) + 1);
constexpr Words<9> seat_left_reasons{"stood",         "moved",       "left",  "away",  "removed",
                                     "table_removed", "room_closed", "round", "merged"};
static_assert(seat_left_reasons.size() == static_cast<std::size_t>(SeatLeftReason::merged) + 1);
constexpr Words<4> round_phases{"announced", "seated", "wrapping", "plenary"};
static_assert(round_phases.size() == static_cast<std::size_t>(RoundPhase::plenary) + 1);
constexpr Words<3> round_cancel_reasons{"asked", "missed", "too_few"};
static_assert(round_cancel_reasons.size() ==
              static_cast<std::size_t>(RoundCancelReason::too_few) + 1);
constexpr Words<3> report_states{"open", "claimed", "resolved"};
static_assert(report_states.size() == static_cast<std::size_t>(ReportState::resolved) + 1);
constexpr Words<8> report_outcomes{"dismissed", "warned", "muted",   "moved",
                                   "removed",   "banned", "deleted", "other"};
static_assert(report_outcomes.size() == static_cast<std::size_t>(ReportOutcome::other) + 1);
constexpr Words<5> reset_reasons{"epoch", "gap", "future", "forbidden", "sitting"};
static_assert(reset_reasons.size() == static_cast<std::size_t>(ResetReason::sitting) + 1);
constexpr Words<21> error_codes{"bad_request",     "too_large",       "unknown_cmd",
                                "unauthenticated", "session_expired", "forbidden",
                                "not_found",       "banned",          "muted",
                                "room_closed",     "table_full",      "locked",
                                "slow_mode",       "rate_limited",    "nonce_conflict",
                                "conflict",        "reset_required",  "version_unsupported",
                                "unavailable",     "storage_full",    "internal"};
static_assert(error_codes.size() == static_cast<std::size_t>(ErrorCode::internal) + 1);

template <class Enum, std::size_t N>
std::string_view word_of(const Words<N>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const Words<N>& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Role role) {
  return word_of(roles, role);
}
std::string_view to_text(PersonState state) {
  return word_of(person_states, state);
}
std::string_view to_text(EventState state) {
  return word_of(event_states, state);
}
std::string_view to_text(Admission admission) {
  return word_of(admissions, admission);
}
std::string_view to_text(RoomKind kind) {
  return word_of(room_kinds, kind);
}
std::string_view to_text(Mood mood) {
  return word_of(moods, mood);
}
std::string_view to_text(ConversationState state) {
  return word_of(conversation_states, state);
}
std::string_view to_text(SeatLeftReason reason) {
  return word_of(seat_left_reasons, reason);
}
std::string_view to_text(RoundPhase phase) {
  return word_of(round_phases, phase);
}
std::string_view to_text(RoundCancelReason reason) {
  return word_of(round_cancel_reasons, reason);
}
std::string_view to_text(ReportState state) {
  return word_of(report_states, state);
}
std::string_view to_text(ReportOutcome outcome) {
  return word_of(report_outcomes, outcome);
}
std::string_view to_text(ResetReason reason) {
  return word_of(reset_reasons, reason);
}
std::string_view to_text(ErrorCode code) {
  return word_of(error_codes, code);
}

std::optional<Role> parse_role(std::string_view text) {
  return value_of<Role>(roles, text);
}
std::optional<PersonState> parse_person_state(std::string_view text) {
  return value_of<PersonState>(person_states, text);
}
std::optional<EventState> parse_event_state(std::string_view text) {
  return value_of<EventState>(event_states, text);
}
std::optional<Admission> parse_admission(std::string_view text) {
  return value_of<Admission>(admissions, text);
}
std::optional<RoomKind> parse_room_kind(std::string_view text) {
  return value_of<RoomKind>(room_kinds, text);
}
std::optional<Mood> parse_mood(std::string_view text) {
  return value_of<Mood>(moods, text);
}
std::optional<SeatLeftReason> parse_seat_left_reason(std::string_view text) {
  return value_of<SeatLeftReason>(seat_left_reasons, text);
}
std::optional<RoundCancelReason> parse_round_cancel_reason(std::string_view text) {
  return value_of<RoundCancelReason>(round_cancel_reasons, text);
}

std::optional<ReportOutcome> parse_report_outcome(std::string_view text) {
  return value_of<ReportOutcome>(report_outcomes, text);
}

bool may_retry(ErrorCode code) {
  switch (code) {
    case ErrorCode::rate_limited:
    case ErrorCode::slow_mode:
    case ErrorCode::unavailable:
    case ErrorCode::storage_full:
    case ErrorCode::internal:
      return true;
    default:
      return false;
  }
}

}  // namespace hallway
