// libFuzzer: an event fed random commands, arrivals and hours breaks none of its rules, and its
// journal alone makes it again.
#include <string>
#include <vector>

#include "rooms/event_place.hpp"
#include "tests/fuzz/bytes.hpp"
#include "tests/support/place_runner.hpp"

namespace hallway::fuzz {
namespace {

constexpr EventId event_id{77};
constexpr std::size_t people = 5;
constexpr TimeMs start = 1'790'000'000'000;

PersonView person(std::size_t index) {
  PersonView view;
  view.id = PersonId{index + 1};
  view.card.name = "Person " + std::to_string(index);
  view.role = static_cast<Role>(index % 4);
  return view;
}

EventSpec spec() {
  EventSpec made;
  made.title = "Fuzzed";
  made.starts_at = start;
  made.ends_at = start + 3'600'000;
  made.timezone = "UTC";
  made.rooms = {{.name = "Stage"},
                {.name = "Tables", .kind = RoomKind::tables, .tables = 2, .capacity = 2}};
  return made;
}

/// Somewhere in the event as it is now, or nowhere.
struct Targets {
  std::vector<RoomId> rooms{RoomId{}};
  std::vector<TableId> tables{TableId{}};
  std::vector<StreamId> streams{desk_of(event_id), stream_of(event_id)};

  explicit Targets(const EventView& event) {
    for (const RoomView& room : event.rooms) {
      rooms.push_back(room.id);
      streams.push_back(stream_of(room.id));
      for (const TableView& table : room.tables) {
        tables.push_back(table.id);
        streams.push_back(stream_of(table.id));
      }
    }
  }
};

Command command(Bytes& bytes, const Targets& targets) {
  const auto room = [&] { return targets.rooms[bytes.below(targets.rooms.size())]; };
  const auto table = [&] { return targets.tables[bytes.below(targets.tables.size())]; };
  const auto stream = [&] { return targets.streams[bytes.below(targets.streams.size())]; };
  const auto who = [&] { return PersonId{bytes.below(people + 2)}; };
  const auto nonce = [&] { return "nonce-" + std::to_string(10 + bytes.below(30)); };
  switch (bytes.below(26)) {
    case 0:
      return RoomEnter{room()};
    case 1:
      return TableSit{table()};
    case 2:
      return TableStand{};
    case 3:
      return TableLock{table()};
    case 4:
      return TableUnlock{table()};
    case 5:
      return TableKnock{table(), "hello"};
    case 6:
      return TableAnswer{table(), static_cast<std::int64_t>(bytes.below(4)), true};
    case 7:
      return TableInvite{table(), who()};
    case 8:
      return TableVisit{table(), bytes.below(2) == 0};
    case 9:
      return TableCallHelp{table(), ""};
    case 10:
      return TableHelpDone{table()};
    case 11:
      return RoomCreate{nonce(), "New", RoomKind::tables, 1, 2};
    case 12:
      return RoomClose{room()};
    case 13:
      return TableCreate{nonce(), room(), {}, {}, 2, {}};
    case 14:
      return TableRemove{table()};
    case 15:
      return TableUpdate{table(), {}, "topic", static_cast<std::int64_t>(2 + bytes.below(4)), {}};
    case 16:
      return MessageSend{nonce(), stream(), "words <@p_0000000000001>", bytes.below(4)};
    case 17:
      return MessageDelete{nonce(), stream(), bytes.below(6), ""};
    case 18:
      return MessageEdit{nonce(), stream(), bytes.below(6), "other words"};
    case 19:
      return MessageReact{stream(), bytes.below(6), "👍", bytes.below(2) == 0};
    case 20:
      return MessagePin{stream(), bytes.below(6)};
    case 21:
      return PersonMute{who(), 5, false, "loud"};
    case 22:
      return PersonRemove{who(), "spam"};
    case 23:
      return StreamSnapshot{stream(), 10};
    case 24:
      return MessageHistory{stream(), bytes.below(9), 10};
    default: {
      EventUpdate update;
      update.state = static_cast<EventState>(bytes.below(3));
      return update;
    }
  }
}

void check(const EventPlace& place) {
  for (const RoomView& room : place.event_view().rooms) {
    for (const TableView& table : room.tables) {
      require(!table.capacity || table.taken <= *table.capacity);
    }
  }
  for (std::size_t i = 0; i < people; ++i) {
    const PersonId id{i + 1};
    if (!place.person_known(id)) continue;
    const std::vector<StreamId> streams = place.streams_of(id);
    std::size_t rooms = 0;
    for (const StreamId stream : streams) rooms += stream.kind == StreamKind::room ? 1 : 0;
    require(rooms <= 1);
    for (const StreamId stream : streams) (void)place.snapshot(stream, id, 5);
  }
}

void same_after_restart(const EventPlace& place, const test::PlaceRunner& runner, TimeMs now) {
  EventPlace again(event_id, Settings{});
  for (std::size_t i = 0; i < people; ++i) again.seed_person(person(i));
  runner.replay_into(again);
  again.restarted(now);
  const EventView one = place.event_view();
  const EventView two = again.event_view();
  require(one.state == two.state && one.rooms.size() == two.rooms.size());
  for (std::size_t i = 0; i < one.rooms.size(); ++i) {
    require(one.rooms[i].id == two.rooms[i].id);
    require(one.rooms[i].tables.size() == two.rooms[i].tables.size());
    for (std::size_t j = 0; j < one.rooms[i].tables.size(); ++j) {
      require(one.rooms[i].tables[j].taken == two.rooms[i].tables[j].taken);
      require(one.rooms[i].tables[j].locked == two.rooms[i].tables[j].locked);
    }
  }
}

}  // namespace
}  // namespace hallway::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallway;
  fuzz::Bytes bytes(data, size);
  EventPlace place(fuzz::event_id, Settings{});
  for (std::size_t i = 0; i < fuzz::people; ++i) place.seed_person(fuzz::person(i));
  test::PlaceRunner runner(place, fuzz::start);
  runner.perform(place.create(fuzz::spec(), runner.context()));
  std::vector<int> connected(fuzz::people, 0);
  for (int steps = 0; steps < 300 && !bytes.empty(); ++steps) {
    const std::size_t actor = bytes.below(fuzz::people);
    switch (bytes.below(8)) {
      case 0:
        if (!runner.arrive(fuzz::person(actor)).refusal) ++connected[actor];
        break;
      case 1:
        if (connected[actor] > 0) {
          --connected[actor];
          runner.depart(PersonId{actor + 1}, bytes.below(2) == 0);
        }
        break;
      case 2:
        runner.wait_ms(static_cast<std::int64_t>(bytes.next()) * 5'000);
        runner.tick();
        break;
      default:
        runner.command(fuzz::command(bytes, fuzz::Targets(place.event_view())),
                       PersonId{actor + 1});
    }
    fuzz::check(place);
  }
  fuzz::same_after_restart(place, runner, runner.now());
  return 0;
}
