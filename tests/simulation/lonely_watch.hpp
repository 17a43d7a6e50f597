// Nobody sits alone: a connected person at a running table whose others are all gone is merged into
// another in ten seconds, where there is one with people at it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "tests/simulation/client.hpp"
#include "tests/simulation/world.hpp"

namespace hallway::simulation {

class LonelyWatch {
 public:
  using Clients = std::vector<std::unique_ptr<Client>>;
  LonelyWatch(World& world, const Clients& clients) : world_(world), clients_(clients) {}

  /// Throws Broken where somebody was alone for too long. Precondition: no step is under way.
  void look();

 private:
  void note_connections();
  std::set<PersonId> who_is_alone() const;
  void look_at(const Room& room, std::set<PersonId>& alone) const;
  /// Nobody else counts at the table: the others are away for certain.
  bool are_others_away(const Table& table, PersonId person) const;
  bool has_connected(const Table& table) const;

  World& world_;
  const Clients& clients_;
  std::set<PersonId> connected_;
  std::map<PersonId, TimeMs> last_connected_;
  std::map<PersonId, TimeMs> alone_since_;
};

}  // namespace hallway::simulation
