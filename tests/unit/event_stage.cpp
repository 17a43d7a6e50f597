// See event_stage.hpp.
#include "event_stage.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <sstream>

#include "protocol/codec.hpp"
#include "rooms/round_seating.hpp"

namespace hallway::test {
namespace {

using Streams = std::map<PersonId, std::vector<StreamId>>;

Streams streams_of_all(const EventPlace& place) {
  Streams streams;
  for (const auto& [person, member] : place.event().members) {
    streams[person] = place.streams_of(person);
  }
  return streams;
}

void draw_seating(std::ostream& out, const SeatingView& seats) {
  for (const auto& [table, people] : seats) {
    out << " [" << table.value;
    for (const PersonId person : people) out << ' ' << person.value;
    out << ']';
  }
}

void draw_rounds(std::ostream& out, const RoomRounds& rounds) {
  for (const auto& [person, waits] : rounds.sitting_out) {
    out << "out " << person.value << ' ' << waits << '\n';
  }
  for (const PersonId person : rounds.joining_in) out << "in " << person.value << '\n';
  if (rounds.broadcast) out << "said " << rounds.broadcast->view.body << '\n';
  if (!rounds.round) return;
  const Round& round = *rounds.round;
  out << "round " << round.plan.value << ' ' << round.number << '/' << round.of << ' '
      << to_text(round.phase) << ' ' << round.starts_at << ' ' << round.ends_at << ' '
      << round.paused_at.value_or(0) << " chair " << round.chair.value << " repeats "
      << round.repeats << " size " << round.options.size;
  for (const auto& [number, seats] : round.planned) draw_seating(out << " plan " << number, seats);
  draw_seating(out << " seated", round.seated);
  for (const auto& [person, table] : round.seat_of) out << ' ' << person.value << table.value;
  for (const auto& [one, other] : round.apart) out << " apart " << one.value << other.value;
  for (const auto& [table, run] : round.tables) {
    out << " runs " << table.value << ' ' << run.ends_at.value_or(0) << run.wrapping
        << run.asked_time.size();
    if (run.shrunk) out << " shrunk " << run.shrunk->view.left << run.shrunk->agreed.size();
  }
  out << '\n';
}

bool contains_stream(const std::vector<StreamId>& streams, StreamId stream) {
  return std::find(streams.begin(), streams.end(), stream) != streams.end();
}

}  // namespace

EventSpec small_event() {
  EventSpec spec;
  spec.title = "Meetup";
  spec.starts_at = EventStage::start;
  spec.ends_at = EventStage::start + 2 * 3'600'000;
  spec.timezone = "Europe/Copenhagen";
  spec.rooms = {
      {"Lobby", RoomKind::lobby}, {"Stage", RoomKind::plenary}, {"Tables", RoomKind::tables, 2, 2}};
  return spec;
}

EventStage::EventStage(const EventSpec& spec)
    : place_(std::make_unique<EventPlace>(event_id, Settings{})) {
  const Decision created = perform(place_->create(spec, context()));
  REQUIRE(outcome(created) == "ok");
}

void EventStage::pass_ms(std::int64_t ms) {
  const TimeMs end = now_ + ms;
  for (auto due = place_->next_deadline(); due && *due <= end; due = place_->next_deadline()) {
    now_ = std::max(now_, *due);
    REQUIRE_FALSE(tick().pushes.empty());  // a deadline at which nothing happens would spin
  }
  now_ = end;
}

Decision EventStage::work(const Decision& decision) {
  REQUIRE(decision.work);
  return perform(place_->worked(carry_out(*decision.work, blocks, met), context()));
}

PersonId EventStage::come(const std::string& name, Role role) {
  const PersonId person{next_person_++};
  PersonView view{person, {}};
  view.card.name = name;
  view.role = role;
  perform(place_->arrive(Arrival{view}, context()));
  return person;
}

Decision EventStage::arrive(PersonId person) {
  return perform(place_->arrive(Arrival{place_->person_view(person)}, context()));
}

Decision EventStage::perform(Decision decision) {
  changes_.clear();
  if (decision.refusal) {
    CHECK(decision.pushes.empty());
    CHECK(decision.follow_ups.empty());
    CHECK_FALSE(decision.refusal->message.empty());
    return decision;
  }
  auto* posted = std::get_if<PostedReply>(&decision.reply);
  for (Push& push : decision.pushes) {
    apply(push);
    const bool is_complete = !posted || posted->offset != 0 || posted->held != 0 || posted->dup;
    if (!is_complete && lasting_of(push.data) == Lasting::durable) {
      posted->offset = push.offset;
      posted->at = push.at;
    }
  }
  check_consistent(event());
  return decision;
}

void EventStage::apply(Push& push) {
  REQUIRE(push.at == now_);
  const Lasting lasting = lasting_of(push.data);
  const bool is_kept = lasting == Lasting::durable || lasting == Lasting::fact;
  if (is_kept) push.offset = place_->top(push.stream) + 1;
  const Streams before = streams_of_all(*place_);
  const std::vector<PersonId> concerned = place_->concerned(push);
  place_->apply(push);
  if (is_kept) journal_.push_back(push);
  for (const auto& [person, now_received] : streams_of_all(*place_)) {
    const auto entry = before.find(person);
    const auto received = entry == before.end() ? std::vector<StreamId>{} : entry->second;
    if (received == now_received) continue;
    INFO("a push changes streams only of those it names: " << name_of(push.data));
    CHECK(std::find(concerned.begin(), concerned.end(), person) != concerned.end());
    for (const StreamId stream : received) {
      if (!contains_stream(now_received, stream)) changes_.push_back({person, stream, false});
    }
    for (const StreamId stream : now_received) {
      if (!contains_stream(received, stream)) changes_.push_back({person, stream, true});
    }
  }
}

RoomId EventStage::room(const std::string& name) const {
  for (const auto& [id, room] : event().rooms) {
    if (room.name == name) return id;
  }
  FAIL("no room " << name);
  return {};
}

TableId EventStage::table(const std::string& name, const std::string& in) const {
  for (const TableId id : event().find(room(in))->tables) {
    if (event().find(id)->name == name) return id;
  }
  FAIL("no table " << name);
  return {};
}

bool EventStage::receives(PersonId person, StreamId stream) const {
  return contains_stream(place_->streams_of(person), stream);
}

std::unique_ptr<EventPlace> EventStage::replayed() const {
  auto fresh = std::make_unique<EventPlace>(event_id, Settings{});
  for (const Push& push : journal_) {
    Push stored = push;
    const auto data = decode_stored(name_of(push.data), stored_version, encode_stored(push.data));
    REQUIRE(data);
    stored.data = *data;
    fresh->apply(stored);
  }
  for (const auto& [person, member] : event().members) fresh->seed_person(member.view);
  fresh->restarted(now_);
  return fresh;
}

std::string EventStage::portrait(const EventPlace& place) {
  const Event& event = place.event();
  std::ostringstream out;
  out << encode_event(place.event().view()) << '\n';
  for (const RoomId id : event.room_order) {
    const Room& room = *event.find(id);
    out << "room " << room.name << ' ' << room.tables_made << " people";
    for (const PersonId person : room.people) out << ' ' << person.value;
    for (const TableId table_id : room.tables) {
      const Table& table = *event.find(table_id);
      out << "\n  table " << table.name << '|' << table.topic << '|' << table.capacity.value_or(0)
          << table.locked << static_cast<int>(table.mood) << ' ' << table.next_knock << " seats";
      for (const auto& [seat, person] : table.seats) out << ' ' << seat << ':' << person.value;
      for (const PersonId visitor : table.visitors) out << " visitor " << visitor.value;
      out << " top " << place.top(stream_of(table_id));
    }
    out << " top " << place.top(stream_of(id)) << '\n';
    draw_rounds(out, room.rounds);
  }
  for (const auto& [pair, count] : event.meetings.all()) {
    out << "met " << pair.first.value << ' ' << pair.second.value << ' ' << count.in_all << ' '
        << count.in_series << ' ' << count.plan.value << '\n';
  }
  out << "move " << event.next_move << '\n';
  for (const auto& [person, member] : event.members) {
    out << "person " << person.value << static_cast<int>(member.view.role) << ' '
        << member.view.card.name << ' ' << member.room.value << ' ' << member.table.value << ' '
        << member.visiting.value << ' ' << member.present << member.waiting << member.admitted
        << member.refused << ' ' << member.lobby_first;
    if (member.standing) {
      const Standing& standing = *member.standing;
      out << " standing " << standing.warnings << standing.out << standing.banned
          << standing.until_at.value_or(0) << standing.reason;
      for (const auto& [room, role] : standing.room_roles) {
        out << ' ' << room.value << to_text(role);
      }
    }
    if (member.muted_chat) out << " muted " << member.muted_chat->until_at;
    if (member.muted_voice) out << " voice " << member.muted_voice->until_at;
    for (const StreamId stream : place.streams_of(person)) out << ' ' << to_text(stream);
    out << '\n';
  }
  for (const Sitting& sitting : event.sittings) {
    out << "sitting " << sitting.table.value << ' ' << sitting.first << '-' << sitting.last;
    for (const auto& [person, until] : sitting.people) out << ' ' << person.value << ':' << until;
    out << '\n';
  }
  for (const auto& [person, since] : event.waiting) out << "waits " << person.value << since;
  for (const auto& [table, help] : event.help) out << "help " << table.value << help.line;
  for (const auto& [key, id] : event.made) out << "made " << key.second << ' ' << id;
  const Moderation& moderation = event.moderation;
  out << "lockdown " << event.lockdown << " filter " << moderation.filter.view().on
      << moderation.filter.view().words.size() << " audit " << moderation.next_audit;
  for (const auto& [number, report] : moderation.reports) {
    out << " report " << number << report.reason << report.owner.value << report.messages.size();
  }
  for (const auto& [number, held] : moderation.held) out << " held " << number << held.view.body;
  for (const auto& [offset, number] : moderation.held_at) out << ' ' << offset << ':' << number;
  out << "present " << event.present << " over " << event.over_at;
  return out.str();
}

void check_consistent(const Event& event) {
  std::int64_t present = 0;
  for (const auto& [person, member] : event.members) {
    int rooms = 0;
    int seats = 0;
    for (const auto& [id, room] : event.rooms) rooms += room.people.contains(person) ? 1 : 0;
    for (const auto& [id, table] : event.tables) {
      for (const auto& [seat, sitter] : table.seats) seats += sitter == person ? 1 : 0;
    }
    present += member.present ? 1 : 0;
    CHECK(rooms == (member.present ? 1 : 0));
    CHECK(seats == (member.table ? 1 : 0));
    if (member.present) CHECK(event.find(member.room)->people.contains(person));
    if (member.table) CHECK(event.find(member.table)->room == member.room);
    if (member.table) CHECK(member.present);
    if (member.visiting) CHECK(event.find(member.visiting)->visitors.contains(person));
    if (member.connections == 0 && member.present) {
      CHECK(event.alone.contains({changes_at(member), person}));
    }
  }
  CHECK(present == event.present);
  for (const auto& [id, table] : event.tables) {
    const auto seated = static_cast<std::int64_t>(table.seats.size());
    CHECK_FALSE((!table.in_round && seated > table.capacity.value_or(10'000)));
    CHECK(table.in_round == event.find(table.room)->rounds.runs_at(id));
    CHECK(table.since.size() == table.seats.size());
    CHECK(table.sitting.has_value() == !table.seats.empty());
    if (table.seats.empty()) CHECK_FALSE(table.locked);
    if (table.seats.empty()) CHECK_FALSE(event.help.contains(id));
  }
  for (const auto& [id, room] : event.rooms) {
    std::int64_t away = 0;
    for (const PersonId person : room.people) {
      away += event.find(person)->view.state == PersonState::away ? 1 : 0;
    }
    CHECK(room.away == away);
    const RoomRounds& rounds = room.rounds;
    CHECK(event.timed.contains(id) == (rounds.round && !rounds.round->series_over()));
    if (!rounds.running()) CHECK((!rounds.round || rounds.round->tables.empty()));
  }
}

RoomCreate new_room_named(const std::string& name, RoomKind kind) {
  RoomCreate command;
  command.nonce = "nonce-" + name;
  command.room_name = name;
  command.kind = kind;
  return command;
}

TableCreate new_table_in(RoomId room) {
  TableCreate command;
  command.nonce = "nonce-table";
  command.room = room;
  return command;
}

CardUpdate card_with_name(const std::string& name) {
  CardUpdate command;
  command.person_name = name;
  return command;
}

MessageSend saying(StreamId stream, const std::string& body) {
  return MessageSend{"nonce-" + body, stream, body, 0};
}

std::string told(const Decision& decision) {
  std::string names;
  for (const Push& push : decision.pushes) {
    if (std::holds_alternative<Audited>(push.data)) continue;
    if (!names.empty()) names += ' ';
    names += name_of(push.data);
  }
  return names;
}

std::string outcome(const Decision& decision) {
  if (!decision.refusal) return "ok";
  std::string text(to_text(decision.refusal->code));
  if (!decision.refusal->field.empty()) text += ' ' + decision.refusal->field;
  return text;
}

}  // namespace hallway::test
