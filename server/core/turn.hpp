// One turn's releases: what places let go, in order, with the pushes of one stream in one buffer.
// One thread (the place host's shard).
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/core/messages.hpp"

namespace hallway {

/// Collects in order; `split` makes one Release a shard.
class Turn {
 public:
  /// A reply to a command: it goes ahead of everything else in the turn, so that it comes before
  /// the push that the command caused.
  void answer_first(Answer answer) { first_.push_back(std::move(answer)); }
  /// What was read from the state: it keeps its place between the pushes before and after it.
  void answer_in_order(Answer answer);
  void direct(CallerId caller, Frame frame);
  /// The buffer to which the next push of `stream` is to be appended (a '\n' in between is there
  /// already).
  std::string& buffer(StreamId stream, bool transient);
  void open(CallerId caller, StreamId stream, Frame frame);
  void close(CallerId caller, StreamId stream, Frame frame);
  void kick(CallerId caller, CloseCode code);
  void enlist(CallerId caller, PlaceId place);
  void hush(CallerId caller, bool on);
  void recheck(CallerId caller);

  bool empty() const { return first_.empty() && ops_.empty(); }
  /// Appends everything of `later` behind this.
  void append(Turn&& later);
  /// One release for each of `shards`; deliveries go to every shard. This turn is empty afterwards.
  std::vector<Release> split(ShardIndex shards);
  /// When a commit fails: nothing that was decided is told; who waits for an answer is told
  /// `error`, and sessions whose hello was under way are closed to come back.
  std::vector<Release> split_refused(ShardIndex shards, const Error& error);

 private:
  struct Delivery {
    StreamId stream;
    std::shared_ptr<std::string> buffer;
    bool transient = false;
  };
  using Op = std::variant<Answer, Delivery, Direct, Open, Close, Kick, Enlist, Hush, Recheck>;

  std::vector<Answer> first_;
  std::vector<Op> ops_;
  /// Where the next push of a stream may still be appended: no other op of this stream came since.
  std::unordered_map<StreamId, std::shared_ptr<std::string>> durable_tail_;
};

}  // namespace hallway
