// How the API answers: JSON, problems (RFC 9457), and the headers that every answer carries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "server/net/http_message.hpp"
#include "server/net/http_settings.hpp"

namespace hallway {

/// `json` is one whole value. Never cached: what the API tells belongs to who asked.
HttpResponse json_answer(unsigned status, std::string json);
/// 204.
HttpResponse empty_answer();
/// `application/problem+json` with the wire's code; `status` 0: the one that fits the code.
HttpResponse problem(const Error& error, unsigned status = 0);

/// For an invitation that is over or never was; `field` where the body brought it.
Error dead_link(std::string field = {});

/// For a body that could not be read: 415 where its type was the fault.
HttpResponse body_problem(const Error& error);

/// Content-Security-Policy and its kin, Date, and over TLS also HSTS. `public_origin` may be empty.
void add_common_fields(HttpResponse& answer, std::string_view public_origin, bool is_secure,
                       TimeMs now);

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
std::string http_date(TimeMs at);
/// `19941106T084937Z` (RFC 5545 section 3.3.5).
std::string utc_stamp(TimeMs at);

}  // namespace hallway
