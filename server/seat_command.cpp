#include "server/seat_command.hpp"

#include <fstream>
#include <istream>
#include <map>
#include <ostream>

#include "rooms/seating/series.hpp"
#include "server/clock.hpp"

namespace hallway {
namespace {

using seating::Bounds;
using seating::Budget;
using seating::Plan;
using seating::Problem;
using seating::Quality;
using seating::Seats;

constexpr std::size_t file_bytes_max = 64u << 20;
constexpr std::uint64_t proposals_per_ms = 5'000;  ///< What a slow core looks at.
constexpr std::uint64_t budget_ms_max = 3'600'000;

/// Limits a search to CPU time, beginning now.
class CpuLimit {
 public:
  explicit CpuLimit(std::uint64_t budget_ms)
      : end_ns_(cpu_time_ns() + static_cast<std::int64_t>(budget_ms) * 1'000'000) {}
  bool is_over() const { return cpu_time_ns() >= end_ns_; }

 private:
  std::int64_t end_ns_;
};

Budget budget_of(const SeatEffort& effort, std::uint64_t seed, const CpuLimit& limit) {
  return {*effort.budget_ms * proposals_per_ms, seed, [&limit] { return limit.is_over(); }};
}

/// Nothing about the plan can be better.
bool is_perfect(const Problem& problem, const Quality& quality) {
  const bool has_asks = !problem.ask.empty() && !problem.offer.empty();
  if (has_asks || quality.met_before + quality.apart_broken + quality.together_broken > 0) {
    return false;
  }
  const Bounds bounds = lower_bounds(problem);
  return quality.pairs_repeated == bounds.repeats && quality.same_org == bounds.same_org &&
         quality.max_times <= bounds.max_times;
}

/// A whole file, or standard input for `-`.
Result<std::string> content_of(const std::string& name, std::istream& in) {
  std::ifstream file;
  if (name != "-") file.open(name, std::ios::binary);
  std::istream& source = name == "-" ? in : file;
  if (!source) return refuse(ErrorCode::not_found, name + " cannot be read");
  std::string content;
  char block[1 << 16];
  while (source.read(block, sizeof block) || source.gcount() > 0) {
    content.append(block, static_cast<std::size_t>(source.gcount()));
    if (content.size() > file_bytes_max) {
      return refuse(ErrorCode::too_large, name + " is larger than 64 MiB");
    }
  }
  if (source.bad()) return refuse(ErrorCode::unavailable, name + " cannot be read");
  return content;
}

/// JSON begins with a brace; else it is a table of people.
Result<SeatProblem> problem_in(const std::string& text, const SeatLayout& layout) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string::npos && (text[first] == '{' || text[first] == '[');
  return is_json ? seat_problem_from_json(text, layout) : seat_problem_from_csv(text, layout);
}

class Command {
 public:
  Command(const SeatRequest& request, SeatFormat format, std::istream& in, std::ostream& out,
          std::ostream& errors)
      : request_(request), format_(format), in_(in), out_(out), errors_(errors) {}

  int plan() {
    const Result<SeatProblem> read = read_problem();
    if (!read) return complain(read.error().message);
    out_ << seat_plan_text(*read, solve_within(read->problem, request_.effort), format_);
    return finish();
  }

  int measure() {
    const Result<SeatProblem> read = read_problem();
    if (!read) return complain(read.error().message);
    const Result<std::string> text = content_of(request_.plan_file, in_);
    if (!text) return complain(text.error().message);
    const Result<Plan> plan = seat_plan_from_json(*text);
    if (!plan) return complain(request_.plan_file + ": " + plan.error().message);
    out_ << seat_quality_text(read->problem, *plan, format_);
    const int done = finish();
    return done != 0 || seating::measure(read->problem, *plan).valid ? done : 1;
  }

