#include "server/net/credentials.hpp"

#include <array>

#include "protocol/text.hpp"
#include "server/tokens.hpp"

namespace hallway {
namespace {

constexpr std::size_t utf8_bytes_max = 4;
constexpr std::string_view code_letters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t code_chars = 16;
constexpr std::size_t code_group_chars = 4;

bool is_within(std::string_view text, std::size_t min, std::size_t max) {
  const std::size_t count = text::code_points(text);
  return count >= min && count <= max;
}

}  // namespace

std::string read_login(Fields& fields, std::string_view key) {
  const std::string typed = fields.raw_text(key, limits::login_max * utf8_bytes_max);
  return fields.refusal() ? std::string() : text::case_folded(typed);
}

std::string read_new_login(Fields& fields) {
  constexpr std::string_view key = "login";
  std::string login = read_login(fields);
  if (!is_within(login, limits::login_min, limits::login_max)) {
    fields.refuse_field(key, "A login has 3 to 64 characters.");
  }
  if (text::has_space(login) || text::has_forbidden_in_line(login)) {
    fields.refuse_field(key, "A login has no spaces and no invisible characters.");
  }
  return login;
}

std::string read_passphrase(Fields& fields, std::string_view key) {
  const std::string typed = fields.raw_text(key, limits::passphrase_max * utf8_bytes_max);
  return fields.refusal() ? std::string() : text::nfc(typed);
}

std::string read_new_passphrase(Fields& fields, std::string_view key, std::string_view login) {
  std::string passphrase = read_passphrase(fields, key);
  if (!is_within(passphrase, limits::passphrase_min, limits::passphrase_max)) {
    fields.refuse_field(key, "A passphrase has 10 to 256 characters.");
  }
  if (!fields.refusal() && text::case_folded(passphrase) == login) {
    fields.refuse_field(key, "The passphrase must not be the login.");
  }
  return passphrase;
}

std::string make_recovery_code(ClockSource& clock) {
  std::array<std::uint8_t, code_chars> bytes{};
  clock.fill_random(bytes);
  std::string code;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % code_group_chars == 0) code += '-';
    code += code_letters[bytes[i] % code_letters.size()];
  }
  return code;
}

TokenHash hash_recovery_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    code += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return hash_token(code);
}

}  // namespace hallway
