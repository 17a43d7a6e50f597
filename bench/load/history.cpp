// The history of a run as lines of JSON: see history.hpp.
#include "load/history.hpp"

#include <array>
#include <cinttypes>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "load/loop.hpp"
#include "load/wire.hpp"

namespace hallway::load {
namespace {

constexpr std::array<std::string_view, 13> kind_names = {
    "person", "sent", "answered", "refused", "resume", "hello", "opened",
    "closed", "push", "lost",     "stands",  "read",   "people"};

/// The text fields and the numbers of a record, with their names in the file.
template <typename Visit, typename AnyRecord>
void visit_fields(AnyRecord& record, const Visit& visit) {
  visit("person", record.person);
  visit("role", record.role);
  visit("cmd", record.cmd);
  visit("nonce", record.nonce);
  visit("stream", record.stream);
  visit("epoch", record.epoch);
  visit("digest", record.digest);
  visit("name", record.name);
  visit("by", record.by);
  visit("table", record.table);
  visit("code", record.code);
  visit("offset", record.offset);
  visit("of", record.of);
  visit("at_ms", record.at_ms);
  visit("bytes", record.bytes);
  visit("tries", record.tries);
  visit("dup", record.dup);
  visit("retry", record.retry);
  visit("edited", record.edited);
  visit("deleted", record.deleted);
}

struct FieldWriter {
  wire::Fields& fields;
  void operator()(const char* key, const std::string& text) const {
    if (!text.empty()) {
      fields.add(key, text);
    }
  }
  template <std::integral Number>
  void operator()(const char* key, Number number) const {
    if (number != Number{}) {
      fields.add(key, number);
    }
  }
};

struct FieldReader {
  const wire::Value& object;
  void operator()(const char* key, std::string& text) const { text = object[key].text(); }
  void operator()(const char* key, bool& flag) const { flag = object[key].flag(); }
  template <std::integral Number>
  void operator()(const char* key, Number& number) const {
    number = static_cast<Number>(object[key].number());
  }
};

std::vector<std::string> texts(const wire::Value& list) {
  std::vector<std::string> out;
  for (const wire::Value& item : list.items()) {
    out.push_back(item.text());
  }
  return out;
}

}  // namespace

std::string digest_of(std::string_view body) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : body) {
    hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  }
  char text[17];
  std::snprintf(text, sizeof text, "%016" PRIx64, hash);
  return text;
}

std::string marker_of(std::string_view body) {
  const std::size_t end = body.find(' ');
  if (body.empty() || body.front() != '#' || end == std::string_view::npos) {
    return {};
  }
  return std::string(body.substr(1, end - 1));
}

std::string marked_body(std::string_view nonce, std::string_view words) {
  return std::string("#").append(nonce).append(" ").append(words);
}

std::string to_line(const Record& record) {
  wire::Fields fields;
  fields.add("t", kind_names.at(static_cast<std::size_t>(record.kind)));
  fields.add("us", record.us).add("client", record.client);
  visit_fields(record, FieldWriter{fields});
  if (!record.points.empty()) {
    wire::Fields points;
    for (const auto& [stream, point] : record.points) {
      points.raw(stream,
                 wire::Fields().add("epoch", point.epoch).add("offset", point.offset).str());
    }
    fields.raw("points", points.str());
  }
  if (!record.recovered.empty()) {
    fields.list("recovered", record.recovered);
  }
  if (!record.resets.empty()) {
    wire::Fields resets;
    for (const auto& [stream, reason] : record.resets) {
      resets.add(stream, reason);
    }
    fields.raw("resets", resets.str());
  }
  if (!record.members.empty()) {
    fields.list("members", record.members);
  }
  return fields.str();
}

Record from_line(std::string_view line) {
  const wire::Value object = wire::parse(line);
  const std::string kind = object["t"].text();
  Record record;
  std::size_t index = 0;
  while (index < kind_names.size() && kind_names.at(index) != kind) {
    ++index;
  }
  if (index == kind_names.size()) {
    throw std::runtime_error("not a line of a history: " + std::string(line.substr(0, 80)));
  }
  record.kind = static_cast<Record::Kind>(index);
  record.us = object["us"].number();
  record.client = object["client"].number(-1);
  visit_fields(record, FieldReader{object});
  for (const std::string& stream : object["points"].keys()) {
    const wire::Value point = object["points"][stream];
    record.points[stream] = {point["epoch"].text(),
                             static_cast<std::uint64_t>(point["offset"].number())};
  }
  for (const std::string& stream : object["resets"].keys()) {
    record.resets[stream] = object["resets"][stream].text();
  }
  record.recovered = texts(object["recovered"]);
  record.members = texts(object["members"]);
  return record;
}

std::vector<Record> read_history(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    throw std::runtime_error("cannot read " + path);
  }
  std::vector<Record> records;
  std::string line;
  while (std::getline(file, line)) {
    records.push_back(from_line(line));
  }
  return records;
}

HistoryWriter::HistoryWriter(const std::string& path)
    : file_(std::fopen(path.c_str(), "w"), &std::fclose) {
  if (!file_) {
    throw std::runtime_error("cannot write " + path);
  }
}

void HistoryWriter::write(Record record) {
  record.us = now_us();
  const std::string line = to_line(record) + "\n";
  std::fwrite(line.data(), 1, line.size(), file_.get());
  ++lines_;
}

}  // namespace hallway::load
