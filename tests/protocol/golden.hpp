// Reads the golden frames of protocol/examples, which the JavaScript tests read too.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace hallway::test {

/// The frames of one folder (`commands`, `replies`, `refusals`, `pushes`) by file name without its
/// ending, e.g. `message.posted.lines`.
std::map<std::string, nlohmann::json> golden_frames(const std::string& folder);

/// The name that a variant of an example is of: the file's name up to its second dot at most,
/// `message.posted` for `message.posted.lines`, when that is the name of something known.
template <class Known>
bool has_example(const std::map<std::string, nlohmann::json>& frames, const Known& name) {
  const std::string wanted(name);
  for (const auto& [file, frame] : frames) {
    if (file == wanted || file.starts_with(wanted + ".")) return true;
  }
  return false;
}

}  // namespace hallway::test
