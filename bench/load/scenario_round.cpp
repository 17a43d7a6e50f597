// The scenario "round": how long it takes until everyone of a large room sits at their table.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>

#include "load/audience.hpp"
#include "load/machine.hpp"
#include "load/round_lead.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t arrival_limit_ms = 120'000;
constexpr std::int64_t start_limit_ms = 60'000;
constexpr std::int64_t end_limit_ms = 120'000;
constexpr std::int64_t must_us = 1'000'000;
constexpr std::string_view started_prefix = R"({"push":"round.started",)";
constexpr std::string_view ended_prefix = R"({"push":"round.ended",)";
constexpr std::string_view opened_prefix = R"({"push":"stream.opened","stream":"table:)";
constexpr std::string_view closed_prefix = R"({"push":"stream.closed","stream":"table:)";

/// One who is seated. What comes at the start is kept as it is and read afterwards: the first of a
/// thousand must not have to wait until the load client has parsed what the last one got.
class Sitter final : private Member::Events {
 public:
  Sitter(Loop& loop, const Link& link, Profile profile, std::string room, TrafficCount& traffic,
         std::uint64_t seed)
      : room_(std::move(room)), member_(loop, link, std::move(profile), *this, traffic, seed) {}

  void sign_in() { member_.sign_in(); }
  void enter() { member_.connect(); }
  [[nodiscard]] bool is_signed_in() const { return member_.is_joined(); }
  [[nodiscard]] bool is_inside() const { return inside_; }
  [[nodiscard]] const std::string& person() const { return member_.person(); }

  void watch() { watching_ = true; }
  /// Both are there: the seats, and one's own table.
  [[nodiscard]] bool is_seated() const { return !started_.empty() && !opened_.empty(); }
  [[nodiscard]] std::int64_t seated_us() const { return std::max(started_us_, opened_us_); }
  [[nodiscard]] const std::string& started() const { return started_; }
  [[nodiscard]] const std::string& opened() const { return opened_; }
  [[nodiscard]] int starts() const { return starts_; }
  [[nodiscard]] int tables_opened() const { return tables_opened_; }
  [[nodiscard]] int ends() const { return ends_; }
  [[nodiscard]] int tables_closed() const { return tables_closed_; }
  [[nodiscard]] int lost() const { return lost_; }

 private:
  bool on_raw(std::string_view message) override {
    if (!watching_) {
      return false;
    }
    bool all_known = true;
    while (!message.empty()) {
      const std::string_view object = message.substr(0, message.find('\n'));
      all_known = note(object) && all_known;
      message.remove_prefix(std::min(message.size(), object.size() + 1));
    }
    return all_known;
  }

  bool note(std::string_view object) {
    if (object.starts_with(started_prefix)) {
      started_ = object;
      started_us_ = now_us();
      ++starts_;
    } else if (object.starts_with(opened_prefix)) {
      opened_ = object;
      opened_us_ = now_us();
      ++tables_opened_;
    } else if (object.starts_with(ended_prefix)) {
      ++ends_;
    } else if (object.starts_with(closed_prefix)) {
      ++tables_closed_;
    } else {
      return object.starts_with("{\"push\":");  // a ping wants an answer
    }
    return true;
  }

  void on_hello(const wire::Value&) override {
    member_.ask("room.enter", wire::Fields().add("room", room_),
                [this](const Answer& answer) { inside_ = answer.ok; });
  }
  void on_lost(int) override { ++lost_; }

  std::string room_;
  bool inside_ = false;
  bool watching_ = false;
  std::string started_;
  std::string opened_;
  std::int64_t started_us_ = 0;
  std::int64_t opened_us_ = 0;
  int starts_ = 0;
  int tables_opened_ = 0;
  int ends_ = 0;
  int tables_closed_ = 0;
  int lost_ = 0;
  Member member_;
};

using Sitters = std::vector<std::unique_ptr<Sitter>>;

