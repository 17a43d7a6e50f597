// Plans and their quality as text for machines and people: JSON, CSV, and cards to print.
#pragma once

#include <string>

#include "server/seat_problem.hpp"

namespace hallway {

enum class SeatFormat { json, csv, text };

/// JSON: `{"rounds":[…],"quality":{…}}`, with the names where there are any. CSV: a line for each
/// seat. Text: the tables of each round, then a card for each person. Each ends with a new line.
std::string seat_plan_text(const SeatProblem& read, const seating::Plan& plan, SeatFormat format);

/// What `measure` found, beside what no plan can fall below. As CSV, a line for each round.
std::string seat_quality_text(const seating::Problem& problem, const seating::Plan& plan,
                              SeatFormat format);

/// One round as one line: `[[person…] per table]`.
std::string seat_round_line(const seating::Seats& seats);

}  // namespace hallway
