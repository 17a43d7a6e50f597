// Which organisation sits in which column of a design.
#pragma once

#include <vector>

#include "rooms/seating/seating.hpp"

namespace hallway::seating {

/// The people in such an order that, filling columns of those capacities one after the other, as
/// few organisations as possible are split: who shares a column never meets. Of an organisation
/// larger than a column a whole column is filled. Capacities add up to the number of people.
std::vector<Person> pack_organisations(const std::vector<Person>& people,
                                       const std::vector<std::uint32_t>& org,
                                       const std::vector<std::size_t>& capacities);

}  // namespace hallway::seating
