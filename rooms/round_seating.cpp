// See round_seating.hpp.
#include "rooms/round_seating.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "rooms/permission.hpp"

namespace hallway {
namespace {

using Index = std::unordered_map<PersonId, seating::Person>;

Index index_of(const std::vector<PersonId>& people) {
  Index index;
  index.reserve(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    index.emplace(people[i], static_cast<seating::Person>(i));
  }
  return index;
}

/// Equal words give equal numbers, from 1.
class Dictionary {
 public:
  std::uint32_t number(const std::string& word) {
    return numbers_.emplace(word, static_cast<std::uint32_t>(numbers_.size() + 1)).first->second;
  }

 private:
  std::map<std::string, std::uint32_t> numbers_;
};

/// Words of a line that carry its meaning: those of four letters and more, but a few.
std::vector<std::uint32_t> topics_of(const std::string& line, Dictionary& words) {
  static const std::set<std::string, std::less<>> empty_words{
      "about", "advice", "anyone", "been",    "could", "does",  "from",    "gode", "have",
      "help",  "hjælp",  "hvad",   "hvordan", "into",  "like",  "looking", "med",  "nogen",
      "other", "people", "some",   "someone", "that",  "their", "them",    "they", "this",
      "want",  "what",   "when",   "where",   "which", "with",  "would",   "your"};
  std::vector<std::uint32_t> topics;
  std::string word;
  const auto end_word = [&] {
    if (word.size() >= 4 && !empty_words.contains(word) && topics.size() < seating::topics_max) {
      topics.push_back(words.number(word));
    }
    word.clear();
  };
  for (const char c : text::folded(line)) {
    const bool is_letter =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) word.push_back(c);
    if (!is_letter) end_word();
  }
  end_word();
  return topics;
}

/// What people told of themselves; one of them may be new to the event.
class Cards {
 public:
  Cards(const Event& event, const PersonView* newcomer) : event_(event), newcomer_(newcomer) {}
  const Card& of(PersonId person) const {
    if (newcomer_ && newcomer_->id == person) return newcomer_->card;
    return event_.find(person)->view.card;
  }
  bool know(PersonId person) const {
    return event_.find(person) || (newcomer_ && newcomer_->id == person);
  }
  bool came_together(PersonId one, PersonId other) const {
    const auto names = [&](PersonId who, PersonId whom) {
      const auto& named = of(who).came_with;
      return std::find(named.begin(), named.end(), whom) != named.end();
    };
    return know(one) && know(other) && names(one, other) && names(other, one);
  }

 private:
  const Event& event_;
  const PersonView* newcomer_;
};

/// Pairs that must not share a table; those kept together are none of them.
class PairList {
 public:
  PairList(const Index& index, std::vector<std::pair<seating::Person, seating::Person>>& into)
      : index_(index), into_(into) {}
  void leave_out(const std::vector<std::pair<seating::Person, seating::Person>>& pairs) {
    known_.insert(pairs.begin(), pairs.end());
  }
  void add(PersonId one, PersonId other) {
    const auto first = index_.find(one);
    const auto second = index_.find(other);
    if (first == index_.end() || second == index_.end() || one == other) return;
    const std::pair<seating::Person, seating::Person> pair =
        std::minmax(first->second, second->second);
    if (known_.insert(pair).second) into_.push_back(pair);
  }
  void add_all(const std::vector<PersonId>& group) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1; j < group.size(); ++j) add(group[i], group[j]);
    }
  }

 private:
  const Index& index_;
  std::vector<std::pair<seating::Person, seating::Person>>& into_;
  std::set<std::pair<seating::Person, seating::Person>> known_;
};

void add_history(const Event& event, PlanId plan, const Index& index, seating::Problem& problem) {
  for (const auto& [pair, count] : event.meetings.all()) {
    const auto first = index.find(pair.first);
    const auto second = index.find(pair.second);
    if (first == index.end() || second == index.end()) continue;
    const bool is_of_series = plan && count.plan == plan;
    const std::int64_t in_series = is_of_series ? count.in_series : 0;
    if (in_series > 0) {
      problem.met.push_back({first->second, second->second, static_cast<std::uint32_t>(in_series)});
    }
    if (count.in_all > in_series) {
      problem.met_before.push_back({first->second, second->second, 1.0});
    }
  }
}

/// What the event knows itself outranks what its group remembers.
void add_remembered(const std::vector<MetBefore>& met, const Index& index,
                    seating::Problem& problem) {
  std::set<std::pair<seating::Person, seating::Person>> known;
  for (const seating::MetPair& pair : problem.met_before) known.insert(std::minmax(pair.a, pair.b));
  for (const MetBefore& pair : met) {
    const auto first = index.find(pair.one);
    const auto second = index.find(pair.other);
    if (first == index.end() || second == index.end()) continue;
    if (!known.insert(std::minmax(first->second, second->second)).second) continue;
    problem.met_before.push_back({first->second, second->second, pair.weight});
  }
}

