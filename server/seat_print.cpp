#include "server/seat_print.hpp"

#include <cstdio>

#include "protocol/json_writer.hpp"

namespace hallway {
namespace {

using json::Writer;
using seating::Bounds;
using seating::Group;
using seating::Person;
using seating::Plan;
using seating::Problem;
using seating::Quality;
using seating::RoundQuality;
using seating::Seats;

void write_seats(Writer& writer, const Seats& seats) {
  writer.begin_array();
  for (const Group& group : seats) {
    writer.begin_array();
    for (const Person person : group) writer.integer(std::uint64_t{person});
    writer.end_array();
  }
  writer.end_array();
}

void write_count(Writer& writer, std::string_view key, std::size_t count) {
  writer.key(key);
  writer.integer(count);
}

void write_quality(Writer& writer, const Quality& quality, const Bounds& bounds) {
  writer.begin_object();
  writer.key("valid");
  writer.boolean(quality.valid);
  if (!quality.valid) {
    writer.key("fault");
    writer.text(quality.fault);
  }
  write_count(writer, "pairs_repeated", quality.pairs_repeated);
  write_count(writer, "max_times", quality.max_times);
  write_count(writer, "people_met_min", quality.people_met_min);
  writer.key("people_met_mean");
  writer.number(quality.people_met_mean);
  write_count(writer, "same_org", quality.same_org);
  write_count(writer, "met_before", quality.met_before);
  write_count(writer, "apart_broken", quality.apart_broken);
  write_count(writer, "together_broken", quality.together_broken);
  write_count(writer, "pins_broken", quality.pins_broken);
  write_count(writer, "asks_met", quality.asks_met);
  writer.key("cost");
  writer.number(quality.cost);
  writer.key("rounds");
  writer.begin_array();
  for (const RoundQuality& round : quality.rounds) {
    writer.begin_object();
    write_count(writer, "pairs", round.pairs);
    write_count(writer, "repeated", round.repeated);
    write_count(writer, "same_org", round.same_org);
    write_count(writer, "met_before", round.met_before);
    write_count(writer, "apart", round.apart);
    write_count(writer, "together_broken", round.together_broken);
    write_count(writer, "pins_broken", round.pins_broken);
    write_count(writer, "asks_met", round.asks_met);
    writer.end_object();
  }
  writer.end_array();
  writer.key("bounds");
  writer.begin_object();
  write_count(writer, "pairs_repeated", bounds.repeats);
  write_count(writer, "same_org", bounds.same_org);
  write_count(writer, "max_times", bounds.max_times);
  writer.end_object();
  writer.end_object();
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

/// Sentences that a facilitator understands.
std::string quality_sentences(const Quality& quality, const Bounds& bounds) {
  std::string text;
  if (!quality.valid) text += "This is no plan for the problem: " + quality.fault + ".\n";
  const auto line = [&text](const std::string& what, std::size_t count, std::size_t bound) {
    text += what + ": " + std::to_string(count);
    if (count > 0 && count == bound) text += " (no plan can do better)";
    if (count > bound) text += " (no plan can fall below " + std::to_string(bound) + ")";
    text += "\n";
  };
  line("Pairs that meet again", quality.pairs_repeated, bounds.repeats);
  line("Pairs of one organisation", quality.same_org, bounds.same_org);
  text += "Everyone meets " + std::to_string(quality.people_met_min) + " others or more, " +
          number(quality.people_met_mean) + " on average.\n";
  line("Pairs who met at an earlier event", quality.met_before, 0);
  line("Pairs that should be apart", quality.apart_broken, 0);
  line("Pairs that should be together and are not", quality.together_broken, 0);
  line("Hosts away from their table", quality.pins_broken, 0);
  text += "Asks that meet an offer: " + std::to_string(quality.asks_met) + "\n";
  return text;
}

/// Without line ends and whatever else would move a terminal's cursor.
std::string name_of(const SeatProblem& read, Person person) {
  if (person >= read.names.size()) return "Person " + std::to_string(person);
  std::string name = read.names[person];
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return name;
}

/// Quoted where RFC 4180 asks for it; what a spreadsheet would take for a formula is disarmed.
std::string csv_field(std::string text) {
  if (!text.empty() && std::string("=+-@\t\r").find(text.front()) != std::string::npos) {
    text.insert(0, 1, '\'');
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string plan_csv(const SeatProblem& read, const Plan& plan) {
  std::string text = "round,table,person,name,organisation\r\n";
  for (std::size_t round = 0; round < plan.rounds.size(); ++round) {
    for (std::size_t table = 0; table < plan.rounds[round].size(); ++table) {
      for (const Person person : plan.rounds[round][table]) {
        text += std::to_string(round + 1) + "," + std::to_string(table + 1) + "," +
                std::to_string(person) + "," + csv_field(name_of(read, person)) + ",";
        if (person < read.organisations.size()) text += csv_field(read.organisations[person]);
        text += "\r\n";
      }
    }
  }
  return text;
}

std::string plan_cards(const SeatProblem& read, const Plan& plan) {
  std::string text;
  std::vector<std::string> cards(read.problem.people);
  for (std::size_t round = 0; round < plan.rounds.size(); ++round) {
    text += "ROUND " + std::to_string(round + 1) + "\n";
    for (std::size_t table = 0; table < plan.rounds[round].size(); ++table) {
      text += "  Table " + std::to_string(table + 1) + ": ";
      bool is_first = true;
      for (const Person person : plan.rounds[round][table]) {
        text += (is_first ? "" : ", ") + name_of(read, person);
        is_first = false;
        cards[person] +=
            "  Round " + std::to_string(round + 1) + ": table " + std::to_string(table + 1) + "\n";
      }
      text += "\n";
    }
    text += "\n";
  }
  for (Person person = 0; person < read.problem.people; ++person) {
    text += "--------------------------------\n" + name_of(read, person) + "\n" + cards[person];
  }
  return text;
}

}  // namespace

std::string seat_plan_text(const SeatProblem& read, const Plan& plan, SeatFormat format) {
  if (format == SeatFormat::csv) return plan_csv(read, plan);
  const Quality quality = measure(read.problem, plan);
  const Bounds bounds = lower_bounds(read.problem);
  if (format == SeatFormat::text) {
    return quality_sentences(quality, bounds) + "\n" + plan_cards(read, plan);
  }
  std::string text;
  Writer writer(text);
  writer.begin_object();
  writer.key("rounds");
  writer.begin_array();
  for (const Seats& seats : plan.rounds) write_seats(writer, seats);
  writer.end_array();
  if (!read.names.empty()) {
    writer.key("names");
    writer.begin_array();
    for (const std::string& name : read.names) writer.text(name);
    writer.end_array();
  }
  writer.key("quality");
  write_quality(writer, quality, bounds);
  writer.end_object();
  return text + "\n";
}

std::string seat_quality_text(const Problem& problem, const Plan& plan, SeatFormat format) {
  const Quality quality = measure(problem, plan);
  const Bounds bounds = lower_bounds(problem);
  std::string text;
  if (format == SeatFormat::text) return quality_sentences(quality, bounds);
  if (format == SeatFormat::json) {
    Writer writer(text);
    write_quality(writer, quality, bounds);
    return text + "\n";
  }
  text = "round,pairs,repeated,same_org,met_before,apart,together_broken,pins_broken,asks_met\r\n";
  for (std::size_t round = 0; round < quality.rounds.size(); ++round) {
    const RoundQuality& found = quality.rounds[round];
    text += std::to_string(round + 1);
    for (const std::size_t count :
         {found.pairs, found.repeated, found.same_org, found.met_before, found.apart,
          found.together_broken, found.pins_broken, found.asks_met}) {
      text += "," + std::to_string(count);
    }
    text += "\r\n";
  }
  return text;
}

std::string seat_round_line(const Seats& seats) {
  std::string text;
  Writer writer(text);
  write_seats(writer, seats);
  return text;
}

}  // namespace hallway
