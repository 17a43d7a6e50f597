// What the tests of refusals share: frames to send, and how a refusal is told.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "protocol/error.hpp"

namespace hallway::test {

inline constexpr std::string_view nonce = "01J9ZQ4K7W5E8M2X";

/// A command with the id 7.
std::string frame(const std::string& cmd, const nlohmann::json& data);

struct Refusal {
  std::optional<std::int64_t> id;
  ErrorCode code;
  std::string field;
  friend bool operator==(const Refusal&, const Refusal&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal);
};

/// Requires that `text` is refused, with a sentence.
Refusal refused(const std::string& text);
/// `bad_request`, naming `field`.
Refusal bad(const std::string& field, std::optional<std::int64_t> id = 7);
bool is_accepted(const std::string& text);

}  // namespace hallway::test
