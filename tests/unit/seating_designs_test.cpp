// Every construction gives what it promises, and the recount lets nothing else pass.
#include <catch2/catch.hpp>

#include "rooms/seating/designs/constructions.hpp"
#include "rooms/seating/designs/field.hpp"

using namespace hallway::seating;

namespace {

void check(const Design& design, std::size_t rounds) {
  INFO(design.tables << " tables of " << design.size << " by " << design.method);
  CHECK(design.rounds.size() == rounds);
  CHECK(is_sound(design));
}

}  // namespace

TEST_CASE("Fields of prime power order, and no others", "[seating]") {
  for (const std::uint32_t order : {2u, 3u, 4u, 5u, 7u, 8u, 9u, 16u, 25u, 27u, 49u, 128u}) {
    const auto field = Field::of(order);
    REQUIRE(field);
    for (std::uint32_t a = 1; a < order; ++a) {
      std::vector<bool> is_met(order);
      for (std::uint32_t b = 0; b < order; ++b) {
        CHECK(field->subtract(field->add(a, b), b) == a);
        is_met[field->multiply(a, b)] = true;
        // The distributive law, on one more element.
        CHECK(field->multiply(a, field->add(b, 1)) == field->add(field->multiply(a, b), a));
      }
      CHECK(std::find(is_met.begin(), is_met.end(), false) == is_met.end());
    }
  }
  for (const std::uint32_t order : {0u, 1u, 6u, 10u, 12u, 100u, 5000u}) {
    CHECK_FALSE(Field::of(order));
  }
}

TEST_CASE("The circle method seats all pairs of any number of tables", "[seating]") {
  for (std::uint32_t tables = 1; tables <= 20; ++tables) {
    check(circle(tables, 100), 2 * tables - 1);
  }
}

TEST_CASE("Lines over fields", "[seating]") {
  check(lines(9, 5, 100), 9);
  check(lines(8, 8, 100), 8);
  check(lines(25, 4, 12), 12);
  check(lines(6, 3, 5), 0);
  check(lines(5, 6, 5), 0);
}

TEST_CASE("Difference families seat every pair exactly once", "[seating]") {
  check(difference_family(4, 100), 5);
  check(difference_family(7, 100), 9);
  check(difference_family(10, 100), 13);
  check(difference_family(13, 100), 17);
  check(difference_family(8, 100), 0);   // (4·8−1)/3 is not whole.
  check(difference_family(16, 100), 0);  // 21 is no prime power.
}

TEST_CASE("Shifts: given while they do not turn over, else searched for", "[seating]") {
  CHECK(std::string(shifts(50, 6, 8).method) == "cyclic shifts");
  check(shifts(50, 6, 8), 8);
  CHECK(std::string(shifts(20, 6, 8).method) == "difference matrix");
  check(shifts(20, 6, 8), 8);
  check(shifts(10, 7, 7), 7);
  check(shifts(12, 5, 10), 10);
  check(shifts(2, 7, 9), 1);
}

TEST_CASE("Ten tables of ten by orthogonal Latin squares", "[seating]") {
  check(squares_of_ten(10, 10, 9), 4);
  check(squares_of_ten(10, 9, 9), 0);
}

TEST_CASE("Every starter of the catalogue holds", "[seating]") {
  struct Cell {
    std::uint32_t tables, size;
    std::size_t rounds;
  };
  for (const Cell& cell : std::vector<Cell>{{5, 3, 7},
                                            {6, 3, 8},
                                            {6, 4, 7},
                                            {6, 5, 6},
                                            {7, 3, 10},
                                            {8, 3, 11},
                                            {8, 4, 10},
                                            {10, 3, 14},
                                            {10, 6, 7},
                                            {10, 8, 5},
                                            {10, 9, 5}}) {
    check(catalogued(cell.tables, cell.size, 100), cell.rounds);
    check(catalogued(cell.tables, cell.size, 2), 2);
  }
  check(catalogued(8, 5, 3), 0);
}

TEST_CASE("The known frontier is reached by designs alone", "[seating]") {
  const std::vector<std::vector<std::size_t>> known = {{5, 4},
                                                       {7, 4, 5},
                                                       {9, 7, 5, 6},
                                                       {11, 8, 7, 6, 3},
                                                       {13, 10, 9, 7, 7, 8},
                                                       {15, 11, 10, 8, 8, 8, 9},
                                                       {17, 13, 9, 9, 9, 9, 9, 10},
                                                       {19, 14, 13, 9, 7, 7, 5, 5, 4}};
  for (std::uint32_t row = 0; row < known.size(); ++row) {
    for (std::uint32_t column = 0; column < known[row].size(); ++column) {
      const std::size_t rounds = known[row][column];
      check(best_design(row + 3, column + 2, rounds), rounds);
    }
  }
}

TEST_CASE("Designs are sound, or empty, for any numbers", "[seating]") {
  for (std::uint32_t tables = 1; tables <= 24; ++tables) {
    for (std::uint32_t size = 1; size <= 12; size += 1) {
      const Design design = best_design(tables, size, 5);
      INFO(tables << " tables of " << size);
      CHECK(is_sound(design));
      CHECK(design.rounds.size() <= 5);
      if (size >= 2) CHECK(design.rounds.size() >= 1);
    }
  }
  CHECK(best_design(0, 4, 5).rounds.empty());
  CHECK(best_design(4, 4, 0).rounds.empty());
}

TEST_CASE("The recount finds a pair that meets twice, and a table that is not full", "[seating]") {
  Design design = best_design(5, 4, 5);
  REQUIRE(is_sound(design));
  Design twice = design;
  twice.rounds[3] = twice.rounds[1];
  CHECK_FALSE(is_sound(twice));
  Design uneven = design;
  uneven.rounds[2][0] = static_cast<std::uint16_t>((uneven.rounds[2][0] + 1) % 5);
  CHECK_FALSE(is_sound(uneven));
  Design outside = design;
  outside.rounds[0][7] = 5;
  CHECK_FALSE(is_sound(outside));
  Design few = design;
  few.rounds[4].pop_back();
  CHECK_FALSE(is_sound(few));
}
