// One stream's memory: its top, its messages as edited and deleted since, its latest pushes for
// whoever was away, and the nonces of the last day.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocol/limits.hpp"
#include "protocol/push.hpp"
#include "protocol/view.hpp"
#include "rooms/slices.hpp"

namespace hallway {

/// What a nonce was spent on.
struct Spent {
  std::uint64_t digest = 0;
  Offset offset = 0;
  TimeMs at = 0;
};

class StreamLog {
 public:
  StreamLog() = default;
  StreamLog(StreamLog&&) = default;
  StreamLog& operator=(StreamLog&&) = default;

  Offset top() const { return top_; }
  /// Folds the next push of this stream; asserts that it is the next.
  void apply(const Push& push);

  const MessageView* find_message(Offset offset) const;
  /// Up to `limit` messages within `visible` and before `before` (0: from the top), oldest first,
  /// and no more than fit into `bytes_max` on the wire, but one at least; `more` says whether older
  /// ones that are visible were left out.
  std::vector<MessageView> messages(const Slices& visible, Offset before, std::int64_t limit,
                                    bool& more, std::size_t bytes_max = messages_bytes_max) const;
  /// The same over all offsets from `from` on.
  std::vector<MessageView> messages(Offset from, Offset before, std::int64_t limit,
                                    bool& more) const;
  /// The message at `offset` with up to so many before and after it, within `visible`.
  std::vector<MessageView> around(const Slices& visible, Offset offset, std::size_t before,
                                  std::size_t after) const;
  const std::deque<MessageView>& all_messages() const { return messages_; }
  std::size_t pinned_count() const { return pinned_count_; }

  /// Leaves room for the state and the envelope beside the messages within
  /// limits::answer_bytes_max.
  static constexpr std::size_t messages_bytes_max = limits::answer_bytes_max - 16 * 1024;

  /// Pushes with offset > `after`, oldest first; nullopt where they are no longer kept.
  std::optional<std::vector<Push>> since(Offset after) const;

  std::optional<Spent> find_nonce(PersonId by, std::string_view nonce) const;

 private:
  MessageView& message(Offset offset);
  void fold(const MessagePosted& posted, const Push& push);
  void fold(const MessageEdited& edited);
  void fold(const MessageDeleted& deleted);
  void fold(const MessageReacted& reacted, PersonId by);
  void fold(const PersonErased& erased);
  void set_pinned(Offset of, bool pinned);
  void keep_nonce(const Push& push);

  Offset top_ = 0;
  std::size_t pinned_count_ = 0;
  std::deque<MessageView> messages_;  // Ascending offsets.
  std::deque<Push> recent_;           // At most limits::recovery_pushes_max, the last is `top_`.
  /// A digest stands for the nonce: a day of them is kept, and two nonces of one person with the
  /// same 64 bits are not met by chance.
  struct NonceKey {
    PersonId by;
    std::uint64_t nonce = 0;
    friend bool operator==(const NonceKey&, const NonceKey&) = default;
  };
  struct NonceHash {
    std::size_t operator()(const NonceKey& key) const { return key.nonce ^ key.by.value; }
  };
  static NonceKey key_of(PersonId by, std::string_view nonce);
  std::unordered_map<NonceKey, Spent, NonceHash> nonces_;
  std::deque<std::pair<NonceKey, TimeMs>> nonces_by_age_;  // Forgotten after a day.
};

}  // namespace hallway
