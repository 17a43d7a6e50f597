// Seating problems and plans as files: JSON, or a table of people as CSV. All of it is untrusted;
// what is refused is named by its field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.hpp"
#include "rooms/seating/seating.hpp"

namespace hallway {

/// How rounds are laid out where the file does not say.
struct SeatLayout {
  std::uint32_t size = 4;
  std::uint32_t size_min = 3;
  std::uint32_t rounds = 1;
};

struct SeatProblem {
  seating::Problem problem;
  std::vector<std::string> names;          ///< Of each person; empty where the file has none.
  std::vector<std::string> organisations;  ///< Likewise.
};

/// An object: `people` (how many), `rounds` of `sizes` and `present`, `org`, `apart`, `together`,
/// `met_before`, `met`, `pins`, `ask`, `offer`, `weights`; docs/seating.md explains them. Unknown
/// keys are ignored. Without `rounds`, all are present in as many as the layout says.
Result<SeatProblem> seat_problem_from_json(std::string_view text, const SeatLayout& layout);

/// The same without rounds, which come one at a time.
Result<SeatProblem> seat_series_from_json(std::string_view text);
Result<seating::RoundSpec> seat_round_from_json(std::string_view text, std::uint32_t people);

/// A line for each person, the first one naming the columns: `name`, and optionally `organisation`,
/// `ask` and `offer` (several topics parted by semicolons). RFC 4180.
Result<SeatProblem> seat_problem_from_csv(std::string_view text, const SeatLayout& layout);

/// `{"rounds":[[[person…] per table]…]}`. Need not fit any problem.
Result<seating::Plan> seat_plan_from_json(std::string_view text);

}  // namespace hallway
