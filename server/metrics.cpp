// The names under which Prometheus sees what metrics.hpp counts. The one owner of prometheus-cpp.
#include "server/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace hallway {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

template <std::size_t... index>
constexpr auto command_names_of(std::index_sequence<index...>) {
  return std::array<std::string_view, sizeof...(index)>{
      std::variant_alternative_t<index, Command>::name...};
}
constexpr auto command_names =
    command_names_of(std::make_index_sequence<std::variant_size_v<Command>>{});

std::string_view outcome_word(std::size_t outcome) {
  return outcome == 0 ? "ok" : to_text(static_cast<ErrorCode>(outcome - 1));
}

MetricFamily family(std::string name, std::string help, MetricType type) {
  MetricFamily made;
  made.name = std::move(name);
  made.help = std::move(help);
  made.type = type;
  return made;
}

ClientMetric counted(double value, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.counter.value = value;
  metric.gauge.value = value;
  return metric;
}

MetricFamily single(std::string name, std::string help, const Counter& counter) {
  MetricFamily made = family(std::move(name), std::move(help), MetricType::Counter);
  made.metric.push_back(counted(static_cast<double>(counter.value())));
  return made;
}

MetricFamily single(std::string name, std::string help, const Gauge& gauge) {
  MetricFamily made = family(std::move(name), std::move(help), MetricType::Gauge);
  made.metric.push_back(counted(static_cast<double>(gauge.value())));
  return made;
}

MetricFamily single(std::string name, std::string help, const SecondsHistogram& histogram) {
  ClientMetric metric;
  std::uint64_t below = 0;
  for (std::size_t i = 0; i <= SecondsHistogram::bounds_s.size(); ++i) {
    below += histogram.in_bucket(i);
    const double bound = i < SecondsHistogram::bounds_s.size()
                             ? SecondsHistogram::bounds_s[i]
                             : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({below, bound});
  }
  metric.histogram.sample_count = below;
  metric.histogram.sample_sum = histogram.sum_s();
  MetricFamily made = family(std::move(name), std::move(help), MetricType::Histogram);
  made.metric.push_back(std::move(metric));
  return made;
}

}  // namespace

void SecondsHistogram::observe(double seconds) {
  const auto bound = std::lower_bound(bounds_s.begin(), bounds_s.end(), seconds);
  buckets_[static_cast<std::size_t>(bound - bounds_s.begin())].add();
  sum_us_.add(static_cast<std::uint64_t>(std::max(seconds, 0.0) * 1e6));
}

void Metrics::command_answered(std::string_view command, std::string_view code) {
  std::size_t outcome = 0;
  if (!code.empty()) {
    for (outcome = 1; outcome < outcomes && outcome_word(outcome) != code; ++outcome) {
    }
    if (outcome == outcomes) return;
  }
  const auto name = std::find(command_names.begin(), command_names.end(), command);
  if (name == command_names.end()) {
    unknown_commands_[outcome].add();
  } else {
    command_outcomes_[static_cast<std::size_t>(name - command_names.begin())][outcome].add();
  }
}

void Metrics::connection_closed(CloseCode code) {
  const std::lock_guard lock(mutex_);
  ++closes_[code];
}

void Metrics::http_answered(std::string_view route, unsigned status) {
  const std::lock_guard lock(mutex_);
  ++http_[{route, status}];
}

std::string Metrics::render() const {
  std::vector<MetricFamily> all;
  all.push_back(single("hallway_http_connections", "Open HTTP connections.", http_connections));
  all.push_back(single("hallway_http_connections_refused_total",
                       "Connections closed at once, beyond the bound.", http_connections_refused));
  all.push_back(single("hallway_websocket_connections", "Open WebSockets.", websocket_connections));
  all.push_back(single("hallway_sessions", "WebSockets that have said hello.", sessions));
  all.push_back(
      single("hallway_frames_delivered_total", "WebSocket messages sent.", frames_delivered));
  all.push_back(single("hallway_bytes_delivered_total", "Bytes of WebSocket messages sent.",
                       bytes_delivered));
  all.push_back(single("hallway_transients_dropped_total",
                       "Transient pushes dropped for slow readers.", transients_dropped));
  all.push_back(
      single("hallway_journal_commit_seconds", "Time of a group commit.", journal_commit_s));
  all.push_back(single("hallway_journal_commits_failed_total", "Group commits that failed.",
                       journal_commits_failed));
  all.push_back(single("hallway_journal_queue_batches", "Batches that wait for the journal.",
                       journal_queue_batches));
  all.push_back(single("hallway_places", "Places in memory.", places));

  MetricFamily answered =
      family("hallway_commands_total", "Commands by name and outcome.", MetricType::Counter);
  const auto add_outcomes = [&answered](std::string_view name, const auto& counters) {
    for (std::size_t i = 0; i < counters.size(); ++i) {
      if (counters[i].value() == 0) continue;
      answered.metric.push_back(
          counted(static_cast<double>(counters[i].value()),
                  {{"command", std::string(name)}, {"outcome", std::string(outcome_word(i))}}));
    }
  };
  for (std::size_t i = 0; i < commands; ++i) add_outcomes(command_names[i], command_outcomes_[i]);
  add_outcomes("unknown", unknown_commands_);
  all.push_back(std::move(answered));

  MetricFamily closes =
      family("hallway_websocket_closes_total", "Closes by code.", MetricType::Counter);
  MetricFamily http =
      family("hallway_http_requests_total", "Requests by route and status.", MetricType::Counter);
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [code, count] : closes_) {
      const auto number = std::to_string(static_cast<unsigned>(code));
      closes.metric.push_back(counted(static_cast<double>(count), {{"code", number}}));
    }
    for (const auto& [key, count] : http_) {
      http.metric.push_back(
          counted(static_cast<double>(count),
                  {{"route", std::string(key.first)}, {"status", std::to_string(key.second)}}));
    }
  }
  all.push_back(std::move(closes));
  all.push_back(std::move(http));
  return prometheus::TextSerializer().Serialize(all);
}

}  // namespace hallway
