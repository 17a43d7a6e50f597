// Erasure and retention in storage: what is left of a person who is gone, in the database and its
// log; which events are past their time.
#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "rooms/conversation_place.hpp"
#include "rooms/erasure.hpp"
#include "server/sqlite_db.hpp"
#include "server/tokens.hpp"
#include "tests/support/stored_things.hpp"

namespace hallway::test {
namespace {

constexpr PersonId ada{1}, ben{2};
constexpr EventId event{10};
constexpr TimeMs day = 24LL * 3'600'000;

/// Whether a word stands in any file of the database: itself, its log, what else is beside it.
bool is_stored(const StoreInFolder& files, const std::string& word) {
  for (const auto& entry : std::filesystem::directory_iterator(files.folder.path())) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)),
                            std::istreambuf_iterator<char>());
    if (bytes.find(word) != std::string::npos) return true;
  }
  return false;
}

void tell(StoreInFolder& files, PlaceId place, std::vector<Push> pushes) {
  const auto failed = append(*files.store, batch_of(place, std::move(pushes)));
  if (failed) throw std::runtime_error(failed->message);
}

Join join_of(PersonId person, const std::string& name, const TokenHash& session) {
  Join join;
  join.invitation = hash_token("way in");
  join.session = session;
  join.person = person;
  join.card.name = name;
  join.card.about = name + " about";
  join.now = noon;
  join.expires_at = noon + day;
  return join;
}

EventView view_of(EventId id, std::int64_t days, EventState state = EventState::live,
                  TimeMs ends_at = noon + 3'600'000) {
  EventView view;
  view.id = id;
  view.title = "Meeting";
  view.starts_at = noon;
  view.ends_at = ends_at;
  view.timezone = "UTC";
  view.retention_days = days;
  view.state = state;
  return view;
}

/// An event with two people who said things to all and to one another.
struct ToldHouse : StoreInFolder {
  ToldHouse() {
    tell(*this, place_of(event),
         {push_of(stream_of(event), 1, EventUpdated{view_of(event, 90)}, PersonId{})});
    Invitation invitation;
    invitation.hash = hash_token("way in");
    invitation.event = event;
    invitation.role = Role::organiser;
    answer_of<Result<bool>>([&](auto done) { store->put_invitation(invitation, done); });
    for (const auto& [person, name] : {std::pair(ada, "Zanzibar Ada"), std::pair(ben, "Ben")}) {
      const auto joined = answer_of<Result<Joined>>([&, p = person, n = name](auto done) {
        store->join(join_of(p, n, hash_token(n)), done);
      });
      if (!joined) throw std::runtime_error(joined.error().message);
    }
    Push sent = message(room, 1, "zanzibar in the room", ada);
    sent.nonce = "nonce001";
    sent.digest = 0x5a5a5a5a5a5a5a5a;
    tell(*this, place_of(event),
         {sent, message(room, 2, "Ben's own words", ben),
          push_of(room, 3, MessageEdited{1, "zanzibar once more"}, ada),
          push_of(table, 1, HelpCalled{TableId{5}, ada, "zanzibar help"}, ada)});
    tell(*this, place_of(talk),
         {push_of(facts_of(place_of(talk)), 1, ConversationOpened{{ada, ben}, ada, false}, ada),
          message(stream_of(talk), 1, "zanzibar in private", ada),
          message(stream_of(talk), 2, "Ben answers", ben)});
    for (const PersonId person : {ada, ben}) {
      tell(*this, place_of(person),
           {push_of(stream_of(person), 1, ConversationStarted{talk, {ada, ben}}, ada),
            push_of(stream_of(person), 2, PersonBlocked{PersonId{3}}, person)});
    }
    index_all(*store);
  }
  Result<Erasure> erase(PersonId person) {
    return answer_of<Result<Erasure>>([&](auto done) { store->erase_person(person, done); });
  }
  /// As the places decide on what they are told of.
  void blank(PersonId person) {
    tell(*this, place_of(event),
         {push_of(room, 4, PersonErased{person}, {}), push_of(table, 2, PersonErased{person}, {})});
    tell(*this, place_of(talk), {push_of(stream_of(talk), 3, PersonErased{person}, {})});
  }

  const StreamId room = stream_of(RoomId{4});
  const StreamId table = stream_of(TableId{5});
  const ConversationId talk = conversation_of({ada, ben});
};

