// Who the simulated people are: plausible names, and what they tell about themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "load/member.hpp"

namespace hallway::load {

/// The first `count` people of a seed; names do not repeat up to about 1,500.
[[nodiscard]] std::vector<Profile> make_profiles(std::size_t count, std::uint64_t seed);

[[nodiscard]] std::string first_name(std::string_view name);

/// Short exchanges of two people who write privately; each line answers the one before. "{}" stands
/// for the other's first name.
[[nodiscard]] const std::vector<std::vector<std::string_view>>& private_scripts();

/// Topics that tables of people in libraries and IT service pick.
[[nodiscard]] const std::vector<std::string_view>& table_topics();

}  // namespace hallway::load
