// How often a passphrase may be tried: by address and by login, and apart from both for a browser
// that the account knows, so that nobody can keep the owner out by trying (OWASP, device cookies).
#pragma once

#include <optional>
#include <string>

#include "protocol/limits.hpp"
#include "server/net/api_join_limit.hpp"
#include "server/tokens.hpp"

namespace hallway {

/// Any thread may call. It counts a login that nobody has like any other: neither answers nor
/// waiting times tell which there are.
class AttemptLimit {
 public:
  struct Attempt {
    std::string address;
    std::string login;
    std::optional<TokenHash> device;  ///< One that the account knows.
  };

  /// 0: go ahead, it is counted. Else how long to wait.
  std::int64_t take_ms(const Attempt& attempt, std::int64_t now_ns) {
    if (attempt.device) return by_device_.take_ms(device_key(attempt), now_ns);
    const std::int64_t wait_ms = by_address_.take_ms(attempt.address, now_ns);
    return wait_ms > 0 ? wait_ms : by_login_.take_ms(attempt.login, now_ns);
  }
  /// It was right (or was never looked at): it does not count.
  void give_back(const Attempt& attempt) {
    if (attempt.device) {
      by_device_.give_back(device_key(attempt));
    } else {
      by_address_.give_back(attempt.address);
      by_login_.give_back(attempt.login);
    }
  }

 private:
  static std::string device_key(const Attempt& attempt) {
    return to_hex(*attempt.device) + attempt.login;
  }

  JoinLimit by_address_{limits::sign_in_address_per_s, limits::sign_in_address_burst};
  JoinLimit by_login_{limits::sign_in_login_per_s, limits::sign_in_login_burst};
  JoinLimit by_device_{limits::sign_in_device_per_s, limits::sign_in_device_burst};
};

}  // namespace hallway
