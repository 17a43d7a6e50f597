#include "server/tokens.hpp"

#include <sodium.h>

namespace hallway {

static_assert(std::tuple_size_v<TokenHash> == crypto_hash_sha256_BYTES);

TokenHash hash_token(std::string_view token) {
  TokenHash hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size());
  return hash;
}

TokenHash keyed_hash(const TokenHash& key, std::string_view bytes) {
  TokenHash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), key.data(), key.size());
  return hash;
}

bool equal_in_constant_time(const TokenHash& a, const TokenHash& b) {
  return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(const TokenHash& hash) {
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

std::optional<TokenHash> parse_token_hash(std::string_view hex) {
  TokenHash hash{};
  std::size_t bytes = 0;
  const char* end = nullptr;
  const bool whole = hex.size() == hash.size() * 2 &&
                     sodium_hex2bin(hash.data(), hash.size(), hex.data(), hex.size(), nullptr,
                                    &bytes, &end) == 0 &&
                     bytes == hash.size() && end == hex.data() + hex.size() && to_hex(hash) == hex;
  if (!whole) return std::nullopt;
  return hash;
}

std::string encode_base64url(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  text.pop_back();
  return text;
}

std::optional<std::string> decode_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const bool whole = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &size, &end,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                     end == text.data() + text.size();
  bytes.resize(size);
  if (!whole || encode_base64url(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace hallway
