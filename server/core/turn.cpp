#include "server/core/turn.hpp"

#include <iterator>

namespace hallway {

void Turn::answer_in_order(Answer answer) {
  durable_tail_.clear();
  ops_.emplace_back(std::move(answer));
}

void Turn::direct(CallerId caller, Frame frame) {
  durable_tail_.clear();
  ops_.emplace_back(Direct{caller, std::move(frame)});
}

std::string& Turn::buffer(StreamId stream, bool transient) {
  if (!transient) {
    if (const auto tail = durable_tail_.find(stream); tail != durable_tail_.end()) {
      tail->second->push_back('\n');
      return *tail->second;
    }
  }
  auto buffer = std::make_shared<std::string>(Frame::room());
  ops_.emplace_back(Delivery{stream, buffer, transient});
  if (!transient) durable_tail_.emplace(stream, buffer);
  return *buffer;
}

void Turn::open(CallerId caller, StreamId stream, Frame frame) {
  durable_tail_.erase(stream);
  ops_.emplace_back(Open{caller, stream, std::move(frame)});
}

void Turn::close(CallerId caller, StreamId stream, Frame frame) {
  durable_tail_.erase(stream);
  ops_.emplace_back(Close{caller, stream, std::move(frame)});
}

void Turn::kick(CallerId caller, CloseCode code) {
  ops_.emplace_back(Kick{caller, code});
}

void Turn::enlist(CallerId caller, PlaceId place) {
  ops_.emplace_back(Enlist{caller, place});
}

void Turn::hush(CallerId caller, bool on) {
  ops_.emplace_back(Hush{caller, on});
}

void Turn::recheck(CallerId caller) {
  ops_.emplace_back(Recheck{caller});
}

void Turn::append(Turn&& later) {
  durable_tail_.clear();
  // Answers of the later part may pass its own pushes, never what this part has queued before them.
  if (ops_.empty()) {
    first_.insert(first_.end(), std::make_move_iterator(later.first_.begin()),
                  std::make_move_iterator(later.first_.end()));
  } else {
    for (Answer& answer : later.first_) ops_.emplace_back(std::move(answer));
  }
  ops_.insert(ops_.end(), std::make_move_iterator(later.ops_.begin()),
              std::make_move_iterator(later.ops_.end()));
  later = Turn{};
}

std::vector<Release> Turn::split(ShardIndex shards) {
  std::vector<Release> releases(shards);
  for (Answer& answer : first_) {
    const ShardIndex shard = answer.caller.shard;
    releases[shard].emplace_back(std::move(answer));
  }
  for (Op& op : ops_) {
    if (auto* delivery = std::get_if<Delivery>(&op)) {
      // A slow reader may hold it for long: what the string grew by in being written is given back.
      delivery->buffer->shrink_to_fit();
      const Frame frame(delivery->buffer);
      for (Release& release : releases) {
        release.emplace_back(Deliver{delivery->stream, frame, delivery->transient});
      }
      continue;
    }
    std::visit(
        [&](auto& other) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(other)>, Delivery>) {
            const ShardIndex shard = other.caller.shard;
            releases[shard].emplace_back(std::move(other));
          }
        },
        op);
  }
  *this = Turn{};
  return releases;
}

std::vector<Release> Turn::split_refused(ShardIndex shards, const Error& error) {
  std::vector<Release> releases(shards);
  const auto refuse_answer = [&](Answer& answer) {
    const bool greeting = answer.outcome.has_value() &&
                          std::holds_alternative<std::shared_ptr<PlaceWelcome>>(*answer.outcome);
    const CallerId caller = answer.caller;
    // A refusal was decided on state that may be gone with the commit: it is told as unavailable
    // too.
    answer.outcome = error;
    releases[caller.shard].emplace_back(std::move(answer));
    if (greeting) releases[caller.shard].emplace_back(Kick{caller, CloseCode::storage_away});
  };
  for (Answer& answer : first_) refuse_answer(answer);
  for (Op& op : ops_) {
    if (auto* answer = std::get_if<Answer>(&op)) refuse_answer(*answer);
  }
  *this = Turn{};
  return releases;
}

}  // namespace hallway
