// One stream's memory: its top, its messages as edited and deleted since, its latest pushes for whoever
// was away, and the nonces of the last day.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "protocol/push.hpp"
#include "protocol/view.hpp"

namespace hallway {

/// What a nonce was spent on.
struct Spent {
  std::uint64_t digest = 0;
  Offset offset = 0;
  TimeMs at = 0;
};

class StreamLog {
 public:
  Offset top() const { return top_; }
  /// Folds the next push of this stream; asserts that it is the next.
  void apply(const Push& push);

  const MessageView* find_message(Offset offset) const;
  /// Up to `limit` messages before `before` (0: from the top) and from `from` on, oldest first, and no
  /// more than fit into limits::answer_bytes_max; `more` says whether older ones were left out.
  std::vector<MessageView> messages(Offset from, Offset before, std::int64_t limit, bool& more) const;
  const std::deque<MessageView>& all_messages() const { return messages_; }

  /// Pushes with offset > `after`, oldest first; nullopt where they are no longer kept.
  std::optional<std::vector<Push>> since(Offset after) const;

  std::optional<Spent> find_nonce(PersonId by, const std::string& nonce) const;
  /// Forgets nonces older than limits::nonce_ms.
  void forget_nonces(TimeMs now);

 private:
  Offset top_ = 0;
  std::deque<MessageView> messages_;  // Ascending offsets.
  std::deque<Push> recent_;           // At most limits::recovery_pushes_max, the last is `top_`.
  std::map<std::pair<PersonId, std::string>, Spent> nonces_;
};

}  // namespace hallway
