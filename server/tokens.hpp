// What is kept of tokens: their hashes, so that a copy of the database signs nobody in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/registry.hpp"

namespace hallway {

/// SHA-256 (FIPS 180-4). Tokens are 256 random bits, so that no salt or slow hash is needed.
TokenHash hash_token(std::string_view token);

/// BLAKE2b (RFC 7693) with a key of 256 bits.
TokenHash keyed_hash(const TokenHash& key, std::string_view bytes);

/// In a time that tells nothing about where they differ.
bool equal_in_constant_time(const TokenHash& a, const TokenHash& b);

/// Lower-case hexadecimal; the first `short_id_chars` of it name a token to operators.
std::string to_hex(const TokenHash& hash);
/// Nothing for what to_hex would not have written, upper-case digits included.
std::optional<TokenHash> parse_token_hash(std::string_view hex);
inline constexpr std::size_t short_id_chars = 12;

/// RFC 4648 section 5, without padding.
std::string encode_base64url(std::string_view bytes);
/// Nothing for what encode_base64url would not have written: padding, other letters, stray bits.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace hallway
