// Which web pages may use this server with a person's cookie: the own origin and those on the
// allow-list, compared exactly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hallway {

/// Where a request came in, for the own origin when no `public_url` is set.
struct OwnAddress {
  std::string_view host_field;  ///< As the client wrote it, or empty.
  std::string_view local;       ///< `host:port` at which the connection was accepted.
  bool secure = false;
};

/// Immutable: any thread may ask.
class OriginRule {
 public:
  /// `public_url` may be empty, and may have a path, which an origin has not.
  OriginRule(std::string_view public_url, std::vector<std::string> allowed);

  /// The own origin is `public_url` if set, else scheme and Host where that is the listen address
  /// or a loopback name: a foreign name that points here is not us (DNS rebinding).
  bool allows(std::string_view origin, const OwnAddress& own) const;

  /// `public_url` without its path; empty when none is set.
  const std::string& public_origin() const { return public_origin_; }

 private:
  std::string public_origin_;
  std::vector<std::string> allowed_;
};

}  // namespace hallway
