#include "server/seat_problem.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "protocol/json_value.hpp"

namespace hallway {
namespace {

using json::Array;
using json::Object;
using json::Value;
using seating::Person;
using seating::Problem;

Error bad(const std::string& field, const std::string& why) {
  return refuse(ErrorCode::bad_request, field + ": " + why, field);
}

std::string at(const std::string& field, std::size_t index) {
  return field + "[" + std::to_string(index) + "]";
}

/// Numbers for words: equal words, or equal numbers, get equal numbers from 1 up.
class Words {
 public:
  std::uint32_t number(const std::string& word) {
    return numbers_.emplace(word, static_cast<std::uint32_t>(numbers_.size()) + 1).first->second;
  }

 private:
  std::map<std::string, std::uint32_t> numbers_;
};

/// Reads one object. The first thing wrong is kept, and everything after it is skipped.
class Reader {
 public:
  explicit Reader(const Object& object) : object_(object) {}

  const std::optional<Error>& error() const { return error_; }
  void fail(const std::string& field, const std::string& why) {
    if (!error_) error_ = bad(field, why);
  }

  const Value* find(std::string_view key) const { return object_.find(key); }

  /// The list of that name, or nullptr where there is none.
  const Array* list(const std::string& key) {
    const Value* value = object_.find(key);
    if (value == nullptr) return nullptr;
    if (value->array() == nullptr) fail(key, "a list is wanted");
    return value->array();
  }

  std::uint32_t whole(const Value& value, const std::string& field) {
    const std::int64_t* number = value.integer();
    if (number == nullptr || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) {
      fail(field, "a whole number from 0 up is wanted");
      return 0;
    }
    return static_cast<std::uint32_t>(*number);
  }

  std::vector<std::uint32_t> wholes(const Value* value, const std::string& field) {
    std::vector<std::uint32_t> numbers;
    if (value == nullptr || value->array() == nullptr) {
      fail(field, "a list of whole numbers is wanted");
      return numbers;
    }
    for (std::size_t index = 0; index < value->array()->size() && !error_; ++index) {
      numbers.push_back(whole((*value->array())[index], at(field, index)));
    }
    return numbers;
  }

  /// A name, or a number that stands for one; 0 is a name too, null is none.
  std::uint32_t word(const Value& value, const std::string& field, Words& words) {
    if (std::holds_alternative<std::nullptr_t>(value.data)) return 0;
    if (const std::string* text = value.text()) return words.number(*text);
    if (const std::int64_t* number = value.integer()) return words.number(std::to_string(*number));
    fail(field, "a name or a number is wanted");
    return 0;
  }

  /// Calls `take(a, b, third)` for each pair of people; `third` may be nullptr.
  template <class Take>
  void pairs(const std::string& key, std::size_t length_max, Take take) {
    const Array* pairs = list(key);
    for (std::size_t index = 0; pairs != nullptr && index < pairs->size() && !error_; ++index) {
      const Array* pair = (*pairs)[index].array();
      if (pair == nullptr || pair->size() < 2 || pair->size() > length_max) {
        fail(at(key, index), "a pair is wanted");
        return;
      }
      const std::uint32_t a = whole((*pair)[0], at(key, index));
      const std::uint32_t b = whole((*pair)[1], at(key, index));
      take(a, b, pair->size() > 2 ? &(*pair)[2] : nullptr, at(key, index));
    }
  }

