// The rules of http_header.hpp, line by line.
#include "server/net/http_header.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace hallway {
namespace {

constexpr std::string_view line_end = "\r\n";

bool is_token_char(char c) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         marks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Controls hide in logs, and a bare CR or LF ends a line for some readers only.
bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

/// Fields that decide where a request ends or who asks; each may stand once.
enum Single : std::size_t {
  host,
  content_length,
  transfer_encoding,
  content_type,
  authorization,
  cookie,
  origin,
  expect,
  single_count,
};
constexpr std::array<std::string_view, single_count> single_names{
    "host",   "content-length", "transfer-encoding", "content-type", "authorization", "cookie",
    "origin", "expect"};

struct Header {
  bool is_old = false;  // HTTP/1.0
  std::array<std::optional<std::string_view>, single_count> singles{};
};

std::optional<HeaderFault> check_request_line(std::string_view line, Header& header) {
  const std::size_t method_end = line.find(' ');
  const std::size_t target_end = line.rfind(' ');
  if (method_end == std::string_view::npos || method_end == target_end ||
      !is_token(line.substr(0, method_end))) {
    return HeaderFault{400, "The request line cannot be read."};
  }
  const std::string_view version = line.substr(target_end + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return HeaderFault{505, "This server speaks HTTP/1.1."};
  }
  header.is_old = version == "HTTP/1.0";
  const std::string_view target = line.substr(method_end + 1, target_end - method_end - 1);
  const bool is_plain = std::all_of(target.begin(), target.end(),
                                    [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  if (!target.starts_with('/') || !is_plain) {
    return HeaderFault{400, "The target of the request must be a path."};
  }
  if (target.size() > target_bytes_max) {
    return HeaderFault{414, "The target of the request is too long."};
  }
  return std::nullopt;
}

std::optional<HeaderFault> check_field(std::string_view line, Header& header) {
  if (is_blank(line.front())) return HeaderFault{400, "A header field is folded over lines."};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return HeaderFault{400, "A header field cannot be read."};
  }
  const std::string name = lower(line.substr(0, colon));
  const auto single = std::find(single_names.begin(), single_names.end(), name);
  if (single == single_names.end()) return std::nullopt;
  auto& slot = header.singles[static_cast<std::size_t>(single - single_names.begin())];
  if (slot) return HeaderFault{400, "A header field stands twice that may stand once."};
  slot = stripped(line.substr(colon + 1));
  return std::nullopt;
}

bool is_host(std::string_view text) {
  static constexpr std::string_view marks = "-._:[]~%";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           marks.find(c) != std::string_view::npos;
  });
}

/// Where the body ends must have one reading.
std::optional<HeaderFault> check_framing(const Header& header) {
  const auto& length = header.singles[content_length];
  const auto& coding = header.singles[transfer_encoding];
  if (length && coding) {
    return HeaderFault{400, "Content-Length and Transfer-Encoding exclude each other."};
  }
  if (length) {
    const bool is_number =
        !length->empty() && length->size() <= 12 &&
        std::all_of(length->begin(), length->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) return HeaderFault{400, "Content-Length must be a number."};
  }
  if (coding) {
    if (header.is_old) return HeaderFault{400, "HTTP/1.0 has no Transfer-Encoding."};
    if (lower(*coding) != "chunked") {
      return HeaderFault{501, "The only Transfer-Encoding known here is chunked."};
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<HeaderFault> check_header(std::string_view header) {
  Header read;
  std::size_t lines = 0;
  while (!header.starts_with(line_end)) {
    const std::size_t end = header.find(line_end);
    if (end == std::string_view::npos) return HeaderFault{400, "The header has no end."};
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(end + line_end.size());
    if (has_control(line)) return HeaderFault{400, "The header holds a control character."};
    const auto fault = lines == 0 ? check_request_line(line, read) : check_field(line, read);
    if (fault) return fault;
    if (++lines > header_fields_max + 1) return HeaderFault{431, "There are too many fields."};
  }
  if (lines == 0) return HeaderFault{400, "The request begins with an empty line."};
  const auto& host_field = read.singles[host];
  if (!host_field && !read.is_old) return HeaderFault{400, "A request must name its host."};
  if (host_field && !is_host(*host_field)) return HeaderFault{400, "The host cannot be read."};
  return check_framing(read);
}

}  // namespace hallway
