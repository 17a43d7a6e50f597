// libFuzzer: what HTTP reads before it knows who speaks (the raw header, cookies, slots, the
// Origin, a token's hash) takes any bytes, and what it lets through holds to its own rules.
#include <string>
#include <string_view>

#include "server/net/cookies.hpp"
#include "server/net/http_header.hpp"
#include "server/net/origin.hpp"
#include "server/tokens.hpp"
#include "tests/fuzz/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallway;
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  // As a connection cuts it: what stands behind the first empty line is no header.
  constexpr std::string_view header_end = "\r\n\r\n";
  std::string header = std::string(text).append(header_end);
  header.resize(header.find(header_end) + header_end.size());
  if (const auto fault = check_header(header)) {
    fuzz::require(fault->status >= 400 && fault->status < 600 && !fault->why.empty());
  } else {
    // No bare line feed, no NUL and no folded line passes: two readers would see two requests.
    fuzz::require(header.find('\0') == std::string::npos);
    for (std::size_t i = header.find('\n'); i != std::string::npos; i = header.find('\n', i + 1)) {
      fuzz::require(i > 0 && header[i - 1] == '\r');
      fuzz::require(i + 1 >= header.size() || (header[i + 1] != ' ' && header[i + 1] != '\t'));
    }
  }

  for (const bool secure : {false, true}) {
    for (const std::string& token : read_cookies(text, secure)) {
      fuzz::require(token.size() <= size);
    }
  }
  if (const auto slot = parse_slot(text)) fuzz::require(*slot >= 0 && *slot < 8);
  (void)slot_of_query(text);
  const OriginRule rule("https://meet.example.org", {"https://www.example.org"});
  if (rule.allows(text, OwnAddress{})) {
    fuzz::require(text == "https://meet.example.org" || text == "https://www.example.org");
  }
  if (const auto hash = parse_token_hash(text)) fuzz::require(to_hex(*hash) == text);
  return 0;
}
