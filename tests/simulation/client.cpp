// See client.hpp.
#include "tests/simulation/client.hpp"

#include <algorithm>
#include <cstdio>

namespace hallway::simulation {
StreamId stream_named(const std::string& text) {
  const auto stream = parse_stream(text);
  must(stream.has_value(), "the server names streams as the specification does: " + text);
  return *stream;
}

std::string Client::who() const {
  return to_text(person_);
}

void Client::connect() {
  wire_ = world_.connect(*this, person_);
  last_id_ = 0;
  is_greeted_ = false;
  is_stalled_ = false;
  expected_.clear();
  looks_.clear();
  acts_.clear();
  const ShutOut* out = world_.monitor().standings().out(person_, world_.now());
  shut_out_ = out == nullptr ? 0 : out->since;
  for (Pending& pending : unacknowledged_) pending.sent_as = 0;
  Json resume = Json::object();
  for (const auto& [stream, fold] : streams_) {
    resume[stream] = Json{{"epoch", fold.epoch}, {"offset", fold.offset}};
  }
  ask("hello", Json{{"event", to_text(event_)},
                    {"client", {{"name", "simulation"}, {"version", "1"}}},
                    {"resume", resume}});
}

void Client::drop(bool silently) {
  if (wire_ == nullptr) return;
  world_.drop(wire_, silently);
  left_at_ = world_.now();
  wire_ = nullptr;
  is_greeted_ = false;
}

void Client::forget() {
  drop(false);
  streams_.clear();
}

void Client::on_close(CloseCode code) {
  left_at_ = world_.now();
  wire_ = nullptr;
  is_greeted_ = false;
  const bool may_come_back = static_cast<int>(code) >= 4100 || code == CloseCode::normal;
  must(may_come_back || code == CloseCode::removed,
       "a good client is not closed " + std::to_string(static_cast<int>(code)));
  is_gone_ = code == CloseCode::removed;
  must(!is_gone_ || world_.monitor().standings().was_out(person_),
       "nobody is closed as removed who never was");
}

// --- Saying

void Client::transmit(const std::string& command, const Json& data) {
  if (is_traced)
    std::fprintf(stderr, "%p %s > %s %s\n", static_cast<void*>(this), who().c_str(),
                 command.c_str(), data.dump().c_str());
  world_.say(wire_, Json{{"id", last_id_}, {"cmd", command}, {"d", data}}.dump());
}

void Client::ask(const std::string& command, Json data) {
  if (wire_ == nullptr) return;
  ++last_id_;
  transmit(command, data);
}

void Client::insist(const std::string& command, Json data) {
  data["nonce"] =
      "n-" + base32(person_.value ^ world_.chance().next()) + "-" + std::to_string(++nonces_);
  Pending pending{command, std::move(data), {}, 0};
  for (const auto& [stream, fold] : streams_) pending.floors[stream] = fold.offset;
  unacknowledged_.push_back(std::move(pending));
  if (!is_greeted_) return;
  unacknowledged_.back().sent_as = ++last_id_;
  const Pending& kept = unacknowledged_.back();
  transmit(kept.command, kept.data);
}

void Client::resend() {
  if (!is_greeted_) return;
  // Said again in order; an answer may come while this goes on.
  std::vector<std::pair<std::string, Json>> again;
  std::vector<std::int64_t> ids;
  for (Pending& pending : unacknowledged_) {
    if (pending.sent_as != 0) continue;
    pending.sent_as = ++last_id_;
    again.emplace_back(pending.command, pending.data);
    ids.push_back(pending.sent_as);
  }
  for (std::size_t i = 0; i < again.size() && wire_ != nullptr; ++i) {
    world_.say(wire_, Json{{"id", ids[i]}, {"cmd", again[i].first}, {"d", again[i].second}}.dump());
  }
}

void Client::verify(const std::string& stream, bool with_presence) {
  look_at(Look{stream, with_presence});
}

void Client::look_at(Look look) {
  if (wire_ == nullptr) return;
  const Json data{{"stream", look.stream}, {"limit", 100}};
  looks_[++last_id_] = std::move(look);
  transmit("stream.snapshot", data);
}

// --- Hearing

void Client::on_text(const std::string& text) {
  std::size_t begin = 0;
  while (begin < text.size() && wire_ != nullptr) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    on_object(Json::parse(text.substr(begin, end - begin)));
    begin = end + 1;
  }
}

void Client::on_object(const Json& object) {
  if (is_traced)
    std::fprintf(stderr, "%p %s < %s\n", static_cast<void*>(this), who().c_str(),
                 object.dump().c_str());
  if (object.contains("ping")) {
    world_.say(wire_, Json{{"pong", object.at("ping")}}.dump());
  } else if (object.contains("push")) {
    on_push(object);
  } else {
    on_reply(object);
  }
}

void Client::on_reply(const Json& object) {
  const std::int64_t id = object.at("id");
  if (!is_greeted_) {
    must(id == 1, "the reply to hello comes first");
    if (object.contains("ok")) on_hello(object.at("ok"));
    return;
  }
  if (const auto look = looks_.find(id); look != looks_.end()) {
    if (object.contains("ok")) compare(look->second, object.at("ok"));
    looks_.erase(look);
    return;
  }
  if (const auto act = acts_.find(id); act != acts_.end()) {
    if (object.contains("ok")) acknowledge_act(act->second, object.at("ok"));
    acts_.erase(act);
    return;
  }
  if (object.contains("ok")) {
    const Json& told = object.at("ok");
    if (told.contains("quality")) plan_ = told.at("plan");
    if (told.contains("move")) move_ = told.at("move");
  }
  const auto pending = std::find_if(unacknowledged_.begin(), unacknowledged_.end(),
                                    [id](const Pending& each) { return each.sent_as == id; });
  if (pending == unacknowledged_.end()) return;
  if (object.contains("ok")) {
    acknowledge(*pending, object.at("ok"));
    unacknowledged_.erase(pending);
  } else if (object.at("err").value("retry", false)) {
    pending->sent_as = 0;
  } else {
    must(object.at("err").at("code") != "nonce_conflict", "a nonce sent again is known again");
    unacknowledged_.erase(pending);
  }
}

