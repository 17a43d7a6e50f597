// Digests of commands, and the answer to a repeated one: see nonce.hpp.
#include "rooms/nonce.hpp"

#include "protocol/limits.hpp"

namespace hallway {

void Digest::add_byte(std::uint8_t byte) {
  state_ = (state_ ^ byte) * 0x100000001b3ULL;
}

Digest& Digest::add(std::string_view text) {
  add(static_cast<std::uint64_t>(text.size()));  // "ab","c" and "a","bc" differ
  for (const char c : text) add_byte(static_cast<std::uint8_t>(c));
  return *this;
}

Digest& Digest::add(std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<std::uint8_t>(number >> shift));
  return *this;
}

std::uint64_t Digest::value() const {
  std::uint64_t mixed = state_;  // the finaliser of MurmurHash3 spreads the last bytes
  mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccdULL;
  mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return mixed ^ (mixed >> 33);
}

std::optional<Decision> answered_before(const StreamLog& log, PersonId actor, const Nonce& nonce,
                                        std::uint64_t digest, TimeMs now) {
  const auto spent = log.find_nonce(actor, nonce);
  if (!spent || now - spent->at >= limits::nonce_ms) return std::nullopt;
  if (spent->digest != digest) {
    return refused(
        refuse(ErrorCode::nonce_conflict, "This was already used for something else.", "nonce"));
  }
  Decision decision;
  PostedReply reply;
  reply.offset = spent->offset;
  reply.at = spent->at;
  reply.dup = true;
  decision.reply = reply;
  return decision;
}

}  // namespace hallway
