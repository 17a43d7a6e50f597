// What a client holds the server to: what was acknowledged stands, and who is out stays out. See
// client.hpp.
#include "tests/simulation/client.hpp"

namespace hallway::simulation {

// --- What was acknowledged

void Client::acknowledge(const Pending& pending, const Json& told) {
  const std::string nonce = pending.data.at("nonce");
  if (pending.command == "report.file") {
    if (!told.contains("report")) return;  // Said again when it was settled.
    return world_.monitor().moderation().must_be_reported(person_, told.at("report"));
  }
  if (told.contains("held")) {
    return world_.monitor().moderation().must_be_held(person_, nonce, told.at("held"));
  }
  if (!told.contains("offset")) return;  // the end state was there already
  std::string stream = pending.data.value("stream", "");
  if (told.contains("conversation")) {
    stream = "conversation:" + told.at("conversation").get<std::string>();
  }
  const bool is_of_rounds = pending.command == "round.announce" || pending.command == "broadcast";
  if (is_of_rounds) stream = "room:" + pending.data.at("room").get<std::string>();
  if (stream.empty()) return;  // of a place, on a stream that the reply does not name
  const Offset offset = told.at("offset");
  world_.monitor().must_stand(person_, stream_named(stream), nonce, offset);
  const auto floor = pending.floors.find(stream);
  must(floor == pending.floors.end() || offset > floor->second,
       "what was seen before it was said stands before it");
}

void Client::moderate(const std::string& command, Json data) {
  if (!is_greeted_) return;
  const Monitor& monitor = world_.monitor();
  Act act{command, {}, monitor.audit().lines(), world_.now()};
  const bool is_organiser = monitor.standings().role(person_) == Role::organiser;
  if (data.contains("person")) {
    act.about = parse_id<PersonTag>(data.at("person").get<std::string>());
  } else if (!is_organiser) {
    act.about = person_;
  }
  ++last_id_;
  acts_.emplace(last_id_, std::move(act));
  transmit(command, data);
}

void Client::acknowledge_act(const Act& act, const Json& told) {
  const Monitor& monitor = world_.monitor();
  if (act.command != "audit.list") {
    if (told.contains("at")) monitor.audit().must_stand(person_, act.command, told.at("at"));
    return;
  }
  // Who had another role when this was answered was perhaps told by that.
  if (monitor.standings().role_at(person_) >= act.asked_at) return;
  monitor.audit().must_be_whole(told.at("entries"), person_, act.about, act.lines);
}

// --- Who is out

void Client::must_be_let_in() const {
  const ShutOut* out = world_.monitor().standings().out(person_, world_.now());
  must(shut_out_ == 0 || out == nullptr || out->since != shut_out_,
       "who is out does not come back: " + who());
}

void Client::must_be_reached(const std::string& stream, Offset offset) const {
  world_.monitor().moderation().must_reach(person_, stream_named(stream), offset, world_.now());
}

}  // namespace hallway::simulation
