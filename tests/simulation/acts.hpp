// What a person may think of doing, chosen by chance among what their client shows them.
#pragma once

#include <memory>
#include <vector>

#include "tests/simulation/client.hpp"

namespace hallway::simulation {

class Acts {
 public:
  Acts(World& world, std::vector<PersonView> people) : world_(world), people_(std::move(people)) {}

  /// Something a member does.
  void something(Client& client);
  /// Something the staff does; refused to others.
  void staff_work(Client& client);
  /// Something that moderators do (acts_moderation.cpp); refused to others.
  void moderate(Client& client);
  /// Something that the desk may have to look at.
  void give_work(Client& client);
  /// nullptr: they have no desk.
  static const DeskFold* desk_of(const Client& client);
  /// Something that whoever leads rounds does with them (acts_round.cpp).
  void lead(Client& client);
  /// To the room of tables.
  void join_tables(Client& client);

 private:
  void in_round(Client& client);
  void announce(Client& client, const std::string& room);
  void steer(Client& client, const std::string& room);
  void move_somebody(Client& client);
  Json some_options();
  void moderate_people(Client& client);
  void change_role(Client& client);
  void moderate_places(Client& client);
  void show_out_or_in(Client& client);
  void work_the_queue(Client& client);
  void review(Client& client, const std::map<std::int64_t, Json>& held);
  void report(Client& client, const std::string& stream, Offset offset);
  void talk(Client& client);
  void touch_message(Client& client);
  void move(Client& client);
  void at_table(Client& client);
  void privately(Client& client);
  std::string some_stream(const Client& client);
  std::string room_of(const Client& client) const;
  std::string own_table(const Client& client) const;
  std::string some_table(const Client& client);
  std::string some_room(const Client& client);
  std::string somebody();
  std::string words();

  World& world_;
  std::vector<PersonView> people_;
};

}  // namespace hallway::simulation
