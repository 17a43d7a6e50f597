// People and their name cards as rows.
#pragma once

#include <optional>

#include "protocol/push.hpp"
#include "protocol/view.hpp"
#include "server/sqlite_db.hpp"

namespace hallway {

/// A push stored before names were told carries no card; it changes nothing.
void put_person(Database& database, PersonId person, const Card& card);

/// `person.blocked` and `person.unblocked` as a row; other pushes change nothing.
void project_block(Database& database, PersonId person, const PushData& data);

/// Columns of `person` from `first` on, in the order of `card_columns`.
Card read_card(const Query& row, int first);
/// The column behind those of the card: `card_columns` ends with it.
bool read_guest(const Query& row, int first);
inline constexpr const char* card_columns = "name, about, ask, offer, org, title, came_with, guest";

}  // namespace hallway