TEST_CASE("of a person who is erased no word is left in the database or its log") {
  ToldHouse house;
  // At rest: a log that is emptied between two looks would hide it.
  house.store.reset();
  REQUIRE(is_stored(house, "anzibar"));
  house.open();
  const auto erasure = house.erase(ada);
  REQUIRE(erasure);
  house.blank(ada);
  const auto hits =
      house.store->search("zanzibar", {{house.room, {}}, {stream_of(house.talk), {}}}, 0, 10);
  REQUIRE(hits);
  CHECK(hits->empty());
  CHECK(house.store->search("Ben", {{house.room, {}}}, 0, 10)->size() == 1);
  // What the index marked as deleted it drops when it is laid together, behind the commits.
  while (is_stored(house, "anzibar")) std::this_thread::yield();
  house.store.reset();
  CHECK_FALSE(is_stored(house, "anzibar"));
  CHECK(is_stored(house, "Ben's own words"));
  CHECK(is_stored(house, "Ben answers"));
}

TEST_CASE("what is kept about a person tells them of no report [MO-22]") {
  ToldHouse house;
  const StreamId desk = desk_of(event);
  const StreamId facts = facts_of(place_of(event));
  AuditView claimed;
  claimed.action = "report.claim";
  claimed.person = ada;
  AuditView warned = claimed;
  warned.action = "person.warn";
  tell(house, place_of(event),
       {push_of(desk, 1, ReportFiled{1, ada, house.room, 1, "unkind", {}}, ben),
        push_of(desk, 2, PersonWarned{ada, "please"}, ben),
        push_of(facts, 1, Audited{claimed}, ben), push_of(facts, 2, Audited{warned}, ben)});
  const auto types_for = [&](PersonId person) {
    std::string types;
    const auto kept = house.store->pushes_about(place_of(event), person);
    for (const StoredPush& push : *kept) {
      if (push.stream == desk || push.stream == facts) types += push.type + ' ';
    }
    return types;
  };
  CHECK(types_for(ada) == "person.warned audited ");
  CHECK(types_for(ben).starts_with("report.filed "));  // One's own.
}

TEST_CASE("an erasure names every place to be told, ends sessions, and survives a crash") {
  ToldHouse house;
  const auto erasure = house.erase(ada);
  REQUIRE(erasure);
  REQUIRE(erasure->follow_ups.size() == 2);
  CHECK(erasure->follow_ups[0].follow_up.target == place_of(event));
  CHECK(erasure->follow_ups[1].follow_up.target == place_of(house.talk));
  CHECK(erasure->sessions == std::vector<TokenHash>{hash_token("Zanzibar Ada")});
  CHECK(house.store->session(hash_token("Zanzibar Ada"), noon).error().code ==
        ErrorCode::unauthenticated);
  CHECK(house.store->session(hash_token("Ben"), noon).has_value());
  // Nobody was told yet: a server that starts again finds it to be done.
  house.store.reset();
  house.open();
  const auto pending = house.store->pending_follow_ups();
  REQUIRE(pending->size() == 2);
  CHECK(std::get<PersonErased>(pending->at(0).follow_up.data).person == ada);

  const auto members = *house.store->members(event);
  REQUIRE(members.size() == 2);
  for (const PersonView& member : members) {
    if (member.id != ada) continue;
    CHECK(member.card.name == erased_name);
    CHECK(member.card.about.empty());
    CHECK(member.role == Role::member);
  }
  // Their own place goes on numbering, and knows no longer whom they blocked.
  const auto own = *house.store->read_place(place_of(ada));
  REQUIRE(own.size() == 2);
  CHECK(own[1].offset == 2);
  CHECK_FALSE(std::get<PersonBlocked>(own[1].data).person);
  CHECK(std::get<PersonBlocked>(house.store->read_place(place_of(ben))->at(1).data).person ==
        PersonId{3});
  CHECK(house.store->holdings(ada)->blocked.empty());
  CHECK(house.erase(PersonId{99}).error().code == ErrorCode::not_found);
}

TEST_CASE("blanked rows stay, without what was said and what follows from it") {
  ToldHouse house;
  REQUIRE(house.erase(ada));
  house.blank(ada);
  const auto pushes = *house.store->read_place(place_of(event));
  REQUIRE(pushes.size() == 7);
  for (const Push& push : pushes) {
    if (push.by != ada) continue;
    CHECK(push.nonce.empty());
    CHECK(push.digest == 0);
    if (std::holds_alternative<MessagePosted>(push.data)) CHECK(body_of(push).empty());
    if (const auto* call = std::get_if<HelpCalled>(&push.data)) CHECK(call->line.empty());
  }
  CHECK(body_of(pushes[2]) == "Ben's own words");
}

