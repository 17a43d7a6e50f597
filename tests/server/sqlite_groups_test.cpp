// Groups in storage: members, the rota, who gets into which event, and what is remembered of who
// met whom.
#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "server/tokens.hpp"
#include "tests/support/stored_things.hpp"

namespace hallway::test {
namespace {

constexpr GroupId circle{42};
constexpr PersonId ada{1}, ben{2}, cem{3}, dot{4};

struct GroupHouse : StoreInFolder {
  explicit GroupHouse(std::initializer_list<PersonId> people = {ada, ben, cem, dot}) {
    for (const PersonId person : people) know(person, "P" + std::to_string(person.value));
    made(ada);
  }
  void know(PersonId person, const std::string& name) {
    PersonView view;
    view.id = person;
    view.card.name = name;
    REQUIRE_FALSE(
        append(*store, batch_of(place_of(EventId{1}),
                                {push_of(stream_of(RoomId{1}), ++known_, PersonUpdated{view})})));
  }
  void made(PersonId creator) {
    REQUIRE(done([&](auto d) { store->put_group(circle, "Circle", "", creator, noon, d); }));
  }
  template <class Start>
  Result<bool> done(Start start) {
    return answer_of<Result<bool>>(start);
  }
  Result<bool> put(PersonId person, Role role = Role::member) {
    return done([&](auto d) { store->put_group_member(circle, person, role, noon, d); });
  }
  Result<bool> drop(PersonId person) {
    return done([&](auto d) { store->remove_group_member(circle, person, d); });
  }
  Result<bool> take_turns(std::vector<PersonId> people) {
    return done([&](auto d) { store->set_rota(circle, people, d); });
  }
  Result<bool> hand_over(std::optional<PersonId> to = std::nullopt) {
    return done([&](auto d) { store->hand_over(circle, to, d); });
  }
  Result<bool> remember(std::int64_t meetings) {
    GroupChange change;
    change.memory_meetings = meetings;
    return done([&](auto d) { store->change_group(circle, change, d); });
  }
  Result<EventId> enter(PersonId person, std::optional<EventId> event = std::nullopt,
                        TimeMs now = noon) {
    return answer_of<Result<EventId>>(
        [&](auto d) { store->enter_group_event(circle, person, event, now, d); });
  }
  Group group() { return *store->group(circle); }

  void tell(EventId event, EventState state, TimeMs starts_at = noon, GroupId of = circle) {
    EventView view;
    view.id = event;
    view.title = "Meeting";
    view.starts_at = starts_at;
    view.ends_at = starts_at + 3'600'000;
    view.timezone = "Europe/Copenhagen";
    view.state = state;
    view.group = of;
    REQUIRE_FALSE(append(
        *store, batch_of(place_of(event),
                         {push_of(stream_of(event), ++offsets_[event], EventUpdated{view})})));
  }
  void meet(EventId event, std::vector<std::pair<PersonId, PersonId>> pairs) {
    const Offset offset = ++facts_[event];
    REQUIRE_FALSE(append(
        *store, batch_of(place_of(event),
                         {push_of(facts_of(place_of(event)), offset, PeopleMet{{}, pairs})})));
  }
  /// Pairs that are remembered, seen from `event`.
  std::set<std::pair<PersonId, PersonId>> met(EventId event) {
    std::set<std::pair<PersonId, PersonId>> pairs;
    for (const MetBefore& pair : *store->met_before(event, {ada, ben, cem, dot})) {
      pairs.insert(std::minmax(pair.one, pair.other));
    }
    return pairs;
  }

