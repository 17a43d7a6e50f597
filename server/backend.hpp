// What HTTP may ask of the rest of the server. Any thread may call; every callback runs on `home`,
// the io_context that the caller names, and exactly once (a request that dies with the server is
// not called).
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>
#include <vector>

#include "protocol/command.hpp"
#include "protocol/error.hpp"
#include "protocol/reply.hpp"
#include "rooms/event_spec.hpp"
#include "server/accounts.hpp"
#include "server/groups.hpp"
#include "server/privacy.hpp"
#include "server/registry.hpp"

namespace hallway {

/// What a join page may show of an event to whoever holds a link to it.
struct Glimpse {
  EventView event;
  std::vector<std::string> names;  ///< Of up to 12 people who are there now.
  std::int64_t count = 0;
};

class Backend {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  virtual ~Backend() = default;
  virtual void create_event(boost::asio::io_context& home, EventId event, EventSpec spec,
                            Done<EventView> done) = 0;
  /// As `viewer` may see it, who may have to wait to be let in; 0: whole.
  virtual void glimpse(boost::asio::io_context& home, EventId event, PersonId viewer,
                       Done<Glimpse> done) = 0;
  /// As if `person` had sent it over a socket; for PATCH of an event. `as_operator` stands above
  /// all roles.
  virtual void command(boost::asio::io_context& home, EventId event, PersonId person,
                       bool as_operator, Command command, Done<Reply> done) = 0;
  /// A line of the event's log; done once it is durable.
  virtual void note(boost::asio::io_context& home, EventId event, PersonId by, AuditView act,
                    Done<Reply> done) = 0;
  /// Everyone in it is closed 4003 and the place is forgotten; the registry deletes the rows.
  virtual void forget_event(boost::asio::io_context& home, EventId event, Done<bool> done) = 0;
  /// Closes the sockets that this session's token signed in (4002), within 1 s.
  virtual void revoke_session(const TokenHash& hash) = 0;
  /// False while draining or before the start is complete.
  virtual bool ready() const = 0;
  virtual Registry& registry() = 0;
  virtual Accounts& accounts() = 0;
  virtual Groups& groups() = 0;
  virtual Privacy& privacy() = 0;
  /// A place's journal, to be read where it takes longer than a query.
  virtual Journal& journal() = 0;
  /// Runs what may take a second on a thread of low priority.
  virtual void aside(std::function<void()> work) = 0;
  /// Tells each place of an erasure, and ends its sockets.
  virtual void carry_out(PersonId person, Erasure erasure) = 0;
};

}  // namespace hallway
