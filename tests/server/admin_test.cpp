// An operator's commands, by themselves and over the running server's socket.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "server/admin.hpp"
#include "server/admin_arguments.hpp"
#include "server/admin_socket.hpp"
#include "server/data_lock.hpp"
#include "server/tokens.hpp"
#include "tests/support/stored_things.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

struct Operated : StoreInFolder {
  AdminAnswer run(const std::string& action, std::map<std::string, std::string> arguments = {}) {
    return execute_admin({action, std::move(arguments)}, *store, clock);
  }
  /// What must succeed.
  std::string done(const std::string& action, std::map<std::string, std::string> arguments = {}) {
    const AdminAnswer answer = run(action, std::move(arguments));
    INFO(answer.text);
    REQUIRE(answer.succeeded);
    return answer.text;
  }
  std::string refusal(const std::string& action,
                      std::map<std::string, std::string> arguments = {}) {
    const AdminAnswer answer = run(action, std::move(arguments));
    CHECK_FALSE(answer.succeeded);
    return answer.text;
  }
  /// Word of a line that begins with `first`.
  static std::string after(const std::string& text, const std::string& first) {
    std::istringstream lines(text);
    for (std::string word, rest; lines >> word && std::getline(lines, rest);) {
      if (word == first) return rest.substr(1);
    }
    FAIL("no line " << first << " in " << text);
    return {};
  }
};

const std::map<std::string, std::string> autumn{
    {"title", "Autumn meeting"}, {"starts", "now"},
    {"minutes", "90"},           {"rooms", "Stage\nTables=3x6"},
    {"admission", "approval"},   {"link_base", "https://meet.example.org"}};

std::string first_word(const std::string& text) {
  return text.substr(0, text.find(' '));
}

}  // namespace

TEST_CASE("A token is told once, stored as its hash, and ends when revoked", "[admin]") {
  Operated o;
  std::string token = o.done("token.create");
  REQUIRE(token.back() == '\n');
  token.pop_back();
  const auto owner = o.store->session(hash_token(token), noon);
  REQUIRE(owner);
  CHECK(owner->is_operator);

  const std::string listed = o.done("token.list");
  CHECK(listed.find(token) == std::string::npos);
  CHECK(o.done("token.revoke", {{"id", first_word(listed)}}) == "revoked\n");
  CHECK_FALSE(o.store->session(hash_token(token), noon));
  CHECK(o.done("token.list").empty());
  o.refusal("token.revoke", {{"id", first_word(listed)}});
}

