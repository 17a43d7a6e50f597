// What is said to whoever asks for something that is not there, in the same words everywhere.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"

namespace hallway {

inline Error no_such_room(std::string field = "room") {
  return refuse(ErrorCode::not_found, "There is no such room.", std::move(field));
}
inline Error no_such_table(std::string field = "table") {
  return refuse(ErrorCode::not_found, "There is no such table.", std::move(field));
}
inline Error not_in_event(std::string field) {
  return refuse(ErrorCode::not_found, "This person is not in the event.", std::move(field));
}
inline Error no_such_plan() {
  return refuse(ErrorCode::not_found, "This plan is gone; preview it again.", "plan");
}
inline Error only_the_seated() {
  return refuse(ErrorCode::forbidden, "Only people who sit at the table can do this.", "table");
}

}  // namespace hallway
