// `hallway seat`: the seating engine on the command line, without a server.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "server/seat_print.hpp"

namespace hallway {

/// How long to search: a number of proposals, or CPU time; of one plan, or of each round online.
struct SeatEffort {
  std::uint64_t seed = 1;
  std::uint64_t proposals = 4'000'000;
  std::optional<std::uint64_t> budget_ms = {};  ///< In place of `proposals`.
};

struct SeatRequest {
  enum class Action { plan, measure, online } action = Action::plan;
  std::string problem_file;  ///< JSON, or CSV; `-` is standard input. Not used online.
  std::string plan_file;     ///< JSON. For `measure` alone.
  std::string format = "json";
  SeatLayout layout;
  SeatEffort effort;
};

/// A plan within the effort; with a budget of time not the same on every machine.
seating::Plan solve_within(const seating::Problem& problem, const SeatEffort& effort);

/// What is wrong goes to `errors` as one line that names the field. Returns the exit code: 0 done,
/// 1 it could not be done (or what was measured is no plan for the problem).
int run_seat(const SeatRequest& request, std::istream& in, std::ostream& out, std::ostream& errors);

}  // namespace hallway
