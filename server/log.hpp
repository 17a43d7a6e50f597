// The log: one line an entry on standard error, for machines and people alike. What comes from
// outside (names, addresses, errors of libraries) is escaped, so that nobody writes lines or
// colours of their own. Never a message's body, never a token. Any thread may call all of it.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace hallway::log {

/// `nothing`: for tests that make what is logged happen.
enum class Level : std::uint8_t { debug, info, warning, error, nothing };
enum class Format : std::uint8_t { text, json };

/// One `key=value` of an entry; the key is a word of ours.
struct Field {
  std::string_view key;
  std::string value;
  bool is_number = false;

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const char* v) : key(k), value(v) {}
  Field(std::string_view k, const std::string& v) : key(k), value(v) {}
  Field(std::string_view k, bool v) : key(k), value(v ? "true" : "false"), is_number(true) {}
  template <std::integral T>
  Field(std::string_view k, T v) : key(k), value(std::to_string(v)), is_number(true) {}
  Field(std::string_view k, double v) : key(k), value(std::to_string(v)), is_number(true) {}
};
using Fields = std::initializer_list<Field>;

/// At the start, before other threads log. Without it: text, from `info` on.
void start(Level level, Format format);

/// `what` is an operation and its outcome in our words, e.g. `journal.commit_failed`.
void write(Level level, std::string_view what, Fields fields);

inline void debug(std::string_view what, Fields fields = {}) {
  write(Level::debug, what, fields);
}
inline void info(std::string_view what, Fields fields = {}) {
  write(Level::info, what, fields);
}
inline void warning(std::string_view what, Fields fields = {}) {
  write(Level::warning, what, fields);
}
inline void error(std::string_view what, Fields fields = {}) {
  write(Level::error, what, fields);
}

/// The entry without time and level, as `write` puts it; for tests.
std::string entry(Format format, std::string_view what, Fields fields);

}  // namespace hallway::log
