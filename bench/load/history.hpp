// The history of a run: what each client sent, was told and saw, one JSON object a line. The load
// client writes it, the checker reads it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hallway::load {

/// A message's body as a history names it: 64 bits of FNV-1a in hexadecimal.
[[nodiscard]] std::string digest_of(std::string_view body);
/// Bodies written by the load client begin with "#nonce "; empty for any other body.
[[nodiscard]] std::string marker_of(std::string_view body);
[[nodiscard]] std::string marked_body(std::string_view nonce, std::string_view words);

struct Point {
  std::string epoch;
  std::uint64_t offset = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

/// One line. Which fields count depends on the kind; the others stay empty.
struct Record {
  enum class Kind {
    person,    // client, person, role
    sent,      // client, nonce, cmd, stream, digest, of, tries: a command leaves
    answered,  // client, nonce, stream, offset, dup: its reply
    refused,   // client, nonce, code, retry
    resume,    // client, points: hello names these
    hello,     // client, points (the tops), recovered, resets: the answer to it
    opened,    // client, stream, epoch, offset
    closed,    // client, stream
    push,      // client, stream, epoch, offset, at_ms, name, by, nonce, digest, of, person,
               // table, bytes: a durable push arrived
    lost,      // client, code: the connection went
    stands,    // client, stream, epoch, offset, at_ms, by, nonce, digest, edited, deleted:
               // a message in the final reading of a stream
    read,      // client, stream, epoch, offset (the top): that reading is whole
    people,    // stream, members: who a conversation is between
  };
  Kind kind = Kind::lost;
  std::int64_t us = 0;  // when, on the machine's monotonic clock
  std::int64_t client = -1;
  std::string person;
  std::string role;
  std::string cmd;
  std::string nonce;
  std::string stream;
  std::string epoch;
  std::string digest;
  std::string name;
  std::string by;
  std::string table;
  std::string code;
  std::uint64_t offset = 0;
  std::uint64_t of = 0;
  std::int64_t at_ms = 0;
  std::uint64_t bytes = 0;
  int tries = 0;
  bool dup = false;
  bool retry = false;
  bool edited = false;
  bool deleted = false;
  std::map<std::string, Point> points;        // resume, and hello's tops
  std::vector<std::string> recovered;         // streams
  std::map<std::string, std::string> resets;  // stream to reason
  std::vector<std::string> members;
};

[[nodiscard]] std::string to_line(const Record& record);
/// Throws std::runtime_error for a line that is no record.
[[nodiscard]] Record from_line(std::string_view line);

/// Throws std::runtime_error when the file cannot be read.
[[nodiscard]] std::vector<Record> read_history(const std::string& path);

/// Writes lines as they come; the file is complete once the writer is gone.
class HistoryWriter {
 public:
  /// Throws std::runtime_error when the file cannot be made.
  explicit HistoryWriter(const std::string& path);
  /// Stamps the record with the time and appends it.
  void write(Record record);
  [[nodiscard]] std::uint64_t lines() const { return lines_; }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::uint64_t lines_ = 0;
};

}  // namespace hallway::load
