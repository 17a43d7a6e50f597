// See simulation.hpp.
#include "tests/simulation/simulation.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/acts.hpp"
#include "tests/simulation/client.hpp"
#include "tests/simulation/lonely_watch.hpp"
#include "tests/simulation/world.hpp"

namespace hallway::simulation {
namespace {

constexpr EventId event_id{900};

std::vector<PersonView> some_people(Chance& chance, bool is_of_rounds) {
  std::vector<PersonView> people;
  const std::size_t count = 5 + chance.below(is_of_rounds ? 9 : 6);
  for (std::uint64_t i = 1; i <= count; ++i) {
    PersonView person;
    person.id = PersonId{i};
    person.card.name = "Person " + std::to_string(i);
    person.guest = !is_staff(person.id) && chance.one_in(2);
    if (is_staff(person.id))
      person.role = static_cast<Role>(4 - i);  // organiser, moderator, facilitator
    people.push_back(std::move(person));
  }
  return people;
}

class Story {
 public:
  explicit Story(std::uint64_t seed)
      : is_of_rounds_(seed % 2 == 0),
        is_of_moderation_(seed % 4 == 1),
        beginning_(seed),
        people_(some_people(beginning_, is_of_rounds_)),
        world_(beginning_.next(), event_id, people_),
        acts_(world_, people_) {
    EventSpec spec;
    spec.title = "Meetup";
    spec.starts_at = world_.now() - 60'000;
    spec.timezone = "Europe/Copenhagen";
    spec.admission = beginning_.one_in(5) ? Admission::approval : Admission::open;
    spec.rooms = {{"Lobby", RoomKind::lobby, 0, 6},
                  {"Plenary", RoomKind::plenary, 0, 6},
                  {"Tables", RoomKind::tables, is_of_rounds_ ? 4 : 3, is_of_rounds_ ? 4 : 2}};
    world_.create(spec);
    for (const PersonView& person : people_) add_client(person.id);
    add_client(world_.chance().of(people_).id);
    add_client(world_.chance().of(people_).id);
  }

  Tally run(int steps) {
    for (const auto& client : clients_) {
      // A desk has to do with those who come later.
      if (!is_of_moderation_ || !world_.chance().one_in(3)) client->connect();
    }
    world_.run_until_idle();
    world_.at_every_moment([this] { lonely_.look(); });
    if (is_of_rounds_) gather_at_tables();
    for (int i = 0; i < steps; ++i) {
      one_step();
      const std::size_t moves = world_.chance().below(25);
      for (std::size_t j = 0; j < moves; ++j) world_.step();
      if (world_.chance().one_in(12)) be_idle();
    }
    if (is_of_rounds_) let_rounds_end();
    come_to_rest();
    // Presence that waited behind a failed commit may be lost; whoever comes back is told it whole.
    verify_all(tally_.failures == 0);
    world_.crash();
    ++tally_.crashes;
    come_to_rest();
    verify_all(true);
    world_.monitor().moderation().must_have_told();
    tally_.rounds_started = world_.monitor().rounds().started;
    tally_.rounds_ended = world_.monitor().rounds().ended;
    tally_.moderated = world_.monitor().audit().lines();
    tally_.held = world_.monitor().moderation().tally().held;
    tally_.approved = world_.monitor().moderation().tally().approved;
    tally_.reported = world_.monitor().moderation().tally().reported;
    return tally_;
  }

 private:
  void gather_at_tables() {
    for (const auto& client : clients_) {
      if (!world_.chance().one_in(10)) acts_.join_tables(*client);
    }
    world_.run_until_idle();
  }

  void be_idle() {
    world_.run_until_idle();
    for (const auto& client : clients_) {
      must(!client->online() || client->stalled() || !is_out(*client),
           "who is out has no connection");
    }
  }

  void let_rounds_end() {
    world_.heal_journal();
    world_.advance(240'000);
  }

  /// Rounds need their time, and somebody who leads them.
  bool one_step_of_rounds() {
    Chance& chance = world_.chance();
    if (chance.one_in(2)) {
      world_.advance(static_cast<std::int64_t>(1'000 + chance.below(19'001)));
      return true;
    }
    if (!chance.one_in(2)) return false;
    const auto leader = std::find_if(clients_.begin(), clients_.end(), [](const auto& client) {
      return client->person().value == 3;
    });
    Client& client = **leader;
    if (!client.online() || client.streams().empty()) return false;
    ++tally_.acts;
    acts_.lead(client);
    return true;
  }

