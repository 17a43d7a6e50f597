// Logins, passphrases and recovery codes as people type them: read, normalised and judged.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/fields.hpp"
#include "server/clock.hpp"
#include "server/registry.hpp"

namespace hallway {

/// As logins are compared: NFC and its case folded. Not judged: one that cannot be anybody's is
/// nobody's.
std::string read_login(Fields& fields, std::string_view key = "login");
/// Of a new account: 3 to 64 characters, no white space, no controls.
std::string read_new_login(Fields& fields);

/// In NFC, so that it fits whichever keyboard composed it.
std::string read_passphrase(Fields& fields, std::string_view key = "passphrase");
/// 10 to 256 characters and not the login.
std::string read_new_passphrase(Fields& fields, std::string_view key, std::string_view login);

/// 80 random bits as `7k2m-x9qa-…`, in letters and digits that are not taken for one another
/// (Crockford's base32).
std::string make_recovery_code(ClockSource& clock);
/// Of a code as it was typed: without hyphens and spaces, in any case. A code of 80 random bits
/// needs no slow hash.
TokenHash hash_recovery_code(std::string_view typed);

}  // namespace hallway
