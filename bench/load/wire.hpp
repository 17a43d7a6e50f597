// JSON for the load client: read through one handle, written field by field. The library behind
// it appears in wire.cpp alone.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hallway::load::wire {

/// A place in a parsed document; cheap to copy, keeps the document alive. Asking for what is not
/// there gives an empty value, never an error: a load client must survive additions and absences.
class Value {
 public:
  Value() = default;

  [[nodiscard]] Value operator[](std::string_view key) const;
  [[nodiscard]] Value at(std::size_t index) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_object() const;
  [[nodiscard]] bool is_string() const;
  /// Elements of a list or an object; 0 for anything else.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::vector<std::string> keys() const;
  [[nodiscard]] std::vector<Value> items() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::int64_t number(std::int64_t otherwise = 0) const;
  [[nodiscard]] bool flag() const;
  [[nodiscard]] std::string dump() const;

 private:
  friend Value parse(std::string_view text);
  std::shared_ptr<const void> document_;
  const void* node_ = nullptr;
};

/// Null when the text is no JSON.
[[nodiscard]] Value parse(std::string_view text);
/// The text as a JSON string, with its quotes.
[[nodiscard]] std::string quote(std::string_view text);

/// Writes one JSON object, field by field, in the order given.
class Fields {
 public:
  Fields& add(std::string_view key, std::string_view text);
  Fields& add(std::string_view key, const char* text) { return add(key, std::string_view(text)); }
  Fields& add(std::string_view key, const std::string& text) {
    return add(key, std::string_view(text));
  }
  Fields& add(std::string_view key, double number);
  template <std::integral Number>
  Fields& add(std::string_view key, Number number) {
    if constexpr (std::same_as<Number, bool>) {
      return raw(key, number ? "true" : "false");
    } else {
      return raw(key, std::to_string(number));
    }
  }
  Fields& list(std::string_view key, const std::vector<std::string>& texts);
  /// The JSON is taken as it is.
  Fields& raw(std::string_view key, std::string_view json);
  [[nodiscard]] std::string str() const { return "{" + body_ + "}"; }

 private:
  std::string body_;
};

}  // namespace hallway::load::wire
