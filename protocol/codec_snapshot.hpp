// The fields of a snapshot and of each kind of stream's state, as codec_shapes.hpp tells fields.
#pragma once

#include <variant>

#include "protocol/codec_round_shapes.hpp"
#include "protocol/codec_safety_shapes.hpp"
#include "protocol/codec_shapes.hpp"
#include "protocol/view.hpp"

namespace hallway::shapes {

template <class A>
void describe(A& a, const EventStreamState& state) {
  a.field("event", state.event);
}

template <class A>
void describe(A& a, const RoomStreamState& state) {
  a.field("room", state.room);
  a.field("people", state.people);
  a.field("count", state.count);
  a.field("sitting_out", state.sitting_out);
  a.field("joining_in", state.joining_in);
  a.field("broadcast", state.broadcast);
}

template <class A>
void describe(A& a, const TableStreamState& state) {
  a.field("table", state.table);
  a.field("people", state.people);
  a.field("visitors", state.visitors);
  a.field("knocks", state.knocks);
  a.maybe("opener", state.opener);
  a.maybe("shrunk", state.shrunk);
  if (const auto& asked = state.time_asked) {
    a.object("time_asked", [&](A& inner) { describe_agreed(inner, *asked); });
  }
}

template <class A>
void describe(A& a, const DeskStreamState& state) {
  a.field("help", state.help);
  a.field("reports", state.reports);
  a.field("reports_open", state.reports_open);
  a.field("waiting", state.waiting);
  a.field("time_asked", state.time_asked);
  a.field("held", state.held);
  a.field("held_open", state.held_open);
  a.field("muted", state.muted);
  a.field("removed", state.removed);
  a.field("roles", state.roles);
  a.field("filter", state.filter);
}

template <class A>
void describe(A& a, const ConversationStreamState& state) {
  a.field("conversation", state.conversation);
}

template <class A>
void describe(A& a, const PersonStreamState& state) {
  a.field("blocked", state.blocked);
  if (!state.held.empty()) a.field("held", state.held);
}

template <class A>
void describe(A& a, const Snapshot& snapshot) {
  a.field("epoch", snapshot.epoch);
  a.field("offset", snapshot.offset);
  std::visit(
      [&](const auto& state) {
        if constexpr (std::is_same_v<std::decay_t<decltype(state)>, std::monostate>) {
          a.null("state");
        } else {
          a.field("state", state);
        }
      },
      snapshot.state);
  a.field("messages", snapshot.messages);
  a.field("more", snapshot.more);
}

}  // namespace hallway::shapes
