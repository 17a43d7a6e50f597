// Reports, messages that the word filter holds, and the audit log. See event_place.hpp.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "rooms/event_place.hpp"
#include "rooms/invariant.hpp"
#include "rooms/nonce.hpp"
#include "rooms/refusals.hpp"

namespace hallway {
namespace {

std::uint64_t digest_of(const ReportFile& command) {
  return Digest(ReportFile::name)
      .add(static_cast<std::uint64_t>(command.stream.kind))
      .add(command.stream.value)
      .add(command.offset)
      .add(command.reason)
      .value();
}

Error no_such_report() {
  return refuse(ErrorCode::not_found, "There is no such report, or it is settled.", "report");
}

std::vector<EvidenceView> evidence_of(const std::vector<MessageView>& messages, Offset reported) {
  std::vector<EvidenceView> evidence;
  for (const MessageView& message : messages) {
    const bool is_it = message.offset == reported;
    evidence.push_back(
        {message.offset, message.at, message.by,
         is_it ? message.body : text::shortened(message.body, limits::evidence_max)});
  }
  return evidence;
}

}  // namespace

// --- Reports

std::int64_t EventPlace::report_about(PersonId by, StreamId stream, Offset of) const {
  for (const auto& [number, report] : event_.moderation.reports) {
    if (report.by == by && report.stream == stream && report.of == of) return number;
  }
  return 0;
}

std::optional<Error> EventPlace::refuse_report(const ReportFile& command,
                                               const Actor& actor) const {
  if (event_.moderation.reports.size() >= limits::reports_open_max) {
    return refuse(ErrorCode::too_large, "So many reports wait already that no more fit.");
  }
  if (event_.moderation.reports_by(actor.id) >= limits::reports_open_of_one_max) {
    return refuse(ErrorCode::too_large, "Your earlier reports are looked at first.");
  }
  if (command.stream.kind == StreamKind::desk || command.stream.kind == StreamKind::person) {
    return unknown_stream();
  }
  return std::nullopt;
}

Decision EventPlace::on(const ReportFile& command, const Actor& actor,
                        const Context& context) const {
  const std::uint64_t digest = digest_of(command);
  for (const StreamId queue : {desk_of(event_.id), facts_of(id())}) {
    const StreamLog* log = find_log(queue);
    if (!log) continue;
    if (auto before = answered_before(*log, actor.id, command.nonce, digest, context.now)) {
      if (auto* reply = std::get_if<PostedReply>(&before->reply)) {
        reply->report = report_about(actor.id, command.stream, command.offset);
      }
      return std::move(*before);
    }
  }
  // A conversation is another place: it was asked before this one decides.
  const bool is_elsewhere = command.stream.kind == StreamKind::conversation;
  const std::vector<MessageView> messages =
      is_elsewhere ? context.around : messages_around(command.stream, actor.id, command.offset);
  const auto reported = std::find_if(messages.begin(), messages.end(), [&](const auto& message) {
    return message.offset == command.offset && !message.deleted;
  });
  if (reported == messages.end()) {
    return refused(refuse(ErrorCode::not_found, "There is no such message.", "offset"));
  }
  if (reported->by == actor.id) {
    return refused(refuse(ErrorCode::bad_request, "This message is your own.", "offset"));
  }
  if (const auto number = report_about(actor.id, command.stream, command.offset)) {
    PostedReply same;
    same.at = event_.moderation.reports.at(number).at;
    same.report = number;
    same.dup = true;
    return EventDraft(event_, actor.id, context.now).replied(std::move(same));
  }
  if (auto error = refuse_report(command, actor)) return refused(std::move(*error));
  ReportFiled filed;
  filed.report = event_.moderation.next_report;
  filed.person = reported->by;
  filed.stream = command.stream;
  filed.of = command.offset;
  filed.reason = command.reason;
  filed.messages = evidence_of(messages, command.offset);
  PostedReply reply;
  reply.report = filed.report;
  EventDraft draft(event_, actor.id, context.now);
  tell_report(draft, filed.person, filed.report, filed, actor);
  draft.mark(command.nonce, digest);
  return draft.replied(std::move(reply));
}

bool EventPlace::is_for_desk(PersonId reported) const {
  const Member* about = event_.find(reported);
  return !about || !about->is_staff();
}

bool EventPlace::may_handle(const Member& handler, PersonId reported) const {
  const Role role = handler.view.role;
  if (handler.view.id == reported) return false;
  if (is_for_desk(reported)) return true;
  return may(role, "report.handle") &&
         (role == Role::organiser || role > event_.find(reported)->highest_role());
}

void EventPlace::tell_report(EventDraft& draft, PersonId reported, std::int64_t report,
                             PushData told, const Actor& actor) const {
  const bool is_for_all = is_for_desk(reported);
  draft.push(is_for_all ? desk_of(event_.id) : facts_of(id()), std::move(told));
  if (is_for_all) return;
  for (const auto& [person, member] : event_.members) {
    if (!may_handle(member, reported)) continue;
    draft.follow_ups().push_back({place_of(person), actor.id, ReportChanged{event_.id, report}});
  }
}

std::optional<Error> EventPlace::refuse_own_case(const ReportView& report,
                                                 const Actor& actor) const {
  const Member* about = event_.find(report.person);
  if (report.person == actor.id) {
    return refuse(ErrorCode::forbidden, "This report is about you.", "report");
  }
  // Somebody has to: organisers look at what is reported of one another.
  if (actor.member && actor.member->view.role == Role::organiser) return std::nullopt;
  return about ? refuse_rank(actor, *about) : std::nullopt;
}

Result<const ReportView*> EventPlace::find_report(std::int64_t number) const {
  const auto entry = event_.moderation.reports.find(number);
  if (entry == event_.moderation.reports.end()) return no_such_report();
  return &entry->second;
}

Decision EventPlace::on(const ReportClaim& command, const Actor& actor,
                        const Context& context) const {
  const auto report = find_report(command.report);
  if (!report) return refused(report.error());
  if (auto error = refuse_own_case(**report, actor)) return refused(std::move(*error));
  if ((*report)->owner == actor.id) return {};
  EventDraft draft(event_, actor.id, context.now);
  tell_report(draft, (*report)->person, command.report, ReportClaimed{command.report, actor.id},
              actor);
  AuditView entry;
  entry.action = ReportClaim::name;
  entry.person = (*report)->person;
  entry.detail = std::to_string(command.report);
  draft.audit(std::move(entry));
  return draft.posted();
}

Decision EventPlace::on(const ReportResolve& command, const Actor& actor,
                        const Context& context) const {
  const auto report = find_report(command.report);
  if (!report) return refused(report.error());
  if (auto error = refuse_own_case(**report, actor)) return refused(std::move(*error));
  EventDraft draft(event_, actor.id, context.now);
  tell_report(draft, (*report)->person, command.report,
              ReportResolved{command.report, command.outcome, command.reason, (*report)->person},
              actor);
  draft.follow_ups().push_back({place_of((*report)->by), actor.id,
                                ReportAnswered{event_.id, command.report, command.outcome}});
  AuditView entry;
  entry.action = ReportResolve::name;
  entry.person = (*report)->person;
  entry.stream = (*report)->stream;
  entry.offset = (*report)->of;
  entry.reason = command.reason;
  entry.detail = to_text(command.outcome);
  draft.audit(std::move(entry));
  return draft.posted();
}

// --- The word filter

Decision EventPlace::on(const FilterSet& command, const Actor& actor,
                        const Context& context) const {
  const FilterView& now = event_.moderation.filter.view();
  if (now.on == command.on && now.words == command.words) return {};
  std::size_t bytes = 0;
  for (const std::string& word : command.words) bytes += word.size();
  if (bytes > limits::filter_bytes_max) {
    return refused(refuse(ErrorCode::too_large, "These are more words than fit.", "words"));
  }
  EventDraft draft(event_, actor.id, context.now);
  draft.push(desk_of(event_.id), FilterUpdated{command.on, command.words});
  AuditView entry;
  entry.action = FilterSet::name;
  entry.reason = command.reason;
  entry.detail = std::string(command.on ? "on, " : "off, ") + std::to_string(command.words.size());
  draft.audit(std::move(entry));
  return draft.posted();
}

std::optional<Decision> EventPlace::held_before(const MessageSend& send, const Actor& actor,
                                                TimeMs now) const {
  const StreamLog* desk = find_log(desk_of(event_.id));
  const auto spent = desk ? desk->find_nonce(actor.id, send.nonce) : std::nullopt;
  const auto number =
      spent ? event_.moderation.held_at.find(spent->offset) : event_.moderation.held_at.end();
  if (number == event_.moderation.held_at.end()) return std::nullopt;
  auto before = answered_before(*desk, actor.id, send.nonce, digest_of_send(send), now);
  if (!before || before->refusal) return before;
  auto& reply = std::get<PostedReply>(before->reply);
  reply.held = number->second;
  reply.offset = 0;
  return before;
}

Decision EventPlace::hold(Decision posted, const Actor& actor, const Context& context) const {
  if (event_.moderation.held.size() >= limits::held_max ||
      event_.moderation.held_by(actor.id) >= limits::held_of_one_max) {
    return refused(refuse(ErrorCode::too_large, "Your earlier messages are looked at first."));
  }
  Push& push = posted.pushes.front();
  auto& message = std::get<MessagePosted>(push.data);
  MessageHeld held{event_.moderation.next_held, push.stream, std::move(message.body),
                   message.reply_to};
  PostedReply reply;
  reply.at = context.now;
  reply.held = held.held;
  EventDraft draft(event_, actor.id, context.now);
  draft.push(desk_of(event_.id), held);
  draft.mark(push.nonce, push.digest);
  held.event = event_.id;
  draft.follow_ups().push_back({place_of(actor.id), actor.id, std::move(held)});
  return draft.replied(std::move(reply));
}

/// At the table where it was to be said, without having stood up since.
bool EventPlace::still_sits(PersonId author, const HeldView& held) const {
  const Table* table = event_.find(TableId{held.stream.value});
  if (!table) return false;
  const auto since = table->since.find(author);
  return since != table->since.end() && since->second <= held.at;
}

Decision EventPlace::on(const MessageReview& command, const Actor& actor,
                        const Context& context) const {
  const auto entry = event_.moderation.held.find(command.held);
  if (entry == event_.moderation.held.end()) {
    return refused(refuse(ErrorCode::not_found, "Somebody has looked at this already.", "held"));
  }
  const HeldMessage& held = entry->second;
  const PersonId author = held.view.by;
  EventDraft draft(event_, actor.id, context.now);
  MessageReviewed reviewed{command.held, command.approve, command.reason, {}, author};
  draft.push(desk_of(event_.id), reviewed);
  if (command.approve) {
    const bool is_at_table = held.view.stream.kind == StreamKind::table;
    const bool is_there = is_at_table ? still_sits(author, held.view)
                                      : held.view.stream.kind == StreamKind::event ||
                                            event_.room_of(held.view.stream) != nullptr;
    if (!is_there) {
      return refused(refuse(ErrorCode::conflict,
                            "Nobody is there any more to whom this was to be said.", "held"));
    }
    draft.push_by(author, held.view.stream,
                  MessagePosted{held.view.body, held.reply_to, mentions_in(held.view.body)});
    draft.mark(held.nonce, held.digest);
  }
  reviewed.event = event_.id;
  draft.follow_ups().push_back({place_of(author), actor.id, std::move(reviewed)});
  AuditView line;
  line.action = MessageReview::name;
  line.person = author;
  line.stream = held.view.stream;
  line.reason = command.reason;
  line.detail = command.approve ? "approved" : "kept back";
  draft.audit(std::move(line));
  return draft.posted();
}

std::vector<PersonId> EventPlace::mentions_in(const std::string& body) const {
  std::vector<PersonId> mentions = mentioned_in(body);
  std::erase_if(mentions, [&](PersonId person) { return !event_.find(person); });
  return mentions;
}

// --- The log

Decision EventPlace::note(AuditView act, PersonId by, const Context& context) const {
  EventDraft draft(event_, by, context.now);
  draft.audit(std::move(act));
  return draft.posted();
}

Decision EventPlace::on(const AuditList& command, const Actor& actor,
                        const Context& context) const {
  std::optional<PersonId> person = command.person;
  if (!actor.may("audit.read")) {
    if (!person) person = actor.id;
    const Member* about = event_.find(*person);
    const bool may_ask =
        *person == actor.id || (about && actor.may_in("person.moderate", about->room));
    if (!may_ask) {
      return refused(refuse(ErrorCode::forbidden, "The log is read by organisers."));
    }
  }
  AuditReply reply;
  reply.entries =
      event_.moderation.entries(actor.id, person, command.before, command.limit, reply.more);
  if (reply.more) reply.before = reply.entries.back().n;
  return EventDraft(event_, actor.id, context.now).replied(std::move(reply));
}

}  // namespace hallway
