// The readers of fields.hpp.
#include "protocol/fields.hpp"

#include <algorithm>

#include "protocol/checks.hpp"
#include "protocol/text.hpp"

namespace hallway {
namespace {

bool is_nonce_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

}  // namespace

void Fields::refuse_field(std::string_view key, std::string message) {
  if (refusal_) return;
  refusal_ = refuse(ErrorCode::bad_request, std::move(message), path(key));
}

void Fields::adopt(const Fields& nested) {
  if (!refusal_) refusal_ = nested.refusal_;
}

const json::Value* Fields::required(std::string_view key) {
  const json::Value* value = object_.find(key);
  if (!value) refuse_field(key, "This field is missing.");
  return value;
}

const std::string* Fields::required_text(std::string_view key) {
  const json::Value* value = required(key);
  if (!value) return nullptr;
  if (!value->text()) refuse_field(key, "This must be text.");
  return value->text();
}

std::string Fields::keep(Result<std::string> checked) {
  if (checked) return std::move(*checked);
  if (!refusal_) refusal_ = checked.error();
  return {};
}

bool Fields::boolean(std::string_view key) {
  const json::Value* value = required(key);
  if (!value) return false;
  if (!value->boolean()) refuse_field(key, "This must be true or false.");
  return value->boolean() && *value->boolean();
}

std::int64_t Fields::integer(std::string_view key, Bounds bounds) {
  const json::Value* value = required(key);
  if (!value) return bounds.min;
  const std::int64_t* integer = value->integer();
  if (!integer) {
    refuse_field(key, "This must be a whole number.");
    return bounds.min;
  }
  if (*integer < bounds.min || *integer > bounds.max) {
    refuse_field(key, "This must be a whole number from " + std::to_string(bounds.min) + " to " +
                          std::to_string(bounds.max) + ".");
    return bounds.min;
  }
  return *integer;
}

Offset Fields::offset(std::string_view key, Bounds bounds) {
  return static_cast<Offset>(integer(key, bounds));
}

std::string Fields::name(std::string_view key) {
  const std::string* text = required_text(key);
  return text ? keep(checked_name(*text, path(key))) : std::string();
}

std::string Fields::line(std::string_view key, std::size_t max) {
  const std::string* text = required_text(key);
  if (!text) return {};
  std::string line = keep(checked_line(*text, max, path(key)));
  if (!text::has_visible(line)) refuse_field(key, "This needs at least one visible character.");
  return line;
}

std::string Fields::body(std::string_view key) {
  const std::string* text = required_text(key);
  return text ? keep(checked_body(*text, limits::body_max, path(key))) : std::string();
}

std::string Fields::nonce(std::string_view key) {
  const std::string* text = required_text(key);
  if (!text) return {};
  if (text->size() < limits::nonce_bytes_min || text->size() > limits::nonce_bytes_max ||
      !std::all_of(text->begin(), text->end(), is_nonce_character)) {
    refuse_field(key, "A nonce is 8 to 64 letters, digits, hyphens or underscores.");
  }
  return *text;
}

std::string Fields::timezone(std::string_view key) {
  std::string name = raw_text(key, limits::timezone_bytes_max);
  const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
  if (!is_name) refuse_field(key, "This must be a time zone's name, e.g. Europe/Copenhagen.");
  return name;
}

std::string Fields::emoji(std::string_view key) {
  const std::string* text = required_text(key);
  if (!text) return {};
  if (text->size() > limits::emoji_bytes_max || !text::is_one_visible_grapheme(*text)) {
    refuse_field(key, "A reaction is exactly one emoji.");
  }
  return *text;
}

std::string Fields::raw_text(std::string_view key, std::size_t bytes_max) {
  const std::string* text = required_text(key);
  if (!text) return {};
  if (text->size() > bytes_max) {
    refuse_field(key, "This may have " + std::to_string(bytes_max) + " bytes at most.");
  }
  return *text;
}

StreamId Fields::stream(std::string_view key) {
  const std::string* text = required_text(key);
  if (!text) return {};
  const auto stream = parse_stream(*text);
  if (!stream) refuse_field(key, "This is no stream: it is a kind, a colon and an id.");
  return stream.value_or(StreamId{});
}

const json::Object* Fields::object(std::string_view key) {
  const json::Value* value = required(key);
  if (!value) return nullptr;
  if (!value->object()) refuse_field(key, "This must be an object.");
  return value->object();
}

const json::Array* Fields::array(std::string_view key, std::size_t max) {
  const json::Value* value = required(key);
  return value ? array_of(key, *value, max) : nullptr;
}

const json::Array* Fields::array_of(std::string_view key, const json::Value& list,
                                    std::size_t max) {
  const json::Array* elements = list.array();
  if (!elements) {
    refuse_field(key, "This must be a list.");
    return nullptr;
  }
  if (elements->size() > max) {
    refuse_field(key, "This may hold " + std::to_string(max) + " entries at most.");
    return nullptr;
  }
  return elements;
}

Fields::Texts Fields::texts(std::string_view key, std::size_t min, std::size_t max) {
  const json::Value* value = required(key);
  return value ? texts_of(key, *value, min, max) : Texts{};
}

Fields::Texts Fields::texts_of(std::string_view key, const json::Value& list, std::size_t min,
                               std::size_t max) {
  const json::Array* elements = array_of(key, list, max);
  if (!elements) return {};
  if (elements->size() < min) {
    refuse_field(key, "This must hold " + std::to_string(min) + " entries at least.");
    return {};
  }
  Texts found;
  found.reserve(elements->size());
  for (const json::Value& value : *elements) {
    if (!value.text()) {
      refuse_field(key, "This must be a list of texts.");
      return {};
    }
    found.push_back(value.text());
  }
  return found;
}

std::vector<Fields::Texts> Fields::text_groups(std::string_view key, std::size_t groups_max,
                                               std::size_t min, std::size_t max) {
  const json::Array* list = array(key, groups_max);
  if (!list) return {};
  std::vector<Texts> groups;
  for (const json::Value& value : *list) {
    groups.push_back(texts_of(key, value, min, max));
    Texts sorted = groups.back();
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return *a < *b; });
    const auto twice =
        std::adjacent_find(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return *a == *b; });
    if (twice != sorted.end()) refuse_field(key, "Nobody may stand twice in one list.");
  }
  return groups;
}

std::vector<std::pair<const std::string*, const std::string*>> Fields::text_pairs(
    std::string_view key, std::size_t max) {
  const json::Object* members = object(key);
  if (!members) return {};
  if (members->members.size() > max) {
    refuse_field(key, "This may hold " + std::to_string(max) + " entries at most.");
    return {};
  }
  std::vector<std::pair<const std::string*, const std::string*>> pairs;
  for (const auto& [from, to] : members->members) {
    if (!to.text()) {
      refuse_field(key, "This must be an object of texts.");
      return {};
    }
    pairs.emplace_back(&from, to.text());
  }
  return pairs;
}

std::optional<std::int64_t> Fields::optional_integer(std::string_view key, Bounds bounds) {
  if (!has(key)) return std::nullopt;
  return integer(key, bounds);
}

std::optional<std::string> Fields::optional_name(std::string_view key) {
  if (!has(key)) return std::nullopt;
  return name(key);
}

std::optional<std::string> Fields::optional_line(std::string_view key, std::size_t max) {
  const std::string* text = has(key) ? required_text(key) : nullptr;
  if (!text) return std::nullopt;
  return keep(checked_line(*text, max, path(key)));
}

}  // namespace hallway
