// The helpers of refused.hpp.
#include "tests/protocol/refused.hpp"

#include <catch2/catch.hpp>

#include "protocol/codec.hpp"

namespace hallway::test {

std::string frame(const std::string& cmd, const nlohmann::json& data) {
  return nlohmann::json{{"id", 7}, {"cmd", cmd}, {"d", data}}.dump();
}

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.id.value_or(-1) << ' ' << to_text(refusal.code) << " '" << refusal.field
             << "'";
}

Refusal refused(const std::string& text) {
  INFO(text.substr(0, 300));
  const Decoded decoded = decode_command(text);
  REQUIRE_FALSE(decoded.pong);
  REQUIRE(decoded.command.has_error());
  const Error& error = decoded.command.error();
  CHECK_FALSE(error.message.empty());
  return {decoded.id, error.code, error.field};
}

Refusal bad(const std::string& field, std::optional<std::int64_t> id) {
  return {id, ErrorCode::bad_request, field};
}

bool is_accepted(const std::string& text) {
  return decode_command(text).command.has_value();
}

}  // namespace hallway::test