/// Begins one after the other, `at_once` under way, until all are done.
template <typename Begin, typename Done>
void all_of(Loop& loop, Sitters& sitters, std::size_t at_once, const char* what, Begin begin,
            Done is_done) {
  std::size_t begun = 0;
  std::size_t done = 0;
  const bool all = loop.run_until(
      [&] {
        while (done < begun && is_done(*sitters[done])) {
          ++done;
        }
        while (begun < sitters.size() && begun < done + at_once) {
          begin(*sitters[begun++]);
        }
        return done == sitters.size();
      },
      arrival_limit_ms);
  if (!all) {
    throw std::runtime_error("only " + std::to_string(done) + " could " + what);
  }
}

std::size_t count_if(const Sitters& sitters, bool (*holds)(const Sitter&)) {
  return static_cast<std::size_t>(std::count_if(sitters.begin(), sitters.end(),
                                                [&](const auto& each) { return holds(*each); }));
}

/// What is wrong with the seats, and with what each was told of their own table.
struct SeatsCheck {
  std::size_t tables = 0;
  std::size_t seated = 0;
  std::size_t smallest = SIZE_MAX;
  std::size_t largest = 0;
  std::size_t twice = 0;
  std::size_t unseated = 0;
  std::size_t at_other_table = 0;  // another table's stream was opened than the seats name
  std::size_t other_company = 0;   // that stream names other people than the seats
  std::size_t told_otherwise = 0;  // not the very same round.started as the first

  [[nodiscard]] bool holds(std::size_t people, std::size_t size) const {
    return seated == people && smallest + 1 >= size && largest <= size + 1 && twice == 0 &&
           unseated == 0 && at_other_table == 0 && other_company == 0 && told_otherwise == 0;
  }
};

std::set<std::string> people_of(const wire::Value& opened) {
  std::set<std::string> people;
  for (const wire::Value& person : opened["data"]["state"]["people"].items()) {
    people.insert(person["id"].text());
  }
  return people;
}

SeatsCheck check_seats(const Sitters& sitters) {
  SeatsCheck check;
  std::map<std::string, std::string> table_of;
  std::map<std::string, std::set<std::string>> people_at;
  const std::string& told = sitters.front()->started();
  for (const wire::Value& entry : wire::parse(told)["data"]["seats"].items()) {
    const std::string table = entry.at(0).text();
    ++check.tables;
    check.smallest = std::min(check.smallest, entry.at(1).size());
    check.largest = std::max(check.largest, entry.at(1).size());
    for (const wire::Value& person : entry.at(1).items()) {
      ++check.seated;
      check.twice += table_of.emplace(person.text(), table).second ? 0U : 1U;
      people_at[table].insert(person.text());
    }
  }
  for (const auto& sitter : sitters) {
    check.told_otherwise += sitter->started() == told ? 0U : 1U;
    const auto seat = table_of.find(sitter->person());
    if (seat == table_of.end()) {
      ++check.unseated;
      continue;
    }
    const wire::Value opened = wire::parse(sitter->opened());
    check.at_other_table += opened["stream"].text() == "table:" + seat->second ? 0U : 1U;
    check.other_company += people_of(opened) == people_at[seat->second] ? 0U : 1U;
  }
  return check;
}

void add_delays(wire::Fields& fields, const char* name, const Sitters& sitters,
                std::int64_t since_us) {
  std::vector<std::int64_t> delays;
  for (const auto& sitter : sitters) {
    delays.push_back(sitter->seated_us() - since_us);
  }
  std::sort(delays.begin(), delays.end());
  const auto at = [&](std::size_t hundredths) {
    return static_cast<double>(delays[(delays.size() - 1) * hundredths / 100]) / 1'000;
  };
  const std::string prefix(name);
  fields.add(prefix + "_p50_ms", at(50)).add(prefix + "_p99_ms", at(99));
  fields.add(prefix + "_max_ms", at(100));
}

}  // namespace