  /// Each round is answered before the next is read: whoever asks may wait for it.
  int online() {
    std::string line;
    if (!next_line(line)) return complain("line 1: a problem is wanted");
    Result<SeatProblem> read = seat_series_from_json(line);
    if (!read) return complain("line 1: " + read.error().message);
    const std::uint32_t people = read->problem.people;
    seating::Series series(std::move(read->problem));
    for (std::uint64_t number = 2; next_line(line); ++number) {
      const Result<seating::RoundSpec> spec = seat_round_from_json(line, people);
      if (!spec) return complain("line " + std::to_string(number) + ": " + spec.error().message);
      out_ << seat_round_line(next(series, *spec)) << std::endl;
    }
    return is_too_long_ ? complain("a line is longer than 64 MiB") : finish();
  }

 private:
  int complain(const std::string& message) {
    errors_ << "hallway: " << message << "\n";
    return 1;
  }
  int finish() {
    out_.flush();
    return out_ ? 0 : complain("the output cannot be written");
  }

  Result<SeatProblem> read_problem() {
    const Result<std::string> text = content_of(request_.problem_file, in_);
    if (!text) return text.error();
    Result<SeatProblem> read = problem_in(*text, request_.layout);
    if (!read) {
      Error error = read.error();
      error.message = request_.problem_file + ": " + error.message;
      return error;
    }
    return read;
  }

  /// Skips empty lines.
  bool next_line(std::string& line) {
    line.clear();
    for (int c = in_.get(); c != std::char_traits<char>::eof(); c = in_.get()) {
      if (c != '\n') {
        line += static_cast<char>(c);
      } else if (line.find_first_not_of(" \t\r") != std::string::npos) {
        return true;
      } else {
        line.clear();
      }
      is_too_long_ = line.size() > file_bytes_max;
      if (is_too_long_) return false;
    }
    return line.find_first_not_of(" \t\r") != std::string::npos;
  }

  Seats next(seating::Series& series, const seating::RoundSpec& spec) {
    const SeatEffort& effort = request_.effort;
    if (!effort.budget_ms) return series.next(spec, {effort.proposals, effort.seed, {}});
    const CpuLimit limit(*effort.budget_ms);
    return series.next(spec, budget_of(effort, effort.seed, limit));
  }

  const SeatRequest& request_;
  SeatFormat format_;
  std::istream& in_;
  std::ostream& out_;
  std::ostream& errors_;
  bool is_too_long_ = false;
};

}  // namespace

Plan solve_within(const Problem& problem, const SeatEffort& effort) {
  if (!effort.budget_ms) return solve(problem, {effort.proposals, effort.seed, {}});
  // One search takes about half of the time that a slow core has; others follow, with other dice.
  const CpuLimit limit(*effort.budget_ms);
  Plan best = solve(problem, budget_of(effort, effort.seed, limit));
  Quality quality = measure(problem, best);
  for (std::uint64_t seed = effort.seed + 1; !limit.is_over() && !is_perfect(problem, quality);
       ++seed) {
    Plan plan = solve(problem, budget_of(effort, seed, limit));
    Quality other = measure(problem, plan);
    if (other.cost >= quality.cost) continue;
    best = std::move(plan);
    quality = std::move(other);
  }
  return best;
}

int run_seat(const SeatRequest& request, std::istream& in, std::ostream& out,
             std::ostream& errors) {
  const std::map<std::string, SeatFormat> formats = {
      {"json", SeatFormat::json}, {"csv", SeatFormat::csv}, {"text", SeatFormat::text}};
  const auto format = formats.find(request.format);
  if (format == formats.end()) {
    errors << "hallway: --format: json, csv or text\n";
    return 1;
  }
  if (request.effort.budget_ms.value_or(0) > budget_ms_max) {
    errors << "hallway: --budget-ms: an hour at most\n";
    return 1;
  }
  Command command(request, format->second, in, out, errors);
  if (request.action == SeatRequest::Action::measure) return command.measure();
  return request.action == SeatRequest::Action::plan ? command.plan() : command.online();
}

}  // namespace hallway
