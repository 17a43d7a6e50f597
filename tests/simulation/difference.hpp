// How a fold says what it has that the server has not.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace hallway::simulation {

inline std::string difference(const char* what, const nlohmann::json& mine,
                              const nlohmann::json& theirs) {
  return std::string(what) + ": client " + mine.dump() + " server " + theirs.dump();
}

}  // namespace hallway::simulation