  /// A desk needs people who give it work, and somebody who does it.
  bool one_step_of_moderation() {
    Chance& chance = world_.chance();
    if (!chance.one_in(2)) return false;
    Client& client = *clients_[chance.below(clients_.size())];
    if (!client.online() || client.streams().empty()) return false;
    ++tally_.acts;
    if (Acts::desk_of(client) != nullptr) {
      acts_.moderate(client);
    } else {
      acts_.give_work(client);
    }
    return true;
  }

  void add_client(PersonId person) {
    clients_.push_back(std::make_unique<Client>(world_, event_id, person));
  }

  void one_step() {
    Chance& chance = world_.chance();
    if (chance.one_in(8)) world_.heal_journal();
    if (is_of_rounds_ && one_step_of_rounds()) return;
    if (is_of_moderation_ && one_step_of_moderation()) return;
    Client& client = *clients_[chance.below(clients_.size())];
    const std::size_t choice = chance.below(100);
    if (choice < 12) {
      world_.advance(static_cast<std::int64_t>(1 + chance.below(1'500)));
    } else if (choice < 15) {
      fault();
    } else if (choice < 21) {
      network(client);
    } else if (client.gone() && !chance.one_in(3)) {
      return;
    } else if (!client.connected()) {
      client.connect();
    } else if (client.online() && !client.streams().empty()) {
      live(client);
    }
  }

  void live(Client& client) {
    ++tally_.acts;
    Chance& chance = world_.chance();
    if (chance.one_in(8)) {
      client.verify(std::next(client.streams().begin(),
                              static_cast<std::ptrdiff_t>(chance.below(client.streams().size())))
                        ->first);
    } else if (chance.one_in(8)) {
      client.resend();
    } else if (may_run_rounds(client.person()) && chance.one_in(4)) {
      acts_.lead(client);
    } else if (chance.one_in(20)) {
      acts_.moderate(client);
    } else if (is_staff(client.person()) && chance.one_in(is_of_rounds_ ? 6 : 3)) {
      acts_.staff_work(client);
    } else {
      acts_.something(client);
    }
  }

  /// Who is out stays away, until it is lifted or has run out.
  bool is_out(const Client& client) {
    return world_.monitor().standings().out(client.person(), world_.now()) != nullptr;
  }

  void network(Client& client) {
    Chance& chance = world_.chance();
    if (!client.connected()) return;
    switch (chance.below(8)) {
      case 0:
        return client.forget();
      case 1:
      case 2:
        return client.drop(true);
      case 3:
        return client.stall(true);
      case 4:
        return client.stall(false);
      case 5:
        return client.ask("bye", Json::object());
      default:
        return client.drop(false);
    }
  }

  void fault() {
    Chance& chance = world_.chance();
    switch (chance.below(5)) {
      case 0:
        ++tally_.crashes;
        return world_.crash();
      case 1:
      case 2:
        ++tally_.failures;
        return world_.fail_journal(chance.one_in(2) ? ErrorCode::storage_full
                                                    : ErrorCode::unavailable);
      case 3:
        return world_.advance(95'000);  // the reconnecting turn away
      default:
        if (chance.one_in(3)) world_.advance(605'000);  // the away are gone
    }
  }

  /// Faults end, everyone comes back, everything is said again and answered.
  void come_to_rest() {
    world_.heal_journal();
    for (const auto& client : clients_) client->stall(false);
    for (int round = 0; round < 90; ++round) {
      bool is_done = true;
      for (const auto& client : clients_) {
        if (client->gone() && is_out(*client)) continue;
        if (!client->connected()) client->connect();
        world_.run_until_idle();
        client->resend();
        world_.run_until_idle();
        is_done = is_done && client->online() && client->unanswered() == 0;
      }
      world_.advance(2'500);
      world_.run_until_idle();
      if (is_done) return;
    }
    throw Broken("after the faults everyone is back and everything is answered");
  }

  void verify_all(bool with_presence) {
    // Presence is told once a second.
    world_.advance(3'000);
    be_idle();
    for (const auto& client : clients_) {
      if (client->gone()) continue;
      must(client->online(), "everyone is back");
      std::vector<std::string> streams;  // time passes below, and some may close
      for (const auto& [stream, fold] : client->streams()) streams.push_back(stream);
      for (const std::string& stream : streams) {
        client->verify(stream, with_presence);
        world_.advance(300);
      }
      world_.run_until_idle();
    }
  }

  const bool is_of_rounds_;
  const bool is_of_moderation_;
  Chance beginning_;
  std::vector<PersonView> people_;
  World world_;
  Acts acts_;
  std::vector<std::unique_ptr<Client>> clients_;
  LonelyWatch lonely_{world_, clients_};
  Tally tally_;
};

}  // namespace

Tally simulate(std::uint64_t seed, int steps) {
  return Story(seed).run(steps);
}

}  // namespace hallway::simulation
