// S5: every command by everybody, at every time of an event and in every state of the one who asks,
// held against the table of rooms/permission. What is expected is worked out here anew.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "event_stage.hpp"
#include "every_command.hpp"
#include "rooms/permission.hpp"

namespace hallway::test {
namespace {

/// Who asks. The moderator of a room holds that role for "Tables", where the commands are about
/// tables, or for "Stage"; who leads is a member who has the chair of "Tables".
enum class Who {
  member,
  facilitator,
  moderator,
  organiser,
  moderator_inside,
  moderator_outside,
  facilitator_inside,
  chair
};
constexpr Who everybody[] = {
    Who::member,           Who::facilitator,       Who::moderator,          Who::organiser,
    Who::moderator_inside, Who::moderator_outside, Who::facilitator_inside, Who::chair};
enum class State { present, waiting, absent, out };
constexpr State states[] = {State::present, State::waiting, State::absent, State::out};
constexpr EventState lives[] = {EventState::planned, EventState::live, EventState::over};

const std::set<std::string_view> chat_commands{"message.send",    "message.edit", "message.delete",
                                               "message.react",   "message.pin",  "message.unpin",
                                               "message.history", "typing"};
/// These are about "Tables", or about a table in it.
const std::set<std::string_view> about_tables{
    "table.create", "table.remove", "table.visit",   "table.help_done", "room.slow_mode",
    "room.lock",    "seat.move",    "round.preview", "round.announce",  "round.cancel",
    "round.extend", "round.pause",  "round.resume",  "round.end",       "broadcast"};

Role event_role(Who who) {
  if (who == Who::facilitator) return Role::facilitator;
  if (who == Who::moderator) return Role::moderator;
  return who == Who::organiser ? Role::organiser : Role::member;
}

Role room_role(Who who) {
  if (who == Who::facilitator_inside) return Role::facilitator;
  const bool is_moderator = who == Who::moderator_inside || who == Who::moderator_outside;
  return is_moderator ? Role::moderator : Role::member;
}

bool is_staff(Who who) {
  return event_role(who) != Role::member || room_role(who) != Role::member;
}

/// An evening with one who asks and one whom it is about.
struct Cell {
  Cell(Who who, State state, EventState life)
      : stage(spec_of(state, life)), other(stage.come("Olga")) {
    if (life != EventState::planned && state != State::waiting) {
      fill_queue(stage, other);
      stage.act_as_operator(PersonMove{other, stage.room("Tables"), ""});
    }
    actor = stage.come("Alma", who == Who::chair ? Role::facilitator : event_role(who));
    if (who == Who::chair) take_chair();
    if (room_role(who) != Role::member) {
      const RoomId room = stage.room(who == Who::moderator_outside ? "Stage" : "Tables");
      stage.act_as_operator(RoleGrant{actor, room_role(who), RoleScope{{}, room}, ""});
    }
    if (state == State::out) stage.act_as_operator(PersonRemove{actor, "rude"});
    if (life == EventState::over) stage.pass_ms(150 * 60'000);
    if (state == State::absent) stage.bye(actor);
    REQUIRE(stage.event().life == life);
  }

  static EventSpec spec_of(State state, EventState life) {
    EventSpec spec = small_event();
    if (life == EventState::planned) spec.starts_at += 3'600'000;
    if (state == State::waiting) spec.admission = Admission::approval;
    return spec;
  }

  /// They announce a round as a facilitator, and are one no longer.
  void take_chair() {
    const RoomId hall = stage.room("Tables");
    for (const char* name : {"One", "Two", "Three"}) {
      REQUIRE(outcome(stage.act(stage.come(name), RoomEnter{hall})) == "ok");
    }
    RoundAnnounce announcing;
    announcing.nonce = "announce-chair";
    announcing.room = hall;
    announcing.options = RoundOptions{};
    const Decision announced = stage.act(actor, announcing);
    REQUIRE(outcome(announced) == "ok");
    stage.work(announced);
    stage.act_as_operator(RoleRevoke{actor, {}, ""});
    REQUIRE(stage.event().led_by(actor) != nullptr);
  }

  [[nodiscard]] bool is_in_tables(std::string_view command) const {
    if (!command.starts_with("person.")) return about_tables.contains(command);
    return stage.event().find(other)->room == stage.room("Tables");
  }

  EventStage stage;
  PersonId other;
  PersonId actor;
};

bool has_capability(Who who, Capability capability, bool is_inside) {
  if (may(event_role(who), capability)) return true;
  if (who == Who::chair) return capability == "round.run";
  if (!reaches_room(capability) || who == Who::moderator_outside) return false;
  return is_inside && may(room_role(who), capability);
}

/// What the table makes of it: the code of its refusal, or "decided": by finer rules than these.
std::string by_table(const Need& need, Who who, State state, EventState life, bool is_inside) {
  if (state == State::out) return "banned";
  if (state == State::absent && !need.absent) return "forbidden";
  if (state == State::waiting && !need.waiting) return "forbidden";
  const bool is_free = need.capability.empty();
  if (!is_free && !has_capability(who, need.capability, is_inside) &&
      (need.or_else.empty() || !has_capability(who, need.or_else, is_inside))) {
    return "forbidden";
  }
  const bool wants_open = need.during == During::opened || need.during == During::live;
  const bool wants_going_on = need.during == During::before_end || need.during == During::live;
  if (life == EventState::planned && wants_open && !is_staff(who)) return "room_closed";
  if (life == EventState::over && wants_going_on) return "room_closed";
  return "decided";
}

/// Whether what came of it is what the table says. About a message that is not there or not the
/// asker's own, or in a stream that they do not receive, chat says so before it looks at the time.
bool agrees(const std::string& expected, const std::string& result, const Need& need) {
  const std::string code = result.substr(0, result.find(' '));
  const bool is_chat = chat_commands.contains(need.command);
  const bool is_unseen =
      result == "not_found offset" || result == "not_found stream" || result == "forbidden offset";
  if (expected != "decided") return code == expected || (is_chat && is_unseen);
  if (code == "banned" || code == "room_closed") return false;
  const bool has_plain_rule = !need.capability.empty() && need.or_else.empty();
  return !has_plain_rule || code != "forbidden";
}

}  // namespace

TEST_CASE("command by role by time by state: what the table says, and nothing else [S5]") {
  EventStage sample;
  const std::size_t count = every_command(sample, PersonId{1}).size();
  std::size_t cells = 0;
  std::set<std::string> seen;
  for (const Who who : everybody) {
    for (const State state : states) {
      for (const EventState life : lives) {
        // Staff never wait, and a round is announced while the event is live.
        if (state == State::waiting && who != Who::member) continue;
        if (who == Who::chair && life == EventState::planned) continue;
        for (std::size_t index = 0; index < count; ++index) {
          Cell cell(who, state, life);
          const Command command = every_command(cell.stage, cell.other)[index];
          const Need& need = *find_need(name_of(command));
          const bool is_inside = cell.is_in_tables(need.command);
          const std::string expected = by_table(need, who, state, life, is_inside);
          const std::string result = outcome(cell.stage.act(cell.actor, command));
          INFO(need.command << " by " << static_cast<int>(who) << ", state "
                            << static_cast<int>(state) << ", " << to_text(life) << ": " << result
                            << ", by the table " << expected);
          CHECK(agrees(expected, result, need));
          seen.insert(expected);
          ++cells;
        }
      }
    }
  }
  CHECK(seen == std::set<std::string>{"banned", "decided", "forbidden", "room_closed"});
  CHECK(cells > 4'000);
}

}  // namespace hallway::test
