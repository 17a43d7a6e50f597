#include "server/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "server/config_sso.hpp"
#include "server/config_table.hpp"

namespace hallway {
namespace {

using namespace config;

const Key* find_key(std::string_view name) {
  const auto found =
      std::find_if(keys().begin(), keys().end(), [&](const Key& key) { return key.name == name; });
  return found == keys().end() ? nullptr : &*found;
}

std::string variable_of(std::string_view name) {
  std::string variable = "HALLWAY_";
  for (const char c : name) {
    variable += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  return variable;
}

// --- Values, as words

template <class T>
std::optional<T> parse_number(const std::string& text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || at != end) return std::nullopt;
  return value;
}

std::string written(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

Texts split_list(const std::string& text) {
  Texts parts;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    std::string part = text.substr(at, comma - at);
    const std::size_t first = part.find_first_not_of(' ');
    if (first != std::string::npos) {
      parts.push_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
    }
    at = comma + 1;
  }
  return parts;
}

/// Puts a value where it belongs, or says what is wrong with it.
struct Setter {
  Config& config;
  const Texts& given;  // One, but for lists.

  const std::string& text() const { return given.front(); }

  std::string operator()(const WholeNumber& key) const {
    const auto value = parse_number<std::int64_t>(text());
    if (!value || *value < key.min || *value > key.max) {
      return "must be a whole number from " + std::to_string(key.min) + " to " +
             std::to_string(key.max);
    }
    key.of(config) = *value;
    return {};
  }
  std::string operator()(const Rate& key) const {
    const auto value = parse_number<double>(text());
    // Written so that "nan" fails.
    if (!value || !(*value > 0 && *value <= key.max)) {
      return "must be a number above 0 and at most " + written(key.max);
    }
    key.of(config) = *value;
    return {};
  }
  std::string operator()(const Switch& key) const {
    if (text() != "true" && text() != "false") return "must be true or false";
    key.of(config) = text() == "true";
    return {};
  }
  std::string operator()(const Text& key) const {
    std::string wrong = key.judge(text());
    if (wrong.empty()) key.of(config) = text();
    return wrong;
  }
  std::string operator()(const List& key) const {
    for (const std::string& part : given) {
      if (std::string wrong = key.judge(part); !wrong.empty()) return wrong;
    }
    key.of(config) = given;
    return {};
  }
  std::string operator()(const Networks& key) const {
    TrustedProxies networks;
    for (const std::string& part : given) {
      if (!networks.add(part)) return "must be networks like 10.0.0.0/8 or fd00::/8";
    }
    key.of(config) = networks;
    return {};
  }
  std::string operator()(const LogLevel&) const {
    const auto word = std::find(level_words.begin(), level_words.end(), text());
    if (word == level_words.end()) return "must be debug, info, warning or error";
    config.log_level = static_cast<log::Level>(word - level_words.begin());
    return {};
  }
  std::string operator()(const LogFormat&) const {
    const auto word = std::find(format_words.begin(), format_words.end(), text());
    if (word == format_words.end()) return "must be text or json";
    config.log_format = static_cast<log::Format>(word - format_words.begin());
    return {};
  }
  std::string operator()(const DurabilityWord&) const {
    const auto word = std::find(durability_words.begin(), durability_words.end(), text());
    if (word == durability_words.end()) return "must be commit or relaxed";
    config.durability = static_cast<Durability>(word - durability_words.begin());
    return {};
  }
};

Error wrong(std::string_view source, std::string_view key, const std::string& what) {
  std::string name(key);
  return refuse(ErrorCode::bad_request, std::string(source) + ": " + name + " " + what, name);
}

std::optional<Error> set(Config& config, const Key& key, const Texts& given,
                         std::string_view source, std::string_view called) {
  const std::string what = std::visit(Setter{config, given}, key.value);
  if (what.empty()) return std::nullopt;
  return wrong(source, called, what);
}

std::optional<Error> set_text(Config& config, const Key& key, const std::string& text,
                              std::string_view source, std::string_view called) {
  return set(config, key, is_list(key) ? split_list(text) : Texts{text}, source, called);
}

// --- The file

/// The value as one would write it on the command line; nullopt where its type cannot be meant.
std::optional<Texts> words_of(const toml::node& node, const Key& key) {
  const bool wants_number =
      std::holds_alternative<WholeNumber>(key.value) || std::holds_alternative<Rate>(key.value);
  if (is_list(key)) {
    if (!node.is_array()) return std::nullopt;
    Texts parts;
    for (const toml::node& part : *node.as_array()) {
      if (!part.is_string()) return std::nullopt;
      parts.push_back(**part.as_string());
    }
    return parts;
  }
  if (std::holds_alternative<Switch>(key.value)) {
    if (!node.is_boolean()) return std::nullopt;
    return Texts{**node.as_boolean() ? "true" : "false"};
  }
  if (wants_number && node.is_integer()) return Texts{std::to_string(**node.as_integer())};
  if (wants_number && node.is_floating_point()) return Texts{written(**node.as_floating_point())};
  if (!wants_number && node.is_string()) return Texts{**node.as_string()};
  return std::nullopt;
}

std::optional<Error> read_table(Config& config, const toml::table& table,
                                const std::string& section, const std::string& file) {
  for (const auto& [word, node] : table) {
    const std::string name = section + std::string(word.str());
    if (name == "sso") continue;  // config_sso.cpp reads it.
    if (node.is_table() && section.empty()) {
      if (auto error = read_table(config, *node.as_table(), name + ".", file)) return error;
      continue;
    }
    const Key* key = find_key(name);
    if (key == nullptr) return wrong(file, name, "is no setting of this version");
    const auto words = words_of(node, *key);
    if (!words) return wrong(file, name, "must be " + kind_of(*key));
    if (auto error = set(config, *key, *words, file, name)) return error;
  }
  return std::nullopt;
}

std::optional<Error> read_file(Config& config, const std::filesystem::path& path) {
  const std::string file = path.string();
  try {
    if (auto error = read_table(config, toml::parse_file(file), "", file)) return error;
    auto error = read_sso(file, config.sso);
    if (error) error->message = file + ": " + error->message;
    return error;
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    return refuse(ErrorCode::bad_request, file + (line > 0 ? ":" + std::to_string(line) : "") +
                                              ": " + std::string(error.description()));
  }
}

std::optional<Error> read_environment(Config& config,
                                      const std::map<std::string, std::string>& environment) {
  for (const auto& entry : environment) {
    const std::string& variable = entry.first;
    const std::string& text = entry.second;
    if (!variable.starts_with("HALLWAY_")) continue;
    const auto key = std::find_if(keys().begin(), keys().end(), [&](const Key& candidate) {
      return variable_of(candidate.name) == variable;
    });
    if (key == keys().end()) {
      return wrong("environment", variable, "is no setting of this version");
    }
    if (auto error = set_text(config, *key, text, "environment", variable)) return error;
  }
  return std::nullopt;
}

/// What concerns more than one key.
std::optional<Error> judge_whole(const Config& config) {
  const bool has_files = !config.tls.certificate.empty() && !config.tls.key.empty();
  if (!config.tls.listen.empty() && !has_files) {
    return wrong("configuration", "tls.listen", "needs tls.certificate and tls.key");
  }
  return std::nullopt;
}

// --- Documentation

struct Describer {
  Config defaults;

