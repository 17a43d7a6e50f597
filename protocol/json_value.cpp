// The strict parse of json_value.hpp, on nlohmann's SAX reader. The one owner of that library.
#include "protocol/json_value.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "protocol/limits.hpp"

namespace hallway::json {
namespace {

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
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(Parsed& parsed) : parsed_(parsed) {}

  bool null() override { return put({nullptr}); }
  bool boolean(bool value) override { return put({value}); }
  bool number_integer(number_integer_t value) override {
    return put({static_cast<std::int64_t>(value)});
  }
  bool number_unsigned(number_unsigned_t value) override {
    constexpr auto max = std::numeric_limits<std::int64_t>::max();
    if (value > static_cast<number_unsigned_t>(max)) {
      return put({NotAnInteger{static_cast<double>(value)}});
    }
    return put({static_cast<std::int64_t>(value)});
  }
  bool number_float(number_float_t value, const string_t&) override {
    return put({NotAnInteger{value}});
  }
  bool string(string_t& value) override {
    refuse_nul(value);
    return put({std::move(value)});
  }
  bool binary(binary_t&) override { return false; }  // never called for text

  bool start_object(std::size_t) override { return open({Object{}}); }
  bool start_array(std::size_t) override { return open({Array{}}); }
  bool end_object() override {
    if (is_built()) {
      if (const auto* key = repeated_key(std::get<Object>(open_.back()->data))) {
        fault("The same key stands twice.", key);
      }
    }
    return close();
  }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    refuse_nul(name);
    if (is_built()) {
      std::get<Object>(open_.back()->data).members.push_back({std::move(name), Value{}});
    }
    return true;
  }

  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int number_overflow = 406;  // nlohmann: json.exception.out_of_range.406
    if (error.id == number_overflow) {
      fault("This number is too large.");
    } else {
      parsed_.error = refuse(ErrorCode::bad_request, "This is not valid JSON.");
      parsed_.value = {};
    }
    return false;
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

  void refuse_nul(const std::string& text) {
    if (text.find('\0') != std::string::npos) fault("Text may not hold a NUL character.");
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
  // nlohmann takes a NUL byte for the end of its input.
  if (text.find('\0') != std::string_view::npos) {
    parsed.error = refuse(ErrorCode::bad_request, "A frame may not hold a NUL character.");
    return parsed;
  }
  Builder builder(parsed);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return parsed;
}

}  // namespace hallway::json
