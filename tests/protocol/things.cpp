// The things of things.hpp.
#include "tests/protocol/things.hpp"

#include <map>

namespace hallway::test {
namespace {

PersonView person(PersonId id, const std::string& name, Role role = Role::member) {
  PersonView view;
  view.id = id;
  view.card.name = name;
  view.role = role;
  return view;
}

}  // namespace

Epoch epoch_of(StreamId stream) {
  static const std::map<StreamId, std::string> epochs{
      {event_stream, "7c1m5x9v3a8dq"}, {lobby_stream, "2f6j0t4z8k1ws"},
      {room_stream, "5b9e3h7n1r6vy"},  {table_stream, "0a4d8g2k6p9sx"},
      {desk_stream, "3c7f1j5m9q2ta"},  {conversation_stream, "6e0h4k8n2s7vz"},
      {anna_stream, "1d5g9j3m7r0ty"},
  };
  return Epoch{parse_base32(epochs.at(stream)).value()};
}

PersonView anna() {
  PersonView view = person(anna_id, "Anna Sørensen");
  view.card.about = "Ten years of patient records, two migrations";
  view.card.ask = "How do you retire a mainframe without a big bang?";
  view.card.offer = "Our checklist for cut-over weekends";
  view.card.org = "Region Midtjylland";
  view.card.title = "Head of IT";
  view.card.came_with = {bo_id};  // Shown to nobody.
  return view;
}

PersonView bo() {
  PersonView view = person(bo_id, "Bo Lindqvist");
  view.card.ask = "Who has run a chargeback model that people did not hate?";
  return view;
}

PersonView cara() {
  PersonView view = person(cara_id, "Cara O’Neill");
  view.card.offer = "War stories from three ERP programmes";
  view.state = PersonState::reconnecting;
  return view;
}

PersonView devika() {
  return person(dev_id, "Devika Rao", Role::facilitator);
}
PersonView elias() {
  return person(eli_id, "Elias Brandt", Role::moderator);
}

PersonView fay() {
  PersonView view = person(fay_id, "Fay Okonkwo");
  view.card.about = "First time here";
  return view;
}

TableView empty_table(TableId id, const std::string& name, const std::string& topic,
                      std::optional<std::int64_t> capacity) {
  TableView view;
  view.id = id;
  view.name = name;
  view.topic = topic;
  view.capacity = capacity;
  return view;
}

TableView table_1(bool with_seats) {
  TableView view = empty_table(table_1_id, "Table 1", "Retiring the mainframe");
  view.mood = Mood::deep;
  view.taken = 2;
  if (with_seats) {
    view.seats = {{anna_id, PersonState::online}, {cara_id, PersonState::reconnecting}};
  }
  return view;
}

RoomView room(RoomId id, const std::string& name, RoomKind kind, std::int64_t count) {
  RoomView view;
  view.id = id;
  view.name = name;
  view.kind = kind;
  view.count = count;
  return view;
}

RoomView tables_room(bool with_seats) {
  TableView table_2 = empty_table(table_2_id, "Table 2");
  table_2.locked = true;
  TableView sofa = empty_table(sofa_id, "Sofa", "", std::nullopt);
  sofa.taken = 1;
  if (with_seats) {
    table_2.seats.emplace();
    sofa.seats = {{bo_id, PersonState::online}};
  }
  RoomView view = room(tables_id, "Tables", RoomKind::tables, 4);
  view.tables = {table_1(with_seats), table_2, sofa};
  return view;
}

std::vector<ProgrammeItem> programme() {
  return {{1790000000000, 15, "Welcome", plenary_id}, {1790000900000, 60, "Open tables", {}}};
}

EventView event() {
  EventView view;
  view.id = event_id;
  view.title = "IT leaders’ evening";
  view.starts_at = 1790000000000;
  view.ends_at = 1790007200000;
  view.timezone = "Europe/Copenhagen";
  view.state = EventState::live;
  view.programme = programme();
  view.rooms = {room(lobby_id, "Lobby", RoomKind::lobby, 3),
                room(plenary_id, "Plenary", RoomKind::plenary, 0), tables_room(false)};
  return view;
}

RoundOptions round_options() {
  RoundOptions options;
  options.minutes = 8;
  options.rounds = 3;
  options.avoid_came_with = false;
  options.match_asks = true;
  options.together = {{anna_id, bo_id}};
  options.apart = {{cara_id, fay_id}, {bo_id, eli_id}};
  options.hosts = {{dev_id, table_1_id}};
  options.seed = 42;
  options.opener = own_opener;
  return options;
}

RoundView running_round() {
  RoundView view;
  view.plan = plan_id;
  view.number = 1;
  view.of = 3;
  view.phase = RoundPhase::seated;
  view.starts_at = round_starts_at;
  view.ends_at = round_ends_at;
  view.minutes = 8;
  view.size = 4;
  view.paused_at = round_starts_at + 60'000;
  view.opener = Opener{17, ""};
  view.chair = dev_id;
  view.tables = {{table_1_id, round_ends_at + 60'000}, {table_2_id, round_ends_at}};
  return view;
}

RoundView announced_round() {
  RoundView view;
  view.plan = plan_id;
  view.number = 2;
  view.of = 3;
  view.starts_at = round_starts_at;
  view.minutes = 8;
  view.size = 4;
  view.chair_offered = {eli_id, anna_id};
  return view;
}

MessageView pinned_message() {
  MessageView view;
  view.offset = 12;
  view.at = now - 60000;
  view.by = bo_id;
  view.body = "We moved the batch jobs first.\nThe night shift never noticed.";
  view.pinned = true;
  view.reactions = {{"👍", {anna_id, cara_id}}, {"👩🏽‍💻", {anna_id}}};
  return view;
}

MessageView edited_message() {
  MessageView view;
  view.offset = 14;
  view.at = now - 30000;
  view.by = anna_id;
  view.body = mention_body;
  view.reply_to = 12;
  view.edited = true;
  view.mentions = {bo_id};
  return view;
}

MessageView deleted_message() {
  MessageView view;
  view.offset = 15;
  view.at = now - 20000;
  view.by = cara_id;
  view.deleted = true;
  return view;
}

ConversationView conversation() {
  ConversationView view;
  view.id = conversation_id;
  view.people = {anna_id, bo_id};
  view.epoch = epoch_of(conversation_stream);
  view.offset = 6;
  view.read = 5;
  view.cards = {anna(), bo()};
  return view;
}

}  // namespace hallway::test
