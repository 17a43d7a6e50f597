// Recorded people of the history scenario: see wanderer.hpp.
#include "load/wanderer.hpp"

#include <algorithm>
#include <utility>

namespace hallway::load {
namespace {

constexpr std::size_t conversations_each = 3;
constexpr std::size_t said_kept = 30;

}  // namespace

Wanderer::Wanderer(const RunContext& run, const Link& link, Profile profile, std::int64_t client,
                   std::uint64_t seed, const MemberSettings& settings,
                   const WandererSettings& habits, const std::vector<std::string>& everyone)
    : Recorder(run, link, std::move(profile), "member", client, seed, settings),
      habits_(habits),
      everyone_(everyone) {}

std::size_t Wanderer::pick(std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(member().chance());
}

double Wanderer::share() {
  return std::uniform_real_distribution<double>(0, 1)(member().chance());
}

void Wanderer::on_hello(const wire::Value& hello) {
  Recorder::on_hello(hello);
  room_ = hello["place"]["room"].text();
  table_ = hello["place"]["table"].text();
  rooms_.clear();
  for (const wire::Value& room : hello["event"]["rooms"].items()) {
    rooms_.push_back(room["id"].text());
    if (room["kind"].text() == "tables" && tables_.empty()) {
      tables_room_ = room["id"].text();
      for (const wire::Value& table : room["tables"].items()) {
        tables_.push_back(table["id"].text());
      }
    }
  }
}

void Wanderer::on_opened(const std::string& stream, const wire::Value& data) {
  Recorder::on_opened(stream, data);
  // Somebody asks to talk: half of the people accept by a command, the others by writing.
  const wire::Value conversation = data["state"]["conversation"];
  if (acting_ && conversation["state"].text() == "requested" && share() < 0.5) {
    wire::Fields answer;
    answer.add("conversation", conversation["id"].text()).add("accept", true);
    member().ask("conversation.answer", answer);
  }
}

void Wanderer::start() {
  acting_ = true;
  // Most go straight to where the tables are; the others find their way by and by.
  if (!tables_room_.empty() && share() < 0.7) {
    enter(tables_room_);
  }
  act_later();
}

void Wanderer::act_later() {
  const double wait_s =
      std::exponential_distribution<double>(habits_.actions_per_s)(member().chance());
  loop().after_ms(static_cast<std::int64_t>(wait_s * 1'000) + 1, [this] {
    if (acting_) {
      act();
      act_later();
    }
  });
}

void Wanderer::act() {
  if (!member().is_ready()) {
    return;
  }
  const double what = share();
  double edge = habits_.drop_share;
  if (what < edge) {
    member().drop(share() < 0.5 ? 0 : static_cast<std::int64_t>(pick(3'000)) + 1);
  } else if (what < (edge += habits_.hop_share)) {
    move();
  } else if (what < (edge += 0.03)) {
    start_conversation();
  } else if (what < (edge += 0.03)) {
    change_words(false);
  } else if (what < edge + 0.01) {
    change_words(true);
  } else {
    say();
  }
}

void Wanderer::move() {
  if (tables_.empty() || share() < 0.1) {
    enter(rooms_[pick(rooms_.size())]);
  } else if (room_ != tables_room_) {
    enter(tables_room_);
  } else if (share() < 0.1) {
    member().ask("table.stand", {});
  } else {
    sit(tables_[pick(tables_.size())]);
  }
}

void Wanderer::enter(const std::string& room) {
  member().ask("room.enter", wire::Fields().add("room", room), [this, room](const Answer& answer) {
    if (answer.ok) {
      room_ = room;
      table_.clear();
    }
  });
}

void Wanderer::sit(const std::string& table) {
  member().ask("table.sit", wire::Fields().add("table", table),
               [this, table](const Answer& answer) {
                 if (answer.ok) {
                   table_ = table;
                   sat_at_.insert(table);
                 }
               });
}

std::string Wanderer::words() {
  static constexpr std::string_view filler =
      "the quiet hour after lunch, when everybody at the table knows one thing that nobody "
      "else knows \xE2\x80\x94 and says it; \"quoted\", \\ escaped, \xF0\x9F\x99\x82 and all.";
  return "number " + std::to_string(++number_) + ": " +
         std::string(filler.substr(0, 20 + pick(60)));
}

void Wanderer::say() {
  std::vector<std::string> streams;
  if (!room_.empty()) {
    streams.push_back("room:" + room_);
  }
  for (const auto& [stream, point] : member().streams()) {
    if (stream.starts_with("conversation:") || stream.starts_with("table:")) {
      streams.push_back(stream);
    }
  }
  if (streams.empty()) {
    return;
  }
  const std::string stream = streams[pick(streams.size())];
  // Sometimes several at once, before any is answered: their order must hold.
  const std::size_t count = share() < 0.2 ? 3 : 1;
  for (std::size_t i = 0; i < count; ++i) {
    say_in(stream);
  }
}

void Wanderer::say_in(const std::string& stream) {
  const std::string nonce = member().fresh_nonce();
  const std::string body = marked_body(nonce, words());
  wire::Fields data;
  data.add("stream", stream).add("body", body);
  member().keep("message.send", data, stream, body, nonce, [this, stream](const Answer& answer) {
    if (answer.ok) {
      said_.push_back({stream, static_cast<std::uint64_t>(answer.body["offset"].number())});
      if (said_.size() > said_kept) {
        said_.erase(said_.begin());
      }
    }
  });
}

void Wanderer::change_words(bool removing) {
  if (said_.empty()) {
    return;
  }
  const std::size_t index = pick(said_.size());
  const Said said = said_[index];
  const std::string nonce = member().fresh_nonce();
  wire::Fields data;
  data.add("stream", said.stream).add("offset", said.offset);
  if (removing) {
    said_.erase(said_.begin() + static_cast<std::ptrdiff_t>(index));
    member().keep("message.delete", data, said.stream, {}, nonce);
  } else {
    const std::string body = marked_body(nonce, words());
    data.add("body", body);
    member().keep("message.edit", data, said.stream, body, nonce);
  }
}

void Wanderer::start_conversation() {
  std::size_t held = 0;
  for (const auto& [stream, point] : member().streams()) {
    held += stream.starts_with("conversation:") ? 1U : 0U;
  }
  const std::string& other = everyone_[pick(everyone_.size())];
  if (held >= conversations_each || other.empty() || other == member().person()) {
    return;
  }
  const std::string nonce = member().fresh_nonce();
  const std::string body = marked_body(nonce, words());
  wire::Fields data;
  data.list("people", {other}).add("body", body);
  member().keep("conversation.start", data, {}, body, nonce);
}

void Wanderer::read_everything(std::function<void()> done) {
  ask_patiently("room.enter", wire::Fields().add("room", tables_room_),
                [this, done](const Answer&) {
                  read_next({sat_at_.begin(), sat_at_.end()}, done);
                });
}

void Wanderer::read_next(std::vector<std::string> tables, std::function<void()> done) {
  if (tables.empty()) {
    std::vector<std::string> streams;
    for (const auto& [stream, point] : member().streams()) {
      if (stream.starts_with("conversation:") || stream.starts_with("room:")) {
        streams.push_back(stream);
      }
    }
    read_held(std::move(streams), std::move(done));
    return;
  }
  const std::string table = tables.back();
  tables.pop_back();
  ask_patiently("table.sit", wire::Fields().add("table", table),
                [this, table, tables, done](const Answer& answer) {
                  if (answer.ok) {
                    read_stream("table:" + table,
                                [this, tables, done] { read_next(tables, done); });
                  } else {
                    read_next(tables, done);
                  }
                });
}

void Wanderer::read_held(std::vector<std::string> streams, std::function<void()> done) {
  if (streams.empty()) {
    // Leaves the last table free for the next reader.
    ask_patiently("table.stand", {}, [done](const Answer&) { done(); });
    return;
  }
  const std::string stream = streams.back();
  streams.pop_back();
  read_stream(stream, [this, streams, done] { read_held(streams, done); });
}

Observer::Observer(const RunContext& run, const Link& link, Profile profile, std::int64_t client,
                   std::uint64_t seed, const MemberSettings& settings, std::size_t room_index)
    : Recorder(run, link, std::move(profile), "organiser", client, seed, settings),
      room_index_(room_index) {}

void Observer::on_hello(const wire::Value& hello) {
  Recorder::on_hello(hello);
  rooms_ = hello["event"]["rooms"].size();
  room_ = hello["event"]["rooms"].at(room_index_)["id"].text();
  if (hello["place"]["room"].text() == room_) {
    watching_ = true;
  } else {
    ask_patiently("room.enter", wire::Fields().add("room", room_),
                  [this](const Answer& answer) { watching_ = answer.ok; });
  }
}

void Observer::read_everything(std::function<void()> done) {
  read_stream("room:" + room_, std::move(done));
}

}  // namespace hallway::load
