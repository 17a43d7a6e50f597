// Who met at earlier events of the group meets someone else first (`avoid.met`).
#include <algorithm>

#include "round_stage.hpp"

namespace hallway::test {
namespace {

/// Pairs that a plan's first round seats together, of those remembered.
std::size_t met_again(const RoundStage& r, const PreviewReply& preview) {
  std::size_t again = 0;
  for (const auto& [table, people] : preview.rounds.front()) {
    for (const MetBefore& pair : r.met) {
      const bool has_one = std::find(people.begin(), people.end(), pair.one) != people.end();
      const bool has_other = std::find(people.begin(), people.end(), pair.other) != people.end();
      if (has_one && has_other) ++again;
    }
  }
  return again;
}

TEST_CASE("pairs of earlier events are kept apart where that is possible, and told of") {
  RoundStage r(8);
  const auto& m = r.members;
  RoundOptions asked = RoundStage::options(2, 1);
  asked.size_min = 2;
  // Everybody but 1 and 2, 3 and 4 … has met.
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::size_t j = i + 1; j < 8; ++j) {
      if (i % 2 == 0 && j == i + 1) continue;
      r.met.push_back({m[i], m[j], 1.0});
    }
  }
  const PreviewReply fresh = r.preview(asked);
  CHECK(met_again(r, fresh) == 0);
  CHECK(fresh.quality.met_before == 0);
  // Now there is nobody new to meet: the figures say so.
  for (std::size_t i = 0; i < 8; i += 2) r.met.push_back({m[i], m[i + 1], 1.0});
  CHECK(r.preview(asked).quality.met_before == 4);
  asked.avoid_met = false;
  CHECK(r.preview(asked).quality.met_before == 0);
}

TEST_CASE("what has faded counts for less than what is fresh") {
  RoundStage r(4);
  const auto& m = r.members;
  RoundOptions asked = RoundStage::options(2, 1);
  asked.size_min = 2;
  r.met = {{m[0], m[1], 1.0}, {m[2], m[3], 1.0}, {m[0], m[2], 1.0},
           {m[1], m[3], 1.0}, {m[0], m[3], 0.1}, {m[1], m[2], 0.1}};
  const PreviewReply preview = r.preview(asked);
  for (const auto& [table, people] : preview.rounds.front()) {
    const bool has_first = std::find(people.begin(), people.end(), m[0]) != people.end();
    const bool has_last = std::find(people.begin(), people.end(), m[3]) != people.end();
    CHECK(has_first == has_last);
  }
}

TEST_CASE("strangers to the event among what is remembered change nothing") {
  RoundStage r(4);
  r.met = {{PersonId{901}, PersonId{902}, 1.0}, {r.members[0], PersonId{901}, 1.0}};
  CHECK(r.preview(RoundStage::options(4, 1)).quality.met_before == 0);
}

}  // namespace
}  // namespace hallway::test
