// What a place answers: pushes to apply, journal and send, the reply, and what it causes elsewhere.
// Pure values; nothing here knows of clocks, sockets or storage.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/command.hpp"
#include "protocol/error.hpp"
#include "protocol/limits.hpp"
#include "protocol/push.hpp"
#include "protocol/reply.hpp"

namespace hallway {

/// Settings of an installation that rules depend on. Told to clients in hello.
struct Settings {
  double messages_per_s = 1;  ///< A person and stream.
  std::int64_t messages_burst = 20;
  std::int64_t connections_max = 10;               ///< A person.
  std::int64_t announce_ms = limits::announce_ms;  ///< From a round's announcement to its start.
  std::int64_t wrap_ms = limits::wrap_ms;          ///< Of wrapping a round up.
};

/// Time and chance, as arguments; and what other places were asked before this one decides.
struct Context {
  TimeMs now = 0;
  std::uint64_t seed = 0;  ///< Fresh for every decision; new ids and choices are drawn from it.
  bool met = false;  ///< `conversation.start`: the starter has sat at a table with all the others.
  /// `report.file`: a conversation's messages around the one reported, as its reader sees them.
  std::vector<MessageView> around = {};
};

/// A person's connection reaches an event or their own place.
struct Arrival {
  PersonView person;   ///< Card and role as the registry has them.
  TimeMs role_at = 0;  ///< Since when it has that role; 0: from of old.
  /// Another site or the event's group knows them: an account that one made for oneself is not
  /// enough.
  bool vouched = true;
};

/// Something this place causes at another. Journaled in the same transaction, delivered at least
/// once, applied once, and decided anew by the target (`Place::receive`).
struct FollowUp {
  PlaceId target;
  PersonId by;
  PushData data;
};

/// Streams one may search, with the slices of them that are one's to see.
struct SearchScope {
  StreamId stream;
  std::vector<std::pair<Offset, Offset>> slices;  ///< Inclusive; empty: all of it.
};

/// A seating to compute; see round_seating.hpp.
struct SeatingTask;
struct SeatingOutcome;

struct Decision {
  std::vector<Push> pushes;  ///< In order, not yet numbered (`offset` 0).
  std::optional<Error> refusal;
  /// A `PostedReply` with offset 0 is completed with offset and time of the first durable push, or
  /// answered `{}` if there is none.
  Reply reply = NothingReply{};
  std::vector<FollowUp> follow_ups;
  std::vector<std::pair<PersonId, CloseCode>>
      closes;  ///< People whose connections end, after the pushes.
  /// Slow work, done off the shard; its outcome comes back to the same place (`Place::worked`).
  std::shared_ptr<const SeatingTask> work = {};
  /// With `work`: whoever asked is answered by what `worked` decides.
  bool answers_later = false;
};

inline Decision refused(Error error) {
  Decision decision;
  decision.refusal = std::move(error);
  return decision;
}

/// Missed pushes in order, or why not.
struct Recovery {
  std::optional<ResetReason> reset;
  Offset from = 0;  ///< The client's last offset.
  Offset to = 0;    ///< The top when this was read.
  std::vector<Push> pushes;
};

}  // namespace hallway
