// The history checker is itself checked: a small model of a server is made to drop, double, swap,
// acknowledge early, leak and reset without cause, and each is caught by its rule.
#include "load/checker.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

namespace hallway::load {
namespace {

using Kind = Record::Kind;

/// Three people in a room; 0 and 1 also sit at a table. Writes the history they would write.
class ModelServer {
 public:
  ModelServer() {
    for (std::int64_t client = 0; client < 3; ++client) {
      Record person = line(Kind::person, client);
      person.person = person_of(client);
      person.role = "member";
      records.push_back(person);
      hello(client, {});
      open(client, room, 0);
    }
    seat(0, true);
    seat(1, true);
    open(0, table, 0);
    open(1, table, 0);
  }

  static std::string person_of(std::int64_t client) { return "p_" + std::to_string(client); }

  Record line(Kind kind, std::int64_t client, const std::string& stream = {}) {
    Record record;
    record.kind = kind;
    record.client = client;
    record.us = ++clock_us;
    record.stream = stream;
    record.epoch = stream.empty() ? "" : "e1";
    return record;
  }

  Record push(const std::string& stream, std::uint64_t offset, std::int64_t by,
              const std::string& nonce) {
    Record record = line(Kind::push, by, stream);
    record.offset = offset;
    record.at_ms = ++clock_ms;
    record.name = "message.posted";
    record.by = person_of(by);
    record.nonce = nonce;
    record.digest = "digest of " + nonce;
    record.bytes = 150;
    return record;
  }

  void open(std::int64_t client, const std::string& stream, std::uint64_t offset) {
    Record record = line(Kind::opened, client, stream);
    record.offset = offset;
    records.push_back(record);
  }

  void hello(std::int64_t client, const std::map<std::string, Point>& points,
             const std::vector<std::string>& recovered = {},
             const std::map<std::string, std::string>& resets = {}) {
    Record record = line(Kind::hello, client);
    record.points = points;
    record.recovered = recovered;
    record.resets = resets;
    records.push_back(record);
  }

  void resume(std::int64_t client, const std::map<std::string, Point>& points) {
    Record record = line(Kind::resume, client);
    record.points = points;
    records.push_back(record);
  }

  void deliver(Record record, const std::set<std::int64_t>& clients) {
    for (const std::int64_t client : clients) {
      record.client = client;
      record.us = ++clock_us;
      records.push_back(record);
    }
  }

  void seat(std::int64_t who, bool taken) {
    Record record = push(room, ++tops[room], who, "");
    record.name = taken ? "seat.taken" : "seat.left";
    record.digest.clear();
    record.person = person_of(who);
    record.table = "t1";
    deliver(record, {0, 1, 2});
  }

  void send(std::int64_t who, const std::string& stream, const std::string& nonce) {
    Record record = line(Kind::sent, who, stream);
    record.cmd = "message.send";
    record.nonce = nonce;
    record.digest = "digest of " + nonce;
    record.tries = 1;
    records.push_back(record);
  }

  void acknowledge(std::int64_t who, const std::string& stream, const std::string& nonce,
                   std::uint64_t offset) {
    Record record = line(Kind::answered, who, stream);
    record.nonce = nonce;
    record.offset = offset;
    records.push_back(record);
  }

  /// An honest message: sent, stands, acknowledged, delivered to all who receive the stream.
  std::uint64_t say(std::int64_t who, const std::string& stream, const std::string& nonce) {
    const std::uint64_t offset = ++tops[stream];
    send(who, stream, nonce);
    acknowledge(who, stream, nonce, offset);
    deliver(push(stream, offset, who, nonce), listeners(stream));
    return offset;
  }

  [[nodiscard]] std::set<std::int64_t> listeners(const std::string& stream) const {
    return stream == room ? std::set<std::int64_t>{0, 1, 2} : std::set<std::int64_t>{0, 1};
  }

  [[nodiscard]] std::set<std::string> rules_broken(const CheckOptions& options = {}) const {
    std::set<std::string> rules;
    for (const Finding& finding : check(records, options).findings) {
      rules.insert(finding.rule);
    }
    return rules;
  }

  /// Loses client 2's connection and lets it come back, the room recovered or reset.
  void reconnect(const std::string& reset_reason, std::uint64_t held, const std::string& epoch) {
    records.push_back(line(Kind::lost, 2));
    resume(2, {{room, {"e1", held}}});
    const std::map<std::string, Point> at{{room, {epoch, tops[room]}}};
    if (reset_reason.empty()) {
      hello(2, at, {room});
    } else {
      hello(2, at, {}, {{room, reset_reason}});
      Record opened = line(Kind::opened, 2, room);
      opened.epoch = epoch;
      opened.offset = tops[room];
      records.push_back(opened);
    }
  }

