// One connection: what it may say and when, the reply to hello put together from several places,
// and its outbox. No I/O: bytes come in through `on_text`, leave through the Transport. One thread
// (its shard's).
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/codec.hpp"
#include "protocol/command.hpp"
#include "protocol/reply.hpp"
#include "server/core/audience.hpp"
#include "server/core/messages.hpp"
#include "server/core/outbox.hpp"
#include "server/core/token_bucket.hpp"
#include "server/core/transport.hpp"
#include "server/registry.hpp"

namespace hallway {

class Hub;

struct SessionSettings {
  LimitsView limits;
};

/// Who the upgrade request says this is: the hash of the session cookie, where there was one.
struct Principal {
  std::optional<TokenHash> cookie;
};

class Session {
 public:
  Session(Hub& hub, Transport& transport, Principal principal, std::uint64_t serial, TimeMs now);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // --- From the transport
  /// A whole text message, valid UTF-8, at most limits::message_bytes_max.
  void on_text(std::string_view message);
  void on_binary();
  /// The message given to the transport is sent.
  void on_sent();

  // --- From the hub
  std::uint64_t serial() const { return serial_; }
  void on_answer(Ticket ticket, Result<Answered> outcome);
  /// Behind all that was said before in the streams to which this session listens.
  void deliver(const Frame& frame, bool transient = false);
  void opened(StreamId stream, const Frame& frame);
  void closed(StreamId stream, const Frame& frame);
  /// A place began that concerns this person: attaches to it too.
  void enlist(PlaceId place);
  void hush(bool on) { hushed_ = on; }
  /// Ends where this person may no longer be in its event: a ban of one event counts in all of the
  /// group.
  void recheck();
  /// Ends the connection once what waits is sent; nothing more is read.
  void close(CloseCode code);
  /// Precondition: closing. The transport closes now, whatever still waits.
  void cut_off();
  void flush();

  // --- From the audiences of the streams to which it listens
  /// At once, if nothing else waits to be sent.
  void hear(const Frame& frame, bool transient);
  /// With the next `flush`.
  void queue(const Frame& frame, bool transient);
  /// Queues all that was said and not heard yet.
  void catch_up();
  bool is_behind_elsewhere(const Audience& here) const;
  void sits_at(const Audience& audience, std::size_t slot);

  bool greeted() const { return state_ == State::ready; }
  bool said_hello() const { return state_ != State::fresh; }
  bool closing() const { return state_ == State::closing; }
  TimeMs heard_at() const { return heard_at_; }
  void ping(TimeMs now);
  const std::optional<TokenHash>& token() const { return token_; }
  /// The places to which this session is attached are told that it is gone.
  void detach_all();

 private:
  friend class Hub;
  /// fresh: before hello. greeting: hello is being put together. ready. closing: nothing more is
  /// heard.
  enum class State : std::uint8_t { fresh, greeting, ready, closing };
  struct Greeting;

  void on_object(std::string_view json);
  void on_command(std::optional<std::int64_t> id, Command command);
  void reply(std::optional<std::int64_t> id, const Reply& reply);
  void refuse_command(std::optional<std::int64_t> id, std::string_view command, Error error);
  /// False: refused (rate, id); the refusal is sent.
  bool admit(const Decoded& decoded);
  void count_refusal(TimeMs now);

  // Hello (session_hello.cpp)
  void on_hello(std::int64_t id, const Hello& hello);
  void attach_next();
  void on_welcome(Result<Answered> outcome);
  void on_late_welcome(Result<Answered> outcome);
  void welcome_stream(const PlaceWelcome& told);
  void finish_greeting();
  /// `banned`, or why it cannot be known.
  std::optional<Error> refuse_shut_out(EventId event) const;
  void fail_greeting(const Error& error, CloseCode code);
  std::vector<ResumePoint> resume_of(PlaceId place) const;

  // Commands that need more than one place (session_flows.cpp)
  void dispatch(std::int64_t id, Command command);
  std::optional<PlaceId> place_for(const Command& command, Error& error) const;
  std::optional<PlaceId> place_for(StreamId stream, Error& error) const;
  void to_place(PlaceId place, Ticket ticket, Command command, bool met = false);
  void start_conversation(std::int64_t id, ConversationStart command);
  void search(std::int64_t id, MessageSearch command);
  struct Search;
  void search_next(std::shared_ptr<Search> search);
  void get_people(std::int64_t id, PersonGet command);
  void remember_people(const PlaceWelcome& told);
  void file_report(std::int64_t id, ReportFile command);
  /// Whether the command would say something in a conversation.
  static bool is_direct(const Command& command);
  bool is_hushed() const;
  bool knows(PersonId person) const;
  void ask(PlaceMessage message, std::function<void(Result<Answered>)> then);

  // What a delivery looks at stands together.
  Transport& transport_;
  std::unique_ptr<Greeting> greeting_;
  State state_ = State::fresh;
  bool sending_ = false;
  bool is_dirty_ = false;
  bool said_bye_ = false;
  bool hushed_ = false;   ///< Direct messages rest: the event is locked down.
  bool counted_ = false;  ///< Among those that have been answered their hello.
  Outbox outbox_;
  std::size_t dirty_at_ = 0;  ///< Where in the hub's list.
  Hub& hub_;
  const std::uint64_t serial_;
  std::optional<TokenHash> token_;  ///< The cookie's, or else what hello gave.
  PersonId person_;
  EventId event_;
  std::int64_t last_id_ = 0;
  TimeMs heard_at_ = 0;
  TokenBucket commands_;
  TimeMs refusals_since_ = 0;
  std::size_t refusals_ = 0;
  std::vector<PlaceId> attached_;
  std::vector<PersonId> correspondents_;  ///< Those of its conversations, in order.
  struct Listening {
    Audience* audience = nullptr;  ///< The hub's.
    std::size_t slot = 0;
  };
  std::vector<Listening> listens_;
  /// Ids of commands under way → their name, for the metrics of their outcome.
  std::vector<std::pair<Ticket, std::string_view>> under_way_;
  std::optional<CloseCode> close_when_sent_;
};

}  // namespace hallway
