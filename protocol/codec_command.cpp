// decode_command: the envelope, and the table from a command's name to the reader of its fields.
#include <algorithm>
#include <array>
#include <type_traits>

#include "protocol/codec.hpp"
#include "protocol/codec_command_fields.hpp"
#include "protocol/fields.hpp"
#include "protocol/json_value.hpp"

namespace hallway {
namespace {

template <class T>
Result<Command> read_as(Fields& fields) {
  Command command{std::in_place_type<T>};
  read_fields(fields, std::get<T>(command));
  if (fields.refusal()) return *fields.refusal();
  return command;
}

struct Entry {
  std::string_view name;
  Result<Command> (*read)(Fields&) = nullptr;
};

template <class... Commands>
constexpr auto entries_of(std::type_identity<std::variant<Commands...>>) {
  std::array<Entry, sizeof...(Commands)> entries{{{Commands::name, &read_as<Commands>}...}};
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

// Sorted by name. A command without a `read_fields` of its own does not compile here.
constexpr auto entries = entries_of(std::type_identity<Command>{});
static_assert(std::adjacent_find(entries.begin(), entries.end(),
                                 [](const Entry& a, const Entry& b) { return a.name == b.name; }) ==
                  entries.end(),
              "two commands share a name");

const Entry* find_entry(std::string_view name) {
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), name,
                       [](const Entry& e, std::string_view n) { return e.name < n; });
  return found != entries.end() && found->name == name ? &*found : nullptr;
}

std::optional<std::int64_t> read_id(const json::Object& frame) {
  const json::Value* value = frame.find("id");
  const std::int64_t* id = value ? value->integer() : nullptr;
  if (!id || *id < 1 || *id > integer_max) return std::nullopt;
  return *id;
}

Error bad(std::string message, std::string field = {}) {
  return refuse(ErrorCode::bad_request, std::move(message), std::move(field));
}

Result<Command> read_command(const json::Object& frame, bool has_id) {
  const json::Value* cmd = frame.find("cmd");
  const std::string* name = cmd ? cmd->text() : nullptr;
  const bool may_omit_id = name && *name == Typing::name && !frame.find("id");
  if (!has_id && !may_omit_id)
    return bad("A command needs a whole number above 0 as its id.", "id");
  if (!name) return bad("A command needs its name.", "cmd");
  const Entry* entry = find_entry(*name);
  if (!entry)
    return refuse(ErrorCode::unknown_cmd, "This server does not know this command.", "cmd");

  static const json::Object no_data;
  const json::Value* data = frame.find("d");
  if (data && !data->object()) return bad("The data of a command must be an object.", "d");
  Fields fields(data ? *data->object() : no_data);
  return entry->read(fields);
}

}  // namespace

Decoded decode_command(std::string_view text) {
  const json::Parsed parsed = json::parse(text);
  const json::Object* frame = parsed.value.object();
  const std::optional<std::int64_t> id = frame ? read_id(*frame) : std::nullopt;
  if (parsed.error) {
    // An id that stands twice is no id.
    const bool is_readable = parsed.error->field != "id";
    return {is_readable ? id : std::nullopt, *parsed.error};
  }
  if (!frame) return {std::nullopt, bad("A frame must be a JSON object.")};
  if (frame->find("pong") && !frame->find("cmd")) {
    return {std::nullopt, Command{}, true};
  }
  return {id, read_command(*frame, id.has_value())};
}

}  // namespace hallway
