// The strict parse of json_value.hpp, on RapidJSON's SAX reader. The one owner of that library.
#include "protocol/json_value.hpp"

// Text is searched sixteen bytes at a time where the processor can.
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
// Its empty stack is a null pointer, to which it adds before it looks: harmless, and reported.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>
#if defined(__clang__)
#pragma clang attribute pop
#endif

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "protocol/limits.hpp"
#include "protocol/text.hpp"

namespace hallway::json {
namespace {

constexpr const char* too_large = "This number is too large.";

/// A key that may be told back in a refusal: short and plain, as all of the protocol's are.
bool is_plain(std::string_view key) {
  constexpr std::size_t plain_bytes_max = 32;
  return key.size() <= plain_bytes_max && std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || c == '_';
         });
}

/// The first key that stands twice, or nullptr.
const std::string* repeated_key(const Object& object) {
  const auto& members = object.members;
  constexpr std::size_t few = 16;
  if (members.size() <= few) {
    for (std::size_t i = 1; i < members.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (members[i].key == members[j].key) return &members[i].key;
      }
    }
    return nullptr;
  }
  std::vector<const std::string*> keys;
  keys.reserve(members.size());
  for (const auto& member : members) keys.push_back(&member.key);
  std::sort(keys.begin(), keys.end(), [](auto* a, auto* b) { return *a < *b; });
  const auto twice =
      std::adjacent_find(keys.begin(), keys.end(), [](auto* a, auto* b) { return *a == *b; });
  return twice == keys.end() ? nullptr : *twice;
}

/// Builds the tree and remembers the first thing that the protocol forbids. It reads on behind such
/// a fault, so that the refusal can still carry the command's id.
class Builder {
 public:
  explicit Builder(Parsed& parsed) : parsed_(parsed) {}

  // RapidJSON's names for what it reads. Always true: reading goes on.
  bool Null() { return put({nullptr}); }
  bool Bool(bool value) { return put({value}); }
  // All numbers come as their digits.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    const char* const end = digits + size;
    std::int64_t whole = 0;
    const auto read = std::from_chars(digits, end, whole);
    if (read.ec == std::errc() && read.ptr == end) return put({whole});
    const double value = std::strtod(std::string(digits, end).c_str(), nullptr);
    if (std::isinf(value)) fault(too_large);
    return put({NotAnInteger{value}});
  }
  bool String(const char* bytes, rapidjson::SizeType size, bool) {
    const std::string_view text(bytes, size);
    refuse_nul(text);
    return put({std::string(text)});
  }

  bool StartObject() { return open({Object{}}); }
  bool StartArray() { return open({Array{}}); }
  bool EndObject(rapidjson::SizeType) {
    if (is_built()) {
      if (const auto* key = repeated_key(std::get<Object>(open_.back()->data))) {
        fault("The same key stands twice.", key);
      }
    }
    return close();
  }
  bool EndArray(rapidjson::SizeType) { return close(); }
  bool Key(const char* bytes, rapidjson::SizeType size, bool) {
    const std::string_view name(bytes, size);
    refuse_nul(name);
    if (is_built()) {
      std::get<Object>(open_.back()->data).members.push_back({std::string(name), Value{}});
    }
    return true;
  }

  /// The reader stopped.
  void stopped(rapidjson::ParseErrorCode code) {
    if (code == rapidjson::kParseErrorNumberTooBig) {
      fault(too_large);
    } else {
      parsed_.error = refuse(ErrorCode::bad_request, "This is not valid JSON.");
      parsed_.value = {};
    }
  }

 private:
  /// False inside what is nested too deeply: that is read, and not built.
  bool is_built() const { return depth_ == open_.size(); }

  bool put(Value value) {
    if (is_built()) slot() = std::move(value);
    return true;
  }

  bool open(Value container) {
    if (depth_ == limits::nesting_max) fault("This is nested too deeply.");
    if (is_built() && depth_ < limits::nesting_max) {
      Value& place = slot();
      place = std::move(container);
      open_.push_back(&place);
    }
    ++depth_;
    return true;
  }

  bool close() {
    if (is_built()) open_.pop_back();
    --depth_;
    return true;
  }

  /// Where the next value goes. Pointers in `open_` stay valid: an open container is the last
  /// element of the one around it, which does not grow before it is closed.
  Value& slot() {
    if (open_.empty()) return parsed_.value;
    if (auto* array = std::get_if<Array>(&open_.back()->data)) return array->emplace_back();
    return std::get<Object>(open_.back()->data).members.back().value;
  }

  void refuse_nul(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) fault("Text may not hold a NUL character.");
  }

  void fault(std::string message, const std::string* key = nullptr) {
    if (parsed_.error) return;
    parsed_.error = refuse(ErrorCode::bad_request, std::move(message), path(key));
  }

  /// The keys that lead to where the reader stands, e.g. `client.name`; `d` itself goes unsaid.
  std::string path(const std::string* last) const {
    std::string text;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const auto* object = open_[i]->object();
      if (!object || object->members.empty()) continue;
      const bool is_innermost = i + 1 == open_.size();
      const std::string& key = is_innermost && last ? *last : object->members.back().key;
      if (!is_plain(key)) break;
      const bool is_data = i == 0 && key == "d" && open_.size() > 1;
      if (is_data) continue;
      if (!text.empty()) text += '.';
      text += key;
    }
    return text;
  }

  Parsed& parsed_;
  std::vector<Value*> open_;  // The containers being built, outermost first.
  std::size_t depth_ = 0;     // Counts the unbuilt ones too.
};

}  // namespace

const Value* Object::find(std::string_view key) const {
  for (const auto& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::optional<double> Value::number() const {
  if (const std::int64_t* whole = integer()) return static_cast<double>(*whole);
  if (const auto* other = std::get_if<NotAnInteger>(&data)) return other->value;
  return std::nullopt;
}

Parsed parse(std::string_view text) {
  Parsed parsed;
  // RapidJSON takes a NUL byte for the end of its input.
  if (text.find('\0') != std::string_view::npos) {
    parsed.error = refuse(ErrorCode::bad_request, "A frame may not hold a NUL character.");
    return parsed;
  }
  Builder builder(parsed);
  if (!text::valid_utf8(text)) {
    builder.stopped(rapidjson::kParseErrorStringInvalidEncoding);
    return parsed;
  }
  // Not by recursion: what is nested deeply is read to its end, and refused.
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag |
                             rapidjson::kParseNumbersAsStringsFlag;
  // In a copy, which is written over: texts come out of it without a copy of their own in between.
  // The search reads up to sixteen bytes at once, so it ends with as many zeros.
  constexpr std::size_t read_at_once = 16;
  std::string copy;
  copy.reserve(text.size() + read_at_once);
  copy.append(text).append(read_at_once, '\0');
  rapidjson::InsituStringStream stream(copy.data());
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<flags>(stream, builder);
  if (result.IsError()) builder.stopped(result.Code());
  return parsed;
}

}  // namespace hallway::json
