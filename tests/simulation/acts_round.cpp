// What people do with rounds: those who lead them, and everybody in them. See acts.hpp.
#include <algorithm>

#include "tests/simulation/acts.hpp"

namespace hallway::simulation {

// --- Everybody

void Acts::in_round(Client& client) {
  const std::string stream = room_of(client);
  if (stream.empty()) return;
  Chance& chance = world_.chance();
  const std::string room = stream.substr(5);
  const RoundFold& rounds = client.streams().at(stream).rounds;
  const std::string own = own_table(client);
  const std::string table = own.empty() || chance.one_in(5) ? some_table(client) : own;
  switch (chance.below(9)) {
    case 0:
      return client.ask("round.sit_out", Json{{"room", room}, {"on", true}});
    case 1:
      return client.ask("round.sit_out", Json{{"room", room}, {"on", false}});
    case 2:
      return client.ask("chair.take", Json{{"room", room}});
    case 3:
      if (rounds.broadcast().is_null()) return;
      return client.ask("broadcast.seen",
                        Json{{"room", room}, {"offset", rounds.broadcast().at("offset")}});
    case 4:
    case 5:
      if (table.empty()) return;
      return client.ask("round.ask_time", Json{{"table", table}});
    case 6:
    case 7:
      if (table.empty()) return;
      return client.ask("table.merge", Json{{"table", table}});
    default:
      if (table.empty()) return;
      return client.ask("opener.draw", Json{{"table", table}});
  }
}

// --- Who leads

void Acts::lead(Client& client) {
  const std::string stream = room_of(client);
  Chance& chance = world_.chance();
  const bool has_tables = !stream.empty() && !client.streams().at(stream).tables.empty();
  if (!has_tables) return join_tables(client);
  const std::string room = stream.substr(5);
  const std::string phase = client.streams().at(stream).rounds.phase();
  if (chance.one_in(8)) {
    return client.ask("round.preview", Json{{"room", room}, {"options", some_options()}});
  }
  if (chance.one_in(8)) {
    return client.insist("broadcast", Json{{"room", room}, {"body", words()}});
  }
  if (chance.one_in(5)) return move_somebody(client);
  const bool is_pending = phase == "announced" || phase == "seated" || phase == "wrapping";
  if (!is_pending || chance.one_in(12)) return announce(client, room);
  if (phase == "announced" && !chance.one_in(4)) return;
  if (phase == "wrapping" && !chance.one_in(4)) return;
  steer(client, room);
}

Json Acts::some_options() {
  Chance& chance = world_.chance();
  const std::size_t size = 2 + chance.below(4);
  Json options{{"size", size},
               {"size_min", std::min<std::size_t>(size, 2 + chance.below(2))},
               {"minutes", 1 + chance.below(chance.one_in(3) ? 3 : 1)},
               {"rounds", 1 + chance.below(4)}};
  if (chance.one_in(4)) options["opener"] = "What brings you here?";
  if (chance.one_in(4)) options["match"] = Json{{"asks", true}};
  const std::string one = somebody();
  const std::string other = somebody();
  if (one != other && chance.one_in(4)) {
    options[chance.one_in(2) ? "together" : "apart"] = Json::array({Json::array({one, other})});
  }
  return options;
}

void Acts::announce(Client& client, const std::string& room) {
  Chance& chance = world_.chance();
  const bool has_next = client.streams().at("room:" + room).rounds.has_next();
  Json data{{"room", room}};
  if (has_next && !chance.one_in(4)) return client.insist("round.announce", data);
  switch (chance.below(6)) {
    case 0:
      data["same_groups"] = true;
      break;
    case 1:
    case 2:
      if (client.plan().empty()) return;
      data["plan"] = client.plan();
      break;
    default:
      data["options"] = some_options();
      if (const std::string host = some_table(client); !host.empty() && chance.one_in(4)) {
        data["options"]["hosts"] = Json{{somebody(), host}};
      }
  }
  client.insist("round.announce", data);
}

void Acts::steer(Client& client, const std::string& room) {
  Chance& chance = world_.chance();
  const RoundFold& rounds = client.streams().at("room:" + room).rounds;
  if (rounds.paused() && chance.one_in(2)) return client.ask("round.resume", Json{{"room", room}});
  Json more{{"room", room}, {"seconds", 10 + chance.below(50)}};
  switch (chance.below(9)) {
    case 0:
      return client.ask("round.extend", more);
    case 1:
    case 2: {
      const auto& ends = rounds.ends();
      if (ends.empty()) return;
      const auto chosen =
          std::next(ends.begin(), static_cast<std::ptrdiff_t>(chance.below(ends.size())));
      more["table"] = chosen->first;
      return client.ask("round.extend", more);
    }
    case 3:
      return client.ask("round.pause", Json{{"room", room}});
    case 4:
      return client.ask("round.resume", Json{{"room", room}});
    case 5:
      if (!chance.one_in(2)) return;
      return client.ask("round.end", Json{{"room", room}});
    case 6:
      if (!chance.one_in(3)) return;
      return client.ask("round.cancel", Json{{"room", room}});
    default:
      return move_somebody(client);
  }
}

void Acts::move_somebody(Client& client) {
  Chance& chance = world_.chance();
  if (client.move() != 0 && chance.one_in(2)) {
    return client.ask("seat.undo", Json{{"move", client.move()}});
  }
  const std::string table = some_table(client);
  if (!table.empty()) client.ask("seat.move", Json{{"person", somebody()}, {"table", table}});
}

}  // namespace hallway::simulation
