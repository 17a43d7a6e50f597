// Real conversations to replay: see conversations.hpp.
#include "bots/conversations.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

namespace hallway::load {
namespace {

constexpr std::string_view speaker_word = "speaker";
constexpr std::array<std::string_view, 6> coarse_words = {"fuck", "bitch", "shit",
                                                          "dick", "whore", "retard"};

bool is_fit(const std::string& text) {
  std::string lowered = text;
  std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool coarse = std::any_of(coarse_words.begin(), coarse_words.end(), [&](const auto word) {
    return lowered.find(word) != std::string::npos;
  });
  const bool visible =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isspace(c) == 0; });
  return visible && !coarse;
}

std::size_t number_in(const std::string& text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string> split_fields(const std::string& row) {
  std::vector<std::string> fields;
  std::size_t begin = 0;
  while (fields.size() < 3) {
    const std::size_t end = row.find('\t', begin);
    if (end == std::string::npos) {
      return {};
    }
    fields.push_back(row.substr(begin, end - begin));
    begin = end + 1;
  }
  fields.push_back(row.substr(begin));
  return fields;
}

}  // namespace

Talk read_talk(const std::string& path) {
  std::ifstream file(path);
  Talk talk;
  std::map<std::size_t, std::size_t> kept;  // number of a data line, from 1, to its place in talk
  std::size_t number = 0;
  std::string row;
  while (std::getline(file, row)) {
    if (row.starts_with('#')) {
      continue;
    }
    ++number;
    const std::vector<std::string> fields = split_fields(row);
    if (fields.empty() || !is_fit(fields[3])) {
      continue;
    }
    Line line{static_cast<int>(number_in(fields[0])), fields[1], std::nullopt, fields[3]};
    if (const auto answered = kept.find(number_in(fields[2])); answered != kept.end()) {
      line.answers = answered->second;
    }
    kept.emplace(number, talk.size());
    talk.push_back(std::move(line));
  }
  if (talk.empty()) {
    throw std::runtime_error("no conversation in " + path);
  }
  return talk;
}

std::vector<Talk> read_talks(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".tsv") {
      paths.push_back(entry.path().string());
    }
  }
  if (paths.empty()) {
    throw std::runtime_error("no conversations (*.tsv) in " + folder);
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Talk> talks;
  for (const std::string& path : paths) {
    talks.push_back(read_talk(path));
  }
  return talks;
}

std::vector<Talk> threads_of(const Talk& talk, std::size_t lines_min) {
  std::vector<std::size_t> thread_of(talk.size());
  std::vector<std::size_t> place_of(talk.size());
  std::vector<Talk> threads;
  for (std::size_t i = 0; i < talk.size(); ++i) {
    Line line = talk[i];
    if (line.answers) {
      thread_of[i] = thread_of[*line.answers];
      line.answers = place_of[*line.answers];
    } else {
      thread_of[i] = threads.size();
      threads.emplace_back();
    }
    place_of[i] = threads[thread_of[i]].size();
    threads[thread_of[i]].push_back(std::move(line));
  }
  std::erase_if(threads, [lines_min](const Talk& thread) { return thread.size() < lines_min; });
  return threads;
}

std::vector<std::string> speakers_of(const Talk& talk) {
  std::vector<std::string> speakers;
  for (const Line& line : talk) {
    if (std::find(speakers.begin(), speakers.end(), line.speaker) == speakers.end()) {
      speakers.push_back(line.speaker);
    }
  }
  return speakers;
}

std::string with_names(std::string_view text,
                       const std::function<std::string(const std::string&)>& name_of) {
  std::string out;
  while (true) {
    const std::size_t at = text.find(speaker_word);
    std::size_t end = at == std::string_view::npos ? at : at + speaker_word.size();
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) {
      ++end;
    }
    if (at == std::string_view::npos) {
      return out.append(text);
    }
    const std::string speaker(text.substr(at, end - at));
    out.append(text.substr(0, at));
    out.append(speaker.size() > speaker_word.size() ? name_of(speaker) : speaker);
    text.remove_prefix(end);
  }
}

}  // namespace hallway::load
