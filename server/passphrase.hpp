// What is kept of a passphrase: Argon2id (RFC 9106) by libsodium, with its parameters and salt in
// the text, so that a copy of the database costs an attacker so much a guess.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace hallway {

/// OWASP's least for Argon2id with one lane: 19 MiB, two passes. A guess costs about 30 ms.
inline constexpr std::size_t passphrase_memory_bytes = std::size_t{19} * 1024 * 1024;
inline constexpr unsigned long long passphrase_passes = 2;

/// Slow by design: on PassphrasePool's thread alone. Nothing where the memory could not be had.
std::optional<std::string> hash_passphrase(const std::string& passphrase);
bool fits_passphrase(const std::string& hash, const std::string& passphrase);

}  // namespace hallway
