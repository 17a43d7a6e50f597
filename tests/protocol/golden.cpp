// The reader of golden.hpp.
#include "tests/protocol/golden.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace hallway::test {

std::map<std::string, nlohmann::json> golden_frames(const std::string& folder) {
  std::map<std::string, nlohmann::json> frames;
  for (const auto& entry : std::filesystem::directory_iterator(HALLWAY_EXAMPLES "/" + folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    const auto example = nlohmann::json::parse(file);
    for (const char* key : {"rule", "about", "frame"}) {
      if (!example.contains(key))
        throw std::runtime_error(entry.path().string() + " has no " + key);
    }
    frames.emplace(entry.path().stem().string(), example.at("frame"));
  }
  return frames;
}

}  // namespace hallway::test
