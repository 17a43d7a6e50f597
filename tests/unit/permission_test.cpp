// The table of capabilities, and every command of an event against every role.
#include "rooms/permission.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "event_stage.hpp"
#include "every_command.hpp"

namespace hallway {
namespace {

using test::EventStage;
using test::every_command;
using test::fill_queue;
using test::name_of;
using test::outcome;

const std::vector<Role> roles{Role::member, Role::facilitator, Role::moderator, Role::organiser};

std::string joined(Role role) {
  std::string words;
  for (const auto word : capabilities_of(role)) words += std::string(word) + ' ';
  return words;
}

bool may_by_table(Role role, const Need& need) {
  return need.capability.empty() || may(role, need.capability) ||
         (!need.or_else.empty() && may(role, need.or_else));
}

}  // namespace

TEST_CASE("the roles have the capabilities that the protocol names [hello.capabilities]") {
  CHECK(joined(Role::member).empty());
  CHECK(joined(Role::facilitator) ==
        "event.open event.announce table.manage person.admit message.pin round.run ");
  CHECK(capabilities_in_room(Role::facilitator) ==
        std::vector<std::string_view>{"table.manage", "message.pin", "round.run"});
  CHECK(joined(Role::moderator) ==
        "event.open event.announce event.lockdown room.manage room.slow_mode room.lock "
        "table.manage person.admit person.moderate person.warn person.mute person.move "
        "person.remove person.ban message.delete message.pin message.review report.handle "
        "filter.set ");
  CHECK(capabilities_of(Role::organiser).size() == all_capabilities().size());
}

TEST_CASE("every need names capabilities that exist, and each command once") {
  std::set<std::string_view> names;
  const std::set<std::string_view> known(all_capabilities().begin(), all_capabilities().end());
  for (const Need& need : needs()) {
    INFO(need.command);
    CHECK(names.insert(need.command).second);
    CHECK((need.capability.empty() || known.contains(need.capability)));
    CHECK((need.or_else.empty() || known.contains(need.or_else)));
  }
  CHECK_FALSE(find_need("hello"));
  CHECK_FALSE(may(Role::organiser, "no.such"));
}

TEST_CASE("role by command: forbidden exactly where the table says so [S5]") {
  std::set<std::string_view> asked;
  for (const Role role : roles) {
    EventStage sample;
    const std::size_t count = every_command(sample, PersonId{1}).size();
    for (std::size_t index = 0; index < count; ++index) {
      EventStage stage;
      const PersonId other = stage.come("Olga");
      const PersonId actor = stage.come("Alma", role);
      fill_queue(stage, other);
      const Command command = every_command(stage, other)[index];
      asked.insert(name_of(command));
      const Need& need = *find_need(name_of(command));
      const Decision decision = stage.act(actor, command);
      INFO(name_of(command) << " as " << to_text(role));
      if (!may_by_table(role, need)) CHECK(outcome(decision) == "forbidden");
      // Those with a finer rule of their own are shown where they are decided; of rounds there is
      // none here.
      const bool has_plain_rule = !need.capability.empty() && need.or_else.empty();
      if (may_by_table(role, need) && has_plain_rule && need.capability != "round.run") {
        CHECK(outcome(decision) == "ok");
      } else if (may_by_table(role, need) && has_plain_rule) {
        CHECK(outcome(decision) != "forbidden");
      }
    }
  }
  CHECK(asked.size() == needs().size());
}

TEST_CASE("role by command: who waits may only what the table says [places.waiting]") {
  EventSpec spec = test::small_event();
  spec.admission = Admission::approval;
  EventStage sample;
  const std::size_t count = every_command(sample, PersonId{1}).size();
  for (std::size_t index = 0; index < count; ++index) {
    EventStage stage(spec);
    const PersonId other = stage.come("Olga");
    const PersonId waiting = stage.come("Wim");
    const Command command = every_command(stage, other)[index];
    const Need& need = *find_need(name_of(command));
    INFO(name_of(command));
    CHECK((outcome(stage.act(waiting, command)) == "forbidden") == !need.waiting);
  }
}

TEST_CASE("role by command: before the event opens and after it, by the table [event.update]") {
  for (const EventState life : {EventState::planned, EventState::over}) {
    EventStage sample;
    const std::size_t count = every_command(sample, PersonId{1}).size();
    for (std::size_t index = 0; index < count; ++index) {
      EventSpec spec = test::small_event();
      if (life == EventState::planned) spec.starts_at += 3'600'000;
      EventStage stage(spec);
      const PersonId other = stage.come("Olga");
      const PersonId actor = stage.come("Alma");
      if (life == EventState::over) stage.pass_ms(150 * 60'000);
      REQUIRE(stage.event().life == life);
      const Command command = every_command(stage, other)[index];
      const Need& need = *find_need(name_of(command));
      if (!need.capability.empty()) continue;
      const bool is_over = life == EventState::over;
      const bool is_closed = need.during == During::live ||
                             (need.during == During::opened && !is_over) ||
                             (need.during == During::before_end && is_over);
      const std::string result = outcome(stage.act(actor, command));
      INFO(name_of(command) << " while " << to_text(life) << ": " << result);
      // About a message that is not there, chat says so first.
      const bool is_about_message = result == "not_found offset";
      CHECK((result == "room_closed" || is_about_message) ==
            (is_closed || name_of(command) == MessageDelete::name ||
             name_of(command) == ReportFile::name));
    }
  }
}

TEST_CASE("commands of other places are not asked of an event") {
  EventStage stage;
  const PersonId anna = stage.come("Anna", Role::organiser);
  const std::vector<Command> elsewhere{Hello{},
                                       StreamSync{},
                                       Clock{},
                                       Bye{},
                                       MessageSearch{},
                                       Read{},
                                       ConversationStart{},
                                       ConversationAnswer{},
                                       PersonBlock{},
                                       PersonUnblock{}};
  for (const Command& command : elsewhere) {
    CHECK(outcome(stage.act(anna, command)) == "bad_request");
  }
  CHECK(outcome(stage.perform(stage.place().receive({}, {}))) == "bad_request");
}

TEST_CASE("strangers are told nothing, and the community's token stands above all roles") {
  EventStage stage;
  CHECK(outcome(stage.act(PersonId{999}, PersonList{})) == "not_found");
  EventUpdate titled;
  titled.title = "By the operator";
  CHECK(outcome(stage.act_as_operator(titled)) == "ok");
  CHECK(stage.event().title == "By the operator");
  const PersonId boss = stage.come("Boss", Role::organiser);
  CHECK(outcome(stage.act_as_operator(PersonRemove{boss, ""})) == "ok");
  CHECK(outcome(stage.act_as_operator(TableSit{stage.table("Table 1")})) == "forbidden");
}

}  // namespace hallway
