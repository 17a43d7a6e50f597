// Finding what was said: only within what the asker may see, never what was deleted.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/support/stored_things.hpp"

using namespace hallway;
using namespace hallway::test;

namespace {

const PlaceId place = place_of(EventId{1});
const StreamId room = stream_of(RoomId{2});
const StreamId table = stream_of(TableId{2});  // The same number, another stream.

struct Said : StoreInFolder {
  Offset next = 1;

  Offset say(std::string body, StreamId stream = room) {
    const Offset offset = next++;
    add(message(stream, offset, std::move(body)));
    return offset;
  }
  void add(Push push) { REQUIRE_FALSE(append(*store, batch_of(place, {std::move(push)}))); }
  void edit(Offset of, std::string body) {
    add(push_of(room, next++, MessageEdited{of, std::move(body)}));
  }
  void remove(Offset of) { add(push_of(room, next++, MessageDeleted{of, ""})); }

  std::vector<Offset> find(const std::string& query,
                           std::vector<SearchScope> scopes = {{room, {}}}) {
    const auto hits = store->search(query, scopes, 0, 100);
    REQUIRE(hits);
    std::vector<Offset> offsets;
    for (const auto& hit : *hits) offsets.push_back(hit.message.offset);
    return offsets;
  }
};

using Offsets = std::vector<Offset>;

}  // namespace

TEST_CASE("All words are found, newest first, whatever their case and accents", "[search]") {
  Said s;
  const Offset first = s.say("The café opens at noon");
  const Offset second = s.say("Cafe society");
  s.say("nothing of the kind");
  index_all(*s.store);
  CHECK(s.find("CAFÉ") == Offsets{second, first});
  CHECK(s.find("noon cafe") == Offsets{first});
  CHECK(s.find("cafe midnight").empty());
}

TEST_CASE("The last word may be unfinished, the others may not", "[search]") {
  Said s;
  const Offset said = s.say("gardening together");
  index_all(*s.store);
  CHECK(s.find("gard") == Offsets{said});
  CHECK(s.find("gardening tog") == Offsets{said});
  CHECK(s.find("gard together").empty());
}

TEST_CASE("What a person types is words, never the language of the index", "[search]") {
  Said s;
  const Offset said = s.say("either OR neither: \"quoted\" (words) body");
  index_all(*s.store);
  CHECK(s.find("OR") == Offsets{said});
  CHECK(s.find("\"quoted\"") == Offsets{said});
  CHECK(s.find("\"quo") == Offsets{said});
  CHECK(s.find("body:either").empty());
  for (const char* odd : {"NOT", "NEAR(a", "*", "^", "-", "\"", "\"\"", "(", ")", "{", ":", "a AND",
                          "'; DROP TABLE push", "  ", "", "!!! ???", "stream:r0000000000002"}) {
    CAPTURE(odd);
    CHECK(s.find(odd).empty());
  }
  CHECK(s.find("!!! neither") == Offsets{said});
}

TEST_CASE("Nothing is found outside the asker's streams and slices", "[search]") {
  Said s;
  const Offset in_room = s.say("apple one");
  const Offset at_table = s.say("apple two", table);
  const Offset later = s.say("apple three", table);
  index_all(*s.store);
  CHECK(s.find("apple") == Offsets{in_room});
  CHECK(s.find("apple", {{table, {}}}) == Offsets{later, at_table});
  CHECK(s.find("apple", {{table, {{1, at_table}}}, {room, {}}}) == Offsets{at_table, in_room});
  CHECK(s.find("apple", {{table, {{later + 1, later + 5}}}}).empty());
  CHECK(s.find("apple", {}).empty());
}

TEST_CASE("Pages of a search follow each other without a gap", "[search]") {
  Said s;
  for (int i = 0; i < 5; ++i) s.say("pear " + std::to_string(i));
  index_all(*s.store);
  Offsets all;
  std::uint64_t before = 0;
  while (true) {
    const auto hits = s.store->search("pear", {{room, {}}}, before, 2);
    REQUIRE(hits);
    if (hits->empty()) break;
    for (const auto& hit : *hits) all.push_back(hit.message.offset);
    before = hits->back().row;
  }
  CHECK(all == Offsets{5, 4, 3, 2, 1});
}

TEST_CASE("An edit is found by its new words alone", "[search]") {
  Said s;
  const Offset said = s.say("blue");
  SECTION("indexed before") {
    index_all(*s.store);
  }
  SECTION("indexed together") {}
  s.edit(said, "green");
  index_all(*s.store);
  CHECK(s.find("blue").empty());
  CHECK(s.find("green") == Offsets{said});
}

TEST_CASE("A deleted message is found no more, at once", "[search]") {
  Said s;
  const Offset said = s.say("secret");
  const Offset other = s.say("secret too");
  s.edit(said, "secret still");
  SECTION("indexed before") {
    index_all(*s.store);
  }
  SECTION("never indexed") {}
  s.remove(said);
  SECTION("asked at once") {
    CHECK(s.find("secret still").empty());
  }
  index_all(*s.store);
  CHECK(s.find("secret") == Offsets{other});
}

TEST_CASE("The index goes on where it stood when the program ended", "[search]") {
  Said s;
  const Offset first = s.say("stone one");
  index_all(*s.store);
  const Offset second = s.say("stone two");
  s.store.reset();
  s.open();
  index_all(*s.store);
  CHECK(s.find("stone") == Offsets{second, first});
}

TEST_CASE("By itself the index catches up within seconds, and wipes what was deleted from the disk",
          "[search]") {
  Said s;
  s.remove(s.say("zebrafinch"));  // No other word stands beside it in the files.
  const Offset said = s.say("found");
  // A failure would be a timeout of the test run: the writer's own thread does it, in about a
  // second.
  while (s.find("found") != Offsets{said}) std::this_thread::yield();
  const auto bytes = [&s](const char* suffix) {
    std::ifstream file(s.file().string() + suffix, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const auto is_on_disk = [&bytes] {
    return (bytes("") + bytes("-wal")).find("zebrafinch") != std::string::npos;
  };
  while (is_on_disk()) std::this_thread::yield();
  CHECK(s.find("found") == Offsets{said});
}

TEST_CASE("An indexed word that is deleted leaves the files", "[search]") {
  Said s;
  const Offset said = s.say("zebrafinch");
  index_all(*s.store);
  s.remove(said);
  s.store.reset();  // Also what its log held is in the database by then.
  const auto file_holds_word = [&s] {
    std::ifstream file(s.file(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {}).find("zebrafinch") !=
           std::string::npos;
  };
  s.open();
  while (file_holds_word()) std::this_thread::yield();
  CHECK(s.find("zebrafinch").empty());
}
