// Each client against the log: A5 what it applied is a slice, A7 nothing it was not entitled to,
// A8 no reset without a cause.
#include <algorithm>
#include <optional>

#include "load/checker_log.hpp"

namespace hallway::load {
namespace {

// The bounds of a recovery; bytes are counted as the client saw them, framing of several pushes in
// one message apart, so that the figure is taken with some slack.
constexpr std::uint64_t missed_pushes_max = 300;
constexpr std::uint64_t missed_bytes_sure = 192 * 1024;

struct ClientState {
  std::map<std::string, Point> held;
  std::map<std::string, Point> resumed;
  bool connected = false;
};

class ClientCheck {
 public:
  ClientCheck(const Knowledge& known, const CheckOptions& options, Verdict& verdict)
      : known_(known), options_(options), verdict_(verdict) {}

  void step(const Record& record) {
    ClientState& client = clients_[record.client];
    switch (record.kind) {
      case Record::Kind::resume:
        client.resumed = record.points;
        break;
      case Record::Kind::hello:
        hello(record, client);
        break;
      case Record::Kind::opened:
        client.held[record.stream] = {record.epoch, record.offset};
        entitled_to_open(record);
        break;
      case Record::Kind::closed:
        client.held.erase(record.stream);
        break;
      case Record::Kind::push:
        push(record, client);
        break;
      case Record::Kind::lost:
        client.connected = false;
        break;
      default:
        break;
    }
  }

  /// Whoever is still connected holds the whole of each stream it holds.
  void finish() {
    for (const auto& [id, client] : clients_) {
      for (const auto& [stream, point] : client.held) {
        const auto log = known_.logs.find({stream, point.epoch});
        if (!client.connected || log == known_.logs.end()) {
          continue;
        }
        const std::uint64_t top = log->second.rbegin()->first;
        if (point.offset < top) {
          find("A5", id, stream,
               "ends at " + std::to_string(point.offset) + " though the stream stands at " +
                   std::to_string(top));
        }
      }
    }
  }

 private:
  void find(const char* rule, std::int64_t client, const std::string& stream,
            const std::string& what) {
    verdict_.findings.push_back(
        {rule, "client " + std::to_string(client) + ", " + stream + ": " + what});
  }

  std::string person(std::int64_t client) const {
    const auto found = known_.person_of.find(client);
    return found == known_.person_of.end() ? std::string() : found->second;
  }

  void push(const Record& record, ClientState& client) {
    ++verdict_.pushes;
    const auto held = client.held.find(record.stream);
    if (held == client.held.end()) {
      find("A7", record.client, record.stream,
           "offset " + std::to_string(record.offset) + " of a stream that is not open");
      return;
    }
    const std::uint64_t last = held->second.offset;
    if (record.offset != last + 1) {
      find("A5", record.client, record.stream,
           std::to_string(record.offset) + " came after " + std::to_string(last));
    }
    held->second.offset = std::max(last, record.offset);
    if (record.stream.starts_with("table:") && !sat_through(record)) {
      find("A7", record.client, record.stream,
           "offset " + std::to_string(record.offset) + " belongs to a sitting of others");
    }
  }

  /// Whether the client sat at the table when the push was made, or later in the same sitting.
  bool sat_through(const Record& record) const {
    const auto found = known_.seatings.find(record.stream.substr(6));
    if (found == known_.seatings.end()) {
      return true;
    }
    const std::string who = person(record.client);
    for (const Seating& during : found->second) {
      if (record.at_ms < during.from_ms || record.at_ms > during.until_ms) {
        continue;
      }
      for (const Seating& own : found->second) {
        if (own.person == who && own.sitting == during.sitting && own.until_ms >= record.at_ms) {
          return true;
        }
      }
    }
    return false;
  }

