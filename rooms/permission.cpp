#include "rooms/permission.hpp"

#include <algorithm>
#include <array>

namespace hallway {
namespace {

struct Grant {
  Capability capability;
  bool facilitator;
  bool moderator;  // Members have none, organisers have all.
};

constexpr bool yes = true;
constexpr bool no = false;

constexpr std::array grants{
    //    capability         facilitator moderator
    Grant{"event.manage", no, no},     Grant{"event.open", yes, yes},
    Grant{"event.announce", yes, yes}, Grant{"invite.manage", no, no},
    Grant{"room.manage", no, yes},     Grant{"table.manage", yes, yes},
    Grant{"person.admit", yes, yes},   Grant{"person.moderate", no, yes},
    Grant{"person.mute", no, yes},     Grant{"person.remove", no, yes},
    Grant{"message.delete", no, yes},  Grant{"message.pin", yes, yes},
    Grant{"round.run", yes, no},
};

constexpr auto capability_words = [] {
  std::array<Capability, grants.size()> words{};
  std::transform(grants.begin(), grants.end(), words.begin(),
                 [](const Grant& grant) { return grant.capability; });
  return words;
}();

constexpr std::array all_needs{
    Need{.command = "person.get", .waiting = true, .absent = true},
    Need{.command = "person.list"},
    Need{.command = "stream.snapshot", .waiting = true},

    Need{.command = "room.enter", .during = During::opened},
    Need{"room.create", During::before_end, "room.manage", {}, false, true},
    Need{"room.update", During::before_end, "room.manage", {}, false, true},
    Need{"room.close", During::before_end, "room.manage", {}, false, true},

    Need{"table.create", During::before_end, "table.manage", {}, false, true},
    // Whoever is seated may change topic and mood without a capability.
    Need{.command = "table.update", .during = During::live},
    Need{"table.remove", During::before_end, "table.manage", {}, false, true},
    Need{.command = "table.sit", .during = During::live},
    Need{.command = "table.stand", .during = During::live},
    Need{.command = "table.invite", .during = During::live},
    Need{.command = "table.knock", .during = During::live},
    Need{.command = "table.answer", .during = During::live},
    Need{.command = "table.lock", .during = During::live},
    Need{.command = "table.unlock", .during = During::live},
    Need{"table.visit", During::live, "round.run", "person.moderate"},
    Need{.command = "table.call_help", .during = During::live},
    Need{"table.help_done", During::live, "round.run"},

    Need{.command = "card.update", .during = During::before_end, .waiting = true},
    // Opening and closing alone is `event.open`; anything else is `event.manage`.
    Need{"event.update", During::always, "event.manage", "event.open", false, true},
    Need{"admission.admit", During::before_end, "person.admit", {}, false, true},
    Need{"admission.refuse", During::before_end, "person.admit", {}, false, true},

    Need{.command = "message.send", .during = During::live, .waiting = true},
    Need{.command = "message.edit", .during = During::live, .waiting = true},
    Need{.command = "message.delete", .waiting = true},
    Need{.command = "message.react", .during = During::live, .waiting = true},
    Need{.command = "message.pin", .during = During::live},
    Need{.command = "message.unpin", .during = During::live},
    Need{.command = "message.history", .waiting = true},
    Need{.command = "typing", .during = During::live, .waiting = true},

    // Who has the chair of a room may do there what `round.run` allows.
    Need{"round.preview", During::before_end, "round.run"},
    Need{"round.plan", During::before_end, "round.run"},
    Need{"round.announce", During::live, "round.run"},
    Need{"round.cancel", During::live, "round.run"},
    Need{"round.extend", During::live, "round.run"},
    Need{"round.pause", During::live, "round.run"},
    Need{"round.resume", During::live, "round.run"},
    Need{"round.end", During::live, "round.run"},
    Need{.command = "round.sit_out", .during = During::live},
    Need{.command = "round.ask_time", .during = During::live},
    Need{"seat.move", During::live, "round.run"},
    Need{"seat.undo", During::live, "round.run"},
    Need{"broadcast", During::live, "round.run"},
    Need{.command = "broadcast.seen", .during = During::live},
    // Also for those to whom it was offered.
    Need{.command = "chair.take", .during = During::live},
    Need{.command = "table.merge", .during = During::live},
    Need{.command = "opener.draw", .during = During::live},

    Need{"person.mute", During::always, "person.mute", {}, false, true},
    Need{"person.unmute", During::always, "person.mute", {}, false, true},
    Need{"person.remove", During::always, "person.remove", {}, false, true},
};

}  // namespace

std::span<const Capability> all_capabilities() {
  return capability_words;
}

bool may(Role role, Capability capability) {
  const auto grant = std::find_if(grants.begin(), grants.end(), [&](const Grant& candidate) {
    return candidate.capability == capability;
  });
  if (grant == grants.end()) return false;
  switch (role) {
    case Role::member:
      return false;
    case Role::facilitator:
      return grant->facilitator;
    case Role::moderator:
      return grant->moderator;
    case Role::organiser:
      return true;
  }
  return false;
}

std::vector<std::string_view> capabilities_of(Role role) {
  std::vector<std::string_view> words;
  for (const Grant& grant : grants) {
    if (may(role, grant.capability)) words.push_back(grant.capability);
  }
  return words;
}

std::span<const Need> needs() {
  return all_needs;
}

const Need* find_need(std::string_view command) {
  const auto need = std::find_if(all_needs.begin(), all_needs.end(), [&](const Need& candidate) {
    return candidate.command == command;
  });
  return need == all_needs.end() ? nullptr : &*need;
}

}  // namespace hallway
