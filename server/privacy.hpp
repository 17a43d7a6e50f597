// Port: what people and organisers may ask of what is stored: who was there, all of an event, all
// of a person; and its end, by time or at a person's wish. Threads and blocking as for the
// registry; reads of a whole event or person take longer than one query, so they are asked off the
// shards.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/push.hpp"
#include "server/journal.hpp"
#include "server/registry.hpp"

namespace hallway {

/// A push as it is stored; `data` is JSON.
struct StoredPush {
  std::uint64_t row = 0;
  StreamId stream;
  Offset offset = 0;
  TimeMs at = 0;
  PersonId by;
  std::string type;
  std::string data;
};

struct StoredPage {
  std::vector<StoredPush> pushes;
  bool more = false;
};

/// What is kept of a person beside what they said. Hashes and keys, which are worth nothing to
/// them, are counted.
struct Holdings {
  struct Session {
    TimeMs created_at = 0;
    TimeMs expires_at = 0;
    TimeMs seen_at = 0;
    std::string client;
  };
  struct Account {
    std::string login;
    TimeMs created_at = 0;
    std::int64_t recovery_codes = 0;  ///< Left.
  };
  /// What another site said of them when they came last.
  struct Identity {
    std::string issuer;
    std::string subject;
    std::string groups;  ///< JSON: pairs of a group and a role.
    TimeMs seen_at = 0;
  };
  struct BannedFrom {
    GroupId group;  ///< Of all its events; 0: of `event` alone.
    EventId event;  ///< That said so.
    std::optional<TimeMs> until_at;
    std::string reason;
  };
  struct InEvent {
    EventId event;
    std::string title;
    Role role = Role::member;
    TimeMs joined_at = 0;
  };
  PersonView person;
  std::optional<Account> account;
  std::vector<Identity> identities;
  std::vector<Session> sessions;
  std::vector<TimeMs> devices;  ///< When each browser signed in last.
  std::vector<InEvent> events;
  std::vector<ConversationId> conversations;
  std::vector<PersonId> blocked;
  std::vector<BannedFrom> bans;
};

/// What an erasure leaves to be done: the words in each place, and the sockets.
struct Erasure {
  std::vector<PendingFollowUp> follow_ups;
  std::vector<TokenHash> sessions;
};

class Privacy {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  virtual ~Privacy() = default;

  // --- Reads
  /// Pushes and facts of a place behind `row`, in order, until they have so many bytes; one at
  /// least.
  virtual Result<StoredPage> stored_pushes(PlaceId place, std::uint64_t row,
                                           std::size_t bytes_max) = 0;
  /// Those that tell who came and went, in order.
  virtual Result<std::vector<Push>> attendance_pushes(EventId event) = 0;
  /// What `person` caused in a place, and what was done to them there.
  virtual Result<std::vector<StoredPush>> pushes_about(PlaceId place, PersonId person) = 0;
  virtual Result<Holdings> holdings(PersonId person) = 0;
  /// Events that have been over for longer than they are to be kept.
  virtual Result<std::vector<EventId>> events_past_retention(TimeMs now) = 0;
  /// Guests who belong to no event and no group any more.
  virtual Result<std::vector<PersonId>> stranded_guests() = 0;

  // --- Writes
  /// All that is a person's own ends, in one transaction: card, account, sessions, groups, blocks,
  /// memory of meetings, their own stream. What they said in other places is told of in follow-ups,
  /// which a restart resumes. `not_found`; `conflict` where they alone organise an event that is
  /// not over, or a group, to which others belong.
  virtual void erase_person(PersonId person, Done<Erasure> done) = 0;
};

}  // namespace hallway
