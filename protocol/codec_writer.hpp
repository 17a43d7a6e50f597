// The archive of codec_shapes.hpp that writes: Stored = false for the wire, true for the journal.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "protocol/codec_round_shapes.hpp"
#include "protocol/codec_safety_shapes.hpp"
#include "protocol/codec_shapes.hpp"
#include "protocol/ids.hpp"
#include "protocol/json_writer.hpp"

namespace hallway::shapes {

template <bool Stored>
class ShapeWriter {
 public:
  static constexpr bool is_stored = Stored;
  explicit ShapeWriter(json::Writer& out) : out_(out) {}

  template <class T>
  void field(std::string_view key, const T& value) {
    out_.key(key);
    write(value);
  }
  template <class T>
  void maybe(std::string_view key, const T& value) {
    if (!is_nothing(value)) field(key, value);
  }
  template <class T>
  void maybe(std::string_view key, const std::optional<T>& value) {
    if (value) field(key, *value);
  }
  void choice(std::string_view key, bool flag, std::string_view yes, std::string_view no) {
    field(key, flag ? yes : no);
  }
  void null(std::string_view key) {
    out_.key(key);
    out_.null();
  }
  template <class Key, class T>
  void map(std::string_view key, const std::vector<std::pair<Key, T>>& pairs) {
    out_.key(key);
    out_.begin_object();
    for (const auto& [name, value] : pairs) {
      write_key(name);
      write(value);
    }
    out_.end_object();
  }
  template <class Tag>
  void nullable(std::string_view key, Id<Tag> id) {
    out_.key(key);
    write_nullable(id);
  }
  template <class Fill>
  void object(std::string_view key, Fill fill) {
    out_.key(key);
    out_.begin_object();
    fill(*this);
    out_.end_object();
  }

  void write(bool value) { out_.boolean(value); }
  void write(std::string_view value) { out_.text(value); }
  void write(const std::string& value) { out_.text(value); }
  void write(double value) { out_.number(value); }
  template <std::integral T>
  void write(T value) {
    out_.integer(value);
  }
  /// Ids, streams, epochs and enumerations: whatever has a word on the wire.
  template <class T>
  requires requires(const T& value) { to_text(value); }
  void write(const T& value) { out_.text(to_text(value)); }
  template <class T>
  void write(const std::vector<T>& list) {
    out_.begin_array();
    for (const T& value : list) write(value);
    out_.end_array();
  }
  template <class First, class Second>
  void write(const std::pair<First, Second>& pair) {
    out_.begin_array();
    write_nullable(pair.first);
    write(pair.second);
    out_.end_array();
  }
  template <class T>
  void write(const std::optional<T>& value) {
    if (value) {
      write(*value);
    } else {
      out_.null();
    }
  }
  /// Everything else is a thing with a description.
  template <class T>
  requires(std::is_class_v<T> &&
           !requires(const T& value) { to_text(value); }) void write(const T& thing) {
    out_.begin_object();
    describe(*this, thing);
    out_.end_object();
  }

 private:
  template <class T>
  static bool is_nothing(const T& value) {
    if constexpr (requires { value.empty(); }) {
      return value.empty();
    } else {
      return value == T{};
    }
  }
  template <class Tag>
  void write_nullable(Id<Tag> id) {
    if (id) {
      write(id);
    } else {
      out_.null();
    }
  }
  void write_key(const std::string& key) { out_.key_escaped(key); }
  template <class T>
  void write_key(const T& key) {
    out_.key(to_text(key));
  }

  json::Writer& out_;
};

using WireWriter = ShapeWriter<false>;
using StoredWriter = ShapeWriter<true>;

}  // namespace hallway::shapes
