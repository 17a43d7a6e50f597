// The fields of what keeps an event safe, as codec_shapes.hpp tells fields.
#pragma once

#include <concepts>
#include <type_traits>

#include "protocol/safety_push.hpp"
#include "protocol/safety_view.hpp"

namespace hallway::shapes {

template <class Given, class T>
concept IsSafety = std::same_as<std::remove_const_t<Given>, T>;

// --- Things
template <class A>
void describe(A& a, IsSafety<EvidenceView> auto& message) {
  a.field("offset", message.offset);
  a.field("at", message.at);
  a.field("by", message.by);
  a.field("body", message.body);
}

template <class A>
void describe(A& a, const ReportView& report) {
  a.field("report", report.report);
  a.field("at", report.at);
  a.field("by", report.by);
  a.field("person", report.person);
  a.field("stream", report.stream);
  a.field("of", report.of);
  a.field("reason", report.reason);
  a.field("messages", report.messages);
  a.field("state", report.state);
  a.maybe("owner", report.owner);
  a.maybe("outcome", report.outcome);
}

template <class A>
void describe(A& a, const HeldView& held) {
  a.field("held", held.held);
  a.field("at", held.at);
  a.field("by", held.by);
  a.field("stream", held.stream);
  a.field("body", held.body);
  a.maybe("event", held.event);
}

template <class A>
void describe(A& a, const MutedView& muted) {
  a.field("person", muted.person);
  a.field("until_at", muted.until_at);
  a.choice("scope", muted.voice, "voice", "chat");
  a.field("reason", muted.reason);
  a.maybe("room", muted.room);
}

template <class A>
void describe(A& a, const OutsiderView& outsider) {
  a.field("person", outsider.person);
  a.field("at", outsider.at);
  a.field("banned", outsider.banned);
  a.field("until_at", outsider.until_at);
  a.field("reason", outsider.reason);
  a.maybe("refused", outsider.refused);
}

template <class A>
void describe(A& a, const RoleView& role) {
  a.field("person", role.person);
  a.field("role", role.role);
  a.field("scope", role.scope);
}

template <class A>
void describe(A& a, const FilterView& filter) {
  a.field("on", filter.on);
  a.field("words", filter.words);
}

template <class A>
void describe_done(A& a, IsSafety<AuditView> auto& entry) {
  a.field("action", entry.action);
  a.maybe("person", entry.person);
  a.maybe("room", entry.room);
  a.maybe("stream", entry.stream);
  a.maybe("offset", entry.offset);
  a.maybe("reason", entry.reason);
  a.maybe("detail", entry.detail);
}

template <class A>
void describe(A& a, const AuditView& entry) {
  a.field("n", entry.n);
  a.field("at", entry.at);
  a.maybe("by", entry.by);
  describe_done(a, entry);
}

// --- Pushes
template <class A>
void describe(A& a, IsSafety<PersonWarned> auto& push) {
  a.field("person", push.person);
  a.field("reason", push.reason);
  a.maybe("event", push.event);
}

template <class A>
void describe(A& a, IsSafety<PersonMoved> auto& push) {
  a.field("person", push.person);
  a.field("room", push.room);
  a.field("reason", push.reason);
  a.maybe("event", push.event);
}

template <class A>
void describe(A& a, IsSafety<PersonBanned> auto& push) {
  a.field("person", push.person);
  a.field("until_at", push.until_at);
  a.field("reason", push.reason);
  a.maybe("event", push.event);
}

template <class A>
void describe(A& a, IsSafety<PersonUnbanned> auto& push) {
  a.field("person", push.person);
  a.field("reason", push.reason);
  a.maybe("event", push.event);
}

template <class A>
void describe(A& a, IsSafety<RoleGranted> auto& push) {
  a.field("person", push.person);
  a.field("role", push.role);
  a.field("scope", push.scope);
  a.field("reason", push.reason);
  a.maybe("capabilities", push.capabilities);
}

template <class A>
void describe(A& a, IsSafety<RoleRevoked> auto& push) {
  a.field("person", push.person);
  a.field("scope", push.scope);
  a.field("reason", push.reason);
  a.maybe("capabilities", push.capabilities);
}

template <class A>
void describe(A& a, IsSafety<ReportFiled> auto& push) {
  a.field("report", push.report);
  a.field("person", push.person);
  a.field("stream", push.stream);
  a.field("of", push.of);
  a.field("reason", push.reason);
  a.field("messages", push.messages);
}

template <class A>
void describe(A& a, IsSafety<ReportClaimed> auto& push) {
  a.field("report", push.report);
  a.field("owner", push.owner);
}

template <class A>
void describe(A& a, IsSafety<ReportResolved> auto& push) {
  a.field("report", push.report);
  a.field("outcome", push.outcome);
  a.field("reason", push.reason);
  a.maybe("person", push.person);
}

template <class A>
void describe(A& a, IsSafety<ReportChanged> auto& push) {
  a.field("event", push.event);
  a.field("report", push.report);
}

template <class A>
void describe(A& a, IsSafety<ReportAnswered> auto& push) {
  a.field("event", push.event);
  a.field("report", push.report);
  a.field("outcome", push.outcome);
}

template <class A>
void describe(A& a, IsSafety<FilterUpdated> auto& push) {
  a.field("on", push.on);
  a.field("words", push.words);
}

template <class A>
void describe(A& a, IsSafety<MessageHeld> auto& push) {
  a.field("held", push.held);
  a.field("stream", push.stream);
  a.field("body", push.body);
  a.maybe("reply_to", push.reply_to);
  a.maybe("event", push.event);
}

template <class A>
void describe(A& a, IsSafety<MessageReviewed> auto& push) {
  a.field("held", push.held);
  a.field("approved", push.approved);
  a.field("reason", push.reason);
  a.maybe("event", push.event);
  a.maybe("person", push.person);
}

template <class A>
void describe(A& a, const DeskActivity::InRoom& room) {
  a.field("room", room.room);
  a.field("messages", room.messages);
  a.field("people", room.people);
}

template <class A>
void describe(A& a, IsSafety<DeskActivity> auto& push) {
  a.field("rooms", push.rooms);
  a.field("guests", push.guests);
  a.field("waiting", push.waiting);
}

template <class A>
void describe(A& a, IsSafety<Audited> auto& push) {
  describe_done(a, push.entry);
}

}  // namespace hallway::shapes
