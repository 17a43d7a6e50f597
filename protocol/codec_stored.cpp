// The journal's form of a push: its data alone, people as ids. What is written here is read back by
// every later version, so a change of a field is a new version and a step that lifts the old one.
#include <array>
#include <cassert>
#include <type_traits>

#include "protocol/codec.hpp"
#include "protocol/codec_writer.hpp"
#include "protocol/json_value.hpp"

namespace hallway {
namespace {

constexpr bool is_kept(Lasting lasting) {
  return lasting == Lasting::durable || lasting == Lasting::fact;
}

/// The archive of codec_shapes.hpp that reads. After the first field that is not as it was written,
/// `is_broken` stays true.
class StoredReader {
 public:
  static constexpr bool is_stored = true;
  explicit StoredReader(const json::Object& object) : object_(object) {}
  bool is_broken() const { return is_broken_; }

  template <class T>
  void field(std::string_view key, T& out) {
    const json::Value* value = object_.find(key);
    if (!value || !read(*value, out)) is_broken_ = true;
  }
  template <class T>
  void maybe(std::string_view key, T& out) {
    if (object_.find(key)) field(key, out);
  }
  void choice(std::string_view key, bool& flag, std::string_view yes, std::string_view no) {
    std::string word;
    field(key, word);
    flag = word == yes;
    if (word != yes && word != no) is_broken_ = true;
  }
  void null(std::string_view) {}
  template <class Tag>
  void nullable(std::string_view key, Id<Tag>& id) {
    const json::Value* value = object_.find(key);
    if (!value || !read_nullable(*value, id)) is_broken_ = true;
  }
  template <class Fill>
  void object(std::string_view key, Fill fill) {
    const json::Value* value = object_.find(key);
    if (!value || !value->object()) {
      is_broken_ = true;
      return;
    }
    StoredReader inner(*value->object());
    fill(inner);
    is_broken_ = is_broken_ || inner.is_broken_;
  }

 private:
  static bool read(const json::Value& value, bool& out) { return assign(value.boolean(), out); }
  static bool read(const json::Value& value, std::string& out) { return assign(value.text(), out); }
  static bool read(const json::Value& value, std::int64_t& out) {
    return assign(value.integer(), out);
  }
  static bool read(const json::Value& value, Offset& out) {
    const std::int64_t* integer = value.integer();
    if (!integer || *integer < 0) return false;
    out = static_cast<Offset>(*integer);
    return true;
  }
  template <class Tag>
  static bool read(const json::Value& value, Id<Tag>& out) {
    if (value.text()) out = parse_id<Tag>(*value.text());
    return value.text() != nullptr;
  }
  static bool read(const json::Value& value, StreamId& out) {
    return assign_parsed(value, out, parse_stream);
  }
  static bool read(const json::Value& value, Role& out) {
    return assign_parsed(value, out, parse_role);
  }
  static bool read(const json::Value& value, PersonState& out) {
    return assign_parsed(value, out, parse_person_state);
  }
  static bool read(const json::Value& value, EventState& out) {
    return assign_parsed(value, out, parse_event_state);
  }
  static bool read(const json::Value& value, Admission& out) {
    return assign_parsed(value, out, parse_admission);
  }
  static bool read(const json::Value& value, RoomKind& out) {
    return assign_parsed(value, out, parse_room_kind);
  }
  static bool read(const json::Value& value, Mood& out) {
    return assign_parsed(value, out, parse_mood);
  }
  static bool read(const json::Value& value, SeatLeftReason& out) {
    return assign_parsed(value, out, parse_seat_left_reason);
  }
  static bool read(const json::Value& value, RoleScope& out) {
    return assign_parsed(value, out, parse_role_scope);
  }
  static bool read(const json::Value& value, ReportOutcome& out) {
    return assign_parsed(value, out, parse_report_outcome);
  }
  static bool read(const json::Value& value, RoundCancelReason& out) {
    return assign_parsed(value, out, parse_round_cancel_reason);
  }
  template <class T>
  static bool read(const json::Value& value, std::vector<T>& out) {
    if (!value.array()) return false;
    for (const json::Value& element : *value.array()) {
      if (!read(element, out.emplace_back())) return false;
    }
    return true;
  }
  template <class First, class Second>
  static bool read(const json::Value& value, std::pair<First, Second>& out) {
    const json::Array* both = value.array();
    return both && both->size() == 2 && read_nullable(both->front(), out.first) &&
           read(both->back(), out.second);
  }
  template <class T>
  static bool read(const json::Value& value, std::optional<T>& out) {
    if (std::holds_alternative<std::nullptr_t>(value.data)) return true;
    return read(value, out.emplace());
  }
  template <class Thing>
  requires std::is_class_v<Thing>
  static bool read(const json::Value& value, Thing& out) {
    if (!value.object()) return false;
    StoredReader inner(*value.object());
    shapes::describe(inner, out);
    return !inner.is_broken_;
  }

  template <class Tag>
  static bool read_nullable(const json::Value& value, Id<Tag>& out) {
    return std::holds_alternative<std::nullptr_t>(value.data) || read(value, out);
  }
  template <class T>
  static bool assign(const T* value, T& out) {
    if (value) out = *value;
    return value != nullptr;
  }
  template <class T, class Parse>
  static bool assign_parsed(const json::Value& value, T& out, Parse parse) {
    const auto parsed = value.text() ? parse(*value.text()) : std::nullopt;
    if (parsed) out = *parsed;
    return parsed.has_value();
  }

  const json::Object& object_;
  bool is_broken_ = false;
};

template <class Data>
std::optional<PushData> read_as(const json::Object& object) {
  if constexpr (is_kept(Data::lasting)) {
    StoredReader reader(object);
    Data data;
    shapes::describe(reader, data);
    if (!reader.is_broken()) return PushData{std::move(data)};
  }
  return std::nullopt;
}

template <class... All>
std::optional<PushData> read_named(std::type_identity<std::variant<All...>>, std::string_view name,
                                   const json::Object& object) {
  std::optional<PushData> data;
  const auto read_if_named = [&]<class Data>(std::type_identity<Data>) {
    if (Data::name == name) data = read_as<Data>(object);
  };
  // Names are distinct (the tests hold them so): one at most fits.
  (read_if_named(std::type_identity<All>{}), ...);
  return data;
}

}  // namespace

std::string encode_stored(const PushData& data) {
  std::string text;
  json::Writer writer(text);
  std::visit(
      [&](const auto& push) {
        if constexpr (is_kept(std::decay_t<decltype(push)>::lasting)) {
          shapes::StoredWriter(writer).write(push);
        } else {
          assert(false && "transient and local pushes are kept nowhere");
        }
      },
      data);
  return text;
}

std::optional<PushData> decode_stored(std::string_view name, int version, std::string_view json) {
  // Version 1 is the first. The step that lifts version n to n + 1 belongs here, with the change.
  if (version < 1 || version > stored_version) return std::nullopt;
  const json::Parsed parsed = json::parse(json);
  if (parsed.error || !parsed.value.object()) return std::nullopt;
  return read_named(std::type_identity<PushData>{}, name, *parsed.value.object());
}

}  // namespace hallway