TEST_CASE("what waited for a moderator is kept until somebody has looked at it [MO-17]") {
  ToldHouse house;
  tell(house, place_of(event),
       {push_of(desk_of(event), 1, MessageHeld{1, house.room, "quokka one", 0, {}}, ada),
        push_of(desk_of(event), 2, MessageHeld{2, house.room, "wombat two", 0, {}}, ada)});
  tell(house, place_of(ada),
       {push_of(stream_of(ada), 3, MessageHeld{1, house.room, "quokka one", 0, event}, ada),
        push_of(stream_of(ada), 4, MessageHeld{1, house.room, "wombat two", 0, EventId{99}}, ada)});
  tell(house, place_of(event),
       {push_of(desk_of(event), 3, MessageReviewed{1, false, "", {}, ada}, ben)});
  tell(house, place_of(ada),
       {push_of(stream_of(ada), 5, MessageReviewed{1, false, "", event, ada}, ben)});
  house.store.reset();
  CHECK_FALSE(is_stored(house, "quokka"));
  CHECK(is_stored(house, "wombat"));
}

TEST_CASE("whoever alone organises what others belong to hands it over first") {
  ToldHouse house;
  const auto set_role = [&](PersonId person, Role role, Offset offset) {
    tell(house, place_of(event),
         {push_of(desk_of(event), offset, RoleGranted{person, role, {event, {}}, ""}, ada)});
  };
  const auto is_refused = [&](PersonId person) {
    const auto erasure = house.erase(person);
    return !erasure && erasure.error().code == ErrorCode::conflict;
  };
  set_role(ben, Role::moderator, 1);
  CHECK(is_refused(ada));
  CHECK(house.store->holdings(ada)->person.card.name == "Zanzibar Ada");
  set_role(ben, Role::organiser, 2);
  set_role(ada, Role::moderator, 3);
  CHECK(is_refused(ben));
  // An event that is over needs nobody, also where nobody saw its end.
  house.clock.jump(3'600'000 + limits::close_after_ms);
  CHECK_FALSE(is_refused(ben));
  // Where there is nobody else, nobody else is harmed; ada alone is left of the other's event.
  CHECK_FALSE(is_refused(ada));
}

TEST_CASE("what is kept of a person is found, and what was said to them") {
  ToldHouse house;
  const auto held = house.store->holdings(ada);
  REQUIRE(held);
  CHECK(held->person.card.name == "Zanzibar Ada");
  CHECK(held->sessions.size() == 1);
  REQUIRE(held->events.size() == 1);
  CHECK(held->events[0].title == "Meeting");
  CHECK(held->conversations == std::vector<ConversationId>{house.talk});
  CHECK(held->blocked == std::vector<PersonId>{PersonId{3}});
  CHECK_FALSE(held->account);
  CHECK(held->identities.empty());
  CHECK(held->devices.empty());
  CHECK(held->bans.empty());
  const auto about = *house.store->pushes_about(place_of(event), ada);
  CHECK(about.size() == 3);
  for (const StoredPush& push : about) CHECK(push.by == ada);
}

