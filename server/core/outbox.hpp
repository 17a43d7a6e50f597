// What a session could not send at once: a bounded queue of shared frames, sent as few large
// messages. One thread (the session's shard).
#pragma once

#include <cstddef>
#include <vector>

#include "server/core/messages.hpp"

namespace hallway {

class Outbox {
 public:
  enum class Outcome : std::uint8_t { queued, dropped, full };

  /// Beyond half of limits::outbox_bytes_max transient frames are dropped; beyond all of it nothing
  /// more is taken (`full`: the session is closed as slow). Hello's own answers are not counted.
  Outcome push(Frame frame, bool transient = false);
  void push_uncounted(Frame frame);

  bool empty() const { return first_ == frames_.size(); }
  /// Counted bytes, the message under way included.
  std::size_t bytes() const { return bytes_; }
  /// The next message: one frame as it is, or several joined up to about 64 KiB.
  /// Precondition: not empty. The bytes stay counted until `sent`.
  Frame take();
  void sent();

 private:
  struct Entry {
    Frame frame;
    bool counted = true;
  };
  void drop_taken();
  /// Many small frames wait for a peer that does not read: copied together they cost the bytes they
  /// have, and no longer hold what all others have let go.
  void join_loose();

  /// From `first_` on; those before it are taken. A deque would keep 600 bytes of each who listens.
  std::vector<Entry> frames_;
  std::size_t first_ = 0;
  std::size_t loose_ = 0;  ///< Small frames at the end that are not joined yet.
  std::size_t bytes_ = 0;
  std::size_t under_way_ = 0;
};

}  // namespace hallway
