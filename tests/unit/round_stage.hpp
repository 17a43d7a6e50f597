// A room with four tables and people who wait for rounds: what the tests of rounds share.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "event_stage.hpp"
#include "rooms/round_seating.hpp"

namespace hallway::test {

inline EventSpec four_tables() {
  EventSpec spec = small_event();
  spec.ends_at = 0;
  spec.rooms.back().tables = 4;
  spec.rooms.back().capacity = 4;
  return spec;
}

class RoundStage : public EventStage {
 public:
  explicit RoundStage(int count) : EventStage(four_tables()) {
    hall = room("Tables");
    fia = enter("Fia", Role::facilitator);
    mo = enter("Mo", Role::moderator);
    for (int i = 1; i <= count; ++i) members.push_back(enter("Member " + std::to_string(i)));
  }

  PersonId enter(const std::string& name, Role role = Role::member) {
    const PersonId person = come(name, role);
    REQUIRE(outcome(act(person, RoomEnter{hall})) == "ok");
    return person;
  }
  static RoundOptions options(std::int64_t size, std::int64_t rounds) {
    RoundOptions asked;
    asked.size = size;
    asked.rounds = rounds;
    return asked;
  }
  RoundAnnounce announcing() {
    RoundAnnounce command;
    command.nonce = "announce-" + std::to_string(++nonces_);
    command.room = hall;
    return command;
  }
  PreviewReply preview(const RoundOptions& asked) {
    return std::get<PreviewReply>(work(act(fia, RoundPreview{hall, asked})).reply);
  }
  Decision announce(const RoundOptions& asked) {
    RoundAnnounce command = announcing();
    command.options = asked;
    Decision announced = act(fia, command);
    REQUIRE(outcome(announced) == "ok");
    work(announced);
    return announced;
  }
  void start(const RoundOptions& asked) {
    announce(asked);
    pass_ms(limits::announce_ms);
    REQUIRE(round().phase == RoundPhase::seated);
  }
  void end_round() {
    if (round().phase == RoundPhase::seated) act(fia, RoundEnd{hall});
    pass_ms(limits::wrap_ms);
    REQUIRE(round().phase == RoundPhase::plenary);
  }
  /// From the announcement to the end, in its full length.
  void run_round() {
    pass_ms(limits::announce_ms);
    REQUIRE(round().phase == RoundPhase::seated);
    pass_ms(round().options.minutes * 60'000 + limits::wrap_ms);
    REQUIRE(round().phase == RoundPhase::plenary);
  }

  const Round& round() const { return *event().find(hall)->rounds.round; }
  TableId table_of(PersonId person) const { return event().find(person)->table; }
  std::vector<PersonId> people_at(TableId table) const {
    std::vector<PersonId> people;
    for (const auto& [seat, person] : event().find(table)->seats) people.push_back(person);
    return people;
  }

  template <class Data>
  struct Told {
    TimeMs at = 0;
    StreamId stream;
    PersonId by;
    Data data;
  };
  /// The last push of a kind that was kept. Fails the test if there was none.
  template <class Data>
  Told<Data> last() const {
    for (auto push = journal().rbegin(); push != journal().rend(); ++push) {
      if (const auto* data = std::get_if<Data>(&push->data)) {
        return {push->at, push->stream, push->by, *data};
      }
    }
    FAIL("there was no " << Data::name);
    return {};
  }
  template <class Data>
  std::vector<Data> all() const {
    std::vector<Data> found;
    for (const Push& push : journal()) {
      if (const auto* data = std::get_if<Data>(&push.data)) found.push_back(*data);
    }
    return found;
  }

  RoomId hall;
  PersonId fia;
  PersonId mo;
  std::vector<PersonId> members;

 private:
  int nonces_ = 0;
};

}  // namespace hallway::test