  void entitled_to_open(const Record& record) {
    const std::string who = person(record.client);
    const auto role = known_.role_of.find(who);
    const bool staff = role != known_.role_of.end() && role->second != "member";
    const std::string& stream = record.stream;
    if (stream.starts_with("desk:") && !staff) {
      find("A7", record.client, stream, "opened for a member");
    }
    if (stream.starts_with("person:") && stream != "person:" + who) {
      find("A7", record.client, stream, "opened for somebody else");
    }
    const auto people = known_.people_of.find(stream);
    if (people != known_.people_of.end() && !people->second.contains(who)) {
      find("A7", record.client, stream, "opened for somebody outside the conversation");
    }
  }

  void hello(const Record& record, ClientState& client) {
    ++verdict_.hellos;
    client.connected = true;
    verdict_.recovered += record.recovered.size();
    for (const std::string& stream : record.recovered) {
      if (!client.resumed.contains(stream)) {
        find("A8", record.client, stream, "recovered, but never asked for");
      }
    }
    for (const auto& [stream, point] : client.resumed) {
      const auto reset = record.resets.find(stream);
      const bool kept = std::find(record.recovered.begin(), record.recovered.end(), stream) !=
                        record.recovered.end();
      if (kept == (reset != record.resets.end())) {
        find("A8", record.client, stream, "neither recovered nor reset, or both");
      }
      if (reset != record.resets.end()) {
        ++verdict_.resets;
        judge_reset(record, client, stream, reset->second);
      }
      if (!kept) {
        client.held.erase(stream);
      }
    }
  }

  void judge_reset(const Record& record, const ClientState& client, const std::string& stream,
                   const std::string& reason) {
    const Point& held = client.resumed.at(stream);
    const auto top = record.points.find(stream);
    const bool open = top != record.points.end();
    std::optional<std::string> wrong;
    if (reason == "epoch") {
      if (!options_.epochs_may_change) {
        wrong = "reset for its epoch, though nothing was restored";
      } else if (open && top->second.epoch == held.epoch) {
        wrong = "reset for its epoch, which is the same";
      }
    } else if (reason == "gap") {
      if (!enough_missed(record, client)) {
        wrong = "reset for a gap, though no more was missed than may be recovered";
      }
    } else if (reason == "future") {
      wrong = "the client had come to " + std::to_string(held.offset) + ", the server has lost it";
    } else if (reason == "forbidden") {
      if (open) {
        wrong = "reset as forbidden, though the person receives it";
      }
    } else if (reason == "sitting") {
      if (!stream.starts_with("table:")) {
        wrong = "reset for a sitting, though it is no table";
      }
    } else {
      wrong = "reset for the unknown reason " + reason;
    }
    if (wrong) {
      find("A8", record.client, stream, *wrong);
    }
  }

  bool enough_missed(const Record& record, const ClientState& client) const {
    std::uint64_t pushes = 0;
    std::uint64_t bytes = 0;
    for (const auto& [stream, point] : client.resumed) {
      const auto top = record.points.find(stream);
      if (top == record.points.end() || top->second.epoch != point.epoch) {
        continue;
      }
      for (std::uint64_t at = point.offset + 1; at <= top->second.offset; ++at) {
        const LogEntry* const entry = known_.find({stream, point.epoch}, at);
        ++pushes;
        // A push nobody received while connected may have been large.
        bytes += entry == nullptr || entry->bytes == 0 ? 16 * 1024 : entry->bytes;
      }
    }
    return pushes > missed_pushes_max || bytes > missed_bytes_sure;
  }

  const Knowledge& known_;
  const CheckOptions& options_;
  Verdict& verdict_;
  std::map<std::int64_t, ClientState> clients_;
};

}  // namespace

void check_clients(const std::vector<Record>& records, const Knowledge& known,
                   const CheckOptions& options, Verdict& verdict) {
  ClientCheck clients(known, options, verdict);
  for (const Record& record : records) {
    clients.step(record);
  }
  clients.finish();
}

}  // namespace hallway::load
