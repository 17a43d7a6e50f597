// Many members at once: see audience.hpp.
#include "load/audience.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace hallway::load {
namespace {

constexpr std::size_t sign_ins_at_once = 50;
constexpr std::int64_t arrival_limit_ms = 180'000;
constexpr std::int64_t venue_limit_ms = 20'000;
constexpr std::int64_t drain_limit_ms = 120'000;
constexpr std::int64_t first_marked_id = 1'000'000'000;
constexpr std::size_t id_digits = 10;
constexpr std::size_t nonce_digits = 16;

}  // namespace

Attendee::Attendee(Loop& loop, const Link& link, std::size_t index, Meter& meter,
                   TrafficCount& traffic, std::uint64_t seed, const MemberSettings& settings,
                   std::string org)
    : index_(index),
      meter_(meter),
      traffic_(traffic),
      member_(loop, link,
              Profile{"Guest " + std::to_string(index + 1), "", "", "", std::move(org), ""}, *this,
              traffic, seed, settings) {}

std::string org_of(std::size_t index, std::size_t organisations) {
  return organisations == 0 ? "" : "Organisation " + std::to_string(index % organisations + 1);
}

void Attendee::go_to_group(std::size_t group) {
  member_.be_bare("/" + std::to_string(group));
}

void Attendee::prepare_to_send(const std::string& stream, std::size_t body_bytes) {
  const std::string nonce = "n" + std::string(nonce_digits, '0');
  const std::string body = marker_body(index_, body_bytes);
  meter_.filler_bytes = body.size() - marker_bytes;
  const std::string text = "{\"id\":" + std::to_string(first_marked_id) +
                           ",\"cmd\":\"message.send\",\"d\":{\"stream\":\"" + stream +
                           "\",\"nonce\":\"" + nonce + "\",\"body\":\"" + body + "\"}}";
  frame_.clear();
  append_frame(frame_, Opcode::text, text);
  id_at_ = frame_.find("{\"id\":") + 6;
  nonce_at_ = frame_.find(nonce) + 1;
  stamp_at_ = frame_.find(marker) + 1;
}

void Attendee::send_marked(std::int64_t stamp_us) {
  const std::int64_t stamp = stamp_us == 0 ? now_us() : stamp_us;
  ++sent_;
  // The nonce differs between runs of one person, too: the stamp of its sending.
  write_digits(frame_.data() + id_at_, id_digits, first_marked_id + sent_);
  write_digits(frame_.data() + nonce_at_, nonce_digits,
               static_cast<std::uint64_t>(now_us()) * 100 + sent_ % 100);
  write_digits(frame_.data() + stamp_at_, stamp_digits, static_cast<std::uint64_t>(stamp));
  member_.send_frame(frame_);
}

bool Attendee::on_raw(std::string_view message) {
  if (!meter_.counting) {
    return false;
  }
  std::uint64_t echoes = 0;
  const std::uint64_t count =
      for_each_marker(message, meter_.filler_bytes, [&](const Marked& marked) {
        if (meter_.timed_reads != traffic_.reads) {
          meter_.timed_reads = traffic_.reads;
          meter_.latency.add(now_us() - marked.stamp());
        }
        if (on_echo_ && marked.sender() == index_) {
          ++echoes;
        }
      });
  meter_.deliveries += count;
  if (is_refusal(message)) {
    note_refusal(message.substr(0, message.find('\n')));
  }
  for (; echoes > 0; --echoes) {
    on_echo_();
  }
  // Without a marker it may be a ping or something else worth parsing, unless it is a plain reply.
  return count > 0 || is_reply(message);
}

void Attendee::note_refusal(std::string_view text) {
  if (meter_.refusals++ == 0) {
    meter_.first_refusal = text;
  }
}

void Attendee::on_refused(const std::string& why) {
  stopped_ = true;
  if (meter_.first_refusal.empty()) {
    meter_.first_refusal = why;
  }
}

void Attendee::on_hello(const wire::Value& hello) {
  meter_.recovered += hello["recovered"].size();
  meter_.resets += hello["reset"].size();
  const bool there = place_.room.empty() || hello["place"]["room"].text() == place_.room;
  const bool seated = place_.table.empty() || hello["place"]["table"].text() == place_.table;
  if (there && seated) {
    placed_ = true;
  } else {
    take_place();
  }
}

void Attendee::take_place() {
  member_.ask("room.enter", wire::Fields().add("room", place_.room), [this](const Answer& entered) {
    if (!entered.ok || place_.table.empty()) {
      placed_ = entered.ok;
      if (!entered.ok) {
        note_refusal("room.enter: " + entered.code());
      }
      return;
    }
    member_.ask("table.sit", wire::Fields().add("table", place_.table), [this](const Answer& sat) {
      placed_ = sat.ok;
      if (!sat.ok) {
        note_refusal("table.sit: " + sat.code());
      }
    });
  });
}

void Attendee::on_opened(const std::string& stream, const wire::Value& data) {
  if (stream.starts_with("room:")) {
    room_state_ = data["state"]["room"];
  }
}

void Attendee::on_push(const Push& push) {
  if (push.offset == 0) {
    return;
  }
  const auto held = member_.streams().find(push.stream);
  if (held == member_.streams().end() || push.offset != held->second.offset + 1) {
    ++meter_.gaps;
  }
}

