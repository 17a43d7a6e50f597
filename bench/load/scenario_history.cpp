// The scenarios "history" (live through a busy time and write it down) and "check" (judge it).
#include <cstdio>
#include <memory>
#include <vector>

#include "load/checker.hpp"
#include "load/scenarios.hpp"
#include "load/wanderer.hpp"

namespace hallway::load {
namespace {

constexpr std::int64_t arrival_limit_ms = 60'000;
constexpr std::int64_t settle_ms = 1'500;
constexpr std::size_t findings_shown = 40;

class HistoryRun {
 public:
  HistoryRun(const CommonOptions& common, const HistoryOptions& options)
      : common_(common),
        options_(options),
        history_(options.out),
        run_{loop_, history_, traffic_, count_} {
    settings_.answer_limit_ms = options.answer_limit_ms;
    settings_.backoff_max_ms = options.backoff_max_ms;
  }

  int run() {
    if (!gather_observers() || !gather_wanderers()) {
      std::fprintf(stderr, "not everyone could arrive\n");
      return 1;
    }
    std::fprintf(stderr, "everyone is here; %g s begin\n", options_.seconds);
    for (const auto& wanderer : wanderers_) {
      wanderer->start();
    }
    loop_.run_for(static_cast<std::int64_t>(options_.seconds * 1'000));
    for (const auto& wanderer : wanderers_) {
      wanderer->stop();
    }
    const bool drained =
        loop_.run_until([this] { return everyone_settled(); }, options_.drain_limit_ms);
    const bool complete = drained && read_all();
    loop_.run_for(settle_ms);
    report(drained, complete);
    return complete ? 0 : 1;
  }

 private:
  bool gather_observers() {
    const Link link = parse_link(common_.staff_link);
    add_observer(link);
    if (!loop_.run_until([this] { return observers_.front()->is_watching(); }, arrival_limit_ms)) {
      return false;
    }
    for (std::size_t room = 1; room < observers_.front()->rooms(); ++room) {
      add_observer(link);
    }
    return loop_.run_until(
        [this] {
          for (const auto& observer : observers_) {
            if (!observer->is_watching()) {
              return false;
            }
          }
          return true;
        },
        arrival_limit_ms);
  }

  void add_observer(const Link& link) {
    const std::size_t index = observers_.size();
    Profile profile;
    profile.name = "Observer " + std::to_string(index + 1);
    observers_.push_back(std::make_unique<Observer>(run_, link, profile, next_client_,
                                                    seed_of(next_client_), settings_, index));
    ++next_client_;
    observers_.back()->member().join();
  }

  bool gather_wanderers() {
    const Link link = parse_link(common_.link);
    const WandererSettings habits{options_.actions_per_s, options_.drop_share, options_.hop_share};
    for (int i = 0; i < options_.people; ++i) {
      Profile profile;
      profile.name = "Wanderer " + std::to_string(i + 1);
      wanderers_.push_back(std::make_unique<Wanderer>(
          run_, link, profile, next_client_, seed_of(next_client_), settings_, habits, everyone_));
      ++next_client_;
      wanderers_.back()->member().join();
    }
    const bool arrived = loop_.run_until(
        [this] {
          for (const auto& wanderer : wanderers_) {
            if (!wanderer->member().is_ready()) {
              return false;
            }
          }
          return true;
        },
        arrival_limit_ms);
    for (const auto& wanderer : wanderers_) {
      everyone_.push_back(wanderer->member().person());
    }
    return arrived;
  }

  bool everyone_settled() {
    for (const auto& wanderer : wanderers_) {
      if (!wanderer->is_stopped() &&
          (!wanderer->member().is_ready() || wanderer->member().unanswered() > 0)) {
        return false;
      }
    }
    for (const auto& observer : observers_) {
      if (!observer->member().is_ready()) {
        return false;
      }
    }
    return true;
  }

  /// One reader after the other: they sit down at tables, and would be in each other's way.
  bool read_all() {
    bool reading = false;
    const auto read = [&](auto& reader) {
      if (reader->is_stopped()) {
        return true;
      }
      reading = true;
      reader->read_everything([&reading] { reading = false; });
      return loop_.run_until([&reading] { return !reading; }, options_.drain_limit_ms);
    };
    bool complete = true;
    for (const auto& wanderer : wanderers_) {
      complete = read(wanderer) && complete;
    }
    for (const auto& observer : observers_) {
      complete = read(observer) && complete;
    }
    return complete;
  }

  std::uint64_t seed_of(std::int64_t client) const {
    return common_.seed * 1'000'003 + static_cast<std::uint64_t>(client);
  }

  void report(bool drained, bool complete) const {
    wire::Fields fields;
    fields.add("scenario", "history").add("people", options_.people);
    fields.add("seconds", options_.seconds).add("sent", count_.sent);
    fields.add("acknowledged", count_.acknowledged).add("resent", count_.resent);
    fields.add("refused", count_.refused).add("connections_lost", count_.lost);
    fields.add("pushes", count_.pushes).add("stopped", count_.stopped);
    fields.add("drained", drained).add("complete", complete);
    fields.add("lines", history_.lines()).add("file", options_.out);
    std::printf("%s\n", fields.str().c_str());
  }

  CommonOptions common_;
  HistoryOptions options_;
  Loop loop_;
  HistoryWriter history_;
  TrafficCount traffic_;
  RunCount count_;
  RunContext run_;
  MemberSettings settings_;
  std::int64_t next_client_ = 0;
  std::vector<std::string> everyone_;
  std::vector<std::unique_ptr<Observer>> observers_;
  std::vector<std::unique_ptr<Wanderer>> wanderers_;
};

}  // namespace

int run_history(const CommonOptions& common, const HistoryOptions& options) {
  return HistoryRun(common, options).run();
}

int run_check(const CheckRunOptions& options) {
  std::vector<Record> records;
  for (const std::string& file : options.files) {
    std::vector<Record> more = read_history(file);
    records.insert(records.end(), more.begin(), more.end());
  }
  CheckOptions check_options;
  check_options.epochs_may_change = options.epochs_may_change;
  const Verdict verdict = check(records, check_options);
  std::size_t shown = 0;
  for (const Finding& finding : verdict.findings) {
    if (shown++ < findings_shown) {
      std::fprintf(stderr, "%s %s\n", finding.rule.c_str(), finding.text.c_str());
    }
  }
  wire::Fields fields;
  fields.add("scenario", "check").add("violations", verdict.findings.size());
  fields.add("clients", verdict.clients).add("streams", verdict.streams);
  fields.add("acknowledged", verdict.acknowledged).add("resent", verdict.resent);
  fields.add("duplicates", verdict.duplicates).add("pushes", verdict.pushes);
  fields.add("hellos", verdict.hellos).add("recovered", verdict.recovered);
  fields.add("resets", verdict.resets);
  std::printf("%s\n", fields.str().c_str());
  return verdict.clean() ? 0 : 1;
}

}  // namespace hallway::load
