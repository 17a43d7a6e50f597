// JSON text as a small tree, parsed strictly: what the wire forbids is found here, once, for
// frames, HTTP bodies and stored pushes alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/error.hpp"

namespace hallway::json {

struct Value;
struct Member;
using Array = std::vector<Value>;

/// In the order of the text; keys are distinct once parsed.
struct Object {
  std::vector<Member> members;
  const Value* find(std::string_view key) const;
};

/// A number that is no integer of 64 bits. The wire has no use for it; files of our own may.
struct NotAnInteger {
  double value = 0;
};

struct Value {
  std::variant<std::nullptr_t, bool, std::int64_t, NotAnInteger, std::string, Array, Object> data;

  const Object* object() const { return std::get_if<Object>(&data); }
  const Array* array() const { return std::get_if<Array>(&data); }
  const std::string* text() const { return std::get_if<std::string>(&data); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  /// Any number, as near as a double comes to it.
  std::optional<double> number() const;
  const bool* boolean() const { return std::get_if<bool>(&data); }
};

struct Member {
  std::string key;
  Value value;
};

struct Parsed {
  Value value;
  /// Why the text is refused: not JSON, or more than `limits::nesting_max` deep, or a key twice, or
  /// a NUL character. `value` then holds what could still be read (perhaps the command's id).
  std::optional<Error> error;
};

/// Never throws for what the text holds. Time and memory are linear in its length (keys: n log n).
Parsed parse(std::string_view text);

}  // namespace hallway::json
