// Refusals: a stable code, a sentence a person understands, and whether and when to try again.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace hallway {

enum class ErrorCode : std::uint8_t {
  bad_request,
  too_large,
  unknown_cmd,
  unauthenticated,
  session_expired,
  forbidden,
  not_found,
  banned,
  muted,
  room_closed,
  table_full,
  locked,
  slow_mode,
  rate_limited,
  nonce_conflict,
  conflict,
  reset_required,
  version_unsupported,
  unavailable,
  storage_full,
  internal,
};

/// The wire's word for the code, e.g. `table_full`.
std::string_view to_text(ErrorCode code);
/// True where the same command with the same nonce may succeed later.
bool may_retry(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;              ///< A whole sentence; never an id, never a body.
  std::string field = {};           ///< The field of `d` that was refused, or empty.
  std::int64_t retry_after_ms = 0;  ///< 0 means: not said.
  friend bool operator==(const Error&, const Error&) = default;
};

[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
  throw std::logic_error("unchecked refusal: " + error.message);
}

/// Expected failure is a value. Reading `value()` of a refusal is a bug and throws.
template <class T>
using Result = boost::system::result<T, Error>;

inline Error refuse(ErrorCode code, std::string message, std::string field = {}) {
  return Error{code, std::move(message), std::move(field), 0};
}

/// Close codes of the WebSocket. 4000–4099: stop. 4100–4199: come back with backoff. 4200–4299:
/// come back soon.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  unsupported_data = 1003,
  bad_utf8 = 1007,
  message_too_big = 1009,
  protocol = 4000,
  authentication = 4001,
  session_revoked = 4002,
  removed = 4003,
  version = 4004,
  flood = 4006,
  internal = 4100,
  slow = 4110,
  no_pong = 4111,
  no_hello = 4112,
  draining = 4201,
  state_lost = 4202,
  storage_away = 4203,
};

}  // namespace hallway