TEST_CASE("An event is made with its rooms and a link for each role", "[admin]") {
  Operated o;
  const std::string text = o.done("event.create", autumn);
  const EventId event = parse_id<EventTag>(o.after(text, "event"));
  const auto view = o.store->event(event);
  REQUIRE(view);
  CHECK(view->title == "Autumn meeting");
  CHECK(view->ends_at - view->starts_at == 90 * 60'000);
  CHECK(view->admission == Admission::approval);
  REQUIRE(view->rooms.size() == 3);  // With the lobby.
  CHECK(view->rooms.back().kind == RoomKind::tables);

  const std::string base = "https://meet.example.org/j/";
  for (const char* role : {"member", "facilitator", "moderator", "organiser"}) {
    const std::string link = o.after(text, role);
    REQUIRE(link.starts_with(base));
    const auto invitation = o.store->invitation(hash_token(link.substr(base.size())), noon);
    REQUIRE(invitation);
    CHECK(invitation->event == event);
    CHECK(to_text(invitation->role) == role);
  }
  CHECK(o.done("event.list").find("Autumn meeting") != std::string::npos);
}

TEST_CASE("An event with something missing or wrong is refused by the argument", "[admin]") {
  const auto [argument, value] = GENERATE(table<std::string, std::string>({
      {"title", ""},
      {"title", std::string(101, 'x')},
      {"starts", "tomorrow"},
      {"starts", "2026-12-01T18:00"},
      {"starts", "2026-02-31T18:00Z"},
      {"minutes", "0"},
      {"minutes", "soon"},
      {"admission", "closed"},
      {"timezone", "Europe Copenhagen"},
      {"rooms", "Tables=manyx6"},
      {"rooms", "Tables=3x1000"},
  }));
  CAPTURE(argument, value);
  Operated o;
  auto arguments = autumn;
  arguments[argument] = value;
  CHECK_THAT(o.refusal("event.create", arguments), Catch::StartsWith("--" + argument + ":"));
  CHECK(o.store->events()->empty());
}

TEST_CASE("Links are made, listed without their tokens, and revoked", "[admin]") {
  Operated o;
  const std::string event = o.after(o.done("event.create", autumn), "event");
  std::string link = o.done(
      "invite.create", {{"event", event}, {"role", "moderator"}, {"uses", "2"}, {"days", "1"}});
  link.pop_back();
  REQUIRE(link.starts_with("/j/"));
  const std::string token = link.substr(3);
  const auto invitation = o.store->invitation(hash_token(token), noon);
  REQUIRE(invitation);
  CHECK(invitation->role == Role::moderator);
  CHECK(invitation->uses == 2);
  CHECK(invitation->expires_at == noon + 24 * 3'600'000);

  const std::string listed = o.done("invite.list", {{"event", event}});
  CHECK(listed.find(token) == std::string::npos);
  const std::string id = to_hex(hash_token(token)).substr(0, short_id_chars);
  CHECK(listed.find(id) != std::string::npos);
  CHECK(listed.find("uses left 2") != std::string::npos);
  o.done("invite.revoke", {{"event", event}, {"id", id}});
  CHECK_FALSE(o.store->invitation(hash_token(token), noon));

  o.refusal("invite.revoke", {{"event", event}, {"id", id}});
  o.refusal("invite.create", {{"event", "ev_unknown"}});
  o.refusal("invite.create", {{"event", event}, {"role", "queen"}});
  o.refusal("invite.create", {{"event", event}, {"uses", "0"}});
}

TEST_CASE("What the server does not know is refused", "[admin]") {
  Operated o;
  CHECK(o.refusal("world.end") == "this server does not know world.end");
}

TEST_CASE("Times are read with their zone, or not at all", "[admin]") {
  CHECK(parse_time("1970-01-01T00:01Z", noon) == 60'000);
  CHECK(parse_time("1970-01-01T01:00:05+01:00", noon) == 5'000);
  CHECK(parse_time("1970-01-01T00:00:00-00:30", noon) == 30 * 60'000);
  CHECK(parse_time("2024-02-29T12:00Z", noon) == 1'709'208'000'000);
  CHECK(parse_time("now", noon) == noon);
  for (const char* text : {"", "1970-01-01", "1970-01-01T00:00", "1970-01-01T00:00+1",
                           "2023-02-29T12:00Z", "1970-01-01T00:00Z ", "1970-01-01T00:00+24:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text, noon));
  }
}

TEST_CASE("The running server does over its socket what the command would do itself", "[admin]") {
  Operated o;
  const auto file = admin_socket_file(o.folder.path());
  {
    const auto socket = AdminSocket::open(file, *o.store, o.clock, "http://here");
    REQUIRE(socket);
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);

    const auto answer = ask_admin_socket(file, {"event.create", autumn});
    REQUIRE(answer);
    CHECK(answer->succeeded);
    CHECK(o.store->events()->size() == 1);
    const std::string event = o.after(answer->text, "event");
    const auto link = ask_admin_socket(file, {"invite.create", {{"event", event}}});
    REQUIRE(link);
    CHECK_THAT(link->text, Catch::StartsWith("http://here/j/"));
    const auto refused = ask_admin_socket(file, {"world.end", {}});
    REQUIRE(refused);
    CHECK_FALSE(refused->succeeded);
  }
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK_FALSE(ask_admin_socket(file, {"event.list", {}}));
}

TEST_CASE("A socket that a killed server left is taken over", "[admin]") {
  Operated o;
  const auto file = admin_socket_file(o.folder.path());
  const auto dead = AdminSocket::open(file, *o.store, o.clock, "http://here");
  REQUIRE(dead);
  const auto alive = AdminSocket::open(file, *o.store, o.clock, "http://here");
  REQUIRE(alive);
  CHECK(ask_admin_socket(file, {"event.list", {}}));
}

TEST_CASE("Requests and answers are read back, and nothing else is", "[admin]") {
  const AdminRequest request{"a.b", {{"name", "line\nline"}, {"empty", ""}}};
  const auto read = decode_admin(encode_admin(request));
  REQUIRE(read);
  CHECK(read->action == request.action);
  CHECK(read->arguments == request.arguments);
  for (const std::string& bytes : {std::string(), std::string("open"), std::string("a\0b\0", 4)}) {
    CHECK_FALSE(decode_admin(bytes));
    CHECK_FALSE(decode_admin_answer(bytes));
  }
  const auto answer = decode_admin_answer(encode_admin(AdminAnswer{true, "text"}));
  REQUIRE(answer);
  CHECK(answer->succeeded);
  CHECK(answer->text == "text");
}

TEST_CASE("One process at a time holds a data folder", "[admin]") {
  TemporaryFolder folder;
  const auto data = folder / "data";
  {
    const auto held = DataLock::take(data);
    REQUIRE(held);
    struct stat status {};
    REQUIRE(::stat(data.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    const auto second = DataLock::take(data);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::conflict);
  }
  CHECK(DataLock::take(data));
}

TEST_CASE("A data folder that cannot be is refused with its name", "[admin]") {
  TemporaryFolder folder;
  const auto refused = DataLock::take("/proc/hallway-data");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("/proc/hallway-data") != std::string::npos);
}
