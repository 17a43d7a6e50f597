// Decisions about the event itself and its rooms. See event_place.hpp.
#include <algorithm>
#include <utility>

#include "protocol/limits.hpp"
#include "rooms/event_place.hpp"
#include "rooms/nonce.hpp"
#include "rooms/refusals.hpp"

namespace hallway {
namespace {

std::uint64_t optional_number(const std::optional<std::int64_t>& value) {
  return value ? static_cast<std::uint64_t>(*value) + 1 : 0;
}

std::uint64_t digest_of(const RoomCreate& command) {
  return Digest(RoomCreate::name)
      .add(command.room_name)
      .add(to_text(command.kind))
      .add(optional_number(command.tables))
      .add(optional_number(command.capacity))
      .value();
}

std::uint64_t digest_of(const TableCreate& command) {
  return Digest(TableCreate::name)
      .add(command.room.value)
      .add(command.table_name.value_or(""))
      .add(command.topic.value_or(""))
      .add(optional_number(command.capacity))
      .add(command.mood ? to_text(*command.mood) : "")
      .value();
}

std::optional<Error> refuse_spec(const RoomSpec& spec) {
  if (spec.tables < 0 || spec.tables >= static_cast<std::int64_t>(limits::tables_max)) {
    return refuse(ErrorCode::too_large, "A room has fewer tables than that.", "tables");
  }
  if (spec.capacity < limits::capacity_min || spec.capacity > limits::capacity_max) {
    return refuse(ErrorCode::bad_request, "A table seats between 2 and 100 people.", "capacity");
  }
  return std::nullopt;
}

std::optional<Error> refuse_times(TimeMs starts_at, TimeMs ends_at) {
  if (ends_at == 0 || ends_at > starts_at) return std::nullopt;
  return refuse(ErrorCode::bad_request, "An event ends after it starts.", "ends_at");
}

AuditView done_to(RoomId room, const std::string& name, std::string_view action) {
  AuditView entry;
  entry.action = action;
  entry.room = room;
  entry.detail = name;
  return entry;
}

/// What is to be other than it was, by the fields' names: `ends_at, retention_days 30`.
std::string changes_of(const EventUpdate& command) {
  std::string changes;
  const auto add = [&](bool is_told, const std::string& change) {
    if (is_told) changes += (changes.empty() ? "" : ", ") + change;
  };
  add(command.title.has_value(), "title");
  add(command.starts_at.has_value(), "starts_at");
  add(command.ends_at.has_value(), "ends_at");
  add(command.programme.has_value(), "programme");
  add(command.timezone.has_value(), "timezone");
  if (command.admission) add(true, "admission " + std::string(to_text(*command.admission)));
  if (command.retention_days) {
    add(true, "retention_days " + std::to_string(*command.retention_days));
  }
  if (command.state) add(true, "state " + std::string(to_text(*command.state)));
  return changes;
}

EventState state_at(TimeMs starts_at, TimeMs ends_at, TimeMs now) {
  if (ends_at != 0 && now >= ends_at + limits::close_after_ms) return EventState::over;
  return now >= starts_at - limits::open_before_ms ? EventState::live : EventState::planned;
}

}  // namespace

RoomView new_room(const RoomSpec& spec, std::uint64_t seed, std::uint64_t& index) {
  RoomView room;
  room.id = {drawn_id(seed, index++)};
  room.name = spec.name;
  room.kind = spec.kind;
  if (spec.kind != RoomKind::tables) return room;
  for (std::int64_t number = 1; number <= spec.tables; ++number) {
    TableView& table = room.tables.emplace_back();
    table.id = {drawn_id(seed, index++)};
    table.name = "Table " + std::to_string(number);
    table.capacity = spec.capacity;
  }
  TableView& sofa = room.tables.emplace_back();
  sofa.id = {drawn_id(seed, index++)};
  sofa.name = "Sofa";
  return room;
}

Decision EventPlace::create(const EventSpec& spec, const Context& context) const {
  std::vector<RoomSpec> rooms = spec.rooms;
  const auto is_lobby = [](const RoomSpec& room) { return room.kind == RoomKind::lobby; };
  const auto lobbies = std::count_if(rooms.begin(), rooms.end(), is_lobby);
  if (lobbies > 1) {
    return refused(refuse(ErrorCode::bad_request, "An event has one lobby.", "rooms"));
  }
  if (lobbies == 0) rooms.insert(rooms.begin(), RoomSpec{"Lobby", RoomKind::lobby});
  if (rooms.size() > limits::rooms_max) {
    return refused(refuse(ErrorCode::too_large, "An event has at most 200 rooms.", "rooms"));
  }
  for (const RoomSpec& room : rooms) {
    if (auto error = refuse_spec(room)) {
      error->field = "rooms";
      return refused(std::move(*error));
    }
  }
  if (auto error = refuse_times(spec.starts_at, spec.ends_at)) return refused(std::move(*error));

  EventUpdated created;
  created.event.id = event_.id;
  created.event.title = spec.title;
  created.event.starts_at = spec.starts_at;
  created.event.ends_at = spec.ends_at;
  created.event.timezone = spec.timezone;
  created.event.state = state_at(spec.starts_at, spec.ends_at, context.now);
  created.event.admission = spec.admission;
  created.event.programme = spec.programme;
  created.event.group = spec.group;
  created.event.retention_days = spec.retention_days;
  for (ProgrammeItem& item : created.event.programme) item.room = {};  // no room has an id yet

  EventDraft draft(event_, {}, context.now);
  draft.push(stream_of(event_.id), std::move(created));
  std::uint64_t index = 0;
  for (const RoomSpec& room : rooms) {
    draft.push(stream_of(event_.id), RoomCreated{new_room(room, context.seed, index)});
  }
  return draft.posted();
}

/// A create command sent again is answered with what it made, whatever has changed since.
std::optional<Decision> EventPlace::repeated(const Command& command, const Actor& actor,
                                             TimeMs now) const {
  struct Asked {
    StreamId stream;
    const Nonce& nonce;
    std::uint64_t digest;
    void (*put)(PostedReply&, std::uint64_t) = [](PostedReply&, std::uint64_t) {};
  };
  std::optional<Asked> asked;
  if (const auto* room = std::get_if<RoomCreate>(&command)) {
    asked.emplace(Asked{stream_of(event_.id), room->nonce, digest_of(*room),
                        [](PostedReply& reply, std::uint64_t id) { reply.room = {id}; }});
  } else if (const auto* table = std::get_if<TableCreate>(&command)) {
    asked.emplace(Asked{stream_of(table->room), table->nonce, digest_of(*table),
                        [](PostedReply& reply, std::uint64_t id) { reply.table = {id}; }});
  } else if (const auto* announce = std::get_if<RoundAnnounce>(&command)) {
    asked.emplace(Asked{stream_of(announce->room), announce->nonce, digest_of(*announce),
                        [](PostedReply& reply, std::uint64_t id) { reply.plan = {id}; }});
  } else if (const auto* broadcast = std::get_if<Broadcast>(&command)) {
    asked.emplace(Asked{stream_of(broadcast->room), broadcast->nonce, digest_of(*broadcast)});
  }
  const StreamLog* log = asked ? find_log(asked->stream) : nullptr;
  if (!log) return std::nullopt;
  auto before = answered_before(*log, actor.id, asked->nonce, asked->digest, now);
  if (!before || before->refusal) return before;
  auto& reply = std::get<PostedReply>(before->reply);
  const auto made = event_.made.find({asked->stream, reply.offset});
  if (made != event_.made.end()) asked->put(reply, made->second);
  return before;
}

Decision EventPlace::on(const RoomEnter& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  EventDraft draft(event_, actor.id, context.now);
  if (actor.member->room != room->id && room->locked && !actor.may_in("room.lock", room->id)) {
    return refused(refuse(ErrorCode::locked, "This room is closed for now.", "room"));
  }
  if (actor.member->room != room->id) {
    draft.move(*actor.member, *room, SeatLeftReason::left);
    seat_late(draft, actor.member->view, *room);
  }
  return draft.replied(RoomReply{room->id});
}

Decision EventPlace::on(const RoomCreate& command, const Actor& actor,
                        const Context& context) const {
  if (command.kind == RoomKind::lobby) {
    return refused(refuse(ErrorCode::bad_request, "An event has one lobby.", "kind"));
  }
  if (command.kind != RoomKind::tables && (command.tables || command.capacity)) {
    return refused(refuse(ErrorCode::bad_request, "Only a room of kind tables has tables.",
                          command.tables ? "tables" : "capacity"));
  }
  RoomSpec spec{command.room_name, command.kind};
  spec.tables = command.tables.value_or(spec.tables);
  spec.capacity = command.capacity.value_or(spec.capacity);
  if (auto error = refuse_spec(spec)) return refused(std::move(*error));
  if (event_.rooms.size() >= limits::rooms_max) {
    return refused(refuse(ErrorCode::too_large, "An event has at most 200 rooms."));
  }
  std::uint64_t index = 0;
  RoomView room = new_room(spec, context.seed, index);
  AuditView entry = done_to(room.id, room.name, RoomCreate::name);
  PostedReply reply;
  reply.room = room.id;
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(event_.id), RoomCreated{std::move(room)});
  draft.mark(command.nonce, digest_of(command));
  draft.audit(std::move(entry));
  return draft.replied(std::move(reply));
}

