// One simulated person: see bot.hpp.
#include "bots/bot.hpp"

#include <cstdio>
#include <utility>

#include "bots/crowd.hpp"
#include "bots/profiles.hpp"

namespace hallway::load {
namespace {

// Mean durations in seconds of conversation time.
constexpr double stay_mean_s = 150;
constexpr double break_mean_s = 60;

// Of the people who are asked, or told.
constexpr double merge_share = 0.5;
constexpr double ask_time_share = 0.05;
constexpr double notice_share = 0.8;

constexpr std::int64_t answer_limit_ms = 5'000;
constexpr std::int64_t backoff_max_ms = 3'000;

MemberSettings bot_settings() {
  MemberSettings settings;
  settings.answer_limit_ms = answer_limit_ms;
  settings.backoff_max_ms = backoff_max_ms;
  return settings;
}

double exponential_s(double mean_s, std::mt19937_64& chance) {
  return std::exponential_distribution<double>(1.0 / mean_s)(chance);
}

}  // namespace

Bot::Bot(Crowd& crowd, const Link& link, Profile profile, TrafficCount& traffic, std::uint64_t seed)
    : crowd_(crowd),
      member_(crowd.loop(), link, std::move(profile), *this, traffic, seed, bot_settings()) {}

std::string Bot::given_name() const {
  return first_name(member_.profile().name);
}

double Bot::share() {
  return std::uniform_real_distribution<double>(0, 1)(member_.chance());
}

void Bot::on_joined() {
  member_.connect();
}

void Bot::on_refused(const std::string& why) {
  gone_ = true;
  std::fprintf(stderr, "%s: %s\n", member_.profile().name.c_str(), why.c_str());
}

void Bot::on_hello(const wire::Value& hello) {
  gone_ = false;
  crowd_.learn_event(hello["event"]);
  room_ = hello["place"]["room"].text();
  table_ = hello["place"]["table"].text();
  if (!hello["place"]["waiting"].flag()) {
    settle_later();
  }
}

void Bot::on_opened(const std::string& stream, const wire::Value& data) {
  crowd_.learn_room(stream, data);
  if (stream.starts_with("event:")) {
    settle_later();  // let in after waiting
  }
  if (stream.starts_with("room:")) {
    room_ = stream.substr(5);
    see_broadcast(static_cast<std::uint64_t>(data["state"]["broadcast"]["offset"].number()));
  }
  if (stream.starts_with("table:")) {
    table_ = stream.substr(6);
    shrunk_.clear();
  }
  if (stream.starts_with("conversation:")) {
    crowd_.meet(*this, data["state"]["conversation"], data["messages"]);
  }
}

void Bot::on_closed(const std::string& stream) {
  if (stream == "table:" + table_) {
    table_.clear();
    settle_later();
  }
}

void Bot::on_push(const Push& push) {
  crowd_.learn_push(push);
  if (push.name == "message.posted") {
    crowd_.hear(*this, {push.stream, push.offset, push.by, push.data["body"].text()});
  } else if (push.name == "table.invited") {
    answer_invitation(push.data["room"].text(), push.data["table"].text());
  } else if (push.name == "table.knocked") {
    answer_knock(push.data["knock"].number());
  } else if (push.name == "table.shrunk") {
    answer_shrunk(push.data);
  } else if (push.stream == "room:" + room_) {
    on_room_push(push);
  }
}

void Bot::on_room_push(const Push& push) {
  if (push.name == "broadcast.posted") {
    see_broadcast(push.offset);
  } else if (push.name == "round.warned" && !table_.empty() && share() < ask_time_share) {
    crowd_.after_s(2 + 6 * share(),
                   [this] { member_.ask("round.ask_time", wire::Fields().add("table", table_)); });
  }
}

void Bot::settle_later() {
  if (settling_) {
    return;
  }
  settling_ = true;
  crowd_.after_s(1 + 5 * share(), [this] {
    settling_ = false;
    settle();
  });
}

/// Brings the person one step nearer to a chair, from wherever they are.
void Bot::settle() {
  if (!member_.is_ready() || gone_) {
    return;
  }
  if (!moving_) {
    moving_ = true;
    move_later();
  }
  if (room_ != crowd_.tables_room()) {
    const std::string room = crowd_.tables_room();
    member_.ask("room.enter", wire::Fields().add("room", room), [this, room](const Answer& answer) {
      if (answer.ok) {
        room_ = room;
      }
      settle_later();
    });
  } else if (table_.empty()) {
    sit_somewhere();
  }
}

/// In a round the server says where one sits, and between two of them one waits for the next.
void Bot::sit_somewhere() {
  if (!crowd_.is_free_time()) {
    return;
  }
  const std::string table = crowd_.inviting_table(table_);
  if (!table.empty()) {
    sit(table);
  } else if (table_.empty() && !crowd_.sofa().empty()) {
    sit(crowd_.sofa());
  }
}

void Bot::sit(const std::string& table) {
  member_.ask("table.sit", wire::Fields().add("table", table), [this, table](const Answer& answer) {
    if (!answer.ok) {
      settle_later();  // full by a hair, or locked meanwhile: look again
      return;
    }
    table_ = table;
    if (table != crowd_.sofa() && !crowd_.has_topic(table) && share() < 0.6) {
      const auto& topics = table_topics();
      const std::size_t topic = crowd_.pick(topics.size());
      set_topic(std::string(topics[topic]));
    }
  });
}

void Bot::move_later() {
  crowd_.after_s(20 + exponential_s(stay_mean_s, chance()), [this] {
    if (!gone_) {
      move();
    }
    move_later();
  });
}

void Bot::move() {
  if (!is_here() || room_ != crowd_.tables_room()) {
    settle_later();
    return;
  }
  if (!crowd_.is_free_time()) {
    return;
  }
  const double what = share();
  if (what < 0.6) {
    sit_somewhere();
  } else if (what < 0.75) {
    member_.ask("table.stand", {},
                [this](const Answer&) { crowd_.after_s(30, [this] { sit_somewhere(); }); });
  } else if (what < 0.9) {
    take_a_break();
  }
}

void Bot::take_a_break() {
  gone_ = true;
  room_.clear();
  table_.clear();
  member_.leave();
  crowd_.after_s(15 + exponential_s(break_mean_s, chance()), [this] {
    if (!home_) {
      come_back();
    }
  });
}

void Bot::go_home() {
  home_ = true;
  gone_ = true;
  room_.clear();
  table_.clear();
  member_.leave();
}

void Bot::come_back() {
  home_ = false;
  gone_ = false;
  member_.connect();
}

void Bot::lose_line(std::int64_t back_after_ms) {
  if (member_.is_ready()) {
    gone_ = true;
    member_.drop(back_after_ms);
  }
}

void Bot::sit_out() {
  if (is_here()) {
    member_.ask("round.sit_out", wire::Fields().add("room", room_).add("on", true));
  }
}

void Bot::answer_invitation(const std::string& room, const std::string& table) {
  // Most people follow an invitation; the others simply stay where they are.
  if (room == room_ && crowd_.is_free_time() && share() < 0.7) {
    crowd_.after_s(3 + 4 * share(), [this, table] { sit(table); });
  }
}

void Bot::answer_knock(std::int64_t knock) {
  const std::string table = table_;
  crowd_.after_s(1 + 3 * share(), [this, knock, table] {
    member_.ask("table.answer",
                wire::Fields().add("table", table).add("knock", knock).add("admit", true));
  });
}

/// Two are left: half of the people would rather join another table than stay a pair.
void Bot::answer_shrunk(const wire::Value& shrunk) {
  const std::string table = shrunk["table"].text();
  if (shrunk["left"].number() != 2 || table != table_ || table == shrunk_) {
    return;
  }
  shrunk_ = table;
  if (share() < merge_share) {
    crowd_.after_s(3 + 5 * share(), [this, table] {
      member_.ask("table.merge", wire::Fields().add("table", table));
    });
  }
}

void Bot::see_broadcast(std::uint64_t offset) {
  if (offset == 0 || share() > notice_share) {
    return;
  }
  crowd_.after_s(1 + 5 * share(), [this, offset, room = room_] {
    member_.ask("broadcast.seen", wire::Fields().add("room", room).add("offset", offset));
  });
}

void Bot::say(const std::string& stream, const std::string& body, std::uint64_t reply_to,
              OnOffset on_offset) {
  wire::Fields data;
  data.add("stream", stream).add("body", body);
  if (reply_to > 0) {
    data.add("reply_to", reply_to);
  }
  member_.keep("message.send", data, stream, body, member_.fresh_nonce(),
               [on_offset](const Answer& answer) {
                 if (answer.ok && on_offset) {
                   on_offset(static_cast<std::uint64_t>(answer.body["offset"].number()));
                 }
               });
}

void Bot::show_typing(const std::string& stream) {
  member_.ask("typing", wire::Fields().add("stream", stream));
}

void Bot::react(const SeenMessage& message, const std::string& emoji) {
  wire::Fields data;
  data.add("stream", message.stream).add("offset", message.offset);
  data.add("emoji", emoji).add("on", true);
  member_.ask("message.react", data);
}

void Bot::write_to(const std::string& person, const std::string& body,
                   std::function<void(const std::string& conversation)> on_started) {
  wire::Fields data;
  data.list("people", {person}).add("body", body);
  member_.keep("conversation.start", data, {}, body, member_.fresh_nonce(),
               [on_started](const Answer& answer) {
                 if (answer.ok) {
                   on_started(answer.body["conversation"].text());
                 }
               });
}

void Bot::ask_name(const std::string& person,
                   std::function<void(const std::string& name)> on_name) {
  wire::Fields data;
  data.list("people", {person});
  member_.ask("person.get", data, [on_name](const Answer& answer) {
    on_name(answer.body["people"].at(0)["name"].text());
  });
}

void Bot::set_topic(const std::string& topic) {
  member_.ask("table.update", wire::Fields().add("table", table_).add("topic", topic));
}

}  // namespace hallway::load
