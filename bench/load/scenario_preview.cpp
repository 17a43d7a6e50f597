// The scenario "preview": what previewing rounds again and again takes, and what it takes from
// people who write meanwhile.
#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "load/audience.hpp"
#include "load/machine.hpp"
#include "load/round_lead.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t arrival_limit_ms = 120'000;
constexpr std::int64_t settle_ms = 300;  // between the turns, counted in neither
constexpr std::size_t body_bytes = 150;

/// Pairs who write to each other privately at a fixed rate, each message stamped with the time at
/// which it should have been sent.
class Letters {
 public:
  Letters(Loop& loop, Audience& audience, double rate)
      : loop_(loop), audience_(audience), step_us_(static_cast<std::int64_t>(1e6 / rate)) {}

  /// The first of every pair asks the second, who accepts; true when all conversations are open.
  bool begin(std::size_t pairs, std::int64_t limit_ms) {
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      Attendee& from = audience_[2 * pair];
      Attendee& to = audience_[2 * pair + 1];
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
    return loop_.run_until([&] { return writers_.size() == pairs; }, limit_ms);
  }

  void write() {
    audience_.meter.counting = true;
    audience_.keep_alive();
    next_us_ = now_us();
    tick();
  }
  void stop() { going_ = false; }
  [[nodiscard]] std::uint64_t sent() const { return sent_; }

 private:
  void accept(Attendee& from, Attendee& to, const std::string& conversation) {
    wire::Fields data;
    data.add("conversation", conversation).add("accept", true);
    to.member().ask("conversation.answer", data, [this, &from, conversation](const Answer& answer) {
      if (answer.ok) {
        from.prepare_to_send("conversation:" + conversation, body_bytes);
        writers_.push_back(&from);
      }
    });
  }

  void tick() {
    while (going_ && next_us_ <= now_us()) {
      writers_[turn_]->send_marked(next_us_);
      turn_ = (turn_ + 1) % writers_.size();
      next_us_ += step_us_;
      ++sent_;
    }
    if (going_) {
      loop_.after_ms(1, [this] { tick(); });
    }
  }

  Loop& loop_;
  Audience& audience_;
  std::int64_t step_us_;
  std::vector<Attendee*> writers_;
  std::size_t turn_ = 0;
  std::int64_t next_us_ = 0;
  std::uint64_t sent_ = 0;
  bool going_ = true;
};

double ratio(std::uint64_t with, std::uint64_t without) {
  return without == 0 ? 0.0 : static_cast<double>(with) / static_cast<double>(without);
}

void add_times(wire::Fields& fields, const std::string& name, const Histogram& times) {
  fields.add(name + "_p50_us", times.quantile_us(0.5))
      .add(name + "_p99_us", times.quantile_us(0.99));
  fields.add(name + "_max_us", times.max_us());
}

}  // namespace

int run_preview(const CommonOptions& common, const PreviewOptions& options) {
  Loop loop;
  const Venue venue =
      make_venue(loop, common, std::max(1, options.people / options.size), options.size + 2);
  MemberSettings settings;
  settings.return_by_itself = false;
  Audience audience(loop, common, static_cast<std::size_t>(options.people), settings,
                    static_cast<std::size_t>(options.organisations));
  for (std::size_t i = 0; i < audience.size(); ++i) {
    audience[i].go_to({venue.room, ""});
  }
  if (!audience.sign_in(arrival_limit_ms) || !audience.enter(arrival_limit_ms)) {
    throw std::runtime_error("not everyone could arrive: " + audience.meter.first_refusal);
  }
  RoundLead lead(loop, common);
  lead.enter(venue.room);
  Letters letters(loop, audience, options.rate);
  const std::size_t pairs = std::min<std::size_t>(audience.size() / 2, 50);
  if (!letters.begin(pairs, arrival_limit_ms)) {
    throw std::runtime_error("not every pair could begin to write");
  }
  letters.write();
  loop.run_for(1'000, common.spin);

  Histogram without;
  Histogram with;
  CpuMeter cpu(common.server_pid);
  const auto turn = [&](Histogram& into) {
    loop.run_for(settle_ms, common.spin);
    audience.meter.latency = Histogram();
    loop.run_for(static_cast<std::int64_t>(options.seconds * 1'000), common.spin);
    into.add(audience.meter.latency);
  };
  for (int i = 0; i < options.turns; ++i) {
    turn(without);
    lead.preview_again_and_again(options.size, options.rounds);
    turn(with);
    lead.stop_previews();
    loop.run_until([&] { return !lead.is_waiting(); }, arrival_limit_ms);
  }
  cpu.stop();
  letters.stop();
  const std::uint64_t expected = letters.sent() * 2;
  audience.drain(expected, common.spin);

  const Histogram& previews = lead.preview_times();
  wire::Fields fields;
  fields.add("scenario", "preview").add("people", audience.size()).add("size", options.size);
  fields.add("rounds", options.rounds).add("previews", previews.count());
  add_times(fields, "preview", previews);
  fields.add("pairs", pairs).add("rate", options.rate).add("letters", letters.sent());
  add_times(fields, "without", without);
  add_times(fields, "with", with);
  fields.add("p50_ratio", ratio(with.quantile_us(0.5), without.quantile_us(0.5)));
  fields.add("p99_ratio", ratio(with.quantile_us(0.99), without.quantile_us(0.99)));
  fields.add("expected_minus_delivered", static_cast<std::int64_t>(expected) -
                                             static_cast<std::int64_t>(audience.meter.deliveries));
  fields.add("lost", audience.meter.lost).add("refusals", audience.meter.refusals);
  fields.add("first_refusal", lead.first_refusal() + audience.meter.first_refusal);
  const wire::Value quality = lead.latest_preview()["quality"];
  fields.add("pairs_repeated", quality["pairs_repeated"].number());
  fields.add("same_org", quality["same_org"].number());
  fields.add("server_cores", cpu.server_cores()).add("foreign_cores", cpu.foreign_cores());
  std::printf("%s\n", fields.str().c_str());
  const std::uint64_t must_us = options.people <= 300 ? 100'000 : 1'000'000;
  const bool whole = audience.meter.deliveries == expected && audience.meter.lost == 0;
  return whole && previews.count() > 0 && previews.quantile_us(0.99) <= must_us ? 0 : 1;
}

}  // namespace hallway::load
