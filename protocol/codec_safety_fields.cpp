// The fields of moderators' and organisers' commands.
#include "protocol/codec_command_fields.hpp"
#include "protocol/text.hpp"

namespace hallway {
namespace {

constexpr Bounds mute_minutes{1, limits::mute_minutes_max};
constexpr Bounds slow_seconds{0, limits::slow_s_max};
constexpr Bounds any_number{1, integer_max};

/// What is done to a person says why.
std::string read_reason(Fields& in) {
  return in.line("reason", limits::reason_max);
}

/// True for `voice`, false for `chat`.
bool read_is_voice(Fields& in) {
  const bool voice = in.is_text("scope", "voice");
  if (!voice && !in.is_text("scope", "chat")) {
    in.refuse_field("scope", "The scope is chat or voice.");
  }
  return voice;
}

std::optional<RoleScope> read_scope(Fields& in) {
  if (!in.has("scope")) return std::nullopt;
  const std::string text = in.raw_text("scope", limits::id_bytes_max);
  const auto scope = parse_role_scope(text);
  if (!scope) in.refuse_field("scope", "A role holds for the event or for one of its rooms.");
  return scope;
}

std::vector<std::string> read_words(Fields& in) {
  std::vector<std::string> words;
  const json::Array* list = in.array("words", limits::filter_words_max);
  if (!list) return words;
  for (const json::Value& element : *list) {
    const std::string* word = element.text();
    const bool is_fit = word && text::has_visible(*word) && !text::has_forbidden_in_line(*word) &&
                        text::code_points(*word) <= limits::filter_word_max;
    if (!is_fit) {
      in.refuse_field("words", "Each of these is a word of at most 60 characters.");
      return words;
    }
    words.emplace_back(text::trimmed(*word));
  }
  return words;
}

}  // namespace

void read_fields(Fields& in, PersonWarn& out) {
  out.person = in.id<PersonId>("person");
  out.reason = read_reason(in);
}

void read_fields(Fields& in, PersonMute& out) {
  out.person = in.id<PersonId>("person");
  out.minutes = in.integer("minutes", mute_minutes);
  out.voice = read_is_voice(in);
  out.reason = read_reason(in);
}

void read_fields(Fields& in, PersonUnmute& out) {
  out.person = in.id<PersonId>("person");
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, PersonMove& out) {
  out.person = in.id<PersonId>("person");
  out.room = in.id<RoomId>("room");
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, PersonRemove& out) {
  out.person = in.id<PersonId>("person");
  out.reason = read_reason(in);
}

void read_fields(Fields& in, PersonBan& out) {
  out.person = in.id<PersonId>("person");
  out.until = in.optional_integer("until");
  out.reason = read_reason(in);
}

void read_fields(Fields& in, PersonUnban& out) {
  out.person = in.id<PersonId>("person");
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, RoomSlowMode& out) {
  out.room = in.id<RoomId>("room");
  out.seconds = in.integer("seconds", slow_seconds);
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, RoomLock& out) {
  out.room = in.id<RoomId>("room");
  out.on = in.boolean("on");
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, EventLockdown& out) {
  out.on = in.boolean("on");
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, ReportFile& out) {
  out.nonce = in.nonce();
  out.stream = in.stream();
  out.offset = in.offset("offset");
  out.reason = read_reason(in);
}

void read_fields(Fields& in, ReportClaim& out) {
  out.report = in.integer("report", any_number);
}

void read_fields(Fields& in, ReportResolve& out) {
  out.report = in.integer("report", any_number);
  out.outcome = in.word<ReportOutcome>("outcome", parse_report_outcome);
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, FilterSet& out) {
  out.on = in.boolean("on");
  out.words = read_words(in);
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, MessageReview& out) {
  out.held = in.integer("held", any_number);
  out.approve = in.boolean("approve");
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, RoleGrant& out) {
  out.person = in.id<PersonId>("person");
  out.role = in.word<Role>("role", parse_role);
  out.scope = read_scope(in);
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, RoleRevoke& out) {
  out.person = in.id<PersonId>("person");
  out.scope = read_scope(in);
  out.reason = read_optional_reason(in);
}

void read_fields(Fields& in, AuditList& out) {
  if (in.has("person")) out.person = in.id<PersonId>("person");
  if (in.has("before")) out.before = in.integer("before", any_number);
  out.limit = in.optional_integer("limit", list_limit).value_or(out.limit);
}

}  // namespace hallway