  const std::string room = "room:r1";
  const std::string table = "table:t1";
  std::map<std::string, std::uint64_t> tops;
  std::vector<Record> records;
  std::int64_t clock_us = 0;
  std::int64_t clock_ms = 1'000;
};

using Rules = std::set<std::string>;

TEST_CASE("an honest server is found clean") {
  ModelServer server;
  for (int i = 0; i < 20; ++i) {
    server.say(i % 3, server.room, "room" + std::to_string(i));
    server.say(i % 2, server.table, "table" + std::to_string(i));
  }
  server.reconnect("", server.tops[server.room], "e1");
  server.say(2, server.room, "after-coming-back");

  const Verdict verdict = check(server.records);
  CHECK(verdict.clean());
  CHECK(verdict.acknowledged == 41);
  CHECK(verdict.recovered == 1);
  CHECK(verdict.clients == 3);
}

TEST_CASE("a history survives being written and read") {
  ModelServer server;
  server.say(0, server.room, "once");
  server.reconnect("gap", 1, "e1");
  for (const Record& record : server.records) {
    const std::string text = to_line(record);
    CHECK(to_line(from_line(text)) == text);
  }
}

TEST_CASE("A1: a message acknowledged before it was durable, and lost, is caught") {
  ModelServer server;
  server.say(0, server.room, "kept");
  server.send(0, server.room, "early");
  server.acknowledge(0, server.room, "early", server.tops[server.room] + 1);
  CHECK(server.rules_broken() == Rules{"A1"});
}

TEST_CASE("A1: other words at an acknowledged offset are caught") {
  ModelServer server;
  const std::uint64_t offset = ++server.tops[server.room];
  server.send(0, server.room, "mine");
  server.acknowledge(0, server.room, "mine", offset);
  Record push = server.push(server.room, offset, 0, "mine");
  push.digest = "digest of other words";
  server.deliver(push, server.listeners(server.room));
  CHECK(server.rules_broken() == Rules{"A1"});
}

TEST_CASE("A1: two acknowledgements of one nonce with different offsets are caught") {
  ModelServer server;
  const std::uint64_t offset = server.say(0, server.room, "twice");
  server.say(1, server.room, "between");
  server.acknowledge(0, server.room, "twice", offset + 1);
  CHECK(server.rules_broken() == Rules{"A1"});
}

TEST_CASE("A1: a message refused for good that stands all the same is caught") {
  ModelServer server;
  server.send(0, server.room, "refused");
  Record refused = server.line(Kind::refused, 0, server.room);
  refused.nonce = "refused";
  refused.code = "forbidden";
  server.records.push_back(refused);
  server.deliver(server.push(server.room, ++server.tops[server.room], 0, "refused"),
                 server.listeners(server.room));
  CHECK(server.rules_broken() == Rules{"A1"});
}

TEST_CASE("A1: a deleted message may have lost its words") {
  ModelServer server;
  const std::uint64_t offset = server.say(0, server.room, "gone");
  Record stands = server.push(server.room, offset, 0, "");
  stands.kind = Kind::stands;
  stands.digest.clear();
  stands.deleted = true;
  server.deliver(stands, {0});
  CHECK(server.rules_broken().empty());
}

TEST_CASE("A2 and A4: a message sent again that stands twice is caught") {
  ModelServer server;
  server.say(0, server.room, "doubled");
  server.send(0, server.room, "doubled");
  server.deliver(server.push(server.room, ++server.tops[server.room], 0, "doubled"),
                 server.listeners(server.room));
  CHECK(server.rules_broken() == Rules{"A2", "A4"});
}

TEST_CASE("A3: an offset that nobody ever sees is caught") {
  ModelServer server;
  server.say(0, server.table, "first");
  ++server.tops[server.table];
  server.say(1, server.table, "third");
  CHECK(server.rules_broken() == Rules{"A3", "A5"});
}

TEST_CASE("A3: an offset below the top that the final reading names is caught") {
  ModelServer server;
  server.say(0, server.room, "first");
  Record read = server.line(Kind::read, 0, server.room);
  read.offset = server.tops[server.room] + 1;
  server.records.push_back(read);
  CHECK(server.rules_broken() == Rules{"A3"});
}

TEST_CASE("A4: a message that is never answered is caught") {
  ModelServer server;
  server.send(0, server.room, "unheard");
  CHECK(server.rules_broken() == Rules{"A4"});
}

TEST_CASE("A5: a push dropped for one client is caught") {
  ModelServer server;
  server.say(0, server.room, "before");
  server.deliver(server.push(server.room, ++server.tops[server.room], 0, "dropped"), {0, 1});
  server.say(0, server.room, "after");
  CHECK(server.rules_broken() == Rules{"A5"});
}

TEST_CASE("A5: the last push dropped for one client is caught") {
  ModelServer server;
  server.deliver(server.push(server.room, ++server.tops[server.room], 0, "dropped"), {0, 1});
  CHECK(server.rules_broken() == Rules{"A5"});
}

TEST_CASE("A5: a push that arrives twice at one client is caught") {
  ModelServer server;
  server.say(0, server.room, "before");
  server.deliver(server.push(server.room, server.tops[server.room], 0, "before"), {2});
  CHECK(server.rules_broken() == Rules{"A5"});
}

TEST_CASE("A5: two pushes swapped for one client are caught") {
  ModelServer server;
  const std::uint64_t first = ++server.tops[server.room];
  const std::uint64_t second = ++server.tops[server.room];
  const Record one = server.push(server.room, first, 0, "one");
  const Record two = server.push(server.room, second, 0, "two");
  for (const Record& push : {one, two}) {
    server.deliver(push, {0, 1});
  }
  for (const Record& push : {two, one}) {
    server.deliver(push, {2});
  }
  CHECK(server.rules_broken() == Rules{"A5"});
}

TEST_CASE("A5: different pushes at one offset for two clients are caught") {
  ModelServer server;
  const std::uint64_t offset = ++server.tops[server.room];
  server.deliver(server.push(server.room, offset, 0, "for-most"), {0, 1});
  server.deliver(server.push(server.room, offset, 1, "for-one"), {2});
  CHECK(server.rules_broken() == Rules{"A5"});
}

TEST_CASE("A6: a message sent after an acknowledgement that stands before it is caught") {
  ModelServer server;
  const std::uint64_t first = ++server.tops[server.room];
  const std::uint64_t second = ++server.tops[server.room];
  server.send(0, server.room, "earlier");
  server.acknowledge(0, server.room, "earlier", second);
  server.send(1, server.room, "later");
  server.acknowledge(1, server.room, "later", first);
  server.deliver(server.push(server.room, first, 1, "later"), {0, 1, 2});
  server.deliver(server.push(server.room, second, 0, "earlier"), {0, 1, 2});
  CHECK(server.rules_broken() == Rules{"A6"});
}

TEST_CASE("A7: a table's words that reach somebody who never sat there are caught") {
  ModelServer server;
  server.open(2, server.table, 0);
  server.deliver(server.push(server.table, ++server.tops[server.table], 0, "secret"), {0, 1, 2});
  CHECK(server.rules_broken() == Rules{"A7"});
}

TEST_CASE("A7: words said after somebody stood up are caught when they follow") {
  ModelServer server;
  server.say(0, server.table, "together");
  server.seat(1, false);
  server.say(0, server.table, "alone");
  CHECK(server.rules_broken() == Rules{"A7"});
}

TEST_CASE("A7: an earlier sitting of others that is recovered is caught") {
  ModelServer server;
  server.seat(1, false);
  const Record theirs = server.push(server.table, ++server.tops[server.table], 0, "theirs");
  server.deliver(theirs, {0});
  server.seat(0, false);
  server.records.push_back(server.line(Kind::closed, 0, server.table));
  server.seat(1, true);  // a new sitting
  server.deliver(theirs, {1});
  CHECK(server.rules_broken() == Rules{"A7"});
}

TEST_CASE("A7: a push of a stream that was closed is caught") {
  ModelServer server;
  server.records.push_back(server.line(Kind::closed, 2, server.room));
  server.say(0, server.room, "not for you");
  CHECK(server.rules_broken() == Rules{"A7"});
}

TEST_CASE("A7: the desk opened for a member, and somebody else's person stream, are caught") {
  ModelServer server;
  server.open(2, "desk:ev", 0);
  CHECK(server.rules_broken() == Rules{"A7"});
  ModelServer other;
  other.open(2, "person:p_1", 0);
  CHECK(other.rules_broken() == Rules{"A7"});
}

TEST_CASE("A8: resets without a cause are caught, each reason for itself") {
  const std::string reason = GENERATE("epoch", "gap", "future", "forbidden", "sitting", "whim");
  ModelServer server;
  server.say(0, server.room, "before");
  server.reconnect(reason, server.tops[server.room], "e1");
  CHECK(server.rules_broken() == Rules{"A8"});
}

TEST_CASE("A8: a stream that hello neither recovers nor resets is caught") {
  ModelServer server;
  server.records.push_back(server.line(Kind::lost, 2));
  server.resume(2, {{server.room, {"e1", server.tops[server.room]}}});
  server.hello(2, {});
  CHECK(server.rules_broken() == Rules{"A8"});
}

TEST_CASE("A8: a gap beyond 300 pushes may be reset, one of 300 may not") {
  const int missed = GENERATE(300, 301);
  ModelServer server;
  const std::uint64_t held = server.tops[server.room];
  server.records.push_back(server.line(Kind::lost, 2));
  for (int i = 0; i < missed; ++i) {
    const std::string nonce = "missed" + std::to_string(i);
    server.deliver(server.push(server.room, ++server.tops[server.room], 0, nonce), {0, 1});
  }
  server.reconnect("gap", held, "e1");
  CHECK(server.rules_broken() == (missed > 300 ? Rules{} : Rules{"A8"}));
}

TEST_CASE("A8: a new epoch is a cause after a restore, and only then") {
  ModelServer server;
  server.say(0, server.room, "before");
  server.reconnect("epoch", server.tops[server.room], "e2");
  CHECK(server.rules_broken() == Rules{"A8"});
  CheckOptions restored;
  restored.epochs_may_change = true;
  CHECK(server.rules_broken(restored).empty());
}

}  // namespace
}  // namespace hallway::load
