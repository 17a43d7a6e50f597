// Hello under way: what its reply is put together from, and what waits behind that reply.
#pragma once

#include <deque>
#include <utility>
#include <vector>

#include "protocol/limits.hpp"
#include "server/core/session.hpp"

namespace hallway {

struct Session::Greeting {
  /// Answers from places to the greeting itself; commands have positive tickets.
  static constexpr Ticket ticket = -1;
  /// The same for a place that began after hello.
  static constexpr Ticket late_ticket = -2;

  std::int64_t id = 0;
  std::vector<ResumePoint> resume;
  TimeMs role_at = 0;  ///< Of the membership.
  bool vouched = true;
  HelloReply reply;
  std::vector<PersonView> self;  ///< The registry's card, with the role in the event.
  std::deque<PlaceId> next;      ///< Still to be asked, one after another: they share a budget.
  std::vector<Frame> held;       ///< Told after the reply, in this order.
  std::deque<std::pair<std::int64_t, Command>> commands;  ///< Said after hello, decided after it.
  std::size_t pushes_left = limits::recovery_pushes_max;
  std::size_t bytes_left = limits::recovery_bytes_max;
};

}  // namespace hallway
