// One person of the load client, speaking hallway.v1: joins, says hello, resumes, keeps what is
// unacknowledged and sends it again, and tells its owner what happened.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "load/connection.hpp"
#include "load/http_call.hpp"
#include "load/loop.hpp"
#include "load/wire.hpp"

namespace hallway::load {

/// An invitation link, taken apart: http://HOST:PORT/j/INVITE, loopback only.
struct Link {
  Endpoint endpoint;
  std::string invite;
  std::uint16_t tls_port = 0;  // of the WebSockets; 0: without TLS, at the endpoint
};
/// Throws std::invalid_argument with a sentence when the link is none, or leads elsewhere.
[[nodiscard]] Link parse_link(std::string_view link);

struct Profile {
  std::string name;
  std::string about;
  std::string ask;
  std::string offer;
  std::string org;
  std::string title;
};

/// How far a client has come in a stream.
struct StreamPoint {
  std::string epoch;
  std::uint64_t offset = 0;
};

/// The reply or the refusal to one command.
struct Answer {
  bool ok = false;
  wire::Value body;  // the reply's ok, or the refusal's err
  [[nodiscard]] std::string code() const { return ok ? "" : body["code"].text(); }
};
using OnAnswer = std::function<void(const Answer&)>;

/// A durable command that is kept until it is answered for good.
struct Kept {
  std::string nonce;
  std::string cmd;
  std::string stream;  // empty for a command without one
  std::string body;    // the words in it, if any
  std::string data;    // its whole d
  OnAnswer on_answer;
  int tries = 0;
  std::vector<std::int64_t> ids;  // of the tries on this connection that have no answer yet
  std::int64_t sent_us = 0;       // of the last try
  std::int64_t not_before_us = 0;
};

struct Push {
  std::string name;
  std::string stream;
  std::uint64_t offset = 0;  // 0: transient
  std::int64_t at_ms = 0;
  std::string by;
  wire::Value data;
  std::size_t bytes = 0;
};

struct MemberSettings {
  std::int64_t answer_limit_ms = 4'000;
  std::int64_t backoff_base_ms = 500;
  std::int64_t backoff_max_ms = 30'000;
  bool return_by_itself = true;
  /// Pushes are not parsed where they can be told by their first bytes: for sheer numbers.
  bool ignore_pushes = false;
  LineSettings line;
};

/// Owned by its scenario, used on the loop's thread.
class Member final : private Connection::Events {
 public:
  class Events {
   public:
    /// The whole message; true when it was dealt with and must not be parsed.
    virtual bool on_raw(std::string_view) { return false; }
    virtual void on_joined() {}
    /// Something that will not pass by itself: a dead link, a refusal of hello, a final close.
    virtual void on_refused(const std::string&) {}
    virtual void on_resume(const std::map<std::string, StreamPoint>&) {}
    virtual void on_hello(const wire::Value&) {}
    virtual void on_opened(const std::string&, const wire::Value&) {}
    virtual void on_closed(const std::string&) {}
    virtual void on_push(const Push&) {}
    virtual void on_sent(const Kept&) {}
    virtual void on_answered(const Kept&, const Answer&) {}
    virtual void on_lost(int) {}

   protected:
    ~Events() = default;
  };

  Member(Loop& loop, const Link& link, Profile profile, Events& events, TrafficCount& traffic,
         std::uint64_t seed, MemberSettings settings = {});
  ~Member();
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;

  /// Makes the person, then connects.
  void join();
  /// Makes the person only; on_joined tells.
  void sign_in();
  void connect();
  /// For a floor server, which speaks no protocol: no hello, and the path names one's group.
  void be_bare(std::string path) { bare_path_ = std::move(path); }
  /// Loses the connection and comes back after a while (0: with backoff; below 0: not at all).
  void drop(std::int64_t back_after_ms);
  /// Says bye and stays away.
  void leave();
  /// Stops reading and answering without closing.
  void pause(bool paused) { connection_.pause(paused); }

  /// A command that states an end state or asks: sent once, forgotten when the connection goes
  /// (its answer is then a refusal with code "lost"). Nothing happens before hello is answered.
  void ask(std::string_view cmd, const wire::Fields& data, OnAnswer on_answer = {});
  /// A command with a nonce, kept until it is answered.
  void keep(std::string_view cmd, wire::Fields data, std::string stream, std::string body,
            std::string nonce, OnAnswer on_answer = {});
  [[nodiscard]] std::string fresh_nonce();
  void send_frame(std::string_view frame) { connection_.send_frame(frame); }
  void send_text(std::string_view text) { connection_.send_text(text); }

  [[nodiscard]] bool is_ready() const { return ready_; }
  [[nodiscard]] bool is_joined() const { return !token_.empty(); }
  [[nodiscard]] const std::string& person() const { return person_; }
  [[nodiscard]] const std::string& event() const { return event_; }
  [[nodiscard]] const std::string& token() const { return token_; }
  [[nodiscard]] const Profile& profile() const { return profile_; }
  [[nodiscard]] const std::map<std::string, StreamPoint>& streams() const { return streams_; }
  [[nodiscard]] std::size_t unanswered() const { return kept_.size(); }
  [[nodiscard]] std::int64_t next_id() { return ++last_id_; }
  std::mt19937_64& chance() { return chance_; }

 private:
  void on_open() override;
  void on_text(std::string_view message) override;
  void on_gone(int close_code) override;

  void handle_session(const HttpAnswer& answer);
  void handle_object(std::string_view text);
  void handle_reply(std::int64_t id, const wire::Value& object);
  void handle_hello(const Answer& answer);
  void handle_push(const wire::Value& object, std::size_t bytes);
  void settle(std::int64_t id, const Answer& answer);
  void send_command(std::int64_t id, std::string_view cmd, std::string_view data);
  void send_due();
  void schedule(std::int64_t at_us);
  void return_later(std::int64_t delay_ms);
  void fail_asked();
  void refuse(const std::string& why);

  Loop& loop_;
  Link link_;
  Profile profile_;
  Events& events_;
  MemberSettings settings_;
  std::mt19937_64 chance_;
  Connection connection_;
  std::unique_ptr<HttpCall> call_;
  std::string bare_path_;
  std::string token_;
  std::string person_;
  std::string event_;
  bool ready_ = false;
  bool stopped_ = false;
  int failures_ = 0;
  std::int64_t last_id_ = 0;
  std::int64_t hello_id_ = 0;
  std::map<std::string, StreamPoint> streams_;
  std::unordered_map<std::int64_t, OnAnswer> asked_;
  std::deque<Kept> kept_;
  std::unordered_map<std::int64_t, Kept> late_;  // tries whose command another try has settled
  Loop::Timer return_timer_ = 0;
  Loop::Timer send_timer_ = 0;
  std::int64_t send_timer_us_ = 0;
};

}  // namespace hallway::load
