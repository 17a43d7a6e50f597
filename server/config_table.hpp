// The table behind `config.hpp`: each setting's name, where it goes, its bounds and its sentence.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/config.hpp"

namespace hallway::config {

using Texts = std::vector<std::string>;

struct WholeNumber {
  std::int64_t& (*of)(Config&);
  std::int64_t min;
  std::int64_t max;
};
struct Rate {
  double& (*of)(Config&);
  double max;  // The least is just above 0.
};
struct Switch {
  bool& (*of)(Config&);
};
struct Text {
  std::string& (*of)(Config&);
  /// What is wrong with a value, or nothing.
  std::string (*judge)(const std::string&);
};
struct List {
  Texts& (*of)(Config&);
  std::string (*judge)(const std::string&);
};
struct Networks {
  TrustedProxies& (*of)(Config&);
};
struct LogLevel {};
struct DurabilityWord {};
struct LogFormat {};

struct Key {
  std::string_view name;
  std::variant<WholeNumber, Rate, Switch, Text, List, Networks, LogLevel, LogFormat, DurabilityWord>
      value;
  std::string_view help;
};

/// The order is that of the documentation.
const std::vector<Key>& keys();

inline bool is_list(const Key& key) {
  return std::holds_alternative<List>(key.value) || std::holds_alternative<Networks>(key.value);
}

/// What a key expects, in words.
std::string kind_of(const Key& key);

inline constexpr std::array level_words{"debug", "info", "warning", "error"};
inline constexpr std::array format_words{"text", "json"};
inline constexpr std::array durability_words{"commit", "relaxed"};

}  // namespace hallway::config
