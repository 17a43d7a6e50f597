// Keeps an event's answers within limits::answer_bytes_max: how much the things in them take on the
// wire, at most.
#pragma once

#include <cstddef>

#include "protocol/limits.hpp"
#include "protocol/reply.hpp"
#include "protocol/view.hpp"

namespace hallway {

/// For people in one answer; the rest is for its messages and its envelope.
inline constexpr std::size_t people_bytes_max = 96 * 1024;

std::size_t encoded_bytes_max(const PersonView& person);
/// Takes what the person needs from `bytes_left`; false, and nothing taken, where it is too little.
bool take_bytes(std::size_t& bytes_left, const PersonView& person);
/// Leaves out the oldest messages until the whole of it fits.
void fit_into_answer(Snapshot& snapshot);

}  // namespace hallway
