// See fold.hpp.
#include "tests/simulation/fold.hpp"

#include <algorithm>

#include "tests/simulation/difference.hpp"

namespace hallway::simulation {
namespace {

void react(Json& message, const std::string& emoji, const Json& by, bool on) {
  Json& reactions = message["reactions"];
  Json& people = reactions[emoji];
  if (people.is_null()) people = Json::array();
  const auto found = std::find(people.begin(), people.end(), by);
  if (on && found == people.end()) people.push_back(by);
  if (!on && found != people.end()) people.erase(found);
  if (people.empty()) reactions.erase(emoji);
}

Json door_of(const Json& room) {
  return Json{
      {"name", room.at("name")}, {"locked", room.at("locked")}, {"slow_s", room.at("slow_s")}};
}

}  // namespace

Fold Fold::opened(const Json& data) {
  Fold fold;
  fold.epoch = data.at("epoch");
  fold.offset = data.at("offset");
  for (const Json& message : data.at("messages")) fold.messages[message.at("offset")] = message;
  // Older ones may be there: behind `more`, in earlier sittings, from before one was admitted.
  fold.known_from = fold.messages.empty() ? fold.offset + 1 : fold.messages.begin()->first;
  const Json state = data.value("state", Json());
  if (state.is_null()) return fold;
  if (state.contains("event")) fold.open_event(state.at("event"));
  if (state.contains("room")) fold.open_room(state.at("room"));
  if (state.contains("sitting_out")) fold.rounds.open_people(state);
  if (state.contains("table")) fold.wishes.open(state);
  if (state.contains("reports")) fold.desk.open(state);
  if (state.contains("time_asked") && state.at("time_asked").is_array()) {
    for (const Json& asked : state.at("time_asked"))
      fold.asked[asked.at("table")] = asked.at("yes");
  }
  if (state.contains("room") && state.contains("people")) {
    for (const Json& person : state.at("people")) fold.people.insert(person.at("id"));
  }
  if (state.contains("visitors")) fold.others = state.at("visitors").get<std::set<std::string>>();
  if (state.contains("blocked")) fold.others = state.at("blocked").get<std::set<std::string>>();
  if (state.contains("conversation")) fold.phase = state.at("conversation").at("state");
  return fold;
}

void Fold::open_event(const Json& event) {
  phase = event.at("state");
  is_locked_down = event.value("lockdown", false);
  for (const Json& room : event.at("rooms")) rooms[room.at("id")] = door_of(room);
}

void Fold::open_room(const Json& room) {
  for (const Json& table : room.at("tables")) open_table(table);
  rounds.open(room.at("round"));
}

void Fold::open_table(const Json& table) {
  const std::string id = table.contains("id") ? table.at("id") : table.at("table");
  tables[id] = Json{{"name", table.at("name")},
                    {"topic", table.at("topic")},
                    {"locked", table.at("locked")},
                    {"mood", table.at("mood")},
                    {"capacity", table.at("capacity")}};
  for (const Json& seat : table.value("seats", Json::array())) seats[seat.at("person")] = id;
}

void Fold::apply(const Json& push) {
  const std::string name = push.at("push");
  const std::string stream = push.at("stream");
  const Json& data = push.at("data");
  if (push.contains("offset")) offset = push.at("offset");
  const bool is_queued = name == "message.held" || name == "message.reviewed";
  if (name.starts_with("message.") && !is_queued) {
    apply_message(name, data, push);
  } else if (name == "presence") {
    if (data.value("all", false)) people.clear();
    for (const Json& person : data.value("joined", Json::array())) people.insert(person.at("id"));
    for (const Json& person : data.value("left", Json::array())) people.erase(person);
  } else if (name == "round.time_asked" && stream.starts_with("desk:")) {
    asked[data.at("table")] = data.at("yes");
    if (data.at("yes") == 0) asked.erase(data.at("table"));
  } else if (stream.starts_with("desk:")) {
    desk.apply(push);
  } else if (stream.starts_with("table:")) {
    wishes.apply(push);
    apply_place(name, data);
  } else {
    apply_round(push);
    apply_place(name, data);
  }
}

void Fold::apply_round(const Json& push) {
  const std::string name = push.at("push");
  const Json& data = push.at("data");
  if (name == "round.started") {
    seats.clear();
    for (const Json& table : data.at("seats")) {
      for (const Json& person : table.at(1)) seats[person] = table.at(0);
    }
    const auto is_sofa = [&](const std::string& table) {
      return tables.at(table).at("capacity").is_null();
    };
    rounds.start(data, is_sofa);
  } else if (name == "round.ended") {
    const auto freed = data.value("tables", std::set<std::string>{});
    std::erase_if(seats,
                  [&](const auto& seat) { return freed.empty() || freed.contains(seat.second); });
    rounds.apply(push);
  } else {
    rounds.apply(push);
  }
}

void Fold::apply_message(const std::string& name, const Json& data, const Json& push) {
  if (name == "message.posted") {
    Json message{{"offset", push.at("offset")},
                 {"at", push.at("at")},
                 {"by", push.at("by")},
                 {"body", data.at("body")},
                 {"edited", false},
                 {"deleted", false},
                 {"pinned", false},
                 {"reactions", Json::object()}};
    if (data.contains("reply_to")) message["reply_to"] = data.at("reply_to");
    if (data.contains("mentions")) message["mentions"] = data.at("mentions");
    messages[push.at("offset")] = std::move(message);
    return;
  }
  const auto found = messages.find(data.at("of"));
  if (found == messages.end()) return;  // older than what this client was told
  Json& message = found->second;
  if (name == "message.edited") {
    message["body"] = data.at("body");
    message["edited"] = true;
  } else if (name == "message.deleted") {
    message["body"] = "";
    message["deleted"] = true;
  } else if (name == "message.reacted") {
    react(message, data.at("emoji"), push.at("by"), data.at("on"));
  } else {
    message["pinned"] = name == "message.pinned";
  }
}

void Fold::apply_place(const std::string& name, const Json& data) {
  if (name == "seat.taken") {
    seats[data.at("person")] = data.at("table");
  } else if (name == "seat.left") {
    seats.erase(data.at("person"));
    const std::string table = data.at("table");
    const bool is_empty = std::none_of(seats.begin(), seats.end(),
                                       [&](const auto& seat) { return seat.second == table; });
    if (is_empty) rounds.table_emptied(table);
  } else if (name == "table.created") {
    open_table(data);
  } else if (name == "table.updated") {
    for (const char* key : {"name", "topic", "capacity", "mood"}) {
      if (data.contains(key)) tables.at(data.at("table"))[key] = data.at(key);
    }
  } else if (name == "table.removed") {
    tables.erase(data.at("table"));
  } else if (name == "table.locked" || name == "table.unlocked") {
    tables.at(data.at("table"))["locked"] = name == "table.locked";
  } else if (name == "table.visited") {
    if (data.at("on").get<bool>()) {
      others.insert(data.at("person"));
    } else {
      others.erase(data.at("person"));
    }
  } else if (name == "room.created") {
    rooms[data.at("room")] = door_of(data);
  } else if (name == "room.updated") {
    for (const char* key : {"name", "locked", "slow_s"}) {
      if (data.contains(key)) rooms.at(data.at("room"))[key] = data.at(key);
    }
  } else if (name == "room.closed") {
    rooms.erase(data.at("room"));
  } else if (name == "event.updated") {
    phase = data.at("event").at("state");
    is_locked_down = data.at("event").value("lockdown", false);
  } else if (name == "conversation.accepted") {
    phase = "open";
  } else if (name == "person.blocked") {
    others.insert(data.at("person"));
  } else if (name == "person.unblocked") {
    others.erase(data.at("person"));
  }
}

std::string Fold::differs_from(const Fold& server, bool with_presence, std::int64_t now,
                               const std::set<PersonId>& staff) const {
  if (offset != server.offset) return difference("offset", offset, server.offset);
  const Offset from = std::max(known_from, server.known_from);
  const auto shown = [from](const std::map<Offset, Json>& all) {
    Json list = Json::array();
    for (auto entry = all.lower_bound(from); entry != all.end(); ++entry)
      list.push_back(entry->second);
    return list;
  };
  const Json mine = shown(messages);
  const Json theirs = shown(server.messages);
  for (std::size_t i = 0; i < std::max(mine.size(), theirs.size()); ++i) {
    const Json one = i < mine.size() ? mine[i] : Json();
    const Json other = i < theirs.size() ? theirs[i] : Json();
    if (one != other) return difference("message", one, other);
  }
  if (tables != server.tables) return difference("tables", tables, server.tables);
  if (seats != server.seats) return difference("seats", seats, server.seats);
  if (const auto told = rounds.differs_from(server.rounds); !told.empty()) return told;
  if (const auto told = wishes.differs_from(server.wishes); !told.empty()) return told;
  if (asked != server.asked) return difference("time asked", asked, server.asked);
  if (const auto told = desk.differs_from(server.desk, now, staff); !told.empty()) return told;
  if (is_locked_down != server.is_locked_down) {
    return difference("lockdown", is_locked_down, server.is_locked_down);
  }
  if (rooms != server.rooms) return difference("rooms", rooms, server.rooms);
  if (others != server.others) return difference("others", others, server.others);
  if (phase != server.phase) return difference("state", phase, server.phase);
  if (with_presence && people != server.people) {
    return difference("people", people, server.people);
  }
  return {};
}

}  // namespace hallway::simulation