void add_lines(const Cards& cards, SeatingTask& task) {
  task.lines.resize(task.people.size());
  for (std::size_t i = 0; i < task.people.size(); ++i) {
    const Card& card = cards.of(task.people[i]);
    if (task.options.avoid_org) task.lines[i].org = card.org;
    if (!task.options.match_asks) continue;
    task.lines[i].ask = card.ask;
    task.lines[i].offer = card.offer;
  }
}

void add_pins(SeatingTask& task, const Index& index) {
  for (const auto& [person, table] : task.options.hosts) {
    const auto host = index.find(person);
    if (host == index.end()) continue;
    const auto at = std::find(task.tables.begin(), task.tables.end(), table);
    if (at == task.tables.end()) {
      ++task.hosts_unseated;
    } else {
      task.problem.pins.push_back(
          {host->second, static_cast<std::uint32_t>(at - task.tables.begin())});
    }
  }
}

std::optional<ImpossibleView> what_would_help(const SeatingTask& task,
                                              const seating::Problem& problem,
                                              const PlanQualityView& quality) {
  ImpossibleView told;
  if (quality.pairs_repeated > 0) {
    told.reason = "repeats";
    const auto advice = seating::advise(problem, static_cast<std::uint32_t>(task.options.size),
                                        static_cast<std::uint32_t>(task.options.size_min));
    told.size = advice.size_without_repeats;
    told.rounds = advice.rounds_without_repeats;
  } else if (quality.same_org > 0) {
    told.reason = "org";
  } else if (quality.conflicts > 0) {
    told.reason = "apart";
  } else {
    return std::nullopt;
  }
  return told;
}

PlanQualityView quality_of(const SeatingTask& task, const seating::Problem& problem,
                           const seating::Plan& plan) {
  const seating::Quality measured = seating::measure(problem, plan);
  const seating::Bounds bounds = seating::lower_bounds(problem);
  const auto count = [](std::size_t number) { return static_cast<std::int64_t>(number); };
  PlanQualityView told;
  told.people = count(task.people.size());
  told.tables = count(task.tables.size());
  told.sizes.assign(problem.rounds.front().sizes.begin(), problem.rounds.front().sizes.end());
  told.rounds = count(plan.rounds.size());
  told.pairs_repeated = count(measured.pairs_repeated);
  told.people_met_min = count(measured.people_met_min);
  told.people_met_mean = std::round(measured.people_met_mean * 10) / 10;
  told.same_org = count(measured.same_org);
  told.met_before = count(measured.met_before);
  told.conflicts = count(measured.apart_broken + measured.together_broken + measured.pins_broken) +
                   task.hosts_unseated;
  told.asks_met = count(measured.asks_met);
  for (const seating::RoundQuality& round : measured.rounds) {
    told.by_round.push_back({count(round.pairs), count(round.repeated), count(round.same_org),
                             count(round.met_before)});
  }
  told.bound_repeated = count(bounds.repeats);
  told.bound_same_org = count(bounds.same_org);
  told.impossible = what_would_help(task, problem, told);
  return told;
}

/// What the series planned is kept unless a better seating was found.
seating::Plan solved(const SeatingTask& task, const seating::Problem& problem) {
  if (task.purpose != SeatingTask::Purpose::next) return seating::solve(problem, task.budget);
  seating::Plan found{{seating::next_round(problem, task.budget, nullptr)}};
  if (!task.planned) return found;
  const seating::Plan kept{{seating::adjust(problem, *task.planned, problem.rounds.front())}};
  const bool is_better =
      seating::measure(problem, found).cost < seating::measure(problem, kept).cost;
  return is_better ? found : kept;
}

}  // namespace

SeatingOutcome carry_out(SeatingTask task, const std::vector<PeoplePair>& blocks,
                         const std::vector<MetBefore>& met) {
  const Index index = index_of(task.people);
  if (task.options.avoid_met) add_remembered(met, index, task.problem);
  seating::Problem problem = posed(task);
  PairList apart(index, problem.apart);
  apart.leave_out(problem.apart);
  apart.leave_out(problem.together);
  for (const auto& [one, other] : blocks) apart.add(one, other);

  const seating::Plan plan = solved(task, problem);
  SeatingOutcome outcome{task.purpose, task.room, task.plan, task.options, task.first, {}, {}, {}};
  std::vector<SeatingView> rounds;
  for (const seating::Seats& round : plan.rounds) rounds.push_back(view_of(task, round));
  outcome.rounds = std::make_shared<std::vector<SeatingView>>(std::move(rounds));
  // A block shows in no figure.
  outcome.quality = quality_of(task, posed(task), plan);
  for (const auto& [one, other] : problem.apart) {
    outcome.apart.emplace_back(task.people[one], task.people[other]);
  }
  return outcome;
}