  std::string operator()(const WholeNumber& key) { return std::to_string(key.of(defaults)); }
  std::string operator()(const Rate& key) { return written(key.of(defaults)); }
  std::string operator()(const Switch& key) { return key.of(defaults) ? "true" : "false"; }
  std::string operator()(const Text& key) { return key.of(defaults); }
  std::string operator()(const List&) { return {}; }
  std::string operator()(const Networks&) { return {}; }
  std::string operator()(const LogLevel&) { return "info"; }
  std::string operator()(const LogFormat&) { return "text"; }
  std::string operator()(const DurabilityWord&) { return "commit"; }
};

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const Error error = refuse(ErrorCode::bad_request, "must be HOST:PORT, like 127.0.0.1:8080");
  if (colon == std::string_view::npos) return error;
  std::string_view host = text.substr(0, colon);
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!is_bracketed && host.find(':') != std::string_view::npos)) return error;
  const auto port = parse_number<std::uint16_t>(std::string(text.substr(colon + 1)));
  if (!port) return error;
  return Endpoint{std::string(host), *port};
}

std::vector<ConfigKey> config_keys() {
  std::vector<ConfigKey> described;
  Describer describer;
  for (const Key& key : keys()) {
    described.push_back({std::string(key.name), variable_of(key.name), kind_of(key),
                         std::visit(describer, key.value), std::string(key.help),
                         std::holds_alternative<Switch>(key.value)});
  }
  return described;
}

Result<Config> load_config(const ConfigSources& sources) {
  Config config;
  if (!sources.file.empty()) {
    if (auto error = read_file(config, sources.file)) return *error;
  }
  if (auto error = read_environment(config, sources.environment)) return *error;
  for (const auto& [name, text] : sources.flags) {
    const Key* key = find_key(name);
    if (key == nullptr) return wrong("flag", "--" + name, "is no setting of this version");
    if (auto error = set_text(config, *key, text, "flag", "--" + name)) return *error;
  }
  if (auto error = judge_whole(config)) return *error;
  return config;
}

std::string config_help() {
  std::string help =
      "Every setting is a key of the TOML file (a word before a dot names the section), a flag\n"
      "--section.key, and an environment variable. Flags outrank the environment, the environment\n"
      "outranks the file. As flag or variable, a list is written with commas.\n";
  for (const ConfigKey& key : config_keys()) {
    help += "\n" + key.name + "  (" + key.variable + ")\n  " + key.help + " Expects " + key.kind;
    help += key.fallback.empty() ? ".\n" : "; default " + key.fallback + ".\n";
  }
  return help;
}

}  // namespace hallway