void Attendee::on_lost(int close_code) {
  last_close_code_ = close_code;
  ++meter_.lost;
}

Audience::Audience(Loop& loop, const CommonOptions& common, std::size_t count,
                   const MemberSettings& settings, std::size_t organisations)
    : loop_(loop), floor_(common.floor), quiet_ms_(common.quiet_ms) {
  Link link = parse_link(common.link);
  link.tls_port = common.tls_port;
  for (std::size_t i = 0; i < count; ++i) {
    attendees_.push_back(std::make_unique<Attendee>(loop, link, i, meter, traffic,
                                                    common.seed * 1'000'003 + i, settings,
                                                    org_of(i, organisations)));
  }
}

bool Audience::sign_in(std::int64_t limit_ms) {
  std::size_t begun = 0;
  std::size_t done = 0;
  return loop_.run_until(
      [&] {
        while (done < begun && attendees_[done]->is_signed_in()) {
          ++done;
        }
        while (begun < attendees_.size() && begun < done + sign_ins_at_once) {
          attendees_[begun++]->sign_in();
        }
        return done == attendees_.size();
      },
      limit_ms);
}

bool Audience::enter(std::int64_t limit_ms, std::size_t at_once) {
  std::size_t begun = 0;
  std::size_t done = 0;
  return loop_.run_until(
      [&] {
        while (done < begun && attendees_[done]->is_placed()) {
          ++done;
        }
        while (begun < attendees_.size() && begun < done + at_once) {
          attendees_[begun++]->enter();
        }
        return done == attendees_.size();
      },
      limit_ms);
}

void Audience::go_to(const Venue& venue) {
  for (const auto& attendee : attendees_) {
    if (floor_) {
      attendee->go_to_group(0);
    } else {
      attendee->go_to({venue.room, ""});
    }
  }
}

void Audience::arrive() {
  if ((!floor_ && !sign_in(arrival_limit_ms)) || !enter(arrival_limit_ms)) {
    throw std::runtime_error("only " + std::to_string(placed()) + " of " + std::to_string(size()) +
                             " could arrive: " + meter.first_refusal);
  }
}

std::uint64_t Audience::sent() const {
  std::uint64_t sum = 0;
  for (const auto& attendee : attendees_) {
    sum += attendee->sent();
  }
  return sum;
}

void Audience::drain(std::uint64_t expected, bool spin) {
  std::uint64_t seen = meter.deliveries;
  std::int64_t quiet_since_us = now_us();
  loop_.run_until(
      [&] {
        if (meter.deliveries != seen) {
          seen = meter.deliveries;
          quiet_since_us = now_us();
        }
        return seen >= expected || now_us() - quiet_since_us > quiet_ms_ * 1'000;
      },
      drain_limit_ms, spin);
}

std::size_t Audience::placed() const {
  return static_cast<std::size_t>(std::count_if(
      attendees_.begin(), attendees_.end(), [](const auto& each) { return each->is_placed(); }));
}

void Audience::keep_alive() {
  // Evenly over time: a thousand words at once would be a load of their own.
  constexpr std::int64_t step_ms = 20;
  constexpr std::size_t parts = 400;
  loop_.after_ms(step_ms, [this] {
    for (std::size_t i = alive_next_; i < attendees_.size(); i += parts) {
      attendees_[i]->member().send_text(R"({"pong":0})");
    }
    alive_next_ = (alive_next_ + 1) % parts;
    keep_alive();
  });
}

MemberSettings measuring_settings() {
  MemberSettings settings;
  settings.ignore_pushes = true;
  settings.return_by_itself = false;
  return settings;
}

Venue make_venue(Loop& loop, const CommonOptions& common, std::int64_t tables,
                 std::int64_t capacity) {
  Meter meter;
  TrafficCount traffic;
  Attendee staff(loop, parse_link(common.staff_link), 0, meter, traffic, common.seed, {});
  Venue venue;
  std::string refused;
  staff.sign_in();
  bool ready = loop.run_until([&] { return staff.is_signed_in(); }, venue_limit_ms);
  staff.enter();
  ready = ready && loop.run_until([&] { return staff.is_placed(); }, venue_limit_ms);
  wire::Fields room;
  room.add("name", "Load " + std::to_string(now_us() % 1'000'000));
  room.add("kind", tables > 0 ? "tables" : "plenary");
  if (tables > 0) {
    room.add("tables", tables).add("capacity", capacity);
  }
  room.add("nonce", staff.member().fresh_nonce());
  staff.member().ask("room.create", room, [&](const Answer& answer) {
    venue.room = answer.body["room"].text();
    refused = answer.ok ? "" : answer.body.dump();
  });
  loop.run_until([&] { return !venue.room.empty() || !refused.empty(); }, venue_limit_ms);
  if (!ready || venue.room.empty()) {
    throw std::runtime_error("no room for this run: " + refused + meter.first_refusal);
  }
  // The tables' ids come with the room's state.
  staff.member().ask("room.enter", wire::Fields().add("room", venue.room));
  loop.run_until([&] { return staff.room_state()["id"].text() == venue.room; }, venue_limit_ms);
  for (const wire::Value& table : staff.room_state()["tables"].items()) {
    if (!table["capacity"].is_null()) {
      venue.tables.push_back(table["id"].text());
    }
  }
  staff.member().leave();
  loop.run_for(100);
  return venue;
}

}  // namespace hallway::load
