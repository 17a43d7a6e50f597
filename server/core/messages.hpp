// What sessions, places and shards say to one another: plain values, moved from thread to thread.
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
#include "protocol/reply.hpp"
#include "rooms/decision.hpp"
#include "rooms/event_spec.hpp"
#include "server/backend.hpp"
#include "server/core/frame.hpp"
#include "server/journal.hpp"

namespace hallway {

using ShardIndex = std::uint16_t;

/// Who asks: a session of a shard, or a waiting request of it. Serials are never used again.
struct CallerId {
  ShardIndex shard = 0;
  std::uint64_t serial = 0;
  friend auto operator<=>(const CallerId&, const CallerId&) = default;
};

/// Tells the caller which of its questions is answered: a command's id, or a number of its own.
using Ticket = std::int64_t;

// --- To a place
// ------------------------------------------------------------------------------------

/// A session says hello here: it wants to receive what its person receives.
struct Attach {
  PersonView person;
  TimeMs role_at = 0;  ///< See Arrival.
  bool vouched = true;
  std::vector<ResumePoint> resume;  ///< Those of this place's streams alone.
  std::size_t pushes_left = 0;      ///< What recovery may still take, over all streams.
  std::size_t bytes_left = 0;
  bool late = false;  ///< After hello: the conversation's own snapshot is told too.
};
/// A session is gone.
struct Detach {
  bool bye = false;
};
struct CreateEvent {
  EventSpec spec;
};
struct AskGlimpse {};
struct AskMet {
  std::vector<PersonId> others;
};
struct AskScopes {};
/// The messages at these offsets as they are now, where the person may see them.
struct AskMessages {
  StreamId stream;
  std::vector<Offset> offsets;
};
/// The message at `offset` with those beside it, where the person may see them.
struct AskAround {
  StreamId stream;
  Offset offset = 0;
};
struct ClaimNonce {
  ConversationStart start;
};
/// A line of an event's log about what was done outside of it.
struct NoteAct {
  AuditView act;
};
/// The place is deleted: everyone is closed, nothing is kept.
struct Forget {};

struct PlaceCommand {
  Command command;
  bool met = false;          ///< See Context::met.
  bool as_operator = false;  ///< Above all roles (over HTTP, by the community's own token).
  std::vector<MessageView> around = {};  ///< See Context::around.
};

struct PlaceMessage {
  PlaceId place;
  CallerId caller;  ///< Serial 0: nobody waits for an answer.
  Ticket ticket = 0;
  PersonId person;
  std::variant<PlaceCommand, Attach, Detach, CreateEvent, AskGlimpse, AskMet, AskScopes,
               AskMessages, AskAround, ClaimNonce, PendingFollowUp, NoteAct, Forget>
      body;
};

// --- From a place
// ----------------------------------------------------------------------------------

/// What a place tells a session that attached: the session adds up several into the reply to hello.
struct PlaceWelcome {
  PlaceId place;
  std::vector<StreamTop> streams;
  std::vector<Recovered> recovered;
  std::vector<Reset> reset;
  std::vector<Frame> frames;  ///< Missed pushes and `stream.opened`, in order.
  std::size_t pushes_used = 0;
  std::size_t bytes_used = 0;
  // An event's:
  std::optional<EventView> event;
  std::optional<PlaceView> where;
  std::optional<MuteView> muted;
  Role role = Role::member;
  std::vector<std::string_view> capabilities;
  std::vector<std::pair<RoomId, std::vector<std::string_view>>> room_capabilities;
  bool hushed = false;  ///< See Hush.
  // A person's:
  std::vector<ConversationId> conversations;
  std::vector<std::pair<StreamId, Offset>> reads;
  // A conversation's:
  std::optional<ConversationView> conversation;
};

using Answered = std::variant<Reply, Glimpse, EventView, bool, std::vector<SearchScope>,
                              std::vector<MessageView>, std::shared_ptr<PlaceWelcome>>;

struct Answer {
  CallerId caller;
  Ticket ticket = 0;
  Result<Answered> outcome;
};
/// To every member of a stream on the shard.
struct Deliver {
  StreamId stream;
  Frame frame;
  bool transient = false;
};
/// To one session, without a stream of its own (`stream.sync`).
struct Direct {
  CallerId caller;
  Frame frame;
};
struct Open {
  CallerId caller;
  StreamId stream;
  Frame frame;
};
struct Close {
  CallerId caller;
  StreamId stream;
  Frame frame;
};
struct Kick {
  CallerId caller;
  CloseCode code = CloseCode::normal;
};
/// A place began that concerns the session's person (a new conversation): the session attaches to
/// it.
struct Enlist {
  CallerId caller;
  PlaceId place;
};

/// Whether the people of an event who are not its staff may write to one another directly.
struct Hush {
  CallerId caller;
  bool on = false;
};
/// The session's person was banned somewhere: whether that counts where the session is, it asks the
/// registry, as at its hello.
struct Recheck {
  CallerId caller;
};

using ReleaseOp = std::variant<Answer, Deliver, Direct, Open, Close, Kick, Enlist, Hush, Recheck>;
/// What one turn lets go to one shard, in the order in which it must be seen.
using Release = std::vector<ReleaseOp>;

/// The way between shards. In the server it posts; in a simulation it queues.
class Router {
 public:
  virtual ~Router() = default;
  /// To the place's home shard.
  virtual void to_place(PlaceMessage message) = 0;
  virtual void to_shard(ShardIndex shard, Release release) = 0;
  /// Runs `work` on this router's shard, later. Any thread.
  virtual void post(std::function<void()> work) = 0;
  virtual ShardIndex shards() const = 0;
};

inline ShardIndex home_of(PlaceId place, ShardIndex shards) {
  return static_cast<ShardIndex>(place.value % shards);
}

}  // namespace hallway
