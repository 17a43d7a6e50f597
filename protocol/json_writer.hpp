// Appends JSON to a string, without a tree in between: what is sent most is written here, once a
// push.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace hallway::json {

/// Writes what it is told, in that order; the caller pairs its begins and ends. Text that is not
/// valid UTF-8 is written with U+FFFD in place of the broken bytes, so that no frame is ever
/// broken.
class Writer {
 public:
  /// Appends to `out`, which is nobody else's while an object or array is open.
  explicit Writer(std::string& out) : out_(out), at_(out.size()) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  /// `name` is one of the protocol's own words and needs no escape.
  void key(std::string_view name) {
    separate();
    char* to = room(name.size() + 3);
    *to++ = '"';
    std::memcpy(to, name.data(), name.size());
    to += name.size();
    *to++ = '"';
    *to = ':';
    at_ += name.size() + 3;
    needs_comma_ = false;
  }
  /// A key that came from elsewhere, e.g. an emoji.
  void key_escaped(std::string_view name) {
    separate();
    put_text(name);
    put(':');
    needs_comma_ = false;
  }

  void text(std::string_view value) {
    separate();
    put_text(value);
    finish();
  }
  void null() {
    separate();
    put("null");
    finish();
  }
  void boolean(bool value) {
    separate();
    put(value ? std::string_view("true") : std::string_view("false"));
    finish();
  }
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) void integer(Integer value) {
    separate();
    put_integer(value);
    finish();
  }
  /// A value that is JSON already.
  void json(std::string_view value) {
    separate();
    put(value);
    finish();
  }
  /// Finite; the shortest text that reads back the same.
  void number(double value);

 private:
  void begin(char bracket) {
    separate();
    put(bracket);
    needs_comma_ = false;
    ++depth_;
  }
  void end(char bracket) {
    put(bracket);
    needs_comma_ = true;
    --depth_;
    finish();
  }
  void separate() {
    if (needs_comma_) put(',');
    needs_comma_ = true;
  }
  /// Gives back what is not used, once the outermost value is whole.
  void finish() {
    if (depth_ == 0) out_.resize(at_);
  }

  /// Where so many bytes may be put.
  char* room(std::size_t bytes) {
    if (out_.size() - at_ < bytes) grow(bytes);
    return out_.data() + at_;
  }
  void grow(std::size_t bytes);
  void put(char c) {
    *room(1) = c;
    ++at_;
  }
  void put(std::string_view bytes) {
    std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
    at_ += bytes.size();
  }
  void put_text(std::string_view value);
  /// Without the quotation marks around it.
  void put_escaped(std::string_view value);
  void put_escape(char c);
  void put_integer(std::int64_t value);
  void put_integer(std::uint64_t value);

  std::string& out_;  ///< Longer than what is written, while `depth_` is not 0.
  std::size_t at_;    ///< The end of what is written.
  std::size_t step_ = 256;
  std::size_t depth_ = 0;
  bool needs_comma_ = false;
};

}  // namespace hallway::json
