#include "rooms/erasure.hpp"

#include <type_traits>

namespace hallway {
namespace {

bool clear(std::string& words) {
  const bool had_any = !words.empty();
  words.clear();
  return had_any;
}

/// What somebody wrote in a push of their own.
template <class Data>
bool blank_own(Data& data) {
  bool is_changed = false;
  if constexpr (requires { data.body.clear(); }) is_changed = clear(data.body);
  if constexpr (requires { data.line.clear(); }) is_changed = clear(data.line) || is_changed;
  if constexpr (requires { data.reason.clear(); }) is_changed = clear(data.reason) || is_changed;
  if constexpr (std::is_same_v<Data, MessagePosted>) data.mentions.clear();
  return is_changed;
}

/// What others wrote about them, and what of theirs was shown to others.
template <class Data>
bool blank_about(Data& data, PersonId by, PersonId person) {
  bool is_changed = false;
  if constexpr (std::is_same_v<Data, ReportFiled>) {
    for (EvidenceView& message : data.messages) {
      if (message.by == person) is_changed = clear(message.body) || is_changed;
    }
    if (data.person == person) is_changed = clear(data.reason) || is_changed;
  } else if constexpr (std::is_same_v<Data, Audited>) {
    if (by == person || data.entry.person == person) is_changed = clear(data.entry.reason);
  } else if constexpr (requires {
                         data.reason.clear();
                         PersonId{data.person};
                       }) {
    if (data.person == person) is_changed = clear(data.reason);
  }
  return is_changed;
}

}  // namespace

bool blank_words(PushData& data, PersonId by, PersonId person) {
  return std::visit(
      [&](auto& push) {
        const bool has_own = by == person && blank_own(push);
        return blank_about(push, by, person) || has_own;
      },
      data);
}

}  // namespace hallway