TEST_CASE("of how somebody comes in, and from where they are shut out, they are told all") {
  ToldHouse house;
  IdentitySignIn vouched;
  vouched.issuer = "https://club.example";
  vouched.subject = "42";
  vouched.newcomer = PersonId{42};
  vouched.card.name = "Cem";
  vouched.groups = {{"g_1", Role::facilitator}};
  vouched.session = {hash_token("cem"), {}, noon, noon + day, "Firefox on Linux", {}};
  REQUIRE(answer_of<Result<SignedIn>>(
      [&](auto done) { house.store->sign_in_by_identity(vouched, std::move(done)); }));
  const auto cem = house.store->holdings(PersonId{42});
  REQUIRE(cem->identities.size() == 1);
  CHECK(cem->identities[0].issuer == "https://club.example");
  CHECK(cem->identities[0].subject == "42");
  CHECK(cem->identities[0].groups == R"([["g_1","facilitator"]])");
  REQUIRE(cem->sessions.size() == 1);
  CHECK(cem->sessions[0].client == "Firefox on Linux");
  CHECK(cem->sessions[0].seen_at > 0);

  const Accounts::Hashes codes{hash_token("code 1"), hash_token("code 2")};
  REQUIRE(answer_of<Result<bool>>([&](auto done) {
    house.store->make_account({ben, "ben", "a hash", noon}, codes, std::move(done));
  }));
  SignIn sign_in;
  sign_in.session = {hash_token("ben once more"), ben, noon, noon + day, "", {}};
  sign_in.device = DeviceChange{{}, hash_token("device")};
  REQUIRE(answer_of<Result<SignedIn>>(
      [&](auto done) { house.store->sign_in(sign_in, std::move(done)); }));
  tell(house, place_of(event), {push_of(desk_of(event), 1, PersonRemoved{ben, "rude"}, ada)});
  const auto held = house.store->holdings(ben);
  REQUIRE(held->account);
  CHECK(held->account->login == "ben");
  CHECK(held->account->created_at == noon);
  CHECK(held->account->recovery_codes == 2);
  CHECK(held->devices == std::vector<TimeMs>{noon});
  REQUIRE(held->bans.size() == 1);
  CHECK(held->bans[0].event == event);
  CHECK_FALSE(held->bans[0].group);
  CHECK(held->bans[0].reason == "rude");
}

TEST_CASE("every table of the database stands in the page about privacy") {
  StoreInFolder files;
  std::ifstream page(std::filesystem::path(HALLWAY_TEST_DATA) / "../../docs/privacy.md");
  const std::string told((std::istreambuf_iterator<char>(page)), std::istreambuf_iterator<char>());
  REQUIRE_FALSE(told.empty());
  const auto database = Database::open(files.file(), Database::Mode::read, "", 5'000);
  REQUIRE(database);
  // The index of words has tables of its own behind its name.
  Query tables = (*database)->query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
      "AND name NOT LIKE 'message_text_%'");
  int count = 0;
  while (tables.step()) {
    INFO(tables.text(0));
    CHECK(told.find('`' + tables.text(0) + '`') != std::string::npos);
    ++count;
  }
  CHECK(count > 15);
}

// --- Retention

TEST_CASE("an event is past its time so many days after it was over, by whatever ended it") {
  StoreInFolder files;
  const auto keep = [&](std::uint64_t id, EventView view) {
    tell(files, place_of(EventId{id}),
         {push_of(stream_of(EventId{id}), 1, EventUpdated{std::move(view)}, PersonId{})});
  };
  keep(1, view_of(EventId{1}, 90));                      // Nobody saw its end.
  keep(2, view_of(EventId{2}, 0));                       // Kept.
  keep(3, view_of(EventId{3}, 30, EventState::over));    // Ended by staff.
  keep(4, view_of(EventId{4}, 1, EventState::live, 0));  // Without an end.
  keep(5, view_of(EventId{5}, 1, EventState::planned, noon + 50 * day));
  using Ids = std::vector<EventId>;
  const auto past = [&](TimeMs now) {
    Ids ids = *files.store->events_past_retention(now);
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  CHECK(past(noon + 29 * day).empty());
  CHECK(past(noon + 30 * day + 1000) == Ids{EventId{3}});
  CHECK(past(noon + 90 * day) == Ids{EventId{3}, EventId{5}});
  CHECK(past(noon + 91 * day) == Ids{EventId{1}, EventId{3}, EventId{5}});
  // Opened again, it is not over.
  tell(files, place_of(EventId{3}),
       {push_of(stream_of(EventId{3}), 2,
                EventUpdated{view_of(EventId{3}, 30, EventState::live, noon + 400 * day)},
                PersonId{})});
  CHECK(past(noon + 91 * day) == Ids{EventId{1}, EventId{5}});
}

TEST_CASE("a guest whose last event is gone belongs to nothing; a member of a group does") {
  ToldHouse house;
  CHECK(house.store->stranded_guests()->empty());
  answer_of<Result<bool>>(
      [&](auto done) { house.store->put_group(GroupId{7}, "Circle", "", ben, noon, done); });
  answer_of<Result<bool>>([&](auto done) { house.store->delete_event(event, done); });
  CHECK(*house.store->stranded_guests() == std::vector<PersonId>{ada});
  REQUIRE(house.erase(ada));
  CHECK(house.store->stranded_guests()->empty());
}

}  // namespace
}  // namespace hallway::test
