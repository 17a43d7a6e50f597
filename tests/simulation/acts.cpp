// See acts.hpp.
#include "tests/simulation/acts.hpp"

#include <algorithm>

namespace hallway::simulation {
namespace {

const std::vector<std::string> emoji{"👍", "🎉"};

template <class Map>
std::string some_key(Chance& chance, const Map& map) {
  if (map.empty()) return {};
  return std::next(map.begin(), static_cast<std::ptrdiff_t>(chance.below(map.size())))->first;
}

bool is_for_talk(const std::string& stream) {
  return stream.starts_with("room:") || stream.starts_with("table:") ||
         stream.starts_with("conversation:");
}

}  // namespace

void Acts::something(Client& client) {
  switch (world_.chance().below(12)) {
    case 0:
    case 1:
    case 2:
      return talk(client);
    case 9:
    case 10:
      return in_round(client);
    case 3:
      return touch_message(client);
    case 4:
    case 5:
      return move(client);
    case 6:
    case 7:
      return at_table(client);
    case 8:
      return privately(client);
    default:
      client.ask("read",
                 Json{{"stream", some_stream(client)}, {"offset", world_.chance().below(30)}});
  }
}

void Acts::talk(Client& client) {
  const std::string stream = some_stream(client);
  if (world_.chance().one_in(6)) return client.ask("typing", Json{{"stream", stream}});
  Json data{{"stream", stream}, {"body", words()}};
  const auto& messages = client.streams().at(stream).messages;
  if (!messages.empty() && world_.chance().one_in(4)) {
    data["reply_to"] = messages.rbegin()->first;
  }
  client.insist("message.send", data);
}

void Acts::touch_message(Client& client) {
  const std::string stream = some_stream(client);
  const auto& messages = client.streams().at(stream).messages;
  if (messages.empty()) return;
  auto chosen = std::prev(messages.end());  // half the time the newest: people meet there
  if (world_.chance().one_in(2)) {
    chosen = std::next(messages.begin(),
                       static_cast<std::ptrdiff_t>(world_.chance().below(messages.size())));
  }
  Json data{{"stream", stream}, {"offset", chosen->first}};
  switch (world_.chance().below(7)) {
    case 6:
      return report(client, stream, chosen->first);
    case 0:
      data["body"] = words();
      return client.insist("message.edit", data);
    case 1:
      return client.insist("message.delete", data);
    case 2:
      return client.ask("message.pin", data);
    case 3:
      return client.ask("message.unpin", data);
    default:
      data["emoji"] = world_.chance().of(emoji);
      data["on"] = !world_.chance().one_in(2);
      return client.ask("message.react", data);
  }
}

void Acts::move(Client& client) {
  const std::string room = room_of(client);
  const bool has_tables = !room.empty() && !client.streams().at(room).tables.empty();
  if (!has_tables || world_.chance().one_in(6)) {
    client.ask("room.enter", Json{{"room", some_room(client)}});
  } else if (world_.chance().one_in(5)) {
    client.ask("table.stand", Json::object());
  } else if (const std::string table = some_table(client); !table.empty()) {
    client.ask("table.sit", Json{{"table", table}});
  }
}

void Acts::at_table(Client& client) {
  const std::string own = own_table(client);
  const std::string any = some_table(client);
  if (any.empty()) return;
  const std::string table = own.empty() || world_.chance().one_in(4) ? any : own;
  switch (world_.chance().below(9)) {
    case 0:
      return client.ask("table.lock", Json{{"table", table}});
    case 1:
      return client.ask("table.unlock", Json{{"table", table}});
    case 2:
      return client.ask("table.knock", Json{{"table", any}, {"line", "May I?"}});
    case 3:
      return client.ask("table.answer", Json{{"table", table},
                                             {"knock", 1 + world_.chance().below(4)},
                                             {"admit", !world_.chance().one_in(3)}});
    case 4:
      return client.ask("table.invite", Json{{"table", table}, {"person", somebody()}});
    case 5:
      return client.ask("table.update", Json{{"table", table}, {"topic", words()}});
    case 6:
      return client.ask("table.call_help", Json{{"table", table}});
    case 7:
      return client.ask("table.update", Json{{"table", table}, {"mood", "deep"}});
    default:
      return client.ask("card.update", Json{{"about", words()}});
  }
}

void Acts::privately(Client& client) {
  const std::string other = somebody();
  switch (world_.chance().below(8)) {
    case 0:
      return client.ask("person.block", Json{{"person", other}});
    case 1:
    case 2:
      return client.ask("person.unblock", Json{{"person", other}});
    case 3:
    case 4: {
      for (const auto& [stream, fold] : client.streams()) {
        if (fold.phase != "requested") continue;
        return client.ask("conversation.answer",
                          Json{{"conversation", stream.substr(stream.find(':') + 1)},
                               {"accept", !world_.chance().one_in(3)}});
      }
      return;
    }
    default: {
      Json people = Json::array({other});
      if (world_.chance().one_in(4)) people.push_back(somebody());
      client.insist("conversation.start", Json{{"people", people}, {"body", words()}});
    }
  }
}

void Acts::staff_work(Client& client) {
  const std::string table = some_table(client);
  const std::string room = room_of(client);
  switch (world_.chance().below(9)) {
    case 0:
    case 1:
    case 2:
      return moderate(client);
    case 3:
      return client.insist(
          "room.create",
          Json{{"name", "Room " + words()}, {"kind", "tables"}, {"tables", 2}, {"capacity", 2}});
    case 4:
      if (!world_.chance().one_in(3)) return;
      return client.ask("room.close", Json{{"room", some_room(client)}});
    case 5:
      if (room.empty()) return;
      return client.insist("table.create", Json{{"room", room.substr(5)}, {"capacity", 3}});
    case 6:
      if (table.empty()) return;
      return client.ask("table.remove", Json{{"table", table}});
    case 7:
    case 8:
      if (table.empty()) return;
      return client.ask("table.visit", Json{{"table", table}, {"on", !world_.chance().one_in(3)}});
    default:
      if (table.empty()) return;
      return client.ask("table.help_done", Json{{"table", table}});
  }
}

// --- What the client shows

std::string Acts::some_stream(const Client& client) {
  // Most talk is in rooms, at tables and in conversations; elsewhere it is refused to most.
  std::string stream = some_key(world_.chance(), client.streams());
  for (int i = 0; i < 3 && !is_for_talk(stream); ++i) {
    stream = some_key(world_.chance(), client.streams());
  }
  return stream;
}

std::string Acts::room_of(const Client& client) const {
  for (const auto& [stream, fold] : client.streams()) {
    if (stream.starts_with("room:")) return stream;
  }
  return {};
}

std::string Acts::own_table(const Client& client) const {
  for (const auto& [stream, fold] : client.streams()) {
    if (stream.starts_with("table:")) return stream.substr(6);
  }
  return {};
}

std::string Acts::some_table(const Client& client) {
  const std::string room = room_of(client);
  return room.empty() ? std::string() : some_key(world_.chance(), client.streams().at(room).tables);
}

std::string Acts::some_room(const Client& client) {
  for (const auto& [stream, fold] : client.streams()) {
    if (!stream.starts_with("event:")) continue;
    const std::string room = some_key(world_.chance(), fold.rooms);
    if (room.empty() || world_.chance().one_in(3)) return room;
    for (const auto& [id, told] : fold.rooms) {
      if (told.at("name") == "Tables") return id;
    }
    return room;
  }
  return "rm_0000000000001";
}

void Acts::join_tables(Client& client) {
  for (const auto& [stream, fold] : client.streams()) {
    for (const auto& [id, told] : fold.rooms) {
      if (told.at("name") == "Tables") return client.ask("room.enter", Json{{"room", id}});
    }
  }
}

std::string Acts::somebody() {
  return to_text(world_.chance().of(people_).id);
}

std::string Acts::words() {
  std::string text = "w" + std::to_string(world_.chance().below(1000));
  if (world_.chance().one_in(5)) text += " <@" + somebody() + ">";
  return text;
}

}  // namespace hallway::simulation
