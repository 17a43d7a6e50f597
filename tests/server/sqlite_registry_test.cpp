// People, sessions, invitations and events, as the registry keeps them.
#include <catch2/catch.hpp>
#include <thread>

#include "server/tokens.hpp"
#include "tests/support/stored_things.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

constexpr EventId event{0xfedcba9876543210ULL};
const TokenHash the_link = hash_token("link");

Card card_of(std::string name) {
  Card card;
  card.name = std::move(name);
  card.about = "Weaves.";
  card.came_with = {PersonId{5}, PersonId{6}};
  return card;
}

Invitation invitation_for(Role role, std::optional<std::int64_t> uses = {},
                          std::optional<TimeMs> expires_at = {}) {
  return {the_link, event, role, noon, expires_at, uses};
}

struct Registered : StoreInFolder {
  explicit Registered(const Invitation& invitation = invitation_for(Role::member)) {
    put(invitation);
  }

  void put(const Invitation& invitation) {
    REQUIRE(answer_of<Result<bool>>(
        [&](auto done) { store->put_invitation(invitation, std::move(done)); }));
  }
  Result<Joined> join(Join asked) {
    return answer_of<Result<Joined>>(
        [&](auto done) { store->join(std::move(asked), std::move(done)); });
  }
  Result<Joined> join_new(std::uint64_t person, TokenHash invitation = the_link) {
    return join(joining(person, invitation));
  }
  Result<SignedIn> follow_link(const std::string& token, const SpentLink& link, TimeMs now,
                               std::optional<EventId> into = {}) {
    IdentitySignIn asked;
    asked.issuer = "https://club.example";
    asked.subject = "42";
    asked.newcomer = PersonId{42};
    asked.card = card_of("Ada");
    asked.session = {hash_token(token), {}, now, now + 1000, "", {}};
    asked.event = into;
    asked.link = link;
    return answer_of<Result<SignedIn>>(
        [&](auto done) { store->sign_in_by_identity(std::move(asked), std::move(done)); });
  }
  Result<Joined> come_back(std::uint64_t person, TokenHash invitation = the_link) {
    Join asked = joining(person, invitation);
    asked.returning = true;
    return join(asked);
  }
  static Join joining(std::uint64_t person, TokenHash invitation) {
    Join asked;
    asked.invitation = invitation;
    asked.session = hash_token("session " + std::to_string(person));
    asked.person = PersonId{person};
    asked.card = card_of("Ada");
    asked.now = noon;
    asked.expires_at = noon + 1000;
    return asked;
  }
};

