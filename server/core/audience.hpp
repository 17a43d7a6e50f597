// Who on a shard listens to one stream, and what was said there that not all of them have heard.
// Nothing is queued for each of them: what is said stands once, and everyone has a mark of how far
// they have heard. One thread (the shard's).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "protocol/ids.hpp"
#include "server/core/frame.hpp"

namespace hallway {

class Session;

class Audience {
 public:
  explicit Audience(StreamId stream) : stream_(stream) {}

  StreamId stream() const { return stream_; }
  std::size_t size() const { return listeners_.size() - (backlog_ ? backlog_->gaps.size() : 0); }

  /// Hears what is said from now on. The slot is the listener's until `remove`, or until
  /// `Session::sits_at` says otherwise.
  std::size_t add(Session& session);
  void remove(std::size_t slot);

  /// Precondition: somebody listens. True: before it, nobody was waiting to be told.
  bool say(Frame frame, bool transient);
  bool is_waiting() const { return backlog_ != nullptr; }
  bool is_behind(std::size_t slot) const { return listeners_[slot].heard != said_to_; }
  /// Puts what this listener has not heard behind what waits for them already.
  void catch_up(std::size_t slot);
  /// Tells so many who have not heard everything. `others_wait`: who listens to such another stream
  /// is left to hear all of it in one message.
  void serve(std::size_t count, bool others_wait);

 private:
  struct Listener {
    Session* session = nullptr;  ///< Null: gone while others were waiting.
    std::uint64_t heard = 0;
  };
  struct Said {
    Frame frame;
    bool transient = false;
  };

  /// While somebody has not heard everything.
  struct Backlog {
    std::vector<Said> said;  ///< The last is number `said_to_`.
    std::size_t behind = 0;  ///< How many have not heard all of it.
    /// Slots of those who are gone: nobody moves while somebody is behind.
    std::vector<std::size_t> gaps;
    /// Whose turn it is; everyone has one before somebody has a second.
    std::size_t at = 0;
    std::uint64_t round_began_at = 0;  ///< Heard by everyone when the round is over.
    /// Made once for all who have heard equally far: what was said after `joined_from`.
    std::vector<Said> joined;
    std::uint64_t joined_from = 0;
    std::uint64_t joined_to = 0;
  };

  /// Precondition for these: there is a backlog.
  void tell(Listener& listener);
  /// What was said after `heard`, in as few frames as it fits in.
  const std::vector<Said>& joined(std::uint64_t heard);
  Said join_from(std::size_t& next) const;
  void begin_round();
  void has_heard_all();
  void end_backlog();

  StreamId stream_;
  std::vector<Listener> listeners_;
  std::uint64_t said_to_ = 0;  ///< The number of what was said last.
  std::unique_ptr<Backlog> backlog_;
};

}  // namespace hallway
