#include "server/sqlite_people.hpp"

#include <algorithm>
#include <string>

namespace hallway {
namespace {

std::string joined_ids(const std::vector<PersonId>& people) {
  std::string text;
  for (const PersonId person : people) text += (text.empty() ? "" : " ") + to_text(person);
  return text;
}

std::vector<PersonId> split_ids(const std::string& text) {
  std::vector<PersonId> people;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    people.push_back(parse_id<PersonTag>(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return people;
}

}  // namespace

void put_person(Database& database, PersonId person, const Card& card) {
  if (card.name.empty()) return;
  database.run(
      "INSERT INTO person(id, name, about, ask, offer, org, title, came_with) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET name = excluded.name, "
      "about = excluded.about, ask = excluded.ask, offer = excluded.offer, org = excluded.org, "
      "title = excluded.title, came_with = excluded.came_with",
      person.value, card.name, card.about, card.ask, card.offer, card.org, card.title,
      joined_ids(card.came_with));
}

void project_block(Database& database, PersonId person, const PushData& data) {
  if (const auto* blocked = std::get_if<PersonBlocked>(&data)) {
    database.run("INSERT OR IGNORE INTO block(person, other) VALUES(?, ?)", person.value,
                 blocked->person.value);
  } else if (const auto* unblocked = std::get_if<PersonUnblocked>(&data)) {
    database.run("DELETE FROM block WHERE person = ? AND other = ?", person.value,
                 unblocked->person.value);
  }
}

Card read_card(const Query& row, int first) {
  return {
      row.text(first),     row.text(first + 1), row.text(first + 2),           row.text(first + 3),
      row.text(first + 4), row.text(first + 5), split_ids(row.text(first + 6))};
}

bool read_guest(const Query& row, int first) {
  return row.integer(first + 7) != 0;
}

}  // namespace hallway