  std::map<EventId, Offset> offsets_, facts_;
  Offset known_ = 0;
};

TEST_CASE("a group has its maker as organiser, and whom it adds") {
  GroupHouse house;
  REQUIRE(house.put(ben));
  REQUIRE(house.put(cem, Role::facilitator));
  const Group group = house.group();
  REQUIRE(group.members.size() == 3);
  CHECK(group.find(ada)->role == Role::organiser);
  CHECK(group.find(ben)->role == Role::member);
  CHECK(group.find(cem)->role == Role::facilitator);
  CHECK(group.find(cem)->name == "P3");
  CHECK(group.memory_meetings == 12);
  CHECK(*house.store->groups_of(ben) == std::vector<GroupId>{circle});
  CHECK(house.store->groups_of(dot)->empty());
  CHECK(house.put(PersonId{99}).error().field == "person");  // Nobody here knows them.
  CHECK(house
            .done([&](auto d) {
              house.store->put_group_member(GroupId{7}, ben, Role::member, noon, d);
            })
            .error()
            .code == ErrorCode::not_found);
}

TEST_CASE("a ban from a group is seen and lifted there, also when its event is deleted [MO-8]") {
  GroupHouse house;
  const EventId first{11}, second{12};
  house.tell(first, EventState::live);
  house.tell(second, EventState::planned, noon + 7 * 24 * 3'600'000);
  const auto banned = [&](PersonId person, std::optional<TimeMs> until_at, Offset offset) {
    const Push push =
        push_of(desk_of(first), offset, PersonBanned{person, until_at, "rude", first});
    REQUIRE_FALSE(append(*house.store, batch_of(place_of(first), {push})));
  };
  banned(ben, {}, 1);
  banned(cem, noon + 10, 2);
  const auto bans = house.store->bans(circle, noon);
  REQUIRE(bans->size() == 2);
  CHECK(bans->at(0).person == ben);
  CHECK(bans->at(0).name == "P2");
  CHECK_FALSE(bans->at(0).until_at);
  CHECK(bans->at(0).reason == "rude");
  CHECK(bans->at(0).event == first);
  CHECK(bans->at(0).title == "Meeting");
  CHECK(bans->at(1).until_at == noon + 10);
  CHECK(house.store->bans(circle, noon + 10)->size() == 1);
  CHECK(house.store->bans(GroupId{7}, noon)->empty());

  const auto lift = [&](PersonId person) {
    return house.done([&](auto d) { house.store->lift_ban(circle, person, d); });
  };
  REQUIRE(lift(cem));
  CHECK(lift(cem).error().code == ErrorCode::not_found);
  CHECK_FALSE(house.store->ban(second, cem, noon)->has_value());
  CHECK(house.store->ban(first, cem, noon)->has_value());  // Of its own event.

  REQUIRE(house.done([&](auto d) { house.store->delete_event(first, d); }));
  CHECK_FALSE(house.store->ban(first, cem, noon)->has_value());
  CHECK(house.store->ban(second, ben, noon)->has_value());
  REQUIRE(house.store->bans(circle, noon)->size() == 1);
  CHECK(house.store->bans(circle, noon)->front().title.empty());
  REQUIRE(lift(ben));
  CHECK_FALSE(house.store->ban(second, ben, noon)->has_value());
}

TEST_CASE("the last organiser of a group stays one") {
  GroupHouse house;
  REQUIRE(house.put(ben));
  CHECK(house.drop(ada).error().code == ErrorCode::conflict);
  CHECK(house.drop(ada).error().field == "person");
  CHECK(house.put(ada, Role::member).error().code == ErrorCode::conflict);
  REQUIRE(house.put(ben, Role::organiser));
  CHECK(house.drop(ada).has_value());
  CHECK(house.drop(ada).error().code == ErrorCode::not_found);
  CHECK(house.drop(ben).error().code == ErrorCode::conflict);
}

TEST_CASE("the chair goes round, and on when who has it leaves") {
  GroupHouse house;
  for (const PersonId person : {ben, cem, dot}) REQUIRE(house.put(person));
  CHECK(house.hand_over().error().code == ErrorCode::conflict);
  REQUIRE(house.take_turns({ben, cem, dot}));
  CHECK(house.group().facilitator == ben);
  CHECK(house.group().next_facilitator() == cem);
  REQUIRE(house.hand_over());
  CHECK(house.group().facilitator == cem);
  REQUIRE(house.hand_over(ben));
  CHECK(house.group().facilitator == ben);
  CHECK(house.hand_over(ada).error().field == "to");

  // Another order keeps whose turn it is; without them it is the first's.
  REQUIRE(house.take_turns({dot, ben}));
  CHECK(house.group().facilitator == ben);
  CHECK(house.group().next_facilitator() == dot);
  REQUIRE(house.drop(ben));
  CHECK(house.group().facilitator == dot);
  CHECK(house.group().rota == std::vector<PersonId>{dot});
  REQUIRE(house.drop(dot));
  CHECK_FALSE(house.group().facilitator);
  // Refused whole: the list stays as it was.
  REQUIRE(house.take_turns({cem}));
  CHECK(house.take_turns({ada, ben}).error().field == "people[1]");
  CHECK(house.group().rota == std::vector<PersonId>{cem});
  REQUIRE(house.take_turns({}));
  CHECK_FALSE(house.group().facilitator);
}

TEST_CASE("members of a group get into its live event, else its next, by what they are in it") {
  GroupHouse house;
  for (const PersonId person : {ben, cem}) REQUIRE(house.put(person));
  REQUIRE(house.take_turns({ben}));
  CHECK(house.enter(ada).error().field == "event");
  const EventId past{10}, live{11}, next{12}, later{13}, others{14};
  house.tell(past, EventState::over, noon - 86'400'000);
  house.tell(later, EventState::planned, noon + 2 * 86'400'000);
  house.tell(next, EventState::planned, noon + 86'400'000);
  house.tell(others, EventState::live, noon, GroupId{7});
  CHECK(*house.enter(ada) == next);
  house.tell(live, EventState::live);
  CHECK(*house.enter(ada) == live);
  CHECK(*house.enter(ben) == live);
  CHECK(*house.enter(cem) == live);
  CHECK(house.store->membership(live, ada)->person.role == Role::organiser);
  CHECK(house.store->membership(live, ben)->person.role == Role::facilitator);
  CHECK(house.store->membership(live, cem)->person.role == Role::member);
  CHECK(house.enter(dot).error().code == ErrorCode::not_found);
  CHECK(*house.enter(cem, later) == later);
  CHECK(house.enter(cem, others).error().code == ErrorCode::not_found);

  // The chair moved on: nobody loses what they have.
  REQUIRE(house.take_turns({cem}));
  CHECK(*house.enter(ben) == live);
  CHECK(house.store->membership(live, ben)->person.role == Role::facilitator);
  // One that opened while nobody looked is live as well; one long past its end is not.
  CHECK(*house.enter(cem, std::nullopt, noon + 86'400'000 - 60'000) == next);
}

TEST_CASE("sign-on adds to a group and raises, and never lowers") {
  GroupHouse house;
  const auto claim = [&](PersonId person, Role role) {
    return house.done([&](auto d) { house.store->join_by_claim(person, circle, role, noon, d); });
  };
  REQUIRE(claim(ben, Role::member));
  CHECK(house.group().find(ben)->role == Role::member);
  REQUIRE(claim(ben, Role::facilitator));
  CHECK(house.group().find(ben)->role == Role::facilitator);
  REQUIRE(claim(ada, Role::member));
  CHECK(house.group().find(ada)->role == Role::organiser);
}

TEST_CASE("each member has a calendar key of their own, which ends with them or at their wish") {
  GroupHouse house;
  REQUIRE(house.put(ben));
  const std::string key = house.group().find(ben)->calendar_key;
  CHECK(key.size() == 43);
  CHECK(key != house.group().find(ada)->calendar_key);
  CHECK(*house.store->calendar_reader(circle, key) == ben);
  CHECK_FALSE(house.store->calendar_reader(GroupId{7}, key));
  CHECK_FALSE(house.store->calendar_reader(circle, ""));
  const auto renew = [&](bool on) {
    return house.done([&](auto d) { house.store->renew_calendar(circle, ben, on, d); });
  };
  REQUIRE(renew(true));
  CHECK_FALSE(house.store->calendar_reader(circle, key));
  const std::string other = house.group().find(ben)->calendar_key;
  CHECK(house.store->calendar_reader(circle, other));
  REQUIRE(renew(false));
  CHECK(house.group().find(ben)->calendar_key.empty());
  CHECK_FALSE(house.store->calendar_reader(circle, other));
  CHECK_FALSE(house.store->calendar_reader(circle, ""));
  REQUIRE(renew(true));
  const std::string last = house.group().find(ben)->calendar_key;
  REQUIRE(house.drop(ben));
  CHECK_FALSE(house.store->calendar_reader(circle, last));
}

// --- Memory

using Pairs = std::set<std::pair<PersonId, PersonId>>;

TEST_CASE("a group remembers who met at its earlier events, and less as meetings pass") {
  GroupHouse house;
  const EventId first{10}, second{11}, third{12}, foreign{20};
  house.tell(first, EventState::live);
  house.meet(first, {{ada, ben}, {cem, ada}});
  CHECK(house.met(first).empty());  // What it knows itself it is not told.
  house.tell(second, EventState::live);
  CHECK(house.met(second) == Pairs{{ada, ben}, {ada, cem}});
  house.tell(foreign, EventState::live, noon, GroupId{});
  house.meet(foreign, {{cem, dot}});
  CHECK(house.met(foreign).empty());
  CHECK(house.met(second).size() == 2);

  const auto weight = [&](EventId event) {
    return house.store->met_before(event, {ada, ben})->at(0).weight;
  };
  CHECK(weight(second) == 1.0);
  house.tell(third, EventState::live);
  CHECK(weight(third) < 1.0);
  CHECK(weight(third) > 0.8);
}

TEST_CASE("after so many meetings it is forgotten who met") {
  GroupHouse house;
  REQUIRE(house.remember(2));
  house.tell(EventId{10}, EventState::live);
  house.meet(EventId{10}, {{ada, ben}});
  for (std::uint64_t event = 11; event <= 12; ++event) {
    house.tell(EventId{event}, EventState::live);
    CHECK(house.met(EventId{event}) == Pairs{{ada, ben}});
  }
  house.tell(EventId{13}, EventState::live);
  CHECK(house.met(EventId{13}).empty());

  // A shorter memory forgets at once; none keeps nothing.
  house.meet(EventId{13}, {{ada, cem}});
  house.tell(EventId{14}, EventState::live);
  CHECK(house.met(EventId{14}).size() == 1);
  REQUIRE(house.remember(0));
  REQUIRE(house.remember(5));
  CHECK(house.met(EventId{14}).empty());
  REQUIRE(house.remember(0));
  house.meet(EventId{14}, {{ada, cem}});
  REQUIRE(house.remember(5));
  house.tell(EventId{15}, EventState::live);
  CHECK(house.met(EventId{15}).empty());
}

TEST_CASE("whoever wants to be forgotten is met anew; others' meetings stay") {
  GroupHouse house;
  house.tell(EventId{10}, EventState::live);
  house.meet(EventId{10}, {{ada, ben}, {ada, cem}, {ben, cem}});
  house.tell(EventId{11}, EventState::live);
  REQUIRE(house.done([&](auto d) { house.store->forget_met(ada, GroupId{7}, d); }));
  CHECK(house.met(EventId{11}).size() == 3);
  REQUIRE(house.done([&](auto d) { house.store->forget_met(ada, {}, d); }));
  CHECK(house.met(EventId{11}) == Pairs{{ben, cem}});
  house.meet(EventId{11}, {{ada, ben}});
  house.tell(EventId{12}, EventState::live);
  CHECK(house.met(EventId{12}) == Pairs{{ada, ben}, {ben, cem}});
}

TEST_CASE("an event that is deleted takes nothing of the group's memory with it") {
  GroupHouse house;
  house.tell(EventId{10}, EventState::live);
  house.meet(EventId{10}, {{ada, ben}});
  REQUIRE(house.done([&](auto d) { house.store->delete_event(EventId{10}, d); }));
  house.tell(EventId{11}, EventState::live);
  CHECK(house.met(EventId{11}) == Pairs{{ada, ben}});
  REQUIRE(house.done([&](auto d) { house.store->delete_group(circle, d); }));
  CHECK(house.met(EventId{11}).empty());
  CHECK_FALSE(house.store->group(circle));
}

TEST_CASE("what is remembered names nobody, and without the key it is nothing") {
  GroupHouse house;
  house.tell(EventId{10}, EventState::live);
  house.meet(EventId{10}, {{ada, ben}});
  house.tell(EventId{11}, EventState::live);
  house.store.reset();
  {
    auto opened = Database::open(house.file().string(), Database::Mode::read, "", 1000);
    REQUIRE(opened);
    Database& database = **opened;
    Query rows = database.query("SELECT * FROM memory_pair");
    REQUIRE(rows.step());
    CHECK(rows.bits(0) == circle.value);
    CHECK(rows.integer(2) == 1);
    CHECK(rows.hash(1) != TokenHash{});
    CHECK_FALSE(rows.step());
  }
  // The key stands beside the database, for its owner alone, and nowhere in it.
  const auto key_file = house.folder / "memory.key";
  std::string key;
  std::getline(std::ifstream(key_file), key);
  REQUIRE(key.size() == 64);
  CHECK((std::filesystem::status(key_file).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  for (const auto& entry : std::filesystem::directory_iterator(house.folder.path())) {
    if (entry.path() == key_file) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)),
                            std::istreambuf_iterator<char>());
    const TokenHash raw = *parse_token_hash(key);
    CHECK(bytes.find(std::string(raw.begin(), raw.end())) == std::string::npos);
    CHECK(bytes.find(key) == std::string::npos);
  }
  house.open();
  CHECK(house.met(EventId{11}).size() == 1);
  house.store.reset();
  std::filesystem::remove(key_file);
  house.open();
  CHECK(house.met(EventId{11}).empty());
  house.store.reset();
  std::ofstream(key_file) << "not a key";
  CHECK_THROWS(house.open());
}

}  // namespace
}  // namespace hallway::test