Decision EventPlace::on(const RoomUpdate& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  if (!command.room_name || *command.room_name == room->name) return {};
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(event_.id), RoomUpdated{room->id, *command.room_name});
  draft.audit(done_to(room->id, *command.room_name, RoomUpdate::name));
  return draft.posted();
}

Decision EventPlace::on(const RoomClose& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  if (room->kind == RoomKind::lobby) {
    return refused(refuse(ErrorCode::conflict, "The lobby stays open.", "room"));
  }
  if (room->rounds.round && room->rounds.round->pending()) {
    return refused(refuse(ErrorCode::conflict, "End the round first.", "room"));
  }
  EventDraft draft(event_, actor.id, context.now);
  for (const TableId table : room->tables) {
    draft.clear(*event_.find(table), SeatLeftReason::room_closed);
  }
  for (const PersonId person : room->people) {
    draft.move(*event_.find(person), event_.lobby(), SeatLeftReason::room_closed);
  }
  for (const auto& [person, member] : event_.members) {
    if (member.role_in(room->id) != Role::member) {
      revoke(draft, member, RoleScope{event_.id, room->id}, "", actor);
    }
  }
  draft.push(stream_of(event_.id), RoomClosed{room->id});
  draft.audit(done_to(room->id, room->name, RoomClose::name));
  return draft.posted();
}

