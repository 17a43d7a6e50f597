#include "server/core/outbox.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace hallway {
namespace {
constexpr std::size_t loose_max = 64;
constexpr std::size_t loose_bytes_max = 1000;  ///< So that all of them fit in one message.
}  // namespace

void Outbox::queue(Entry entry) {
  if (single_.frame) add(std::move(single_));
  add(std::move(entry));
}

void Outbox::add(Entry entry) {
  const bool is_loose = entry.counted && entry.frame.size() <= loose_bytes_max;
  frames_.push_back(std::move(entry));
  loose_ = is_loose ? loose_ + 1 : 0;
  if (loose_ == loose_max) join_loose();
}

void Outbox::join_loose() {
  const auto begin = frames_.end() - static_cast<std::ptrdiff_t>(loose_);
  std::size_t size = frame_header_bytes_max + loose_;
  for (auto each = begin; each != frames_.end(); ++each) size += each->frame.size();
  auto joined = std::make_shared<std::string>(Frame::room());
  joined->reserve(size);
  for (auto each = begin; each != frames_.end(); ++each) {
    if (each != begin) joined->push_back('\n');
    joined->append(each->frame.text());
  }
  frames_.erase(begin, frames_.end());
  frames_.push_back({Frame(std::move(joined)), true});
  bytes_ += loose_ - 1;
  loose_ = 0;
}

Frame Outbox::take_joined() {
  const auto take_first = [this] {
    Entry& entry = frames_[first_++];
    if (entry.counted) under_way_ += entry.frame.size();
    return std::move(entry.frame);
  };
  const auto fits = [this](std::size_t bytes) {
    return !empty() && bytes + 1 + frames_[first_].frame.size() <= joined_bytes_max;
  };
  Frame first = take_first();
  if (fits(first.size())) {
    auto joined = std::make_shared<std::string>(Frame::room());
    joined->append(first.text());
    while (fits(joined->size())) {
      joined->push_back('\n');
      joined->append(take_first().text());
    }
    first = Frame(std::move(joined));
  }
  drop_taken();
  return first;
}

void Outbox::drop_taken() {
  loose_ = std::min(loose_, frames_.size() - first_);
  constexpr std::size_t kept_max = 2;
  if (empty()) {
    frames_.clear();
    if (frames_.capacity() > kept_max) frames_.shrink_to_fit();
    first_ = 0;
  } else if (first_ > frames_.size() / 2) {
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

}  // namespace hallway