 private:
  const Object& object_;
  std::optional<Error> error_;
};

void read_pairs(Reader& reader, Problem& problem) {
  const auto into = [](auto& list) {
    return
        [&list](Person a, Person b, const Value*, const std::string&) { list.emplace_back(a, b); };
  };
  reader.pairs("apart", 2, into(problem.apart));
  reader.pairs("together", 2, into(problem.together));
  reader.pairs("met_before", 3,
               [&](Person a, Person b, const Value* weight, const std::string& field) {
                 const std::optional<double> number = weight ? weight->number() : 1.0;
                 if (!number) reader.fail(field, "its weight is a number from 0 to 1");
                 problem.met_before.push_back({a, b, number.value_or(0)});
               });
  reader.pairs("met", 3, [&](Person a, Person b, const Value* times, const std::string& field) {
    problem.met.push_back({a, b, times ? reader.whole(*times, field) : 1});
  });
  reader.pairs("pins", 2,
               [&](Person person, std::uint32_t table, const Value*, const std::string&) {
                 problem.pins.push_back({person, table});
               });
}

void read_topics(Reader& reader, const std::string& key, Words& words,
                 std::vector<std::vector<std::uint32_t>>& topics) {
  const Array* lists = reader.list(key);
  for (std::size_t index = 0; lists != nullptr && index < lists->size(); ++index) {
    const Array* list = (*lists)[index].array();
    if (list == nullptr) return reader.fail(at(key, index), "a list of topics is wanted");
    topics.emplace_back();
    for (const Value& topic : *list) {
      topics.back().push_back(reader.word(topic, at(key, index), words));
    }
  }
}

void read_weights(Reader& reader, seating::Weights& weights) {
  const Value* value = reader.find("weights");
  if (value == nullptr) return;
  if (value->object() == nullptr) return reader.fail("weights", "an object is wanted");
  const std::map<std::string, double*> known = {
      {"repeat", &weights.repeat}, {"repeat_growth", &weights.repeat_growth},
      {"org", &weights.org},       {"met_before", &weights.met_before},
      {"apart", &weights.apart},   {"together", &weights.together},
      {"ask", &weights.ask}};
  for (const auto& [name, weight] : known) {
    const Value* given = value->object()->find(name);
    if (given == nullptr) continue;
    const std::optional<double> number = given->number();
    if (!number) return reader.fail("weights." + name, "a number is wanted");
    *weight = *number;
  }
}

void read_names(Reader& reader, SeatProblem& read) {
  const Array* names = reader.list("names");
  for (std::size_t index = 0; names != nullptr && index < names->size(); ++index) {
    const std::string* name = (*names)[index].text();
    if (name == nullptr) return reader.fail(at("names", index), "a name is wanted");
    read.names.push_back(*name);
  }
  if (!read.names.empty() && read.names.size() != read.problem.people) {
    reader.fail("names", "one for each person, or none");
  }
}

void read_people(Reader& reader, SeatProblem& read) {
  Problem& problem = read.problem;
  const Value* people = reader.find("people");
  if (people == nullptr) return reader.fail("people", "it is missing");
  problem.people = reader.whole(*people, "people");
  Words organisations;
  const Array* orgs = reader.list("org");
  for (std::size_t index = 0; orgs != nullptr && index < orgs->size(); ++index) {
    problem.org.push_back(reader.word((*orgs)[index], at("org", index), organisations));
  }
  read_pairs(reader, problem);
  Words topics;
  read_topics(reader, "ask", topics, problem.ask);
  read_topics(reader, "offer", topics, problem.offer);
  read_weights(reader, problem.weights);
  read_names(reader, read);
}

seating::RoundSpec layout_round(std::uint32_t people, const SeatLayout& layout) {
  seating::RoundSpec spec;
  spec.present.resize(people);
  std::iota(spec.present.begin(), spec.present.end(), 0u);
  spec.sizes = seating::table_sizes(people, layout.size, layout.size_min);
  if (spec.sizes.empty()) spec.present.clear();
  return spec;
}

/// Lists that are all empty are none at all: nobody asks for anything.
Result<SeatProblem> checked(SeatProblem read) {
  for (auto* topics : {&read.problem.ask, &read.problem.offer}) {
    if (std::all_of(topics->begin(), topics->end(),
                    [](const auto& list) { return list.empty(); })) {
      topics->clear();
    }
  }
  const std::string fault = seating::fault(read.problem);
  if (fault.empty()) return read;
  return refuse(ErrorCode::bad_request, fault, fault.substr(0, fault.find(':')));
}

/// The object that a text is, or why it is none.
Result<Value> parsed_object(std::string_view text) {
  json::Parsed parsed = json::parse(text);
  if (parsed.error) return *parsed.error;
  if (parsed.value.object() == nullptr) {
    return refuse(ErrorCode::bad_request, "A JSON object is wanted.");
  }
  return std::move(parsed.value);
}

void read_rounds(Reader& reader, const SeatLayout& layout, Problem& problem) {
  const Array* rounds = reader.list("rounds");
  if (rounds == nullptr) {
    if (layout.rounds > seating::rounds_max) return reader.fail("rounds", "too many");
    problem.rounds.assign(layout.rounds, layout_round(problem.people, layout));
    return;
  }
  if (rounds->size() > seating::rounds_max) return reader.fail("rounds", "too many");
  for (std::size_t index = 0; index < rounds->size(); ++index) {
    const Object* round = (*rounds)[index].object();
    const std::string field = at("rounds", index);
    if (round == nullptr) return reader.fail(field, "an object is wanted");
    problem.rounds.push_back({reader.wholes(round->find("sizes"), field + ".sizes"),
                              reader.wholes(round->find("present"), field + ".present")});
  }
}

}  // namespace

Result<SeatProblem> seat_problem_from_json(std::string_view text, const SeatLayout& layout) {
  const Result<Value> object = parsed_object(text);
  if (!object) return object.error();
  Reader reader(*object->object());
  SeatProblem read;
  read_people(reader, read);
  // Before the rounds, which are as large as there are people.
  if (read.problem.people > seating::people_max) reader.fail("people", "too many");
  if (!reader.error()) read_rounds(reader, layout, read.problem);
  if (reader.error()) return *reader.error();
  return checked(std::move(read));
}

Result<SeatProblem> seat_series_from_json(std::string_view text) {
  const Result<Value> object = parsed_object(text);
  if (!object) return object.error();
  Reader reader(*object->object());
  SeatProblem read;
  read_people(reader, read);
  if (reader.error()) return *reader.error();
  return checked(std::move(read));
}

Result<seating::RoundSpec> seat_round_from_json(std::string_view text, std::uint32_t people) {
  const Result<Value> object = parsed_object(text);
  if (!object) return object.error();
  Reader reader(*object->object());
  Problem problem;
  problem.people = people;
  problem.rounds = {{reader.wholes(reader.find("sizes"), "sizes"),
                     reader.wholes(reader.find("present"), "present")}};
  if (reader.error()) return *reader.error();
  const std::string fault = seating::fault(problem);
  if (!fault.empty()) return refuse(ErrorCode::bad_request, fault, "rounds");
  return problem.rounds.front();
}

Result<seating::Plan> seat_plan_from_json(std::string_view text) {
  const Result<Value> object = parsed_object(text);
  if (!object) return object.error();
  Reader reader(*object->object());
  seating::Plan plan;
  const Array* rounds = reader.list("rounds");
  if (rounds == nullptr) reader.fail("rounds", "a list is wanted");
  for (std::size_t round = 0; rounds != nullptr && round < rounds->size(); ++round) {
    const Array* tables = (*rounds)[round].array();
    plan.rounds.emplace_back();
    if (tables == nullptr) reader.fail(at("rounds", round), "a list of tables is wanted");
    for (std::size_t table = 0; tables != nullptr && table < tables->size(); ++table) {
      plan.rounds.back().push_back(
          reader.wholes(&(*tables)[table], at(at("rounds", round), table)));
    }
  }
  if (reader.error()) return *reader.error();
  return plan;
}

// --- CSV

namespace {

using Row = std::vector<std::string>;
constexpr std::size_t field_bytes_max = 500;

/// RFC 4180; line ends may be of either kind, and a byte-order mark is skipped.
Result<std::vector<Row>> rows_of(std::string_view text) {
  std::vector<Row> rows;
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  Row row(1);
  bool is_quoted = false;
  const auto end_row = [&] {
    if (row.size() > 1 || !row[0].empty()) rows.push_back(row);
    row.assign(1, "");
  };
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char c = text[index];
    if (is_quoted && c == '"' && index + 1 < text.size() && text[index + 1] == '"') {
      row.back() += text[++index];
    } else if (c == '"' && (is_quoted || row.back().empty())) {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      row.emplace_back();
    } else if (c == '\n' && !is_quoted) {
      end_row();
    } else if (c != '\r' || is_quoted) {
      row.back() += c;
    }
    if (row.back().size() > field_bytes_max) {
      return bad("line " + std::to_string(rows.size() + 1), "a field is too long");
    }
    if (rows.size() > seating::people_max + 1) return bad("people", "too many");
  }
  if (is_quoted) return bad("line " + std::to_string(rows.size() + 1), "a quote is not closed");
  end_row();
  return rows;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::uint32_t> topics_of(const std::string& field, Words& words) {
  std::vector<std::uint32_t> topics;
  for (std::size_t first = 0; first <= field.size();) {
    const std::size_t end = std::min(field.find(';', first), field.size());
    const std::string topic = trimmed(field.substr(first, end - first));
    if (!topic.empty()) topics.push_back(words.number(topic));
    first = end + 1;
  }
  return topics;
}

}  // namespace

Result<SeatProblem> seat_problem_from_csv(std::string_view text, const SeatLayout& layout) {
  const Result<std::vector<Row>> rows = rows_of(text);
  if (!rows) return rows.error();
  if (rows->empty()) return bad("line 1", "the names of the columns are wanted");
  std::map<std::string, std::size_t> columns;
  for (const std::string& name : rows->front()) {
    const std::size_t column = columns.size();
    if (!columns.emplace(trimmed(name), column).second) return bad("line 1", "a column twice");
  }
  if (columns.count("name") == 0) return bad("line 1", "a column `name` is wanted");
  SeatProblem read;
  Words organisations;
  Words topics;
  for (std::size_t line = 1; line < rows->size(); ++line) {
    const Row& row = (*rows)[line];
    const auto field = [&](const std::string& name) {
      const auto column = columns.find(name);
      return column == columns.end() || column->second >= row.size() ? std::string()
                                                                     : trimmed(row[column->second]);
    };
    if (field("name").empty()) return bad("line " + std::to_string(line + 1), "a name is missing");
    const std::string organisation = field("organisation");
    read.names.push_back(field("name"));
    read.organisations.push_back(organisation);
    read.problem.org.push_back(organisation.empty() ? 0 : organisations.number(organisation));
    read.problem.ask.push_back(topics_of(field("ask"), topics));
    read.problem.offer.push_back(topics_of(field("offer"), topics));
  }
  if (read.names.size() > seating::people_max) return bad("people", "too many");
  read.problem.people = static_cast<std::uint32_t>(read.names.size());
  if (layout.rounds > seating::rounds_max) return bad("rounds", "too many");
  read.problem.rounds.assign(layout.rounds, layout_round(read.problem.people, layout));
  return checked(std::move(read));
}

}  // namespace hallway
