// See fold_round.hpp.
#include "tests/simulation/fold_round.hpp"

#include <algorithm>
#include <vector>

#include "tests/simulation/difference.hpp"

namespace hallway::simulation {
namespace {

bool names(const Json& data, const std::string& table) {
  if (data.contains("table")) return data.at("table") == table;
  if (!data.contains("tables")) return true;
  const auto tables = data.at("tables").get<std::vector<std::string>>();
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

}  // namespace

void RoundFold::open(const Json& round) {
  round_ = round;
  if (round_.is_null()) return;
  for (const Json& table : round.value("tables", Json::array())) {
    ends_[table.at(0)] = table.at(1);
    if (table.at(1) != round.at("ends_at")) own_.insert(table.at(0));
  }
  round_.erase("tables");
}

void RoundFold::open_people(const Json& state) {
  const bool is_running = phase() == "seated" || phase() == "wrapping";
  for (const Json& person : state.at("sitting_out")) {
    sitting_out_[person] = is_running ? Out::one_or_two : Out::one_round;
  }
  joining_in_ = state.at("joining_in").get<std::set<std::string>>();
  broadcast_ = state.at("broadcast");
}

void RoundFold::start(const Json& started, const std::function<bool(const std::string&)>& is_sofa) {
  for (const char* key : {"plan", "number", "of", "ends_at", "repeats"}) {
    round_[key] = started.at(key);
  }
  if (started.contains("opener")) round_["opener"] = started.at("opener");
  round_["phase"] = "seated";
  ends_.clear();
  own_.clear();
  for (const Json& table : started.at("seats")) {
    if (!is_sofa(table.at(0))) ends_[table.at(0)] = started.at("ends_at");
  }
}

void RoundFold::apply(const Json& push) {
  const std::string name = push.at("push");
  const Json& data = push.at("data");
  if (name == "round.announced") {
    Json fresh = data;
    fresh["phase"] = "announced";
    fresh["ends_at"] = 0;
    fresh["paused_at"] = nullptr;
    fresh["repeats"] = 0;
    fresh["chair"] = round_.is_null() ? Json() : round_.at("chair");
    fresh["chair_offered"] = round_.is_null() ? Json::array() : round_.at("chair_offered");
    round_ = std::move(fresh);
  } else if (name == "round.cancelled") {
    round_["number"] = data.at("number").get<std::int64_t>() - 1;
    round_["phase"] = "plenary";
  } else if (name == "round.wrapping") {
    wrap(data);
  } else if (name == "round.ended") {
    end(data);
  } else if (name == "round.extended") {
    extend(data);
  } else if (name == "round.paused") {
    round_["paused_at"] = push.at("at");
  } else if (name == "round.resumed") {
    resume(data);
  } else if (name == "round.sat_out") {
    sit_out(data);
  } else if (name == "chair.offered") {
    round_["chair_offered"] = data.at("people");
  } else if (name == "chair.taken") {
    round_["chair"] = data.at("by");
    round_["chair_offered"] = Json::array();
  } else if (name == "broadcast.posted") {
    broadcast_ = Json{{"offset", push.at("offset")},
                      {"at", push.at("at")},
                      {"by", push.at("by")},
                      {"body", data.at("body")}};
  }
}

void RoundFold::wrap(const Json& data) {
  const std::int64_t end = data.at("ends_at");
  if (!data.contains("tables")) own_.clear();
  bool is_common = !data.contains("tables");
  for (auto& [table, ends_at] : ends_) {
    if (!names(data, table)) continue;
    ends_at = end;
    is_common = is_common || !own_.contains(table);
  }
  if (!is_common) return;
  round_["phase"] = "wrapping";
  round_["ends_at"] = end;
  round_["paused_at"] = nullptr;
}

void RoundFold::end(const Json& data) {
  std::erase_if(ends_, [&](const auto& entry) { return names(data, entry.first); });
  std::erase_if(own_, [&](const auto& table) { return names(data, table); });
  if (data.contains("tables")) return;
  round_["phase"] = "plenary";
  for (auto entry = sitting_out_.begin(); entry != sitting_out_.end();) {
    const bool is_over = entry->second == Out::one_round || entry->second == Out::none_or_one;
    const bool is_known = entry->second == Out::two_rounds;
    entry->second = is_known ? Out::one_round : Out::none_or_one;
    entry = is_over ? sitting_out_.erase(entry) : std::next(entry);
  }
}

void RoundFold::extend(const Json& data) {
  const std::int64_t end = data.at("ends_at");
  if (data.contains("table")) {
    ends_.at(data.at("table")) = end;
    own_.insert(data.at("table"));
    return;
  }
  round_["phase"] = "seated";
  round_["ends_at"] = end;
  for (auto& [table, ends_at] : ends_) {
    // A table with more time than all have now keeps its own end.
    if (own_.contains(table) && ends_at > end) continue;
    ends_at = end;
    own_.erase(table);
  }
}

void RoundFold::resume(const Json& data) {
  round_["paused_at"] = nullptr;
  round_["ends_at"] = data.at("ends_at");
  for (auto& [table, ends_at] : ends_) ends_at = data.at("ends_at");
  for (const Json& own : data.value("tables", Json::array())) ends_.at(own.at(0)) = own.at(1);
}

void RoundFold::sit_out(const Json& data) {
  const std::string person = data.at("person");
  const bool on = data.at("on");
  if (is_staff(parse_id<PersonTag>(person))) {
    if (on) joining_in_.erase(person);
    if (!on) joining_in_.insert(person);
  } else if (on) {
    const bool is_running = phase() == "seated" || phase() == "wrapping";
    sitting_out_[person] = is_running ? Out::two_rounds : Out::one_round;
  } else {
    sitting_out_.erase(person);
  }
}

std::string RoundFold::differs_from(const RoundFold& server) const {
  if (round_ != server.round_) return difference("round", round_, server.round_);
  if (ends_ != server.ends_) return difference("ends", ends_, server.ends_);
  if (joining_in_ != server.joining_in_) {
    return difference("joining in", joining_in_, server.joining_in_);
  }
  std::set<std::string> mine;
  std::set<std::string> theirs;
  for (const auto& [person, out] : sitting_out_) {
    const bool may_lapse = out == Out::none_or_one && !server.sitting_out_.contains(person);
    if (!may_lapse) mine.insert(person);
  }
  for (const auto& [person, out] : server.sitting_out_) theirs.insert(person);
  if (mine != theirs) return difference("sitting out", mine, theirs);
  if (broadcast_ != server.broadcast_) {
    return difference("broadcast", broadcast_, server.broadcast_);
  }
  return {};
}

// --- What a table is told

void TableWishes::Fact::say(Json said, std::int64_t said_at) {
  if (said_at < void_at) return;
  is_unsure = said_at == void_at;
  value = std::move(said);
  at = said_at;
}

void TableWishes::Fact::end(std::int64_t ended_at, const Json& then) {
  void_at = std::max(void_at, ended_at);
  if (at > ended_at) return;
  is_unsure = at == ended_at;
  value = then;
}

void TableWishes::open(const Json& state) {
  shrunk_.value = state.value("shrunk", Json());
  opener_.value = state.value("opener", Json());
  if (state.contains("time_asked")) yes_.value = state.at("time_asked").at("yes");
}

void TableWishes::apply(const Json& push) {
  const std::string name = push.at("push");
  const Json& data = push.at("data");
  if (name == "opener.drawn") {
    opener_.say(data.at("opener"), push.at("at"));
  } else if (name == "round.time_asked") {
    yes_.say(data.at("yes") == 0 ? Json() : data.at("yes"), push.at("at"));
  } else if (name == "table.shrunk") {
    Json told = data;
    told.erase("table");
    shrunk_.say(data.at("left") == 0 ? Json() : std::move(told), push.at("at"));
  }
}

void TableWishes::room_told(const std::string& table, const Json& push, bool runs) {
  const std::string name = push.at("push");
  const std::int64_t at = push.at("at");
  const Json& data = push.at("data");
  if (name == "round.started") {
    shrunk_.end(at);
    yes_.end(at);
    opener_.end(at, runs ? data.at("opener") : Json());
  } else if (name == "seat.left" || (name == "round.ended" && names(data, table))) {
    shrunk_.end(at);
    yes_.end(at);
    opener_.end(at);
  } else if (name == "round.wrapping" && names(data, table)) {
    shrunk_.end(at);
  } else if (name == "round.extended" && names(data, table)) {
    yes_.end(at);
  }
}

std::string TableWishes::differs_from(const TableWishes& server) const {
  if (!is_whole_) return {};
  const auto compare = [](const char* what, const Fact& mine, const Fact& theirs) {
    if (mine.is_unsure || mine.value == theirs.value) return std::string();
    return difference(what, mine.value, theirs.value);
  };
  for (const std::string& told :
       {compare("shrunk", shrunk_, server.shrunk_), compare("opener", opener_, server.opener_),
        compare("time asked", yes_, server.yes_)}) {
    if (!told.empty()) return told;
  }
  return {};
}

}  // namespace hallway::simulation
