// What tests of accounts do over HTTP, again and again.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/server/http_house.hpp"

namespace hallway::test {

inline const std::string login_of_ada = "ada";
inline const std::string passphrase_of_ada = "loom and engine";

inline std::string credentials(const std::string& login, const std::string& passphrase,
                               const std::string& more = "") {
  return R"({"login":")" + login + R"(","passphrase":")" + passphrase + "\"" + more + "}";
}

/// The `recovery_codes` of an answer.
inline std::vector<std::string> codes_in(const std::string& json) {
  std::vector<std::string> codes;
  const std::size_t begin = json.find("\"recovery_codes\":[");
  for (std::size_t at = begin; at != std::string::npos && at < json.find(']', begin);) {
    const std::size_t open = json.find('"', json.find(at == begin ? '[' : ',', at));
    const std::size_t close = json.find('"', open + 1);
    codes.push_back(json.substr(open + 1, close - open - 1));
    at = json[close + 1] == ',' ? close + 1 : std::string::npos;
  }
  return codes;
}

/// Cookies of one browser: kept from answers, sent with requests.
class Browser {
 public:
  explicit Browser(const HttpHouse& house) : house_(house) {}

  Answer ask(Ask ask) {
    ask.fields.emplace_back("Origin", house_.origin());
    ask.fields.emplace_back(
        "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
    std::string cookies;
    for (const auto& [name, value] : cookies_) {
      cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    }
    if (!cookies.empty()) ask.fields.emplace_back("Cookie", cookies);
    Answer answer = house_.ask(ask);
    for (const std::string& set : answer.all("set-cookie")) {
      const std::size_t equals = set.find('=');
      const std::string value = set.substr(equals + 1, set.find(';') - equals - 1);
      cookies_[set.substr(0, equals)] = value;
      if (value.empty()) cookies_.erase(set.substr(0, equals));
    }
    return answer;
  }
  Answer sign_in(const std::string& login, const std::string& passphrase,
                 const std::string& more = "") {
    return ask({"POST", "/api/v1/sessions", {}, credentials(login, passphrase, more)});
  }
  std::string cookie(const std::string& name) const {
    const auto found = cookies_.find(name);
    return found == cookies_.end() ? std::string() : found->second;
  }
  void forget(const std::string& name) { cookies_.erase(name); }

 private:
  const HttpHouse& house_;
  std::map<std::string, std::string> cookies_;
};

/// Ada, a guest of an event, makes an account; her session's token and recovery codes.
struct Ada {
  std::string token;
  std::vector<std::string> codes;
};
inline Ada make_ada(HttpHouse& house, EventId event) {
  Ada ada;
  ada.token = house.person(event, Role::member);
  const Answer answer = house.ask({"POST",
                                   "/api/v1/me/account",
                                   {bearer(ada.token)},
                                   credentials(login_of_ada, passphrase_of_ada)});
  if (answer.status != 201) throw std::runtime_error("no account: " + answer.body);
  ada.codes = codes_in(answer.body);
  return ada;
}

}  // namespace hallway::test
