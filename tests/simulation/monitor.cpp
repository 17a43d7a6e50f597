// See monitor.hpp.
#include "tests/simulation/monitor.hpp"

#include <algorithm>

#include "tests/simulation/broken.hpp"

namespace hallway::simulation {
namespace {

bool receives(const Place& place, PersonId person, StreamId stream) {
  const auto streams = place.streams_of(person);
  return std::find(streams.begin(), streams.end(), stream) != streams.end();
}

}  // namespace

Monitor::Monitor(EventId event, std::vector<PersonView> people, const Settings& settings)
    : event_id_(event),
      people_(std::move(people)),
      settings_(settings),
      standings_(event, people_),
      moderation_(event, people_, standings_) {
  event_ = static_cast<const EventPlace*>(&shadow(place_of(event)));
}

Place& Monitor::shadow(PlaceId id) {
  auto& place = places_[id];
  if (place) return *place;
  switch (id.kind) {
    case PlaceKind::event: {
      auto made = std::make_unique<EventPlace>(EventId{id.value}, settings_);
      for (const PersonView& person : people_) made->seed_person(person);
      place = std::move(made);
      break;
    }
    case PlaceKind::conversation:
      place = std::make_unique<ConversationPlace>(ConversationId{id.value}, settings_);
      break;
    case PlaceKind::person:
      place = std::make_unique<PersonPlace>(PersonId{id.value}, settings_);
      break;
  }
  return *place;
}

void Monitor::committed(const std::vector<JournalEntry>& entries, TimeMs now) {
  for (const JournalEntry& entry : entries) {
    Place& place = shadow(entry.place);
    const Push& push = entry.push;
    Offset& top = tops_[push.stream];
    must(push.offset == top + 1, "offsets have no gap: " + to_text(push.stream));
    top = push.offset;
    if (!push.nonce.empty()) {
      nonces_[{push.by, push.stream, push.nonce}].push_back(push.offset);
    }
    // Who receives the stream before or behind this push may see it: a seat that is left ends with
    // it.
    for (const PersonView& person : people_) {
      if (receives(place, person.id, push.stream)) {
        readable_[{person.id, push.stream}].insert(push.offset);
      }
    }
    const std::vector<PersonId> concerned = place.concerned(push);
    if (&place == event_) {
      round_watch_.look(event_->event(), push);
      audit_.look(event_->event(), push);
    }
    moderation_.look(event_->event(), entry);
    place.apply(push);
    standings_.note(entry);
    note_readable(place, push.stream);
    for (const PersonId person : concerned) {
      for (const StreamId stream : place.streams_of(person)) note_readable(place, stream);
    }
  }
  check_event();
  audit_.settle();
  moderation_.settle(event_->event(), now);
}

void Monitor::note_readable(const Place& place, StreamId stream) {
  const Offset top = tops_[stream];
  for (const PersonView& person : people_) {
    auto& offsets = readable_[{person.id, stream}];
    const bool is_own = stream == stream_of(person.id);
    const Slices slices = is_own ? everything() : place.readable(stream, person.id);
    for (const auto& [first, last] : slices) {
      for (Offset offset = first; offset <= std::min(last, top); ++offset) offsets.insert(offset);
    }
  }
}

void Monitor::must_be_entitled(PersonId person, StreamId stream, Offset offset) const {
  must(offset <= top(stream), "nothing is told before it is durable: " + to_text(stream));
  const auto entry = readable_.find({person, stream});
  must(entry != readable_.end() && entry->second.contains(offset),
       "no push reaches someone who may not see it: " + to_text(stream) + " " +
           std::to_string(offset) + " to " + to_text(person));
}

void Monitor::must_stand(PersonId person, StreamId stream, const std::string& nonce,
                         Offset offset) const {
  must_stand_once(person, stream, nonce);
  must(nonces_.at({person, stream, nonce}).front() == offset,
       "what is acknowledged stands at its offset");
}

void Monitor::must_stand_once(PersonId person, StreamId stream, const std::string& nonce) const {
  const auto entry = nonces_.find({person, stream, nonce});
  must(entry != nonces_.end(), "what is acknowledged is durable: " + nonce);
  must(entry->second.size() == 1, "a nonce stands once: " + nonce);
}

Offset Monitor::top(StreamId stream) const {
  const auto entry = tops_.find(stream);
  return entry == tops_.end() ? 0 : entry->second;
}

void Monitor::check_event() const {
  const Event& event = event_->event();
  if (event.room_order.empty()) return;  // not created yet
  std::set<PersonId> placed;
  for (const auto& [id, room] : event.rooms) {
    for (const PersonId person : room.people) {
      must(placed.insert(person).second, "nobody is in two rooms");
      must(event.find(person) != nullptr && event.find(person)->room == id,
           "a room and its people agree");
    }
  }
  std::set<PersonId> seated;
  for (const auto& [id, table] : event.tables) {
    check_table(table);
    for (const auto& [seat, person] : table.seats) {
      must(seated.insert(person).second, "nobody holds two seats");
    }
  }
  for (const auto& [id, member] : event.members) {
    must(!member.present || placed.contains(id), "everyone in the event is in a room");
    must(member.present || !placed.contains(id), "nobody who has left is in a room");
    must(!member.table || seated.contains(id), "a person's seat is at their table");
  }
}

void Monitor::check_table(const Table& table) const {
  const Event& event = event_->event();
  const Room* room = event.find(table.room);
  must(room != nullptr, "every table stands in a room");
  must(!table.capacity || table.in_round ||
           static_cast<std::int64_t>(table.seats.size()) <= *table.capacity,
       "no capacity is passed");
  must(table.seats.empty() || table.sofa() || !room->rounds.running() ||
           room->rounds.runs_at(table.id),
       "while a round runs, people sit at its tables alone");
  must(!table.in_round || room->rounds.runs_at(table.id), "a table and its round agree");
  must(!room->rounds.runs_at(table.id) || !table.seats.empty(), "a round runs among people");
  must(!table.seats.empty() || !table.locked, "a lock dissolves when the table is empty");
  for (const auto& [seat, person] : table.seats) {
    const Member* member = event.find(person);
    must(member != nullptr && member->table == table.id, "a table and its people agree");
    must(member->room == table.room, "who sits at a table is in its room");
  }
}

}  // namespace hallway::simulation