void Client::on_hello(const Json& told) {
  is_greeted_ = true;
  is_gone_ = false;
  world_.served();
  must_be_let_in();
  const Json& recovered = told.at("recovered");
  const Json& reset = told.at("reset");
  std::map<std::string, Fold> kept;
  for (auto& [stream, fold] : streams_) {
    must(recovered.contains(stream) != reset.contains(stream),
         "what is resumed is recovered or reset: " + stream);
    if (!recovered.contains(stream)) continue;
    must(recovered.at(stream).at("from") == fold.offset, "recovery begins where the client was");
    kept.emplace(stream, std::move(fold));
  }
  streams_ = std::move(kept);
  for (const auto& [stream, top] : told.at("streams").items()) {
    if (!streams_.contains(stream)) expected_.insert(stream);
  }
  for (const Json& entry : told.at("conversations")) {
    const std::string stream = "conversation:" + entry.at("id").get<std::string>();
    if (!expected_.contains(stream)) continue;
    Fold fold;
    fold.epoch = entry.at("epoch");
    fold.offset = entry.at("offset");
    fold.known_from = fold.offset + 1;
    fold.phase = entry.at("state");
    open(stream, std::move(fold));
  }
  const std::string event_stream = "event:" + to_text(event_);
  if (expected_.contains(event_stream)) {
    Fold fold;
    fold.open_event(told.at("event"));
    streams_[event_stream] = std::move(fold);  // its offset and words come with `stream.opened`
  }
}

void Client::on_push(const Json& push) {
  must(is_greeted_, "nothing comes before the reply to hello");
  const std::string stream = push.at("stream");
  const std::string name = push.at("push");
  if (name == "stream.opened") {
    Fold fold = Fold::opened(push.at("data"));
    const auto known = streams_.find(stream);
    if (push.at("data").at("state").is_null() && known != streams_.end()) {
      fold.rooms = known->second.rooms;
      fold.phase = known->second.phase;
      fold.is_locked_down = known->second.is_locked_down;
    }
    for (const auto& [offset, message] : fold.messages) {
      world_.monitor().must_be_entitled(person_, stream_named(stream), offset);
    }
    must_be_reached(stream, fold.offset);
    open(stream, std::move(fold));
    return;
  }
  if (name == "stream.closed") {
    must(streams_.erase(stream) == 1, "only what is open is closed: " + stream);
    if (stream.starts_with("room:")) doubt_tables();
    return;
  }
  const auto known = streams_.find(stream);
  must(known != streams_.end() && !expected_.contains(stream),
       "a stream is opened before its pushes: " + stream + " to " + who() + ": " + push.dump());
  if (push.contains("offset")) {
    const Offset offset = push.at("offset");
    must(offset == known->second.offset + 1,
         "no hole and no double: " + stream + " at " + std::to_string(known->second.offset) +
             " got " + std::to_string(offset) + " as " + who() + ": " + push.dump());
    world_.monitor().must_be_entitled(person_, stream_named(stream), offset);
    must_be_reached(stream, offset);
  }
  known->second.apply(push);
  if (stream.starts_with("room:")) tell_tables(push);
}

void Client::tell_tables(const Json& push) {
  const Fold& room = streams_.at(push.at("stream"));
  for (auto& [stream, fold] : streams_) {
    if (!stream.starts_with("table:")) continue;
    const std::string table = stream.substr(6);
    const bool is_left = push.at("push") == "seat.left" && push.at("data").at("table") == table;
    const bool is_emptied =
        is_left && std::none_of(room.seats.begin(), room.seats.end(),
                                [&](const auto& seat) { return seat.second == table; });
    const std::string name = push.at("push");
    if (is_emptied || name.starts_with("round.")) {
      fold.wishes.room_told(table, push, room.rounds.ends().contains(table));
    }
  }
}

void Client::doubt_tables() {
  for (auto& [stream, fold] : streams_) fold.wishes.doubt();
}

bool Client::sees_room_of(const std::string& table) const {
  return std::any_of(streams_.begin(), streams_.end(), [&](const auto& entry) {
    return entry.first.starts_with("room:") && entry.second.tables.contains(table);
  });
}

void Client::open(const std::string& stream, Fold fold) {
  expected_.erase(stream);
  if (stream.starts_with("room:")) doubt_tables();
  if (stream.starts_with("table:") && !sees_room_of(stream.substr(6))) fold.wishes.doubt();
  streams_[stream] = std::move(fold);
}

void Client::compare(const Look& look, const Json& told) {
  const auto mine = streams_.find(look.stream);
  if (mine == streams_.end()) return;  // closed since
  Fold theirs = Fold::opened(told);
  for (const PersonId person : world_.monitor().standings().changed()) {
    mine->second.rounds.forget(to_text(person));
    theirs.rounds.forget(to_text(person));
  }
  const std::string difference = mine->second.differs_from(
      theirs, look.with_presence, world_.now(), world_.monitor().standings().was_staff());
  must(difference.empty(),
       "the fold of " + who() + " equals the server's: " + look.stream + " " + difference);
}

}  // namespace hallway::simulation
