// See event_bytes.hpp.
#include "rooms/event_bytes.hpp"

#include <algorithm>
#include <string>

#include "protocol/codec.hpp"
#include "rooms/stream_log.hpp"

namespace hallway {
namespace {

// Names of fields, quotes, ids and words of each thing, generously.
constexpr std::size_t person_bytes = 200;
constexpr std::size_t table_bytes = 180;
constexpr std::size_t seat_bytes = 64;
constexpr std::size_t room_bytes = 220;
constexpr std::size_t item_bytes = 120;
constexpr std::size_t envelope_bytes = 1024;

/// Texts hold no control characters, so only quotes and backslashes grow.
std::size_t text_bytes(const std::string& text) {
  const auto grows = [](char c) { return c == '"' || c == '\\'; };
  return text.size() + static_cast<std::size_t>(std::count_if(text.begin(), text.end(), grows));
}

std::size_t bytes_of(const TableView& table) {
  const std::size_t seats = table.seats ? table.seats->size() : 0;
  return table_bytes + text_bytes(table.name) + text_bytes(table.topic) + seats * seat_bytes;
}

std::size_t bytes_of(const RoomView& room) {
  std::size_t bytes = room_bytes + text_bytes(room.name);
  for (const TableView& table : room.tables) bytes += bytes_of(table);
  return bytes;
}

std::size_t bytes_of(const EventStreamState& state) {
  std::size_t bytes = 2 * envelope_bytes;
  for (const RoomView& room : state.event.rooms) bytes += bytes_of(room);
  for (const ProgrammeItem& item : state.event.programme) {
    bytes += item_bytes + text_bytes(item.title);
  }
  return bytes;
}

std::size_t bytes_of(const RoomStreamState& state) {
  std::size_t bytes = bytes_of(state.room);
  for (const PersonView& person : state.people) bytes += encoded_bytes_max(person);
  return bytes;
}

std::size_t bytes_of(const TableStreamState& state) {
  std::size_t bytes = bytes_of(state.table) + state.visitors.size() * seat_bytes;
  for (const KnockView& knock : state.knocks) bytes += item_bytes + text_bytes(knock.line);
  return bytes;
}

std::size_t bytes_of(const DeskStreamState& state) {
  std::size_t bytes = 0;
  for (const HelpView& help : state.help) bytes += item_bytes + text_bytes(help.line);
  for (const PersonView& person : state.waiting) bytes += encoded_bytes_max(person);
  return bytes;  // There is no talk at the desk that would make room for the rest.
}

template <class NotOfAnEvent>
std::size_t bytes_of(const NotOfAnEvent&) {
  return 0;
}

}  // namespace

std::size_t encoded_bytes_max(const PersonView& person) {
  const Card& card = person.card;
  return person_bytes + text_bytes(card.name) + text_bytes(card.about) + text_bytes(card.ask) +
         text_bytes(card.offer) + text_bytes(card.org) + text_bytes(card.title);
}

bool take_bytes(std::size_t& bytes_left, const PersonView& person) {
  const std::size_t bytes = encoded_bytes_max(person) + 1;
  if (bytes > bytes_left) return false;
  bytes_left -= bytes;
  return true;
}

void fit_into_answer(Snapshot& snapshot) {
  std::size_t bytes = envelope_bytes;
  bytes += std::visit([](const auto& state) { return bytes_of(state); }, snapshot.state);
  // The log itself left this much beside the messages.
  if (bytes <= limits::answer_bytes_max - StreamLog::messages_bytes_max) return;
  auto oldest = snapshot.messages.end();
  while (oldest != snapshot.messages.begin()) {
    bytes += encoded_bytes(*std::prev(oldest)) + 1;
    if (bytes > limits::answer_bytes_max) break;
    --oldest;
  }
  if (oldest == snapshot.messages.begin()) return;
  snapshot.messages.erase(snapshot.messages.begin(), oldest);
  snapshot.more = true;
}

}  // namespace hallway
