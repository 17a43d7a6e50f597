// Real conversations to replay, read from tests/data/chat: lines, who answered whom, threads.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hallway::load {

struct Line {
  int minute = 0;
  std::string speaker;                 // speakerNNN
  std::optional<std::size_t> answers;  // an earlier line of the same talk
  std::string text;                    // names in it are speakerNNN, too
};

using Talk = std::vector<Line>;

/// Reads one tab-separated file; lines that are not fit for a demonstration are left out. Throws
/// std::runtime_error when there is nothing to read.
[[nodiscard]] Talk read_talk(const std::string& path);
/// All files of a folder, in the order of their names.
[[nodiscard]] std::vector<Talk> read_talks(const std::string& folder);

/// The threads of a talk: lines joined by who answers whom, from lines_min on.
[[nodiscard]] std::vector<Talk> threads_of(const Talk& talk, std::size_t lines_min);

/// Speakers in the order of their first line.
[[nodiscard]] std::vector<std::string> speakers_of(const Talk& talk);

/// The text with every speakerNNN replaced by what name_of gives for it.
[[nodiscard]] std::string with_names(std::string_view text,
                                     const std::function<std::string(const std::string&)>& name_of);

}  // namespace hallway::load
