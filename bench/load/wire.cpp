// JSON for the load client: see wire.hpp. The one file here that includes the JSON library.
#include "load/wire.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace hallway::load::wire {
namespace {

using Json = nlohmann::json;

const Json& node(const void* pointer) {
  static const Json nothing;
  return pointer == nullptr ? nothing : *static_cast<const Json*>(pointer);
}

}  // namespace

Value Value::operator[](std::string_view key) const {
  const Json& json = node(node_);
  Value value;
  if (json.is_object()) {
    if (const auto found = json.find(key); found != json.end()) {
      value.document_ = document_;
      value.node_ = &*found;
    }
  }
  return value;
}

Value Value::at(std::size_t index) const {
  const Json& json = node(node_);
  Value value;
  if (json.is_array() && index < json.size()) {
    value.document_ = document_;
    value.node_ = &json[index];
  }
  return value;
}

bool Value::has(std::string_view key) const {
  return node(node_).is_object() && node(node_).contains(key);
}

bool Value::is_null() const {
  return node(node_).is_null();
}

bool Value::is_object() const {
  return node(node_).is_object();
}

bool Value::is_string() const {
  return node(node_).is_string();
}

std::size_t Value::size() const {
  return node(node_).is_structured() ? node(node_).size() : 0;
}

std::vector<std::string> Value::keys() const {
  std::vector<std::string> keys;
  if (node(node_).is_object()) {
    for (const auto& [key, unused] : node(node_).items()) {
      keys.push_back(key);
    }
  }
  return keys;
}

std::vector<Value> Value::items() const {
  std::vector<Value> items;
  if (node(node_).is_array()) {
    for (const Json& json : node(node_)) {
      Value value;
      value.document_ = document_;
      value.node_ = &json;
      items.push_back(value);
    }
  }
  return items;
}

std::string Value::text() const {
  return node(node_).is_string() ? node(node_).get<std::string>() : std::string();
}

std::int64_t Value::number(std::int64_t otherwise) const {
  return node(node_).is_number() ? node(node_).get<std::int64_t>() : otherwise;
}

bool Value::flag() const {
  return node(node_).is_boolean() && node(node_).get<bool>();
}

std::string Value::dump() const {
  return node(node_).dump();
}

Value parse(std::string_view text) {
  Value value;
  auto document = std::make_shared<Json>(Json::parse(text, nullptr, false));
  if (!document->is_discarded()) {
    value.node_ = document.get();
    value.document_ = std::move(document);
  }
  return value;
}

std::string quote(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Fields& Fields::raw(std::string_view key, std::string_view json) {
  if (!body_.empty()) {
    body_ += ',';
  }
  body_.append("\"").append(key).append("\":").append(json);
  return *this;
}

Fields& Fields::add(std::string_view key, std::string_view text) {
  return raw(key, quote(text));
}

Fields& Fields::add(std::string_view key, double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", number);
  return raw(key, text);
}

Fields& Fields::list(std::string_view key, const std::vector<std::string>& texts) {
  std::string json = "[";
  for (const std::string& text : texts) {
    json += (json.size() > 1 ? "," : "") + quote(text);
  }
  return raw(key, json + "]");
}

}  // namespace hallway::load::wire