std::vector<PersonId> people_to_seat(const Event& event, const Room& room,
                                     const RoundOptions& options) {
  std::vector<PersonId> people;
  for (const PersonId person : room.people) {
    const Member& member = *event.find(person);
    if (member.waiting || member.view.state == PersonState::away) continue;
    if (room.rounds.sitting_out.contains(person)) continue;
    const bool is_host = std::any_of(options.hosts.begin(), options.hosts.end(),
                                     [&](const auto& host) { return host.first == person; });
    const bool joins =
        member.view.role == Role::member || is_host || room.rounds.joining_in.contains(person);
    if (joins) people.push_back(person);
  }
  return people;
}

std::vector<TableId> tables_to_take(const Event& event, const Room& room,
                                    const RoundOptions& options, std::size_t count) {
  std::set<TableId> chosen;
  const auto choose = [&](TableId table) {
    const Table* known = event.find(table);
    const bool fits = known && known->room == room.id && !known->sofa();
    if (fits && chosen.size() < count) chosen.insert(table);
  };
  for (const auto& [host, table] : options.hosts) choose(table);
  for (const TableId table : room.tables) choose(table);
  std::vector<TableId> tables;
  for (const TableId table : room.tables) {
    if (chosen.contains(table)) tables.push_back(table);
  }
  tables.resize(count);
  return tables;
}

SeatingTask seating_task(const Event& event, const Room& room, PlanId plan,
                         const RoundOptions& options, std::vector<PersonId> people,
                         std::int64_t rounds, const std::vector<PeoplePair>& apart,
                         const PersonView* newcomer) {
  const Cards cards(event, newcomer);
  SeatingTask task;
  task.room = room.id;
  task.plan = plan;
  task.options = options;
  task.people = std::move(people);
  const Index index = index_of(task.people);
  seating::Problem& problem = task.problem;
  problem.people = static_cast<std::uint32_t>(task.people.size());
  seating::RoundSpec spec;
  spec.sizes = seating::table_sizes(problem.people, static_cast<std::uint32_t>(options.size),
                                    static_cast<std::uint32_t>(options.size_min));
  for (seating::Person person = 0; person < problem.people; ++person) {
    spec.present.push_back(person);
  }
  problem.rounds.assign(static_cast<std::size_t>(rounds), spec);
  task.tables = tables_to_take(event, room, options, spec.sizes.size());
  add_pins(task, index);
  add_lines(cards, task);

  PairList together(index, problem.together);
  for (const auto& group : options.together) together.add_all(group);
  PairList separate(index, problem.apart);
  separate.leave_out(problem.together);
  for (const auto& group : options.apart) separate.add_all(group);
  for (const auto& [one, other] : apart) separate.add(one, other);
  if (options.avoid_came_with) {
    for (const PersonId person : task.people) {
      for (const PersonId other : cards.of(person).came_with) {
        if (cards.came_together(person, other)) separate.add(person, other);
      }
    }
  }
  if (options.avoid_met) {
    add_history(event, plan, index, problem);
  } else {
    problem.weights.repeat = 0;
    problem.weights.repeat_growth = 0;
  }
  return task;
}

SeatingTask newcomer_task(const Event& event, const Room& room, const Round& round,
                          std::vector<PersonId> people, const PersonView& newcomer) {
  return seating_task(event, room, round.plan, round.options, std::move(people), 1, round.apart,
                      &newcomer);
}

seating::Problem posed(const SeatingTask& task) {
  seating::Problem problem = task.problem;
  Dictionary orgs;
  Dictionary words;
  for (const SeatingTask::Lines& lines : task.lines) {
    if (task.options.avoid_org) {
      const std::string org = text::folded(lines.org);
      problem.org.push_back(org.empty() ? 0 : orgs.number(org));
    }
    if (task.options.match_asks) {
      problem.ask.push_back(topics_of(lines.ask, words));
      problem.offer.push_back(topics_of(lines.offer, words));
    }
  }
  return problem;
}

seating::Seats seats_of(const SeatingTask& task, const SeatingView& planned) {
  const Index index = index_of(task.people);
  seating::Seats seats;
  for (const auto& [table, people] : planned) {
    seating::Group& group = seats.emplace_back();
    for (const PersonId person : people) {
      if (const auto known = index.find(person); known != index.end()) {
        group.push_back(known->second);
      }
    }
  }
  return seats;
}

SeatingView view_of(const SeatingTask& task, const seating::Seats& seats) {
  SeatingView told;
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto& [table, people] = told.emplace_back();
    table = task.tables[i];
    for (const seating::Person person : seats[i]) people.push_back(task.people[person]);
  }
  return told;
}

std::int64_t count_repeats(const Event& event, PlanId plan, const SeatingView& seats) {
  std::int64_t repeats = 0;
  for (const auto& [table, people] : seats) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      for (std::size_t j = i + 1; j < people.size(); ++j) {
        if (event.meetings.times_in_series(plan, people[i], people[j]) > 0) ++repeats;
      }
    }
  }
  return repeats;
}

}  // namespace hallway
