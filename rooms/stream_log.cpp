// The fold of one stream: see stream_log.hpp.
#include "rooms/stream_log.hpp"

#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "rooms/erasure.hpp"
#include "rooms/invariant.hpp"
#include "rooms/nonce.hpp"

namespace hallway {
namespace {

bool by_offset(const MessageView& message, Offset offset) {
  return message.offset < offset;
}

}  // namespace

void StreamLog::apply(const Push& push) {
  invariant(push.offset == top_ + 1, "a push takes the next offset of its stream");
  top_ = push.offset;
  if (const auto* posted = std::get_if<MessagePosted>(&push.data)) fold(*posted, push);
  if (const auto* edited = std::get_if<MessageEdited>(&push.data)) fold(*edited);
  if (const auto* deleted = std::get_if<MessageDeleted>(&push.data)) fold(*deleted);
  if (const auto* reacted = std::get_if<MessageReacted>(&push.data)) fold(*reacted, push.by);
  if (const auto* pinned = std::get_if<MessagePinned>(&push.data)) set_pinned(pinned->of, true);
  if (const auto* unpinned = std::get_if<MessageUnpinned>(&push.data)) {
    set_pinned(unpinned->of, false);
  }
  if (const auto* erased = std::get_if<PersonErased>(&push.data)) fold(*erased);
  keep_nonce(push);
  if (push.stream.kind == StreamKind::facts)
    return;  // nobody receives facts, so nobody misses them
  recent_.push_back(push);
  if (recent_.size() > limits::recovery_pushes_max) recent_.pop_front();
}

const MessageView* StreamLog::find_message(Offset offset) const {
  const auto found = std::lower_bound(messages_.begin(), messages_.end(), offset, by_offset);
  return found != messages_.end() && found->offset == offset ? &*found : nullptr;
}

MessageView& StreamLog::message(Offset offset) {
  const auto found = std::lower_bound(messages_.begin(), messages_.end(), offset, by_offset);
  invariant(found != messages_.end() && found->offset == offset,
            "a push about a message names one that stands");
  return *found;
}

void StreamLog::fold(const MessagePosted& posted, const Push& push) {
  MessageView view;
  view.offset = push.offset;
  view.at = push.at;
  view.by = push.by;
  view.body = posted.body;
  view.reply_to = posted.reply_to;
  view.mentions = posted.mentions;
  messages_.push_back(std::move(view));
}

void StreamLog::fold(const MessageEdited& edited) {
  MessageView& view = message(edited.of);
  invariant(!view.deleted, "a deleted message is not edited");
  view.body = edited.body;
  view.edited = true;
}

void StreamLog::fold(const MessageDeleted& deleted) {
  MessageView& view = message(deleted.of);
  view.body.clear();
  view.deleted = true;
  for (Push& kept : recent_) {
    auto* posted = std::get_if<MessagePosted>(&kept.data);
    auto* edited = std::get_if<MessageEdited>(&kept.data);
    if (posted && kept.offset == deleted.of) posted->body.clear();
    if (edited && edited->of == deleted.of) edited->body.clear();
  }
}

void StreamLog::fold(const MessageReacted& reacted, PersonId by) {
  auto& reactions = message(reacted.of).reactions;
  auto entry = std::find_if(reactions.begin(), reactions.end(),
                            [&](const auto& known) { return known.first == reacted.emoji; });
  if (reacted.on) {
    if (entry == reactions.end()) {
      entry = reactions.insert(entry, {reacted.emoji, {}});
    }
    auto& people = entry->second;
    if (std::find(people.begin(), people.end(), by) == people.end()) people.push_back(by);
  } else if (entry != reactions.end()) {
    std::erase(entry->second, by);
    if (entry->second.empty()) reactions.erase(entry);
  }
}

void StreamLog::fold(const PersonErased& erased) {
  for (MessageView& view : messages_) {
    if (view.by != erased.person) continue;
    set_pinned(view.offset, false);
    view.body.clear();
    view.mentions.clear();
    view.deleted = true;
  }
  for (Push& kept : recent_) {
    blank_words(kept.data, kept.by, erased.person);
  }
}

void StreamLog::set_pinned(Offset of, bool pinned) {
  MessageView& view = message(of);
  if (view.pinned == pinned) return;
  view.pinned = pinned;
  pinned ? ++pinned_count_ : --pinned_count_;
}

StreamLog::NonceKey StreamLog::key_of(PersonId by, std::string_view nonce) {
  return {by, Digest(nonce).value()};
}

void StreamLog::keep_nonce(const Push& push) {
  while (!nonces_by_age_.empty() && push.at - nonces_by_age_.front().second >= limits::nonce_ms) {
    nonces_.erase(nonces_by_age_.front().first);
    nonces_by_age_.pop_front();
  }
  if (push.nonce.empty()) return;
  const NonceKey key = key_of(push.by, push.nonce);
  const bool is_new =
      nonces_.insert_or_assign(key, Spent{push.digest, push.offset, push.at}).second;
  if (is_new) nonces_by_age_.emplace_back(key, push.at);
}

std::vector<MessageView> StreamLog::messages(const Slices& visible, Offset before,
                                             std::int64_t limit, bool& more,
                                             std::size_t bytes_max) const {
  std::vector<MessageView> found;
  std::size_t bytes = 0;
  more = false;
  const Offset end = before == 0 ? top_ + 1 : before;
  for (auto slice = visible.rbegin(); slice != visible.rend() && !more; ++slice) {
    const Offset stop = slice->second < end ? slice->second + 1 : end;
    auto next = std::lower_bound(messages_.begin(), messages_.end(), stop, by_offset);
    while (next != messages_.begin() && !more) {
      --next;
      if (next->offset < slice->first) break;
      bytes += encoded_bytes(*next) + 1;
      const bool is_full = static_cast<std::int64_t>(found.size()) >= limit;
      more = is_full || (!found.empty() && bytes > bytes_max);
      if (!more) found.push_back(*next);
    }
  }
  std::reverse(found.begin(), found.end());
  return found;
}

std::vector<MessageView> StreamLog::around(const Slices& visible, Offset offset, std::size_t before,
                                           std::size_t after) const {
  const auto at = std::lower_bound(messages_.begin(), messages_.end(), offset, by_offset);
  std::vector<MessageView> found;
  for (auto next = at; next != messages_.begin() && found.size() < before;) {
    --next;
    if (contains(visible, next->offset)) found.push_back(*next);
  }
  std::reverse(found.begin(), found.end());
  const std::size_t most = found.size() + 1 + after;
  for (auto next = at; next != messages_.end() && found.size() < most; ++next) {
    if (contains(visible, next->offset)) found.push_back(*next);
  }
  return found;
}

std::vector<MessageView> StreamLog::messages(Offset from, Offset before, std::int64_t limit,
                                             bool& more) const {
  return messages(Slices{{from, std::numeric_limits<Offset>::max()}}, before, limit, more);
}

std::optional<std::vector<Push>> StreamLog::since(Offset after) const {
  if (after >= top_) return std::vector<Push>{};
  if (recent_.empty() || recent_.front().offset > after + 1) return std::nullopt;
  const auto first =
      recent_.begin() + static_cast<std::ptrdiff_t>(after + 1 - recent_.front().offset);
  return std::vector<Push>(first, recent_.end());
}

std::optional<Spent> StreamLog::find_nonce(PersonId by, std::string_view nonce) const {
  const auto entry = nonces_.find(key_of(by, nonce));
  if (entry == nonces_.end()) return std::nullopt;
  return entry->second;
}

}  // namespace hallway
