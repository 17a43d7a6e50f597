// How ids, epochs, streams and places are written, and read back.
#include "protocol/ids.hpp"

#include "protocol/safety_view.hpp"

#include <array>

namespace hallway {
namespace {

// Crockford's alphabet, without i, l, o and u, in lower case
// (https://www.crockford.com/base32.html).
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t digits = 13;  // 13 × 5 bits hold 64; the first digit holds only four.

constexpr auto digit_values = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}();

struct StreamWords {
  std::string_view before;     // The kind, with its colon.
  std::string_view id_prefix;  // Of the id behind it.
};
// In the order of StreamKind.
constexpr std::array<StreamWords, 7> stream_words{{
    {"event:", EventTag::prefix},
    {"room:", RoomTag::prefix},
    {"table:", TableTag::prefix},
    {"desk:", EventTag::prefix},
    {"conversation:", ConversationTag::prefix},
    {"person:", PersonTag::prefix},
    {"facts:", ""},
}};
static_assert(stream_words.size() == static_cast<std::size_t>(StreamKind::facts) + 1);

// In the order of PlaceKind.
constexpr std::array<std::string_view, 3> place_prefixes{EventTag::prefix, ConversationTag::prefix,
                                                         PersonTag::prefix};

}  // namespace

std::string base32(std::uint64_t value) {
  std::string text(digits, '0');
  for (std::size_t i = digits; i-- > 0; value >>= 5) text[i] = alphabet[value & 31];
  return text;
}

std::optional<std::uint64_t> parse_base32(std::string_view text) {
  if (text.size() != digits) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const std::int8_t digit = digit_values[static_cast<unsigned char>(text[i])];
    if (digit < 0 || (i == 0 && digit > 15)) return std::nullopt;
    value = (value << 5) | static_cast<std::uint64_t>(digit);
  }
  return value;
}

std::string to_text(Epoch epoch) {
  return base32(static_cast<std::uint64_t>(epoch));
}

std::string to_text(StreamId stream) {
  const StreamWords& words = stream_words[static_cast<std::size_t>(stream.kind)];
  std::string text;
  text.reserve(words.before.size() + words.id_prefix.size() + digits);
  text.append(words.before).append(words.id_prefix).append(base32(stream.value));
  return text;
}

std::optional<StreamId> parse_stream(std::string_view text) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(StreamKind::facts); ++i) {
    const StreamWords& words = stream_words[i];
    if (!text.starts_with(words.before)) continue;
    text.remove_prefix(words.before.size());
    StreamId stream{static_cast<StreamKind>(i), 0};
    if (text.starts_with(words.id_prefix)) {
      stream.value = parse_base32(text.substr(words.id_prefix.size())).value_or(0);
    }
    return stream;
  }
  return std::nullopt;
}

std::string to_text(PlaceId place) {
  return std::string(place_prefixes[static_cast<std::size_t>(place.kind)]) + base32(place.value);
}

std::optional<PlaceId> parse_place(std::string_view text) {
  for (std::size_t i = 0; i < place_prefixes.size(); ++i) {
    if (!text.starts_with(place_prefixes[i])) continue;
    const auto value = parse_base32(text.substr(place_prefixes[i].size()));
    if (value) return PlaceId{static_cast<PlaceKind>(i), *value};
  }
  return std::nullopt;
}

std::string to_text(RoleScope scope) {
  return scope.room ? to_text(scope.room) : to_text(scope.event);
}

std::optional<RoleScope> parse_role_scope(std::string_view text) {
  const RoleScope scope{parse_id<EventTag>(text), parse_id<RoomTag>(text)};
  if (!scope.event && !scope.room) return std::nullopt;
  return scope;
}

}  // namespace hallway
