#include "server/core/outbox.hpp"

#include "protocol/limits.hpp"

namespace hallway {
namespace {
constexpr std::size_t joined_bytes_max = 64 * 1024;
}

Outbox::Outcome Outbox::push(Frame frame, bool transient) {
  const std::size_t size = frame.size();
  if (transient && bytes_ + size > limits::outbox_bytes_max / 2) return Outcome::dropped;
  if (bytes_ + size > limits::outbox_bytes_max) return Outcome::full;
  bytes_ += size;
  frames_.push_back({std::move(frame), true});
  return Outcome::queued;
}

void Outbox::push_uncounted(Frame frame) {
  frames_.push_back({std::move(frame), false});
}

Frame Outbox::take() {
  Entry first = std::move(frames_.front());
  frames_.pop_front();
  if (first.counted) under_way_ += first.frame.size();
  if (frames_.empty() || first.frame.size() + frames_.front().frame.size() >= joined_bytes_max) {
    return std::move(first.frame);
  }
  auto joined = std::make_shared<std::string>(Frame::room());
  joined->append(first.frame.text());
  while (!frames_.empty() && joined->size() + frames_.front().frame.size() < joined_bytes_max) {
    joined->push_back('\n');
    joined->append(frames_.front().frame.text());
    if (frames_.front().counted) under_way_ += frames_.front().frame.size();
    frames_.pop_front();
  }
  return Frame(std::move(joined));
}

void Outbox::sent() {
  bytes_ -= under_way_;
  under_way_ = 0;
}

}  // namespace hallway
