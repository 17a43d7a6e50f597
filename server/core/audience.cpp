#include "server/core/audience.hpp"

#include <algorithm>
#include <utility>

#include "server/core/session.hpp"

namespace hallway {
std::size_t Audience::add(Session& session) {
  listeners_.push_back({&session, said_to_});
  return listeners_.size() - 1;
}

void Audience::remove(std::size_t slot) {
  if (backlog_) {
    const bool was_behind = is_behind(slot);
    listeners_[slot].session = nullptr;
    backlog_->gaps.push_back(slot);
    if (was_behind) has_heard_all();
    return;
  }
  listeners_[slot] = listeners_.back();
  listeners_.pop_back();
  if (slot < listeners_.size()) listeners_[slot].session->sits_at(*this, slot);
}

bool Audience::say(Frame frame, bool transient) {
  const bool is_first = backlog_ == nullptr;
  if (is_first) {
    backlog_ = std::make_unique<Backlog>();
    backlog_->round_began_at = said_to_;
  }
  backlog_->said.push_back({std::move(frame), transient});
  backlog_->behind = size();
  ++said_to_;
  return is_first;
}

void Audience::catch_up(std::size_t slot) {
  Listener& listener = listeners_[slot];
  const std::vector<Said>& said = backlog_->said;
  const std::uint64_t heard = std::exchange(listener.heard, said_to_);
  for (std::size_t i = said.size() - (said_to_ - heard); i < said.size(); ++i) {
    listener.session->queue(said[i].frame, said[i].transient);
  }
  has_heard_all();
}

void Audience::serve(std::size_t count, bool others_wait) {
  while (count > 0 && backlog_) {
    if (backlog_->at >= listeners_.size()) begin_round();
    Listener& listener = listeners_[backlog_->at++];
    if (listener.session == nullptr || listener.heard == said_to_) continue;
    --count;
    if (others_wait && listener.session->is_behind_elsewhere(*this)) {
      listener.session->catch_up();
    } else {
      tell(listener);
    }
  }
}

void Audience::tell(Listener& listener) {
  const std::uint64_t heard = std::exchange(listener.heard, said_to_);
  const std::vector<Said>& told = backlog_->said.size() == 1 ? backlog_->said : joined(heard);
  for (const Said& each : told) listener.session->hear(each.frame, each.transient);
  has_heard_all();
}

const std::vector<Audience::Said>& Audience::joined(std::uint64_t heard) {
  Backlog& b = *backlog_;
  if (b.joined.empty() || b.joined_from != heard || b.joined_to != said_to_) {
    b.joined.clear();
    b.joined_from = heard;
    b.joined_to = said_to_;
    for (std::size_t next = b.said.size() - (said_to_ - heard); next < b.said.size();) {
      b.joined.push_back(join_from(next));
    }
  }
  return b.joined;
}

/// Takes as many of what was said as fit in one message.
Audience::Said Audience::join_from(std::size_t& next) const {
  const std::vector<Said>& said = backlog_->said;
  const Said& first = said[next++];
  const auto fits = [&](std::size_t bytes) {
    return next < said.size() && bytes + 1 + said[next].frame.size() <= joined_bytes_max;
  };
  if (!fits(first.frame.size())) return first;
  bool transient = first.transient;
  auto bytes = std::make_shared<std::string>(Frame::room());
  bytes->append(first.frame.text());
  while (fits(bytes->size())) {
    transient = transient && said[next].transient;
    bytes->push_back('\n');
    bytes->append(said[next++].frame.text());
  }
  return {Frame(std::move(bytes)), transient};
}

void Audience::begin_round() {
  Backlog& b = *backlog_;
  b.at = 0;
  // Everyone had their turn since, and heard what had been said before it.
  const std::uint64_t said_from = said_to_ - b.said.size();
  if (b.round_began_at > said_from) {
    b.said.erase(b.said.begin(),
                 b.said.begin() + static_cast<std::ptrdiff_t>(b.round_began_at - said_from));
  }
  b.round_began_at = said_to_;
}

/// One more has.
void Audience::has_heard_all() {
  if (--backlog_->behind == 0) end_backlog();
}

void Audience::end_backlog() {
  std::vector<std::size_t>& gaps = backlog_->gaps;
  std::sort(gaps.begin(), gaps.end(), std::greater<>());
  for (const std::size_t gap : gaps) {
    listeners_[gap] = listeners_.back();
    listeners_.pop_back();
    if (gap < listeners_.size()) listeners_[gap].session->sits_at(*this, gap);
  }
  backlog_ = nullptr;
}

}  // namespace hallway