ErrorCode code_of(const auto& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("Joining makes a person, a role and a session at once", "[registry]") {
  Registered r(invitation_for(Role::facilitator));
  const auto joined = r.join_new(1ULL << 63);
  REQUIRE(joined);
  CHECK(joined->event == event);
  CHECK(joined->person.id == PersonId{1ULL << 63});
  CHECK(joined->person.card == card_of("Ada"));
  CHECK(joined->person.role == Role::facilitator);

  const auto owner = r.store->session(hash_token("session 9223372036854775808"), noon);
  REQUIRE(owner);
  CHECK(owner->person == PersonId{1ULL << 63});
  CHECK_FALSE(owner->is_operator);
  const auto membership = r.store->membership(event, PersonId{1ULL << 63});
  REQUIRE(membership);
  CHECK(membership->person.role == Role::facilitator);
  CHECK(r.store->members(event)->size() == 1);
  CHECK(r.store->staff(event)->size() == 1);
  CHECK(*r.store->latest_event_of(PersonId{1ULL << 63}) == event);
  REQUIRE(r.store->people({PersonId{1ULL << 63}, PersonId{404}})->size() == 1);
}

TEST_CASE("What is not there is not found", "[registry]") {
  Registered r;
  CHECK(code_of(r.store->membership(event, PersonId{1})) == ErrorCode::not_found);
  CHECK(code_of(r.store->event(event)) == ErrorCode::not_found);
  CHECK(code_of(r.store->latest_event_of(PersonId{1})) == ErrorCode::not_found);
  CHECK(code_of(r.store->invitation(hash_token("other"), noon)) == ErrorCode::not_found);
  CHECK(code_of(r.store->session(hash_token("other"), noon)) == ErrorCode::unauthenticated);
  CHECK(code_of(r.join_new(1, hash_token("other"))) == ErrorCode::not_found);
  CHECK(r.come_back(1).has_error());
  CHECK(r.store->people({PersonId{1}})->empty());
}

TEST_CASE("S14: an invitation that is expired, revoked or used up admits nobody",
          "[registry][S14]") {
  SECTION("expired") {
    Registered r(invitation_for(Role::member, {}, noon));
    CHECK(code_of(r.store->invitation(the_link, noon)) == ErrorCode::not_found);
    CHECK(r.store->invitation(the_link, noon - 1));
    CHECK(code_of(r.join_new(1)) == ErrorCode::not_found);
    CHECK(r.store->people({PersonId{1}})->empty());  // Refused, it left nothing behind.
  }
  SECTION("revoked") {
    Registered r;
    const auto revoke = [&r] {
      return *answer_of<Result<bool>>(
          [&](auto done) { r.store->revoke_invitation(the_link, std::move(done)); });
    };
    CHECK(revoke());
    CHECK_FALSE(revoke());
    CHECK(code_of(r.join_new(1)) == ErrorCode::not_found);
  }
  SECTION("used up") {
    Registered r(invitation_for(Role::member, 1));
    CHECK(r.join_new(1));
    CHECK(code_of(r.join_new(2)) == ErrorCode::not_found);
    CHECK(code_of(r.store->invitation(the_link, noon)) == ErrorCode::not_found);
  }
}

TEST_CASE("S14: a hundred at once on a single-use invitation: one comes in", "[registry][S14]") {
  Registered r(invitation_for(Role::member, 1));
  std::atomic<int> joined = 0;
  std::vector<std::thread> threads;
  for (std::uint64_t person = 1; person <= 100; ++person) {
    threads.emplace_back([&r, &joined, person] {
      if (r.join_new(person)) ++joined;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(joined == 1);
  CHECK(r.store->members(event)->size() == 1);
  CHECK(r.store->staff(event)->empty());
}

TEST_CASE("Coming back counts no use, but on a higher role", "[registry]") {
  Registered r(invitation_for(Role::member, 2));
  REQUIRE(r.join_new(1));
  REQUIRE(r.come_back(1));
  CHECK(*r.store->invitation(the_link, noon)->uses == 1);
  CHECK(r.store->session(hash_token("session 1"), noon));

  const TokenHash higher = hash_token("higher");
  r.put({higher, event, Role::moderator, noon, {}, 1});
  const auto raised = r.come_back(1, higher);
  REQUIRE(raised);
  CHECK(raised->person.role == Role::moderator);
  CHECK(code_of(r.come_back(1, higher)) == ErrorCode::not_found);  // It is used up.

  const auto same = r.come_back(1);
  REQUIRE(same);
  CHECK(same->person.role == Role::moderator);  // A lower link takes nothing away.
  CHECK(*r.store->invitation(the_link, noon)->uses == 1);
}

TEST_CASE("RL-4: no older link raises whose role was lowered, a newer one does", "[registry]") {
  Registered r;
  const TokenHash older = hash_token("older");
  r.put({older, event, Role::organiser, noon, {}, {}});
  REQUIRE(r.join_new(1, older));
  const RoleRevoked revoked{PersonId{1}, {event, {}}, ""};
  REQUIRE_FALSE(append(*r.store, batch_of(place_of(event), {push_of(desk_of(event), 1, revoked)})));
  const TimeMs lowered_at = push_of(desk_of(event), 1, revoked).at;
  CHECK(r.store->membership(event, PersonId{1})->person.role == Role::member);
  CHECK(r.come_back(1, older)->person.role == Role::member);
  const TokenHash newer = hash_token("newer");
  r.put({newer, event, Role::moderator, std::max(noon, lowered_at) + 1, {}, {}});
  CHECK(r.come_back(1, newer)->person.role == Role::moderator);
}

TEST_CASE("Coming back brings no ended session to life", "[registry][S4]") {
  Registered r;
  REQUIRE(r.join_new(1));
  const TokenHash session = hash_token("session 1");
  REQUIRE(*answer_of<Result<bool>>([&](auto done) { r.store->drop_session(session, done); }));
  CHECK(code_of(r.come_back(1)) == ErrorCode::unauthenticated);
  CHECK(code_of(r.store->session(session, noon)) == ErrorCode::session_expired);
}

TEST_CASE("MO-8: who is out of an event is told so until it is undone or has lapsed",
          "[registry]") {
  Registered r;
  REQUIRE(r.join_new(1));
  Offset offset = 0;
  const auto said = [&](PushData data) {
    const Push push = push_of(desk_of(event), ++offset, std::move(data));
    REQUIRE_FALSE(append(*r.store, batch_of(place_of(event), {push})));
  };
  const auto is_out = [&](TimeMs now) {
    return r.store->ban(event, PersonId{1}, now)->has_value();
  };
  CHECK_FALSE(is_out(noon));
  said(PersonRemoved{PersonId{1}, "rude"});
  CHECK(is_out(noon));
  said(PersonUnbanned{PersonId{1}, ""});
  CHECK_FALSE(is_out(noon));
  said(PersonBanned{PersonId{1}, noon + 10, "rude"});
  CHECK(is_out(noon + 9));
  CHECK_FALSE(is_out(noon + 10));
}

TEST_CASE("A session ends at its time, and when it is dropped", "[registry]") {
  Registered r;
  REQUIRE(r.join_new(1));
  const TokenHash session = hash_token("session 1");
  CHECK(r.store->session(session, noon + 999));
  CHECK(code_of(r.store->session(session, noon + 1000)) == ErrorCode::session_expired);
  const auto drop = [&] {
    return *answer_of<Result<bool>>([&](auto done) { r.store->drop_session(session, done); });
  };
  CHECK(drop());
  CHECK(code_of(r.store->session(session, noon)) == ErrorCode::session_expired);
  CHECK_FALSE(drop());
}

TEST_CASE("MO-12: another site or the event's group vouches for somebody, an account does not",
          "[registry]") {
  Registered r;
  const auto of_group = [](bool lockdown) {
    EventUpdated updated;
    updated.event.id = event;
    updated.event.group = GroupId{5};
    updated.event.timezone = "UTC";
    updated.event.state = EventState::live;
    updated.event.lockdown = lockdown;
    return updated;
  };
  const auto told = [&](Offset offset, bool lockdown) {
    REQUIRE_FALSE(append(*r.store, batch_of(place_of(event), {push_of(stream_of(event), offset,
                                                                      of_group(lockdown))})));
  };
  const auto is_vouched = [&](std::uint64_t person) {
    return r.store->membership(event, PersonId{person})->vouched;
  };
  const auto done = [&](auto start) { REQUIRE(answer_of<Result<bool>>(start)); };
  told(1, false);
  for (const unsigned person : {1U, 2U, 42U}) REQUIRE(r.join_new(person));
  done([&](auto d) {
    r.store->make_account({PersonId{1}, "raider", "hash", noon}, {}, std::move(d));
  });
  done([&](auto d) { r.store->put_group(GroupId{5}, "Circle", "", PersonId{2}, noon, d); });
  REQUIRE(r.follow_link("a", {hash_token("one"), noon + 100}, noon));
  CHECK_FALSE(is_vouched(1));
  CHECK(is_vouched(2));
  CHECK(is_vouched(42));
  CHECK_FALSE(*r.store->is_hushed(PersonId{1}));
  told(2, true);
  CHECK(*r.store->is_hushed(PersonId{1}));
  CHECK_FALSE(*r.store->is_hushed(PersonId{2}));
  CHECK_FALSE(*r.store->is_hushed(PersonId{42}));
}

TEST_CASE("S15: a signed link signs in once, whatever restarts between", "[registry][S15]") {
  Registered r;
  const SpentLink link{hash_token("club one"), noon + 100};
  const auto nowhere = r.follow_link("a", link, noon, EventId{404});
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().code == ErrorCode::not_found);
  REQUIRE(r.follow_link("b", link, noon));  // What was refused did not use it up.
  r.store.reset();
  r.open();
  const auto again = r.follow_link("c", link, noon + 99);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);
  CHECK(again.error().field == "jwt");
  REQUIRE(r.follow_link("d", {hash_token("club two"), noon + 200}, noon + 99));
  // Nobody takes a link so old: it is not kept any longer.
  REQUIRE(r.follow_link("e", link, noon + 100));
}

TEST_CASE("An operator's token is no person", "[registry]") {
  Registered r;
  const TokenHash token = hash_token("operator");
  REQUIRE(answer_of<Result<bool>>(
      [&](auto done) { r.store->put_operator(token, noon, noon + 10, std::move(done)); }));
  const auto owner = r.store->session(token, noon);
  REQUIRE(owner);
  CHECK(owner->is_operator);
  CHECK_FALSE(owner->person);
  REQUIRE(r.store->operators(noon)->size() == 1);
  CHECK(r.store->operators(noon)->front().hash == token);
  CHECK(r.store->operators(noon + 10)->empty());
}

TEST_CASE("An event is read as its pushes left it", "[registry]") {
  Registered r;
  EventUpdated update;
  update.event.id = event;
  update.event.title = "Autumn meeting";
  update.event.starts_at = noon;
  update.event.programme = {{noon, 30, "Opening", {}}};
  const auto room = [](std::uint64_t id, std::string name) {
    RoomView view;
    view.id = RoomId{id};
    view.name = std::move(name);
    return RoomCreated{view};
  };
  const StreamId stream = stream_of(event);
  REQUIRE_FALSE(append(*r.store, batch_of(place_of(event), {push_of(stream, 1, update),
                                                            push_of(stream, 2, room(9, "Lobby")),
                                                            push_of(stream, 3, room(2, "Stage")),
                                                            push_of(stream, 4, room(3, "Gone"))})));
  update.event.title = "Winter meeting";
  REQUIRE_FALSE(append(
      *r.store, batch_of(place_of(event), {push_of(stream, 5, update),
                                           push_of(stream, 6, RoomUpdated{RoomId{2}, "Hall"}),
                                           push_of(stream, 7, RoomClosed{RoomId{3}})})));
  const auto read = r.store->event(event);
  REQUIRE(read);
  CHECK(read->title == "Winter meeting");
  CHECK(read->programme == update.event.programme);
  REQUIRE(read->rooms.size() == 2);
  CHECK(read->rooms[0].name == "Lobby");
  CHECK(read->rooms[1].name == "Hall");
  REQUIRE(r.store->events()->size() == 1);
  CHECK(r.store->events()->front().id == event);
}

TEST_CASE("A changed card is what the registry tells from then on", "[registry]") {
  Registered r;
  REQUIRE(r.join_new(1));
  PersonView changed{PersonId{1}, card_of("Ada Lovelace")};
  const StreamId stream = stream_of(RoomId{2});
  REQUIRE_FALSE(
      append(*r.store, batch_of(place_of(event), {push_of(stream, 1, PersonUpdated{changed})})));
  CHECK(r.store->membership(event, PersonId{1})->person.card.name == "Ada Lovelace");
  CHECK(r.store->membership(event, PersonId{1})->person.card.came_with == changed.card.came_with);

  // As it is read back: the id alone, which says nothing of the card.
  REQUIRE_FALSE(append(
      *r.store,
      batch_of(place_of(event), {push_of(stream, 2, PersonUpdated{PersonView{PersonId{1}, {}}})})));
  CHECK(r.store->membership(event, PersonId{1})->person.card.name == "Ada Lovelace");
}

TEST_CASE("Who blocks whom is told among members, also of a database from before", "[registry]") {
  using Pairs = std::vector<std::pair<PersonId, PersonId>>;
  Registered r;
  REQUIRE(r.join_new(1));
  REQUIRE(r.join_new(2));
  const auto say = [&](Offset offset, PersonId by, PushData data) {
    REQUIRE_FALSE(append(
        *r.store, batch_of(place_of(by), {push_of(stream_of(by), offset, std::move(data), by)})));
  };
  say(1, PersonId{1}, PersonBlocked{PersonId{2}});
  say(2, PersonId{1}, PersonBlocked{PersonId{99}});  // of another event
  say(1, PersonId{2}, PersonBlocked{PersonId{1}});
  say(2, PersonId{2}, PersonUnblocked{PersonId{1}});
  const Pairs expected{{PersonId{1}, PersonId{2}}};
  CHECK(*r.store->blocks(event) == expected);
  CHECK(r.store->blocks(EventId{4})->empty());

  r.store.reset();
  {
    auto database = Database::open(r.file().string(), Database::Mode::write, "", 0);
    REQUIRE(database);
    (*database)->execute("DROP TABLE block; DROP INDEX member_staff");
    (*database)->execute(
        "DROP INDEX event_group; DROP TABLE ban; ALTER TABLE person DROP COLUMN guest; "
        "ALTER TABLE event DROP COLUMN group_id; ALTER TABLE member DROP COLUMN role_at; "
        "ALTER TABLE member DROP COLUMN lowered_at; "
        "ALTER TABLE invitation DROP COLUMN used");
    (*database)->execute(
        "DROP TABLE network_group; DROP TABLE group_member; DROP TABLE event_course; "
        "DROP TABLE memory_token; DROP TABLE memory_pair");
    (*database)->execute(
        "DROP TABLE account; DROP TABLE identity; DROP TABLE recovery; DROP TABLE device; "
        "DROP TABLE spent_link; DROP INDEX session_person; ALTER TABLE session DROP COLUMN client; "
        "ALTER TABLE session DROP COLUMN seen_at");
    (*database)->execute("PRAGMA user_version = 1");
  }
  r.open();
  CHECK(*r.store->blocks(event) == expected);
}

TEST_CASE("A deleted event takes its streams, links and members along, and nothing else",
          "[registry]") {
  Registered r;
  REQUIRE(r.join_new(1));
  const PlaceId other = place_of(EventId{77});
  EventUpdated update;
  REQUIRE_FALSE(
      append(*r.store, batch_of(place_of(event), {push_of(stream_of(event), 1, update),
                                                  message(stream_of(RoomId{2}), 1, "bye")})));
  REQUIRE_FALSE(append(*r.store, batch_of(other, {message(stream_of(RoomId{3}), 1, "bye too")})));
  index_all(*r.store);
  const auto remove = [&r] {
    return *answer_of<Result<bool>>(
        [&](auto done) { r.store->delete_event(event, std::move(done)); });
  };
  CHECK(remove());
  CHECK_FALSE(remove());
  CHECK(r.store->read_place(place_of(event))->empty());
  CHECK(code_of(r.store->event(event)) == ErrorCode::not_found);
  CHECK(code_of(r.store->membership(event, PersonId{1})) == ErrorCode::not_found);
  CHECK(code_of(r.store->invitation(the_link, noon)) == ErrorCode::not_found);
  CHECK(r.store->read_place(other)->size() == 1);
  const std::vector<SearchScope> both{{stream_of(RoomId{2}), {}}, {stream_of(RoomId{3}), {}}};
  CHECK(r.store->search("bye", both, 0, 10)->size() == 1);
}

TEST_CASE("What is said after a deletion is found, though its row's number was used before",
          "[registry]") {
  Registered r;
  const StreamId room = stream_of(RoomId{2});
  REQUIRE_FALSE(append(*r.store, batch_of(place_of(event), {message(room, 1, "early")})));
  index_all(*r.store);
  REQUIRE(
      answer_of<Result<bool>>([&](auto done) { r.store->delete_event(event, std::move(done)); }));
  REQUIRE_FALSE(append(*r.store, batch_of(place_of(EventId{5}), {message(room, 1, "late")})));
  index_all(*r.store);
  CHECK(r.store->search("late", {{room, {}}}, 0, 10)->size() == 1);
  CHECK(r.store->search("early", {{room, {}}}, 0, 10)->empty());
}
