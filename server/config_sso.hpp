// The file's `[[sso.jwt]]` and `[[sso.oidc]]`: lists of tables, which neither flags nor variables
// can say.
#pragma once

#include <optional>
#include <string>

#include "protocol/error.hpp"
#include "server/sso_settings.hpp"

namespace hallway {

/// Reads the `sso` of a TOML file that can be parsed, and the files of keys that it names. The
/// refusal names the setting.
std::optional<Error> read_sso(const std::string& file, SsoSettings& settings);

}  // namespace hallway
