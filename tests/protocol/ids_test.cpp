// Ids, epochs, streams and places as text.
#include <catch2/catch.hpp>
#include <vector>

#include "protocol/ids.hpp"

namespace hallway::test {
namespace {

TEST_CASE("TH-1: an id is its prefix and 13 characters, and reads back") {
  CHECK(base32(0) == "0000000000000");
  CHECK(base32(~std::uint64_t{0}) == "fzzzzzzzzzzzz");
  CHECK(base32(32) == "0000000000010");
  const std::vector<std::uint64_t> values{1, 31, std::uint64_t{1} << 63, 0x0123456789abcdef,
                                          ~std::uint64_t{0}};
  for (const std::uint64_t value : values) {
    CHECK(parse_base32(base32(value)) == value);
    CHECK(parse_id<PersonTag>(to_text(PersonId{value})) == PersonId{value});
  }
  CHECK(to_text(RoomId{1}) == "rm_0000000000001");
}

TEST_CASE("TH-1: only what is written is read") {
  for (const std::string_view text :
       {"", "000000000000", "00000000000000", "g000000000000", "000000000000i", "000000000000l",
        "000000000000o", "000000000000u", "000000000000A", "000000000000 ", "-000000000001"}) {
    INFO(text);
    CHECK_FALSE(parse_base32(text));
  }
  CHECK_FALSE(parse_id<PersonTag>("rm_0000000000001"));
  CHECK_FALSE(parse_id<PersonTag>("0000000000001"));
}

TEST_CASE("ST-1: streams read back, the server's own facts never") {
  const std::vector<StreamId> streams{stream_of(EventId{1}),  stream_of(RoomId{2}),
                                      stream_of(TableId{3}),  desk_of(EventId{4}),
                                      stream_of(PersonId{5}), stream_of(ConversationId{6})};
  for (const StreamId stream : streams) {
    INFO(to_text(stream));
    CHECK(parse_stream(to_text(stream)) == stream);
  }
  CHECK(to_text(desk_of(EventId{4})) == "desk:ev_0000000000004");
  const StreamId facts = facts_of(place_of(EventId{1}));
  CHECK(to_text(facts) == "facts:0000000000001");
  CHECK_FALSE(parse_stream(to_text(facts)));
  CHECK(parse_stream("room:ev_0000000000001") == StreamId{StreamKind::room, 0});
}

TEST_CASE("places read back") {
  for (const PlaceId place :
       {place_of(EventId{7}), place_of(ConversationId{8}), place_of(PersonId{9})}) {
    CHECK(parse_place(to_text(place)) == place);
  }
  CHECK_FALSE(parse_place("rm_0000000000001"));
  CHECK_FALSE(parse_place("ev_x"));
}

TEST_CASE("TH-5: roles read back, lowest first") {
  for (const Role role : {Role::member, Role::facilitator, Role::moderator, Role::organiser}) {
    CHECK(parse_role(to_text(role)) == role);
  }
  CHECK(to_text(Role::member) == "member");
  CHECK(Role::moderator > Role::facilitator);
  CHECK_FALSE(parse_role("admin"));
}

}  // namespace
}  // namespace hallway::test