int run_round(const CommonOptions& common, const RoundOptions& options) {
  Loop loop;
  const auto people = static_cast<std::size_t>(options.people);
  const auto size = static_cast<std::size_t>(options.size);
  const Venue venue = make_venue(loop, common, options.people / options.size, options.size + 2);
  TrafficCount traffic;
  Sitters sitters;
  for (std::size_t i = 0; i < people; ++i) {
    Profile profile;
    profile.name = "Guest " + std::to_string(i + 1);
    profile.org = org_of(i, static_cast<std::size_t>(options.organisations));
    sitters.push_back(std::make_unique<Sitter>(loop, parse_link(common.link), std::move(profile),
                                               venue.room, traffic, common.seed * 1'000'003 + i));
  }
  all_of(
      loop, sitters, 50, "sign in", [](Sitter& each) { each.sign_in(); },
      [](const Sitter& each) { return each.is_signed_in(); });
  all_of(
      loop, sitters, 200, "enter", [](Sitter& each) { each.enter(); },
      [](const Sitter& each) { return each.is_inside(); });
  RoundLead lead(loop, common);
  lead.enter(venue.room);
  const std::int64_t preview_us = lead.preview(options.size, options.rounds);
  const wire::Value quality = lead.latest_preview()["quality"];
  lead.announce();
  if (lead.starts_at_ms() == 0) {
    throw std::runtime_error("nothing was announced: " + lead.first_refusal());
  }
  lead.read_clock();
  for (const auto& sitter : sitters) {
    sitter->watch();
  }
  const std::int64_t due_us = lead.moment_us(lead.starts_at_ms());
  loop.run_for(std::max<std::int64_t>(0, (due_us - now_us()) / 1'000 - 500));
  CpuMeter cpu(common.server_pid);
  std::size_t seated = 0;
  loop.run_until(
      [&] {
        while (seated < people && sitters[seated]->is_seated()) {
          ++seated;
        }
        return seated == people;
      },
      start_limit_ms, common.spin);
  cpu.stop();
  loop.run_for(500);
  seated = count_if(sitters, [](const Sitter& each) { return each.is_seated(); });

  wire::Fields fields;
  fields.add("scenario", "round").add("people", people).add("size", size);
  fields.add("preview_ms", static_cast<double>(preview_us) / 1'000).add("seated", seated);
  fields.add("first_refusal", lead.first_refusal());
  if (seated < people) {
    std::printf("%s\n", fields.str().c_str());
    return 1;
  }
  const std::int64_t at_ms = wire::parse(sitters.front()->started())["at"].number();
  fields.add("started_late_ms", at_ms - lead.starts_at_ms());
  add_delays(fields, "since_due", sitters, due_us);
  add_delays(fields, "since_started", sitters, lead.moment_us(at_ms));
  const SeatsCheck check = check_seats(sitters);

  // The end is told once as well, and everyone leaves their table's talk.
  lead.end_round();
  const bool ended = loop.run_until(
      [&] {
        return std::all_of(sitters.begin(), sitters.end(), [](const auto& each) {
          return each->ends() > 0 && each->tables_closed() > 0;
        });
      },
      end_limit_ms);
  loop.run_for(500);
  const std::size_t more_than_once = count_if(sitters, [](const Sitter& each) {
    return each.starts() != 1 || each.tables_opened() != 1 || each.ends() > 1 ||
           each.tables_closed() > 1;
  });
  const std::size_t lost = count_if(sitters, [](const Sitter& each) { return each.lost() > 0; });
  fields.add("tables", check.tables).add("smallest", check.smallest).add("largest", check.largest);
  fields.add("seated_twice", check.twice).add("unseated", check.unseated);
  fields.add("at_other_table", check.at_other_table).add("other_company", check.other_company);
  fields.add("told_otherwise", check.told_otherwise).add("lost", lost).add("ended", ended);
  fields.add("more_than_once", more_than_once);
  fields.add("bytes_started", sitters.front()->started().size());
  fields.add("pairs_repeated", quality["pairs_repeated"].number());
  fields.add("same_org", quality["same_org"].number());
  fields.add("server_cpu_ms", cpu.server_cpu_s() * 1'000).add("foreign_cores", cpu.foreign_cores());
  const std::int64_t last_us =
      (*std::max_element(sitters.begin(), sitters.end(), [](const auto& a, const auto& b) {
        return a->seated_us() < b->seated_us();
      }))->seated_us();
  const bool in_time = last_us - due_us <= must_us;
  fields.add("within_a_second", in_time);
  std::printf("%s\n", fields.str().c_str());
  const bool whole = check.holds(people, size) && lost == 0 && ended && more_than_once == 0;
  return whole && in_time ? 0 : 1;
}

}  // namespace hallway::load
