// Pairs who write in private: see letters.hpp.
#include "load/letters.hpp"

#include <stdexcept>

namespace hallway::load {
namespace {

constexpr std::int64_t open_limit_ms = 60'000;
constexpr std::size_t body_bytes = 150;

}  // namespace

Letters::Letters(Loop& loop, Audience& audience, std::size_t pairs, double rate)
    : loop_(loop), audience_(audience), pairs_(pairs), rate_(rate) {}

void Letters::meet_in_groups(std::size_t first_group) {
  for (std::size_t i = 0; i < 2 * pairs_; ++i) {
    audience_[i].go_to_group(first_group + i / 2);
  }
}

void Letters::open(bool floor) {
  for (std::size_t pair = 0; pair < pairs_; ++pair) {
    Attendee& from = audience_[2 * pair];
    if (floor) {
      from.prepare_to_send("", body_bytes);
      writers_.push_back(&from);
    } else {
      ask(from, audience_[2 * pair + 1]);
    }
  }
  if (!loop_.run_until([this] { return writers_.size() == pairs_; }, open_limit_ms)) {
    throw std::runtime_error("not every pair could begin to write");
  }
}

void Letters::ask(Attendee& from, Attendee& to) {
  wire::Fields data;
  data.list("people", {to.member().person()}).add("body", "Hello there");
  const std::string nonce = from.member().fresh_nonce();
  from.member().keep("conversation.start", data, {}, {}, nonce,
                     [this, &from, &to](const Answer& answer) {
                       if (answer.ok) {
                         accept(from, to, answer.body["conversation"].text());
                       }
                     });
}

void Letters::accept(Attendee& from, Attendee& to, const std::string& conversation) {
  wire::Fields data;
  data.add("conversation", conversation).add("accept", true);
  to.member().ask("conversation.answer", data, [this, &from, conversation](const Answer& answer) {
    if (answer.ok) {
      from.prepare_to_send("conversation:" + conversation, body_bytes);
      writers_.push_back(&from);
    }
  });
}

void Letters::write() {
  audience_.meter.counting = true;
  audience_.keep_alive();
  pace_.emplace(loop_, writers_, rate_);
  pace_->begin();
}

void Letters::stop() {
  if (pace_) {
    pace_->stop();
  }
}

}  // namespace hallway::load
