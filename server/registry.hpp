// Port: who and what there is beside the streams: people, roles, sessions, invitations, events,
// search. Reads may be called from any thread and block for one indexed query. Writes go through
// the journal's one writer, in its group commits.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/reply.hpp"
#include "protocol/view.hpp"
#include "rooms/decision.hpp"

namespace hallway {

/// SHA-256 of a token: what is stored signs nobody in.
using TokenHash = std::array<std::uint8_t, 32>;

struct SessionOwner {
  PersonId person;
  bool is_operator =
      false;  ///< From `hallway admin token`: may create events; is no person (id 0).
};

/// Somebody was removed or banned.
struct Ban {
  std::optional<TimeMs> until_at;  ///< nullopt: until it is lifted.
  std::string reason;
};

struct Membership {
  PersonView person;  ///< Card and role in the event.
  EventId event;
  TimeMs role_at = 0;   ///< Since when it has that role; 0: from of old.
  bool vouched = true;  ///< See Arrival.
};

struct Invitation {
  TokenHash hash{};
  EventId event;
  Role role = Role::member;
  TimeMs created_at = 0;
  std::optional<TimeMs> expires_at;
  std::optional<std::int64_t> uses;  ///< Left; nullopt: unlimited.
  std::int64_t used = 0;             ///< By so many people.
};

/// A newcomer by invitation: counted, and made a person with a role and a session, in one
/// transaction.
struct Join {
  TokenHash invitation{};
  TokenHash session{};
  PersonId person;  ///< New, or (coming back) known already.
  bool returning =
      false;  ///< No new person and no use is counted where they belong to the event already.
  Card card;  ///< Ignored when returning.
  TimeMs now = 0;
  TimeMs expires_at = 0;  ///< Of the session.
  std::string client;     ///< What it is held by: `Firefox on Linux`.
};
struct Joined {
  EventId event;
  PersonView person;
};

class Registry {
 public:
  template <class T>
  using Done =
      std::function<void(Result<T>)>;  ///< Called once, on the writer's thread, after the commit.

  virtual ~Registry() = default;

  // --- Reads
  /// `unauthenticated` if unknown, `session_expired` if it was once good.
  virtual Result<SessionOwner> session(const TokenHash& hash, TimeMs now) = 0;
  /// `not_found` unless the person belongs to the event. Organisers of an event are members of it.
  virtual Result<Membership> membership(EventId event, PersonId person) = 0;
  /// Why this person may not be in the event, or in any of its group's, if so. Whoever organises
  /// this event answers for it, whatever another one of the group decided.
  virtual Result<std::optional<Ban>> ban(EventId event, PersonId person, TimeMs now) = 0;
  /// For whom nobody vouches (see Arrival), in an event in lockdown, and nobody of its staff.
  virtual Result<bool> is_hushed(PersonId person) = 0;
  virtual Result<std::vector<PersonView>> members(EventId event) = 0;
  /// Those of the members who are more than a member: few, however many come.
  virtual Result<std::vector<PersonView>> staff(EventId event) = 0;
  /// Pairs of members of the event of whom the first blocks the second.
  virtual Result<std::vector<std::pair<PersonId, PersonId>>> blocks(EventId event) = 0;
  /// Those known, in any order; role and state are not filled in, whether a guest is.
  virtual Result<std::vector<PersonView>> people(const std::vector<PersonId>& people) = 0;
  /// `not_found` for unknown, expired, revoked or used up.
  virtual Result<Invitation> invitation(const TokenHash& hash, TimeMs now) = 0;
  /// Of one event, oldest first; also those that are expired or used up.
  virtual Result<std::vector<Invitation>> invitations(EventId event) = 0;
  virtual Result<EventView> event(EventId event) = 0;
  virtual Result<std::vector<EventView>> events() = 0;
  virtual Result<EventId> latest_event_of(PersonId person) = 0;
  /// Newest first, within `scopes`; `before` is the last answer's, 0 at first. Only offsets and
  /// streams are certain: the place reads the message itself.
  struct Hit {
    StreamId stream;
    MessageView message;
    std::uint64_t row = 0;
  };
  virtual Result<std::vector<Hit>> search(const std::string& query,
                                          const std::vector<SearchScope>& scopes,
                                          std::uint64_t before, std::int64_t limit) = 0;

  // --- Writes
  /// `not_found` when the invitation is dead: unknown, expired, revoked, or used up.
  virtual void join(Join join, Done<Joined> done) = 0;
  virtual void put_invitation(Invitation invitation, Done<bool> done) = 0;
  /// True if there was one to revoke.
  virtual void revoke_invitation(TokenHash hash, Done<bool> done) = 0;
  virtual void put_operator(TokenHash hash, TimeMs now, TimeMs expires_at, Done<bool> done) = 0;
  virtual void drop_session(TokenHash hash, Done<bool> done) = 0;
  /// An event and all that belongs to it alone: streams, invitations, memberships, search rows.
  virtual void delete_event(EventId event, Done<bool> done) = 0;
};

}  // namespace hallway
