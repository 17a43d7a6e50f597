#include "rooms/permission.hpp"

#include <algorithm>
#include <array>

namespace hallway {
namespace {

/// Where a role that is held for one room counts: there, or nowhere.
enum class Reach : std::uint8_t { event, room };

struct Grant {
  Capability capability;
  bool facilitator;
  bool moderator;  // Members have none, organisers have all.
  Reach reach;
};

constexpr bool yes = true;
constexpr bool no = false;

constexpr std::array grants{
    //    capability         facilitator moderator reach
    Grant{"event.manage", no, no, Reach::event},     Grant{"event.open", yes, yes, Reach::event},
    Grant{"event.announce", yes, yes, Reach::event}, Grant{"event.lockdown", no, yes, Reach::event},
    Grant{"invite.manage", no, no, Reach::event},    Grant{"room.manage", no, yes, Reach::event},
    Grant{"room.slow_mode", no, yes, Reach::room},   Grant{"room.lock", no, yes, Reach::room},
    Grant{"table.manage", yes, yes, Reach::room},    Grant{"person.admit", yes, yes, Reach::event},
    Grant{"person.moderate", no, yes, Reach::room},  Grant{"person.warn", no, yes, Reach::room},
    Grant{"person.mute", no, yes, Reach::room},      Grant{"person.move", no, yes, Reach::room},
    Grant{"person.remove", no, yes, Reach::event},   Grant{"person.ban", no, yes, Reach::event},
    Grant{"message.delete", no, yes, Reach::room},   Grant{"message.pin", yes, yes, Reach::room},
    Grant{"message.review", no, yes, Reach::room},   Grant{"report.handle", no, yes, Reach::room},
    Grant{"filter.set", no, yes, Reach::event},      Grant{"role.manage", no, no, Reach::event},
    Grant{"audit.read", no, no, Reach::event},       Grant{"data.export", no, no, Reach::event},
    Grant{"round.run", yes, no, Reach::room},
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

    Need{"person.warn", During::always, "person.warn", {}, false, true},
    Need{"person.mute", During::always, "person.mute", {}, false, true},
    Need{"person.unmute", During::always, "person.mute", {}, false, true},
    Need{"person.move", During::live, "person.move", {}, false, true},
    Need{"person.remove", During::always, "person.remove", {}, false, true},
    Need{"person.ban", During::always, "person.ban", {}, false, true},
    Need{"person.unban", During::always, "person.ban", {}, false, true},
    Need{"room.slow_mode", During::before_end, "room.slow_mode", {}, false, true},
    Need{"room.lock", During::before_end, "room.lock", {}, false, true},
    Need{"event.lockdown", During::before_end, "event.lockdown", {}, false, true},
    Need{.command = "report.file", .waiting = true},
    Need{"report.claim", During::always, "report.handle", {}, false, true},
    Need{"report.resolve", During::always, "report.handle", {}, false, true},
    Need{"filter.set", During::before_end, "filter.set", {}, false, true},
    Need{"message.review", During::live, "message.review", {}, false, true},
    Need{"role.grant", During::always, "role.manage", {}, false, true},
    Need{"role.revoke", During::always, "role.manage", {}, false, true},
    // All of it with `audit.read`, of one person with `person.moderate`, of oneself anybody.
    Need{.command = "audit.list", .waiting = true, .absent = true},
};

}  // namespace

std::span<const Capability> all_capabilities() {
  return capability_words;
}

namespace {

const Grant* find_grant(Capability capability) {
  const auto grant = std::find_if(grants.begin(), grants.end(), [&](const Grant& candidate) {
    return candidate.capability == capability;
  });
  return grant == grants.end() ? nullptr : &*grant;
}

}  // namespace

bool may(Role role, Capability capability) {
  const Grant* grant = find_grant(capability);
  if (!grant) return false;
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

bool reaches_room(Capability capability) {
  const Grant* grant = find_grant(capability);
  return grant && grant->reach == Reach::room;
}

std::vector<std::string_view> capabilities_of(Role role) {
  std::vector<std::string_view> words;
  for (const Grant& grant : grants) {
    if (may(role, grant.capability)) words.push_back(grant.capability);
  }
  return words;
}

std::vector<std::string_view> capabilities_in_room(Role role) {
  std::vector<std::string_view> words = capabilities_of(role);
  std::erase_if(words, [](Capability capability) { return !reaches_room(capability); });
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
