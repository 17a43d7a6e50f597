// One of each command that an event decides, for tests that ask all of them of everybody.
#pragma once

#include <string_view>
#include <vector>

#include "event_stage.hpp"

namespace hallway::test {

/// Everything there is to ask of an event, about this table and that person.
std::vector<Command> every_command(const EventStage& stage, PersonId other);

/// A report and a message that waits, for those who handle them.
void fill_queue(EventStage& stage, PersonId other);

std::string_view name_of(const Command& command);

}  // namespace hallway::test
