#include "server/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <memory>

namespace hallway::log {
namespace {

std::atomic<Format> chosen_format = Format::text;

spdlog::level::level_enum to_spdlog(Level level) {
  constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                              spdlog::level::err, spdlog::level::off};
  return levels[static_cast<std::size_t>(level)];
}

void escape_unit(std::string& out, unsigned unit) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "\\u%04x", unit);
  out += text.data();
}

/// The code point at `at` if it is one that changes how a line is shown: line separators, bidi
/// marks, embeddings, overrides and isolates, the byte order mark, C1 controls. All have two or
/// three bytes.
unsigned steering_code_point(std::string_view text, std::size_t at, std::size_t& bytes) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0) {
    bytes = 2;
    return byte(1);
  }
  if (byte(0) == 0xd8 && byte(1) == 0x9c) {
    bytes = 2;
    return 0x061c;
  }
  if (byte(0) == 0xe2 || byte(0) == 0xef) {
    const unsigned code = ((byte(0) & 0x0fU) << 12) | ((byte(1) & 0x3fU) << 6) | (byte(2) & 0x3fU);
    bytes = 3;
    if ((code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
        (code >= 0x2060 && code <= 0x206f) || code == 0xfeff) {
      return code;
    }
  }
  return 0;
}

/// Inside double quotes, by JSON's rules.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    std::size_t bytes = 1;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += text[i];
    } else if (c < 0x20 || c == 0x7f) {
      escape_unit(out, c);
    } else if (const unsigned code = steering_code_point(text, i, bytes); code != 0) {
      escape_unit(out, code);
      i += bytes - 1;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_plain(std::string_view text) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/+@[]";
  return !text.empty() && text.find_first_not_of(plain) == std::string_view::npos;
}

std::string text_entry(std::string_view what, Fields fields) {
  std::string line(what);
  for (const Field& field : fields) {
    line += ' ';
    line += field.key;
    line += '=';
    line += is_plain(field.value) ? field.value : '"' + escaped(field.value) + '"';
  }
  return line;
}

std::string json_entry(std::string_view what, Fields fields) {
  std::string line = "\"what\":\"" + escaped(what) + '"';
  for (const Field& field : fields) {
    line += ",\"" + std::string(field.key) + "\":";
    line += field.is_number ? field.value : '"' + escaped(field.value) + '"';
  }
  return line;
}

spdlog::logger& logger() {
  static spdlog::logger instance("hallway", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  return instance;
}

}  // namespace

void start(Level level, Format format) {
  chosen_format = format;
  logger().set_level(to_spdlog(level));
  logger().flush_on(spdlog::level::trace);
  const char* pattern = format == Format::json ? R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                                               : "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
  logger().set_formatter(
      std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc));
}

void write(Level level, std::string_view what, Fields fields) {
  const auto wanted = to_spdlog(level);
  if (!logger().should_log(wanted)) return;
  logger().log(wanted, spdlog::string_view_t("{}"), entry(chosen_format, what, fields));
}

std::string entry(Format format, std::string_view what, Fields fields) {
  return format == Format::json ? json_entry(what, fields) : text_entry(what, fields);
}

}  // namespace hallway::log
