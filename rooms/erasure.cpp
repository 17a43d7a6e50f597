#include "rooms/erasure.hpp"

#include <type_traits>

namespace hallway {
namespace {

template <class Data>
bool blank(Data& data) {
  bool is_changed = false;
  const auto clear = [&](std::string& words) {
    is_changed = is_changed || !words.empty();
    words.clear();
  };
  if constexpr (requires { data.body; }) clear(data.body);
  if constexpr (requires { data.line; }) clear(data.line);
  if constexpr (requires { data.reason.clear(); }) clear(data.reason);
  if constexpr (std::is_same_v<Data, MessagePosted>) data.mentions.clear();
  return is_changed;
}

}  // namespace

bool blank_words(PushData& data, PersonId by, PersonId person) {
  return by == person && std::visit([](auto& push) { return blank(push); }, data);
}

}  // namespace hallway
