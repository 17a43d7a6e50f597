// The cookies that keep a browser's people signed in: `hallway_0` to `hallway_7`, one a person;
// with the prefix `__Host-` where the connection is secure, so that no other host can set them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hallway {

inline constexpr int slots_max = 8;
inline constexpr std::size_t cookie_token_bytes_max = 128;

/// The tokens by slot that a Cookie field brings; empty text: none. Only names that fit `secure`
/// count. A slot that stands twice is none: nobody can tell which one is ours.
std::array<std::string, slots_max> read_cookies(std::string_view field, bool secure);

/// The value of a Set-Cookie field: HttpOnly, SameSite=Lax, Path=/, and Secure where `secure`.
std::string write_cookie(int slot, std::string_view token, std::int64_t lifetime_s, bool secure);
/// The same, to make the browser forget it.
std::string forget_cookie(int slot, bool secure);

/// Other cookies of ours, by their name without the prefix; empty: none, or twice.
std::string read_named_cookie(std::string_view field, std::string_view name, bool secure);
std::string write_named_cookie(std::string_view name, std::string_view value,
                               std::int64_t lifetime_s, bool secure);

/// `0` to `7`.
std::optional<int> parse_slot(std::string_view text);
/// Of `?as=`: absent, or a slot, or (not a slot) -1.
std::optional<int> slot_of_query(std::string_view query);

}  // namespace hallway
