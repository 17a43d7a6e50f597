#include "server/net/client_name.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/limits.hpp"

namespace hallway {
namespace {

struct Sign {
  std::string_view in_user_agent;
  std::string_view name;
};
// Every browser names those before it that it wants to be taken for: the first that fits is it.
constexpr std::array browsers{
    Sign{"Edg/", "Edge"},      Sign{"EdgA/", "Edge"},
    Sign{"OPR/", "Opera"},     Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"FxiOS/", "Firefox"}, Sign{"Firefox/", "Firefox"},
    Sign{"CriOS/", "Chrome"},  Sign{"Chrome/", "Chrome"},
    Sign{"Safari/", "Safari"}};
constexpr std::array systems{Sign{"iPhone", "iPhone"},   Sign{"iPad", "iPad"},
                             Sign{"Android", "Android"}, Sign{"CrOS", "ChromeOS"},
                             Sign{"Windows", "Windows"}, Sign{"Mac OS X", "macOS"},
                             Sign{"Linux", "Linux"}};

template <std::size_t N>
std::string_view find_sign(const std::array<Sign, N>& signs, std::string_view user_agent) {
  for (const Sign& sign : signs) {
    if (user_agent.find(sign.in_user_agent) != std::string_view::npos) return sign.name;
  }
  return {};
}

}  // namespace

std::string client_name(std::string_view user_agent) {
  const std::string_view browser = find_sign(browsers, user_agent);
  const std::string_view system = find_sign(systems, user_agent);
  if (!browser.empty()) {
    return std::string(browser) + (system.empty() ? "" : " on " + std::string(system));
  }
  const std::string_view product = user_agent.substr(0, user_agent.find(' '));
  std::string name(product.substr(0, limits::session_client_max));
  std::erase_if(name, [](char c) { return c < 0x21 || c > 0x7e; });
  return name;
}

}  // namespace hallway
