// Reads the fields of one JSON object into typed values, each with its bound. The first field that
// is missing, of a wrong type or out of bounds is remembered as the refusal; what is read after it
// has no meaning. Fields that nobody asks for are ignored. Used for commands and for HTTP bodies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "protocol/json_value.hpp"
#include "protocol/limits.hpp"

namespace hallway {

/// Integers of the wire end where a JavaScript number still counts by ones.
inline constexpr std::int64_t integer_max = std::int64_t{1} << 53;

struct Bounds {
  std::int64_t min = 0;
  std::int64_t max = integer_max;
};

class Fields {
 public:
  /// Borrows `object`, which outlives the reader. `within` goes before the names of fields in
  /// refusals, e.g. `client.`.
  explicit Fields(const json::Object& object, std::string within = {})
      : object_(object), within_(std::move(within)) {}

  const std::optional<Error>& refusal() const { return refusal_; }
  bool has(std::string_view key) const { return object_.find(key) != nullptr; }
  bool is_text(std::string_view key, std::string_view text) const {
    const json::Value* value = object_.find(key);
    return value && value->text() && *value->text() == text;
  }
  /// For a rule that concerns more than one field; the first refusal stays.
  void refuse_field(std::string_view key, std::string message);

  // --- Required: missing is a refusal.
  bool boolean(std::string_view key);
  std::int64_t integer(std::string_view key, Bounds bounds = {});
  Offset offset(std::string_view key, Bounds bounds = {1, integer_max});
  std::string name(std::string_view key);
  /// At least one visible character.
  std::string line(std::string_view key, std::size_t max);
  std::string body(std::string_view key);
  std::string nonce(std::string_view key = "nonce");
  std::string emoji(std::string_view key);
  /// An IANA name by its form: whether the zone exists is for those who show times.
  std::string timezone(std::string_view key);
  /// Any text of at most `bytes_max` bytes, as it stands.
  std::string raw_text(std::string_view key, std::size_t bytes_max);
  StreamId stream(std::string_view key = "stream");
  /// Text that is no id of ours gives the id of nobody.
  template <class IdType>
  IdType id(std::string_view key) {
    const std::string* text = required_text(key);
    return text ? parse_id_as(*text, IdType{}) : IdType{};
  }
  template <class IdType>
  std::vector<IdType> ids(std::string_view key, std::size_t min, std::size_t max) {
    std::vector<IdType> list;
    for (const std::string* text : texts(key, min, max)) {
      list.push_back(parse_id_as(*text, IdType{}));
    }
    return list;
  }
  /// Lists of ids, no id twice in one list.
  template <class IdType>
  std::vector<std::vector<IdType>> id_groups(std::string_view key, std::size_t groups_max,
                                             std::size_t min, std::size_t max) {
    std::vector<std::vector<IdType>> groups;
    for (const auto& group : text_groups(key, groups_max, min, max)) {
      for (auto& ids = groups.emplace_back(); const std::string* text : group) {
        ids.push_back(parse_id_as(*text, IdType{}));
      }
    }
    return groups;
  }
  /// An object from ids to ids, as pairs.
  template <class Key, class Value>
  std::vector<std::pair<Key, Value>> id_pairs(std::string_view key, std::size_t max) {
    std::vector<std::pair<Key, Value>> pairs;
    for (const auto& [from, to] : text_pairs(key, max)) {
      pairs.emplace_back(parse_id_as(*from, Key{}), parse_id_as(*to, Value{}));
    }
    return pairs;
  }
  /// One of the words that `parse` knows.
  template <class Enum>
  Enum word(std::string_view key, std::optional<Enum> (*parse)(std::string_view)) {
    const std::string* text = required_text(key);
    if (!text) return Enum{};
    const auto value = parse(*text);
    if (!value) refuse_field(key, "This is none of the words known here.");
    return value.value_or(Enum{});
  }
  /// The members of an object, or the elements of an array; nullptr after a refusal.
  const json::Object* object(std::string_view key);
  const json::Array* array(std::string_view key, std::size_t max);

  // --- Optional: nothing where the field is missing (`null` is a wrong type, as any other).
  template <class Read>
  auto optional(std::string_view key, Read read) -> std::optional<decltype(read(*this, key))> {
    if (!has(key)) return std::nullopt;
    return read(*this, key);
  }
  std::optional<std::int64_t> optional_integer(std::string_view key, Bounds bounds = {});
  std::optional<std::string> optional_name(std::string_view key);
  /// May be empty; `std::nullopt` is "not named".
  std::optional<std::string> optional_line(std::string_view key, std::size_t max);

  /// The full name of a field, for readers nested in this one.
  std::string path(std::string_view key) const { return within_ + std::string(key); }
  /// Takes over the refusal of a nested reader.
  void adopt(const Fields& nested);

 private:
  template <class Tag>
  static Id<Tag> parse_id_as(std::string_view text, Id<Tag>) {
    return parse_id<Tag>(text);
  }
  const json::Value* required(std::string_view key);
  const std::string* required_text(std::string_view key);
  using Texts = std::vector<const std::string*>;
  Texts texts(std::string_view key, std::size_t min, std::size_t max);
  Texts texts_of(std::string_view key, const json::Value& list, std::size_t min, std::size_t max);
  std::vector<Texts> text_groups(std::string_view key, std::size_t groups_max, std::size_t min,
                                 std::size_t max);
  std::vector<std::pair<const std::string*, const std::string*>> text_pairs(std::string_view key,
                                                                            std::size_t max);
  const json::Array* array_of(std::string_view key, const json::Value& list, std::size_t max);
  std::string keep(Result<std::string> checked);

  const json::Object& object_;
  std::string within_;
  std::optional<Error> refusal_;
};

}  // namespace hallway
