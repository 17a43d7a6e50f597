// Greeting: a session attaches to a place, and is told what it missed or how things stand.
#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "rooms/conversation_place.hpp"
#include "rooms/event_place.hpp"
#include "rooms/permission.hpp"
#include "rooms/person_place.hpp"
#include "server/core/place_host.hpp"

namespace hallway {

void PlaceHost::attach(Hosted& h, PlaceMessage& message, Attach& body) {
  if (h.person != nullptr && std::ssize(h.attached[message.person]) >= settings_.connections_max) {
    answer(h, message,
           refuse(ErrorCode::conflict,
                  "You have Hallway open in too many places already. Close one of them first."),
           true);
    return;
  }
  Decision decision = h.place->arrive(Arrival{body.person, body.role_at, body.vouched}, context());
  const std::optional<Error> refusal = decision.refusal;
  if (refusal || !perform(h, std::move(decision), nullptr)) {
    if (const auto other = h.attached.find(message.person);
        other != h.attached.end() && other->second.empty()) {
      h.attached.erase(other);
    }
    answer(h, message, refusal ? *refusal : *shut_, true);
    return;
  }
  // Attached only now: this session is welcomed whole, and hears nothing of its own arrival before.
  h.attached[message.person].push_back(message.caller);
  answer(h, message, Answered(welcome(h, message.person, body)), true);
}

std::shared_ptr<PlaceWelcome> PlaceHost::welcome(Hosted& h, PersonId person, const Attach& body) {
  auto told = std::make_shared<PlaceWelcome>();
  told->place = h.place->id();
  const std::vector<StreamId> streams = h.place->streams_of(person);
  std::vector<StreamId> recovered;
  for (const ResumePoint& point : body.resume) {
    if (std::find(streams.begin(), streams.end(), point.stream) == streams.end()) {
      told->reset.push_back({point.stream, ResetReason::forbidden});
    } else {
      recover(h, person, point, body, *told, recovered);
    }
  }
  for (const StreamId stream : streams) {
    told->streams.push_back({stream, epoch_of(stream), h.place->top(stream)});
    if (std::find(recovered.begin(), recovered.end(), stream) != recovered.end()) continue;
    // A conversation's entry in hello stands for its own, and the event's state is told there too.
    if (stream.kind == StreamKind::conversation && !body.late) continue;
    told->frames.push_back(opened(h, person, stream, stream.kind == StreamKind::event));
  }
  if (h.event != nullptr) {
    told->event = h.event->event_view_for(person);
    told->where = h.event->where(person);
    told->muted = h.event->mute_of(person, ports_.now());
    told->role = h.event->role_of(person);
    told->capabilities = capabilities_of(told->role);
    told->room_capabilities = h.event->room_capabilities(person);
    told->hushed = h.event->is_hushed(person);
  } else if (h.person != nullptr) {
    told->conversations = h.person->conversations();
    told->reads = h.person->reads();
  } else if (!streams.empty()) {
    told->conversation = h.conversation->view(person);
    told->conversation->epoch = epoch_of(streams.front());
  }
  return told;
}

void PlaceHost::recover(Hosted& h, PersonId person, const ResumePoint& point, const Attach& body,
                        PlaceWelcome& told, std::vector<StreamId>& recovered) {
  Recovery recovery =
      h.place->recover(point, person, epoch_of(point.stream), body.pushes_left - told.pushes_used);
  if (!recovery.reset) {
    const std::size_t pushes = recovery.pushes.size();
    std::string missed = encode_missed(recovery);
    if (missed.size() <= body.bytes_left - told.bytes_used) {
      told.pushes_used += pushes;
      told.bytes_used += missed.size();
      told.recovered.push_back({point.stream, recovery.from, recovery.to});
      recovered.push_back(point.stream);
      if (!missed.empty()) {
        told.frames.emplace_back(missed);
      }
      if (point.stream.kind == StreamKind::room) told.frames.push_back(presence(h, point.stream));
      return;
    }
    recovery.reset = ResetReason::gap;
  }
  told.reset.push_back({point.stream, *recovery.reset});
}

Frame PlaceHost::presence(Hosted& h, StreamId room) {
  const Push push{.stream = room,
                  .at = ports_.now(),
                  .by = {},
                  .data = h.event->presence_of(RoomId{room.value})};
  std::string text;
  encode_push(text, push);
  return Frame(text);
}

std::string PlaceHost::encode_missed(const Recovery& recovery) {
  std::string missed;
  for (const Push& push : recovery.pushes) {
    if (!missed.empty()) missed.push_back('\n');
    encode_push(missed, push);
  }
  return missed;
}

Frame PlaceHost::opened(Hosted& h, PersonId person, StreamId stream, bool without_state) {
  Snapshot snapshot =
      h.place->snapshot(stream, person, static_cast<std::int64_t>(limits::snapshot_limit_default));
  stamp(snapshot);
  if (without_state) snapshot.state = std::monostate{};
  std::string text;
  encode_opened(text, snapshot);
  return Frame(text);
}

void PlaceHost::stamp(Snapshot& snapshot) const {
  snapshot.epoch = epoch_of(snapshot.stream);
  if (auto* conversation = std::get_if<ConversationStreamState>(&snapshot.state)) {
    conversation->conversation.epoch = snapshot.epoch;
  }
}

Epoch PlaceHost::epoch_of(StreamId stream) const {
  // splitmix64 over the store's generation and the stream: new for all streams after a restore.
  std::uint64_t x = ports_.journal.generation() ^ std::hash<StreamId>{}(stream);
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return Epoch{x ^ (x >> 31)};
}

}  // namespace hallway
