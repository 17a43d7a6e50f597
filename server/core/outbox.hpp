// What a session could not send at once: a bounded queue of shared frames, sent as few large
// messages. One thread (the session's shard).
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "protocol/limits.hpp"
#include "server/core/messages.hpp"

namespace hallway {

class Outbox {
 public:
  enum class Outcome : std::uint8_t { queued, dropped, full };

  /// Beyond half of limits::outbox_bytes_max transient frames are dropped; beyond all of it nothing
  /// more is taken (`full`: the session is closed as slow). Hello's own answers are not counted.
  Outcome push(Frame frame, bool transient = false) {
    const std::size_t size = frame.size();
    if (transient && bytes_ + size > limits::outbox_bytes_max / 2) return Outcome::dropped;
    if (bytes_ + size > limits::outbox_bytes_max) return Outcome::full;
    bytes_ += size;
    if (empty()) {
      single_ = {std::move(frame), true};
    } else {
      queue({std::move(frame), true});
    }
    return Outcome::queued;
  }
  void push_uncounted(Frame frame) { queue({std::move(frame), false}); }

  bool empty() const { return !single_.frame && first_ == frames_.size(); }
  /// Counted bytes, the message under way included.
  std::size_t bytes() const { return bytes_; }
  /// The next message: one frame as it is, or several joined up to about 64 KiB.
  /// Precondition: not empty. The bytes stay counted until `sent`.
  Frame take() {
    if (!single_.frame) return take_joined();
    if (single_.counted) under_way_ += single_.frame.size();
    return std::move(single_.frame);
  }
  /// Precondition: empty. What was sent past the queue is not gone yet: its bytes count until
  /// `sent`.
  void is_under_way(const Frame& frame) {
    bytes_ += frame.size();
    under_way_ += frame.size();
  }
  void sent() {
    bytes_ -= under_way_;
    under_way_ = 0;
  }

 private:
  struct Entry {
    Frame frame;
    bool counted = true;
  };
  void queue(Entry entry);
  void add(Entry entry);
  Frame take_joined();
  void drop_taken();
  /// Many small frames wait for a peer that does not read: copied together they cost the bytes they
  /// have, and no longer hold what all others have let go.
  void join_loose();

  /// While it is the only one that waits, as nearly always: no queue is made for it.
  Entry single_;
  /// From `first_` on; those before it are taken. A deque would keep 600 bytes of each who listens.
  std::vector<Entry> frames_;
  std::size_t first_ = 0;
  std::size_t loose_ = 0;  ///< Small frames at the end that are not joined yet.
  std::size_t bytes_ = 0;
  std::size_t under_way_ = 0;
};

}  // namespace hallway
