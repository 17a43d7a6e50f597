#include "server/passphrase.hpp"

#include <sodium.h>

#include <array>

namespace hallway {

std::optional<std::string> hash_passphrase(const std::string& passphrase) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int failed =
      crypto_pwhash_str_alg(hash.data(), passphrase.data(), passphrase.size(), passphrase_passes,
                            passphrase_memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return std::nullopt;
  return std::string(hash.data());
}

bool fits_passphrase(const std::string& hash, const std::string& passphrase) {
  return crypto_pwhash_str_verify(hash.c_str(), passphrase.data(), passphrase.size()) == 0;
}

}  // namespace hallway
