// What an operator may do from the command line, executed by whoever holds the data folder: the
// running server, asked over a socket in the folder, or the command itself when no server runs. So
// one process alone ever writes to the database, as SqliteWriter needs.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "server/clock.hpp"
#include "server/store.hpp"

namespace hallway {

/// An action (`token.create`, `token.list`, `token.revoke`, `event.create`, `event.list`,
/// `invite.create`, `invite.list`, `invite.revoke`) and its named arguments, all as text.
struct AdminRequest {
  std::string action;
  std::map<std::string, std::string> arguments;
};

/// What the command prints: on standard output if it succeeded, else on standard error.
struct AdminAnswer {
  bool succeeded = false;
  std::string text;
};

/// Blocks until what was asked is durable. New tokens stand in the answer, and nowhere else. Links
/// begin with the request's `link_base`, or else the one given here.
AdminAnswer execute_admin(const AdminRequest& request, Store& store, ClockSource& clock,
                          const std::string& link_base = "");

// --- On the socket: fields end with a zero byte; the action first, then names and values in turn.
// An answer is a word, a zero byte and the text.
inline constexpr std::size_t admin_request_bytes_max = 64 * 1024;
inline constexpr std::size_t admin_answer_bytes_max = 64 * 1024 * 1024;
std::string encode_admin(const AdminRequest& request);
Result<AdminRequest> decode_admin(std::string_view bytes);
std::string encode_admin(const AdminAnswer& answer);
Result<AdminAnswer> decode_admin_answer(std::string_view bytes);

}  // namespace hallway
