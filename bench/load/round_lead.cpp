// Who leads the rounds of one room: see round_lead.hpp.
#include "load/round_lead.hpp"

#include <stdexcept>
#include <utility>

namespace hallway::load {
namespace {

constexpr std::int64_t arrival_limit_ms = 30'000;
constexpr std::int64_t answer_limit_ms = 30'000;
constexpr int clock_samples = 7;

}  // namespace

RoundLead::RoundLead(Loop& loop, const CommonOptions& common)
    : loop_(loop),
      member_(loop, parse_link(common.staff_link), Profile{"Lead", "", "", "", "", ""}, *this,
              traffic_, common.seed + 17) {}

void RoundLead::enter(const std::string& room) {
  room_ = room;
  member_.join();
  loop_.run_until([&] { return member_.is_ready() || !first_refusal_.empty(); }, arrival_limit_ms);
  member_.ask("room.enter", wire::Fields().add("room", room), [this](const Answer& answer) {
    if (!answer.ok) {
      note("room.enter: " + answer.body.dump());
    }
  });
  if (!loop_.run_until([&] { return entered_ == room_ || !first_refusal_.empty(); },
                       arrival_limit_ms) ||
      entered_ != room_) {
    throw std::runtime_error("the lead could not enter the room: " + first_refusal_);
  }
}

void RoundLead::read_clock() {
  std::int64_t best_us = INT64_MAX;
  for (int sample = 0; sample < clock_samples; ++sample) {
    const std::int64_t sent_us = now_us();
    bool answered = false;
    member_.ask("clock", wire::Fields().add("sent_at", wall_ms()), [&](const Answer& answer) {
      const std::int64_t trip_us = now_us() - sent_us;
      answered = true;
      if (answer.ok && trip_us < best_us) {
        best_us = trip_us;
        // The server cut its milliseconds off: on average half of one was lost.
        const std::int64_t server_us = answer.body["now"].number() * 1'000 + 500;
        clock_offset_us_ = sent_us + trip_us / 2 - server_us;
      }
    });
    if (!loop_.run_until([&] { return answered; }, answer_limit_ms)) {
      throw std::runtime_error("the server's clock was not told");
    }
  }
}

/// Sent and answered by hand: parsing what a large room's plan says would take the load client
/// longer than computing it takes the server, and delay all that it measures besides.
void RoundLead::ask_preview() {
  wire::Fields options;
  options.add("size", size_).add("rounds", rounds_).add("minutes", 1);
  wire::Fields data;
  data.add("room", room_).raw("options", options.str());
  const std::string id = std::to_string(member_.next_id());
  answer_prefix_ = "{\"id\":" + id + ",";
  sent_us_ = now_us();
  member_.send_text("{\"id\":" + id + ",\"cmd\":\"round.preview\",\"d\":" + data.str() + "}");
}

bool RoundLead::on_raw(std::string_view message) {
  if (answer_prefix_.empty() || !message.starts_with(answer_prefix_)) {
    return false;
  }
  const std::string_view answer = message.substr(0, message.find('\n'));
  latest_preview_us_ = now_us() - sent_us_;
  const bool ok = answer.substr(answer_prefix_.size()).starts_with("\"ok\"");
  answer_prefix_.clear();
  if (!ok) {
    note("round.preview: " + std::string(answer));
    previewing_ = false;
    return answer.size() == message.size();
  }
  preview_times_.add(latest_preview_us_);
  latest_preview_ = answer;
  if (previewing_) {
    ask_preview();
  }
  return answer.size() == message.size();
}

wire::Value RoundLead::latest_preview() const {
  return wire::parse(latest_preview_)["ok"];
}

std::int64_t RoundLead::preview(std::int64_t size, std::int64_t rounds) {
  latest_preview_us_ = 0;
  size_ = size;
  rounds_ = rounds;
  ask_preview();
  loop_.run_until([&] { return !is_waiting(); }, answer_limit_ms);
  return latest_preview_us_;
}

void RoundLead::preview_again_and_again(std::int64_t size, std::int64_t rounds) {
  previewing_ = true;
  size_ = size;
  rounds_ = rounds;
  ask_preview();
}

void RoundLead::announce() {
  starts_at_ms_ = 0;
  wire::Fields data;
  data.add("room", room_).add("plan", latest_preview()["plan"].text());
  member_.keep("round.announce", data, {}, {}, member_.fresh_nonce(), [this](const Answer& answer) {
    if (!answer.ok) {
      note("round.announce: " + answer.body.dump());
    }
  });
  loop_.run_until([&] { return starts_at_ms_ != 0 || !first_refusal_.empty(); }, answer_limit_ms);
}

void RoundLead::command(const std::string& name) {
  member_.ask(name, wire::Fields().add("room", room_), [this, name](const Answer& answer) {
    if (!answer.ok) {
      note(name + ": " + answer.body.dump());
    }
  });
}

void RoundLead::on_opened(const std::string& stream, const wire::Value&) {
  if (stream.starts_with("room:")) {
    entered_ = stream.substr(5);
  }
}

void RoundLead::on_push(const Push& push) {
  if (push.name == "round.announced") {
    starts_at_ms_ = push.data["starts_at"].number();
  }
}

void RoundLead::note(const std::string& refusal) {
  if (first_refusal_.empty()) {
    first_refusal_ = refusal;
  }
}

}  // namespace hallway::load