Decision EventPlace::on(const TableCreate& command, const Actor& actor,
                        const Context& context) const {
  const Room* room = event_.find(command.room);
  if (!room) return refused(no_such_room());
  if (room->kind != RoomKind::tables) {
    return refused(refuse(ErrorCode::conflict, "This room has no tables.", "room"));
  }
  if (room->tables.size() >= limits::tables_max) {
    return refused(refuse(ErrorCode::too_large, "A room has at most 1000 tables.", "room"));
  }
  RoomSpec spec{"", RoomKind::tables};
  spec.capacity = command.capacity.value_or(spec.capacity);
  if (auto error = refuse_spec(spec)) return refused(std::move(*error));
  TableView table;
  table.id = {drawn_id(context.seed, 0)};
  table.name = command.table_name.value_or("Table " + std::to_string(room->tables_made + 1));
  table.topic = command.topic.value_or("");
  table.capacity = spec.capacity;
  table.mood = command.mood.value_or(Mood::open);
  PostedReply reply;
  reply.table = table.id;
  EventDraft draft(event_, actor.id, context.now);
  draft.push(stream_of(room->id), TableCreated{std::move(table)});
  draft.mark(command.nonce, digest_of(command));
  return draft.replied(std::move(reply));
}

Decision EventPlace::on(const EventUpdate& command, const Actor& actor,
                        const Context& context) const {
  const bool is_managing = command.title || command.starts_at || command.ends_at ||
                           command.programme || command.timezone || command.admission ||
                           command.retention_days;
  if (is_managing && !actor.may("event.manage")) {
    return refused(refuse(ErrorCode::forbidden, "Only an organiser can change the event."));
  }
  EventUpdated updated{event_.view()};
  EventView& event = updated.event;
  event.title = command.title.value_or(event.title);
  event.starts_at = command.starts_at.value_or(event.starts_at);
  event.ends_at = command.ends_at.value_or(event.ends_at);
  event.programme = command.programme.value_or(event.programme);
  event.timezone = command.timezone.value_or(event.timezone);
  event.admission = command.admission.value_or(event.admission);
  event.retention_days = command.retention_days.value_or(event.retention_days);
  event.state = command.state.value_or(event.state);
  if (auto error = refuse_times(event.starts_at, event.ends_at)) return refused(std::move(*error));
  for (const ProgrammeItem& item : event.programme) {
    if (item.room && !event_.find(item.room) && command.programme) {
      return refused(no_such_room("programme"));
    }
  }
  if (event.state == EventState::planned && event_.life != EventState::planned) {
    return refused(refuse(ErrorCode::conflict, "The event has opened already.", "state"));
  }
  const bool has_ended =
      event.ends_at != 0 && context.now >= event.ends_at + limits::close_after_ms;
  if (event.state == EventState::live && event_.life != EventState::live && has_ended) {
    return refused(refuse(ErrorCode::conflict, "Give the event a later end first.", "state"));
  }
  const bool is_same = event.title == event_.title && event.starts_at == event_.starts_at &&
                       event.ends_at == event_.ends_at && event.programme == event_.programme &&
                       event.state == event_.life && event.timezone == event_.timezone &&
                       event.admission == event_.admission &&
                       event.retention_days == event_.retention_days;
  if (is_same) return {};
  EventDraft draft(event_, actor.id, context.now);
  const bool closes = event.state == EventState::over && event_.life != EventState::over;
  AuditView entry;
  entry.action = EventUpdate::name;
  entry.detail = changes_of(command);
  if (closes) gather_in_lobby(draft);
  draft.push(stream_of(event_.id), std::move(updated));
  draft.audit(std::move(entry));
  return draft.posted();
}

}  // namespace hallway
