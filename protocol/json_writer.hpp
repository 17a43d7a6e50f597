// Appends JSON to a string, without a tree in between: what is sent most is written here, once a
// push.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace hallway::json {

/// Writes what it is told, in that order; the caller pairs its begins and ends. Text that is not
/// valid UTF-8 is written with U+FFFD in place of the broken bytes, so that no frame is ever
/// broken.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  /// `name` is one of the protocol's own words and needs no escape.
  void key(std::string_view name) {
    separate();
    out_ += '"';
    out_.append(name);
    out_.append("\":");
    needs_comma_ = false;
  }
  /// A key that came from elsewhere, e.g. an emoji.
  void key_escaped(std::string_view name) {
    separate();
    append_text(name);
    out_ += ':';
    needs_comma_ = false;
  }

  void text(std::string_view value) {
    separate();
    append_text(value);
  }
  void null() {
    separate();
    out_.append("null");
  }
  void boolean(bool value) {
    separate();
    out_.append(value ? "true" : "false");
  }
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) void integer(Integer value) {
    separate();
    append_integer(value);
  }
  /// Finite; the shortest text that reads back the same.
  void number(double value);

 private:
  void begin(char bracket) {
    separate();
    out_ += bracket;
    needs_comma_ = false;
  }
  void end(char bracket) {
    out_ += bracket;
    needs_comma_ = true;
  }
  void separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
  }
  void append_text(std::string_view value);
  /// Without the quotation marks around it.
  void append_escaped(std::string_view value);
  void append_integer(std::int64_t value);
  void append_integer(std::uint64_t value);

  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace hallway::json
