// The fields of a snapshot and of each kind of stream's state, as codec_shapes.hpp tells fields.
#pragma once

#include <variant>

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
}

template <class A>
void describe(A& a, const TableStreamState& state) {
  a.field("table", state.table);
  a.field("visitors", state.visitors);
  a.field("knocks", state.knocks);
}

template <class A>
void describe(A& a, const DeskStreamState& state) {
  a.field("help", state.help);
  a.field("reports", std::vector<HelpView>{});  // Reports come with a later version.
  a.field("waiting", state.waiting);
}

template <class A>
void describe(A& a, const ConversationStreamState& state) {
  a.field("conversation", state.conversation);
}

template <class A>
void describe(A& a, const PersonStreamState& state) {
  a.field("blocked", state.blocked);
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
