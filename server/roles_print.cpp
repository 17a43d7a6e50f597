#include "server/roles_print.hpp"

#include <string_view>

#include "rooms/permission.hpp"

namespace hallway {
namespace {

std::string code(std::string_view word) {
  return "`" + std::string(word) + "`";
}

std::string_view mark(bool holds) {
  return holds ? " yes |" : " |";
}

void add_capabilities(std::string& text) {
  text += "| capability | member | facilitator | moderator | organiser | also for one room |\n";
  text += "| --- | --- | --- | --- | --- | --- |\n";
  for (const Capability capability : all_capabilities()) {
    text += "| " + code(capability) + " |";
    for (const Role role : {Role::member, Role::facilitator, Role::moderator, Role::organiser}) {
      text += mark(may(role, capability));
    }
    text += mark(reaches_room(capability));
    text += '\n';
  }
}

std::string_view words_of(During during) {
  switch (during) {
    case During::always:
      return "always";
    case During::before_end:
      return "until its end";
    case During::opened:
      return "once it is open, and after";
    case During::live:
      return "while it is live";
  }
  return "";
}

std::string needed_by(const Need& need) {
  if (need.capability.empty()) return "";
  return need.or_else.empty() ? code(need.capability)
                              : code(need.capability) + " or " + code(need.or_else);
}

void add_commands(std::string& text) {
  text += "| command | needs | while the event is | waiting to be let in | not in the event |\n";
  text += "| --- | --- | --- | --- | --- |\n";
  for (const Need& need : needs()) {
    text += "| " + code(need.command) + " | " + needed_by(need);
    text += (need.capability.empty() ? "| " : " | ") + std::string(words_of(need.during)) + " |";
    text += mark(need.waiting);
    text += mark(need.absent);
    text += '\n';
  }
}

}  // namespace

std::string roles_help() {
  std::string text;
  add_capabilities(text);
  text += '\n';
  add_commands(text);
  return text;
}

}  // namespace hallway
